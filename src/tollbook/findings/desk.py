"""One incident's claims made ready for every rule set: known on the day, voiced, sorted, summed.

Input: claims as people decided them, where reports stand, a book of sources. Output: a `File`, the incident's claims by
measure and unit; each either counts, with its voice, or is set aside with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tollbook.findings.cases import Counted, Setup, Sorted, sort_claims, told_on, unfolding_until
from tollbook.findings.decided import Ruled
from tollbook.findings.origins import Sources, voices
from tollbook.findings.sums import add_up
from tollbook.findings.survivors import without_dead
from tollbook.lexicon import Taxonomy
from tollbook.model import Claim, Incident, Placement

# A link below this is likely and no more: four in a hundred of gva.dev are.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Desk:
    """What every incident's reckoning needs; `quoting` are, by incident, the reports that name somebody for it."""

    ruled: Ruled
    placements: Mapping[str, Placement]
    leads: Mapping[str, str]
    sources: Sources | None
    published: Mapping[str, dt.date | None]
    taxonomy: Taxonomy
    as_of: dt.date | None
    quoting: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """One incident's claims, sorted, by measure and unit; `kind` is what kind of event it is, where that is known."""

    incident: str
    claims: Mapping[str, Claim]
    sorted: Mapping[tuple[str, str], Sorted]
    kind: str = "other"


def known(claims: Iterable[Claim], published: Mapping[str, dt.date | None], as_of: dt.date | None) -> list[Claim]:
    """Claims that were public on a day, in an order of their own; all of them where no day is asked for."""
    days = {claim: published.get(claim.report) or claim.as_of for claim in claims} if as_of else {}
    some = [claim for claim in claims if as_of is None or (day := days[claim]) is None or day <= as_of]
    return sorted(some, key=lambda claim: (claim.id, claim.report))


def quoting(claims: Iterable[Claim]) -> dict[str, frozenset[str]]:
    """By incident, the reports in which a claim of whatever kind is somebody's whom the text names or hints at."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.incident is not None and any(link.span is not None for link in claim.attribution):
            found[claim.incident].add(claim.report)
    return {incident: frozenset(reports) for incident, reports in found.items()}


def opened(incident: Incident | None, claims: Sequence[Claim], desk: Desk) -> File:
    """The file of an incident: its claims voiced, sorted, and added up within their reports."""
    told = [told_on(claim, desk.published) for claim in claims]
    until = unfolding_until(incident, [day for day in told if day is not None])
    setup = Setup(desk.taxonomy, desk.leads, desk.ruled.rejected, desk.ruled.accepted)
    grouped: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    doubted = {link.claim for link in incident.links if link.score < SURE} if incident is not None else set()
    name = claims[0].incident or ""
    said_by = voices(claims, desk.placements, desk.leads, desk.sources, desk.quoting.get(name, frozenset()))
    for claim, voice, day in zip(claims, said_by, told, strict=True):
        early = until is not None and day is not None and day <= until
        sure = claim.id not in doubted
        grouped[claim.measure, claim.unit].append(Counted(claim, voice, day, early, sure=sure))
    lists = {key: sort_claims(some, setup) for key, some in grouped.items()}
    kind = incident.kind if incident is not None else "other"
    return File(name, {one.id: one for one in claims}, without_dead(add_up(lists, desk.taxonomy)), kind)
