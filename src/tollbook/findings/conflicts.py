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

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from tollbook.findings.cases import Stated
from tollbook.findings.constraints import COMPARED, contradict, different, figure, pairs
from tollbook.findings.excess import Addend, excesses
from tollbook.findings.fits import best_sets
from tollbook.findings.intervals import Interval
from tollbook.lexicon import Taxonomy
from tollbook.lexicon.taxonomy import Over

# A person can't read a thousand conflicts: past this many the pairs are cut and the derivation says how many there are.
SHOWN = 40

# A figure: of which part (none: of the group itself), whose, how much.
Key = tuple[tuple[str, tuple[str, str] | None] | None, str, Interval]


@dataclass(frozen=True, slots=True)
class Fit:
    """A best consistent set: what fits together, and what doesn't fit it."""

    inside: tuple[Stated, ...]
    outside: tuple[Stated, ...]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Minimal conflicts as claim ids, how many there are in all, and the claims of the group caught up in any.

    `fits` are the best consistent sets, several where none has more parties behind it than the others; `more` is true
    where there are more of those than anybody reads.
    """

    shown: tuple[tuple[str, ...], ...] = ()
    count: int = 0
    claims: frozenset[str] = frozenset()
    fits: tuple[Fit, ...] = ()
    more: bool = False


def conflicts(standing: Sequence[Stated], parts: Sequence[Addend], over: Over, taxonomy: Taxonomy) -> Conflicts:
    """All pairs of different figures that contradict, each whole with parts that exceed it, and what fits best."""
    stated: dict[Key, Stated] = {}
    by_key: dict[Key, Addend] = {}
    found: dict[frozenset[Key], tuple[str, ...]] = {}
    for one, other in pairs(standing, over):
        found.setdefault(frozenset((_key(one), _key(other))), _ids((one, other)))
    for whole, chosen in excesses(different(standing, over), parts, over, taxonomy):
        by_key.update({_part_key(part): part for part in chosen if _part_key(part) not in by_key})
        keys = frozenset((_key(whole), *map(_part_key, chosen)))
        found.setdefault(keys, _ids((whole, *(part.stated for part in chosen))))
    if not found:
        return Conflicts()
    caught = {key for conflict in found for key in conflict}
    for one in sorted(standing, key=lambda one: (one.reach.low, one.voice.name, one.claim.id)):
        stated.setdefault(_key(one), one)
    stated |= {key: part.stated for key, part in by_key.items()}
    shown = sorted(set(found.values()))
    claims = frozenset(one.claim.id for one in standing if _key(one) in caught)
    fits, more = _fits(stated, {*found, *_among(parts, by_key, over)})
    return Conflicts(tuple(shown[:SHOWN]), len(shown), claims, fits, more)


def _key(one: Stated) -> Key:
    return (None, *figure(one))


def _part_key(part: Addend) -> Key:
    return ((part.group, part.described), *figure(part.stated))


def _ids(some: Sequence[Stated]) -> tuple[str, ...]:
    return tuple(sorted({claim for one in some for claim in one.ids}))


def _among(parts: Sequence[Addend], by_key: dict[Key, Addend], over: Over) -> set[frozenset[Key]]:
    """Parts of one group that contradict each other: told with that group, but no set that fits holds both."""
    some = [part for part in parts if part.total and _part_key(part) in by_key][:COMPARED]
    return {
        frozenset((_part_key(one), _part_key(other)))
        for one, other in combinations(some, 2)
        if one.group == other.group and contradict(one.stated, other.stated, over)
    }


def _fits(stated: dict[Key, Stated], found: set[frozenset[Key]]) -> tuple[tuple[Fit, ...], bool]:
    """The best consistent sets of the figures; none named of more figures than are held against each other."""
    if len(stated) > COMPARED:
        return (), False
    best = best_sets({key: one.voice.party for key, one in stated.items()}, found)
    sets = [
        Fit(
            tuple(stated[key] for key in chosen),
            tuple(one for key, one in stated.items() if key not in set(chosen)),
        )
        for chosen in best.sets
    ]
    return tuple(sets), best.more
