"""The stage's one function: reports and readings in, linked claims, incidents and placements out.

Input: reports with their readings (in any order), sources and gazetteer. Output: a `Linked` whose parts are sorted by
id. A claim "10 people were killed" of a report on the island of Qeshm gets the date of that report's Sunday, the
island as place, and the id of the incident that five other reports tell of too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tollbook.incidents import linking
from tollbook.incidents.copies import Copy, families
from tollbook.incidents.focus import Fact
from tollbook.incidents.linking import Ties
from tollbook.incidents.naming import name_of
from tollbook.incidents.nodes import nodes_of
from tollbook.incidents.origins import SourceBook
from tollbook.incidents.places import Spot
from tollbook.incidents.reasons import Node
from tollbook.incidents.telling import told_on
from tollbook.lexicon import load
from tollbook.lexicon.credits import find_credits
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import (
    Characterisation,
    Claim,
    DateRange,
    Incident,
    Link,
    Notice,
    Place,
    Placement,
    Reading,
    Report,
    digest,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """What the stage gives: claims with date, as-of, place and incident; incidents; a placement for each report."""

    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    placements: tuple[Placement, ...]
    characterisations: tuple[Characterisation, ...]
    notices: tuple[Notice, ...]


def link(
    reports: Sequence[Report], readings: Sequence[Reading], sources: SourceBook, gazetteer: Gazetteer | None
) -> Linked:
    """Link the claims of some reports. The result depends on the set of reports only, not on their order."""
    pairs = sorted(zip(reports, readings, strict=True), key=lambda pair: pair[0].id)
    reports, readings = [report for report, _ in pairs], [reading for _, reading in pairs]
    origins = {report.id: _origins(report, sources) for report in reports}
    copies = families(reports, origins)
    nodes = nodes_of(reports, readings, copies, gazetteer)
    ties = Ties(nodes, _alike())
    groups, capped = linking.group(nodes, ties)
    made: list[tuple[Incident, list[Fact]]] = []
    headlines: dict[str, str] = {}
    for group in groups:
        members = [nodes[i] for i in group]
        built = _incident(members, ties)
        if built is not None:
            made.append(built)
            headlines |= {node.happening.report: built[0].id for node in members if node.happening.main}
    homes = {(fact.claim.report, fact.claim.id): incident for incident, facts in made for fact in facts}
    facts = {(fact.claim.report, fact.claim.id): fact for node in nodes for fact in node.happening.facts}
    claims = tuple(
        _filled(claim, facts.get((report.id, claim.id)), homes, report)
        for report, reading in zip(reports, readings, strict=True) for claim in reading.claims
    )  # fmt: skip
    placements = tuple(
        _placement(report, origins, copies, claims_of, headlines.get(report.id))
        for report, claims_of in _claims_of(reports, claims)
    )
    main = {placement.report: placement.incident for placement in placements}
    claims = _told(claims, reports, readings, main, {incident.id: incident for incident, _ in made})
    characterisations = tuple(
        replace(item, incident=main.get(item.report)) for reading in readings for item in reading.characterisations
    )
    notices = (
        (
            Notice(
                "runaway", f"an incident would have held more than {linking.CAP} happenings and was not merged further"
            ),
        )
        if capped
        else ()
    )
    return Linked(
        claims, tuple(sorted((i for i, _ in made), key=lambda i: i.id)), placements, characterisations, notices
    )


def _alike() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in load("en").table("events")["alike"]["groups"]:
        for kind in group:
            found[kind].update(group)
    return {kind: frozenset(kinds) for kind, kinds in found.items()}


def _origins(report: Report, sources: SourceBook) -> tuple[str, ...]:
    """The wires and offices credited for a report as a whole, nearest first, the publisher itself left out."""
    named = [*(sources.name(name) for name in report.origins), *find_credits(report.text, sources)]
    own = sources.name(report.publisher) if report.publisher else None
    return tuple(dict.fromkeys(name for name in named if name != own))


def _claims_of(reports: Sequence[Report], claims: Sequence[Claim]) -> list[tuple[Report, list[Claim]]]:
    by_report: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_report[claim.report].append(claim)
    return [(report, by_report[report.id]) for report in reports]


# ---- a group becomes an incident ----


def _incident(members: Sequence[Node], ties: Ties) -> tuple[Incident, list[Fact]] | None:
    """The incident of a group of happenings; None where no figure is told of."""
    facts = [fact for node in members for fact in node.happening.facts]
    if not facts:
        return None
    ids = sorted({fact.claim.id for fact in facts})
    date, spot = _date(members), _spot(members)
    kinds = Counter[str]()
    for node in members:
        kinds.update(node.happening.kinds)
    kind = min(kinds, key=lambda kind: (-kinds[kind], kind), default="other")
    links = {
        fact.claim.id: Link(fact.claim.id, *_why(node, members, ties))
        for node in members
        for fact in node.happening.facts
    }
    incident = Incident(
        id=digest("incident", ids[0]),
        name=name_of(spot.name if spot else None, date),
        kind=kind,
        date=date,
        place=_place(spot),
        reports=tuple(sorted({node.happening.report for node in members})),
        claims=tuple(ids),
        links=tuple(links[key] for key in ids),
    )
    return incident, facts


def _date(members: Sequence[Node]) -> DateRange | None:
    """The date that most reports give, the finer before the coarser."""
    fine = {"day": 0, "days": 0, "week": 1, "month": 2, "season": 3, "year": 4, "years": 5}
    count = Counter(node.date for node in members if node.date is not None)
    finest = min((fine[date.precision] for date in count), default=0)
    chosen = [date for date in count if fine[date.precision] == finest]
    return min(
        chosen, key=lambda date: (-count[date], -(date.end - date.start).days, date.start, date.rule), default=None
    )


def _spot(members: Sequence[Node]) -> Spot | None:
    count: Counter[str] = Counter()
    known: dict[str, Spot] = {}
    for node in members:
        for rank, spot in enumerate(node.spots or node.happening.spots):
            count[spot.key] += 6 if rank == 0 else 3 if rank == 1 else 1
            known.setdefault(spot.key, spot)
    best = min(count, key=lambda key: (-count[key], key), default=None)
    return known[best] if best is not None else None


def _place(spot: Spot | None) -> Place | None:
    if spot is None:
        return None
    return spot.place if spot.place is not None else Place(spot.name, precision=5)


def _why(node: Node, members: Sequence[Node], known: Ties) -> tuple[float, tuple[str, ...]]:
    """The strongest tie of a happening to the others of its incident, as a score up to 1 and plain reasons."""
    ties = [tie for other in members if other is not node and (tie := known.of(node.index, other.index)) is not None]
    if not ties:
        own = ["the only report of it"] if len(members) == 1 else ["told of in the same report"]
        return 1.0, tuple(own)
    value, reasons = max(ties, key=lambda tie: (tie[0], tuple(reason.words for reason in tie[1])))
    return round(max(0.0, min(1.0, value / 2)), 3), tuple(reason.words for reason in reasons if reason.weight > 0)


# ---- what comes back ----


def _filled(claim: Claim, fact: Fact | None, homes: Mapping[tuple[str, str], Incident], report: Report) -> Claim:
    """A claim with what was resolved; one that is of no event keeps only the day up to which it counts."""
    as_of = claim.as_of or report.published_date
    if fact is None:
        return replace(claim, as_of=as_of)
    if fact.as_of is not None and claim.as_of is None:
        as_of = fact.as_of.end
    incident = homes[claim.report, claim.id]
    date = fact.date
    if date is None and not fact.setting.aggregate and incident.date is not None:
        date = replace(incident.date, rule="date of the incident")
    place = next((spot.place for spot in fact.spots if spot.place is not None), None) or incident.place
    basis = "aggregate" if fact.setting.aggregate and claim.basis == "incident" else claim.basis
    return replace(claim, date=date, as_of=as_of, place=place, incident=incident.id, basis=basis)


def _told(
    claims: Sequence[Claim],
    reports: Sequence[Report],
    readings: Sequence[Reading],
    main: Mapping[str, str | None],
    incidents: Mapping[str, Incident],
) -> tuple[Claim, ...]:
    """The claims of undated reports with the day on which they speak, where their words say how long after."""
    told = {}
    for report, reading in zip(reports, readings, strict=True):
        incident = incidents.get(main.get(report.id) or "")
        if report.published_date is None and incident is not None:
            told[report.id] = told_on(reading.times, incident.date)
    return tuple(
        replace(claim, as_of=told[claim.report]) if claim.as_of is None and told.get(claim.report) else claim
        for claim in claims
    )


def _placement(
    report: Report,
    origins: Mapping[str, tuple[str, ...]],
    copies: Mapping[str, Copy],
    claims: Sequence[Claim],
    headline: str | None,
) -> Placement:
    """The incident that most of a report's figures are about, then its headline (alone, where it has no figures)."""
    count = Counter(claim.incident for claim in claims if claim.incident is not None and claim.measure != "other")
    every = Counter(claim.incident for claim in claims if claim.incident is not None)
    main = min(every, key=lambda name: (-count[name], name != headline, -every[name], str(name)), default=headline)
    named = {name for name in every if name is not None} | ({main} if main else set())
    copy = copies.get(report.id)
    return Placement(
        report.id,
        copy.copy_of if copy else None,
        copy.family if copy else None,
        origins[report.id],
        main,
        tuple(sorted(named)),
    )
