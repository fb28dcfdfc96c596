"""`tollbook agreement` as a user meets it: no sample, one on its way, one that is done, one that isn't there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tollbook.cli import call
from tollbook.pipeline import adding, project_folder
from tollbook.pipeline.desk import Desk, Filters
from tollbook.pipeline.desk.blind import Wanted
from tollbook.quality import Task
from tollbook.store import Stamp

DAY = "2031-05-09T12:00:00Z"
TOWNS = ("Orvesk", "Tarnvil", "Harsk", "Velm")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Four reports with a figure each."""
    project_folder.init(tmp_path / "atlas", Stamp("Eda", DAY))
    said = "{} people were killed by a flood in {} on 5 May 2031, the Flood Office said."
    lines = [json.dumps({"id": town, "text": said.format(11 + n, town)}) for n, town in enumerate(TOWNS)]
    (tmp_path / "r.jsonl").write_text("\n".join(lines), encoding="utf-8")
    adding.add(tmp_path / "atlas", (str(tmp_path / "r.jsonl"),), Stamp("Eda", DAY))
    return tmp_path / "atlas"


@pytest.fixture
def desk(project: Path) -> Iterator[Desk]:
    made = Desk(project)
    yield made
    made.close()


def drawn(desk: Desk, name: str) -> Task:
    wanted = Wanted(name, "4", "spring", ("Ann", "Ben"), Filters(state="all"))
    return desk.blind.draw(wanted, Stamp("Eda", DAY))


def coded(desk: Desk, task: Task, who: str, *actions: str) -> None:
    for claim, action in zip(task.claims, actions, strict=True):
        desk.blind.code(task.id, claim, action, {}, "", Stamp(who, DAY))


def said(capsys: pytest.CaptureFixture[str], project: Path, *more: str) -> tuple[int, str, str]:
    status = call(["agreement", "--project", str(project), *more])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_without_a_sample_it_says_that_there_is_none(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = said(capsys, project)
    assert (status, out.splitlines()[0]) == (0, "0 samples")
    status, _, error = said(capsys, project, "--sample", "spring")
    assert status == 2 and error.startswith("tollbook: no sample 'spring'; there are: none; draw one")


def test_of_what_is_still_being_coded_nothing_is_told(
    project: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    task = drawn(desk, "May")
    coded(desk, task, "Ann", "accept", "reject", "accept", "accept")
    desk.blind.code(task.id, task.claims[0], "reject", {}, "", Stamp("Ben", DAY))
    for more in ((), ("--sample", task.id)):
        status, out, _ = said(capsys, project, *more)
        assert (status, out.splitlines()[0]) == (0, "0 samples; 1 still being coded")
        assert "differ" not in out.replace("0 differ", "")


def test_alpha_of_each_field_is_told_in_words_and_as_json(
    project: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    task = drawn(desk, "May")
    coded(desk, task, "Ann", "accept", "reject", "accept", "accept")
    coded(desk, task, "Ben", "accept", "reject", "reject", "accept")
    drawn(desk, "June")
    status, out, _ = said(capsys, project)
    lines = out.splitlines()
    assert (status, lines[0]) == (0, "1 sample; 1 still being coded")
    # Four claims, eight answers: three alike, one not; alpha = 1 - 7 * 2 / (2 * 5 * 3).
    assert lines[1].startswith("decision  alpha 0.533 (") and lines[1].endswith("4 claims, 8 answers, 1 differ")
    same = "alpha undefined: all answers are the same, which chance would give too; 2 claims, 4 answers, 0 differ"
    assert lines[2] == f"measure   {same}"
    status, out, _ = said(capsys, project, "--json", "--sample", task.id)
    rows = [json.loads(line) for line in out.splitlines()]
    decision = next(one for one in rows if one["field"] == "decision")
    assert (decision["units"], decision["answers"], decision["differ"]) == (4, 8, 1)
    assert decision["alpha"] == 0.533
