"""ibc@1: the minimum and the maximum of civilians killed, after Iraq Body Count.

Source: IBC, "Methods", section 3 "Data extraction" (minimum and maximum deaths of an incident) and its database's
columns, reported minimum and reported maximum of civilians killed.
Reads: "at least 40", "more than 40", "about 40" as 40 at both ends; "10 to 40" as that; "dozens" as 24 and "several" as
3 at both ends, the least that the words allow; "up to 40" raises the maximum alone (all assumed).
Decides: minimum and maximum are the lowest and highest of what reports give, without words where there are
numbers and without lower counts told before a higher one while the toll unfolded (assumed). Who is not said to fight
counts as a civilian (assumed), unless fighters are counted in the incident too: then a figure of all is of unclear
status, and is no minimum and at most a maximum. Where some count civilians and others all, the civilians are the
minimum. Police count (assumed); soldiers and militants do not. There is no best.
Refused: all but deaths; soldiers and militants. Where nobody tells civilians from fighters the minimum is 0.
"""

from __future__ import annotations

from tollbook.findings import words
from tollbook.findings.cases import Counted
from tollbook.findings.intervals import Interval
from tollbook.findings.rules import shared
from tollbook.findings.ruleset import Case, Figures, Groups, Meaning, RuleSet
from tollbook.model import Bound, Quantity

NAME = "ibc@1"
FIGHTERS = ("soldiers", "militants")


def read(quantity: Quantity) -> Meaning:
    """A quantity with both ends closed at the least that the words allow."""
    said = shared.number_said(quantity)
    low = quantity.low or 0 if said is None else said
    closed = quantity.bound in (Bound.RANGE, *shared.UPPER) and quantity.high is not None
    interval = Interval(low, quantity.high if closed else low)
    reach = Interval.reaching(quantity, shared.TOLERANCE)
    return Meaning(interval, Interval(min(low, reach.low), reach.high), low if interval.is_point else None)


def regroup(groups: Groups) -> Groups:
    """Without fighters; figures of all are civilians' where nobody counts fighters beside them."""
    kept = {group: some for group, some in groups.items() if group not in FIGHTERS}
    if "all" not in kept or any(_fought(one) for group in FIGHTERS for one in groups.get(group, ())):
        return kept
    pooled = (*kept.pop("all"), *kept.pop("civilians", ()))
    return {**kept, "civilians": pooled}


def _fought(one: Counted) -> bool:
    """ "No soldiers were killed" counts no fighter."""
    return one.claim.quantity.high != 0


def decide(case: Case) -> Figures:
    """The lowest and the highest that stand."""
    if not case.standing:
        return _from_parts(case)
    standing = shared.current(shared.numbers_first(case.standing))
    high = max(one.interval.high or 0 for one in standing)
    if case.group == "all":
        low = min(high, case.parts[0].low) if case.parts else 0
        span = words.span(Interval(low, high))
        return Figures(low, None, high, (f"{NAME}: fighters are counted among them, so that {span} were civilians.",))
    floors = [one for one in standing if one.quantity.bound not in shared.UPPER] or standing
    told = [one for one in floors if one.claim.group == "civilians"] or floors
    low = min(one.interval.low for one in told)
    step = f"{NAME}: the lowest and the highest that reports give, {words.span(Interval(low, high))}."
    return Figures(low, None, high, (step,))


def _from_parts(case: Case) -> Figures:
    found = shared.from_parts(NAME, case)
    return Figures(found.low, None, found.high, found.steps)


_ABOUT = "the minimum and the maximum of civilians killed"
_LEFT = "it counts fighters, and the method counts civilians alone"
RULES = RuleSet("ibc", 1, _ABOUT, read, decide, lambda measure: measure == "killed", regroup, _LEFT)
