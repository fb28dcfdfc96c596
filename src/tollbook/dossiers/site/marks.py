"""What lies on a map: places with their incidents, and the marks that stand for them.

Input: places with where they are on the drawing. Output: a `Mark` each, or one for several. Worked: two incidents in
Orvesk are a disc with a 2 and "2 incidents: Orvesk (2)", which leads to the list beside the map; a district is a ring.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from tollbook.dossiers.figures import days
from tollbook.dossiers.site.geo import View
from tollbook.dossiers.site.labels import grouped, radius
from tollbook.dossiers.value import Page
from tollbook.text import counted

_RING = 9.0  # units: a ring is never smaller
_VAGUE = {
    2: "near it",
    3: "somewhere in this district",
    4: "somewhere in this area",
    5: "known only roughly",
    6: "somewhere in this country",
    7: "at sea or in the air",
}


@dataclass(frozen=True)
class Spot:
    """Incidents at one place, in order of time: its name, degrees, how far it may reach (km) and what that means.

    `anchor` is where the list beside a map has it.
    """

    name: str
    lat: float
    lon: float
    reach: float
    precision: int
    pages: tuple[Page, ...]
    anchor: str = ""

    @cached_property
    def disputed(self) -> frozenset[str]:
        """The slugs of its incidents of which a count is disputed."""
        return frozenset(page.slug for page in self.pages if any(column.disputed for column in page.columns))

    @property
    def vague(self) -> str:
        """In words, what is known of where within the place; empty for a point."""
        return _VAGUE.get(self.precision, "") if self.reach else ""

    def dated(self, page: Page) -> str:
        """The day of one of its incidents, in words."""
        return days(page.date) or "date not known"


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot, a numbered disc, or a ring: where, how large, where it leads, what it says, of how many incidents, and
    of how many of them a count is disputed.
    """

    x: float
    y: float
    r: float
    href: str
    title: str
    count: int
    disputed: int
    here: bool

    @property
    def share(self) -> int:
        """Percent of its incidents of which a count is disputed, none and all never rounded to."""
        return 0 if not self.disputed else min(max(round(100 * self.disputed / self.count), 1), 99)


@dataclass(frozen=True, slots=True)
class Told:
    """A place as a list beside a map has it: the incidents that it names, and how many more there are."""

    spot: Spot
    pages: tuple[Page, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Marker:
    """Makes the marks of one map: `own` is the place whose map it is (None for that of all), `listed` the anchors of
    the places that the list beside it has.
    """

    own: Spot | None
    listed: Collection[str]

    def ring(self, spot: Spot, x: float, y: float, view: View) -> Mark:
        """A place that is no point, as wide as it may reach."""
        size = round(max(spot.reach * view.km, _RING), 1)
        place = round(x, 1), round(y, 1), size
        return Mark(
            *place, self._href([spot]), self._title([spot]), len(spot.pages), len(spot.disputed), spot is self.own
        )

    def marks(self, seen: Sequence[tuple[Spot, float, float]]) -> list[Mark]:
        """Dots of single incidents, and discs of those that would hide each other."""
        counts = [len(spot.pages) for spot, _, _ in seen]
        made = []
        for group in grouped([x for _, x, _ in seen], [y for _, _, y in seen], counts):
            ordered = sorted(group, key=lambda at: seen[at][0] is not self.own)
            spots, (_, x, y) = [seen[at][0] for at in ordered], seen[ordered[0]]
            number, disputed = sum(counts[at] for at in group), sum(len(spot.disputed) for spot in spots)
            here = spots[0] is self.own
            place = round(x, 1), round(y, 1), round(radius(number) + 2 * here, 1)
            made.append(Mark(*place, self._href(spots), self._title(spots), number, disputed, here))
        return made

    def _href(self, spots: Sequence[Spot]) -> str:
        """The page of a single incident, else the place in the list beside the map, or beside that of all."""
        if len(spots) == len(spots[0].pages) == 1:
            return f"{spots[0].pages[0].slug}.html"
        return f"{'' if spots[0].anchor in self.listed else 'index.html'}#{spots[0].anchor}"

    def _title(self, spots: Sequence[Spot]) -> str:
        """What a mark is, in words: "Orvesk, 6 May 2031", or "3 incidents: Orvesk (2), Lind"."""
        number, here = sum(len(spot.pages) for spot in spots), any(spot is self.own for spot in spots)
        vague = f", {spots[0].vague}" if len(spots) == 1 and spots[0].vague else ""
        if number == 1:
            disputed = ", disputed" if spots[0].disputed else ""
            return f"{spots[0].pages[0].name}{vague}{disputed}{' (this page)' if here else ''}"
        names = [f"{s.name} ({len(s.pages)})" if len(s.pages) > 1 else s.name for s in spots[:4]]
        more = f" and {counted(len(spots) - 4, 'more place')}" if len(spots) > 4 else ""
        what = f"this incident and {counted(number - 1, 'other')}" if here else counted(number, "incident")
        return f"{what}: {', '.join(names)}{more}{vague}"
