"""What the two halves of the desk hold: the paper with its marked words, the side with its matrix.

Input: the running view of a project, and names. Output: a `Paper` (one report) and a `Side` (one incident).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlsplit

from tollbook.dossiers.figures import day, days
from tollbook.dossiers.sources import Sources
from tollbook.findings import Ruled
from tollbook.model import Grade, Incident, Record, Report
from tollbook.pipeline.desk import Desk
from tollbook.pipeline.desk.view import about_report, is_gone
from tollbook.review.marks import Marked
from tollbook.review.matrix import Matrix, matrix
from tollbook.review.seen_claims import SeenClaim, SeenRuling, seen_claims, seen_rulings, verdicts
from tollbook.rulings import with_withdrawals


@dataclass(frozen=True)
class Paper:
    """A report with its claims; `chosen` is the one looked at, None where the report has none; `gone` says why there is
    no text. `head` is the number of the log's last event before all this was worked out.
    """

    report: Report
    record: Record
    claims: Sequence[SeenClaim]
    chosen: SeenClaim | None
    marked: Marked
    gone: str = ""
    head: int = 0

    @property
    def number(self) -> int:
        """Which of the claims is chosen, from 1 on; 0 where none is."""
        return self.claims.index(self.chosen) + 1 if self.chosen else 0

    @property
    def states(self) -> dict[str, str]:
        """Each claim's state by its id."""
        return {one.id: one.state for one in self.claims}

    @property
    def open(self) -> int:
        return sum(one.state == "open" for one in self.claims)

    @property
    def about(self) -> str:
        """The incident that the chosen claim is about, else the first that the report tells of."""
        if self.chosen and self.chosen.incident:
            return self.chosen.incident
        placed = [one.incident for one in self.record.placements if one.incident]
        there = {one.id for one in self.record.incidents}
        return next((one for one in placed if one in there), min(there, default=""))

    @property
    def rulings(self) -> list[SeenRuling]:
        """What was ruled on the chosen claim."""
        return seen_rulings(self.record.rulings, self.chosen.id) if self.chosen else []

    @property
    def published(self) -> str:
        return day(self.report.published_date)

    @property
    def link(self) -> str:
        """The publisher's page, where its address is one of the web."""
        try:
            split = urlsplit((self.report.url or "").strip())
            return split.geturl() if split.scheme in {"http", "https"} and split.hostname else ""
        except ValueError:
            return ""

    @property
    def copy_of(self) -> str:
        return next((one.copy_of for one in self.record.placements if one.copy_of), "")


@dataclass(frozen=True)
class Side:
    """An incident with its matrix; of a large one all rows of the bands named in `whole`. `head` as of a `Paper`."""

    incident: Incident
    record: Record
    ruled: Ruled
    book: Sources
    whole: Collection[str] = ()
    head: int = 0

    @cached_property
    def matrix(self) -> Matrix:
        counted = replace(self.record, claims=self.ruled.claims)
        return matrix(counted, self.incident, self.book, verdicts(self.record), self.whole)

    @property
    def seen(self) -> int:
        """The number of the last ruling on the incident as a whole, 0 for none."""
        ids = {self.incident.id, *self.incident.aliases}
        rulings = self.record.rulings
        named = (one.seq for one in rulings if ids & {one.values.get("incident"), one.values.get("into")})
        return max(with_withdrawals(named, rulings), default=0)

    @property
    def grade(self) -> Grade | None:
        return next((one for one in self.record.grades if one.incident == self.incident.id), None)

    @property
    def days(self) -> str:
        return days(self.incident.date)

    @cached_property
    def reports(self) -> list[str]:
        """The ids of its reports in order of publication."""
        return [one.id for one, _ in listed(self.record, self.incident)]

    @property
    def first(self) -> str:
        """The first report that has a claim of it."""
        return next((one.id for one, claims in listed(self.record, self.incident) if claims), "")

    @property
    def rulings(self) -> list[SeenRuling]:
        return seen_rulings(self.record.rulings, incidents=(self.incident.id, *self.incident.aliases))

    def beside(self, report: str) -> tuple[int, str, str]:
        """Which of the reports one is, from 1 on (0: none of them), the one before it and the one behind it."""
        if report not in self.reports:
            return 0, "", ""
        number = self.reports.index(report)
        before = self.reports[number - 1] if number else ""
        behind = self.reports[number + 1] if number + 1 < len(self.reports) else ""
        return number + 1, before, behind


def paper_of(desk: Desk, name: str, incident: str = "", claim: str = "") -> Paper:
    """One report. The claim asked for is chosen, else the first open one of the incident, else the first."""
    head = desk.head()
    record = _about(desk, name, incident)
    report = record.reports[0]
    claims = seen_claims(record, desk.ruled(record))
    own = [one for one in claims if not incident or one.incident == incident] or claims
    first = next((one for one in own if one.state == "open"), own[0] if own else None)
    chosen = next((one for one in claims if one.id == claim), first)
    sentences = [span for reading in record.readings for span in reading.sentences]
    marked = Marked(report, record.claims, record.statements, sorted(sentences))
    gone = "The text of this report is gone from the archive, or is no longer the same." if is_gone(report) else ""
    return Paper(report, record, claims, chosen, marked, gone, head)


def _about(desk: Desk, name: str, incident: str) -> Record:
    """What is about one report: from the part of the incident beside it, which is worked out anyway, where all of the
    report's claims are of that.
    """
    if incident:
        record, _ = desk.incident(incident)
        there = {one.id for one in record.claims if one.report == name}
        read = [claim.id for one in record.readings if one.report == name for claim in one.claims]
        if read and there.issuperset(read):
            return about_report(record, name)
    return desk.report(name)


def side_of(desk: Desk, book: Sources, name: str, whole: Collection[str] = ()) -> Side:
    """One incident."""
    head = desk.head()
    record, incident = desk.incident(name)
    return Side(incident, record, desk.ruled(record), book, whole, head)


def listed(record: Record, incident: Incident, words: str = "") -> list[tuple[Report, int]]:
    """The reports of an incident in order of publication, each with how many claims of it; by words of what is known of
    them.
    """
    count: dict[str, int] = {}
    for one in record.claims:
        if one.incident == incident.id:
            count[one.report] = count.get(one.report, 0) + 1
    own = [one for one in record.reports if one.id in count or one.id in incident.reports]
    sought = words.casefold().split()
    found = [one for one in own if all(word in _told(one) for word in sought)] if sought else own
    return [(one, count.get(one.id, 0)) for one in sorted(found, key=lambda one: ((one.published or "9"), one.id))]


def _told(report: Report) -> str:
    return f"{report.title or ''} {report.publisher or ''} {report.published or ''} {report.id}".casefold()
