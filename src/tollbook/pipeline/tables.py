"""One report as lines of the public files, sorted as FORMATS says.

Input: a report, and what it came to or what was read in it. Output: lines of JSON, those of the layers as `Table`s.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tollbook.incidents import Settled, dated
from tollbook.model import Reading, Report
from tollbook.rows import (
    Row,
    annotation_rows,
    characterisation_row,
    line,
    report_row,
    statement_row,
)
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One public file: its name without an ending, and each of its rows, in order, as a line of JSON."""

    name: str
    lines: list[str]


def report_lines(report: Report, settled: Settled) -> tuple[str, list[str]]:
    """A report's line, and those of what it calls its incident."""
    called = _table("characterisations", map(characterisation_row, settled.characterisations), *_PLACED)
    return line(report_row(report, settled.placement)), called.lines


def layer_tables(report: Report, reading: Reading) -> tuple[Table, Table]:
    """The rows of one report in each layer; the files hold those of all, by report id."""
    statements = _table("statements", map(statement_row, reading.statements), *_PLACED)
    return statements, _table("annotations", annotation_rows(dated(report, reading), report), *_PLACED, "layer")


_PLACED = ("report", "part", "start", "end")


def _table(name: str, rows: Iterable[Row], *keys: str) -> Table:
    """Rows by the values of `keys`, then by all they say."""

    def placed(row: Row) -> tuple[Any, ...]:
        return (*(row[key] for key in keys), line(row))

    return Table(name, [text for *_, text in sorted(map(placed, rows))])
