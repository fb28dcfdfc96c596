"""What a sheet would give: its columns with what they are taken for, its rows as texts, and every cell that is wrong.

Input: a file, and what a person says of its columns. Output: a `Preview`, from which `import_sheet` goes on; nothing is
written. Worked: "deaths.csv" with "Date", "Town", "Killed" gives 3 rows with 3 figures, and the first rows as texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from tollbook.errors import InputError
from tollbook.lexicon import load
from tollbook.pipeline.importing.days import Days, Order, days_of
from tollbook.pipeline.importing.layout import SKIP, checked, figure_of, guessed
from tollbook.pipeline.importing.rowtext import Line
from tollbook.pipeline.stated import amount
from tollbook.sheets import Cell, Sheet, open_sheet, shown
from tollbook.text import counted
from tollbook.values import dataclass

# So many rows are taken at a time: each is a report of its own, with its events in the log.
MOST_ROWS = 100_000
_SHOWN, _LISTED = 3, 4
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}|-?\d+([.,]\d+)?")
_ORDER = ("name", "date", "date_end", "place", "country", "lat", "lon", "source")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet with a figure: its number among the rows beneath the headings, and its cells as lines."""

    number: int
    lines: tuple[Line, ...]

    @property
    def name(self) -> str | None:
        """What the sheet calls it."""
        return next((" ".join(line.cell.split()) for line in self.lines if line.field == "name"), None)


@dataclass(frozen=True, slots=True)
class Preview:
    """A sheet as it would be imported: how many rows have a figure, how many are `empty`, the first rows as texts.

    `wrong` are the first cells that can't be read, each in a line, of `faults` in all; `order` is that of days where
    any cell needs one. It holds no other row: `rows_of` reads them.
    """

    path: Path
    worksheet: str | None
    headings: tuple[str, ...]
    fields: Mapping[str, str]
    order: Order | None
    rows: int
    empty: int
    figures: int
    sample: tuple[Row, ...]
    wrong: tuple[str, ...] = ()
    faults: int = 0
    notes: tuple[str, ...] = field(default=())


def preview(
    path: Path, *, worksheet: str | None = None, fields: Mapping[str, str] | None = None, order: Order | None = None
) -> Preview:
    """What a sheet would give with these fields, by default those that its headings suggest, as `fields` corrects them.

    Raises InputError for a file that is no such sheet, UsageError where its columns or days can't be told.
    """
    sheet = opened(path, worksheet)
    full = checked({**guessed(sheet.headings, load("en")), **(fields or {})}, sheet.headings)
    lined = Lined(sheet, full)
    every = list(lined.cells())
    lined.days = days_of(lined.dated(every), order)
    for line in _merged(sheet, full):
        lined.is_wrong(line)
    sample, rows, figures = list[Row](), 0, 0
    for number, cells in enumerate(every, start=1):
        row, mine = lined.row(number, cells)
        figures += mine
        rows += bool(mine)
        if mine and len(sample) < _SHOWN:
            sample.append(row)
    return Preview(
        path, worksheet, sheet.headings, full, lined.days.order, rows, len(every) - rows, figures, tuple(sample),
        tuple(lined.wrong), lined.faults, tuple(sheet.notes),
    )  # fmt: skip


def rows_of(found: Preview) -> Iterator[Row]:
    """The rows of a sheet that hold a figure, read again, one at a time."""
    lined = Lined(opened(found.path, found.worksheet), found.fields, Days(found.order))
    for number, cells in enumerate(lined.cells(), start=1):
        row, figures = lined.row(number, cells)
        if figures:
            yield row


def refused(found: Preview) -> InputError | None:
    """Why a sheet can't be imported as it is; None where it can."""
    if found.wrong:
        more = f" and {found.faults - len(found.wrong):,} more" if found.faults > len(found.wrong) else ""
        told = "; ".join(found.wrong)
        return InputError(
            f"{counted(found.faults, 'cell')} can't be read: {told}{more}",
            what=str(found.path),
            advice="correct them, or leave the column out (--column HEADING=skip)",
        )
    if not found.rows:
        return InputError("no row holds a figure", what=str(found.path), advice="say what the columns hold: --column")
    return None


def opened(path: Path, worksheet: str | None) -> Sheet:
    """The sheet in a file; InputError where its first row is data, or it is of a kind that isn't read."""
    sheet = open_sheet(path, worksheet)
    data = [one for one in sheet.headings if _DAY.fullmatch(one.strip())]
    if data:
        raise InputError(
            f"the first row holds no headings but data ('{data[0]}')",
            what=str(path),
            advice="put a row above it that says what each column holds",
        )
    below = [shown(cell).strip() for cell in next(sheet.rows(), {}).values()]
    if _meant(below) > _meant(sheet.headings):
        told = ", ".join(f"'{one}'" for one in below if one)
        raise InputError(
            f"the second row holds the headings, not the first ({told})",
            what=str(path),
            advice="take out what is above it",
        )
    return sheet


def _meant(headings: Sequence[str]) -> int:
    """How many of some texts are headings that are known."""
    return sum(field != SKIP for field in guessed(headings, load("en")).values())


@dataclass(slots=True)
class Lined:
    """The rows of a sheet as lines of text, of the columns that are taken in; cells that can't be read are `wrong`."""

    sheet: Sheet
    fields: Mapping[str, str]
    days: Days = field(default_factory=Days)
    wrong: list[str] = field(default_factory=list)
    faults: int = 0
    order: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.order = _in_order(self.fields)

    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """The cells of each row, of the columns that are taken in and in their order; InputError for too many rows."""
        for number, row in enumerate(self.sheet.rows(), start=1):
            if number > MOST_ROWS:
                advice = "split it, for example by year"
                raise InputError(f"has more than {MOST_ROWS:,} rows", what=str(self.sheet.path), advice=advice)
            yield tuple(row[heading] for heading in self.order)

    def dated(self, every: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[str, Cell]]:
        """The cells of the columns of days, each with its place."""
        columns = [(at, one) for at, one in enumerate(self.order) if self.fields[one] in ("date", "date_end")]
        for number, cells in enumerate(every, start=1):
            yield from ((self.sheet.place(number, heading), cells[at]) for at, heading in columns)

    def row(self, number: int, cells: tuple[Cell, ...]) -> tuple[Row, int]:
        """A row with its lines, and how many figures it holds."""
        pairs = zip(self.order, cells, strict=True)
        lines = tuple(line for heading, cell in pairs if (line := self._line(number, heading, cell)))
        return Row(number, lines), sum(figure_of(line.field) is not None for line in lines)

    def is_wrong(self, line: str) -> None:
        """Remember what can't be read; the first few are told."""
        self.faults += 1
        self.wrong += [line] if len(self.wrong) < _LISTED else []

    def _line(self, number: int, heading: str, cell: Cell) -> Line | None:
        """A cell as a line of its row's text, None for one that says nothing."""
        text, what = " ".join(shown(cell).split()), self.fields[heading]
        if not text:
            return None
        if what in ("date", "date_end"):
            day = self.days.read(cell)
            if day is None:
                self.is_wrong(f"{self.sheet.place(number, heading)}: “{_brief(text)}” is no day")
            return Line(heading, text, what, day or "")
        if figure_of(what) is None:
            return Line(heading, text, what)
        found = amount(cell, load("en"))
        if isinstance(found, str):
            self.is_wrong(f"{self.sheet.place(number, heading)}: {found}")
        elif found is not None and any(end is not None and end != int(end) for end in (found.low, found.high)):
            self.is_wrong(f"{self.sheet.place(number, heading)}: “{_brief(text)}” is no whole number")
        return None if found is None else Line(heading, text, what)


def _in_order(fields: Mapping[str, str]) -> list[str]:
    """Headings as a row's text has them: what, when and where, then figures, the two ends of one together."""

    def place(heading: str) -> tuple[int, int, str]:
        field, at = fields[heading], list(fields).index(heading)
        one = figure_of(field)
        if one is None:
            return (_ORDER.index(field), 0, "")
        first = min(n for n, f in enumerate(fields.values()) if (each := figure_of(f)) and each.of == one.of)
        return (len(_ORDER) + first, 0 if one.end != "high" else 1, str(at))

    return sorted((heading for heading, field in fields.items() if field != SKIP), key=place)


def _merged(sheet: Sheet, fields: Mapping[str, str]) -> Iterator[str]:
    """Merged ranges over several rows of a column of figures: one number would count again in each of them."""
    for one in getattr(sheet, "merges", ()):
        columns = sheet.headings[one.left : one.right + 1]
        if one.bottom > max(one.top, getattr(sheet, "first", 0) + 1) and any(
            figure_of(fields[name]) for name in columns
        ):
            yield f"{one.name} is merged, so that its figure would count for each of its rows"


def _brief(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
