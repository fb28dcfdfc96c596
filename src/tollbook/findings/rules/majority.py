"""majority@1: the figure that most parties give.

Source: the project's own; it is what a count of hands would say, and counts parties, not reports, so that twenty papers
with one agency's figure are one hand.
Reads: "at least 40", "more than 40", "about 40" as a hand for 40; "dozens", "10 to 40" and "up to 40" as no hand at
all, for they name no number. A looser figure that allows another's ("at least 30" beside 34) is no hand against it.
Decides: the number with strictly most parties is low, best and high. Where several have as many, low and high are the
lowest and highest of these, without a best. One party alone is a majority of one.
Refused: where nobody gives a number. All measures are covered.
"""

from __future__ import annotations

from tollbook.findings import words
from tollbook.findings.intervals import Interval
from tollbook.findings.rules import shared
from tollbook.findings.ruleset import Case, Figures, Meaning, RuleSet
from tollbook.model import Quantity
from tollbook.text import counted as some_of

NAME = "majority@1"


def read(quantity: Quantity) -> Meaning:
    """A quantity as the number it names."""
    return shared.as_number(quantity, shared.number_said(quantity))


def decide(case: Case) -> Figures:
    """The number that most parties give, or the span of those that as many give."""
    if not case.standing:
        return shared.from_parts(NAME, case)
    hands = shared.firm(case.standing)
    if not hands:
        return shared.refused(NAME, "nobody gives a number")
    backed, numbers = shared.behind(hands), shared.most(hands)
    count = len(backed[numbers[0]])
    if len(backed) == 1:
        return shared.one_number(NAME, numbers[0], "the one figure given")
    if len(numbers) == 1:
        of = len(frozenset().union(*backed.values()))
        return shared.one_number(NAME, numbers[0], f"which {count} of {some_of(of, 'source')} give")
    tied = words.span(Interval(numbers[0], numbers[-1]))
    step = f"{NAME}: {tied}, without a best, since {len(numbers)} figures have {some_of(count, 'source')} each."
    return Figures(numbers[0], None, numbers[-1], (step,))


RULES = RuleSet("majority", 1, "the figure that most sources give", read, decide)
