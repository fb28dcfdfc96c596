"""All happenings and what ties them, kept as reports come: a new one is compared with those near it, and no others.

Input: nodes, a few at a time. Output: the groups that changed, or all. Whatever the order and the portions in which
nodes are added, and whatever was there in between, the groups are those of all nodes at once; what a node costs doesn't
grow with how many there are.

    index = Index()
    index.add(nodes)          # a report's happenings
    index.regroup()           # the groups that are gone, and those there are instead
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import field
from itertools import chain

from tollbook.incidents.blocks import Blocks, Pair
from tollbook.incidents.groups import ENOUGH, Grouped, grouped
from tollbook.incidents.kept import Keys, SortedKeys
from tollbook.incidents.reasons import LEAST, Reason, score, value
from tollbook.incidents.traits import Node
from tollbook.model import sheet_of
from tollbook.values import dataclass

# More nodes than this that hang together are a crowd: only ties count there that are stronger by one, and so on.
PART, LEVELS = 400, 8

Group = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of groups: those that are no more, and those that are there instead."""

    gone: tuple[Group, ...]
    new: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """All that an index keeps: nodes by number, their strong ties, what hangs together by these, and their keys.

    A part is what hangs together, in its groups; it is named by its smallest number, and `part_of` gives each node's.
    """

    nodes: MutableMapping[int, Node] = field(default_factory=dict)
    ties: MutableMapping[int, Mapping[int, float]] = field(default_factory=dict)
    part_of: MutableMapping[int, int] = field(default_factory=dict)
    parts: MutableMapping[int, Grouped] = field(default_factory=dict)
    keys: Keys = field(default_factory=SortedKeys)


class Index:
    """Adds nodes to what is kept and takes them away; `compared` counts the scores worked out."""

    def __init__(self, links: Links | None = None) -> None:
        self._links = links or Links()
        self.compared = 0
        self._blocks = Blocks(self._links.keys)
        self._touched: set[int] = set()
        self._gone: set[Group] = set()
        self._asked: dict[Pair, float] = {}

    @property
    def nodes(self) -> Mapping[int, Node]:
        """All nodes by number."""
        return self._links.nodes

    def add(self, nodes: Sequence[Node]) -> None:
        """Compare each node with those that it is near; each has a number of its own."""
        for node in nodes:
            self._links.nodes[node.index] = node
            self._links.ties[node.index] = {}
            self._touched.add(node.index)
        ordered, lost = self._blocks.expect(nodes)
        self._forget(lost)
        ahead = {node.index for node in ordered}
        for node in ordered:
            ahead.discard(node.index)
            near, lost = self._blocks.add(node)
            self._compare((node.index, other) for other in near - ahead)
            self._forget(lost)

    def remove(self, numbers: Iterable[int]) -> None:
        """Take nodes away, as if they had never been there."""
        for number in numbers:
            if number in self._links.part_of:
                self._touched.update(self._break_up(self._links.part_of[number]))
            for other in list(self._links.ties[number]):
                self._untie(number, other)
            gained = self._blocks.remove(self._links.nodes[number])
            del self._links.nodes[number], self._links.ties[number]
            self._touched.discard(number)
            self._compare(gained)
        self._asked.clear()

    def _break_up(self, name: int) -> set[int]:
        """Take a part away; returns its members."""
        part = self._links.parts.pop(name)
        self._gone.update(part.groups)
        members = set(chain.from_iterable(part.groups))
        for member in members:
            del self._links.part_of[member]
        return members

    def _compare(self, pairs: Iterable[Pair]) -> None:
        """Tie those of some pairs that are near by now and score enough."""
        for left, right in pairs:
            tie = self.score(left, right)
            if tie >= ENOUGH:
                self._tie(left, right, tie)

    def _forget(self, lost: Iterable[Pair]) -> None:
        """Untie those of some pairs that are near no more."""
        nodes, ties = self._links.nodes, self._links.ties
        for left, right in lost:
            if right in ties[left] and not self._blocks.are_near(nodes[left], nodes[right]):
                self._untie(left, right)

    def _tie(self, left: int, right: int, tie: float) -> None:
        ties = self._links.ties
        ties[left], ties[right] = {**ties[left], right: tie}, {**ties[right], left: tie}
        self._touched.update((left, right))

    def _untie(self, left: int, right: int) -> None:
        for one, other in ((left, right), (right, left)):
            self._links.ties[one] = {number: tie for number, tie in self._links.ties[one].items() if number != other}
        self._touched.update((left, right))

    def score(self, left: int, right: int) -> float:
        """How much speaks for two nodes being of one event, exact above LEAST; no report tells of an event twice."""
        known = self._links.ties[left].get(right)
        if known is not None:
            return known
        one, other = self._two(left, right)
        if one.report == other.report or _are_rows(one.report, other.report):
            return LEAST
        self.compared += 1
        return value(one, other)

    def why(self, left: int, right: int) -> tuple[float, tuple[Reason, ...]]:
        """The score of two nodes with its reasons, which are not kept: no run holds those of all pairs."""
        return score(*self._two(left, right))

    def _two(self, left: int, right: int) -> tuple[Node, Node]:
        """Two nodes in an order that their numbers don't decide."""
        one, other = self._links.nodes[left], self._links.nodes[right]
        return (one, other) if one.key < other.key else (other, one)

    # ---- groups ----

    def regroup(self) -> Changes:
        """Group anew what hangs together with anything that was added or taken away since the last time."""
        ahead, done = sorted(self._touched), set[int]()
        new = set[Group]()
        crowds = [set[int]() for _ in range(LEVELS)]
        while ahead:
            number = ahead.pop()
            if number in done:
                continue
            members = self._hanging_together(number, crowds)
            done |= members
            for member in members:
                if member in self._links.part_of:
                    ahead.extend(self._break_up(self._links.part_of[member]) - done)
            part, name = self._grouped(members), min(members)
            new.update(part.groups)
            self._links.parts[name] = part
            for member in members:
                self._links.part_of[member] = name
        changes = Changes(tuple(sorted(self._gone - new)), tuple(sorted(new - self._gone)))
        self._touched.clear()
        self._gone.clear()
        return changes

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
            for other, tie in self._links.ties[ahead.pop()].items():
                if tie >= least and other not in found:
                    found.add(other)
                    ahead.append(other)
        return found

    def _grouped(self, part: set[int]) -> Grouped:
        if len(part) == 1:
            return Grouped((tuple(part),))
        ties = self._links.ties
        strong = {(a, b): tie for a in part for b, tie in ties[a].items() if a < b and b in part}
        return grouped([self._links.nodes[number] for number in part], strong, self._asked_for)

    def _asked_for(self, left: int, right: int) -> float:
        """A score that grouping asks for, kept for the next time that something near is grouped anew."""
        pair = (left, right) if left < right else (right, left)
        if pair not in self._asked:
            self._asked[pair] = self.score(left, right)
        return self._asked[pair]

    def group_of(self, number: int) -> Group:
        """The group of a node, as of the last time."""
        part = self._links.parts[self._links.part_of[number]]
        return next(group for group in part.groups if number in group)

    @property
    def groups(self) -> list[Group]:
        """All groups, as of the last time."""
        return [group for part in self._links.parts.values() for group in part.groups]

    def is_capped(self, number: int) -> bool:
        """True for a node of a part in which the cap stopped a merge."""
        return self._links.parts[self._links.part_of[number]].capped

    @property
    def capped(self) -> frozenset[int]:
        """The nodes of parts in which the cap stopped a merge."""
        parts = [part for part in self._links.parts.values() if part.capped]
        return frozenset(number for part in parts for group in part.groups for number in group)


def _are_rows(one: str, other: str) -> bool:
    """True for two rows of one spreadsheet: who made it holds their events apart."""
    sheet = sheet_of(one)
    return sheet is not None and sheet == sheet_of(other)
