"""An incident of a record, explained: when and where it was, and why each report is taken to tell of it. Pure.

Input: a record and one of its incidents. Output: a `Membership`: a `Member` for each report, by day of publication,
with the reasons for which its claims were linked, and what people ruled about that.
"""

from __future__ import annotations

from tollbook.model import Claim, Incident, Link, Record, Report, Ruling
from tollbook.rulings import with_withdrawals
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A report of an incident: the report it is a copy of, its claims there, and why these are linked.

    `links` has one of each kind, the commonest first: claims of a report are mostly linked by the same reasons.
    """

    report: Report
    copy_of: str | None
    claims: tuple[Claim, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """An incident, its reports, what is counted there, and the rulings that moved claims into it or out of it."""

    incident: Incident
    members: tuple[Member, ...]
    figures: tuple[str, ...]
    rulings: tuple[Ruling, ...]


def members_of(record: Record, incident: Incident) -> Membership:
    """Why the reports of an incident belong to it. Reason texts hold names as the reports have them."""
    links = {link.claim: link for link in incident.links}
    copies = {one.report: one.copy_of for one in record.placements}
    own: dict[str, list[Claim]] = {report: [] for report in incident.reports}
    for claim in record.claims:
        if claim.incident == incident.id:
            own.setdefault(claim.report, []).append(claim)
    told = [report for report in record.reports if report.id in own]
    members = [
        Member(report, copies.get(report.id), tuple(own[report.id]), _kinds(own[report.id], links))
        for report in sorted(told, key=lambda report: (report.published or "", report.id))
    ]
    counted = {f"{one.measure}/{one.group}": None for one in record.findings if one.incident == incident.id}
    return Membership(incident, tuple(members), tuple(counted), _rulings(record, incident))


def _kinds(claims: list[Claim], links: dict[str, Link]) -> tuple[Link, ...]:
    """A link of each score and reasons, that of most claims first."""
    same: dict[tuple[object, ...], list[Link]] = {}
    for link in (links[claim.id] for claim in claims if claim.id in links):
        same.setdefault((link.score, link.reasons), []).append(link)
    return tuple(some[0] for some in sorted(same.values(), key=len, reverse=True))


def _rulings(record: Record, incident: Incident) -> tuple[Ruling, ...]:
    """Rulings that name the incident, or one that it took in, and those that take these back."""
    names = {incident.id, *incident.aliases}
    own = (one.seq for one in record.rulings if names & {one.values.get("incident"), one.values.get("into")})
    about = with_withdrawals(own, record.rulings)
    return tuple(one for one in record.rulings if one.seq in about)
