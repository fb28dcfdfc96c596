"""What a report has said of time so far: by what a date without a year, a season or "the next day" is read.

Input: the day a report is told and its time mentions. Output: the year of "Feb. 26" with the rule that gave it: the
incident's own in this report, one just spoken of, the publication's.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import field

from tollbook.incidents.stretches import DAY, clamped
from tollbook.model import DateRange, Report, TimeMention
from tollbook.values import dataclass

# A year said this close before a month holds for the month too, in code points: about three sentences.
NEAR_YEAR = 300
# A month and day this far after the publication is of the year before: plans are seldom dated further ahead.
AHEAD = 60
# A month that ended this shortly before the publication is of its year, whatever year its name stands beside elsewhere.
LATELY = 92
# How far before a year its sentence may open ("In the summer of 1993 …"), in code points.
OPENING = 40
_OPENING = re.compile(
    r"(?:^|[.!?:;]['\"”’]?\s|\n)\s*(?:(?:[Ii]n|[Dd]uring|[Ee]arly|[Ll]ate|[Bb]ack|[Tt]hen|the)\s*,?\s*)*$"
)
# Grains that count from a day, and precisions that hold one.
_OF_DAYS = ("day", "days", "week", "weekend", "hour", "minute", "second")
# Days of one event lie this close together.
SAME_DAYS = 3


@dataclass(slots=True)
class Memory:
    """The day told, the mentions that have a year, and what was spoken of last."""

    report: Report
    published: dt.date | None
    yeared: _Places = field(default_factory=lambda: _Places())
    dated: dict[tuple[int, int | None], _Places] = field(default_factory=dict)
    spoken: DateRange | None = None
    day: DateRange | None = None
    year: TimeMention | None = None
    quarter: DateRange | None = None

    @classmethod
    def of(cls, report: Report, published: dt.date | None, times: Sequence[TimeMention]) -> Memory:
        """An empty memory that knows where the report's years stand."""
        memory = cls(report, published)
        dated: defaultdict[tuple[int, int | None], _Places] = defaultdict(_Places)
        for time in sorted((time for time in times if time.year is not None), key=lambda time: time.span.start):
            if time.end_year in (None, time.year):
                memory.yeared.add(time)
            for month, day in {(time.month, time.day), (time.end_month, time.end_day)}:
                if month is not None:
                    dated[month, day].add(time)
        memory.dated = dict(dated)
        return memory

    def speaks_of(self, date: DateRange) -> None:
        """What comes next counts from `date`."""
        self.spoken = date
        if date.precision in ("day", "days"):
            self.day = date

    def then(self, grain: str) -> DateRange | None:
        """What "the next day", "that Friday" and "a month later" count from: for days, no month or year will do."""
        if grain not in _OF_DAYS or self.spoken is None or self.spoken.precision in _OF_DAYS:
            return self.spoken
        return self.day

    def year_for(self, mention: TimeMention) -> tuple[int | None, str]:
        """The year of "Feb. 26" or "July", and the rule that gave it."""
        at_head = self.report.dateline is not None and self.report.dateline.span.covers(mention.span)
        if mention.month is not None and mention.relative is None and not at_head:
            own = self._own_year(mention)
            if own is not None:
                return own, "year of the incident"
            told = self._year_spoken_of(mention)
            if told is not None:
                return told, "year spoken of"
        if self.published is None:
            nearest = None if at_head else self.yeared.nearest(mention.span.start)
            return (None, "") if nearest is None else (nearest.year, "year of the incident")
        return self._year_published(mention), "publication date"

    def _year_published(self, mention: TimeMention) -> int:
        """The year in which a month and day last were before the publication, or are soon after it."""
        assert self.published is not None
        year = self.published.year
        if mention.month is not None:
            point = clamped(year, mention.month, mention.day or 1)
            year -= point - self.published > AHEAD * DAY
            year += self.published - point > 300 * DAY and mention.day is not None
        return year

    def _year_spoken_of(self, mention: TimeMention) -> int | None:
        """The year that opens a tale shortly before: "In 1993 the talks failed. In April …"."""
        year = self.year
        if year is None or year.span.part != mention.span.part or year.since:
            return None
        if not 0 <= mention.span.start - year.span.end <= NEAR_YEAR:
            return None
        if self.published is not None and (year.year == self.published.year or not self._opens(year)):
            return None
        return year.year

    def _opens(self, year: TimeMention) -> bool:
        """True for a year that opens its sentence."""
        text = self.report.title or "" if year.span.part == "title" else self.report.text
        return _OPENING.search(text[max(0, year.span.start - OPENING) : year.span.start]) is not None

    def _own_year(self, mention: TimeMention) -> int | None:
        """The year of the nearest dated mention of the same month; for a day, of one at most three days off."""
        assert mention.month is not None
        days = {day for month, day in self.dated if month == mention.month}
        if mention.day is not None:
            days = {day for day in days if self._is_near(day, mention.day)}
        elif self.published is not None and self._is_late(mention):
            return None
        start = mention.span.start
        found = [time for day in days if (time := self.dated[mention.month, day].nearest(start)) is not None]
        nearest = min(found, key=lambda time: (abs(time.span.start - start), time.span.start), default=None)
        return nearest.year if nearest is not None else None

    def _is_near(self, day: int | None, other: int) -> bool:
        """True for days of one event; a month without a day says enough in an undated report only."""
        return self.published is None if day is None else abs(day - other) <= SAME_DAYS

    def _is_late(self, mention: TimeMention) -> bool:
        """True for a month shortly before the publication."""
        assert self.published is not None and mention.month is not None
        since = self.published - dt.date(self._year_published(mention), mention.month, 1)
        return since <= LATELY * DAY


@dataclass(slots=True)
class _Places:
    """Mentions in text order, and where they start."""

    starts: list[int] = field(default_factory=list)
    mentions: list[TimeMention] = field(default_factory=list)

    def add(self, mention: TimeMention) -> None:
        self.starts.append(mention.span.start)
        self.mentions.append(mention)

    def nearest(self, position: int) -> TimeMention | None:
        """The mention nearest to a position, the earlier of two as near."""
        at = bisect_left(self.starts, position)
        around = self.mentions[max(0, at - 1) : at + 1]
        return min(around, key=lambda time: (abs(time.span.start - position), time.span.start), default=None)
