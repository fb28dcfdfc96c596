"""What became of each ruling: it counts, or which later one took it back. Pure.

Input: all rulings. Output: a `Fate` each. "#9 corrects, #11 withdraws #9, #12 withdraws #11": #9 counts, #11 was taken
back by #12.
"""

from __future__ import annotations

from collections.abc import Iterable

from tollbook.model import Ruling
from tollbook.rulings.actions import Action
from tollbook.rulings.decisions import standing
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Fate:
    """A ruling and the one that took it back, None where it counts."""

    ruling: Ruling
    withdrawn: Ruling | None = None

    @property
    def state(self) -> str:
        """ "counts", or "taken back by #11"."""
        return "counts" if self.withdrawn is None else f"taken back by #{self.withdrawn.seq}"


def fates(rulings: Iterable[Ruling]) -> tuple[Fate, ...]:
    """Every ruling in its order with what became of it."""
    ordered = sorted(rulings, key=lambda one: one.seq)
    counting = standing(ordered, withdrawals=True)
    taken = {int(one.values["ruling"] or 0): one for one in reversed(counting) if one.action == Action.WITHDRAW}
    return tuple(Fate(one, taken.get(one.seq)) for one in ordered)


def with_withdrawals(some: Iterable[int], rulings: Iterable[Ruling]) -> frozenset[int]:
    """The numbers of some rulings, and of all that take one of these back, or take that back."""
    found = set(some)
    for one in sorted(rulings, key=lambda one: one.seq):
        if one.action == Action.WITHDRAW and one.values.get("ruling") in found:
            found.add(one.seq)
    return frozenset(found)
