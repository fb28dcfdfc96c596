"""What tells one small event from another of its kind and town: streets, house numbers, ages, hours of the day.

Input: a report and its time mentions. Output: its `Marks`: "a 19-year-old was hit about 8:15 p.m. in the 2300 block of
N. Wexmoor Street" has the street "wexmoor", the block "2300 wexmoor", the age 19 and minute 1215 of the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from tollbook.lexicon import load
from tollbook.model import Report, TimeMention
from tollbook.text import any_of, fold
from tollbook.values import dataclass

_DAY = 24 * 60
_CLOCK = re.compile(r"T(\d\d):(\d\d)")
# An age in apposition to a name: "Orla Venn, 34, of".
_APPOSED = re.compile(r", (?<=[a-z], )([1-9]\d?)(?=[,.;])")
# What may stand right before "-year-old", and how far back it is looked for.
_AGE, _LONGEST = re.compile(r"\b(\d{1,3}|[A-Za-z]+)\Z"), 12
_NAME = r"(?:[A-Z][\w'’-]+|\d{1,3}(?:st|nd|rd|th))"


@dataclass(frozen=True, slots=True)
class Marks:
    """Streets and blocks by name, ages in the order told, hours as minutes of the day."""

    streets: frozenset[str] = frozenset()
    blocks: frozenset[str] = frozenset()
    ages: tuple[int, ...] = ()
    clock: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Patterns:
    street: re.Pattern[str]
    pair: re.Pattern[str]
    block: re.Pattern[str]
    old: re.Pattern[str]


def marks(report: Report, times: Sequence[TimeMention]) -> Marks:
    """The marks of a report's title and text."""
    patterns = _patterns()
    text = f"{report.title or ''}\n{report.text}"
    blocks = [(match[1], fold(match[2])) for match in patterns.block.finditer(text)]
    streets = [fold(match[1]) for match in patterns.street.finditer(text)]
    streets += [fold(name) for match in patterns.pair.finditer(text) for name in match.groups()]
    return Marks(
        frozenset(streets) | {street for _, street in blocks},
        frozenset(f"{number} {street}" for number, street in blocks),
        _ages(text, patterns),
        frozenset(_minutes(times)),
    )


def minutes_apart(left: Iterable[int], right: Iterable[int]) -> int:
    """How far the nearest two of some hours are apart, over midnight too: 23:50 and 0:10 by 20 minutes."""
    return min((min(gap, _DAY - gap) for a in left for b in right for gap in [abs(a - b)]), default=0)


def _ages(text: str, patterns: _Patterns) -> tuple[int, ...]:
    old = [match.start() for match in patterns.old.finditer(text)]
    ahead = (_AGE.search(text, max(0, at - _LONGEST), at) for at in old)
    found = [match for match in (*ahead, *_APPOSED.finditer(text)) if match is not None]
    known = _small_numbers()
    said = [match[1] for match in sorted(found, key=lambda match: match.start(1))]
    return tuple(
        dict.fromkeys(known.get(fold(age)) or int(age) for age in said if age.isdecimal() or fold(age) in known)
    )


def _minutes(times: Sequence[TimeMention]) -> Iterable[int]:
    for time in times:
        clock = _CLOCK.search(time.value) if time.type == "TIME" else None
        if clock is not None:
            yield (60 * int(clock[1]) + int(clock[2])) % _DAY


@cache
def _small_numbers() -> Mapping[str, int]:
    """One to twenty, as ages are written out."""
    words: Mapping[str, Any] = load("en").table("numbers")
    return {word: int(value) for word, value in words["units"].items() if 0 < value <= 20}


@cache
def _patterns() -> _Patterns:
    words = load("en").table("marks")
    kinds, several, before = (any_of(words[name]) for name in ("streets", "several_streets", "directions"))
    ahead = rf"(?:(?i:{before})\.?\s)?"
    return _Patterns(
        re.compile(rf"\b({_NAME})\s(?i:{kinds})\b"),
        re.compile(rf"\b({_NAME})\sand\s{ahead}({_NAME})\s(?i:{several})\b"),
        re.compile(rf"\b(\d{{1,6}})[\s-](?i:{any_of(words['blocks'])})\s(?:the\s)?{ahead}({_NAME})"),
        re.compile(rf"[\s-]{any_of(words['ages'])}[\s-]old\b"),
    )
