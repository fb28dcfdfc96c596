"""Days that a weekday names: "Tuesday" by the publication, "the following Monday", holidays of a weekday, Easter.

Input: a `TimeMention` and the day it counts from. Output: a `DateRange` of one day with its rule: "Sunday" in a report
of Monday 28 November 2005 is 27 November 2005, "weekday before publication".
"""

from __future__ import annotations

import datetime as dt

from tollbook.incidents.memory import AHEAD, Memory
from tollbook.incidents.stretches import DAY, month_end
from tollbook.model import DateRange, TimeMention


def weekday(mention: TimeMention, memory: Memory) -> DateRange | None:
    """The last such day up to the publication; "next" looks ahead, "last" never means the day itself."""
    assert mention.weekday is not None
    way, unit = mention.relative or (None, "week")
    then = memory.then("week") if unit == "week then" else None
    base = then.end if then is not None and way == 1 else then.start if then is not None else memory.published
    if base is None:
        return None
    if unit == "week of":
        monday = base - base.weekday() * DAY + 7 * (way or 0) * DAY
        return _day(monday + mention.weekday * DAY, "publication date")
    if unit == "week ahead":
        return _day(base + ((mention.weekday - base.weekday()) % 7) * DAY, "weekday after publication")
    if way is not None and way > 0:
        day = base + ((mention.weekday - base.weekday() - 1) % 7 + 1) * DAY
    else:
        back = (base.weekday() - mention.weekday) % 7
        day = base - (back or (7 if way == -1 else 0)) * DAY
    if then is not None:
        return _day(day, "time spoken of")
    return _day(day, f"weekday {'after' if way is not None and way > 0 else 'before'} publication")


def holiday(mention: TimeMention, memory: Memory) -> DateRange | None:
    """ "Thanksgiving", "Good Friday": in the year named, else the last one, or one to come soon."""
    if mention.year is not None:
        return _day(_holiday(mention, mention.year), "date in the text")
    if memory.published is None:
        return None
    year = memory.published.year
    day = _holiday(mention, year)
    if day - memory.published > AHEAD * DAY:
        day = _holiday(mention, year - 1)
    return _day(day, "publication date")


def _holiday(mention: TimeMention, year: int) -> dt.date:
    assert mention.relative is not None
    count, unit = mention.relative
    if unit == "easter":
        return easter(year) + count * DAY
    assert mention.month is not None and mention.weekday is not None
    if count < 0:
        last = month_end(year, mention.month)
        return last - ((last.weekday() - mention.weekday) % 7) * DAY
    first = dt.date(year, mention.month, 1)
    return first + ((mention.weekday - first.weekday()) % 7 + 7 * (count - 1)) * DAY


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar: 1999 has it on 4 April."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= (moon // 28) * (1 - (29 // (moon + 1)) * ((21 - golden) // 11))
    sunday = moon - (year + year // 4 + moon + 2 - century + century // 4) % 7
    month = 3 + (sunday + 40) // 44
    return dt.date(year, month, sunday + 28 - 31 * (month // 4))


def _day(day: dt.date, rule: str) -> DateRange:
    return DateRange(day, day, "day", rule)
