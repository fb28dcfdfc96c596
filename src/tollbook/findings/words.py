"""Numbers, names and days in plain words, for derivations that a newspaper's reader understands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval
from tollbook.model import Number

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


def listed(names: Iterable[str]) -> str:
    """Names as "A", "A and B", "A, B and C"; past a few the rest is counted."""
    some = list(dict.fromkeys(names))
    if len(some) > NAMED:
        some = [*some[: NAMED - 1], f"{len(some) - NAMED + 1} others"]
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} and {some[-1]}"


def quoted(one: Stated) -> str:
    """A figure in its own words, or as added up."""
    return span(one.interval) if one.sum_of else f"“{' '.join(one.claim.said.split())}”"


def voices(some: Sequence[Stated]) -> str:
    return listed(sorted({one.voice.name for one in some}))
