"""What is told of a claim without its incident is the same, and nobody waits with it for the pages of others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from project_values import ANN, BEN, BOTH, Stamp
from test_desk import ALL, orders_of
from waiting import MOST

from tollbook.pipeline.around import Around
from tollbook.pipeline.desk import Desk, Filters, Order
from tollbook.pipeline.desk.blind import Wanted
from tollbook.store import Unit

STORES = BOTH
EDA = Stamp("Eda", ANN.when)


@pytest.fixture
def desk(filled: Path) -> Iterator[Desk]:
    made = Desk(filled)
    yield made
    made.close()


@contextmanager
def pages_held_up(desk: Desk) -> Iterator[None]:
    """Every thread that works out pages is busy for the length of a block."""
    begun, goes_on = threading.Semaphore(0), threading.Event()

    def busy(unit: Unit) -> None:
        begun.release()
        goes_on.wait()

    held = [threading.Thread(target=desk._pool.ask, args=(busy,)) for _ in range(desk._pool._size)]
    for one in held:
        one.start()
    for _ in held:
        begun.acquire()
    try:
        yield
    finally:
        goes_on.set()
        for one in held:
            one.join()


def test_a_claim_is_the_same_as_in_the_part_around_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [one.claim for one in desk.queue(ALL, "ann", 100)]
    for order in orders_of(desk):
        desk.rule(order, ANN)
        for name in claims:
            record, one = desk.claim(name)
            part = desk.report(one.report)
            assert one == next(each for each in part.claims if each.id == name)
            assert record.claims == part.claims and record.readings == part.readings
            assert [each for each in record.rulings if each.span] == [each for each in part.rulings if each.span]
    monkeypatch.setattr(Around, "_part", None)  # whoever asks for a part fails
    assert desk.claim(claims[0][:8])[1].id == claims[0]


def test_a_claim_made_by_hand_is_told_by_its_id(desk: Desk) -> None:
    large = desk.incidents()[0].id
    values = {"words": "A flood", "measure": "other", "value": 1, "unit": "flood", "incident": large}
    made = desk.rule(Order("a.txt", "claim", values, "it is one"), ANN).ruling.claim or ""
    record, one = desk.claim(made)
    assert (one.id, one.incident, [each.id for each in record.reports]) == (made, large, ["a.txt"])


def test_nobody_who_codes_waits_for_the_pages_of_others(desk: Desk) -> None:
    desk.work_off()
    task = desk.blind.draw(Wanted("May", "2", "spring", ("Ann", "Ben"), Filters(state="all")), EDA)
    incident = desk.incidents()[0].id

    def codes() -> None:
        assert desk.blind.hidden.covers("Ann", "claim", task.claims[0])
        assert not desk.blind.hidden.covers("Cleo", "incident", incident)
        assert desk.blind.claim(task.parts[0]) is not None
        desk.blind.code(task.id, task.claims[0], "accept", {}, "", Stamp("Ann", ANN.when))
        one = desk.queue(Filters(), "cleo")[0].claim
        desk.rule(Order(one, "correct", {"value": 15}, "recounted"), BEN)
        assert desk.progress(Filters(incident=incident)).all and desk.summaries() and desk.head()

    with ThreadPoolExecutor(1) as other, pages_held_up(desk):
        other.submit(codes).result(MOST)
