"""One incident's claims made ready for every rule set: known on the day, voiced, sorted, summed.

Input: claims as people decided them, where reports stand, a book of sources. Output: a `File`, the incident's claims by
measure and unit; each either counts, with its voice, or is set aside with the reason.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from tollbook.findings.cases import Counted, Setup, Sorted, sort_claims, told_on, unfolding_until
from tollbook.findings.decided import Ruled
from tollbook.findings.origins import Sources, voices
from tollbook.findings.sums import add_up
from tollbook.findings.survivors import without_dead
from tollbook.lexicon import Taxonomy
from tollbook.model import Claim, Incident, Placement
from tollbook.values import dataclass

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


@dataclass(frozen=True, slots=True)
class Gathered:
    """One incident's claims with their voices, by measure and unit, before what stands is told from what doesn't."""

    incident: str
    claims: Mapping[str, Claim]
    voiced: Mapping[tuple[str, str], Sequence[Counted]]
    setup: Setup
    kind: str

    def sorted(self, setup: Setup) -> dict[tuple[str, str], Sorted]:
        """The claims of each list sorted, what people decided being as the set-up has it."""
        return {key: self.sorted_list(key, setup) for key in self.voiced}

    def sorted_list(self, key: tuple[str, str], setup: Setup) -> Sorted:
        """One of these lists."""
        return sort_claims(self.voiced[key], setup)

    def file(self, lists: Mapping[tuple[str, str], Sorted]) -> File:
        """The file that sorted claims make: added up within their reports, those hurt without the dead."""
        return File(self.incident, self.claims, without_dead(add_up(lists, self.setup.taxonomy)), self.kind)


def of_sheets(claims: Iterable[Claim], desk: Desk) -> dict[str, str]:
    """Why rows of spreadsheets are set aside: a person tied them to what they repeat, or reports tell of it themselves.

    A sheet is compiled from reports, perhaps from these; it never stands beside them as if it had seen for itself.
    """
    some = list(claims)
    rows = [claim for claim in some if claim.is_of_sheet]
    if not rows:
        return {}
    told = {
        (one.measure, one.group, one.unit)
        for one in some
        if not one.is_of_sheet and one.id not in desk.ruled.rejected and one.modality == "asserted"
    }
    tied = desk.ruled.tied
    why = {
        one.id: f"a person tied this row of a spreadsheet to claim {tied[one.id]}, which it repeats"
        for one in rows
        if one.id in tied
    }
    return why | {
        one.id: "a row of a spreadsheet that nobody has tied to words of a report, and reports tell of this themselves"
        for one in rows
        if one.id not in tied and (one.measure, one.group, one.unit) in told
    }


def opened(incident: Incident | None, claims: Sequence[Claim], desk: Desk) -> File:
    """The file of an incident: its claims voiced, sorted, and added up within their reports."""
    found = gathered(incident, claims, desk)
    return found.file(found.sorted(found.setup))


def gathered(incident: Incident | None, claims: Sequence[Claim], desk: Desk) -> Gathered:
    """The claims of an incident with their voices."""
    told = [told_on(claim, desk.published) for claim in claims]
    until = unfolding_until(incident, [day for day in told if day is not None])
    setup = Setup(desk.taxonomy, desk.leads, {**of_sheets(claims, desk), **desk.ruled.rejected}, desk.ruled.accepted)
    grouped: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    doubted = {link.claim for link in incident.links if link.score < SURE} if incident is not None else set()
    name = claims[0].incident or ""
    said_by = voices(claims, desk.placements, desk.leads, desk.sources, desk.quoting.get(name, frozenset()))
    for claim, voice, day in zip(claims, said_by, told, strict=True):
        early = until is not None and day is not None and day <= until
        sure = claim.id not in doubted
        grouped[claim.measure, claim.unit].append(Counted(claim, voice, day, early, sure=sure))
    kind = incident.kind if incident is not None else "other"
    return Gathered(name, {one.id: one for one in claims}, grouped, setup, kind)
