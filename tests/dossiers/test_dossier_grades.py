"""Grades of incidents and sums by grade in a dossier: with their reasons, names masked, unknown never zero."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from dossier_records import claim as figure
from dossier_records import record, report, small

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.dossiers.formats import FORMATS
from tollbook.dossiers.value import Dossier
from tollbook.findings import reckon
from tollbook.findings.totals import totals
from tollbook.model import Incident, Quantity, Record


def graded() -> Record:
    """A shelling of which two tell, and a clash of which one does, without a number of the dead."""
    first = report("a.txt", "The shelling killed 12 villagers, the Aid Office said.", publisher="Tallow Wire")
    second = report(
        "b.txt", "Orsa Lindal of the Tarn Clinic said 9 people died in the shelling.", publisher="Cadmer Post"
    )
    claims = [
        figure(first, "12 villagers", Quantity.exact(12), ("Aid Office", "organisation")),
        figure(second, "9 people", Quantity.at_least(9), ("Orsa Lindal", "medics")),
    ]
    made = record([first, second], claims, findings=())
    shelling = replace(made.incidents[0], kind="attack")
    clash = Incident("i2", "Tarn, 7 May 2031", "clash", reports=("a.txt",))
    found = reckon([shelling], claims)
    return replace(made, incidents=(shelling, clash), findings=found.findings, grades=found.grades)


def dossier(told: Record) -> Dossier:
    return build(told, totals=totals(told.incidents, told.findings, told.grades, ["grade"]))


def test_a_page_bears_the_grade_with_its_reason_and_masks_it() -> None:
    page = dossier(graded()).pages[0]
    assert page.grade is not None
    assert (page.grade.grade, page.grade.by) == ("fair", "airwars-grades@1")
    assert "Aid Office" in page.grade.why
    assert "Lindal" not in page.grade.why


def test_the_index_sums_by_grade(tmp_path: Path) -> None:
    html.write(dossier(graded()), tmp_path / "d")
    index = (tmp_path / "d" / "index.html").read_text()
    assert "Sums by grade" in index
    assert "graded fair" in index
    pages = "".join(path.read_text() for path in (tmp_path / "d").glob("incident-*.html"))
    assert "Graded <strong>fair</strong>" in pages


def test_sums_are_exported_with_what_they_leave_out() -> None:
    rows = list(csv.DictReader(io.StringIO(FORMATS["totals-csv"].content(dossier(graded())).decode())))
    fair = next(row for row in rows if (row["measure"], row["group"], row["grade"]) == ("killed", "all", "fair"))
    assert (fair["low"], fair["high"], fair["incidents"], fair["unknown"]) == ("12", "12", "1", "0")
    assert not [row for row in rows if row["grade"] == "not graded"]


def test_without_a_graded_incident_there_are_no_sums(tmp_path: Path) -> None:
    told = small()
    made = dossier(told)
    assert {one.grade for one in made.totals} == {"not graded"}
    html.write(made, tmp_path / "d")
    assert "Sums by grade" not in (tmp_path / "d" / "index.html").read_text()
