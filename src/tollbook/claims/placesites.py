"""Streets, schools and roads: their own words with the point of the town that holds them, and a lower precision.

Input: place mentions of a report in order, sites without a point. Output: the same with points: "Elm Street" after
"in Marwen" lies near Marwen's point (`where_prec` 2); no town near it in the text, no point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tollbook.lexicon.gazetteer import place_key
from tollbook.model import Place, PlaceMention

# How far from a site the town may be named, in code points: before it, and after it ("Elm Street in Marwen").
BEFORE, AFTER = 400, 60
NEAR_A_POINT = 2


def placed(mentions: Sequence[PlaceMention], sites: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The sites, each with the point of the town named nearest."""
    towns = [one for one in mentions if one.place is not None and (one.others or one.place.precision <= NEAR_A_POINT)]
    return [_placed(site, towns) for site in sites]


def _placed(site: PlaceMention, towns: Sequence[PlaceMention]) -> PlaceMention:
    near = [(far, town) for town in towns if (far := _distance(site, town)) is not None]
    if not near:
        return site
    town = min(near, key=lambda one: (one[0], one[1].span.start))[1].place
    assert town is not None
    words = " ".join(site.said.split())
    precision = max(NEAR_A_POINT, town.precision)
    return replace(site, place=Place(words, None, town.lat, town.lon, town.country, precision))


def _distance(site: PlaceMention, town: PlaceMention) -> int | None:
    """How far a town is named from a site, None for one too far; the words right after count first."""
    if place_key(town.said) in place_key(site.said):
        return 0  # "Marwen Avenue Bridge", "the University of Marwen"
    if site.span.part != town.span.part:
        return None
    after = town.span.start - site.span.end
    if 0 <= after <= AFTER:
        return after
    before = site.span.start - town.span.end
    return before + AFTER if 0 <= before <= BEFORE else None
