"""Who was hit and lived: "five people were shot; one of them died" is one killed and four injured.

Input: an incident's claims by measure and unit, sorted. Output: the same, where a figure of people hurt that some of
the dead are a part of (`Claim.part_of`) counts without them. Nobody is both: who dies of a wound is no longer injured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tollbook.findings.cases import Counted, Sorted
from tollbook.model import Bound

HURT, DEAD = "injured", "killed"


def without_dead(lists: Mapping[tuple[str, str], Sorted]) -> Mapping[tuple[str, str], Sorted]:
    """The lists of an incident, each figure of people hurt less the dead that its own report counts among them."""
    return {key: _lessened(one, lists[DEAD, key[1]]) if key[0] == HURT and (DEAD, key[1]) in lists else one
            for key, one in lists.items()}  # fmt: skip


def _lessened(hurt: Sorted, dead: Sorted) -> Sorted:
    among: dict[str, Counted] = {}
    for one in (one for some in dead.counted.values() for one in some):
        whole = hurt.repeats.get(one.claim.part_of or "", one.claim.part_of)
        if whole and one.claim.quantity.bound is Bound.EXACT:
            among[whole] = max(
                among.get(whole, one), one, key=lambda each: (each.claim.quantity.low or 0, each.claim.id)
            )
    if not among:
        return hurt
    again = {
        _figure(one): among[one.claim.id] for some in hurt.counted.values() for one in some if one.claim.id in among
    }
    counted = {
        group: tuple(
            one if one.sum_of else replace(one, less=among.get(one.claim.id) or again.get(_figure(one))) for one in some
        )
        for group, some in hurt.counted.items()
    }
    return replace(hurt, counted=counted)


def _figure(one: Counted) -> tuple[object, ...]:
    """A report's figure, however it calls them: the "4 shot" of a headline are the "four men" of whom one died."""
    return one.claim.report, one.claim.quantity.low, one.claim.quantity.high
