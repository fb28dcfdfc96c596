"""Model values as the rows of the public files (FORMATS).

Input: values of `tollbook.model`; output: dicts whose keys stand in the order of the public format, ready for one line
of JSON. `line(claim_row(claim))` of "At least 40 people" starts `{"claim": "…", "report": "r1", "part": "text", …`.
Floats are rounded to three decimals, but for the numbers of a figure as stated, which keep all that the text says.
"""

from __future__ import annotations

from tollbook.model import Characterisation, Claim, Finding, Incident, Placement, Report, Statement
from tollbook.rows.lines import Row
from tollbook.rows.parts import (
    bounds,
    date_row,
    day,
    decimals,
    figure,
    number,
    offsets,
    place_row,
    source_row,
    span_row,
)


def report_row(report: Report, placement: Placement) -> Row:
    """A line of `reports.jsonl`."""
    notices = sorted({*report.notices, *placement.notices}, key=lambda n: (n.code, n.start or 0, n.end or 0, n.message))
    return {
        "report": report.id,
        "sha256": report.sha256,
        "text_sha256": report.text_sha256,
        "url": report.url,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "language": report.language,
        "copy_of": placement.copy_of,
        "family": placement.family,
        "origins": list(placement.origins or report.origins),
        "incident": placement.incident,
        "incidents": list(placement.incidents),
        "notices": [{"code": n.code, "message": n.message, "start": n.start, "end": n.end} for n in notices],
    }


def claim_row(claim: Claim) -> Row:
    """A line of `claims.jsonl`."""
    quantity = claim.quantity
    return {
        "claim": claim.id,
        "report": claim.report,
        **span_row(claim.span),
        "said": claim.said,
        "measure": claim.measure,
        "group": claim.group,
        "affiliation": claim.affiliation,
        "unit": claim.unit,
        "value": number(quantity.value),
        **bounds(quantity),
        "basis": claim.basis,
        "part_of": claim.part_of,
        "computed_from": list(claim.computed_from) or None,
        "alternatives": [bounds(other) for other in claim.alternatives],
        "modality": claim.modality,
        "attribution": [source_row(link) for link in claim.attribution],
        "date": date_row(claim.date),
        "as_of": day(claim.as_of),
        "place": place_row(claim.place),
        "incident": claim.incident,
        "trigger": offsets(claim.trigger),
        "confidence": decimals(claim.confidence),
        "reader": claim.reader,
    }


def statement_row(statement: Statement) -> Row:
    """A line of `statements.jsonl`; `source` is null where nobody is named and no words stand for anybody."""
    source = None
    if statement.source or statement.name:
        where = offsets(statement.source) or {"start": None, "end": None}
        source = {**where, "name": statement.name, "kind": statement.kind}
    return {
        "report": statement.report,
        **span_row(statement.content),
        "source": source,
        "cue": offsets(statement.cue),
        "style": statement.style,
        "modality": statement.modality,
    }


def characterisation_row(said: Characterisation) -> Row:
    """A line of `characterisations.jsonl`: a label or a responsibility, as somebody's words."""
    return {
        "report": said.report,
        **span_row(said.span),
        "said": said.said,
        "kind": said.kind,
        "value": said.value,
        "modality": said.modality,
        "attribution": [source_row(link) for link in said.attribution],
        "incident": said.incident,
    }


def incident_row(incident: Incident) -> Row:
    """A line of `incidents.jsonl`."""
    return {
        "incident": incident.id,
        "aliases": list(incident.aliases),
        "name": incident.name,
        "kind": incident.kind,
        "date": date_row(incident.date),
        "place": place_row(incident.place),
        "actors": [{"name": actor.name, "role": actor.role, "said_by": actor.said_by} for actor in incident.actors],
        "reports": list(incident.reports),
        "claims": list(incident.claims),
        "links": [
            {"claim": link.claim, "score": decimals(link.score), "reasons": list(link.reasons)}
            for link in incident.links
        ],
    }


def finding_row(finding: Finding) -> Row:
    """A line of `findings.jsonl`; a null figure is unknown, never zero."""
    return {
        "incident": finding.incident,
        "measure": finding.measure,
        "group": finding.group,
        "unit": finding.unit,
        "rules": finding.rules,
        "low": figure(finding.low),
        "best": figure(finding.best),
        "high": figure(finding.high),
        "status": finding.status,
        "grade": finding.grade,
        "as_of": day(finding.as_of),
        "origins": finding.origins,
        "parties": list(finding.parties),
        "positions": [
            {"party": p.party, "low": figure(p.low), "high": figure(p.high), "claims": list(p.claims)}
            for p in finding.positions
        ],
        "supports": list(finding.supports),
        "set_aside": [{"claim": aside.claim, "why": aside.why} for aside in finding.set_aside],
        "conflicts": [list(conflict) for conflict in finding.conflicts],
        "derivation": list(finding.derivation),
    }
