"""acled@1: one number of deaths, the lowest where figures conflict, after ACLED's published coding rules.

Source: ACLED, "Fatalities" (questions and answers of 27 February 2023, as of 7 May 2024), "How does ACLED code
fatalities?": the most conservative estimate where reports differ or an estimate is vague, a word on the dispute in the
notes; revised upward or downward when better information comes; 10 for tens, 12 for dozens, 100 for hundreds, "and so
on"; a total over several days or places is divided; no injuries.
Reads: "dozens" as 12, "tens" 10, "hundreds" 100, "several", "many", "few" and other plurals 3; "thousands" 1,000 ("and
so on"); "more than 40", "at least 40", "about 40" as 40, "up to 40" and "10 to 40" as their lowest (assumed from "the
most conservative estimate").
Decides: the lowest figure; the one with strictly more parties behind it where there are two or more ("until a better
corroborated one"). Deaths alone: it has no column for anything else, so other measures get no figure. No deaths
mentioned is 0 in that data set, a convention of its table and no finding that nobody died; here no claim gives no
figure. A total over several days or places is divided there among events; one incident has nothing to divide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval, looser
from tollbook.findings.rules import shared
from tollbook.findings.ruleset import Case, Figures, Meaning, RuleSet
from tollbook.model import Bound, Number, Quantity

NAME = "acled@1"
WORDS = {
    "dozens": 12, "tens": 10, "scores": 20, "hundreds": 100, "several hundred": 100, "thousands": 1000,
    "several": 3, "many": 3, "few": 3, "a few": 3, "some": 3, "others": 3, "a number": 3,
}  # fmt: skip


def read(quantity: Quantity) -> Meaning:
    """A quantity as one number, what the words allow at the least; it may still mean all that the words allow."""
    point = _point(quantity)
    reach = Interval.reaching(quantity, shared.TOLERANCE)
    return Meaning(Interval(point, point), Interval(min(point, reach.low), reach.high), point)


def _point(quantity: Quantity) -> Number:
    if quantity.word in WORDS:
        return WORDS[quantity.word]
    if quantity.value is not None and quantity.bound in (Bound.MORE_THAN, Bound.ABOUT, Bound.AT_LEAST, Bound.EXACT):
        return quantity.value
    return quantity.low or 0


def decide(case: Case) -> Figures:
    """One number for low, best and high: the better corroborated, else the lowest."""
    if not case.standing:
        return shared.from_parts(NAME, case)
    return shared.one_number(NAME, *choose(case.standing))


def choose(standing: Sequence[Stated]) -> tuple[Number, str]:
    """The figure with strictly more parties than any other, two at least; else the lowest.

    A looser figure that allows another's ("dozens" beside 34) is no rival of it.
    """
    backed: dict[Number, set[str]] = defaultdict(set)
    loose = looser(one.reach for one in standing)
    for one in standing:
        if one.reach not in loose:
            backed[one.interval.low].add(one.voice.party)
    if len(backed) == 1:
        return next(iter(backed)), "the one figure given"
    ranked = sorted(backed, key=lambda point: (-len(backed[point]), point))
    most, next_most = len(backed[ranked[0]]), len(backed[ranked[1]])
    if most > next_most and most > 1:
        return ranked[0], f"which {most} sources give, more than any other"
    return min(backed), "the lowest, since the reports differ and none is better corroborated"


_ABOUT = "deaths, the lowest until a better corroborated figure"
RULES = RuleSet("acled", 1, _ABOUT, read, decide, lambda measure: measure == "killed")
