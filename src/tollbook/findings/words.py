"""Numbers, names and days in plain words, for derivations that a newspaper's reader understands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval
from tollbook.lexicon import Taxonomy
from tollbook.model import Bound, Number

# A sentence with more names than this is no sentence: the rest is counted.
NAMED = 4


def number(value: Number) -> str:
    """1234 as "1,234"."""
    return f"{value:,}" if isinstance(value, int) or value != int(value) else f"{int(value):,}"


def span(interval: Interval) -> str:
    """An interval as "12", "12 or more", "10 to 12"."""
    if interval.high is None:
        return f"{number(interval.low)} or more"
    if interval.is_point:
        return number(interval.low)
    return f"{number(interval.low)} to {number(interval.high)}"


def day(date: dt.date | None) -> str:
    """A day as " on 3 May 2021", nothing where it is not known."""
    return f" on {date.day} {date:%B %Y}" if date else ""


def listed(names: Iterable[str], shown: int = NAMED) -> str:
    """Names as "A", "A and B", "A, B and C"; past a few the rest is counted."""
    some = list(dict.fromkeys(names))
    if len(some) > shown:
        some = [*some[: shown - 1], f"{len(some) - shown + 1} others"]
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} and {some[-1]}"


def words_of(said: str) -> str:
    """Exact words in quotation marks, on one line."""
    return f"“{' '.join(said.split())}”"


def quoted(one: Stated) -> str:
    """A figure in its own words, or as added up."""
    return f"{span(one.interval)} in all" if one.sum_of else words_of(one.claim.said)


def added_up(said: Iterable[str]) -> str:
    """What people counted one after another are: "“his wife” and “two aides” added up"."""
    return f"{listed(map(words_of, said))} added up"


def counted_as(one: Stated) -> str:
    """A figure as a number where its words give one, else in its words: "17", "12 or more", "“dozens”"."""
    return quoted(one) if one.quantity.bound is Bound.VAGUE else span(one.interval)


def whole(group: str, taxonomy: Taxonomy) -> str:
    """The people counted as they stand behind a number: "in all", "women"."""
    return "in all" if group == "all" else taxonomy.label(group)


def voices(some: Sequence[Stated]) -> str:
    return listed(sorted({one.voice.name for one in some}))


def by(some: Sequence[Stated]) -> str:
    """A figure with those who give it: "“12 people” (Police and Union)"."""
    return f"{quoted(min(some, key=when))} ({voices(some)})"


def when(one: Stated) -> tuple[bool, str, str]:
    """Sorts the earliest told first, undated last."""
    return (one.told is None, one.told.isoformat() if one.told else "", one.claim.id)
