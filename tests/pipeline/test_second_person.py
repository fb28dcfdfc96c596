"""A second person stands behind a claim, or sends it back: by the command and at the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tollbook.errors import UsageError
from tollbook.pipeline import adding, project_folder
from tollbook.pipeline.desk import Desk, Filters, Order
from tollbook.pipeline.histories import history
from tollbook.pipeline.ruling import rule
from tollbook.rulings import Stage, stages
from tollbook.store import Stamp

DAY = "2031-05-09T12:00:00Z"
ANN, BEN = Stamp("Ann", DAY), Stamp("Ben", DAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    text = "Plain News, 7 May 2031\n\nTwelve people were killed and 30 were injured in Arvelle on Tuesday.\n"
    (reports / "one.txt").write_text(text, encoding="utf-8")
    project = tmp_path / "floods"
    project_folder.init(project, ANN)
    adding.add(project, [str(reports)], ANN)
    return project


def claim_of(folder: Path) -> str:
    return next(one.id for one in project_folder.record(folder).claims if one.measure == "killed")


def test_another_person_confirms_and_a_later_correction_asks_for_a_second_look_again(folder: Path) -> None:
    claim = claim_of(folder)
    rule(folder, claim, "accept", {}, "read", ANN)
    before = project_folder.record(folder).findings
    rule(folder, claim, "confirm", {}, "read again", BEN)
    after = project_folder.record(folder)
    assert stages(after.rulings)[claim].stage is Stage.CONFIRMED
    assert [(one.low, one.best, one.high) for one in after.findings] == [
        (one.low, one.best, one.high) for one in before
    ]
    rule(folder, claim, "correct", {"value": 13}, "recounted", ANN)
    checked = history(folder, claim).fields["checked"]
    assert [step.after for step in checked] == ["by nobody", "by one person", "by a second person", "by one person"]


@pytest.mark.parametrize("action", ["confirm", "return"])
def test_nobody_looks_second_at_their_own_nor_at_what_nobody_coded(folder: Path, action: str) -> None:
    claim = claim_of(folder)
    with pytest.raises(UsageError, match="nobody has coded this claim"):
        rule(folder, claim, action, {}, "read", BEN)
    rule(folder, claim, "accept", {}, "read", ANN)
    with pytest.raises(UsageError, match="what they coded themselves, as Ann did"):
        rule(folder, claim, action, {}, "read", ANN)
    assert len(project_folder.record(folder).rulings) == 1


def test_the_desk_has_a_queue_of_each_stage(folder: Path) -> None:
    desk, claim = Desk(folder), claim_of(folder)
    try:
        desk.rule(Order(claim, "reject", why="another event"), ANN)
        assert [one.claim for one in desk.queue(Filters(state="rejected"), "Ben")] == [claim]
        with pytest.raises(UsageError, match="coded themselves"):
            desk.rule(Order(claim, "confirm", why="read"), ANN)
        desk.rule(Order(claim, "return", why="it is this event"), BEN)
        assert [one.state for one in desk.queue(Filters(state="returned"), "Ann")] == ["returned"]
        desk.rule(Order(claim, "accept", why="so it is"), ANN)
        desk.rule(Order(claim, "confirm", why="read"), BEN)
        told = desk.progress(Filters())
        assert (told.coded, told.confirmed, told.returned, told.rejected) == (0, 1, 0, 0)
        assert told.all == told.open + 1
    finally:
        desk.close()
