"""airwars@1: a minimum and a maximum for each group, after Airwars' published method. A first version.

Reads: "dozens" as 12 to 24, "others", "a number", "several" and other plurals as 2; "hundreds" as 100 and more, "at
least 5" as 5, "more than 15" as 16, "up to 7" as 7 at the most; unknown is no figure, never 0.
Groups: who is not said to be a fighter counts as a civilian, so that figures of all and of civilians are one row,
`civilians`, but for a figure of all that a text divides itself ("six members, five of them civilians").
Decides: the minimum is the lowest figure that a report gives in its own name, else the lowest that it quotes; the
maximum is the highest of all that stands. "Up to 7" closes the top and says nothing of the bottom where others do.
No best is given: the method has none. Assumed, since no clause says it: own voice before quoted voices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.findings import words
from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval
from tollbook.findings.rules import shared
from tollbook.findings.ruleset import Case, Figures, Groups, Meaning, RuleSet
from tollbook.model import Bound, Number, Quantity

NAME = "airwars@1"
WORDS: dict[str, tuple[Number, Number | None]] = {
    "dozens": (12, 24), "large number": (12, 24), "tens": (10, None), "scores": (20, None), "hundreds": (100, None),
    "others": (2, 2), "number": (2, 2), "unknown number": (2, 2), "several": (2, 2), "numerous": (2, 2), "some": (2, 2),
    "many": (2, 2), "few": (2, 2), "multiple": (2, 2), "various": (2, 2),
}  # fmt: skip
_ARTICLE = re.compile(r"^(?:a|an|the) ")
_CLOSED = (Bound.AT_LEAST, Bound.ABOUT)


def read(quantity: Quantity) -> Meaning:
    """A quantity as its minimum and maximum in the house's own reading of words."""
    interval = _interval(quantity)
    allowed = Interval.reaching(quantity, shared.TOLERANCE)
    reach = Interval(min(interval.low, allowed.low), allowed.high)
    return Meaning(interval, reach, interval.low if interval.is_point else None)


def _interval(quantity: Quantity) -> Interval:
    word = _ARTICLE.sub("", quantity.word or "")
    if word in WORDS:
        return Interval(*WORDS[word])
    if quantity.bound is Bound.MORE_THAN and quantity.low is not None:
        return Interval(quantity.low, quantity.low)
    if quantity.bound in _CLOSED and quantity.value is not None:
        return Interval(quantity.value, quantity.value)
    if quantity.bound is Bound.AT_MOST and quantity.value is not None:
        return Interval(min(1, quantity.value), quantity.value)
    return Interval.of(quantity)


def regroup(groups: Groups) -> Groups:
    """All and civilians as one group, without the wholes that a text divides into civilians and others."""
    civilians, everyone = groups.get("civilians", ()), groups.get("all", ())
    divided = {one.claim.part_of for one in civilians}
    pooled = (*civilians, *(one for one in everyone if one.claim.id not in divided))
    kept = {group: some for group, some in groups.items() if group not in ("civilians", "all")}
    return {**kept, "civilians": pooled} if pooled else kept


def decide(case: Case) -> Figures:
    """The lowest and the highest of the totals that stand; of parts alone, what they add up to."""
    if not case.standing:
        if not case.parts:
            return Figures(None, None, None, (f"{NAME}: no claim stands.",))
        part = case.parts[0]
        high = part.point if part.point is not None and part.point >= part.low else None
        step = f"{NAME}: nobody gives a figure for {case.group}; its parts are added up."
        return Figures(part.low, None, high, (step,))
    weighed = _with_numbers(case.standing)
    floors = [one for one in weighed if one.quantity.bound is not Bound.AT_MOST] or weighed
    own = _summaries(floors)
    low = min(one.interval.low for one in own or floors)
    tops = [one.interval.high for one in weighed]
    closed = [top for top in tops if top is not None]
    high = max(closed) if len(closed) == len(tops) else None
    whose = "the lowest that reports give first in their own name" if own else "the lowest of all figures"
    step = f"{NAME}: {whose} and the highest of all that stand, {words.span(Interval(low, high))}."
    return Figures(low, None, high, (step,))


def _with_numbers(standing: Sequence[Stated]) -> list[Stated]:
    """The figures that are numbers; where there is none, the largest of the words."""
    numbers = [one for one in standing if one.quantity.bound is not Bound.VAGUE]
    return numbers or [max(standing, key=lambda one: (one.interval.low, one.interval.high is None, one.claim.id))]


def _summaries(floors: Sequence[Stated]) -> list[Stated]:
    """The first figure of each report that it gives in its own name."""
    first: dict[str, Stated] = {}
    for one in sorted(floors, key=lambda one: (one.claim.span.start, one.claim.id)):
        if all(link.kind == "publisher" for link in one.claim.attribution):
            first.setdefault(one.claim.report, one)
    return list(first.values())


RULES = RuleSet("airwars", 1, "a minimum and a maximum for each group", read, decide, regroup=regroup)
