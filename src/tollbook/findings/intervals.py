"""Intervals with open ends: what a figure allows, whether two figures can both be true, and what several leave.

"At least 40" is `Interval(40)`, 40 without an upper end. `Interval(40).meets(Interval(35, 38))` is False: both can't be
true of one count.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from tollbook.model import Bound, Number, Quantity
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Interval:
    """All counts from `low` to `high`; `high` None has no upper end. Counts are never below zero."""

    low: Number = 0
    high: Number | None = None

    def __post_init__(self) -> None:
        if self.high is not None and self.low > self.high:
            raise ValueError(f"an interval needs low <= high, not {self.low}, {self.high}")

    @classmethod
    def of(cls, quantity: Quantity) -> Interval:
        """What the words allow, as stated: "about 40" is 40."""
        return cls(quantity.low or 0, quantity.high)

    @classmethod
    def reaching(cls, quantity: Quantity, tolerance: float) -> Interval:
        """What the words allow, with "about" reaching `tolerance` (a share) up and down."""
        if quantity.bound is not Bound.ABOUT or quantity.value is None:
            return cls.of(quantity)
        return cls(quantity.value * (1 - tolerance), quantity.value * (1 + tolerance))

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    def meets(self, other: Interval) -> bool:
        """True where some count lies in both."""
        return not self.below(other) and not other.below(self)

    def below(self, other: Interval) -> bool:
        """True where every count in this one is lower than every count in the other."""
        return self.high is not None and self.high < other.low

    def holds(self, other: Interval) -> bool:
        """True where every count of the other lies in this one."""
        top = self.high is None or (other.high is not None and other.high <= self.high)
        return self.low <= other.low and top

    def has(self, count: Number) -> bool:
        return self.low <= count and (self.high is None or count <= self.high)


def common(intervals: Iterable[Interval]) -> Interval | None:
    """The counts that lie in all of them, None where there are none. Of no intervals: every count."""
    low: Number = 0
    high: Number | None = None
    for each in intervals:
        low = max(low, each.low)
        if each.high is not None:
            high = each.high if high is None else min(high, each.high)
    return None if high is not None and low > high else Interval(low, high)


def added(intervals: Iterable[Interval]) -> Interval:
    """What figures of different people allow together: "3" and "at least 2" are at least 5."""
    some = tuple(intervals)
    tops = [each.high for each in some if each.high is not None]
    return Interval(sum(each.low for each in some), sum(tops) if len(tops) == len(some) else None)


def without(whole: Interval, gone: Interval) -> Interval:
    """What a figure leaves without some of its people: 5 less 1 are 4, "at least 5" less 1 at least 4."""
    low = 0 if gone.high is None else max(0, whole.low - gone.high)
    return Interval(low, None if whole.high is None else max(low, whole.high - gone.low))


def looser(intervals: Iterable[Interval]) -> frozenset[Interval]:
    """Those that hold another one: 30 or more, beside 34 and 31 to 33."""
    found: set[Interval] = set()
    lowest: Number | None = None  # the lowest upper end of those that begin no lower, which come first
    for each in sorted(set(intervals), key=lambda one: (-one.low, inf if one.high is None else one.high)):
        top = inf if each.high is None else each.high
        if lowest is not None and lowest <= top:
            found.add(each)
        lowest = top if lowest is None else min(lowest, top)
    return frozenset(found)


def position(intervals: Iterable[Interval]) -> Interval:
    """The span of what figures leave: those that meet sharpen each other, those that don't spread it.

    It is the hull of the intersections of all largest sets of figures that can be true together. On a line these are
    known by their ends: the first such set lies around the lowest upper end, the last around the highest lower end.
    "86", "97" and "more than 80" leave 86 to 97; "at least 40" and "52" leave 52; "0" and "at least 12" 0 or more.
    """
    some = tuple(intervals)
    if not some:
        raise ValueError("a position needs a figure")
    first = min((each.high for each in some if each.high is not None), default=None)
    last = max(each.low for each in some)
    low = max(each.low for each in some if first is None or each.low <= first)
    high = min((each.high for each in some if each.high is not None and each.high >= last), default=None)
    return Interval(low, high)
