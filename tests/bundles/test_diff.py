"""What changed between two bundles, and why: one change at a time, each with its reason, and nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import bundles_made as made
import pytest

from tollbook.bundles.changes import Changes, FigureChange, compared
from tollbook.bundles.loading import load
from tollbook.bundles.telling import rows, told
from tollbook.cli import call
from tollbook.pipeline import project


@dataclass
class Versions:
    """A project that goes on, published before and after."""

    folder: Path
    old: Path

    def after(self, *steps: Callable[[Path], object]) -> Changes:
        for step in steps:
            step(self.folder)
        return compared(load(self.old), load(made.bundle(self.folder, self.old.parent / "new.zip", None)))


@pytest.fixture
def versions(project_folder: Path, bundle: Path, tmp_path: Path) -> Versions:
    shutil.copytree(project_folder, tmp_path / "floods")
    return Versions(tmp_path / "floods", bundle)


@pytest.fixture
def bundle(bundle: Path, tmp_path: Path) -> Path:
    shutil.copytree(bundle, tmp_path / "old")
    return tmp_path / "old"


def figures(changes: Changes, measure: str = "killed", group: str = "all", rules: str = "range") -> list[FigureChange]:
    return [one for one in changes.figures if (one.of[1], one.of[2], one.of[4]) == (measure, group, rules)]


def reasons(changes: Changes, measure: str = "killed", group: str = "all", rules: str = "range") -> list[str]:
    return [
        f"{reason.effect} {reason.kind}: {reason.why}".strip()
        for figure in figures(changes, measure, group, rules)
        for reason in figure.reasons
    ]


def ruling(said: str, action: str, why: str, **values: str | int) -> Callable[[Path], object]:
    return lambda folder: made.rule(folder, said, action, why, **values)


def test_nothing_changed(versions: Versions) -> None:
    changes = versions.after()
    assert not (changes.remarks or changes.reports or changes.rulings or changes.incidents or changes.figures)
    assert list(told(changes))[1:] == ["no figure, incident, report or ruling changed"]


def test_a_claim_set_aside_by_a_ruling(versions: Versions) -> None:
    changes = versions.after(ruling("14 people", "reject", "the clinic took it back"))
    (figure,) = figures(changes)
    assert figure.old is not None
    assert figure.new is not None
    assert (figure.old["high"], figure.new["high"]) == (14, 12)
    went, ruled = reasons(changes)
    assert went.startswith("went set aside: “14 people” (c3)")
    assert went.endswith("set aside, rejected by a person: the clinic took it back")
    assert ruled.startswith("ruling: ruling ")
    assert ruled.endswith("reject: the clinic took it back")
    assert [one["said"] for one in changes.rulings] == ["reject: the clinic took it back"]
    assert not changes.incidents


def test_a_ruling_taken_back_brings_its_claim_back(versions: Versions) -> None:
    rejected = made.rule(versions.folder, "14 people", "reject", "the clinic took it back")
    made.bundle(versions.folder, versions.old, None)
    changes = versions.after(lambda folder: project.rule(folder, f"#{rejected}", "withdraw", {}, "it stands", made.BEN))
    came, *_ = reasons(changes)
    assert came.startswith("came not set aside: “14 people”")
    assert "which it was because rejected by a person: the clinic took it back" in came


def test_a_corrected_amount(versions: Versions) -> None:
    changes = versions.after(ruling("14 people", "correct", "page 4", value=19))
    (reason,) = reasons(changes)
    assert reason.startswith("ruling: ruling ")
    assert reason.endswith("correct (value 19): page 4")


def test_a_claim_that_a_ruling_makes_count_something_else(versions: Versions) -> None:
    changes = versions.after(ruling("14 people", "correct", "they were hurt", measure="injured"))
    went, ruled = reasons(changes)
    assert went.startswith("went used: “14 people”")
    assert ruled.endswith("correct (measure injured): they were hurt")
    assert any(one.startswith("came used: “14 people”") for one in reasons(changes, "injured"))


def test_words_that_are_read_otherwise(versions: Versions) -> None:
    old, new = load(versions.old), load(versions.old)
    for one in (new.found, old.found):
        figure = next(figure for figure in one.values() if len(figure["supports"]) > 1)
        figure["low"] = 1 if one is new.found else 2
        first, second = figure["supports"][:2]
    new.said[first].update(low=11, high=13)
    new.said[second].update(group="women")
    assert any(one.startswith("amount: ") and one.endswith(": 12 → 11 to 13") for one in reasons(compared(old, new)))
    assert new.found.keys() == old.found.keys()


def test_a_report_added_and_a_name_withheld(versions: Versions) -> None:
    more = {"d.txt": "21 people were killed in Arvelle on 1 May 2031, Office said."}
    changes = versions.after(
        lambda folder: made.add(folder, more),
        lambda folder: project.rule(folder, "d.txt", "withhold", {"name": "Office"}, "unsafe", made.BEN),
    )
    assert [kind for kind, _ in changes.reports] == ["added"]
    assert any(one.startswith("came report added: “21 people”") for one in reasons(changes))
    assert any(one.startswith("withheld since (") and one.endswith("a name: unsafe") for one in changes.remarks)


def test_an_earlier_day_lacks_its_reports(versions: Versions) -> None:
    import datetime as dt

    from tollbook.pipeline.publish import publish

    publish(versions.folder, versions.old.parent / "then", as_of=dt.date(2020, 1, 1))
    changes = compared(load(versions.old), load(versions.old.parent / "then"))
    assert "day: all → 2020-01-01" in changes.remarks


def test_incidents_that_come_merge_part_and_go_over(versions: Versions) -> None:
    more = {"d.txt": "7 people were injured in Dorn on 3 May 1951."}
    changes = versions.after(lambda folder: made.add(folder, more))
    assert [(one.kind, one.name) for one in changes.incidents] == [("came", "Dorn, 3 May 1951")]
    made.bundle(versions.folder, versions.old, None)
    found = {one.name: one.id for one in project.record(versions.folder).incidents}
    new, into = found["Dorn, 3 May 1951"], found["Arvelle, 1 May 2031"]
    changes = versions.after(lambda folder: project.rule(folder, new, "merge", {"into": into}, "one flood", made.BEN))
    assert [(one.kind, one.name, one.others) for one in changes.incidents if one.kind != "renamed"] == [
        (
            "merged",
            "Dorn, 3 May 1951",
            tuple(one.name for one in project.record(versions.folder).incidents if one.id == into),
        )
    ]
    assert any("came moved: “7 people”" in one for one in reasons(changes, "injured"))
    made.bundle(versions.folder, versions.old, None)
    changes = versions.after(ruling("12 people", "split", "another river"))
    assert [one.kind for one in changes.incidents if one.kind != "renamed"] == ["split"]
    assert any("went moved: “12 people”" in one for one in reasons(changes))


def test_a_grade_by_a_person(versions: Versions) -> None:
    changes = versions.after(ruling("14 people", "grade", "two of them were seen", grade="fair"))
    graded = {one.others for one in changes.incidents if one.kind == "graded"}
    assert graded <= {("none", "fair")}
    old, new = load(versions.old), load(versions.old)
    next(iter(new.places.values()))["grade"] = "weak"
    assert "incidents: 1 graded" in list(told(compared(old, new)))


def test_another_rule_set_and_an_older_second_bundle_are_said(versions: Versions) -> None:
    from tollbook.pipeline.publish import publish

    made.rule(versions.folder, "14 people", "note", "so it says")
    publish(versions.folder, versions.old.parent / "ucdp", rules=("ucdp",))
    changes = compared(load(versions.old.parent / "ucdp"), load(versions.old))
    assert changes.remarks == ("the second bundle is the older one", "rule sets: ucdp@1 → range@1, acled@1")


def test_another_version_of_a_method_is_said(versions: Versions, tmp_path: Path) -> None:
    old, new = load(versions.old), load(versions.old)
    for of, figure in new.found.items():
        if of[4] == "range":
            figure["rules"], figure["status"] = "range@2", "superseded"
    changes = compared(old, new)
    assert "method: the method is another version: range@1 → range@2" in reasons(changes)
    assert not figures(changes, rules="acled")


def test_a_rewritten_log_is_said(versions: Versions) -> None:
    old, new = load(versions.old), load(versions.old)
    new.events[2:] = ["0" * 64]  # type: ignore[index]
    assert compared(old, new).remarks == ("the logs part at event 3: one of them was rewritten",)


def test_keys_stay_and_numbers_do_not(versions: Versions) -> None:
    first = {"0.txt": "9 people were missing in Arvelle on 1 May 2031."}
    changes = versions.after(lambda folder: made.add(folder, first))
    old, new = changes.old, changes.new
    assert old.said.keys() < new.said.keys()
    assert any(old.said[key]["claim"] != new.said[key]["claim"] for key in old.said)
    assert not figures(changes)


# ---- the command ----


def test_the_command_tells_people_and_programs(versions: Versions, capsys: pytest.CaptureFixture[str]) -> None:
    changes = versions.after(ruling("14 people", "reject", "the clinic took it back"))
    capsys.readouterr()
    pair = [str(changes.old.path), str(changes.new.path)]
    assert call(["diff", *pair]) == 0
    said = capsys.readouterr().out
    assert said.splitlines() == list(told(changes))
    assert "  Arvelle, 1 May 2031: killed, all, person by range@1\n    12 to 14" in said
    assert "      - “14 people”" in said
    assert call(["diff", *pair, "--json"]) == 0
    objects = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert objects == [json.loads(json.dumps(row)) for row in rows(changes)]
    assert {one["changed"] for one in objects} == {"ruling", "figure"}
    assert objects[-1]["old"].keys() == {"low", "best", "high", "status", "grade"}


def test_bundles_of_two_projects_are_refused_in_one_line(
    versions: Versions, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = made.bundle(made.make(tmp_path / "others"), tmp_path / "other")
    assert call(["diff", str(versions.old), str(other)]) == 1
    said = capsys.readouterr().err
    assert said == f"tollbook: {other}: is of another project than {versions.old}; compare bundles of one\n"
