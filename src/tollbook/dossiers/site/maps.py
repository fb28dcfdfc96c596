"""The map of a record, and of an incident with what lies around it: land, water, towns, and where incidents were.

Input: a dossier's pages and towns. Output: a `Chart`, ready for the template. Worked: two incidents in Orvesk and one
"in Lind district" are a mark with a 2, linked to the list beside the map, and a dashed ring as wide as a district. No
border and no country's name is drawn: both are claims. A vague place is a ring, never a dot; what would lie on each
other is one mark with a number. Incidents at one place have one map.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count

import numpy as np
from markupsafe import Markup

from tollbook.dossiers.site.frame import environment
from tollbook.dossiers.site.geo import EARTH, View, view_of
from tollbook.dossiers.site.labels import Label, Room
from tollbook.dossiers.site.land import Floats
from tollbook.dossiers.site.marks import Mark, Marker, Spot, Told
from tollbook.dossiers.value import Dossier, Page
from tollbook.lexicon.nearby import Town

WIDTH = 720
_ROOM = 75.0  # km from the middle of a map to its edge, at least
_LISTED, _DATES = 10, 4  # places beside an incident's map, and incidents of each
_DRAWN = 30  # places on an incident's map: more hide it
_BESIDE, _NEAR = 6, 250.0  # how many neighbours an incident's map makes room for, and how far they may be, km
_COUNTRY = 6
_MAJORS, _PLACES, _TOWNS = 5, 24, 7
_FEW, _PLAIN = 4, 12  # towns that make a map known; points of land that are no coast yet
_FAR = 3000.0  # units a radius of the globe: a map of some 1,500 km is known by itself


@dataclass(frozen=True)
class Chart:
    """A map: its size, the land as a path in half units, what lies on it, and the bar that tells its scale.

    `spots` are the places that the list beside it has, `more` how many incidents lie within it at others, `undrawn` how
    many of these places have no mark, `missing` the incidents whose place is not known.
    """

    width: int
    height: int
    land: str
    rings: tuple[Mark, ...]
    marks: tuple[Mark, ...]
    towns: tuple[tuple[float, float], ...]
    labels: tuple[Label, ...]
    bar: float
    scale: str
    spots: tuple[Spot, ...]
    more: int = 0
    undrawn: int = 0
    missing: int = 0

    @cached_property
    def inside(self) -> Markup:
        """All that is drawn, made once for all pages that have it."""
        return Markup(environment().get_template("map.html").module.inside(self))  # type: ignore[attr-defined]

    def listed(self, slug: str = "") -> list[Told]:
        """The list beside it: of all incidents, each; of that of one, those that were nearest to it in time."""
        now = next((page for page in self.spots[0].pages if page.slug == slug), None) if self.spots else None
        if now is None:
            return [Told(spot, spot.pages, 0) for spot in self.spots]
        told = []
        for spot in self.spots:
            near = sorted(spot.pages, key=lambda page: (page is not now, _apart(page, now), page.slug))[:_DATES]
            kept = tuple(page for page in spot.pages if page.slug in {one.slug for one in near})
            told.append(Told(spot, kept, len(spot.pages) - len(kept)))
        return told

    @property
    def disputed(self) -> bool:
        return any(mark.disputed for mark in (*self.marks, *self.rings))

    @property
    def several(self) -> bool:
        return any(mark.count > 1 for mark in self.marks)


@dataclass(frozen=True)
class Places:
    """All places of a dossier's incidents, by name, and where they are on a globe of radius 1."""

    spots: tuple[Spot, ...]
    towns: tuple[Town, ...]
    missing: int
    _charts: dict[str, Chart] = field(default_factory=dict)

    @cached_property
    def by_slug(self) -> dict[str, Spot]:
        """The place of each incident."""
        return {page.slug: spot for spot in self.spots for page in spot.pages}

    @classmethod
    def of(cls, dossier: Dossier) -> Places:
        """Gathered from the pages; those of one place and precision are one."""
        found: dict[tuple[float, float, float], list[Page]] = defaultdict(list)
        for page in dossier.pages:
            if page.place is not None and page.place.lat is not None and page.place.lon is not None:
                found[page.place.lat, page.place.lon, page.reach].append(page)
        spots = sorted((_spot(key, some) for key, some in found.items()), key=lambda s: (s.name, s.lat, s.lon, s.reach))
        numbered = tuple(replace(spot, anchor=f"at-{number}") for number, spot in enumerate(spots, 1))
        return cls(numbered, dossier.towns, len(dossier.pages) - sum(len(spot.pages) for spot in numbered))

    def record(self) -> Chart | None:
        """The map of all incidents; None where no place is known."""
        if not self.spots:
            return None
        return _chart(self.spots, self.spots, self.towns, None, self.missing)

    def around(self, page: Page) -> Chart | None:
        """The map of one incident and its neighbours, the same for all at its place; None where that is not known."""
        own = self.by_slug.get(page.slug)
        if own is None:
            return None
        if own.anchor not in self._charts:
            self._charts[own.anchor] = self._beside(own)
        return self._charts[own.anchor]

    @cached_property
    def _globe(self) -> Floats:
        """Where all places are on a globe of radius 1."""
        lat, lon = (np.radians([getattr(spot, name) for spot in self.spots]) for name in ("lat", "lon"))
        return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])

    def _beside(self, own: Spot) -> Chart:
        at, here = self._globe, next(at for at, spot in enumerate(self.spots) if spot is own)
        far = np.round(np.arccos(np.clip((at * at[here]).sum(axis=1), -1, 1)) * EARTH, 3)
        order = [self.spots[one] for one in np.argsort(far, kind="stable").tolist() if one != here]
        near = int((far <= max(_NEAR, own.reach)).sum()) - 1
        beside = [spot for spot in order[:near] if spot.reach <= _NEAR]
        return _chart([own, *beside[:_BESIDE]], [own, *order], self.towns, own)


def _spot(key: tuple[float, float, float], pages: Sequence[Page]) -> Spot:
    names = sorted({page.place.name for page in pages if page.place})
    precision = max(page.place.precision for page in pages if page.place)
    ordered = sorted(pages, key=lambda page: (page.date is None, page.date and page.date.start, page.slug))
    return Spot(" / ".join(names), *key, precision, tuple(ordered))


def _chart(
    held: Sequence[Spot], spots: Sequence[Spot], towns: Sequence[Town], own: Spot | None, missing: int = 0
) -> Chart:
    """The chart of a view that holds some spots, with all spots that are in it; `own` is the one whose map it is."""
    lats, lons, reach = ([getattr(spot, name) for spot in held] for name in ("lat", "lon", "reach"))
    view = next(one for one in _views(lons, lats, reach) if one.scale < _FAR or _is_told(one, towns))
    x, y = view.at([spot.lon for spot in spots], [spot.lat for spot in spots])
    inside = (x >= 0) & (x <= view.width) & (y >= 0) & (y <= view.height)
    all_seen = [(spots[at], float(x[at]), float(y[at])) for at in np.flatnonzero(inside).tolist()]
    seen = _drawn(all_seen, own)
    listed = tuple(spot for spot, _, _ in all_seen)[: _LISTED if own else None]
    marker = Marker(own, {spot.anchor for spot in listed})
    rings = [marker.ring(spot, left, top, view) for spot, left, top in seen if spot.reach]
    marks = marker.marks([one for one in seen if not one[0].reach])
    room = Room(view.width, view.height)
    bar, scale = _bar(view)
    room.taken.append((0, view.height - 34, max(bar + 24, len(scale) * 8), view.height))
    for mark in marks:
        room.keep(mark.x, mark.y, mark.r)
    _label(room, marks, rings, seen)
    dots = _towns(room, view, towns, {(spot.lat, spot.lon) for spot, _, _ in seen})
    return Chart(
        view.width, view.height, view.land(), tuple(rings), tuple(marks), tuple(dots), tuple(room.labels), bar, scale,
        listed, sum(len(spot.pages) for spot, _, _ in all_seen[len(listed) :]), len(all_seen) - len(seen), missing,
    )  # fmt: skip


def _drawn(seen: Sequence[tuple[Spot, float, float]], own: Spot | None) -> list[tuple[Spot, float, float]]:
    """What has a mark: on the map of all everything, on an incident's the nearest; of one that is too vague itself to
    be near to any, all points, and of what is as vague as it the nearest.
    """
    if own is None:
        return list(seen)
    if own.reach <= _NEAR:
        return list(seen[:_DRAWN])
    vague = [one for one in seen if one[0].reach][:_DRAWN]
    return [*vague, *(one for one in seen if not one[0].reach)]


def _apart(page: Page, other: Page) -> tuple[bool, int]:
    """How far from each other two incidents were in time; unknown is farther than any."""
    if page.date is None or other.date is None:
        return True, 0
    return False, abs(page.date.start.toordinal() - other.date.start.toordinal())


def _views(lon: Sequence[float], lat: Sequence[float], reach: Sequence[float]) -> Iterator[View]:
    """Views that hold some places, each with more around them than the one before."""
    for times in count():
        yield view_of(lon, lat, reach, width=WIDTH, least=_ROOM * 2**times)


def _is_told(view: View, towns: Sequence[Town]) -> bool:
    """True where a view has something to know it by: a few towns, or a coast."""
    if not towns:
        return view.land().count(" ") > _PLAIN
    x, y = view.at([town.lon for town in towns], [town.lat for town in towns])
    return int(((x > 0) & (x < view.width) & (y > 0) & (y < view.height)).sum()) >= _FEW


def _label(
    room: Room,
    marks: Sequence[Mark],
    rings: Sequence[Mark],
    seen: Sequence[tuple[Spot, float, float]],
) -> None:
    """Names beside marks, this incident's first, then the largest; rings at their top; no country's name."""
    names = {(round(x, 1), round(y, 1), bool(spot.reach)): spot for spot, x, y in seen}
    for mark in sorted(marks, key=lambda one: (not one.here, -one.count, one.x, one.y))[:_PLACES]:
        spot = names[mark.x, mark.y, False]
        room.label(mark.x, mark.y, mark.r, spot.name, "here" if mark.here else "place", majors=_MAJORS)
    for ring in sorted(rings, key=lambda one: (not one.here, one.r, one.x, one.y))[:_PLACES]:
        spot = names[ring.x, ring.y, True]
        if spot.precision != _COUNTRY:
            room.label(ring.x, ring.y - ring.r - 8, -4, spot.name, "here" if ring.here else "place", majors=_MAJORS)


def _towns(room: Room, view: View, towns: Sequence[Town], known: set[tuple[float, float]]) -> list[tuple[float, float]]:
    """The largest towns that there is room for; one where an incident was has its label already."""
    if not towns:
        return []
    x, y = view.at([town.lon for town in towns], [town.lat for town in towns])
    inside = (x > 6) & (x < view.width - 6) & (y > 6) & (y < view.height - 6)
    dots: list[tuple[float, float]] = []
    for at in np.flatnonzero(inside)[:60].tolist():
        town, left, top = towns[at], round(float(x[at]), 1), round(float(y[at]), 1)
        if len(dots) == _TOWNS:
            break
        if (town.lat, town.lon) in known or any(box[0] < left < box[2] and box[1] < top < box[3] for box in room.taken):
            continue
        if room.label(left, top, 2, town.name, "town", majors=_MAJORS):
            room.keep(left, top, 2)
            dots.append((left, top))
    return dots


def _bar(view: View) -> tuple[float, str]:
    """The length of a round number of kilometres in units, and what the bar says."""
    most = view.width * 0.24 / view.km
    power = 10 ** math.floor(math.log10(most))
    km = max(step * power for step in (1, 2, 5) if step * power <= most)
    wide = view.is_world or view.width / view.km > 6000
    where = " along the equator" if view.is_world else " in the middle of the map" if wide else ""
    return round(km * view.km, 1), f"{km:,.0f} km{where}"
