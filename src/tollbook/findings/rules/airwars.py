"""airwars@1: a minimum and a maximum for each group, after Airwars' published method.

Reads: "dozens" and "a large number" as 12 to 24, "many" as 5 to 10, "others", "a number", "several" and other plurals
as 2; "hundreds" as 100 and more, "at least 5" as 5, "more than 15" as 16, "up to 7" as 7 at the most; unknown is no
figure, never 0. "Several people were killed and injured" is 2 killed and 2 injured, "a number of casualties" 0 to 2 of
either. Victims that a report counts before any dead of its own are dead.
Groups: who is not said to be a fighter counts as a civilian, women and children too, so that figures of all and of
civilians are one row, `civilians`, but for a figure of all that a text divides itself ("six members, five of them
civilians") and for a sum with fighters in it. A report that opens with some group ("six men were killed") gives with
it its figure of all.
Decides: the minimum is what a report sums up first in its own name, "several sources" included, else the lowest that
it quotes; the maximum is the highest of all that is said, early counts too. "Up to 7" closes the top and says nothing
of the bottom where others do. Words count where nobody gives a number; one that lies above all numbers raises the
maximum where the summary says it, and that of the injured, who are seldom counted, whoever says it.
No best is given: the method has none. Assumed, since no clause says it: own voice before quoted voices, words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tollbook.findings import words
from tollbook.findings.cases import Counted, Sorted, Stated
from tollbook.findings.intervals import Interval
from tollbook.findings.parts import Part
from tollbook.findings.rules import shared
from tollbook.findings.ruleset import Case, Figures, Groups, Lists, Meaning, RuleSet
from tollbook.lexicon.taxonomy import Taxonomy
from tollbook.model import Bound, Claim, Number, Quantity

NAME = "airwars@1"
WORDS: dict[str, tuple[Number, Number | None]] = {
    "dozens": (12, 24), "large number": (12, 24), "tens": (10, None), "scores": (20, None), "hundreds": (100, None),
    "many": (5, 10), "others": (2, 2), "number": (2, 2), "unknown number": (2, 2), "unspecified number": (2, 2),
    "undetermined number": (2, 2), "several": (2, 2), "numerous": (2, 2), "some": (2, 2), "few": (2, 2),
    "multiple": (2, 2), "various": (2, 2),
}  # fmt: skip
# So many code points from its start a report sums up what it tells of.
OPENING = 300
_ARTICLE = re.compile(r"^(?:a|an|the) ")
_CLOSED = (Bound.AT_LEAST, Bound.ABOUT)
_WHOLE = ("civilians", "all")
_FIGHTERS = ("soldiers", "police", "militants")
_EITHER, _EACH = "killed_or_injured", ("killed", "injured")
# So many victims are those of many incidents.
MOST_VICTIMS = 1000
_VICTIMS = re.compile(r"\b(?:victims|martyrs)\b", re.IGNORECASE)
_CASUALTIES = re.compile(r"casualt", re.IGNORECASE)


def read(quantity: Quantity) -> Meaning:
    """A quantity as its minimum and maximum in the house's own reading of words."""
    interval = _interval(quantity)
    allowed = Interval.reaching(quantity, shared.TOLERANCE)
    reach = Interval(min(interval.low, allowed.low), allowed.high)
    return Meaning(interval, reach, interval.low if interval.is_point else None)


def _interval(quantity: Quantity) -> Interval:
    word = _ARTICLE.sub("", quantity.word or "")
    if word in WORDS:
        low, high = WORDS[word]
        return Interval(min(low, quantity.low or 0), high) if quantity.low == 0 else Interval(low, high)
    if quantity.bound is Bound.MORE_THAN and quantity.low is not None:
        return Interval(quantity.low, quantity.low)
    if quantity.bound in _CLOSED and quantity.value is not None:
        return Interval(quantity.value, quantity.value)
    if quantity.bound is Bound.AT_MOST and quantity.value is not None:
        return Interval(min(1, quantity.value), quantity.value)
    return Interval.of(quantity)


# ---- what is counted as one ----


def remeasure(lists: Lists) -> Lists:
    """ "Several people were killed and injured" as several of each, "casualties" as perhaps none, victims as dead."""
    merged = lists.get((_EITHER, "person"), Sorted())
    told = {group: tuple(map(_either, filter(_is_word, some))) for group, some in merged.counted.items()}
    told = {group: some for group, some in told.items() if some}
    each = {(measure, "person"): _with(lists.get((measure, "person"), Sorted()), told) for measure in _EACH}
    return _with_victims({**lists, **each} if told else lists)


def _with_victims(lists: Lists) -> Lists:
    """ "Relatives named 16 victims", before a report counts its dead in its own name: the victims are the dead."""
    dead = lists.get(("killed", "person"), Sorted())
    own = [one.claim for group in _WHOLE for one in dead.counted.get(group, ()) if _is_own(one.claim)]
    counted = {(one.report, one.span.start) for one in own if one.basis == "incident"}
    victims = {
        group: tuple(one for one in some if _counts_victims(one.claim, counted))
        for group, some in lists.get(("affected", "person"), Sorted()).counted.items()
    }
    victims = {group: some for group, some in victims.items() if some}
    return {**lists, ("killed", "person"): _with(dead, victims)} if victims else lists


def _counts_victims(claim: Claim, counted: Iterable[tuple[str, int]]) -> bool:
    """True for a number of victims, two or more and no list of a whole war, with no dead counted before it."""
    before = any(report == claim.report and start < claim.span.start for report, start in counted)
    number = claim.quantity.value is not None and 1 < claim.quantity.value < MOST_VICTIMS
    return number and not before and _VICTIMS.search(claim.said) is not None


def _either(one: Counted) -> Counted:
    perhaps = _CASUALTIES.search(one.claim.said)
    return replace(one, claim=replace(one.claim, quantity=replace(one.claim.quantity, low=0))) if perhaps else one


def _with(lists: Sorted, told: Groups) -> Sorted:
    groups = dict.fromkeys((*lists.counted, *told))
    return replace(lists, counted={group: (*lists.counted.get(group, ()), *told.get(group, ())) for group in groups})


def within(taxonomy: Taxonomy) -> Taxonomy:
    """Women, children and whoever else is not said to fight are civilians: those told one by one bound them."""
    wholes = {
        group: some if group in (*_WHOLE, *_FIGHTERS) or "civilians" in some or not some else ("civilians", *some)
        for group, some in taxonomy.within.items()
    }
    return replace(taxonomy, within=wholes, compared={})


def regroup(groups: Groups) -> Groups:
    """All and civilians as one group, without wholes that a text divides into civilians and others, with openings."""
    civilians = groups.get("civilians", ())
    divided = {one.claim.part_of for one in civilians}
    everyone = (one for one in groups.get("all", ()) if one.claim.id not in divided and not _has_fighters(one))
    pooled = (*civilians, *everyone, *_openings(groups))
    kept = {group: some for group, some in groups.items() if group not in _WHOLE}
    return {**kept, "civilians": pooled} if pooled else kept


def _has_fighters(one: Counted) -> bool:
    return any(each.claim.group in _FIGHTERS for each in one.sum_of)


def _openings(groups: Groups) -> list[Counted]:
    """The figure of some group that a report opens with: "Six men were killed", before any figure of everybody."""
    every = (one for some in groups.values() for one in some if one.claim.span.part == "text")
    first: dict[str, Counted] = {}
    for one in sorted(every, key=lambda one: (one.claim.span.start, -len(one.sum_of), one.claim.id)):
        first.setdefault(one.claim.report, one)
    return [
        replace(one, claim=replace(one.claim, group="civilians"))
        for _, one in sorted(first.items())
        if _opens(one.claim) and one.claim.group not in (*_WHOLE, *_FIGHTERS)
    ]


def _opens(claim: Claim) -> bool:
    return claim.span.start < OPENING and _is_own(claim) and claim.basis != "part" and claim.part_of is None


def _is_own(claim: Claim) -> bool:
    """True for what a report says in its own name, or after "several sources" that it doesn't name."""
    return all(link.kind in ("publisher", "anonymous") for link in claim.attribution)


# ---- minimum and maximum ----


def decide(case: Case) -> Figures:
    """The lowest and the highest of the totals that stand; of parts alone, what they add up to."""
    named = case.parts[0].low if case.parts and _is_roster(case.parts[0]) else 0
    if named and all(map(_is_lone, case.standing)):
        step = f"{NAME}: nobody gives a figure for {case.group}; so many are told of one by one."
        return Figures(named, None, named, (step,))
    if not case.standing:
        if not case.parts:
            return Figures(None, None, None, (f"{NAME}: no claim stands.",))
        part = case.parts[0]
        high = part.point if part.point is not None and part.point >= part.low else None
        step = f"{NAME}: nobody gives the whole; what is counted of some is added up."
        return Figures(part.low, None, high, (step,))
    weighed = _weighed(case)
    floors = _floors(weighed)
    own = _summaries(floors)
    low = min(one.interval.low for one in own or floors)
    tops = [one.interval.high for one in weighed]
    closed = [top for top in tops if top is not None]
    high = max(closed) if len(closed) == len(tops) else None
    whose = "the lowest that reports give first in their own name" if own else "the lowest of all figures"
    step = f"{NAME}: {whose} and the highest of all that stand, {words.span(Interval(low, high))}."
    return Figures(low, None, high, (step,))


def _weighed(case: Case) -> list[Stated]:
    """The figures that are numbers, and words above them all; where there is no number, the largest of the words."""
    numbers = [one for one in case.standing if not _is_word(one)]
    if not numbers:
        return [max(case.standing, key=lambda one: (one.interval.low, one.interval.high is None, one.claim.id))]
    top = max(one.interval.high or one.interval.low for one in numbers)
    above = [one for one in case.standing if _is_word(one) and one.interval.low > top]
    summed_up = any(one in above for one in _summaries(_floors(case.standing)))
    return [*numbers, *above] if summed_up or case.measure.name == "injured" else numbers


def _is_roster(part: Part) -> bool:
    """True for people told of one by one; the house counts names where sources give no figure."""
    return all(one.claim.roster for one in part.stated)


def _is_lone(one: Stated) -> bool:
    """ "A child", one of those told of one by one perhaps, and no figure of them all."""
    return one.quantity.high == 1 and not one.claim.said[:4].lower().startswith(("one", "1 ")) and one.quantity.low == 1


def _is_word(one: Counted | Stated) -> bool:
    return one.claim.quantity.bound is Bound.VAGUE


def _floors(some: Sequence[Stated]) -> Sequence[Stated]:
    """The figures that say something of the minimum; "up to 7" only where nothing else does."""
    return [one for one in some if one.quantity.bound is not Bound.AT_MOST] or some


def _summaries(floors: Iterable[Stated]) -> list[Stated]:
    """The first figure of each report that it gives in its own name."""
    first: dict[str, Stated] = {}
    for one in sorted(floors, key=lambda one: (one.claim.span.start, one.claim.id)):
        if _is_own(one.claim):
            first.setdefault(one.claim.report, one)
    return list(first.values())


RULES = RuleSet(
    "airwars", 1, "a minimum and a maximum for each group", read, decide,
    regroup=regroup, remeasure=remeasure, taxonomy=within, supersedes=False,
)  # fmt: skip
