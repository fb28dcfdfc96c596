"""Figures as stated, and the interval that the words allow."""

from __future__ import annotations

import math
from enum import StrEnum

from tollbook.values import dataclass

Number = int | float


class Bound(StrEnum):
    """How the words bound the figure."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    RANGE = "range"
    VAGUE = "vague"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as stated and the interval `[low, high]` that the words allow.

    `value` is the number in the words, null where there is none ("dozens"); `high` null means no upper end; `word` is
    the vague word ("dozens", "hundreds of thousands"), which each rule set reads in its own way.
    """

    value: Number | None
    low: Number | None
    high: Number | None
    bound: Bound
    word: str | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a quantity needs low <= high, not {self.low}, {self.high}")

    @classmethod
    def exact(cls, value: Number) -> Quantity:
        return cls(value, value, value, Bound.EXACT)

    @classmethod
    def none(cls) -> Quantity:
        """Zero, said: "no casualties", "nobody was hurt"."""
        return cls(0, 0, 0, Bound.NONE)

    @classmethod
    def at_least(cls, value: Number) -> Quantity:
        return cls(value, value, None, Bound.AT_LEAST)

    @classmethod
    def more_than(cls, value: Number, *, counted: bool = True) -> Quantity:
        """More than 40 people are 41 or more; more than 40 % are not."""
        return cls(value, math.floor(value) + 1 if counted else value, None, Bound.MORE_THAN)

    @classmethod
    def at_most(cls, value: Number) -> Quantity:
        return cls(value, 0, value, Bound.AT_MOST)

    @classmethod
    def less_than(cls, value: Number, *, counted: bool = True) -> Quantity:
        top = max(0, math.ceil(value) - 1) if counted else value
        return cls(value, 0, top, Bound.LESS_THAN)

    @classmethod
    def about(cls, value: Number) -> Quantity:
        return cls(value, value, value, Bound.ABOUT)

    @classmethod
    def between(cls, low: Number, high: Number) -> Quantity:
        return cls(None, low, high, Bound.RANGE)

    @classmethod
    def vague(cls, word: str, low: Number, high: Number | None = None) -> Quantity:
        return cls(None, low, high, Bound.VAGUE, word)

    def meets(self, other: Quantity) -> bool:
        """True where some number satisfies both; "about" is read as stated, a rule set widens it."""
        low = max(self.low or 0, other.low or 0)
        high = min(math.inf if self.high is None else self.high, math.inf if other.high is None else other.high)
        return low <= high
