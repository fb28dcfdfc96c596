"""A large incident after a ruling: what no ruling changes isn't worked out again, and every figure is the same."""

from __future__ import annotations

from pathlib import Path

import large_records as large
import pytest
from project_values import ANN

from tollbook.incidents import making
from tollbook.model import Record
from tollbook.pipeline import asked
from tollbook.pipeline.around import Around
from tollbook.pipeline.desk import Desk, Filters, Order
from tollbook.pipeline.desk.parts import Part, Parts
from tollbook.pipeline.remembered import LARGE, Held, Remembered
from tollbook.store import Mark

WHY = "checked against the words"


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty reports of one incident."""
    return large.many_reports(tmp_path_factory.mktemp("flood") / "project", 60)


class Counted:
    """A function that counts its calls."""

    def __init__(self, owner: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.made, self._own = 0, getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *given: self(*given))

    def __call__(self, *given: object) -> object:
        self.made += 1
        return self._own(*given)


def test_after_a_ruling_no_tie_and_no_reading_is_worked_out_again(flood: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ties = Counted(making, "_why", monkeypatch)
    parts = Counted(Around, "record", monkeypatch)
    desk = Desk(flood)
    desk.work_off()
    name = desk.incidents()[0].id
    desk.incident(name)
    assert ties.made >= 60 and parts.made == 1  # what was worked out for the queue is shown too
    readings = Counted(Around, "_read", monkeypatch)
    for number, one in enumerate(desk.queue(Filters(), "ann", 3)):
        desk.rule(
            Order(one.claim, ("accept", "reject", "correct")[number], {"value": 15} if number == 2 else {}, WHY), ANN
        )
        ties.made = readings.made = 0
        desk.work_off()
        own, incident = desk.incident(name)
        assert (ties.made, readings.made) == (0, 0)
        part, same = asked.incident(flood, name)
        assert incident == same
        assert (own.claims, own.findings, own.grades) == (part.claims, part.findings, part.grades)
    desk.close()


def test_reports_of_an_incident_that_is_held_are_told_without_working_it_out(
    flood: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(flood)
    names = [one.id for one in desk.incident(desk.incidents()[0].id)[0].reports][:5]
    parts = Counted(Around, "_part", monkeypatch)
    told = [desk.report(name) for name in names]
    assert parts.made == 0
    desk.close()
    desk = Desk(flood)
    assert [desk.report(name) for name in names] == told
    assert parts.made > 0
    desk.close()


def test_what_is_remembered_ends_where_reports_come_and_stays_small() -> None:
    remembered = Remembered()
    mark = Mark("code", 7, "a1", ruling=3)
    held = remembered.at(mark)
    told = dict.fromkeys(range(LARGE), (None, None))
    held.told = told  # type: ignore[assignment]
    assert remembered.at(Mark("code", 7, "a1", ruling=9)) is held
    assert remembered.at(None).told == {}
    assert remembered.at(Mark("code", 8, "b2", ruling=9)).told == {}
    few = Held()
    few.keep({}, {(1,): {1: (1.0, ())}})
    assert few.ties == {}


def test_who_asks_for_a_part_that_is_worked_out_waits_for_it() -> None:
    parts, made = Parts(), []

    def work() -> Part:
        made.append(1)
        return Part(Record(), Record())

    assert parts.get("a", work) is parts.get("a", work)
    assert made == [1]
    with pytest.raises(ZeroDivisionError):
        parts.get("b", lambda: 1 // 0)  # type: ignore[arg-type, return-value]
    parts.get("b", work)
    assert made == [1, 1]
