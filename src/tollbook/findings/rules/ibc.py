"""ibc@1: the minimum and the maximum of civilians killed, after Iraq Body Count.

Source: IBC, "Methods", 3.1 "Standardization and reliability", the list of extracted variables (5 minimum deaths, 6
maximum deaths); its database's columns, reported minimum and maximum of civilians killed; both are given where reports
differ or where it is unclear whether a person was a civilian, as the house's statement is reported.
Reads: "at least 40", "more than 40", "about 40" as 40 at both ends; "10 to 40" as that; "dozens" as 24 and "several" as
3 at both ends, the least that the words allow; "up to 40" raises the maximum alone (all assumed).
Decides: minimum and maximum are the lowest and highest of what reports give, without words where there are numbers and
without lower counts told before a higher one while the toll unfolded (assumed). Who is not said to fight counts as a
civilian (assumed): "twelve people, three of them soldiers" are nine. Where fighters are counted in the incident, but
not by the text that counts all, the figure of all is of unclear status, no minimum and at most a maximum. Where some
count civilians and others all, the civilians are the minimum. Police count (assumed); soldiers and militants do not.
There is no best.
Refused: all but deaths; soldiers and militants. Where nobody tells civilians from fighters the minimum is 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

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
    """Without fighters. A figure of all is one of civilians without the fighters that its text counts among them.

    Where others count fighters and the text does not, its status is unclear: it stays a figure of all.
    """
    kept = {group: some for group, some in groups.items() if group not in FIGHTERS}
    fighters = [one for group in FIGHTERS for one in groups.get(group, ()) if _fought(one)]
    within: dict[str, list[Counted]] = defaultdict(list)
    for one in fighters:
        if one.claim.part_of is not None:
            within[one.claim.part_of].append(one)
    everyone = kept.pop("all", ())
    clear = [_without(one, within[one.claim.id]) for one in everyone if one.claim.id in within or not fighters]
    pooled = (*clear, *kept.pop("civilians", ()))
    unclear = tuple(one for one in everyone if fighters and one.claim.id not in within)
    return {**kept, **({"all": unclear} if unclear else {}), **({"civilians": pooled} if pooled else {})}


def _without(one: Counted, fighters: Sequence[Counted]) -> Counted:
    """ "Twelve people, three of them soldiers" counts nine who are not said to fight."""
    if not fighters:
        return one
    return replace(one, less=replace(fighters[0], sum_of=tuple(fighters)))


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
