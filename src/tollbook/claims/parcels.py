"""Figures told place by place: lines under a label ("ORUNE:"), and a toll broken down ("two in Orune, five in Zarand").

Input: a report's passages, claims and places. Output: `Parcels`: the places of figures so told, and which of the
figures stand beside others of the same kind that are of other places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from tollbook.model import Claim, Passage, PlaceMention, Report, SpanIndex
from tollbook.text import fold
from tollbook.values import dataclass

# Between a figure and the place right behind it, and between two places named together.
_BEHIND = re.compile(r"(?:\s+[a-z]+){0,2}\s+(?:in|at|near)\s+(?:the\s+)?")
_JOINED = re.compile(r"\s*(?:,|,?\s(?:and|or))\s+(?:the\s+)?")
# A label is no longer than this, in code points, and at least half of it is its place.
_LABEL = 40


@dataclass(slots=True)
class Parcels:
    """The places of figures told place by place, by claim id; `parts` are those of a toll broken down by place."""

    places: dict[str, tuple[PlaceMention, ...]] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)


def parcels(
    report: Report,
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    places: Sequence[PlaceMention],
    scenes: Mapping[int, Sequence[PlaceMention]],
) -> Parcels:
    """Which places the words right behind figures, and the labels over them, give them.

    `scenes` are the places of a passage, by its number, where something may have happened.
    """
    holders = SpanIndex(passage.span for passage in passages)
    texts = {"title": fold(report.title or ""), "text": fold(report.text)}
    labels = list(_labels(report, passages, places))
    found = Parcels()
    beside: dict[tuple[int, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        holder = holders.opening(claim.span)
        if holder is None:
            continue
        label = labels[holder]
        own = (label,) if label else tuple(_behind(texts[claim.span.part], claim, scenes.get(holder, ())))
        if own:
            found.places[claim.id] = own
            beside[(-1, "") if label else (holder, claim.measure)].append(claim)
    for told in beside.values():
        if len({found.places[claim.id][0].said for claim in told}) > 1:
            found.parts.update(claim.id for claim in told)
    return found


def _labels(
    report: Report, passages: Sequence[Passage], places: Sequence[PlaceMention]
) -> Iterator[PlaceMention | None]:
    """For each passage the place of the label over it, with no blank line between: "ORUNE:" on a line of its own."""
    where = SpanIndex(place.span for place in places)
    label, before = None, 0
    for passage in passages:
        if passage.span.part == "title":
            yield None
            continue
        label = label if report.text.count("\n", before, passage.span.start) <= 1 else None
        before = passage.span.end
        said = report.words(passage.span).strip()
        if said.endswith(":") and len(said) <= _LABEL:
            inside = [places[i] for i in where.inside(passage.span)]
            label = next((place for place in inside if 2 * len(place.span) >= len(said)), None)
        yield label


def _behind(low: str, claim: Claim, places: Sequence[PlaceMention]) -> Iterator[PlaceMention]:
    """The places right behind a figure: of "two dead in Orune and Brin, five in Zarand" the first two."""
    at, joint = claim.span.end, _BEHIND
    for place in places:
        if place.span.start < at:
            continue
        if joint.fullmatch(low, at, place.span.start) is None:
            return
        yield place
        at, joint = place.span.end, _JOINED
