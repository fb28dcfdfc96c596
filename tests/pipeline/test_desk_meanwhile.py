"""Two people at the same thing: who comes second is told what was ruled, and nothing of theirs is written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from project_values import ANN, BEN, BOTH, log

from tollbook.errors import TollbookError, UsageError
from tollbook.pipeline import asked, ruling
from tollbook.pipeline.desk import Changed, Desk, Order
from tollbook.pipeline.project_folder import record
from tollbook.pipeline.ruling import rule

STORES = BOTH


@pytest.fixture
def desk(filled: Path) -> Iterator[Desk]:
    made = Desk(filled)
    yield made
    made.close()


@pytest.fixture
def two(desk: Desk) -> tuple[str, str]:
    """The flood of Arvelle, and that of Dorn."""
    large, small = desk.incidents()
    return large.id, small.id


def rulings(folder: Path) -> int:
    return sum(event.kind == "ruling" for event in log(folder))


def claim_in(desk: Desk, incident: str, number: int = 0) -> str:
    return sorted(desk.incident(incident)[1].claims)[number]


@pytest.fixture
def told(desk: Desk) -> dict[str, object]:
    """Where words stand in the report that has no claim."""
    text = desk.report(next(name for name in _names(desk) if name.endswith("d.txt"))).reports[0]
    start = text.text.index("these plain words")
    return {"report": text.id, "words": "these plain words", "start": start, "end": start + len("these plain words")}


def _names(desk: Desk) -> list[str]:
    return [one.id for one in record(desk._folder).reports]


# ---- incidents ----


def test_a_split_is_told_of_a_merge_made_since_and_a_merge_of_a_split(
    filled: Path, desk: Desk, two: tuple[str, str]
) -> None:
    large, small = two
    head = desk.head()
    merge = Order(large, "merge", {"into": small}, "one flood", seen=0, head=head)
    split = Order(claim_in(desk, large), "split", why="another flood", seen=0, head=head)
    desk.rule(merge, BEN)
    with pytest.raises(Changed, match=r"ben has ruled on this meanwhile \(merge: one flood\)") as caught:
        desk.rule(split, ANN)
    (since,) = caught.value.since
    assert (since.who, since.action, since.seq) == ("ben", "merge", desk.head())
    undone = desk.rule(Order(f"#{since.seq}", "withdraw", why="a slip"), BEN)
    with pytest.raises(Changed, match="withdraw: a slip"):
        desk.rule(split, ANN)
    made = desk.rule(Order(split.target, "split", why=split.why, seen=0, head=undone.head), ANN)
    with pytest.raises(Changed, match=r"ann has ruled on this meanwhile \(split: another flood\)"):
        desk.rule(Order(large, "merge", {"into": small}, "one flood", seen=undone.head, head=undone.head), BEN)
    assert rulings(filled) == 3
    desk.rule(Order(large, "merge", {"into": small}, "one flood", seen=made.head, head=made.head), BEN)


def test_a_merge_into_what_was_merged_elsewhere_is_told(desk: Desk, two: tuple[str, str]) -> None:
    large, small = two
    made = desk.rule(Order(claim_in(desk, large), "split", why="another flood"), ANN)
    third = next(one.id for one in desk.incidents() if one.id not in two)
    desk.rule(Order(small, "merge", {"into": third}, "one flood", head=made.head), BEN)
    with pytest.raises(Changed, match="merge: one flood"):
        desk.rule(Order(large, "merge", {"into": small}, "all one", head=made.head), ANN)
    with pytest.raises(Changed, match="merge: one flood"):
        desk.rule(Order(claim_in(desk, large), "link", {"incident": small}, "there", head=made.head), ANN)


def test_moves_of_other_claims_and_of_one_s_own_hold_nobody_up(desk: Desk, two: tuple[str, str]) -> None:
    large, small = two
    head = desk.head()
    first, second, third = (claim_in(desk, large, number) for number in range(3))
    desk.rule(Order(first, "split", why="another flood", head=head), BEN)
    desk.rule(Order(second, "link", {"incident": small}, "that flood", head=head), ANN)  # one claim of many has left
    desk.rule(Order(small, "note", why="look again", head=head), BEN)
    desk.rule(Order(third, "unlink", why="no flood", head=desk.head()), ANN)
    with pytest.raises(Changed) as caught:
        desk.rule(Order(large, "merge", {"into": small}, "one flood", head=head), ANN)
    assert [(one.who, one.action) for one in caught.value.since] == [("ben", "split")]
    desk.rule(Order(large, "merge", {"into": small}, "one flood", head=desk.head()), ANN)


def test_of_a_merge_and_a_split_at_once_one_is_made(filled: Path, desk: Desk, two: tuple[str, str]) -> None:
    large, small = two
    head = desk.head()
    told = at_once(
        lambda: desk.rule(Order(large, "merge", {"into": small}, "one flood", seen=0, head=head), ANN),
        lambda: desk.rule(Order(claim_in(desk, large), "split", why="another", seen=0, head=head), BEN),
    )
    assert sorted(isinstance(one, Changed) for one in told) == [False, True]
    assert rulings(filled) == 1


def at_once(*calls: Callable[[], object]) -> list[object]:
    found: list[object] = []

    def run(call: Callable[[], object]) -> None:
        try:
            found.append(call())
        except TollbookError as error:
            found.append(error)

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


# ---- claims by hand ----


def test_the_same_missed_claim_of_two_is_one_and_the_second_is_told(
    filled: Path, desk: Desk, two: tuple[str, str], told: dict[str, object]
) -> None:
    values = {**told, "measure": "missing", "value": 3, "incident": two[0]}
    report = str(values.pop("report"))
    head = desk.head()
    order = Order(report, "claim", values, "the words say it", head=head)  # type: ignore[arg-type]
    came = at_once(lambda: desk.rule(order, ANN), lambda: desk.rule(order, BEN))
    (refused,) = [one for one in came if isinstance(one, Exception)]
    assert isinstance(refused, Changed) and [one.action for one in refused.since] == ["claim"]
    assert rulings(filled) == 1
    (made,) = desk.report(report).claims
    assert made.incident == two[0]
    part, same = asked.incident(filled, two[0])
    own, incident = desk.incident(two[0])
    assert (incident, own.claims, own.findings) == (same, part.claims, part.findings)
    with pytest.raises(UsageError, match=f"claim {made.id} reads these words as missing already"):
        desk.rule(Order(report, "claim", values, "mine too", head=desk.head()), BEN)  # type: ignore[arg-type]
    again = desk.rule(Order(report, "claim", {**values, "measure": "injured"}, "both", head=head), BEN)  # type: ignore[dict-item]
    assert again.again is False and len(desk.report(report).claims) == 2


def test_two_programs_that_add_the_same_claim_make_one(
    filled: Path, two: tuple[str, str], told: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {**told, "measure": "missing", "value": 3, "incident": two[0]}
    report = str(values.pop("report"))
    plain, between = ruling._asked, [BEN]

    def interrupted(*given: object) -> object:
        draft = plain(*given)  # type: ignore[arg-type]
        if between:  # another program writes after all was checked
            rule(filled, report, "claim", {**values, "value": 4}, "the words say it", between.pop())  # type: ignore[dict-item]
        return draft

    monkeypatch.setattr(ruling, "_asked", interrupted)
    with pytest.raises(UsageError, match="reads these words as missing already"):
        rule(filled, report, "claim", values, "the words say it", ANN)  # type: ignore[arg-type]
    assert rulings(filled) == 1


# ---- what goes the slow way ----


def test_withholding_and_unmasking_are_told_of_what_was_ruled_on_the_same(
    filled: Path, desk: Desk, two: tuple[str, str]
) -> None:
    claim = claim_in(desk, two[0])
    desk.rule(Order(claim, "reject", why="of another day", seen=0), BEN)
    report = _names(desk)[0]
    for target, action, values in ((claim, "withhold", {}), (two[1], "grade", {"grade": "weak"})):
        desk.rule(Order(two[1], "note", why=f"before {action}", seen=desk.head()), BEN)
        with pytest.raises(Changed, match="ben has ruled on this meanwhile"):
            desk.rule(Order(target, action, values, "a person asked", seen=0), ANN)  # type: ignore[arg-type]
    first = desk.rule(Order(report, "withhold", why="a person asked", seen=0), BEN)
    taken = desk.rule(Order(f"#{first.ruling.seq}", "withdraw", why="a slip"), BEN)
    with pytest.raises(Changed, match="withdraw: a slip"):
        desk.rule(Order(report, "withhold", why="another asked", seen=first.head), ANN)
    desk.rule(Order(report, "withhold", why="another asked", seen=taken.head), ANN)
    assert [one.action for one in record(filled).rulings[-2:]] == ["withdraw", "withhold"]
