"""The day on which an undated report speaks, where it says how many years after its event it does.

"Thirty-two years ago …" in a report on an event of 26 February 1992 speaks in 2024; the anniversary stands for the day.
A number of years that would put the report before a year that it names itself is of something else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tollbook.model import DateRange, TimeMention

FEWEST = 3  # "two years ago" is said of many things; a long time ago, of what the report is about
COARSE = ("year", "years", "season")


def told_on(times: Sequence[TimeMention], event: DateRange | None) -> dt.date | None:
    """The anniversary on which a report tells of `event`; None where its words don't say."""
    if event is None or event.precision in COARSE:
        return None
    latest = max((time.end_year or time.year for time in times if time.year is not None), default=event.end.year)
    ages = {-time.relative[0] for time in times if time.relative is not None and time.relative[1] == "year"}
    years = [event.end.year + age for age in ages if age >= FEWEST and event.end.year + age >= latest]
    if not years or min(years) > dt.MAXYEAR:
        return None
    day = min(event.end.day, 28) if event.end.month == 2 else event.end.day
    return event.end.replace(year=min(years), day=day)
