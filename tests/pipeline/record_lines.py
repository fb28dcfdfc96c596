"""A record in memory as the lines that a run of the same reports writes, made the plain way: all rows, then sorted."""

from __future__ import annotations

from tollbook.model import Record
from tollbook.rows import characterisation_row, claim_row, finding_row, incident_row, line, report_row


def record_lines(record: Record) -> dict[str, list[str]]:
    """The lines of each file but the layers, in the order that FORMATS gives."""
    placements = {placement.report: placement for placement in record.placements}
    keys = ("report", "part", "start", "end")
    called = map(characterisation_row, record.characterisations)
    by_rules = {name: number for number, name in enumerate(record.rules)}
    found = sorted(
        map(finding_row, record.findings),
        key=lambda row: (
            by_rules[row["rules"].partition("@")[0]],
            *(row[key] for key in ("incident", "measure", "group", "unit")),
        ),
    )
    return {
        "reports": [line(report_row(one, placements[one.id])) for one in record.reports],
        "claims": [
            line(row) for row in sorted(map(claim_row, record.claims), key=lambda row: (row["claim"], row["report"]))
        ],
        "incidents": [line(incident_row(one)) for one in sorted(record.incidents, key=lambda one: one.id)],
        "findings": list(map(line, found)),
        "characterisations": [text for *_, text in sorted((*(row[key] for key in keys), line(row)) for row in called)],
    }
