"""ucdp@1: the most likely, the lowest and the highest reliable number of deaths, after UCDP GED.

Source: the UCDP GED codebook, variables `best` ("the best (most likely) estimate of total fatalities"), `low` and
`high` ("the lowest", "the highest reliable estimate of total fatalities"), as the R package `ucdp` repeats them for GED
20.1; the definition of an event: "at least one direct death".
Reads: "at least 40", "more than 40", "about 40" as 40; "10 to 40" as 10, 40 and, most likely, 10; "dozens" as 24, the
least that the words allow; "up to 40" as a top without a most likely number. Unknown is no figure. All assumed.
Decides: low and high are the lowest and highest reliable figures, none is open. Best is the latest firm one; of one day
the one that more parties give; where that is equal the lower (assumed, from the project's conservative practice).
Reliable, assumed: a figure whose source is named before one whose source is not, a number before a word, and no lower
count told before a higher one while the toll unfolded. Nobody is held more reliable for who he is.
Refused: all but deaths; an incident in which nobody is said to have died, which is no event there.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.findings import words
from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval
from tollbook.findings.rules import shared
from tollbook.findings.ruleset import Case, Figures, Meaning, RuleSet
from tollbook.model import Number, Quantity

NAME = "ucdp@1"


def read(quantity: Quantity) -> Meaning:
    """A quantity with both ends closed, and its most likely number, the lowest that the words allow."""
    point = None if quantity.bound in shared.UPPER else shared.number_said(quantity) or quantity.low or 0
    low = quantity.low or 0 if point is None else point
    high = max(low, quantity.high) if quantity.high is not None else low
    reach = Interval.reaching(quantity, shared.TOLERANCE)
    return Meaning(Interval(low, high), Interval(min(low, reach.low), reach.high), point)


def decide(case: Case) -> Figures:
    """Low, best and high of the reliable figures."""
    if not case.standing:
        return shared.from_parts(NAME, case)
    reliable = _reliable(case.standing)
    low = min(one.interval.low for one in reliable)
    high = max(one.interval.high or one.interval.low for one in reliable)
    if high == 0 and case.group == "all":
        return shared.refused(NAME, "nobody is said to have died, and an event has one death at least")
    span = f"{NAME}: the lowest and the highest reliable figure, {words.span(Interval(low, high))}."
    likely = shared.firm(reliable)
    if not likely:
        return Figures(low, None, high, (span, f"{NAME}: no best, since nobody gives a number."))
    best, why = _most_likely(likely)
    return Figures(low, best, high, (span, f"{NAME}: best is {words.number(best)}, {why}."))


def _reliable(standing: Sequence[Stated]) -> Sequence[Stated]:
    """Named sources before unnamed, numbers before words, without early counts that were outgrown."""
    named = [one for one in standing if not _unnamed(one)] or standing
    return shared.current(shared.numbers_first(named))


def _unnamed(one: Stated) -> bool:
    return bool(one.claim.attribution) and one.claim.attribution[0].kind == "anonymous"


def _most_likely(likely: Sequence[Stated]) -> tuple[Number, str]:
    """The latest; of one day what more parties give; of those the lowest."""
    last = shared.latest(likely)
    numbers = shared.most(last)
    if len(shared.behind(likely)) == 1:
        return numbers[0], "the one figure given"
    if len(shared.behind(last)) == 1:
        return numbers[0], "the latest reliable figure"
    why = "that more sources give than any other" if len(numbers) == 1 else "the lower of figures equally reliable"
    return numbers[0], why


_ABOUT = "the most likely, the lowest and the highest reliable number of deaths"
RULES = RuleSet("ucdp", 1, _ABOUT, read, decide, lambda measure: measure == "killed")
