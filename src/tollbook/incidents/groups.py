"""Happenings that hang together by strong ties become groups, each one event: best pairs first.

Input: nodes, their strong ties, and what any two of them score. Output: groups of their numbers. Two groups become one
where no report is in both and their members are tied on average; for a large group some members speak, so that a story
that a thousand papers copy costs no more for each paper than one of ten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from heapq import merge

from tollbook.incidents.blocks import order_of
from tollbook.incidents.reasons import LEAST
from tollbook.incidents.traits import Node
from tollbook.values import dataclass

# Two happenings are tied from this score on, and two groups join where their members' scores reach it on average.
ENOUGH = 0.0
# A tie counts for no more than this, and for no less than LEAST.
MOST = 4.0
# So many members of a group speak for it, spread evenly over its days.
SPEAKERS = 16
# A group never grows beyond this: a runaway merge is stopped with a notice.
CAP = 2000

Score = Callable[[int, int], float]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups of node numbers, and whether the cap stopped a merge."""

    groups: tuple[tuple[int, ...], ...]
    capped: bool = False


@dataclass(slots=True)
class _Group:
    """Nodes by their rank in the order of days, and their reports."""

    ranks: list[int]
    reports: set[str]

    @property
    def name(self) -> tuple[int, int]:
        """What tells a group from all others and from what it was when it was smaller."""
        return self.ranks[0], len(self.ranks)

    @property
    def speakers(self) -> Sequence[int]:
        """Those who speak for all."""
        size = len(self.ranks)
        return self.ranks if size <= SPEAKERS else [self.ranks[n * size // SPEAKERS] for n in range(SPEAKERS)]


def grouped(nodes: Sequence[Node], strong: Mapping[tuple[int, int], float], score: Score) -> Grouped:
    """The groups of some nodes, given the strong ties between them; their numbers decide nothing."""
    ordered = sorted(nodes, key=order_of)
    rank = {node.index: place for place, node in enumerate(ordered)}
    ties = ((-value, rank[left], rank[right]) for (left, right), value in strong.items())
    best = sorted((value, min(left, right), max(left, right)) for value, left, right in ties)
    home = [_Group([place], {node.report}) for place, node in enumerate(ordered)]
    apart: set[tuple[int, ...]] = set()
    capped = False
    for _, left, right in best:
        one, other = home[left], home[right]
        if other.ranks < one.ranks:
            one, other = other, one
        pair = (*one.name, *other.name)
        if one is other or pair in apart or not one.reports.isdisjoint(other.reports):
            continue
        if len(one.ranks) + len(other.ranks) > CAP:
            capped = True
        elif _agree(one, other, lambda a, b: score(ordered[a].index, ordered[b].index)):
            for place in other.ranks:
                home[place] = one
            one.ranks = list(merge(one.ranks, other.ranks))
            one.reports |= other.reports
        else:
            apart.add(pair)
    groups = {group.ranks[0]: group.ranks for group in home}
    return Grouped(tuple(tuple(ordered[place].index for place in ranks) for ranks in groups.values()), capped)


def _agree(one: _Group, other: _Group, score: Score) -> bool:
    """True where two groups may be one: on average those who speak for them are tied."""
    total, asked = 0.0, 0
    for left in one.speakers:
        for right in other.speakers:
            value = score(left, right)
            total += min(MOST, max(LEAST, value))
            asked += 1
    return total >= ENOUGH * asked
