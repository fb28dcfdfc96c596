"""Time mentions become dates: the incident's own year in the report first, then the publication date, never a clock.

Input: a report and its `TimeMention`s in text order. Output: for each a `Resolved` with its `DateRange` (or None) and
TIMEX3 value. "Feb. 26" in a report that also says "Feb. 25-26, 1992" is 1992-02-26, rule "year of the incident".
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from tollbook.incidents import weekdays
from tollbook.incidents.memory import Memory
from tollbook.incidents.spoken import told
from tollbook.incidents.stretches import DAY, PARTS, month_end, moved, part_of_year, season_by
from tollbook.incidents.timex import SEASONS, timex_value
from tollbook.model import DatePrecision, DateRange, Reading, Report, TimeMention
from tollbook.values import dataclass

# The rule of "six days after the roof fell in".
SO_LONG_BEFORE = "so long before publication"
_PART = re.compile(r"\b(early|mid|late)\b")
# What joins the two ends of a range; a dash makes one expression of them.
_JOINT = re.compile(r"\s+(?:to|and|through|until|till)\s+(?:the\s+)?", re.IGNORECASE)
# A quarter or season this far ahead is of the year before.
AHEAD_PART = 92
_SPOKEN = ("the quarter", "latest quarter", "latest period")
_YEAR_AGO = re.compile(r"year[\s-]+(?:ago|earlier|before)")
_FIRST_YEAR, _LAST_YEAR = 1000, 2200


@dataclass(frozen=True, slots=True)
class Resolved:
    """A time mention, the dates it names (None where the report doesn't say), and its value in TIMEX3 form."""

    mention: TimeMention
    date: DateRange | None
    value: str


def resolve(report: Report, times: Sequence[TimeMention]) -> tuple[Resolved, ...]:
    """All time mentions of a report, resolved in text order (the title after the text it stands over)."""
    memory = Memory.of(report, told(report, times).day, times)
    ordered = sorted(range(len(times)), key=lambda i: (times[i].span.part == "title", times[i].span.start))
    found: dict[int, Resolved] = {}
    for i in ordered:
        found[i] = _resolved(times[i], memory)
    return tuple(found[i] for i in range(len(times)))


def _resolved(mention: TimeMention, memory: Memory) -> Resolved:
    date = _date(mention, memory)
    if date is not None and mention.since:
        date = _open_ended(date, memory.published)
    value = timex_value(mention, date)
    if date is None:
        value = _guessed(mention, value, memory)
    if date is not None and date.precision == "season" and "-Q" in value and not _is_year_ago(mention):
        memory.quarter = date
    if date is not None and mention.type in ("DATE", "TIME") and date.precision != "years":
        memory.speaks_of(date)
    if mention.year is not None and mention.type == "DATE" and mention.end_year in (None, mention.year):
        memory.year = mention
    return Resolved(mention, date, value)


def _date(mention: TimeMention, memory: Memory) -> DateRange | None:
    if mention.type == "SET":
        return None
    if mention.type == "DURATION" and mention.relative is None:
        return None
    try:
        if mention.relative is not None and mention.relative[1] in ("easter", "weekday of month"):
            return weekdays.holiday(mention, memory)
        if mention.day is not None and mention.month is None:
            return _day_alone(mention, memory)
        if mention.year is not None or mention.month is not None or mention.day is not None:
            return _calendar(mention, memory)
        if mention.weekday is not None:
            return weekdays.weekday(mention, memory)
        if mention.relative is None:
            return _nearest_part(mention, memory)
        if memory.quarter is not None and _is_year_ago(mention):
            return _quarter_before(memory.quarter)
        if mention.relative == (0, "quarter") and mention.said.casefold().endswith(_SPOKEN):
            return memory.quarter or _distance(replace(mention, relative=(-1, "quarter")), memory)
        return _distance(mention, memory)
    except (ValueError, OverflowError):  # 31 February, the year 0, a day before all calendars
        return None


def _guessed(mention: TimeMention, value: str, memory: Memory) -> str:
    """A value without a date: a time of day alone is of the day spoken of or told."""
    if mention.type != "TIME":
        return value
    spoken = memory.spoken.start if memory.spoken is not None and memory.spoken.precision == "day" else None
    day = spoken or memory.published
    return value.replace("XXXX-XX-XX", day.isoformat(), 1) if day is not None else value


def _nearest_part(mention: TimeMention, memory: Memory) -> DateRange | None:
    """ "The third quarter", "the summer": the last that had begun, or begins within a quarter's time."""
    part = mention.value.partition("-")[2]
    if memory.published is None or not mention.value.startswith("XXXX-") or part == "QX":
        return None
    if part not in SEASONS and part[:1] not in PARTS:
        return None
    own = part_of_year(memory.published.year, part, mention, "publication date")
    if own.start - memory.published > AHEAD_PART * DAY:
        return part_of_year(memory.published.year - 1, part, mention, "publication date")
    return own


def _day_alone(mention: TimeMention, memory: Memory) -> DateRange | None:
    """ "On the 9th": of the month spoken of, else the last such day up to the publication."""
    spoken = memory.spoken
    if spoken is not None and spoken.precision not in ("day", "days", "month"):
        spoken = None
    base = spoken.start if spoken is not None else memory.published
    if base is None or mention.day is None:
        return None
    day = base.replace(day=mention.day)
    if spoken is None and day > base:
        before = base.replace(day=1) - DAY
        day = before.replace(day=mention.day)
    return DateRange(day, day, "day", "time spoken of" if spoken is not None else "publication date")


def _is_year_ago(mention: TimeMention) -> bool:
    """ "A year earlier", "the year-ago quarter": the same time of the year before."""
    return (
        mention.relative in ((-1, "year"), (-1, "year then")) and _YEAR_AGO.search(mention.said.casefold()) is not None
    )


def _quarter_before(quarter: DateRange) -> DateRange:
    """The same quarter of the year before."""
    year = quarter.start.year - 1
    return DateRange(quarter.start.replace(year=year), month_end(year, quarter.end.month), "season", "time spoken of")


def _open_ended(date: DateRange, published: dt.date | None) -> DateRange:
    """ "Since 2010" runs up to the publication, where that is known."""
    if published is None or published <= date.end:
        return date
    precision: DatePrecision = "years" if published.year - date.start.year > 1 else "days"
    return DateRange(date.start, published, precision, date.rule)


# ---- calendar points ----


def _calendar(mention: TimeMention, memory: Memory) -> DateRange | None:
    year: int | None
    if mention.year is not None:
        year, rule = mention.year, "date in the text"
    elif mention.relative is not None and memory.published is not None and mention.month is not None:
        year, rule = _relative_year(mention, memory.published)
    else:
        year, rule = memory.year_for(mention)
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    suffix = mention.value.partition("-")[2]
    if mention.month is None:
        return part_of_year(year, suffix, mention, rule)
    if mention.day is None:
        last = mention.end_month or mention.month
        whole = DateRange(dt.date(year, mention.month, 1), month_end(mention.end_year or year, last), "month", rule)
        return _third(mention, whole)
    start = dt.date(year, mention.month, mention.day)
    if "W" in mention.value:  # "the week of March 6"
        return DateRange(*moved(start, 0, "week"), rule)
    if mention.end_day is None:
        return DateRange(start, start, "day", rule)
    end = dt.date(mention.end_year or year, mention.end_month or mention.month, mention.end_day)
    return DateRange(start, end, "day" if end - start <= DAY else "days", rule) if end >= start else None


def _third(mention: TimeMention, month: DateRange) -> DateRange:
    """ "Early February" is its first ten days, "mid-July" its middle ones, "late May" those from the 20th on."""
    if mention.end_month is not None:
        return month
    first, last = {"early": (1, 10), "mid": (10, 20), "late": (20, 31)}.get(
        next(iter(_PART.findall(mention.said.casefold())), ""), (1, 31)
    )
    return replace(month, start=month.start.replace(day=first), end=min(month.end, month.start + (last - 1) * DAY))


def _relative_year(mention: TimeMention, published: dt.date) -> tuple[int, str]:
    """ "last April" is the nearest one gone by, "next May" the nearest to come, "June last year" is of last year."""
    assert mention.relative is not None and mention.month is not None
    way = mention.relative[0]
    if "year" in mention.said.casefold() or way == 0:
        return published.year + way, "publication date"
    past = (mention.month, mention.day or 1) < (published.month, published.day) and mention.month != published.month
    return published.year + (0 if (way < 0) == past else way), "publication date"


# ---- distances ----


def _distance(mention: TimeMention, memory: Memory) -> DateRange | None:
    if mention.relative is None:
        return None
    count, unit = mention.relative
    then = unit.endswith(" then")
    spoken = memory.then(unit.removesuffix(" then")) if then else None
    base = spoken.end if spoken is not None else memory.published
    if base is None or (then and spoken is None and memory.spoken is not None):
        return None
    rule = "time spoken of" if spoken is not None else "publication date"
    part = mention.value.partition("-")[2]
    if unit == "season":
        return part_of_year(season_by(base, part, count), part, mention, rule)
    if (part[:1] in PARTS or part in SEASONS) and unit == "year":
        return part_of_year(base.year + count, part, mention, rule)
    if unit.endswith(" after"):
        start, end, precision = moved(base, count, unit.removesuffix(" after"))
        return DateRange(start, end, precision, SO_LONG_BEFORE)
    if mention.type == "DURATION" and not then:
        start, end, precision = moved(base, count, unit)
        low, high = (start, base) if count < 0 else (base, end)
        return DateRange(low, high, "days" if (high - low).days < 300 else "year", rule)
    start, end, precision = moved(base, count, unit.removesuffix(" then"))
    return DateRange(start, end, precision, rule)


def dated(report: Report, reading: Reading) -> Reading:
    """The reading with its time mentions resolved: TIMEX3 values and calendar fields as far as the report tells."""
    return replace(reading, times=tuple(end for item in resolve(report, reading.times) for end in _ends(item)))


def _ends(item: Resolved) -> tuple[TimeMention, ...]:
    """ "1988 and 1994" is two expressions in TIMEX3, "Feb. 25-26" one."""
    time, date, size = replace(item.mention, value=item.value), item.date, len(item.value)
    if date is None:
        return (time,)
    joint = _JOINT.search(time.said)
    if joint is None or time.type != "DATE" or (time.end_year is None and time.end_day is None) or size not in _GRAINS:
        return (_with_fields(time, date.start, date.end),)
    cut, start = joint.span(), time.span.start
    first = replace(time, span=replace(time.span, end=start + cut[0]), said=time.said[: cut[0]])
    value = date.end.isoformat()[:size]
    second = replace(time, span=replace(time.span, start=start + cut[1]), said=time.said[cut[1] :], value=value)
    return tuple(_with_fields(one, *_whole(day, size)) for one, day in ((first, date.start), (second, date.end)))


# The length of a TIMEX3 value of a year, a month and a day.
_GRAINS = (4, 7, 10)


def _whole(day: dt.date, size: int) -> tuple[dt.date, dt.date]:
    """First and last day of the year, month or day that a day lies in, by the length of its TIMEX3 value."""
    if size == _GRAINS[0]:
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    return (day.replace(day=1), month_end(day.year, day.month)) if size == _GRAINS[1] else (day, day)


def _with_fields(mention: TimeMention, first: dt.date, last: dt.date) -> TimeMention:
    return replace(
        mention,
        year=first.year,
        month=first.month,
        day=first.day,
        end_year=last.year,
        end_month=last.month,
        end_day=last.day,
    )
