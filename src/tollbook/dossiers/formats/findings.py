"""Findings and reports as tables, so that everything a dossier shows is there as data.

Input: a `Dossier`. Output: CSV. Worked: killed, all, by acled@1 is a row `…,killed,all,person,acled@1,12,…`
whose derivation stands in one cell, a line a step.
"""

from __future__ import annotations

from collections.abc import Iterator

from tollbook.dossiers.formats import events
from tollbook.dossiers.formats.tables import Row, as_csv, columns
from tollbook.dossiers.value import Dossier

COLUMNS = columns(
    "incident measure group unit rules low best high status grade as_of origins parties derivation",
    numbers="low best high origins",
)
REPORTS = columns(
    "report title publisher published url language copy_of hash_kind sha256 text_sha256 extractor claims",
    numbers="claims",
)


def write(dossier: Dossier) -> str:
    """The findings, a row an incident, count and rule set."""
    return as_csv(COLUMNS, rows(dossier))


def write_reports(dossier: Dossier) -> str:
    """The reports, a row each."""
    return as_csv(REPORTS, reports(dossier))


def rows(dossier: Dossier) -> Iterator[Row]:
    """The rows of the findings."""
    for page in dossier.pages:
        for column, one in page.findings:
            yield {
                "incident": page.slug,
                **events.finding(column, one),
                "as_of": one.as_of_day.isoformat() if one.as_of_day else None,
                "origins": one.origins,
                "parties": events.listed(one.parties),
                "derivation": "\n".join(one.derivation) or None,
            }


def reports(dossier: Dossier) -> Iterator[Row]:
    """The rows of the reports."""
    for report in dossier.reports:
        known: Row = {name: getattr(report, name, None) or None for name in REPORTS}
        yield {**known, "report": report.ref, "published": report.issued or None, "claims": report.claims}
