"""Places as incidents compare them: by name, by distance, and by country.

Input: the place mentions that govern a figure. Output: `Spot`s; two spots of one name are one place, two known towns
farther apart than a town is wide are two, a country or province says only which part of the world.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from tollbook.lexicon.gazetteer import place_key
from tollbook.model import Place, PlaceMention
from tollbook.values import dataclass

EARTH_KM = 6371.0
# Two towns farther apart are two places; nearer ones may be a village and its town.
APART_KM = 40.0
# From this where_prec on a place is an area that many events share.
AREA = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A place by its comparable name, with the gazetteer's reading of it if there is one."""

    key: str
    name: str
    place: Place | None

    @property
    def is_area(self) -> bool:
        return self.place is not None and self.place.precision >= AREA

    @property
    def country(self) -> str | None:
        return self.place.country if self.place else None


def spots(mentions: Iterable[PlaceMention]) -> tuple[Spot, ...]:
    """The places of some mentions, each once, in their order."""
    found: dict[str, Spot] = {}
    for mention in mentions:
        name = mention.place.name if mention.place is not None else " ".join(mention.said.split())
        key = place_key(name)
        if key:
            found.setdefault(key, Spot(key, name, mention.place))
    return tuple(found.values())


def kilometres(left: Place, right: Place, most: float = math.inf) -> float | None:
    """The distance of two places, None where one has no point; beyond `most` the way due north or south may stand."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    north = EARTH_KM * math.radians(abs(left.lat - right.lat))
    if north > most + 1:
        return north
    lat1, lon1, lat2, lon2 = map(math.radians, (left.lat, left.lon, right.lat, right.lon))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, h)))


def far_apart(left: Sequence[Spot], right: Sequence[Spot]) -> bool:
    """True where both name places, none in common, and no two of them can be neighbours; towns count before areas."""
    here, there = (_towns(side) for side in (left, right))
    if here and there:
        left, right = here, there
    if not left or not right or {spot.key for spot in left} & {spot.key for spot in right}:
        return False
    return all(_distinct(a, b) for a in left for b in right)


def _towns(spots: Sequence[Spot]) -> list[Spot]:
    """The places that are no areas: "Orune, Kelvane province" and "Brin, Kelvane province" are two towns."""
    return [spot for spot in spots if not spot.is_area]


def _distinct(a: Spot, b: Spot) -> bool:
    if a.is_area or b.is_area:
        return a.country is not None and b.country is not None and a.country != b.country
    if a.place is None or b.place is None:
        return True
    distance = kilometres(a.place, b.place, APART_KM)
    return distance is None or distance > APART_KM
