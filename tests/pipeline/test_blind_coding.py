"""Blind double coding at the desk, on both stores: samples, codings apart, what is hidden, agreement, adjudication."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from project_values import BOTH

from tollbook.cli import call
from tollbook.errors import UsageError
from tollbook.pipeline import adding, project_folder
from tollbook.pipeline.carrying import backup, restore
from tollbook.pipeline.desk import Changed, Desk, Filters, Order
from tollbook.pipeline.desk.blind import Wanted
from tollbook.pipeline.desk.compared import agreements, compared
from tollbook.store import Stamp

DAY = "2031-05-09T12:00:00Z"
ANN, BEN, CLEO, EDA = (Stamp(name, DAY) for name in ("Ann", "Ben", "Cleo", "Eda"))
TEXT = "Twelve people were killed and 30 were injured in Arvelle on Tuesday, the Flood Office said.\n"
MORE = "Seven people were killed and at least 50 were displaced in Orvesk on Friday, the mayor said.\n"


STORES = BOTH


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Iterator[Desk]:
    """The desk on four claims of two reports."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "one.txt").write_text(TEXT, encoding="utf-8")
    (reports / "two.txt").write_text(MORE, encoding="utf-8")
    adding.add(folder, [str(reports)], ANN)
    desk = Desk(folder)
    yield desk
    desk.close()


def wanted(size: str = "100%", coders: tuple[str, ...] = ("Ann", "Ben")) -> Wanted:
    return Wanted("May", size, "spring", coders, Filters(state="all"))


def code_all(desk: Desk, task: str, by: Stamp, action: str = "accept") -> None:
    for claim in desk.blind.task(task).claims:
        desk.blind.code(task, claim, action, {}, "", by)


def test_no_figure_changes_and_nothing_is_shown_until_all_have_coded(desk: Desk, folder: Path) -> None:
    before = project_folder.record(folder).findings
    task = desk.blind.draw(wanted(), EDA)
    assert len(task.parts) == 4 and task.is_open
    code_all(desk, task.id, ANN)
    assert desk.queue(Filters(state="all"), "Ann") == desk.queue(Filters(state="all"), "Ben") == []
    assert len(desk.queue(Filters(state="open"), "Cleo")) == 4  # coded blind, it is still open
    assert compared(desk.blind, desk.blind.tasks()) == []
    claim = task.claims[0]
    record, read = desk.claim(claim)
    hidden = desk.blind.hidden
    assert hidden.covers("Ann", "claim", claim[:6]) and hidden.covers("Ben", "report", record.reports[0].id)
    assert hidden.covers("Ben", "incident", str(read.incident))
    assert not hidden.covers("Cleo", "claim", claim)
    with pytest.raises(UsageError, match="you code this claim blind"):
        desk.rule(Order(claim, "accept", why="read"), BEN)
    code_all(desk, task.id, BEN, "reject")
    assert not hidden.covers("Ann", "claim", claim)
    assert project_folder.record(folder).findings == before
    assert [one.differ for one in compared(desk.blind, desk.blind.tasks())] == [("decision",)] * 4


def test_where_they_differ_one_ruling_decides_and_another_person_confirms_it(desk: Desk) -> None:
    task = desk.blind.draw(wanted(), EDA)
    code_all(desk, task.id, ANN)
    code_all(desk, task.id, BEN)
    assert agreements(compared(desk.blind, desk.blind.tasks()))[0].why.startswith("undefined")
    task = desk.blind.draw(Wanted("June", "2", "autumn", ("Ann", "Ben"), Filters(state="all")), EDA)
    one, other = task.claims
    desk.blind.code(task.id, one, "correct", {"value": 13}, "recounted", ANN)
    for claim, by in [(one, BEN), (other, ANN), (other, BEN)]:
        desk.blind.code(task.id, claim, "accept", {}, "", by)
    told = compared(desk.blind, [desk.blind.task(task.id)])
    assert [(one.differ, one.ruled) for one in told] == [(("value",), 0), ((), 0)]
    made = desk.rule(Order(one, "correct", {"value": 13}, "adjudicated"), EDA)
    assert compared(desk.blind, [desk.blind.task(task.id)])[0].ruled == made.ruling.seq
    desk.rule(Order(one, "confirm", why="read"), CLEO)
    assert [item.claim for item in desk.queue(Filters(state="confirmed"), "Cleo")] == [one]


def test_the_same_coding_is_one_event_a_later_one_takes_its_place_and_after_the_end_none_does(desk: Desk) -> None:
    task = desk.blind.draw(wanted("1"), EDA)
    (claim,) = task.claims
    desk.blind.code(task.id, claim, "accept", {}, "", ANN)
    at = desk.head()
    desk.blind.code(task.id, claim, "accept", {}, "", ANN)
    assert desk.head() == at
    desk.blind.code(task.id, claim, "reject", {}, "", ANN)
    assert desk.blind.task(task.id).codings[claim, "Ann"].action == "reject"
    desk.blind.code(task.id, claim, "accept", {}, "", BEN)
    with pytest.raises(Changed, match="all have coded"):
        desk.blind.code(task.id, claim, "accept", {}, "", ANN)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"size": "5"}, "more than the 4"),
        ({"size": "many"}, "no size of a sample"),
        ({"coders": ("Ann", " Ann ")}, "two coders or more"),
        ({"name": " "}, "a name and a seed"),
        ({"asked": Filters(state="all", measure="sick")}, "no claim to draw from"),
    ],
)
def test_a_sample_that_cannot_be_is_one_line_and_no_event(desk: Desk, change: dict[str, object], line: str) -> None:
    given = {"name": "May", "size": "2", "seed": "s", "coders": ("Ann", "Ben"), "asked": Filters(state="all"), **change}
    at = desk.head()
    with pytest.raises(UsageError, match=line):
        desk.blind.draw(Wanted(**given), EDA)  # type: ignore[arg-type]
    assert desk.head() == at


def test_codings_that_cannot_be_are_refused(desk: Desk) -> None:
    task = desk.blind.draw(wanted("1"), EDA)
    (claim,) = task.claims
    at = desk.head()
    for action, values, by in [
        ("accept", {}, CLEO), ("withhold", {}, ANN), ("correct", {}, ANN), ("correct", {"measure": "lost"}, ANN),
        ("correct", {"date": "Tuesday"}, ANN), ("accept", {"value": 3}, ANN),
    ]:  # fmt: skip
        with pytest.raises(UsageError):
            desk.blind.code(task.id, claim, action, values, "", by)
    with pytest.raises(UsageError, match="no sample 'x'"):
        desk.blind.code("x", claim, "accept", {}, "", ANN)
    assert desk.head() == at


def test_who_still_codes_cannot_end_a_task_and_see_what_others_coded(desk: Desk) -> None:
    task = desk.blind.draw(wanted("2"), EDA)
    code_all(desk, task.id, ANN)
    with pytest.raises(UsageError, match="claims left to code"):
        desk.blind.end(task.id, BEN)
    desk.blind.end(task.id, EDA)
    assert desk.blind.task(task.id).ended == "Eda"
    assert {one.units for one in agreements(compared(desk.blind, desk.blind.tasks()))} == {0}


def test_the_command_and_a_restored_project_tell_the_same(
    desk: Desk, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task = desk.blind.draw(wanted(), EDA)
    for number, claim in enumerate(task.claims):
        desk.blind.code(task.id, claim, "accept", {}, "", ANN)
        desk.blind.code(task.id, claim, "reject" if number == 0 else "accept", {}, "", BEN)
    assert call(["agreement", "--project", str(folder), "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["field"] for one in told][:4] == ["decision", "measure", "group", "value"]
    assert (told[0]["units"], told[0]["answers"], told[0]["differ"], told[0]["alpha"]) == (4, 8, 1, 0.0)
    assert told[2]["alpha"] is None and "all answers are the same" in told[2]["why"]
    assert call(["agreement", "--project", str(folder), "--sample", "x"]) == 2
    assert "no sample 'x'" in capsys.readouterr().err
    assert call(["verify", "--project", str(folder)]) == 0
    backup(folder, tmp_path / "floods.backup")
    restore(tmp_path / "floods.backup", tmp_path / "again")
    again = Desk(tmp_path / "again")
    try:
        assert again.blind.tasks() == desk.blind.tasks()
        assert agreements(compared(again.blind, again.blind.tasks())) == agreements(
            compared(desk.blind, desk.blind.tasks())
        )
    finally:
        again.close()
