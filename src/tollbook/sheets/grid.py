"""The cells of a worksheet, row by row, as its XML has them.

Input: the stream of a worksheet, shared texts, what styles mean. Output: (row number, {column: cell}), from
which columns count from 0. Worked: `<c r="D5" s="3"><v>44320</v></c>` is a day in row 5, column 3, where style 3 is one
of days. A formula is the value that was last computed; where none was, it stays as its own text, "=SUM(A1:A9)".
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import IO

from tollbook.sheets.cells import Cell
from tollbook.sheets.markup import heard, joined, local
from tollbook.sheets.merges import Merged
from tollbook.sheets.strings import Strings
from tollbook.sheets.styles import Styles
from tollbook.text import counted
from tollbook.values import dataclass

_AT = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ROWS, _COLUMNS = 1_048_576, 16_384
_SHOWN = 3


@dataclass(slots=True)
class Found:
    """What a reader of a worksheet should know: where formulas stand, and how many."""

    computed: list[str] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def clear(self) -> None:
        """Forget what an earlier reading found."""
        self.computed.clear()
        self.uncomputed.clear()
        self.counts.clear()

    def formula(self, where: str, computed: bool) -> None:
        """Remember a formula; the places of the first few are kept."""
        places = self.computed if computed else self.uncomputed
        key = "computed" if computed else "uncomputed"
        self.counts[key] = self.counts.get(key, 0) + 1
        if len(places) < _SHOWN:
            places.append(where)

    def notes(self, merges: Sequence[Merged]) -> list[str]:
        """One line for merged cells, for formulas, for formulas without a value."""
        notes = []
        if merges:
            names = _listed([one.name for one in merges[:_SHOWN]], len(merges))
            notes.append(
                f"{counted(len(merges), 'merged range')}: {names}: the value counts for each cell of its range"
            )
        if self.computed:
            places = _listed(self.computed, self.counts["computed"])
            notes.append(f"{counted(self.counts['computed'], 'formula')}: {places}: taken as the value last computed")
        if self.uncomputed:
            places = _listed(self.uncomputed, self.counts["uncomputed"])
            many = counted(self.counts["uncomputed"], "formula")
            advice = "open the sheet in a spreadsheet program and save it"
            notes.append(f"{many} without a value: {places}: not checked; {advice}")
        return notes


def _listed(places: Sequence[str], total: int) -> str:
    """ "B2, B3, B4 and 9 more"."""
    more = f" and {total - len(places):,} more" if total > len(places) else ""
    return f"{', '.join(places)}{more}"


@dataclass(slots=True)
class Grid:
    """Hears a worksheet and gathers its rows."""

    stream: IO[bytes]
    strings: Strings
    styles: Styles
    since_1904: bool
    found: Found
    name: str
    done: list[tuple[int, dict[int, Cell]]] = field(default_factory=list)
    number: int = 0
    column: int = -1
    cells: dict[int, Cell] = field(default_factory=dict)
    kind: str = "n"
    style: int = 0
    parts: list[str] = field(default_factory=list)
    formula: list[str] | None = None
    into: list[str] | None = None

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """The rows that the worksheet has, in order; empty cells are left out."""
        for _ in heard(self.stream, self._start, self._end, self._text):
            yield from self.done
            self.done = []

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        name = local(name)
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "t"):
            self.into = self.parts
        elif name == "f":
            self.into = self.formula = []
        elif name == "row":
            number = int(attributes.get("r", self.number + 1))
            if not self.number < number <= _ROWS:
                raise zipfile.BadZipFile("rows out of order")
            self.number, self.column, self.cells = number, -1, {}
        elif name == "rPh":
            self.into = None

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        at = attributes.get("r")
        self.column = self.column + 1 if at is None else column_number(at)
        self.kind, self.style = attributes.get("t", "n"), int(attributes.get("s", 0))
        self.parts, self.formula, self.into = [], None, None

    def _text(self, text: str) -> None:
        if self.into is not None:
            self.into.append(text)

    def _end(self, name: str) -> None:
        name = local(name)
        if name == "c":
            cell = self._cell()
            if self.formula is not None:
                computed = cell is not None or self.kind == "str"  # which may be a text of no letters
                self.found.formula(f"{column_letters(self.column)}{self.number}", computed)
                cell = cell if computed else f"={joined(self.formula)}"
            if cell is not None and cell != "":
                self.cells[self.column] = cell
        elif name in ("v", "t", "f"):
            self.into = None
        elif name == "row":
            self.done.append((self.number, self.cells))

    def _cell(self) -> Cell:
        """The value of the cell that ends, None for an empty one."""
        text = joined(self.parts)
        if self.kind == "n":
            return self._number(text) if text else None
        if self.kind == "s":
            return self.strings[int(text)] if text else None
        if self.kind == "b":
            return text == "1"
        if self.kind == "d" and text:
            return dt.datetime.fromisoformat(text)
        return text or None

    def _number(self, text: str) -> Cell:
        if self.style in self.styles.days:
            return day_of(float(text), self.since_1904)
        if self.style in self.styles.shares:  # 100 % of something is no count of one
            return f"{float(text) * 100:.10g}%"
        return number_in(text)


def number_in(text: str) -> int | float:
    """The number that a file writes: "4.0" is 4."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def day_of(number: float, since_1904: bool) -> Cell:
    """The day that a number stands for; the number itself where no calendar has it. Excel's 1900 has a 29 February."""
    start = dt.datetime(1904, 1, 1) if since_1904 else dt.datetime(1899, 12, 30 if number >= 60 else 31)
    try:
        moment = start + dt.timedelta(seconds=round(number * 86_400))
    except OverflowError:
        return number
    return moment.time() if 0 <= number < 1 else moment


def column_number(at: str) -> int:
    """ "D5" is in column 3."""
    found = _AT.fullmatch(at)
    if found is None:
        raise zipfile.BadZipFile(f"a cell called {at[:20]}")
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    if number > _COLUMNS:
        raise zipfile.BadZipFile(f"a cell called {at}")
    return number - 1


def column_letters(number: int) -> str:
    """Column 3 is "D"."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
