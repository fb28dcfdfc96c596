"""What a map needs besides the places of incidents: towns for orientation, and how far a vague place reaches.

Input: an `Atlas`, pages with their places, the masker. Output: towns under names that may be shown. Worked: a town that
bears the surname of somebody masked is left out, and so is one that a ruling withholds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from tollbook.dossiers.masking import Masker
from tollbook.lexicon.nearby import REACH, Town
from tollbook.model import Place

_CELL = 0.5  # degrees: places nearer than that have the same towns around them


class Atlas(Protocol):
    """What knows towns; `tollbook.lexicon.towns.Towns` does."""

    def near(self, lat: float, lon: float) -> Iterable[Town]: ...

    def reach(self, place: Place) -> float: ...


class NoAtlas:
    """Knows no town, and of a place's reach what its precision tells."""

    def near(self, lat: float, lon: float) -> Iterable[Town]:
        """None."""
        return ()

    def reach(self, place: Place) -> float:
        """Kilometres by the place's precision."""
        return REACH.get(place.precision, REACH[5])


def towns_of(places: Iterable[Place | None], atlas: Atlas, masker: Masker) -> tuple[Town, ...]:
    """Towns near some places, the largest first; none whose name is masked or withheld."""
    cells = {
        (round(place.lat / _CELL) * _CELL, round(place.lon / _CELL) * _CELL)
        for place in places
        if place is not None and place.lat is not None and place.lon is not None
    }
    found = dict.fromkeys(town for cell in sorted(cells) for town in atlas.near(*cell))
    shown = (town for town in found if masker.body(town.name) == town.name and not masker.spans(town.name))
    return tuple(sorted(shown, key=lambda town: (-town.population, town.name, town.lat, town.lon)))
