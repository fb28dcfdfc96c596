"""Minimal conflicts: figures that can't all be true, none of which can be left out of the contradiction.

The model. A group has one count at a time. While a toll unfolds it may rise from day to day (people missing or
displaced may be more or fewer), afterwards it stays; who says no day speaks of all days. A claim gives an interval for
its group on its day. A group's count is no lower than that of a group within it, nor than what one report counts of
groups that share nobody, added up; figures of two reports are never added up. A figure is what a party says of a group,
however often it says it. Figures fit together where some counts satisfy all their claims.

So a minimal conflict is a pair of figures of a group, or a figure with parts of one report that exceed it: "18
people", "10 women" and "nine men" are one of three. What is found is held against brute force in the tests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from heapq import nsmallest
from itertools import combinations

from tollbook.findings.cases import Stated
from tollbook.findings.constraints import COMPARED, contradict, different, figure, pairs
from tollbook.findings.excess import Addend, excesses
from tollbook.findings.fits import best_sets
from tollbook.findings.intervals import Interval
from tollbook.lexicon import Taxonomy
from tollbook.lexicon.taxonomy import Over
from tollbook.values import dataclass

# A person can't read a thousand conflicts: past this many the pairs are cut and the derivation says how many there are.
SHOWN = 40

# A figure: of which part (none: of the group itself), whose, how much.
Key = tuple[tuple[str, tuple[str, str] | None] | None, str, Interval]
# The figures of a conflict, by their numbers.
Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A minimal conflict to be told: two figures of the group, or one with the parts that exceed it."""

    wholes: tuple[Stated, ...]
    parts: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """A best consistent set: what fits together, and what doesn't fit it."""

    inside: tuple[Stated, ...]
    outside: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Minimal conflicts as claim ids, how many there are in all, and the claims of the group caught up in any.

    `told` are the figures of those shown. `fits` are the best consistent sets, several where none has more
    parties behind it than the others; `more` is true where there are more of those than anybody reads.
    """

    shown: tuple[tuple[str, ...], ...] = ()
    count: int = 0
    claims: frozenset[str] = frozenset()
    told: tuple[Told, ...] = ()
    fits: tuple[Fit, ...] = ()
    more: bool = False


def conflicts(standing: Sequence[Stated], parts: Sequence[Addend], over: Over, taxonomy: Taxonomy) -> Conflicts:
    """All pairs of different figures that contradict, each whole with parts that exceed it, and what fits best."""
    figures = _Figures()
    found: dict[Numbers, tuple[str, ...]] = {}
    for pair in pairs(standing, over):
        found.setdefault(_sorted(map(figures.of, pair)), _ids(pair))
    for whole, chosen in excesses(different(standing, over), parts, over, taxonomy):
        numbers = _sorted((figures.of(whole), *map(figures.of_part, chosen)))
        if numbers not in found:
            found[numbers] = _ids((whole, *(part.stated for part in chosen)))
    if not found:
        return Conflicts()
    caught = {number for conflict in found for number in conflict}
    claims = frozenset(one.claim.id for one in standing if figures.of(one) in caught)
    shown = nsmallest(SHOWN, set(found.values()))
    fits, more = _fits(standing, parts, figures, found.keys(), over)
    named = set(shown)
    told = _told({ids: numbers for numbers, ids in found.items() if ids in named}, standing, parts, figures)
    return Conflicts(tuple(shown), len(found), claims, told, fits, more)


@dataclass(slots=True)
class _Figures:
    """Figures by numbers, which are quicker to compare; `met` keeps each claim's by its place in memory.

    `parts` are the first claims met of figures of parts.
    """

    numbers: dict[Key, int] = field(default_factory=dict)
    met: dict[int, int] = field(default_factory=dict)
    parts: dict[int, Addend] = field(default_factory=dict)

    def of(self, one: Stated) -> int:
        """The number of a figure of the group itself."""
        number = self.met.get(id(one))
        return self._number(one, (None, *figure(one))) if number is None else number

    def of_part(self, part: Addend) -> int:
        """The number of a figure of a part."""
        number = self.met.get(id(part))
        if number is None:
            number = self._number(part, ((part.group, part.described), *figure(part.stated)))
            self.parts.setdefault(number, part)
        return number

    def _number(self, one: object, key: Key) -> int:
        number = self.numbers.setdefault(key, len(self.numbers))
        self.met[id(one)] = number
        return number


def _sorted(numbers: Iterable[int]) -> Numbers:
    return tuple(sorted(numbers))


def _ids(some: Sequence[Stated]) -> tuple[str, ...]:
    return tuple(sorted({claim for one in some for claim in one.ids}))


def _told(
    shown: Mapping[tuple[str, ...], Numbers], standing: Sequence[Stated], parts: Sequence[Addend], figures: _Figures
) -> tuple[Told, ...]:
    """The figures of the conflicts that are shown, lowest first, by the claims by which they contradict."""
    caught = {number for numbers in shown.values() for number in numbers}
    wholes = [(figures.of(one), one) for one in standing if figures.of(one) in caught]
    within = [(figures.of_part(part), part.stated) for part in parts if figures.of_part(part) in caught]
    return tuple(
        Told(_among_claims(ids, shown[ids], wholes), _among_claims(ids, shown[ids], within)) for ids in sorted(shown)
    )


def _among_claims(ids: Sequence[str], numbers: Numbers, some: Iterable[tuple[int, Stated]]) -> tuple[Stated, ...]:
    """One claim of each figure, of those that a conflict names."""
    found: dict[int, Stated] = {}
    for number, one in some:
        if number in numbers and set(one.ids) <= set(ids):
            found.setdefault(number, one)
    return tuple(sorted(found.values(), key=lambda one: (one.reach.low, one.claim.id)))


def _fits(
    standing: Sequence[Stated], parts: Sequence[Addend], figures: _Figures, found: Collection[Numbers], over: Over
) -> tuple[tuple[Fit, ...], bool]:
    """The best consistent sets of the figures; none named of more figures than are held against each other."""
    met = dict(figures.parts)
    stated: dict[int, Stated] = {}
    for one in sorted(standing, key=lambda one: (one.reach.low, one.voice.name, one.claim.id)):
        stated.setdefault(figures.of(one), one)
    stated |= {number: part.stated for number, part in met.items()}
    if len(stated) > COMPARED:
        return (), False
    apart = _among([part for part in parts if part.total and figures.of_part(part) in met], figures, over)
    best = best_sets({number: one.voice.party for number, one in stated.items()}, {*map(frozenset, found), *apart})
    sets = [
        Fit(
            tuple(stated[number] for number in chosen),
            tuple(one for number, one in stated.items() if number not in set(chosen)),
        )
        for chosen in best.sets
    ]
    return tuple(sets), best.more


def _among(parts: Sequence[Addend], figures: _Figures, over: Over) -> set[frozenset[int]]:
    """Parts of one group that contradict each other: told with that group, but no set that fits holds both."""
    return {
        frozenset((figures.of_part(one), figures.of_part(other)))
        for one, other in combinations(parts[:COMPARED], 2)
        if one.group == other.group and contradict(one.stated, other.stated, over)
    }
