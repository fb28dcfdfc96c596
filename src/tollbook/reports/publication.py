"""The line of a text that says when it was published, told apart from the dates of what it tells.

Input: a text and its top lines. Output: a line and its day: "Updated: May 11, 2016 - 5:30 PM" is 11 May 2016. A row of
a table or info box ("Date | 12 March 2019") dates the event; where dated sections follow one another (a timeline), a
bare date belongs to its section. Neither is taken.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from tollbook.lexicon import load
from tollbook.model import Span
from tollbook.reports.days import MONTH, days
from tollbook.text import fold
from tollbook.values import dataclass

# A headline, a date, a byline and a stray line or two stand above the first sentence; below, a date is the story's.
_TOP_LINES, TOP_CHARS = 10, 2000

_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]+")
_LABEL = re.compile(
    r"\b(?:(?:first|last|originally)\s+)?(?:published|updated|posted|modified|created|released|dated?|release\s+date)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"\]\([^)]*\)")
_FILLER = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|\b(?:GMT|UTC|UK|[ECMP][SD]?T|CES?T|BST|IST|MSK|local\s+time)\b"
    r"|\b(?:on|at|by|the|last|first|originally|for\s+immediate|time|read|views?|hits)\b|\b(?:calendar|clock)[\w-]*",
    re.IGNORECASE,
)

_CELLS = re.compile(r"[|\t]")
_BOX_DATE = re.compile(r"dates?\b\W*", re.IGNORECASE)
# Nothing but days, months, years and what joins them: "January 13–19, 1990", "2 to 4 April 1993", "May 1995".
_MONTH = re.compile(rf"\b{MONTH}", re.IGNORECASE)
_JOINING = r"(?:and|to|until|from|between|of|the|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
_DATES_ALONE = re.compile(rf"(?=.*\d)(?:{MONTH}|\d{{1,4}}(?:st|nd|rd|th)?\b|{_JOINING}|[^\w\n])+", re.IGNORECASE)
_DATES_CHARS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds more than spaces: its words without the spaces around, and where they start in the text."""

    start: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


def top(text: str) -> list[Line]:
    """The first lines of a text, where datelines, bylines and dates of publication stand."""
    return list(_lines(text[:TOP_CHARS]))[:_TOP_LINES]


def _lines(text: str) -> Iterator[Line]:
    for match in _LINE.finditer(text):
        bare = match.group().strip()
        if bare:
            yield Line(match.start() + match.group().index(bare), bare)


def day_of_publication(text: str, lines: list[Line]) -> tuple[Line, dt.date] | None:
    """The line that names the day of publication: a labelled one ("Updated: …") before a bare date."""
    dated = [
        (line, day) for number, line in enumerate(lines) if (day := _only_day(line)) and not _is_row(lines, number)
    ]
    labelled = [found for found in dated if _LABEL.search(found[0].text)]
    if labelled:
        return labelled[0]
    return dated[0] if dated and not _has_dated_sections(text) else None


def _is_row(lines: list[Line], number: int) -> bool:
    """Whether a line is a row of a table or info box ("Date | 12 March 2019"), which dates the event."""
    line = lines[number].text
    cells = _CELLS.split(line)
    if line.startswith("|") or (len(cells) > 1 and not any(map(str.isdecimal, cells[0]))):
        return True
    above, below = ("".join(near.text for near in lines[at : at + 1]) for at in (max(0, number - 1), number + 1))
    if _BOX_DATE.fullmatch(above):
        return True
    return bool(_BOX_DATE.match(line)) and any(_in_box(near) for near in (above, below) if near != line)


def _in_box(line: str) -> bool:
    """Whether a line opens with another label of an info box: "Location: Harim", "Deaths 34"."""
    words = fold(line)
    return any(re.match(rf"{label}\b(?:\s*[:|\t]|\s+\d)", words) for label in load("en").table("passages")["infobox"])


def _has_dated_sections(text: str) -> bool:
    """Whether lines of different dates stand over the parts of a text: a timeline, or entries of several events."""
    said = set()
    for line in _lines(text):
        if len(line.text) <= _DATES_CHARS and (day := _only_day(line) or _dates_alone(line.text)):
            said.add(day)
            if len(said) > 1:
                return True
    return False


def _dates_alone(line: str) -> str | None:
    """A line that says nothing but dates, in one spelling."""
    return " ".join(fold(line).split()) if _DATES_ALONE.fullmatch(line) and _MONTH.search(line) else None


def _only_day(line: Line) -> dt.date | None:
    """The one day of a line that holds nothing else but labels, clocks and weekdays."""
    if len(line.text) > 120:
        return None
    found = list(days(line.text))
    if not found or any(day.date() != found[0].date() for day in found):
        return None
    rest = line.text
    for day in reversed(found):
        rest = rest[: day.start] + " " + rest[day.end :]
    for pattern in (_LINK, _LABEL, _FILLER):
        rest = pattern.sub(" ", rest)
    return None if _LETTER.search(rest) else found[0].date()
