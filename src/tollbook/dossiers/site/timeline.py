"""When incidents were: a drawing in which each has the width that is known of its date.

Input: pages. Output: a `Timeline`. Worked: over three years, an incident of 6 May 2031 and one of May 2031 stand in the
column of that month, one known only as 2031 is a bar under all twelve columns: what is not known is never a day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tollbook.dossiers.figures import day, days
from tollbook.dossiers.value import Page
from tollbook.model import DateRange

WIDTH, _TOP, _HIGH, _LEFT = 720.0, 26.0, 150.0, 12.0  # units: the drawing, and its columns
_MOST = 72  # columns
_LANE, _LANES = 15.0, 12  # how high a bar is with its room, and how many lie under each other at most
_SINGLE, _ALL = 12, 150  # incidents of a column, and of all columns, that are drawn one by one
_SQUARE = 12.0
_APART = 62.0  # units between the words of an axis

Number = Callable[[dt.date], int]


@dataclass(frozen=True, slots=True)
class Unit:
    """What a column stands for: its number of a day, and the first day of a number."""

    number: Number
    first: Callable[[int], dt.date]
    words: Callable[[dt.date, dt.date], str]


def _years(count: int) -> Unit:
    def words(first: dt.date, last: dt.date) -> str:
        return str(first.year) if count == 1 else f"{first.year}–{last.year}"

    return Unit(lambda one: one.year // count, lambda number: _first(number * count, 1), words)


def _first(year: int, month: int) -> dt.date:
    """The first day of a month, or the first or last day that a calendar of four digits has."""
    return dt.date.max if year > dt.MAXYEAR else dt.date(max(year, 1), month, 1)


def _months(count: int) -> Unit:
    def words(first: dt.date, last: dt.date) -> str:
        return f"{first:%B %Y}" if count == 1 else f"{first:%B}–{last:%B %Y}"

    def first(number: int) -> dt.date:
        return _first(number * count // 12, number * count % 12 + 1)

    return Unit(lambda one: (one.year * 12 + one.month - 1) // count, first, words)


def _numbered(ordinal: int) -> dt.date:
    """The day of a number, or the last that a calendar of four digits has."""
    return dt.date.fromordinal(min(ordinal, dt.date.max.toordinal()))


UNITS = (
    Unit(dt.date.toordinal, _numbered, lambda first, _: day(first)),
    Unit(
        lambda one: (one.toordinal() - 1) // 7,
        lambda week: _numbered(week * 7 + 1),
        lambda first, _: f"week of {day(first)}",
    ),
    _months(1), _months(3), _years(1), _years(5), _years(10), _years(25), _years(100), _years(1000),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Incidents of one time: a column, or a bar under the columns. `start` and `end` are days in ISO form."""

    x: float
    y: float
    width: float
    height: float
    words: str
    start: str
    end: str
    pages: tuple[Page, ...]
    disputed: frozenset[str]

    @property
    def title(self) -> str:
        """The time, how many, and how many of these are disputed."""
        told = f"{self.words}: {len(self.pages):,} incident{'s' if len(self.pages) > 1 else ''}"
        return f"{told}, {len(self.disputed):,} disputed" if self.disputed else told

    @property
    def clash(self) -> float:
        """How much of a column's height is of disputed incidents."""
        return round(self.height * len(self.disputed) / len(self.pages), 1)


@dataclass(frozen=True, slots=True)
class Square:
    """One incident of a column, drawn by itself."""

    x: float
    y: float
    size: float
    page: Page
    disputed: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A word under the columns; `major` where it stays on a phone."""

    x: float
    words: str
    major: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: all columns as `listed`, drawn as `columns`, or as `squares` where these are few; bars; ticks.

    `most` is how many incidents the highest column stands for, `more` how many of wide dates had no room.
    """

    height: float
    base: float
    most: int
    listed: tuple[Span, ...]
    columns: tuple[Span, ...]
    squares: tuple[Square, ...]
    bars: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    undated: int
    more: int


@dataclass(frozen=True, slots=True)
class _Scale:
    """What a column stands for, the number of the first, how wide each is, how high the highest, where they stand."""

    unit: Unit
    low: int
    step: float
    most: int
    high: float

    @property
    def base(self) -> float:
        return _TOP + self.high

    def at(self, one: dt.date, days: int = 0) -> float:
        """Where a day begins, in units from the left; or the day so many days after it."""
        number = self.unit.number(one)
        first, after = self.unit.first(number), self.unit.first(number + 1)
        part = ((one - first).days + days) / max((after - first).days, 1)
        return _LEFT + (number - self.low + part) * self.step


def timeline(pages: Sequence[Page]) -> Timeline | None:
    """When incidents were; None where fewer than two have a date."""
    dated = [(page, page.date) for page in pages if page.date is not None]
    if len(dated) < 2:
        return None
    first, last = min(date.start for _, date in dated), max(date.end for _, date in dated)
    unit = next(one for one in UNITS if one.number(last) - one.number(first) < _MOST)
    low, count = unit.number(first), unit.number(last) - unit.number(first) + 1
    step = min((WIDTH - 2 * _LEFT) / count, 40.0)
    within, beyond = _parted(dated, unit)
    most = max((len(some) for some in within.values()), default=0)
    single = most <= _SINGLE and sum(len(some) for some in within.values()) <= _ALL
    scale = _Scale(unit, low, step, most, most * _SQUARE if single else _HIGH)
    columns = tuple(_column(number, some, scale) for number, some in sorted(within.items()))
    bars, lanes, more = _bars(beyond, scale)
    return Timeline(
        scale.base + 30 + _LANE * lanes, scale.base, most, columns, () if single else columns,
        tuple(_squares(columns, scale)) if single else (), bars, tuple(_ticks(unit, low, count, step)),
        len(pages) - len(dated), more,
    )  # fmt: skip


def _parted(
    dated: Sequence[tuple[Page, DateRange]], unit: Unit
) -> tuple[dict[int, list[Page]], dict[tuple[dt.date, dt.date], list[Page]]]:
    """Incidents by the column that they fall into, and by their dates those that fall into more than one."""
    within: dict[int, list[Page]] = defaultdict(list)
    beyond: dict[tuple[dt.date, dt.date], list[Page]] = defaultdict(list)
    for page, date in sorted(dated, key=lambda one: (one[1].start, one[1].end, one[0].slug)):
        if unit.number(date.start) == unit.number(date.end):
            within[unit.number(date.start)].append(page)
        else:
            beyond[date.start, date.end].append(page)
    return within, beyond


def _column(number: int, pages: Sequence[Page], scale: _Scale) -> Span:
    first, last = scale.unit.first(number), scale.unit.first(number + 1) - dt.timedelta(days=1)
    height = scale.high * len(pages) / scale.most
    return Span(
        round(_LEFT + (number - scale.low) * scale.step, 1), round(scale.base - height, 1),
        round(scale.step * 0.86, 1), round(height, 1),
        scale.unit.words(first, last), first.isoformat(), last.isoformat(), tuple(pages), _disputed(pages),
    )  # fmt: skip


def _squares(columns: Sequence[Span], scale: _Scale) -> Iterator[Square]:
    """Each incident of each column, the disputed ones at the bottom."""
    size = round(min(_SQUARE, scale.step * 0.86), 1)
    for column in columns:
        ordered = sorted(column.pages, key=lambda page: page.slug not in column.disputed)
        for at, page in enumerate(ordered):
            top = round(scale.base - (at + 1) * _SQUARE, 1)
            yield Square(column.x, top, size, page, page.slug in column.disputed)


def _bars(beyond: dict[tuple[dt.date, dt.date], list[Page]], scale: _Scale) -> tuple[tuple[Span, ...], int, int]:
    """Bars in lanes, the number of lanes, and how many incidents had no room."""
    ends: list[float] = []
    found, more = [], 0
    for (start, end), pages in sorted(beyond.items()):
        left, right = scale.at(start), scale.at(end, days=1)
        lane = next((at for at, one in enumerate(ends) if one <= left + 0.1), len(ends))
        if lane == _LANES:
            more += len(pages)
            continue
        ends[lane:] = [right, *ends[lane + 1 :]]
        words = days(pages[0].date)
        found.append(
            Span(
                round(left, 1), round(scale.base + 26 + lane * _LANE, 1), round(max(right - left, 3), 1), _LANE - 3,
                words, start.isoformat(), end.isoformat(), tuple(pages), _disputed(pages),
            )
        )  # fmt: skip
    return tuple(found), len(ends), more


def _ticks(unit: Unit, low: int, count: int, step: float) -> Iterator[Tick]:
    """Words at round columns, none nearer to the next than can be read."""
    every = next(one for one in (1, 2, 3, 4, 6, 12, 24, 50, 100) if one * step >= _APART or one == 100)
    for place, number in enumerate(one for one in range(low, low + count) if (one - low) % every == 0 or count == 1):
        first = unit.first(number)
        words = (
            f"{first.day} {first:%b}"
            if unit in UNITS[:2]
            else f"{first:%b %Y}"
            if unit in UNITS[2:4]
            else f"{first.year}"
        )
        if unit in UNITS[:2] and place == 0:
            words += f" {first.year}"
        yield Tick(round(_LEFT + (number - low) * step, 1), words, place % 3 == 0)


def _disputed(pages: Sequence[Page]) -> frozenset[str]:
    return frozenset(page.slug for page in pages if any(column.disputed for column in page.columns))
