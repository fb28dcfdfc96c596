"""The expected record holds together by itself and with the raw reports: nothing here needs a reader."""

from __future__ import annotations

import json
import re
import runpy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tollbook import sample

MEASURES = {
    "killed",
    "injured",
    "missing",
    "evacuated",
    "homeless",
    "displaced",
    "rescued",
    "arrested",
    "damaged",
    "other",
}
BOUNDS = {"exact", "at_least", "more_than", "at_most", "less_than", "about", "range", "vague", "none"}
BASES = {"incident", "increment", "part", "rate", "aggregate"}
LAYERS: tuple[sample.Layer, ...] = ("claims", "characterisations", "ignored")

CLAIMS = sample.expected("claims")
REPORTS = {row["report"]: row for row in sample.expected("reports")}


def label(row: dict[str, Any]) -> str:
    return f"{row['report']}: {' '.join(row['near'].split())}"


def plain_texts() -> dict[str, str]:
    """Texts that no extractor touches: text files and JSONL rows, by report id."""
    texts = {}
    with sample.path() as folder:
        for file in (folder / "reports").iterdir():
            if file.suffix == ".txt":
                texts[file.name] = file.read_text(encoding="utf-8")
            elif file.suffix == ".jsonl":
                rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
                texts |= {row["id"]: row["text"] for row in rows}
    return texts


PLAIN = plain_texts()
PLAIN_ROWS = [
    row for layer in LAYERS for row in sample.expected(layer) if row["report"] in PLAIN and row.get("part") != "title"
]


def test_there_are_fourteen_reports_in_four_formats() -> None:
    with sample.path() as folder:
        files = sorted(file.name for file in (folder / "reports").iterdir() if file.suffix != ".json")
    assert {Path(name).suffix for name in files} == {".txt", ".html", ".pdf", ".jsonl"}
    ids = {name for name in files if not name.endswith(".jsonl")} | {key for key in PLAIN if "." not in key}
    assert ids == set(REPORTS)
    assert len(ids) == 14


def test_every_sidecar_stands_beside_a_report_and_agrees_with_the_record() -> None:
    with sample.path() as folder:
        for sidecar in (folder / "reports").glob("*.json"):
            particulars = json.loads(sidecar.read_text(encoding="utf-8"))
            row = next(row for key, row in REPORTS.items() if Path(key).stem == sidecar.stem)
            assert row["publisher"] == particulars["publisher"]
            assert row["published"] == particulars["published"][:10]


@pytest.mark.parametrize("row", PLAIN_ROWS, ids=label)
def test_quoted_words_stand_once_in_plain_texts(row: dict[str, Any]) -> None:
    assert PLAIN[row["report"]].count(row["near"]) == 1
    assert row["near"].count(row["quote"]) == 1


@pytest.mark.parametrize("row", CLAIMS, ids=label)
def test_every_claim_uses_the_words_of_the_format(row: dict[str, Any]) -> None:
    assert row["report"] in REPORTS
    assert row["measure"] in MEASURES
    assert row["bound"] in BOUNDS
    assert row["basis"] in BASES
    assert row["modality"] in {"asserted", "denied", "hypothetical", "planned"}
    assert (row["measure"] == "other") <= row["optional"], "a claim of measure other is never required"
    assert (row["part_of"] is not None) <= (row["basis"] == "part")
    assert row["attribution"][-1] == {"source": REPORTS[row["report"]]["publisher"], "kind": "publisher"}


@pytest.mark.parametrize("row", CLAIMS, ids=label)
def test_intervals_follow_from_bounds(row: dict[str, Any]) -> None:
    value = row["value"]
    intervals = {
        "exact": (value, value),
        "about": (value, value),
        "none": (0, 0),
        "at_least": (value, None),
        "at_most": (0, value),
    }
    if row["bound"] == "more_than":
        intervals["more_than"] = (value + 1, None)
    if row["bound"] in intervals:
        assert (row["low"], row["high"]) == intervals[row["bound"]]
    else:
        assert value is None
        assert row["high"] is None or row["low"] < row["high"]


@pytest.mark.parametrize("row", [row for row in CLAIMS if row["part_of"]], ids=label)
def test_parts_point_at_their_whole(row: dict[str, Any]) -> None:
    wholes = [each for each in CLAIMS if each["report"] == row["report"] and each["near"] == row["part_of"]]
    assert len(wholes) == 1
    assert wholes[0]["measure"] == row["measure"]
    assert wholes[0]["value"] > row["value"]


@pytest.mark.parametrize(("report", "total"), [("health-ministry-0318.pdf", 34), ("traders-union-0318.txt", 38)])
def test_lists_of_parts_add_up(report: str, total: int) -> None:
    parts = [row["value"] for row in CLAIMS if row["report"] == report and row["part_of"]]
    assert len(parts) == 3
    assert sum(parts) == total


def test_incidents_and_findings_name_known_things() -> None:
    incidents = {row["incident"]: row for row in sample.expected("incidents")}
    assert {row["incident"] for row in CLAIMS} - {None} == set(incidents)
    for row in incidents.values():
        assert set(row["reports"]) <= set(REPORTS)
        assert date.fromisoformat(row["start"]) <= date.fromisoformat(row["end"])
    for row in sample.expected("findings"):
        claimed = {(each["incident"], each["measure"], each["group"], each["unit"]) for each in CLAIMS}
        assert (row["incident"], row["measure"], row["group"], row["unit"]) in claimed
        assert (row["status"] == "disputed") <= (row["best"] is None or row["rules"] == "acled")


def test_the_pdfs_are_what_their_script_writes(tmp_path: Path) -> None:
    script = Path(__file__).resolve().parents[2] / "tools" / "make_sample_pdf.py"
    tool = runpy.run_path(str(script))
    with sample.path() as folder:
        interior = (folder / "reports" / "interior-ministry-0314.pdf").read_bytes()
        health = (folder / "reports" / "health-ministry-0318.pdf").read_bytes()
    assert tool["document"]("The market hall in Tessavar", "20190314", tool["INTERIOR"]) == interior
    assert tool["document"]("Tessavar: people killed and injured", "20190318", tool["HEALTH"]) == health


def test_every_address_in_the_sample_is_one_that_can_not_exist() -> None:
    with sample.path() as folder:
        for file in (folder / "reports").iterdir():
            for host in re.findall(rb"https?://([^/\"\s]+)", file.read_bytes()):
                assert host.endswith(b".example"), f"{file.name} names {host!r}"
