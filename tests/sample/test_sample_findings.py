"""A perfect reading of the sample, made of its expected claims, gives the expected findings.

It holds the rule sets to the record without the reader in between: a miss here is a miss in findings or in the record.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from comparison import Row, place

from tollbook import sample
from tollbook.findings import reconcile
from tollbook.incidents import SourceBook, parse_sources
from tollbook.model import (
    Bound,
    Claim,
    DateRange,
    Finding,
    Incident,
    Placement,
    Quantity,
    Report,
    Source,
    Span,
)
from tollbook.reports import gather

FIRST_DAYS = {row["incident"]: row for row in sample.expected("incidents")}


def reports() -> dict[str, Report]:
    with sample.inputs() as inputs:
        return {report.id: report for report in gather(list(inputs)).reports}


def date_of(incident: str) -> DateRange:
    row = FIRST_DAYS[incident]
    return DateRange(dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"]), row["precision"], "record")


def claim_of(row: Row, report: Report) -> Claim:
    span = Span(*place(row, report), row["part"])
    said = report.words(span)
    sources = []
    for link in row["attribution"]:
        own = link["kind"] == "publisher" or (link["kind"] == "media" and link["source"] == "Wexmoor Wire")
        sources.append(Source(link["source"], link["kind"], None if own else "said", None if own else span))
    word = said.lower() if row["bound"] == "vague" else None
    return Claim(
        id=Claim.id_of(report.text_sha256, span, row["measure"]),
        report=report.id,
        span=span,
        said=said,
        measure=row["measure"],
        group=row["group"],
        unit=row["unit"],
        quantity=Quantity(row["value"], row["low"], row["high"], Bound(row["bound"]), word and word.split()[0]),
        basis=row["basis"],
        modality=row["modality"],
        attribution=tuple(sources),
        date=date_of(row["incident"]),
        as_of=row["as_of"] and dt.date.fromisoformat(row["as_of"]),
        incident=row["incident"],
    )


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    read = reports()
    wanted = [row for row in sample.expected("claims") if row["incident"] and not row["optional"]]
    whole = {(row["report"], row["near"]): claim_of(row, read[row["report"]]).id for row in wanted}
    claims = []
    for row in wanted:
        claim = claim_of(row, read[row["report"]])
        part_of = whole[row["report"], row["part_of"]] if row["part_of"] else None
        claims.append(replace(claim, part_of=part_of))
    incidents = [
        Incident(
            slug,
            row["name"],
            row["kind"],
            date_of(slug),
            claims=tuple(claim.id for claim in claims if claim.incident == slug),
        )
        for slug, row in FIRST_DAYS.items()
    ]
    placements = [
        Placement(row["report"], row["copy_of"], row["copy_of"], tuple(row["origins"]), row["incident"])
        for row in sample.expected("reports")
    ]
    invented = parse_sources(sample.sources())

    published = {row["report"]: dt.date.fromisoformat(row["published"]) for row in sample.expected("reports")}
    return reconcile(
        incidents,
        claims,
        rules=("range", "acled"),
        placements=placements,
        sources=SourceBook.of(invented),
        published=published,
    )


@pytest.mark.parametrize(
    "row",
    sample.expected("findings"),
    ids=lambda row: f"{row['rules']}: {row['incident']}, {row['measure']}, {row['group']}",
)
def test_a_perfect_reading_gives_the_expected_finding(findings: tuple[Finding, ...], row: Row) -> None:
    keys = ("incident", "measure", "group", "unit")
    found = [
        each
        for each in findings
        if each.rules.partition("@")[0] == row["rules"] and all(getattr(each, key) == row[key] for key in keys)
    ]
    assert len(found) == 1
    told = found[0]
    wanted = (row["low"], row["best"], row["high"], row["status"], len(row["origins"]))
    assert (told.low, told.best, told.high, told.status, told.origins) == wanted, told.derivation
