"""The best consistent set: which of the figures that can't all be true fit together, with the most parties behind them.

Input: figures with their parties, and minimal conflicts among them. Output: the largest sets that hold no conflict.
"24" (Interior Ministry), "29" (Health Ministry), "at least 26" (Union): the last two fit together, the first doesn't.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import field
from typing import Generic, TypeVar

from tollbook.values import dataclass

T = TypeVar("T", bound=Hashable)

# Sets that are equally large are told up to this many; more of them say nothing to a reader.
TIES = 3
# Steps after which the search gives up, and says so by naming none: 50 figures take a few hundred as a rule.
STEPS = 1500


@dataclass(frozen=True, slots=True)
class Fits(Generic[T]):
    """The largest sets as members in their given order; none where there is no conflict or the search gave up.

    `more` is true where more than `TIES` sets are as large; `steps` is what the search took.
    """

    sets: tuple[tuple[T, ...], ...] = ()
    more: bool = False
    steps: int = 0


def best_sets(party: Mapping[T, str], conflicts: Collection[frozenset[T]]) -> Fits[T]:
    """All sets of figures without a conflict to which nothing can be added, with the most parties.

    A party stands behind a set with all that it says: who contradicts himself is behind neither figure. `party` gives
    each figure's, in the order of telling; `conflicts` are minimal, of two figures or more.
    """
    if not conflicts:
        return Fits()
    names = list(party)
    index = {name: place for place, name in enumerate(names)}
    search = _Search(
        _masks([party[name] for name in names]),
        sorted({sum(1 << index[name] for name in conflict) for conflict in conflicts}),
    )
    search.run((1 << len(names)) - 1)
    if search.steps > STEPS:
        return Fits(steps=search.steps)
    places = sorted([place for place in range(len(names)) if kept >> place & 1] for kept in search.found)
    found = [tuple(names[place] for place in some) for some in places]
    return Fits(tuple(found[:TIES]), len(found) > TIES, search.steps)


def _masks(parties: Sequence[str]) -> list[int]:
    by_party: dict[str, int] = defaultdict(int)
    for place, party in enumerate(parties):
        by_party[party] |= 1 << place
    return list(by_party.values())


@dataclass(slots=True)
class _Way:
    """What is kept and what is gone so far, and the conflicts that nothing gone has settled before the last step."""

    kept: int
    gone: int
    live: Sequence[int]


@dataclass(slots=True)
class _Search:
    """Branch and bound over sets as bit masks: a figure stays, or one of its conflicts has all its others stay."""

    parties: Sequence[int]
    conflicts: Sequence[int]
    found: set[int] = field(default_factory=set)
    most: int = -1
    steps: int = 0
    of: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # conflicts of each figure

    def run(self, every: int) -> None:
        """Goes through what may still be decided; depth is never more than the number of figures in conflict."""
        in_any = 0
        for conflict in self.conflicts:
            in_any |= conflict
            for one in _bits(conflict):
                self.of[one].append(conflict)
        waiting = [_Way(every & ~in_any, 0, self.conflicts)]
        while waiting and self.steps <= STEPS:
            self.steps += 1
            waiting += reversed(self._branch(every, waiting.pop()))

    def _branch(self, every: int, way: _Way) -> list[_Way]:
        """The ways to go on from one, none where it leads nowhere or is at an end."""
        kept, gone = way.kept, _forced(way)
        if kept & gone:
            return []
        live = [conflict for conflict in way.live if not conflict & gone]
        if not live:
            self._end(every & ~gone)
            return []
        if self._hopeless(gone, live) or not self._blocked(every & ~gone, gone):
            return []
        return self._ways(kept, gone, live)

    def _ways(self, kept: int, gone: int, live: Sequence[int]) -> list[_Way]:
        """The figure with the fewest open conflicts stays, or one of them keeps it out."""
        degree: dict[int, int] = defaultdict(int)
        for conflict in live:
            for one in _bits(conflict & ~kept):
                degree[one] += 1
        one = min(degree, key=lambda one: (degree[one], one))
        ways, tried = [_Way(kept | one, gone, live)], gone
        for conflict in live:
            others = conflict & ~one
            if conflict & one and not others & tried:
                ways.append(_Way(kept | others, tried | one, live))
                if others.bit_count() == 1:
                    tried |= others
        return ways

    def _hopeless(self, gone: int, live: Sequence[int]) -> bool:
        """True where too many parties are lost: those with a figure gone, one for each conflict of others."""
        whole = [party for party in self.parties if not party & gone]
        count, lost, unspoilt = len(whole), 0, sum(whole)
        for conflict in live:
            if conflict & ~unspoilt or conflict & lost:
                continue
            count -= 1
            for party in whole:
                if party & conflict:
                    lost |= party
        return count < self.most or (count == self.most and len(self.found) > TIES)

    def _blocked(self, open_or_kept: int, gone: int) -> bool:
        """True where each figure that is gone may yet be kept out by a conflict: else the set could be larger."""
        return all(any(not conflict & ~one & ~open_or_kept for conflict in self.of[one]) for one in _bits(gone))

    def _end(self, kept: int) -> None:
        """Takes a set that nothing can be added to, if none found has more parties."""
        every = sum(self.parties)
        count = sum(not party & ~kept for party in self.parties)
        if count >= self.most and self._blocked(kept, every & ~kept):
            if count > self.most:
                self.found, self.most = set(), count
            self.found.add(kept)


def _forced(way: _Way) -> int:
    """What is gone, with every figure that all others of a conflict keep out."""
    gone = way.gone
    for conflict in way.live:
        left = conflict & ~way.kept
        if left.bit_count() < 2:
            gone |= left or conflict  # all of a conflict is kept: that is no set
    return gone


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        found.append(mask & -mask)
        mask &= mask - 1
    return found
