"""The files of a run, written report by report and incident by incident, so that no run holds a whole record.

Input: reports by id, their readings put aside, and their relations. Output: `reports.jsonl`, `claims.jsonl` and their
kin, each sorted as FORMATS says. The same rows as those of the record that `analyse` makes in memory.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tollbook.incidents import Relations, Settled, SourceBook, settle
from tollbook.model import Finding, Incident, Notice, Placement, Report
from tollbook.pipeline.layers import Readings
from tollbook.pipeline.shelf import Shelf
from tollbook.pipeline.tables import report_lines
from tollbook.rows import claim_row, encoded, finding_row, incident_row, line
from tollbook.values import dataclass

if TYPE_CHECKING:
    from tollbook.findings import RuleSet

TABLES = ("reports", "claims", "incidents", "findings", "characterisations")


@dataclass(frozen=True, slots=True)
class Sheets:
    """What the files are made of: the reports, what was read and found, and what is known of sources."""

    reports: Sequence[Report]
    readings: Readings
    relations: Relations
    sources: SourceBook

    def settled(self, number: int) -> Settled:
        """What a report's claims come to: worked out when it is asked for, for no run holds that of all reports."""
        return settle(self.reports[number], self.readings.draft(number), self.relations)


def write_tables(folder: Path, sheets: Sheets, rules: Sequence[str | RuleSet], as_of: dt.date | None) -> dict[str, int]:
    """Write all files but those of the layers into `folder`; returns how many rows each has."""
    counts, remarks = _write_incidents(folder, sheets, rules, as_of)
    counts |= _write_reports(folder, sheets, remarks)
    return {name: counts[name] for name in TABLES}


def _write_reports(folder: Path, sheets: Sheets, remarks: Mapping[str, Iterable[Notice]]) -> dict[str, int]:
    """Reports with what findings remark on them, characterisations and claims."""
    counts = dict.fromkeys(("reports", "claims", "characterisations"), 0)
    ids = array("Q")
    with Shelf(folder) as claims, _open(folder, "reports") as told, _open(folder, "characterisations") as called:
        for number, report in enumerate(sheets.reports):
            one = sheets.settled(number)
            row, names = report_lines(report.noticed(*remarks.get(report.id, ())), one)
            told.write(encoded(f"{row}\n"))
            called.writelines(encoded(f"{text}\n") for text in names)
            counts["characterisations"] += len(names)
            for claim in one.claims:
                claims.put(encoded(f"{line(claim_row(claim))}\n"))
                ids.append(int(claim.id, 16))
        with _open(folder, "claims") as file:
            counts["claims"] = claims.write_to(file, sorted(range(len(ids)), key=ids.__getitem__))
    counts["reports"] = len(sheets.reports)
    return counts


def _write_incidents(
    folder: Path, sheets: Sheets, rules: Sequence[str | RuleSet], as_of: dt.date | None
) -> tuple[dict[str, int], Mapping[str, Iterable[Notice]]]:
    """Incidents, and the findings of each: rule sets in the order given, each by incident; remarks on reports."""
    from tollbook.findings.rules import chosen  # on first need, so that a process that only reads starts without it

    numbers = {report.id: number for number, report in enumerate(sheets.reports)}
    counts = {"incidents": len(sheets.relations.groups), "findings": 0}
    remarks: dict[str, dict[Notice, None]] = defaultdict(dict)
    with ExitStack() as stack:
        found = {rule.id: stack.enter_context(Shelf(folder)) for rule in chosen(rules)}
        told = stack.enter_context(_open(folder, "incidents"))
        for name in sheets.relations.groups:
            some = [sheets.settled(numbers[report]) for report in sheets.relations.members(name)]
            incident = sheets.relations.incident(name, {one.placement.report: one.of(name) for one in some})
            told.write(encoded(f"{line(incident_row(incident))}\n"))
            days = {report: sheets.reports[numbers[report]].published_date for report in incident.reports}
            for one in _findings_of(incident, some, sheets, rules, as_of, days):
                found[one.rules].put(encoded(f"{line(finding_row(one))}\n"))
                for report, notice in one.remarks:
                    remarks[report][notice] = None
        with _open(folder, "findings") as file:
            counts["findings"] = sum(shelf.write_to(file) for shelf in found.values())
    return counts, remarks


def _findings_of(
    incident: Incident,
    some: Sequence[Settled],
    sheets: Sheets,
    rules: Sequence[str | RuleSet],
    as_of: dt.date | None,
    published: Mapping[str, dt.date | None],
) -> tuple[Finding, ...]:
    """The findings of one incident, from what its reports' claims come to."""
    from tollbook import findings  # on first need, as above

    return findings.reconcile(
        [incident],
        [claim for each in some for claim in each.claims if claim.incident == incident.id],
        rules=rules,
        placements=_placements(some, sheets.relations),
        characterisations=[said for each in some for said in each.characterisations],
        sources=sheets.sources,
        as_of=as_of,
        published=published,
    )


def _placements(some: Sequence[Settled], relations: Relations) -> list[Placement]:
    """Where the reports of an incident stand, and the originals that they are copies of, wherever these belong."""
    own = {one.placement.report: one.placement for one in some}
    originals = {one.copy_of for one in own.values() if one.copy_of is not None} - own.keys()
    return [*own.values(), *(relations.placement(report) for report in sorted(originals))]


def _open(folder: Path, name: str) -> BinaryIO:
    return (folder / f"{name}.jsonl").open("wb")
