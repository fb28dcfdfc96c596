"""Which figure a report or a ruling moved: worked out before it and after it, withdrawals and merges included."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import bundles_made as made
import pytest
from project_values import ANN, PLAIN, write

from tollbook.dossiers.moved import Came, Figure, Shift
from tollbook.model import Number
from tollbook.pipeline import project
from tollbook.pipeline.analyse import NO_OVERLAYS
from tollbook.pipeline.past import Past
from tollbook.pipeline.publish import publish
from tollbook.pipeline.shifts import shifts

Ends = tuple[Number | None, Number | None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made.make(tmp_path / "floods")


def found(folder: Path, *rules: str) -> tuple[tuple[Shift, ...], tuple[Came, ...]]:
    past = Past()
    record = project.record(folder, rules=rules or ("range",), also=past.take, grouped=past.group)
    return shifts(record, rules or ("range",), NO_OVERLAYS, past)


def ends(figure: Figure | None) -> Ends | None:
    return None if figure is None else (figure.low, figure.high)


def told(folder: Path) -> list[tuple[int, str, str, Ends | None, Ends | None]]:
    """What rulings moved; what reports did is left out."""
    moved, came = found(folder)
    events = {one.event for one in came}
    return [(o.event, o.measure, o.group, ends(o.was), ends(o.now)) for o in moved if o.event not in events]


def test_a_rejection_and_its_withdrawal_move_the_figure_there_and_back_and_a_note_moves_none(folder: Path) -> None:
    (first, second) = told(folder)
    assert first[1:] == ("injured", "all", (30, 30), None)
    assert second[1:] == ("injured", "all", None, (30, 30))
    assert second[0] > first[0]


def test_a_correction_moves_what_it_corrects_and_says_whether_it_is_disputed_since(folder: Path) -> None:
    before = told(folder)
    number = made.rule(folder, "12 people", "correct", "misread", value=14)
    (shift,) = (one for one in told(folder) if one not in before)
    assert shift == (number, "killed", "all", (12, 14), (14, 14))
    assert [one.now.status for one in found(folder)[0] if one.event == number and one.now] == ["agreed"]


def test_what_moves_nothing_is_no_shift(folder: Path) -> None:
    before = told(folder)
    made.rule(folder, "40 people", "accept", "checked against the words")
    assert told(folder) == before


def test_each_rule_set_tells_its_own(folder: Path) -> None:
    made.rule(folder, "14 people", "reject", "misread")
    assert {one.rules.partition("@")[0] for one in found(folder, "range", "acled")[0]} == {"range", "acled"}


def test_a_bundle_tells_them_in_its_feed_and_tells_nothing_of_what_is_withheld(folder: Path, tmp_path: Path) -> None:
    number = made.rule(folder, "12 people", "correct", "misread", value=14)
    publish(folder, tmp_path / "open")
    assert f":ruling-{number}</id>" in (tmp_path / "open" / "feed.xml").read_text(encoding="utf-8")
    made.rule(folder, "12 people", "withhold", "the speaker is in danger")
    publish(folder, tmp_path / "closed")
    closed = (tmp_path / "closed" / "feed.xml").read_text(encoding="utf-8")
    assert ":incidents-" in closed
    assert "12–14" not in closed
    assert "misread" not in closed


LATER = "A week on: 19 people were killed in Arvelle on 1 May 2031, Mayor said."


def later(folder: Path, text: str, when: str, name: str = "d.txt") -> None:
    """Another report, added at another time."""
    (path,) = write(folder.parent / f"{folder.name}-{name}", {name: text})
    added = project.add(folder, [str(path)], replace(ANN, when=when), reader=PLAIN)
    assert not added.failed


def test_a_report_of_another_day_moves_the_figures_that_it_tells_of_and_no_other(folder: Path) -> None:
    later(folder, LATER, "2031-06-09T08:00:00Z")
    moved, came = found(folder)
    assert [(one.when[:10], len(one.reports), len(one.began)) for one in came][-1] == ("2031-06-09", 1, 0)
    (shift,) = (one for one in moved if one.event == came[-1].event)
    assert (shift.measure, shift.group, ends(shift.was), ends(shift.now)) == ("killed", "all", (12, 14), (12, 19))


def test_reports_of_one_day_are_told_as_one_unless_something_was_ruled_between_them(folder: Path) -> None:
    later(folder, LATER, "2031-06-09T08:00:00Z")
    later(folder, LATER.replace("19", "23").replace("Mayor", "Guard"), "2031-06-09T18:00:00Z", "e.txt")
    assert [len(one.reports) for one in found(folder)[1] if one.when.startswith("2031-06-09")] == [2]
    made.rule(folder, "19 people", "reject", "misread")
    later(folder, LATER.replace("19", "29").replace("Mayor", "Coast Guard"), "2031-06-09T19:00:00Z", "f.txt")
    assert [len(one.reports) for one in found(folder)[1]][-2:] == [2, 1]


def test_a_merge_is_told_with_the_figures_of_both_before_it_and_since(folder: Path) -> None:
    arvelle, dorn = (
        next(one.id for one in project.record(folder).incidents if one.name.startswith(name))
        for name in ("Arvelle", "Dorn")
    )
    number = project.rule(folder, dorn, "merge", {"into": arvelle}, "one flood", made.BEN).seq
    here = {one.incident: (ends(one.was), ends(one.now)) for one in found(folder)[0] if one.event == number}
    assert here == {arvelle: ((12, 14), (12, 40)), dorn: ((40, 40), None)}
    back = project.rule(folder, f"#{number}", "withdraw", {}, "two floods", made.BEN).seq
    here = {one.incident: (ends(one.was), ends(one.now)) for one in found(folder)[0] if one.event == back}
    assert here == {arvelle: ((12, 40), (12, 14)), dorn: (None, (40, 40))}


def test_each_figure_begins_with_none_goes_from_step_to_step_and_ends_as_published(folder: Path) -> None:
    made.rule(folder, "14 people", "reject", "misread")
    later(folder, LATER, "2031-06-09T08:00:00Z")
    made.rule(folder, "19 people", "correct", "misread", value=18)
    made.rule(folder, "3 children", "split", "another flood")
    now: dict[tuple[str, ...], Figure | None] = {}
    for one in found(folder)[0]:
        key = (one.incident, one.rules, one.measure, one.group, one.unit)
        assert now.get(key) == one.was
        now[key] = one.now
    published = {
        (one.incident, one.rules, one.measure, one.group, one.unit): Figure.of(one)
        for one in project.record(folder).findings
        if one.supports
    }
    assert {key: figure for key, figure in now.items() if figure} == published


def test_what_changes_nothing_is_not_worked_out_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tollbook import findings

    reckoned, asked = findings.reconcile, list[int]()

    def counting(*given: Any, **more: Any) -> Any:
        asked.append(len(given[1]))
        return reckoned(*given, **more)

    monkeypatch.setattr(findings, "reconcile", counting)
    found(folder)
    before = len(asked)
    for said in ("12 people", "14 people", "3 children", "40 people"):
        made.rule(folder, said, "accept", "checked against the words")
    asked.clear()
    found(folder)
    assert len(asked) == before


def test_of_an_incident_of_which_something_is_withheld_it_is_not_told_what_reports_did(folder: Path) -> None:
    later(folder, LATER, "2031-06-09T08:00:00Z")
    hidden = frozenset(one.id for one in project.record(folder).claims if one.said == "12 people")
    past = Past()
    record = project.record(folder, also=past.take, grouped=past.group)
    moved, came = shifts(record, ["range"], NO_OVERLAYS, past, hidden)
    assert {one.measure for one in moved if one.event in {each.event for each in came}} == {"killed"}
    assert {ends(one.now) for one in moved if one.event in {each.event for each in came}} == {(40, 40)}
