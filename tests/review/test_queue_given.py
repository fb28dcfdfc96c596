"""What pages of the queue are given that are opened in the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

from review_server import Review

from tollbook.pipeline.desk import Filters, Item


def test_who_opens_the_queue_in_the_same_moment_gets_a_full_page_at_one_look(review: Review) -> None:
    desk, screens = review.app.state.desk, review.app.state.screens
    desk.work_off()
    every = {one.claim for one in desk.queue(Filters(), "Bo", 500)}
    people, looks = [f"Coder {number}" for number in range(len(every) // 8)], list[str]()
    together = Barrier(len(people))

    def given(who: str) -> list[str]:
        def look() -> list[Item]:
            looks.append(who)
            found = desk.queue(Filters(), who, 8)
            sleep(0.01)  # long enough for all others to come
            return list(found)

        together.wait()
        return [one.claim for one in screens.give(who, f"screen-{who}", (), look)]

    with ThreadPoolExecutor(len(people)) as threads:
        had = list(threads.map(given, people))
    assert [len(some) for some in had] == [8] * len(people)
    assert len({claim for some in had for claim in some}) == 8 * len(people)
    assert sorted(looks) == sorted(people)
