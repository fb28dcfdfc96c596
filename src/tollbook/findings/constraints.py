"""What figures demand of each other: pairs that can't both be true, and parts that bound their whole from below.

Input: the figures that stand. Output: conflicts as pairs of claims, and the bounds that parts give. "Twenty women were
killed" makes all at least 20; next to "18 people were killed" one of the two is wrong.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval, position
from tollbook.lexicon import Taxonomy
from tollbook.lexicon.taxonomy import Over
from tollbook.model import Claim, Number

Role = Literal["total", "part", "increment"]

# "Five of those", "two of the victims" count some of people told of before; "13 of the countries" may be all that do.
_OF_THOSE = re.compile(
    r"\bof (?:those|them|these|whom|the (?:victims|dead|deceased|killed|wounded|injured|bodies|casualties|missing))\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:(?:only|just|at least|about|another) )?(?:one|1)\b", re.IGNORECASE)

# A person can't read a thousand conflicts: past this many the pairs are cut and the derivation says how many there are.
SHOWN = 40
# Past this many different figures only the lowest and the highest are held against each other; conflicts show there.
COMPARED = 300


@dataclass(frozen=True, slots=True)
class Part:
    """A lower end that parts give their whole: `low`, the parts added up, and `point` where all of them are numbers.

    `complete` is true where nobody calls them parts of a larger figure: "three soldiers were killed" and no more.
    """

    low: Number
    stated: tuple[Stated, ...]
    point: Number | None
    complete: bool


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Minimal conflicts as claim ids, how many there are in all, and the claims caught up in any."""

    shown: tuple[tuple[str, ...], ...] = ()
    count: int = 0
    claims: frozenset[str] = frozenset()


# ---- what a claim is of its group ----


def role(claim: Claim, by_id: Mapping[str, Claim], most: Mapping[tuple[str, str], Number]) -> Role:
    """Whether a claim gives the total of its group, a part of that, or what was newly added.

    "540, including 97 women" gives the total of women; "540, 20 of them on the road" gives a part. "Two of those" and a
    lone victim ("his sister") are parts where the report counts more of that group (`most`, by report and group).
    """
    if claim.basis == "increment":
        return "increment"
    whole = by_id.get(claim.part_of) if claim.part_of else None
    if whole is not None:
        return "part" if (whole.measure, whole.group) == (claim.measure, claim.group) else "total"
    if claim.basis == "part" and (claim.group == "all" or claim.quantity.high == 1):
        return "part"
    some = _OF_THOSE.search(claim.said) or (claim.quantity.high == 1 and not _COUNTED.match(claim.said))
    return "part" if some and most.get((claim.report, claim.group), 0) > (claim.quantity.low or 0) else "total"


def only_some(one: Stated, taxonomy: Taxonomy) -> tuple[str | None, str | None]:
    """Whose people a claim counts ("Northlanders") and which kind ("priests"), each None where it counts all."""
    return one.claim.affiliation, taxonomy.kind(one.claim.said) if one.claim.group == "all" else None


def of_some(stated: Sequence[Stated], taxonomy: Taxonomy) -> frozenset[str]:
    """Claims that count only some ("five Northlanders", "six priests") though nothing marks them as parts.

    Where one such description alone is ever given, its figure is the whole. Where figures without one or with another
    stand beside it, it is a part, but for a figure that equals theirs.
    """
    whose = {one.claim.id: only_some(one, taxonomy) for one in stated}
    if len(set(whose.values())) < 2:
        return frozenset()
    plain = [one.reach for one in stated if whose[one.claim.id] == (None, None)]
    return frozenset(
        one.claim.id
        for one in stated
        if whose[one.claim.id] != (None, None) and not any(one.reach.meets(each) for each in plain)
    )


# ---- parts and wholes ----


def lower_bounds(
    group: str, members: Mapping[str, Sequence[Stated]], own: Sequence[Stated], taxonomy: Taxonomy, over: Over
) -> list[Part]:
    """The bounds that parts give `group`, highest first: each part's own, and each report's parts added up.

    `members` are the figures of groups that lie in it, `own` parts of the group itself. Groups that share no member
    are added up within a report, never across reports: two reporters name the same people differently. Where a
    part's own figures are disputed, the lowest counts.
    """
    floors = {name: _floor(some, over) for name, some in members.items()}
    by_report: dict[str, dict[str, Stated]] = defaultdict(dict)
    for name, some in members.items():
        for one in some:
            best = by_report[one.claim.report].get(name)
            if best is None or (-one.interval.low, one.claim.id) < (-best.interval.low, best.claim.id):
                by_report[one.claim.report][name] = one
    found = [_added(group, said, floors, taxonomy) for _, said in sorted(by_report.items())]
    for name, floor in floors.items():
        one = min(
            (said[name] for said in by_report.values() if name in said),
            key=lambda one: (-one.interval.low, one.claim.id),
        )
        found.append(_sum((one,), one.interval.low if floor is None else floor))
    found += [_single(one) for one in own]
    once = {part_ids(part): part for part in found if part.low > 0}
    return sorted(once.values(), key=lambda part: (-part.low, part_ids(part)))


def by_description(some: Sequence[Stated], taxonomy: Taxonomy) -> list[Part]:
    """Bounds from figures of several affiliations, or of several kinds: those of one report are added up.

    Nobody is of two affiliations or counted as of two kinds; but a priest may be a Northlander.
    """
    by_report: dict[tuple[str, bool], dict[tuple[str | None, str | None], Stated]] = defaultdict(dict)
    for one in sorted(some, key=lambda one: (-one.interval.low, one.claim.id)):
        whose, kind = only_some(one, taxonomy)
        by_report[one.claim.report, whose is None].setdefault((whose, None if whose else kind), one)
    return [_sum(tuple(said.values()), sum(one.interval.low for one in said.values())) for said in by_report.values()]


def _floor(some: Sequence[Stated], over: Over) -> Number | None:
    """The lowest that disputed figures leave; None where they are not disputed, so that each counts as stated."""
    disputed = next(iter(_pairs(some, over)), None) is not None
    return position(one.interval for one in some).low if disputed else None


def _single(one: Stated) -> Part:
    alone = one.claim.basis == "increment"
    return Part(one.interval.low, (one,), one.point if alone else None, alone)


def _added(group: str, said: Mapping[str, Stated], floors: Mapping[str, Number | None], taxonomy: Taxonomy) -> Part:
    """The highest lower end that one report's parts give: the largest, or the sum of parts that share no member."""
    chosen = _largest(group, said, floors, taxonomy)
    return _sum(tuple(said[name] for name in chosen), sum(_low(name, said, floors) for name in chosen))


def _sum(some: tuple[Stated, ...], low: Number) -> Part:
    complete = all(one.claim.basis != "part" and one.claim.part_of is None for one in some)
    numbers = [one.point for one in some if one.point is not None]
    return Part(low, some, sum(numbers) if len(numbers) == len(some) and sum(numbers) >= low else None, complete)


def _low(name: str, said: Mapping[str, Stated], floors: Mapping[str, Number | None]) -> Number:
    floor = floors[name]
    return said[name].interval.low if floor is None else min(floor, said[name].interval.low)


def _largest(
    group: str, said: Mapping[str, Stated], floors: Mapping[str, Number | None], taxonomy: Taxonomy
) -> tuple[str, ...]:
    """Names of parts that share no member and add up highest, ties to the earlier name; nested parts count once."""
    options: list[tuple[str, ...]] = [(name,) for name in sorted(said) if group in taxonomy.wholes(name)]
    for together in taxonomy.disjoint:
        inside = sorted(name for name in together if group in taxonomy.wholes(name))
        parts = [(name,) if name in said else _largest(name, said, floors, taxonomy) for name in inside]
        options.append(tuple(name for part in parts for name in part))
    filled = [option for option in options if option]
    return max(filled, key=lambda option: sum(_low(name, said, floors) for name in option), default=())


# ---- conflicts ----


def contradict(one: Stated, other: Stated, over: Over) -> bool:
    """True where two figures of one count can't both be true.

    A toll rises while it unfolds: a lower figure told earlier, in that time, is no contradiction. People missing or
    displaced may be more or fewer the day after. What grows by nature contradicts only what is told of the same day.
    """
    if one.reach.meets(other.reach):
        return False
    if over == "grows":
        return one.told is not None and one.told == other.told
    low, high = (one, other) if one.reach.below(other.reach) else (other, one)
    if low.told is None or high.told is None:
        return True
    if over == "either":
        return not (low.told < high.told and low.early) and not (high.told < low.told and high.early)
    return not (low.told < high.told and low.early)


def conflicts(standing: Sequence[Stated], parts: Sequence[Part], over: Over) -> Conflicts:
    """All pairs of different figures that contradict, and each whole with the parts that exceed it."""
    pairs = list(_pairs(standing, over))
    too_much = [
        (whole, part) for whole in _different(standing) for part in parts[:COMPARED] if exceeds(part, whole, over)
    ]
    found = {tuple(sorted({*one.ids, *other.ids})) for one, other in pairs}
    found |= {tuple(sorted({*whole.ids, *part_ids(part)})) for whole, part in too_much}
    ordered = _minimal(found)
    # A party that says the same again, years later, is in the same conflict as when it first said it.
    caught = {_figure(one) for pair in pairs for one in pair} | {_figure(whole) for whole, _ in too_much}
    return Conflicts(
        tuple(ordered[:SHOWN]), len(ordered), frozenset(one.claim.id for one in standing if _figure(one) in caught)
    )


def _figure(one: Stated) -> tuple[str, Interval]:
    return one.voice.party, one.reach


def _minimal(found: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Conflicts that hold no smaller one. Pairs are minimal; sums of parts may hold a part that is too much alone."""
    holding: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for some in found:
        if len(some) > 2:
            holding[some[0]].append(some)
    return sorted(some for some in found if len(some) < 3 or not _holds_smaller(some, found, holding))


def _holds_smaller(
    some: tuple[str, ...], found: set[tuple[str, ...]], holding: Mapping[str, Sequence[tuple[str, ...]]]
) -> bool:
    if any(pair in found for pair in combinations(some, 2)):
        return True
    ids = set(some)
    return any(ids > set(other) for claim in some for other in holding[claim] if len(other) < len(some))


def part_ids(part: Part) -> tuple[str, ...]:
    return tuple(sorted({claim for one in part.stated for claim in one.ids}))


def exceeds(part: Part, whole: Stated, over: Over) -> bool:
    """True where the parts are more than their whole, and the whole can't have grown since it was told."""
    if whole.reach.high is None or part.low <= whole.reach.high:
        return False
    days = [one.told for one in part.stated]
    later = whole.told is not None and all(day is not None and day > whole.told for day in days)
    return over != "grows" and not (whole.early and later)


def _pairs(standing: Sequence[Stated], over: Over) -> Iterable[tuple[Stated, Stated]]:
    """A contradicting pair for each two figures of parties that contradict; of very many, for each two figures."""
    some = _different(standing)
    many = len(some) > COMPARED
    seen: set[object] = set()
    for index, one in enumerate(some):
        for other in some[index + 1 :]:
            if one.reach.meets(other.reach):
                continue
            figures = (one.reach, other.reach) if many else frozenset((_figure(one), _figure(other)))
            if figures not in seen and contradict(one, other, over):
                seen.add(figures)
                yield one, other


def _different(standing: Sequence[Stated]) -> list[Stated]:
    """The claims by which each party's figure may contradict: told first, told last, no early count.

    Of very many figures only the lowest and the highest ends are held against each other, whoever says them.
    """
    by_figure: dict[object, list[Stated]] = defaultdict(list)
    figures = {one.reach for one in standing}
    shared = len(figures) > COMPARED // 2 or len({_figure(one) for one in standing}) > COMPARED
    kept = _extremes(figures)
    for one in sorted(standing, key=_told_order):
        if one.reach in kept:
            by_figure[one.reach if shared else _figure(one)].append(one)
    chosen: dict[str, Stated] = {}
    for some in by_figure.values():
        late = [one for one in some if not one.early or one.told is None][:1]
        chosen.update({one.claim.id: one for one in (some[0], some[-1], *late)})
    return list(chosen.values())


def _extremes(figures: set[Interval]) -> set[Interval]:
    """All figures where they are few, else those that end lowest and those that begin highest: conflicts show there."""
    if len(figures) <= COMPARED:
        return figures
    lowest = sorted(
        (figure for figure in figures if figure.high is not None), key=lambda figure: (figure.high or 0, figure.low)
    )
    highest = sorted(figures, key=lambda figure: (-figure.low, figure.high is None, figure.high or 0))
    return {*lowest[: COMPARED // 2], *highest[: COMPARED // 2]}


def _told_order(one: Stated) -> tuple[bool, str, str]:
    return (one.told is None, one.told.isoformat() if one.told else "", one.claim.id)
