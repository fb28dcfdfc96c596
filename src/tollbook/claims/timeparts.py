"""What the forms of time words share: the match with its surroundings, numbers, units and TIMEX3 values.

Input: a match of the time grammar. Output: parts of a `TimeMention`: "thirty-two" is 32, "hours" ("H", "hour"),
(1992, 2, None) "1992-02".
"""

from __future__ import annotations

import re
from typing import Literal

from tollbook.claims.timewords import TimeGrammar
from tollbook.model import Span, TimeMention
from tollbook.text import is_shouted
from tollbook.values import dataclass

_NOWHERE = Span(0, 1)
_NEXT_WORD = re.compile(r"[\s-]*([^\W\d_]+)")
_LAST_WORD = re.compile(r"([^\s(\[,;:\"“”']+)[\s(\[\"“]*$")
_SMALL = re.compile(r"(?:1[3-9]|[2-9]\d)\b")
# Two digits name the century of the other millennium above this: '89 is 1989, '24 is 2024.
_PIVOT = 40
# The age of the world in years has eleven.
MOST_DIGITS = 15
Type = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Place:
    """A match of the grammar and the words it stands in; `low` is `said` folded, of the same length."""

    match: re.Match[str]
    said: str
    low: str
    rules: TimeGrammar

    def get(self, name: str) -> str | None:
        return self.match.group(name)

    def next_word(self) -> str:
        found = _NEXT_WORD.match(self.low, self.match.end())
        return found.group(1) if found else ""

    def last_word(self) -> str:
        start = max(0, self.match.start() - 30)
        found = _LAST_WORD.search(self.low[start : self.match.start()])
        return found.group(1) if found else ""

    def is_capital(self, group: str) -> bool:
        return self.said[self.match.start(group)].isupper()

    def is_shouted(self) -> bool:
        return is_shouted(self.said) or self.said.isupper()


def timed(
    type_: Type, value: str, *, year: int | None = None, month: int | None = None, day: int | None = None,
    end_day: int | None = None, end_year: int | None = None, weekday: int | None = None,
    relative: tuple[int, str] | None = None,
) -> TimeMention:  # fmt: skip
    return TimeMention(
        _NOWHERE, "", type_, value, year=year, month=month, day=day, end_day=end_day, end_year=end_year,
        end_month=month if end_day else None, weekday=weekday, relative=relative,
    )  # fmt: skip


def point(year: int | None, month: int | None, day: int | None) -> str:
    """The TIMEX3 value of a calendar point."""
    value = "XXXX" if year is None else f"{year:04d}"
    if month is not None or day is not None:
        value += "-XX" if month is None else f"-{month:02d}"
    return value if day is None else value + f"-{day:02d}"


def year_of(place: Place, words: str | None) -> int | None:
    """The year of "1992", "'92", "nineteen ninety-two"."""
    if words is None:
        return None
    if words[0].isalpha():
        century, *rest = re.split(r"[-\s]+", words)
        known = place.rules.cardinals
        return known[century] * 100 + sum(known.get(word, 0) for word in rest)
    digits = int(words.lstrip("'"))
    if digits < 100:
        digits += 1900 if digits > _PIVOT else 2000
    return digits


def number_of(place: Place, words: str) -> float | None:
    """The number of "thirty-two", "2 1/2", "a", "half an"; None for "several" and for digits beyond all time."""
    words = " ".join(words.split())
    if len(words.partition(" ")[0]) > MOST_DIGITS and words[0].isdigit():
        return None
    words = words.replace("-and-a-half", " and a half")
    if words in ("half a", "half an", "a half", "half"):
        return 0.5
    if words.endswith(" and a half"):
        return (number_of(place, words.removesuffix(" and a half")) or 0) + 0.5
    if words[0].isdigit():
        whole, _, part = words.partition(" ")
        top, _, bottom = part.partition("/")
        return float(whole.replace(",", "")) + (int(top) / int(bottom) if bottom and int(bottom) else 0)
    known = place.rules.cardinals
    if words in known:
        return known[words]
    tens, _, ones = words.replace("-", " ").partition(" ")
    if ones in place.rules.tables["multiples"]:
        return known[tens] * float(place.rules.tables["multiples"][ones])
    return known[tens] + known[ones] if tens in known and ones in known else None


def unit_of(place: Place, words: str) -> tuple[str, str]:
    """The TIMEX3 letter and the plain name of a unit: "hours" is ("H", "hour")."""
    word = words.rstrip("s") if words not in place.rules.units else words
    letter = place.rules.units[word]
    name = (
        "minute"
        if word in ("minute", "min")
        else "month"
        if word == "month"
        else place.rules.tables["unit_names"][letter]
    )
    return letter, name


# A half of one of these is some of the next smaller.
_PARTS = {"year": (12, "M"), "hour": (60, "M"), "minute": (60, "S")}


def length_of(letter: str, name: str, count: float | None) -> str:
    """The TIMEX3 length: "P2Y", "PT3H", "P20Y" of two decades, "PT5H30M"; "PXD" where the count is left open."""
    clock = "T" if name in ("hour", "minute", "second") else ""
    if count is None:
        return f"P{clock}X{letter}"
    if letter in ("E", "C"):
        count, letter = count * (10 if letter == "E" else 100), "Y"
    whole, part = divmod(count, 1)
    if not part or name not in _PARTS:
        return f"P{clock}{count:.15g}{letter}"
    parts, smaller = _PARTS[name]
    return f"P{clock}" + (f"{whole:.15g}{letter}" if whole else "") + f"{part * parts:.0f}{smaller}"


_OPEN_POINTS = {
    "century": "XX", "decade": "XXX", "year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX", "quarter": "XXXX-QX",
    "day": "XXXX-XX-XX",
}  # fmt: skip


def open_point(name: str) -> str:
    """The open TIMEX3 value of a point of this grain."""
    return _OPEN_POINTS.get(name, "XXXX-XX-XXTXX:XX")


def direction_of(place: Place, words: str | None, unit: str) -> tuple[int, str] | None:
    """ "last" is (-1, unit); "the following" counts from the time spoken of: (1, unit + " then")."""
    if words is None or words in ("each", "every"):
        return None
    word = words.split()[-1]
    way = 0 if word == "latest" else place.rules.tables["directions"][word]
    return (way, f"{unit} then" if word in place.rules.words("anaphoric") else unit)
