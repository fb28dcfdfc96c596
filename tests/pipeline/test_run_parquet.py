"""Parquet columns are those of the JSON rows, typed, whatever a row happens to hold."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tollbook import rows
from tollbook.errors import UsageError
from tollbook.model import (
    Characterisation,
    Claim,
    Finding,
    Incident,
    Placement,
    Quantity,
    Report,
    Source,
    Span,
    Statement,
)
from tollbook.pipeline import parquet

SPAN = Span(0, 2)
CLAIM = Claim("c", "r", SPAN, "40", "killed", "all", "person", Quantity.exact(40))
SHARE = Claim(
    "d", "r", SPAN, "4.5", "killed", "all", "percent", Quantity.exact(4.5), attribution=(Source("A", "media"),)
)
ROWS: dict[str, rows.Row] = {
    "reports": rows.report_row(Report("r", "40", "a", "b"), Placement("r")),
    "claims": rows.claim_row(CLAIM),
    "statements": rows.statement_row(Statement("r", SPAN)),
    "characterisations": rows.characterisation_row(Characterisation("r", SPAN, "40", "label", "accident")),
    "incidents": rows.incident_row(Incident("i", "Tessavar", "other")),
    "findings": rows.finding_row(Finding("i", "killed", "all", "person", "range@1", 1, 1, 1, "single")),
}


def back(tmp_path: Path, name: str, written: list[rows.Row]) -> pa.Table:
    path = tmp_path / f"{name}.parquet"
    parquet.write(path, name, written)
    return pq.read_table(path)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_columns_are_the_keys_of_the_rows_in_order(tmp_path: Path, name: str) -> None:
    assert list(parquet.SHAPES[name]) == list(ROWS[name])
    assert back(tmp_path, name, []).schema == back(tmp_path, name, [ROWS[name]]).schema


def test_claims_come_back(tmp_path: Path) -> None:
    table = back(tmp_path, "claims", [rows.claim_row(CLAIM), rows.claim_row(SHARE)])
    values: list[dict[str, Any]] = table.to_pylist()
    assert [row["value"] for row in values] == [40.0, 4.5]
    assert values[1]["attribution"][0]["source"] == "A"
    assert values[0]["computed_from"] is None


def test_annotations_have_all_layers_in_one_table(tmp_path: Path) -> None:
    number = {"report": "r", "part": "text", "start": 0, "end": 2, "said": "40", "layer": "quantity", "value": 40}
    day = {**number, "layer": "time", "type": "DATE", "value": "2020-05-01"}
    values = back(tmp_path, "annotations", [number, day]).to_pylist()
    assert [row["value"] for row in values] == ["40", "2020-05-01"]


def test_a_lone_surrogate_keeps_its_place(tmp_path: Path) -> None:
    table = back(tmp_path, "claims", [rows.claim_row(CLAIM) | {"said": "a\udc80b"}])
    assert table.column("said").to_pylist() == ["a\ufffdb"]


def test_without_pyarrow_the_advice_is_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"--parquet needs pyarrow; pip install 'tollbook\[parquet\]'"):
        parquet.require()
