"""airwars@1: a minimum and a maximum for each group, after Airwars' published method. A first version.

Reads: "dozens" as 12 to 24, "others", "a number", "several" and other plurals as 2; "hundreds" as 100 and more, "at
least 5" as 5, "up to 7" as 7 at the most; unknown is no figure, never 0.
Decides: the lowest and the highest of all that stands. Who is not said to be a fighter counts as a civilian there;
that step is left to whoever reads the row of `all`. No best is given: the method has none.
"""

from __future__ import annotations

from tollbook.findings import words
from tollbook.findings.intervals import Interval
from tollbook.findings.ruleset import Case, Figures, Meaning, RuleSet
from tollbook.model import Bound, Number, Quantity

NAME = "airwars@1"
TOLERANCE = 0.1  # as range@1: what "about 30" may still mean, so that 28 is no conflict
WORDS: dict[str, tuple[Number, Number | None]] = {
    "dozens": (12, 24), "others": (2, 2), "a number": (2, 2), "several": (2, 2), "some": (2, 2), "many": (2, 2),
    "few": (2, 2), "a few": (2, 2), "tens": (10, None), "scores": (20, None), "hundreds": (100, None),
}  # fmt: skip
_CLOSED = (Bound.AT_LEAST, Bound.MORE_THAN, Bound.ABOUT)


def read(quantity: Quantity) -> Meaning:
    """A quantity as its minimum and maximum in the house's own reading of words."""
    interval = _interval(quantity)
    allowed = Interval.reaching(quantity, TOLERANCE)
    reach = Interval(min(interval.low, allowed.low), allowed.high)
    return Meaning(interval, reach, interval.low if interval.is_point else None)


def _interval(quantity: Quantity) -> Interval:
    if quantity.word in WORDS:
        return Interval(*WORDS[quantity.word])
    if quantity.bound in _CLOSED and quantity.value is not None:
        return Interval(quantity.value, quantity.value)
    if quantity.bound is Bound.AT_MOST and quantity.value is not None:
        return Interval(min(1, quantity.value), quantity.value)
    return Interval.of(quantity)


def decide(case: Case) -> Figures:
    """The lowest and the highest of the totals that stand; of parts alone, what they add up to."""
    if not case.standing:
        if not case.parts:
            return Figures(None, None, None, (f"{NAME}: no claim stands.",))
        part = case.parts[0]
        high = part.point if part.point is not None and part.point >= part.low else None
        return Figures(
            part.low, None, high, (f"{NAME}: nobody gives a figure for {case.group}; its parts are added up.",)
        )
    low = min(one.interval.low for one in case.standing)
    tops = [one.interval.high for one in case.standing]
    closed = [top for top in tops if top is not None]
    high = max(closed) if len(closed) == len(tops) else None
    step = f"{NAME}: the lowest and highest of all figures that stand, {words.span(Interval(low, high))}."
    return Figures(low, None, high, (step,))


RULES = RuleSet("airwars", 1, "a minimum and a maximum for each group", read, decide)
