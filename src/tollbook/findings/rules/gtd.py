"""gtd@1: one number of killed and one of injured: the latest, else the majority's, else the lowest, after GTD.

Source: the GTD codebook (June 2015, June 2017), VIII "Casualties and Consequences": `nkill`, "total confirmed
fatalities for the incident", "all victims and attackers who died as a direct result"; `nwound`, confirmed non-fatal
injuries to both, by the same conventions. Unknown stays blank there and here; it is not zero.
Reads: "at least 40", "more than 40", "about 40" as 40; "10 to 40" as 10 (assumed). "Dozens" and "up to 40" are no
number: where nobody gives one there is no figure (assumed, since the fields hold confirmed counts). Decides, in this
order (the order is assumed; no clause of it could be checked): the figure of the most recent source; where the last day
has several, what most parties give of all that stands, two at least; else the lowest of that day.
Credible, assumed: every source that is named or that a report speaks for; nobody is ranked by who he is.
Refused: what the database has no field for (missing, displaced); words without a number.
"""

from __future__ import annotations

from tollbook.findings.rules import shared
from tollbook.findings.ruleset import Case, Figures, Meaning, RuleSet
from tollbook.model import Bound, Quantity

NAME = "gtd@1"


def read(quantity: Quantity) -> Meaning:
    """A quantity as one number, the lower of two; none in words and in "up to"."""
    point = quantity.low if quantity.bound is Bound.RANGE else shared.number_said(quantity)
    return shared.as_number(quantity, point)


def decide(case: Case) -> Figures:
    """The latest figure, else the majority's, else the lowest."""
    if not case.standing:
        return shared.from_parts(NAME, case)
    counted = shared.firm(case.standing)
    if not counted:
        return shared.refused(NAME, "nobody gives a number")
    if len(shared.behind(counted)) == 1:
        return shared.one_number(NAME, shared.most(counted)[0], "the one figure given")
    last = shared.latest(counted)
    recent = list(shared.behind(last))
    if len(recent) == 1:
        return shared.one_number(NAME, recent[0], "the figure of the most recent source")
    backed, numbers = shared.behind(counted), shared.most(counted)
    if len(numbers) == 1 and len(backed[numbers[0]]) > 1:
        return shared.one_number(NAME, numbers[0], f"which {len(backed[numbers[0]])} sources give, more than any other")
    return shared.one_number(NAME, recent[0], "the lowest, since the latest reports differ and none has a majority")


_ABOUT = "killed and injured: the latest figure, else the majority's, else the lowest"
RULES = RuleSet("gtd", 1, _ABOUT, read, decide, lambda measure: measure in ("killed", "injured"))
