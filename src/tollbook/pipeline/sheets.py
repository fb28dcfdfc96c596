"""A sheet as rows of text, one after the other: however long it is, a few rows are held at a time.

Input: a file. Output: its headings and its rows as `{heading: text}`. `read` may be called twice: a check looks through
a sheet for its sources before it judges it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tollbook.errors import InputError

# A delimiter is told by the headings; the longest text that a cell may hold.
_DELIMITERS = ",;\t|"
_CELL = 10_000_000

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of rows: its headings, and what sets its cells apart."""

    path: Path
    headings: tuple[str, ...]
    delimiter: str

    def rows(self) -> Iterator[Cells]:
        """The rows in order, each with all headings; a row with more cells than headings is refused by its number."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file, delimiter=self.delimiter, strict=True)
            try:
                next(lines)
                for number, cells in enumerate(lines, start=2):
                    if len(cells) > len(self.headings):
                        raise InputError(
                            f"row {number} has {len(cells)} cells, the headings {len(self.headings)}",
                            what=str(self.path),
                            advice="save the sheet as CSV again, with quotation marks round cells that hold commas",
                        )
                    yield dict(zip(self.headings, [*cells, *[""] * (len(self.headings) - len(cells))], strict=True))
            except csv.Error as error:
                raise InputError(f"line {lines.line_num} is no CSV ({error})", what=str(self.path)) from error


def open_sheet(path: Path) -> Sheet:
    """The sheet in a file; InputError where it can't be read as one."""
    csv.field_size_limit(_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            delimiter = max(_DELIMITERS, key=head.count)
            file.seek(0)
            headings = [cell.strip() for cell in next(csv.reader(file, delimiter=delimiter), [])]
    except (OSError, UnicodeDecodeError) as error:
        told = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"can't be read as a sheet ({told})", what=str(path), advice="give a CSV file") from error
    if not any(headings):
        raise InputError("has no headings in its first row", what=str(path))
    twice = next((one for one in headings if one and headings.count(one) > 1), None)
    if twice is not None:
        raise InputError(f"two columns are called '{twice}'", what=str(path), advice="rename one of them")
    named = tuple(one or f"column {number}" for number, one in enumerate(headings, start=1))
    return Sheet(path, named, delimiter)
