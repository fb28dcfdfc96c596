"""Stretches of the calendar: the end of a month, the parts of a year, the week or quarter some way off.

Input: years, months and counts. Output: dates: the quarter one back from 26 October 1989 is July to September 1989.
"""

from __future__ import annotations

import calendar
import datetime as dt

from tollbook.incidents.timex import SEASONS
from tollbook.model import DatePrecision, DateRange, TimeMention

DAY = dt.timedelta(days=1)
SATURDAY = 5
# Months in a quarter and in a half of a year.
PARTS = {"Q": 3, "H": 6}


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def part_of_year(year: int, suffix: str, mention: TimeMention, rule: str) -> DateRange:
    if suffix in SEASONS:
        first, last = SEASONS[suffix]
        end_year = year + 1 if last < first else year
        return DateRange(dt.date(year, first, 1), month_end(end_year, last), "season", rule)
    if suffix[:1] in PARTS and suffix[1:].isdigit():
        months = PARTS[suffix[0]]
        first = months * (int(suffix[1:]) - 1) + 1
        return DateRange(dt.date(year, first, 1), month_end(year, first + months - 1), "season", rule)
    end_year = mention.end_year or year
    precision: DatePrecision = "year" if end_year == year else "years"
    return DateRange(dt.date(year, 1, 1), dt.date(end_year, 12, 31), precision, rule)


def season_by(base: dt.date, suffix: str, way: int) -> int:
    """The year of the season just past (-1), to come (1), or of this year (0), seen from `base`."""
    first, last = SEASONS[suffix]
    years = range(base.year - 2, base.year + 3)
    if way < 0:
        return max(year for year in years if month_end(year + (last < first), last) < base)
    if way > 0:
        return min(year for year in years if dt.date(year, first, 1) > base)
    return base.year - (last < first and base.month <= last)


def moved(base: dt.date, count: int, grain: str) -> tuple[dt.date, dt.date, DatePrecision]:
    """The day, week, month, quarter or year `count` away from the one that `base` lies in."""
    if grain in ("hour", "minute", "second"):
        hours = {"hour": 24, "minute": 1440, "second": 86400}[grain]
        day = base + (count // hours if count > 0 else -(-count // hours)) * DAY
        return day, day, "day"
    if grain == "day":
        return base + count * DAY, base + count * DAY, "day"
    if grain == "week":
        monday = base - base.weekday() * DAY + 7 * count * DAY
        return monday, monday + 6 * DAY, "week"
    if grain in ("weekend", "weekend past"):
        past = grain == "weekend past" and base.weekday() < SATURDAY
        saturday = base + (SATURDAY - base.weekday() + 7 * (count - past)) * DAY
        return saturday, saturday + DAY, "days"
    if grain in ("month", "quarter"):
        months = base.year * 12 + base.month - 1 + count * (3 if grain == "quarter" else 1)
        year, month = divmod(months, 12)
        if grain == "quarter":
            month -= month % 3
        last = month + (2 if grain == "quarter" else 0)
        end = dt.date(year, last + 1, calendar.monthrange(year, last + 1)[1])
        return dt.date(year, month + 1, 1), end, "season" if grain == "quarter" else "month"
    if grain == "year":
        return dt.date(base.year + count, 1, 1), dt.date(base.year + count, 12, 31), "year"
    if grain in ("decade", "century"):
        size = 10 if grain == "decade" else 100
        first = base.year - base.year % size + count * size
        return dt.date(first, 1, 1), dt.date(first + size - 1, 12, 31), "years"
    raise ValueError(grain)


def clamped(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
