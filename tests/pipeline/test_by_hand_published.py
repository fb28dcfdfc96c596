"""Claims by hand and rows of spreadsheets in all that is published: bundles that verify, exports, withheld words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from project_values import ANN, PLAIN

from tollbook.bundles import verify
from tollbook.pipeline.importing.bringing import import_sheet
from tollbook.pipeline.project import add, record, rule
from tollbook.pipeline.publish import export_all, publish
from tollbook.rulings import Value

TEXT = "In Arvelle on 1 May 2031 the ferry went down. Of those aboard seven drowned, Orsa Lindalvik, 9, among them."


@pytest.fixture
def made(folder: Path, tmp_path: Path) -> Path:
    """A record of one claim by hand and two rows, one of which is tied to it."""
    row = {"id": "f.txt", "text": TEXT, "published": "2031-05-02", "publisher": "Plain News"}
    (tmp_path / "in.jsonl").write_text(json.dumps(row) + "\n")
    add(folder, [str(tmp_path / "in.jsonl")], ANN, reader=PLAIN)
    values: dict[str, Value] = {
        "words": "seven",
        "measure": "killed",
        "value": 7,
        "incident": "new",
        "date": "2031-05-01",
    }
    hand = rule(
        folder, "f.txt", "claim", {**values, "source": "Orsa Lindalvik", "source_kind": "witness"}, "drowned", ANN
    )
    (tmp_path / "s.csv").write_text(
        "Date,Town,Event,Killed\n2031-05-01,Arvelle,Ferry,7\n2031-06-01,Dorn,=HYPERLINK(1),3\n"
    )
    import_sheet(folder, tmp_path / "s.csv", ANN)
    seven = next(one for one in record(folder).claims if one.is_of_sheet and one.said == "7")
    rule(folder, seven.id, "tie", {"claim": hand.claim}, "page 2 of the list", ANN)
    return folder


def wrong(out: Path) -> list[str]:
    return [line for check in verify.verify(out, []) for line in check.wrong]


def everything(out: Path) -> str:
    return "\n".join(path.read_text("utf-8", "replace") for path in sorted(out.rglob("*")) if path.is_file())


def test_a_bundle_of_them_verifies_and_masks_who_is_named(made: Path, tmp_path: Path) -> None:
    publish(made, tmp_path / "out")
    assert wrong(tmp_path / "out") == []
    told = everything(tmp_path / "out")
    assert "Lindalvik" not in told
    assert "a person tied this row of a spreadsheet" in told
    assert "rests only on rows of a spreadsheet that nobody has tied" in told


def test_withheld_words_of_them_are_nowhere(made: Path, tmp_path: Path) -> None:
    rule(made, "f.txt", "withhold", {"words": "seven drowned"}, "tells who was aboard", ANN)
    publish(made, tmp_path / "out")
    assert "seven drowned" not in everything(tmp_path / "out")
    assert wrong(tmp_path / "out") == []


def test_exports_have_them_and_no_formula(made: Path, tmp_path: Path) -> None:
    export_all(made, tmp_path / "out")
    for path in (tmp_path / "out").rglob("*.csv"):
        cells = [cell for line in path.read_text("utf-8").splitlines() for cell in line.split(",")]
        assert not any(cell.strip('"').startswith("=") for cell in cells), path
