"""From which day a report speaks: its publication, its dateline, or what stands over it.

Input: a report and its time mentions. Output: a `Told`: "2010-09-CA-260 … KABUL (Sept. 25)" is told on 2010-09-25; the
head "2011-07-S-064" alone gives July 2011; "(Jan. 28)" alone a day whose year is not known.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from tollbook.model import DateRange, Report, TimeMention
from tollbook.values import dataclass

# How much of a text is its head, in code points: lines of a desk, a number, a dateline.
HEAD = 300
# And how far into it a page tells when it was posted, after the words of its pictures.
PAGE_HEAD = 1000
MONTH, YEAR = 30.4, 365
_MONTH = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?!-?\d)")


@dataclass(frozen=True, slots=True)
class Told:
    """The day from which a report speaks, or only its month, or only month and day of an unknown year."""

    day: dt.date | None = None
    month: DateRange | None = None
    calendar: tuple[int, int] | None = None


def told(report: Report, times: Sequence[TimeMention]) -> Told:
    """What publication, dateline and head say of when a report was told."""
    days = (report.published_date, report.dateline.date if report.dateline else None, _page_day(times))
    day = min((day for day in days if day is not None), default=None)
    if day is not None:
        return Told(day, calendar=(day.month, day.day))
    month = _head_month(report)
    point = _head_point(report, times)
    if month is not None and point is not None and point[0] == month.start.month and point[1] <= month.end.day:
        return Told(month.start.replace(day=point[1]), month, point)
    return Told(None, month, point)


def as_told(report: Report, times: Sequence[TimeMention]) -> Report:
    """The report with the day from which it speaks as that of its publication, where it has one."""
    day = told(report, times).day if report.published_date is not None else None
    return report if day == report.published_date or day is None else replace(report, published=day.isoformat())


def _page_day(times: Sequence[TimeMention]) -> dt.date | None:
    """ "Posted: Sunday, 6 May 2012", at the head of a page that an archive dates years later."""
    for time in times:
        if time.span.start > PAGE_HEAD:
            return None
        if time.tells == "page" and time.span.part == "text" and time.year and time.month and time.day:
            return _day(time.year, time.month, time.day)
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def days_of_year(left: Told, right: Told) -> int | None:
    """How many days of the year two reports are told apart at least, whatever their years; None where not known."""
    points = [(*told.calendar, 0) if told.calendar else _middle(told.month) for told in (left, right)]
    if points[0] is None or points[1] is None:
        return None
    (month, day, slack), (other, its_day, its_slack) = points[0], points[1]
    days = abs(MONTH * (month - other) + day - its_day)
    return max(0, round(min(days, YEAR - days)) - slack - its_slack)


def _middle(month: DateRange | None) -> tuple[int, int, int] | None:
    return (month.start.month, 15, 15) if month is not None else None


def _head_month(report: Report) -> DateRange | None:
    """The one month that a number in the head begins with ("2010-09-CA-260")."""
    found = {match.groups() for match in _MONTH.finditer(report.text, 0, HEAD)}
    if len(found) != 1:
        return None
    year, month = map(int, found.pop())
    last = calendar.monthrange(year, month)[1]
    return DateRange(dt.date(year, month, 1), dt.date(year, month, last), "month", "number of the report")


def _head_point(report: Report, times: Sequence[TimeMention]) -> tuple[int, int] | None:
    """Month and day of the dateline, or those that the text opens with."""
    for time in times:
        if time.span.part != "text" or time.month is None or time.day is None or time.end_day is not None:
            continue
        if report.dateline is not None and report.dateline.span.covers(time.span):
            return time.month, time.day
        if time.span.start == 0:
            return time.month, time.day
    return None
