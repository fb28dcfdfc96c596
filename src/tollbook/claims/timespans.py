"""Which time of a sentence holds some words: of "in May 2001, 12 were hurt", code points 3 to 11 lie in "May 2001"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tollbook.model import TimeMention


def time_over(times: Sequence[TimeMention], start: int, end: int) -> TimeMention | None:
    """The last of the times, sorted and not overlapping, that shares a code point with `start` to `end`."""
    at = bisect_left(times, end, key=lambda mention: mention.span.start) - 1
    return times[at] if at >= 0 and times[at].span.end > start else None
