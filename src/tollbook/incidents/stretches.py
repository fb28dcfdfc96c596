"""Stretches of the calendar: the end of a month, the parts of a year, the week or quarter some way off.

Input: years, months and counts. Output: dates: the quarter one back from 26 October 1989 is July to September 1989.
"""

from __future__ import annotations

import calendar
import datetime as dt

from tollbook.incidents.timex import SEASONS
from tollbook.model import DatePrecision, DateRange, TimeMention

DAY = dt.timedelta(days=1)


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def part_of_year(year: int, suffix: str, mention: TimeMention, rule: str) -> DateRange:
    if suffix in SEASONS:
        first, last = SEASONS[suffix]
        end_year = year + 1 if last < first else year
        return DateRange(dt.date(year, first, 1), month_end(end_year, last), "season", rule)
    if suffix.startswith("Q") and suffix[1:].isdigit():
        first = 3 * int(suffix[1:]) - 2
        return DateRange(dt.date(year, first, 1), month_end(year, first + 2), "season", rule)
    end_year = mention.end_year or year
    precision: DatePrecision = "year" if end_year == year else "years"
    return DateRange(dt.date(year, 1, 1), dt.date(end_year, 12, 31), precision, rule)


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
    raise ValueError(grain)


def clamped(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))
