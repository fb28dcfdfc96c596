"""What a sheet of any kind is: cells, rows, headings, what a reader of it should know, and a copy with more columns.

Input: nothing. Output: the `Sheet` that every format gives. A cell is text, a number, a day, true or false, or nothing;
`shown` is the text of it: "12", "2021-05-04".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from tollbook.errors import InputError
from tollbook.model import Number

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | None
Cells = dict[str, Cell]


class Linked(str):
    """The text of a cell that leads to an address."""

    __slots__ = ("url",)
    url: str

    @classmethod
    def to(cls, text: str, url: str) -> Linked:
        linked = cls(text)
        linked.url = url
        return linked


class Copy(Protocol):
    """A sheet that is being written: the rows of another, in its order, each with more cells."""

    def row(self, cells: Cells, more: Sequence[str]) -> None:
        """Write the next row."""


class Sheet(Protocol):
    """A file of rows. `notes` are lines on what was found in it, complete once all rows have been read."""

    @property
    def path(self) -> Path: ...

    @property
    def suffix(self) -> str:
        """The ending of a file of this kind: ".csv"."""

    @property
    def headings(self) -> tuple[str, ...]: ...

    @property
    def notes(self) -> Sequence[str]: ...

    def rows(self) -> Iterator[Cells]:
        """The rows in order, each with all headings; may be asked for more than once."""

    def place(self, number: int, heading: str) -> str:
        """Where a cell of the row of that number (the first is 1) stands, as its owner knows it: "D5"."""

    def copy(self, out: Path, more: Sequence[str]) -> AbstractContextManager[Copy]:
        """A file of the same kind at `out`, with the headings and `more`."""


def cited(cell: Cell) -> str:
    """What a cell cites: the address that it leads to, else its text."""
    return cell.url if isinstance(cell, Linked) else shown(cell)


def shown(cell: Cell) -> str:
    """The text of a cell; a whole number has no decimals, a day at midnight no hour."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def number_of(cell: Cell) -> Number | None:
    """The number that a cell of a typed sheet holds; None for text, days and what is no count."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    return int(cell) if float(cell).is_integer() else cell


def named(cells: Sequence[str], path: Path) -> tuple[str, ...]:
    """Headings as a sheet's first row has them, each with a name of its own; InputError where two are alike."""
    headings = [cell.strip() for cell in cells]
    if not any(headings):
        raise InputError("has no headings in its first row", what=str(path))
    twice = next((one for one in headings if one and headings.count(one) > 1), None)
    if twice is not None:
        raise InputError(f"two columns are called '{twice}'", what=str(path), advice="rename one of them")
    return tuple(one or f"column {number}" for number, one in enumerate(headings, start=1))
