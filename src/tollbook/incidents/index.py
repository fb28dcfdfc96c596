"""All happenings and what ties them, kept as reports come: a new one is compared with those near it, and no others.

Input: nodes, a few at a time. Output: the groups that changed, or all. Whatever the order and the portions in which
nodes are added, the groups are those of all nodes at once; what a node costs doesn't grow with how many there are.

    index = Index()
    index.add(nodes)          # a report's happenings
    index.regroup()           # the groups that are gone, and those there are instead
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tollbook.incidents.blocks import Blocks, Pair
from tollbook.incidents.groups import ENOUGH, Grouped, grouped
from tollbook.incidents.reasons import LEAST, Reason, score, value
from tollbook.incidents.traits import Node

# More nodes than this that hang together are a crowd: only ties count there that are stronger by one, and so on.
PART, LEVELS = 400, 8

Group = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of groups: those that are no more, and those that are there instead."""

    gone: tuple[Group, ...]
    new: tuple[Group, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Nodes that hang together by strong ties, and the groups that they make."""

    members: frozenset[int]
    made: Grouped


class Index:
    """Nodes by number, their strong ties, and the groups that these make; `compared` counts the scores worked out."""

    def __init__(self) -> None:
        self.nodes: dict[int, Node] = {}
        self.compared = 0
        self._blocks = Blocks()
        self._strong: dict[int, dict[int, float]] = {}
        self._parts: dict[int, _Part] = {}
        self._touched: set[int] = set()
        self._asked: dict[Pair, float] = {}

    def add(self, nodes: Sequence[Node]) -> None:
        """Compare each node with those that it is near; each has a number of its own."""
        for node in nodes:
            self.nodes[node.index] = node
            self._strong[node.index] = {}
            self._touched.add(node.index)
        ordered, lost = self._blocks.expect(nodes)
        self._forget(lost)
        for node in ordered:
            near, lost = self._blocks.add(node)
            for other in near:
                tie = self.score(node.index, other)
                if tie >= ENOUGH:
                    self._tie(node.index, other, tie)
            self._forget(lost)

    def _forget(self, lost: Iterable[Pair]) -> None:
        """Untie those of some pairs that are near no more."""
        for left, right in lost:
            if right in self._strong[left] and not self._blocks.are_near(left, right):
                self._untie(left, right)

    def _tie(self, left: int, right: int, tie: float) -> None:
        self._strong[left][right] = self._strong[right][left] = tie
        self._touched.update((left, right))

    def _untie(self, left: int, right: int) -> None:
        del self._strong[left][right], self._strong[right][left]
        self._touched.update((left, right))

    def score(self, left: int, right: int) -> float:
        """How much speaks for two nodes being of one event, exact above LEAST; a report tells of no event twice."""
        known = self._strong[left].get(right)
        if known is not None:
            return known
        one, other = self._two(left, right)
        if one.report == other.report:
            return LEAST
        self.compared += 1
        return value(one, other)

    def why(self, left: int, right: int) -> tuple[float, tuple[Reason, ...]]:
        """The score of two nodes with its reasons, which are not kept: no run holds those of all pairs."""
        return score(*self._two(left, right))

    def _two(self, left: int, right: int) -> tuple[Node, Node]:
        """Two nodes in an order that their numbers don't decide."""
        one, other = self.nodes[left], self.nodes[right]
        return (one, other) if one.key < other.key else (other, one)

    # ---- groups ----

    def regroup(self) -> Changes:
        """Group anew what hangs together with anything that was added since the last time."""
        ahead, done = list(self._touched), set[int]()
        gone, new = set[Group](), set[Group]()
        crowds = [set[int]() for _ in range(LEVELS)]
        while ahead:
            number = ahead.pop()
            if number in done:
                continue
            members = self._hanging_together(number, crowds)
            done |= members
            for before in {self._parts[member] for member in members if member in self._parts}:
                gone.update(before.made.groups)
                ahead.extend(before.members - done)
            part = _Part(frozenset(members), self._grouped(members))
            new.update(part.made.groups)
            self._parts.update(dict.fromkeys(members, part))
        self._touched.clear()
        return Changes(tuple(sorted(gone - new)), tuple(sorted(new - gone)))

    def _hanging_together(self, number: int, crowds: Sequence[set[int]]) -> set[int]:
        """All that a node hangs together with by strong ties; in a crowd, by so much stronger ones that it is none.

        What is found to be in a crowd is noted in `crowds`, one for each strength.
        """
        for level, crowd in enumerate(crowds):
            found = self._reached(number, ENOUGH + level, crowd)
            if found is not None:
                return found
        return self._reached(number, ENOUGH + LEVELS, None) or {number}

    def _reached(self, number: int, least: float, crowd: set[int] | None) -> set[int] | None:
        """The nodes reached over ties of this strength; None where they are of a crowd."""
        found, ahead = {number}, [number]
        while ahead:
            if crowd is not None and (len(found) > PART or ahead[-1] in crowd):
                crowd |= found
                return None
            for other, tie in self._strong[ahead.pop()].items():
                if tie >= least and other not in found:
                    found.add(other)
                    ahead.append(other)
        return found

    def _grouped(self, part: set[int]) -> Grouped:
        if len(part) == 1:
            return Grouped((tuple(part),))
        strong = {(a, b): tie for a in part for b, tie in self._strong[a].items() if a < b and b in part}
        return grouped([self.nodes[number] for number in part], strong, self._asked_for)

    def _asked_for(self, left: int, right: int) -> float:
        """A score that grouping asks for, kept for the next time that something near is grouped anew."""
        pair = (left, right) if left < right else (right, left)
        if pair not in self._asked:
            self._asked[pair] = self.score(left, right)
        return self._asked[pair]

    @property
    def groups(self) -> list[Group]:
        """All groups, as of the last time."""
        return list({group: None for part in self._parts.values() for group in part.made.groups})

    @property
    def capped(self) -> frozenset[int]:
        """The nodes of parts in which the cap stopped a merge."""
        return frozenset(number for number, part in self._parts.items() if part.made.capped)
