"""Parts and wholes: what parts demand of the whole they lie in.

Input: the figures of groups that lie in a group. Output: lower ends for it. "Twenty women and twelve children were
killed" makes all at least 32, out of one report; figures of two reports are never added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tollbook.findings.cases import Stated
from tollbook.findings.constraints import pairs
from tollbook.findings.intervals import position
from tollbook.findings.roles import only_some
from tollbook.lexicon import Taxonomy
from tollbook.lexicon.taxonomy import Over
from tollbook.model import Number
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A lower end that parts give their whole: `low`, the parts added up, and `point` where all of them are numbers.

    `complete` is true where nobody calls them parts of a larger figure: "three soldiers were killed" and no more.
    """

    low: Number
    stated: tuple[Stated, ...]
    point: Number | None
    complete: bool


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
    lone = defaultdict(list)
    for one in own:
        lone[one.claim.report].append(one)
    found += [_single(one, lone[one.claim.report]) for one in own]
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
    disputed = next(iter(pairs(some, over)), None) is not None
    return position(one.interval for one in some).low if disputed else None


def _single(one: Stated, beside: Sequence[Stated]) -> Part:
    """A part by itself; what is newly added, or the one victim of whom a report tells, is called a part of no more."""
    lone = len(beside) == 1 and one.claim.quantity.high == 1 and not one.of_larger
    alone = one.claim.basis == "increment" or lone
    return Part(one.interval.low, (one,), one.point if alone else None, alone)


def _added(group: str, said: Mapping[str, Stated], floors: Mapping[str, Number | None], taxonomy: Taxonomy) -> Part:
    """The highest lower end that one report's parts give: the largest, or the sum of parts that share no member."""
    chosen = _largest(group, said, floors, taxonomy)
    return _sum(tuple(said[name] for name in chosen), sum(_low(name, said, floors) for name in chosen))


def _sum(some: tuple[Stated, ...], low: Number) -> Part:
    complete = all(one.claim.basis != "part" and not one.of_larger for one in some)
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
    if len(options) < 2:
        return options[0] if options else ()
    for together in taxonomy.disjoint:
        inside = sorted(name for name in together if group in taxonomy.wholes(name))
        parts = [(name,) if name in said else _largest(name, said, floors, taxonomy) for name in inside]
        options.append(tuple(name for part in parts for name in part))
    filled = [option for option in options if option]
    return max(filled, key=lambda option: sum(_low(name, said, floors) for name in option), default=())


def part_ids(part: Part) -> tuple[str, ...]:
    return tuple(sorted({claim for one in part.stated for claim in one.ids}))
