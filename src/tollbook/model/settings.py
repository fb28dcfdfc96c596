"""When and where: dates and places, and the words that name them before anything is resolved."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from tollbook.model.spans import Span
from tollbook.values import dataclass

DatePrecision = Literal["day", "days", "week", "month", "season", "year", "years"]


@dataclass(frozen=True, slots=True)
class DateRange:
    """When: first and last day, how precise, and the rule that resolved it ("year of the incident")."""

    start: dt.date
    end: dt.date
    precision: DatePrecision
    rule: str

    def meets(self, other: DateRange) -> bool:
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the name as known, GeoNames id, degrees, ISO country code, UCDP's `where_prec` 1–7."""

    name: str
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    precision: int = 1


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that name a time, as proposed by the reader; `value` is TIMEX3, with X for what the words leave open.

    What the words give stays apart: calendar fields of the first and last day, a weekday (Monday 0), or a distance
    `(count, unit)` such as (-25, "year"). The incidents stage resolves it to a `DateRange`. `tells`: of what happened,
    of an arrest or a hearing that followed, or of the page.
    """

    span: Span
    said: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    weekday: int | None = None
    relative: tuple[int, str] | None = None
    since: bool = False
    tells: Literal["event", "aftermath", "page"] = "event"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place, and the place they likeliest mean (None where the gazetteer knows none).

    `context`: they only say which part of the world is spoken of ("Azeri citizens", "Marwen, Pa."), and are no place.
    `others`: how many places bear the name, where none of them is likely enough to be the one.
    """

    span: Span
    said: str
    place: Place | None = None
    context: bool = False
    others: int = 0
