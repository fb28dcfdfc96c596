"""Days in cells: as a sheet types them, or as texts, whose order is told by the column or by a person, never guessed.

Input: cells of a column. Output: a `Days` that turns each into an ISO day, month or year. Worked: "13/04/2031" in any
row tells that the day comes first; "03/04/2031" alone tells nothing, and is asked about.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal, get_args

from tollbook.errors import UsageError
from tollbook.sheets import Cell, shown
from tollbook.values import dataclass

Order = Literal["day-first", "month-first"]
ORDERS: tuple[Order, ...] = get_args(Order)
_ISO = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?(?:[t ]\d\d?:\d\d.*)?")
_SLASHED = re.compile(r"(\d\d?)[./-](\d\d?)[./-](\d{4})")
_NAMED = (
    re.compile(r"(?P<day>\d\d?)(?:st|nd|rd|th)?[ -](?P<month>[a-z]+)\.?,?[ -](?P<year>\d{4})"),
    re.compile(r"(?P<month>[a-z]+)\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
    re.compile(r"(?P<month>[a-z]+)\.? (?P<year>\d{4})"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Days:
    """How the days of a sheet are written; `order` is None where no cell needs one."""

    order: Order | None = None

    def read(self, cell: Cell) -> str | None:
        """ "2031-04-13", "2031-04" or "2031"; None for a cell that is no day."""
        text = " ".join(shown(cell).split()).lower()
        parts = _parts(text)
        slashed = _SLASHED.fullmatch(text)
        if slashed:
            one, two, year = map(int, slashed.groups())
            parts = (year, two, one) if self.order == "day-first" else (year, one, two)
        return _iso(*parts) if parts else None


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    if found := _ISO.fullmatch(text):
        year, month, day = (int(part) if part else None for part in found.groups())
        return (year or 0, month, day)
    for form in _NAMED:
        if (found := form.fullmatch(text)) and found["month"][:3] in _MONTHS:
            told = found.groupdict()
            day = int(told["day"]) if told.get("day") else None
            return int(told["year"]), _MONTHS.index(told["month"][:3]) + 1, day
    return None


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)])


def days_of(cells: Iterable[tuple[str, Cell]], order: Order | None = None) -> Days:
    """How days are written in some cells, each with its place ("D5"); UsageError where that can't be told.

    An order that a person gives must fit all cells.
    """
    first: dict[Order, tuple[str, str]] = {}
    open_: tuple[str, str] | None = None
    for where, cell in cells:
        text = " ".join(shown(cell).split())
        if found := _SLASHED.fullmatch(text):
            one, two = int(found[1]), int(found[2])
            if one > 12 >= two:
                first.setdefault("day-first", (where, text))
            elif two > 12 >= one:
                first.setdefault("month-first", (where, text))
            elif one <= 12 and one != two:
                open_ = open_ or (where, text)
    if len(first) == 2:
        told = " and ".join(f"{text} ({where})" for where, text in first.values())
        raise UsageError(f"days are written in mixed orders: {told}", advice="write them as YYYY-MM-DD in the sheet")
    proven = next(iter(first), None)
    if order is not None and proven not in (None, order):
        where, text = first[proven]
        raise UsageError(f"{where}: {text} is no {order} day", advice=f"say --dates {proven}")
    if order is None and proven is None and open_ is not None:
        where, text = open_
        raise UsageError(
            f"{where}: whether {text} has the day or the month first can't be told",
            advice="say --dates day-first or --dates month-first",
        )
    return Days(order or proven)
