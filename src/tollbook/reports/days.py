"""A calendar day written out in plain words, for datelines and lines of publication.

Input: a line of text. Output: the days it names, each with where it stands: `days("BOSA, 6 DEC 89 (XYZ)")` is one day,
6 December 1989 at 6 to 14. A range ("13–19 May 1990") is no day, nor is "05/06/07", which has two readings.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tollbook.values import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTH = rf"(?P<month>{MONTH})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"[12]\d{3}"
# Two digits are a year only where the wire's form ends: "6 DEC 89 (XYZ)", not "6 Dec 20 people".
_SHORT_YEAR = r"'?\d{2}(?=\s*(?:[(\[,—–]|--|$))"
# A dash or slash that joins two numbers makes a range or a part number; " - 5:30 PM" is a clock, no range.
_FREE = r"(?<![\w–—/:.-])"
_END = r"(?![\w/]|\s?[–—-]\s?\d{1,2}(?![:\d]))"
_FORMS = tuple(
    re.compile(_FREE + form, re.IGNORECASE)
    for form in (
        rf"{_DAY}\s+{_MONTH}(?:,?\s+(?P<year>{_YEAR}|{_SHORT_YEAR})|(?!,?\s+\d{{4}})){_END}",
        rf"{_MONTH}\s+{_DAY}(?:,?\s+(?P<year>{_YEAR})|(?!,?\s+\d{{4}})){_END}",
        rf"(?P<year>[12]\d{{3}})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?:(?=T\d)|{_END})",
        rf"(?P<a>[0-3]?\d)/(?P<b>[0-3]?\d)/(?P<year>[12]\d{{3}}|\d{{2}}){_END}",
    )
)
_RANGE_BEFORE = re.compile(r"\d\s?[–—-]\s?$|\b(?:and|to|until|from|between|since)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month at `start` to `end` of a line; the year is None where the line leaves it out."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def date(self, published: dt.date | None = None) -> dt.date | None:
        """The date; without a year, the last such day up to a day after `published`, None where that is unknown."""
        if self.year is not None:
            return dt.date(self.year, self.month, self.day)
        if published is None:
            return None
        # A day's grace: a report of 1 January may be published, by the clock of another place, on 31 December.
        years = (published.year + 1, published.year, published.year - 1, published.year - 4)
        dates = (_date(year, self.month, self.day) for year in years if year > 0)
        return next((date for date in dates if date and (date - published).days <= 1), None)


def days(line: str) -> Iterator[Day]:
    """The days that `line` names, in the order of their places."""
    found = [day for form in _FORMS for match in form.finditer(line) if (day := _day(match, line))]
    last = 0
    for day in sorted(found, key=lambda day: (day.start, -day.end)):
        if day.start >= last:
            yield day
            last = day.end


def _day(match: re.Match[str], line: str) -> Day | None:
    if _RANGE_BEFORE.search(line[: match.start()]):
        return None
    fields = match.groupdict()
    if "a" in fields:
        month, day = _slashed(int(fields["a"]), int(fields["b"]))
    else:
        name = fields["month"].lower()
        month, day = int(name) if name.isdigit() else _MONTHS.index(name[:3]) + 1, int(fields["day"])
    year = _year(fields["year"])
    leap_year = 2000 if year is None else year
    return Day(match.start(), match.end(), year, month, day) if _date(leap_year, month, day) else None


def _slashed(first: int, second: int) -> tuple[int, int]:
    """Month and day of "11/28" or "28/11"; (0, 0), no date, where both orders would do."""
    if first == second:
        return first, second
    if first > 12:
        return second, first
    return (first, second) if second > 12 else (0, 0)


def _year(written: str | None) -> int | None:
    """Two digits are of 1969 to 2068, as POSIX has it."""
    if written is None:
        return None
    digits = written.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 69 else 2000)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
