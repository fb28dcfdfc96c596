"""What one time says of a figure beside it: when the event was, when it was told, up to when is counted, or a period.

Input: a time mention, the folded words of its sentence and where the sentence starts. Output: yes or no. In "Officials
said on Friday that 12 died on Monday; since January there were 40" Friday is when it was said, Monday the event's day,
and what counts from January is a period.
"""

from __future__ import annotations

import re

from tollbook.claims.eventwords import EventWords
from tollbook.model import TimeMention
from tollbook.text import fold

# "On Thursday the ministry denied": how near the start the day stands.
OPENING = 12
_UNTIL = re.compile(r"\b(?:by|as\s+of|as\s+at|up\s+to)\s+(?:(?:late|early|noon|midday)\s+(?:on\s+)?)?$")
# "The past 24 hours" is no longer than an event.
_SHORT = {"day": 2, "hour": 48, "minute": 600}


def governs(time: TimeMention, low: str, start: int, words: EventWords) -> bool:
    """A time that says when something happened: no plain duration or set, and not when it was said."""
    if time.type == "SET" or (time.type == "DURATION" and time.relative is None) or time.value.endswith("_REF"):
        return False
    if time.type == "TIME" and time.value.startswith("XXXX-XX-XXT") and time.relative is None:
        return False
    if time.since:
        return True
    return not (is_until(time, low, start) or _is_said(time, low, start, words))


def _is_said(time: TimeMention, low: str, start: int, words: EventWords) -> bool:
    """ "Officials said on Friday", "On Friday the ministry denied": when it was said."""
    before = low[max(0, time.span.start - start - 50) : time.span.start - start]
    if words.saying.search(before) is not None or words.stamp.search(before) is not None:
        return True
    at = time.span.end - start
    if words.said_after.match(low, at) is not None:
        return True
    return time.span.start - start <= OPENING and words.then_said.match(low, at) is not None


def dates_words(time: TimeMention, low: str, start: int, words: EventWords) -> bool:
    """A day on which something was said (not heard in court, not printed): figures count up to it."""
    if time.type not in ("DATE", "TIME") or (time.weekday is None and time.day is None):
        return False
    before = low[max(0, time.span.start - start - 50) : time.span.start - start]
    if words.says.search(before) is not None:
        return True
    return time.span.start - start <= OPENING and words.then_said.match(low, time.span.end - start) is not None


def is_until(time: TimeMention, low: str, start: int) -> bool:
    """ "By 18 March, 34 people had been killed": the day up to which a figure counts, not that of the event."""
    before = low[max(0, time.span.start - start - 20) : time.span.start - start]
    return time.type in ("DATE", "TIME") and _UNTIL.search(before) is not None


def is_period(time: TimeMention) -> bool:
    """ "since January", "1988-94", "in the past two months", "this year": a time in which many things happen."""
    if time.since:
        return True
    if time.relative is not None:
        count, unit = time.relative
        if time.type == "DURATION":
            return abs(count) > _SHORT.get(unit, 0) and not unit.endswith((" after", " then"))
        narrowed = fold(time.said).startswith(("earlier", "later", "early", "late"))
        return count == 0 and unit in ("year", "month", "decade", "century") and time.month is None and not narrowed
    return time.year is not None and time.end_year is not None and time.end_year > time.year
