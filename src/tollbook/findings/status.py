"""What became of figures over time, and how those that stand agree: the six statuses.

Input: the figures of one incident, measure, group and unit. Output: those that stand, those superseded, added-up
increments, a status. "The ministry said 12 on Monday, 17 on Tuesday" leaves 17, and 12 is superseded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tollbook.findings import words
from tollbook.findings.apart import agree
from tollbook.findings.cases import Stated
from tollbook.findings.conflicts import Conflicts
from tollbook.findings.intervals import Interval
from tollbook.findings.origins import parties
from tollbook.lexicon.taxonomy import Over
from tollbook.model import Status
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Superseded:
    """A figure and the later one of the same party that took its place; `fell` where the later one is lower."""

    earlier: Stated
    later: Stated

    @property
    def fell(self) -> bool:
        return self.later.reach.below(self.earlier.reach)


def supersede(totals: Sequence[Stated], over: Over) -> tuple[list[Stated], list[Superseded]]:
    """Totals that stand and those that a later total of the same party replaced while the toll was unfolding.

    A later figure that allows the earlier one ("at least 12" after "17") replaces nothing. What is told long after
    is no later count but another account: two figures decades apart contradict. What grows by nature is a series.
    """
    if over == "grows":
        return list(totals), []
    by_party: dict[str, list[Stated]] = defaultdict(list)
    for one in totals:
        if one.told is not None:
            by_party[one.voice.party].append(one)
    replaced: dict[str, Superseded] = {}
    for some in by_party.values():
        latest_first = _latest_of_each(some)
        for one in some:
            later = next((late for late in latest_first if _replaces(late, one)), None)
            if later is not None:
                replaced[one.claim.id] = Superseded(one, later)
    standing = [one for one in totals if one.claim.id not in replaced]
    return standing, [replaced[claim] for claim in sorted(replaced)]


def _latest_of_each(some: Sequence[Stated]) -> list[Stated]:
    """One claim for each day and figure of a party, the latest day first."""
    ordered = sorted(some, key=lambda one: (one.told is None or -one.told.toordinal(), one.claim.id))
    return list({(one.told, one.interval): one for one in reversed(ordered)}.values())[::-1]


def _replaces(late: Stated, one: Stated) -> bool:
    if late.told is None or one.told is None or not one.early or late.told <= one.told:
        return False
    return late.reach != one.reach and not late.reach.holds(one.reach)


def add_increments(standing: Sequence[Stated], increments: Sequence[Stated]) -> tuple[list[Stated], list[Stated]]:
    """Totals with what their own party added later, and the increments that have no base to be added onto.

    The base is the party's last total before the increment; where it gave a total on that day or since, that has the
    increment in it already.
    """
    by_party: dict[str, list[Stated]] = defaultdict(list)
    for one in increments:
        by_party[one.voice.party].append(one)
    result, loose = list(standing), []
    for party, added in sorted(by_party.items()):
        bases = [one for one in result if one.voice.party == party and one.told is not None]
        base = max(bases, key=lambda one: (one.told, one.interval.low, one.claim.id), default=None)
        onto, rest = _onto(base, added)
        loose += rest
        if base is not None and onto:
            result[result.index(base)] = _sum(base, onto)
    return result, loose


def _onto(base: Stated | None, added: Sequence[Stated]) -> tuple[list[Stated], list[Stated]]:
    """Increments told after the base, each figure of a day once, and the others."""
    if base is None or base.told is None:
        return [], list(added)
    later = [one for one in added if one.told is not None and one.told > base.told]
    once = {(one.told, one.interval): one for one in sorted(later, key=lambda one: one.claim.id, reverse=True)}
    chosen = sorted(once.values(), key=lambda one: (one.told, one.claim.id))
    return chosen, [one for one in added if one not in later]


def _sum(base: Stated, onto: Sequence[Stated]) -> Stated:
    """The base with all increments added; it speaks as of the last of them and rests on every claim."""
    some = (base, *onto)
    tops = [one.interval.high for one in some if one.interval.high is not None]
    points = [one.point for one in some if one.point is not None]
    interval = Interval(sum(one.interval.low for one in some), sum(tops) if len(tops) == len(some) else None)
    point = sum(points) if len(points) == len(some) else None
    ids = tuple(claim for one in some for claim in one.ids)
    last = onto[-1]
    new = words.listed(f"{words.quoted(one)}{words.day(one.told)}" for one in onto)
    told = f"{words.quoted(base)}{words.day(base.told)} and, newly added, {new}{_as_sum(some)}"
    return replace(
        base, told=last.told, early=last.early, interval=interval, reach=interval, point=point, sum_of=ids, added=told
    )


def _as_sum(some: Sequence[Stated]) -> str:
    """ " (8 + 2 + 1)", nothing where one of them is no number."""
    points = [words.number(one.point) for one in some if one.point is not None]
    return f" ({' + '.join(points)})" if len(points) == len(some) else ""


def status(standing: Sequence[Stated], gone: Sequence[Superseded], found: Conflicts, over: Over) -> Status:
    """The first that fits: disputed, series, superseded, compatible, agreed, single."""
    different = len({one.reach for one in standing})
    if found.count:
        return "disputed"
    if over == "grows" and different > 1:
        return "series"
    if gone:
        return "superseded"
    if different > 1:
        return "compatible"
    if len(parties(one.voice for one in standing)) < 2:
        return "single"
    if any(one.quantity.value is None for one in standing):
        return "compatible"  # "dozens" from two mouths is no figure that both give
    return "agreed" if agree(standing) else "single"
