"""Minimal conflicts: claims that can't all be true, none of which can be left out of the contradiction.

Input: the figures that stand and the parts that bound them. Output: `Conflicts`, pairs mostly: two figures, or a whole
with the parts that exceed it. "18 people", "10 women" and "nine men" are one conflict of three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tollbook.findings.cases import Stated
from tollbook.findings.constraints import COMPARED, different, figure, pairs
from tollbook.findings.parts import Part, part_ids
from tollbook.lexicon.taxonomy import Over

# A person can't read a thousand conflicts: past this many the pairs are cut and the derivation says how many there are.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Minimal conflicts as claim ids, how many there are in all, and the claims caught up in any."""

    shown: tuple[tuple[str, ...], ...] = ()
    count: int = 0
    claims: frozenset[str] = frozenset()


def conflicts(standing: Sequence[Stated], parts: Sequence[Part], over: Over) -> Conflicts:
    """All pairs of different figures that contradict, and each whole with the parts that exceed it."""
    found_pairs = list(pairs(standing, over))
    too_much = [
        (whole, part) for whole in different(standing) for part in parts[:COMPARED] if exceeds(part, whole, over)
    ]
    found = {tuple(sorted({*one.ids, *other.ids})) for one, other in found_pairs}
    found |= {tuple(sorted({*whole.ids, *part_ids(part)})) for whole, part in too_much}
    ordered = _minimal(found)
    # A party that says the same again, years later, is in the same conflict as when it first said it.
    caught = {figure(one) for pair in found_pairs for one in pair} | {figure(whole) for whole, _ in too_much}
    return Conflicts(
        tuple(ordered[:SHOWN]), len(ordered), frozenset(one.claim.id for one in standing if figure(one) in caught)
    )


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


def exceeds(part: Part, whole: Stated, over: Over) -> bool:
    """True where the parts are more than their whole, and the whole can't have grown since it was told."""
    if whole.reach.high is None or part.low <= whole.reach.high:
        return False
    days = [one.told for one in part.stated]
    later = whole.told is not None and all(day is not None and day > whole.told for day in days)
    return over != "grows" and not (whole.early and later)
