"""Which places named beside a figure are where it happened, and not where it was said, healed, born or measured from.

Input: the places of a sentence with its folded words. Output: those that may be the scene: of "30 miles east of Orune
a bus from Brin fell into a river; the driver was taken to a hospital in Zarand" none but Orune, for want of a better.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.eventwords import EventWords
from tollbook.model import PlaceMention

# How far before a place the words stand that say what it is to the event, in code points.
_BEFORE = 90


def sites(places: Sequence[PlaceMention], low: str, start: int, words: EventWords) -> tuple[PlaceMention, ...]:
    """The places of a sentence that begins at `start` where something may have happened."""
    scene: list[PlaceMention] = []
    reference: list[PlaceMention] = []
    for place in places:
        at = place.span.start - start
        before = low[max(0, at - _BEFORE) : at]
        if words.saying.search(before) is not None or words.scenes.away.search(before) is not None:
            continue
        (reference if words.scenes.bearing.search(before) is not None else scene).append(place)
    return tuple(scene or reference)
