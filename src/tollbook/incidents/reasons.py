"""Why two happenings may be one event, or not: the weights of what they share or differ in, added up.

Input: two happenings as `Node`s. Output: a score and its `Reason`s, in words that a person understands. The weights
are in `lexicon/en/links.toml`, fitted to reports whose events are known (tools/fit_links.py): the score is the
logarithm of the odds that both are of one event. It depends on these two alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from tollbook.incidents import traits
from tollbook.incidents.traits import Node, Trait
from tollbook.lexicon import load
from tollbook.values import dataclass

# A score of this and below says that two are apart, however much so.
LEAST = -4.0
# Two that can't be one: one is of a whole period, the other an event.
FORBIDDEN = -100.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that two happenings share or differ in, what it weighs, and how it is told to a person."""

    weight: float
    words: str


Step = Callable[[Node, Node], Iterator[Trait]]
# What is compared between any two happenings, between two whole reports too, and what costs most to work out.
_ANY: tuple[Step, ...] = (
    traits.status, traits.when, traits.where, traits.what, traits.how_many, traits.copies,
)  # fmt: skip
_WHOLE: tuple[Step, ...] = (traits.desk, traits.streets, traits.ages, traits.hours)
_DEAR: tuple[Step, ...] = (traits.names, traits.words)


@dataclass(frozen=True, slots=True)
class _Weights:
    """What each reason weighs; the steps that cost little, those that cost much, and what these can add at most."""

    base: float
    of: Mapping[str, float]
    cheap: tuple[Step, ...]
    dear: tuple[Step, ...]
    most: float


@cache
def _weights(whole: bool) -> _Weights:
    """The weights between two whole reports, or where one is part of a report."""
    table: Mapping[str, float] = load("en").table("links")["whole" if whole else "part"]
    if not whole:
        return _Weights(table["base"], table, _ANY, (), 0.0)
    most = traits.MOST_NAMES * table.get("names", 0.0) + traits.MOST_ALIKE * table.get("words", 0.0)
    return _Weights(table["base"], table, _ANY + _WHOLE, _DEAR, most)


def score(left: Node, right: Node) -> tuple[float, tuple[Reason, ...]]:
    """The log-odds of two happenings being one event, and the reasons that make them up."""
    weights = _weights(left.whole and right.whole)
    told = [
        Reason(weight, tell())
        for step in weights.cheap + weights.dear
        for name, amount, tell in step(left, right)
        if (weight := _weight(name, amount, weights))
    ]
    return weights.base + sum(reason.weight for reason in told), tuple(told)


def value(left: Node, right: Node) -> float:
    """The score alone; of two that nothing can bring together, told by as few reasons as it takes, at most LEAST."""
    weights = _weights(left.whole and right.whole)
    total = weights.base + _sum(weights.cheap, left, right, weights)
    if total + weights.most <= LEAST:
        return total + weights.most
    return total + _sum(weights.dear, left, right, weights)


def _sum(steps: tuple[Step, ...], left: Node, right: Node, weights: _Weights) -> float:
    return sum(_weight(name, amount, weights) for step in steps for name, amount, _ in step(left, right))


def _weight(name: str, amount: float, weights: _Weights) -> float:
    return FORBIDDEN if name == "period" else amount * weights.of.get(name, 0.0)


def amounts(left: Node, right: Node) -> dict[str, float]:
    """How much of each reason there is between two happenings, for the tool that fits the weights."""
    weights = _weights(left.whole and right.whole)
    return {name: amount for step in weights.cheap + weights.dear for name, amount, _ in step(left, right)}
