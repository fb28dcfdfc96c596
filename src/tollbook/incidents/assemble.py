"""The stage's one function: reports and readings in, linked claims, incidents and placements out.

Input: reports with their readings (in any order), sources and gazetteer. Output: a `Linked` whose parts are sorted by
id. A claim "10 people were killed" of a report on the island of Qeshm gets the date of that report's Sunday, the
island as place, and the id of the incident that five other reports tell of too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tollbook.incidents.making import Home
from tollbook.incidents.origins import SourceBook
from tollbook.incidents.outlines import Draft, Drafted, outline
from tollbook.incidents.relations import Relations, relate
from tollbook.incidents.telling import told_on
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Characterisation, Claim, Incident, Notice, Placement, Reading, Report
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Linked:
    """What the stage gives: claims with date, as-of, place and incident; incidents; a placement for each report."""

    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    placements: tuple[Placement, ...]
    characterisations: tuple[Characterisation, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """One report among the others: its claims with date, as-of, place and incident, and where it stands."""

    claims: tuple[Claim, ...]
    placement: Placement
    characterisations: tuple[Characterisation, ...]

    def of(self, incident: str) -> list[str]:
        """The ids of its claims in an incident."""
        return [claim.id for claim in self.claims if claim.incident == incident]


def link(
    reports: Sequence[Report], readings: Sequence[Reading], sources: SourceBook, gazetteer: Gazetteer | None
) -> Linked:
    """Link the claims of some reports. The result depends on the set of reports only, not on their order."""
    pairs = sorted(zip(reports, readings, strict=True), key=lambda pair: pair[0].id)
    outlined = [outline(report, reading, sources, gazetteer) for report, reading in pairs]
    relations = relate([report for report, _ in pairs], [own for own, _ in outlined], sources)
    settled = [settle(report, draft, relations) for (report, _), (_, draft) in zip(pairs, outlined, strict=True)]
    return together(settled, relations)


def together(settled: Sequence[Settled], relations: Relations) -> Linked:
    """What reports say of incidents, which are those of the relations' groups."""
    claims: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in settled:
        for claim in one.claims:
            if claim.incident is not None:
                claims[claim.incident][claim.report].append(claim.id)
    return Linked(
        tuple(claim for one in settled for claim in one.claims),
        tuple(relations.incident(name, claims[name]) for name in relations.groups),
        tuple(one.placement for one in settled),
        tuple(said for one in settled for said in one.characterisations),
        relations.notices,
    )


def settle(report: Report, draft: Draft, relations: Relations) -> Settled:
    """What a report's claims come to, now that the incidents of its events are known."""
    homes = relations.homes(report.id)
    claims = [_filled(drafted, homes[drafted.event] if drafted.event is not None else None) for drafted in draft.claims]
    placement = _placement(report, relations, claims, draft.notices)
    main = next((home for home in homes if home is not None and home.incident == placement.incident), None)
    if report.published_date is None and main is not None:
        day = told_on(draft.times, main.date)
        claims = [replace(claim, as_of=day) if claim.as_of is None and day else claim for claim in claims]
    said = tuple(replace(item, incident=placement.incident) for item in draft.characterisations)
    return Settled(tuple(claims), placement, said)


def _filled(own: Drafted, home: Home | None) -> Claim:
    """A claim with what was resolved; one that is of no event has no incident."""
    if home is None:
        return replace(own.claim, as_of=own.as_of)
    date = own.date
    if date is None and not own.aggregate and home.date is not None:
        date = replace(home.date, rule="date of the incident")
    basis = "aggregate" if own.aggregate and own.claim.basis == "incident" else own.claim.basis
    place = own.place or home.place
    return replace(own.claim, date=date, as_of=own.as_of, place=place, incident=home.incident, basis=basis)


def _placement(report: Report, relations: Relations, claims: Sequence[Claim], notices: tuple[Notice, ...]) -> Placement:
    """The incident that most of a report's figures are about, then its headline (alone, where it has no figures)."""
    count = Counter(claim.incident for claim in claims if claim.incident is not None and claim.measure != "other")
    count.subtract(claim.incident for claim in claims if claim.incident is not None and claim.roster == "row")
    every = Counter(claim.incident for claim in claims if claim.incident is not None)
    headline = relations.headline(report.id)
    title = headline.incident if headline is not None else None
    main = min(every, key=lambda name: (-count[name], name != title, -every[name], str(name)), default=title)
    named = {name for name in every if name is not None} | ({main} if main else set())
    own = relations.placement(report.id)
    every_notice = (*notices, *own.notices)
    return replace(own, incident=main, incidents=tuple(sorted(named)), notices=every_notice)
