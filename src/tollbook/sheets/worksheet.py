"""One worksheet of a workbook as rows beneath headings, whichever kind of file it lies in.

Input: what a reader of XLSX or OpenDocument found of it, and how to hear its rows. Output: a `Sheet`. A merged cell's
value counts for every cell of its range, a formula is read as the value that was last computed; both are told. A copy
is an XLSX of this worksheet alone without a formula, whose numbers and days stay numbers and days.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import field
from pathlib import Path

from tollbook.errors import InputError, UsageError
from tollbook.sheets.cells import Cell, Cells, Copy, named, shown
from tollbook.sheets.grid import Found, column_letters
from tollbook.sheets.merges import Merged, filled
from tollbook.text import counted
from tollbook.values import dataclass

# Rows with their numbers, in order, cells by column, both as the file has them: numbers from 1, columns from 0.
Lines = Iterator[tuple[int, dict[int, Cell]]]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worksheet; `first` is the row of its headings, `links` how many cells lead to an address.

    `lines` opens the file and gives the rows that it has, telling what formulas it meets.
    """

    path: Path
    name: str
    headings: tuple[str, ...]
    first: int
    merges: tuple[Merged, ...]
    links: int
    lines: Callable[[Found], AbstractContextManager[Lines]]
    found: Found = field(default_factory=Found)
    suffix: str = ".xlsx"

    @property
    def notes(self) -> Sequence[str]:
        leading = f"links in {counted(self.links, 'cell')}: a source is where its cell leads"
        return [*self.found.notes(self.merges), *([leading] if self.links else [])]

    def rows(self) -> Iterator[Cells]:
        """The rows beneath the headings; empty ones at the end are left out."""
        self.found.clear()
        with self.lines(self.found) as lines:
            held = 0
            for number, cells in filled(lines, self.merges):
                if number <= self.first:
                    continue
                held += 1
                if cells:
                    while held > 1:
                        held -= 1
                        yield dict.fromkeys(self.headings)
                    held = 0
                    self._check_stray(number, cells)
                    yield {heading: cells.get(at) for at, heading in enumerate(self.headings)}

    def _check_stray(self, number: int, cells: Collection[int]) -> None:
        stray = next((at for at in cells if at >= len(self.headings)), None)
        if stray is not None:
            where = f"{column_letters(stray)}{number}"
            advice = "name its column, or take out what stands above the headings"
            raise InputError(f"{where} stands beyond the headings", what=str(self.path), advice=advice)

    def place(self, number: int, heading: str) -> str:
        """ "D5"."""
        return f"{column_letters(self.headings.index(heading))}{number + self.first}"

    @contextmanager
    def copy(self, out: Path, more: Sequence[str]) -> Iterator[Copy]:
        """A workbook of this worksheet alone."""
        from tollbook.sheets.xlsx_writing import writing

        with writing(out, self.name, self.headings, more) as copy:
            yield copy


def chosen(path: Path, names: Sequence[str], hidden: Collection[str], worksheet: str | None) -> str:
    """The worksheet that is meant: the one named, or the only one; UsageError with the choices where it isn't clear."""
    seen = [name for name in names if name not in hidden] or list(names)
    if worksheet is None and len(seen) == 1:
        return seen[0]
    if worksheet is None:
        raise UsageError(
            f"has {len(seen)} worksheets", what=str(path), advice=f"name one by --sheet: {', '.join(seen)}"
        )
    if worksheet not in names:
        raise UsageError(f"has no worksheet '{worksheet}'; there are: {', '.join(names)}", what=str(path))
    return worksheet


def headed(path: Path, lines: Lines, merges: Sequence[Merged]) -> tuple[int, tuple[str, ...]]:
    """The number of the first row that has cells, and its cells as headings; InputError where they are merged."""
    first, cells = next(((number, cells) for number, cells in lines if cells), (1, {}))
    across = next((one for one in merges if one.top <= first <= one.bottom), None)
    if across is not None:
        advice = "give each column a heading of its own, in one row"
        raise InputError(f"the headings are merged ({across.name})", what=str(path), advice=advice)
    return first, named([shown(cells.get(at)) for at in range(max(cells, default=-1) + 1)], path)
