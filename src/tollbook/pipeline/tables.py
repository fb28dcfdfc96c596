"""A record as the rows of the public files, sorted as FORMATS says.

Input: a `Record`, or one report with its reading for the layers beneath. Output: `Table`s: `claims` with a row for each
claim, by id, and each row as a line of JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tollbook.incidents import dated
from tollbook.model import Reading, Record, Report
from tollbook.rows import (
    Row,
    annotation_rows,
    characterisation_row,
    claim_row,
    finding_row,
    incident_row,
    line,
    report_row,
    statement_row,
)


@dataclass(frozen=True, slots=True)
class Table:
    """One public file: its name without an ending, and each of its rows, in order, as a line of JSON."""

    name: str
    lines: list[str]


def tables(record: Record) -> Iterator[Table]:
    """Each public file but the layers, with its rows in the order that FORMATS gives."""
    placements = {placement.report: placement for placement in record.placements}
    yield _table("reports", (report_row(one, placements[one.id]) for one in record.reports), "report")
    yield _table("claims", map(claim_row, record.claims), "claim", "report")
    yield _table("incidents", map(incident_row, record.incidents), "incident")
    yield _table("findings", map(finding_row, record.findings), "incident", "measure", "group", "unit", by=record.rules)
    yield _table("characterisations", map(characterisation_row, record.characterisations), *_PLACED)


def layer_tables(report: Report, reading: Reading) -> tuple[Table, Table]:
    """The rows of one report in each layer; the files hold those of all, by report id."""
    statements = _table("statements", map(statement_row, reading.statements), *_PLACED)
    return statements, _table("annotations", annotation_rows(dated(report, reading), report), *_PLACED, "layer")


_PLACED = ("report", "part", "start", "end")


def _table(name: str, rows: Iterable[Row], *keys: str, by: Sequence[str] = ()) -> Table:
    """Rows by rule set where `by` names them in order, then by the values of `keys`, then by all they say."""
    place = {rules: number for number, rules in enumerate(by)}

    def placed(row: Row) -> tuple[Any, ...]:
        return (place[row["rules"].partition("@")[0]] if by else 0, *(row[key] for key in keys), line(row))

    return Table(name, [text for *_, text in sorted(map(placed, rows))])
