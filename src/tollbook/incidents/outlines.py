"""What linking takes from one report alone, worked out where the report is read: all reports wait for nothing else.

Input: a report with its reading, a book of sources, a gazetteer. Output: an `Outline` of it: whom it credits, samples
of its account and its events as nodes, which a run holds for all reports; and its `Draft`: the claims with the day and
place that the report itself gives them, which lies on disk until all reports are linked.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left
from collections.abc import Sequence

from tollbook.incidents.copies import sampled
from tollbook.incidents.happening import Fact, Happening
from tollbook.incidents.nodes import nodes_of, told_of
from tollbook.incidents.notices import notices_of
from tollbook.incidents.origins import SourceBook
from tollbook.incidents.traits import Node
from tollbook.lexicon.credits import find_credits
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Characterisation, Claim, DateRange, Notice, Place, Reading, Report, Span, TimeMention
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Drafted:
    """A claim with what its own report resolves for it; `event` is the place of its event among the report's nodes."""

    claim: Claim
    as_of: dt.date | None
    event: int | None = None
    date: DateRange | None = None
    place: Place | None = None
    aggregate: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A report's claims and what it calls its incident, before any incident is known; `times` where it is undated."""

    claims: tuple[Drafted, ...]
    characterisations: tuple[Characterisation, ...]
    times: tuple[TimeMention, ...] = ()
    notices: tuple[Notice, ...] = ()


# What a draft adds to a report's reading: for each claim its day, event, date and place, and whether it is of many.
Resolved = tuple[dt.date | None, int | None, DateRange | None, Place | None, bool]


def resolved(draft: Draft) -> list[Resolved]:
    """What a draft adds to the claims of its reading, in their order."""
    return [(one.as_of, one.event, one.date, one.place, one.aggregate) for one in draft.claims]


def draft_of(report: Report, reading: Reading, own: Sequence[Resolved], notices: tuple[Notice, ...]) -> Draft:
    """The draft of a report again, from its reading, what was resolved in it and its notices."""
    claims = tuple(Drafted(claim, *more) for claim, more in zip(reading.claims, own, strict=True))
    return Draft(claims, reading.characterisations, _times(report, reading), notices)


def _times(report: Report, reading: Reading) -> tuple[TimeMention, ...]:
    return () if report.published_date else reading.times


@dataclass(frozen=True, slots=True)
class Outline:
    """Whom a report credits as a whole, samples of its account, and its events, the main one first."""

    origins: tuple[str, ...]
    sample: array[int]
    nodes: tuple[Node, ...]


def outline(
    report: Report, reading: Reading, sources: SourceBook, gazetteer: Gazetteer | None
) -> tuple[Outline, Draft]:
    """What linking takes from a report, whatever other reports there are."""
    told = told_of(report, reading)
    samples = sampled("" if report.is_row else report.text)  # rows of one sheet are alike, and no copies
    own = Outline(
        _origins(report, sources),
        samples,
        tuple(nodes_of(report, reading, told, gazetteer)),
    )
    return own, _draft(report, reading, told)


def _origins(report: Report, sources: SourceBook) -> tuple[str, ...]:
    """The wires and offices credited for a report as a whole, nearest first, the publisher itself left out."""
    named = [*(sources.name(name) for name in report.origins), *find_credits(report.text, sources)]
    own = sources.name(report.publisher) if report.publisher else None
    return tuple(dict.fromkeys(name for name in named if name != own))


def _draft(report: Report, reading: Reading, told: list[Happening]) -> Draft:
    facts = {fact.claim.id: (fact, event) for event, one in enumerate(told) for fact in one.facts}
    order = sorted((fact.claim.span, event) for fact, event in facts.values() if fact.claim.span.part == "text")
    claims = tuple(
        _row(claim, report, order)
        if claim.roster == "row"
        else _drafted(claim, report, *facts.get(claim.id, (None, None)))
        for claim in reading.claims
    )
    spots = [spot.place for one in told for spot in one.spots] + [drafted.place for drafted in claims]
    places, events = {place for place in spots if place is not None}, sum(bool(one.facts) for one in told)
    notices = notices_of(reading, places, events)
    return Draft(claims, reading.characterisations, _times(report, reading), notices)


def _row(claim: Claim, report: Report, order: Sequence[tuple[Span, int]]) -> Drafted:
    """People told of one by one are of the event of the figure before them, else of the main one."""
    at = bisect_left(order, (claim.span, 0))
    return Drafted(claim, claim.as_of or report.published_date, order[at - 1][1] if at else 0)


def _drafted(claim: Claim, report: Report, fact: Fact | None, event: int | None) -> Drafted:
    """One that is of no event keeps only the day up to which it counts."""
    as_of = claim.as_of or report.published_date
    if fact is None:
        return Drafted(claim, as_of)
    if fact.as_of is not None and claim.as_of is None:
        as_of = fact.as_of.end
    place = next((spot.place for spot in fact.spots if spot.place is not None), None)
    return Drafted(claim, as_of, event, fact.date, place, fact.setting.aggregate)
