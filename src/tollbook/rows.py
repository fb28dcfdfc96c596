r"""Model values as the rows of the public files (FORMATS).

Input: values of `tollbook.model`; output: dicts whose keys stand in the order of the public format, ready for one line
of JSON. `line(claim_row(claim))` of "At least 40 people" starts `{"claim": "…", "report": "r1", "part": "text", …`.
Floats are rounded to three decimals, but for the numbers of a figure, which keep all that the text says. A lone
surrogate, which UTF-8 can't hold, is written as JSON's own escape (`\udc80`), so that no text stops a run and every
offset still counts the same code points.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterator
from typing import Any

from tollbook.model import (
    Characterisation,
    Claim,
    DateRange,
    Finding,
    Incident,
    Number,
    Place,
    Placement,
    Quantity,
    Reading,
    Report,
    Source,
    Span,
    Statement,
    TimeMention,
)

Row = dict[str, Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": "))
_PLAIN = frozenset({str, int, bool, type(None)})
_STATED = ("value", "low", "high")  # of a row with a bound


# ---- one line of JSON ----


def line(row: Row) -> str:
    """One row as compact JSON in one line, without its line feed; infinities and NaN are an error."""
    return _ENCODER.encode(_rounded(row))


def encoded(text: str) -> bytes:
    r"""JSON text as UTF-8 bytes; a lone surrogate becomes `\udXXX`, which JSON reads back as the same code point."""
    return text.encode("utf-8", "backslashreplace")


def _rounded(value: Any) -> Any:
    """The value with its floats rounded to three decimals; what a figure states ("0.0025 %") stays as it is."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        stated = _STATED if "bound" in value else ()
        return {
            key: inner if type(inner) in _PLAIN or key in stated else _rounded(inner) for key, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_rounded(inner) for inner in value]
    return value


def _number(value: Number | None) -> Number | None:
    """A float that is whole is written as a whole number, so that 2.5 million is 2500000."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    return value


def _day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


# ---- parts of rows ----


def _place_of_span(span: Span) -> Row:
    return {"part": span.part, "start": span.start, "end": span.end}


def _offsets(span: Span | None) -> Row | None:
    return {"start": span.start, "end": span.end} if span else None


def source_row(link: Source) -> Row:
    """One link of an attribution chain; `cue`, `part`, `start`, `end` are null where the text doesn't say it."""
    span = link.span
    return {
        "source": link.source,
        "kind": link.kind,
        "cue": link.cue,
        "part": span.part if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def date_row(date: DateRange | None) -> Row | None:
    """A date range as first and last day, precision and the rule that resolved it."""
    if date is None:
        return None
    return {"start": _day(date.start), "end": _day(date.end), "precision": date.precision, "rule": date.rule}


def place_row(place: Place | None) -> Row | None:
    """A place with its GeoNames id, degrees, the gazetteer's country code and UCDP's `where_prec`."""
    if place is None:
        return None
    return {
        "name": place.name,
        "geonames": place.geonames,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "precision": place.precision,
    }


def _bounds(quantity: Quantity) -> Row:
    return {"low": _number(quantity.low), "high": _number(quantity.high), "bound": quantity.bound.value}


# ---- the files ----


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
        **_place_of_span(claim.span),
        "said": claim.said,
        "measure": claim.measure,
        "group": claim.group,
        "affiliation": claim.affiliation,
        "unit": claim.unit,
        "value": _number(quantity.value),
        **_bounds(quantity),
        "basis": claim.basis,
        "part_of": claim.part_of,
        "computed_from": list(claim.computed_from) or None,
        "alternatives": [_bounds(other) for other in claim.alternatives],
        "modality": claim.modality,
        "attribution": [source_row(link) for link in claim.attribution],
        "date": date_row(claim.date),
        "as_of": _day(claim.as_of),
        "place": place_row(claim.place),
        "incident": claim.incident,
        "trigger": _offsets(claim.trigger),
        "confidence": float(claim.confidence),
        "reader": claim.reader,
    }


def statement_row(statement: Statement) -> Row:
    """A line of `statements.jsonl`; `source` is null where nobody is named and no words stand for anybody."""
    source = None
    if statement.source or statement.name:
        offsets = _offsets(statement.source) or {"start": None, "end": None}
        source = {**offsets, "name": statement.name, "kind": statement.kind}
    return {
        "report": statement.report,
        **_place_of_span(statement.content),
        "source": source,
        "cue": _offsets(statement.cue),
        "style": statement.style,
        "modality": statement.modality,
    }


def characterisation_row(said: Characterisation) -> Row:
    """A line of `characterisations.jsonl`: a label or a responsibility, as somebody's words."""
    return {
        "report": said.report,
        **_place_of_span(said.span),
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
            {"claim": link.claim, "score": float(link.score), "reasons": list(link.reasons)} for link in incident.links
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
        "low": _number(finding.low),
        "best": _number(finding.best),
        "high": _number(finding.high),
        "status": finding.status,
        "grade": finding.grade,
        "as_of": _day(finding.as_of),
        "origins": finding.origins,
        "parties": list(finding.parties),
        "positions": [
            {"party": p.party, "low": _number(p.low), "high": _number(p.high), "claims": list(p.claims)}
            for p in finding.positions
        ],
        "supports": list(finding.supports),
        "set_aside": [{"claim": aside.claim, "why": aside.why} for aside in finding.set_aside],
        "conflicts": [list(conflict) for conflict in finding.conflicts],
        "derivation": list(finding.derivation),
    }


# ---- annotations.jsonl ----


def _layer(reading: Reading, span: Span, said: str, layer: str, **more: object) -> Row:
    return {"report": reading.report, **_place_of_span(span), "said": said, "layer": layer, **more}


def _calendar(mention: TimeMention) -> tuple[str | None, str | None]:
    """First and last day where the words (or what resolved them) give year, month and day; else nulls."""
    if not (mention.year and mention.month and mention.day):
        return None, None
    last = mention.end_year or mention.year, mention.end_month or mention.month, mention.end_day or mention.day
    try:
        return dt.date(mention.year, mention.month, mention.day).isoformat(), dt.date(*last).isoformat()
    except ValueError:
        return None, None


def _quantity_layer(reading: Reading) -> Iterator[Row]:
    for number in reading.numbers:
        value = {"value": _number(number.quantity.value), **_bounds(number.quantity), "unit": number.unit}
        yield _layer(reading, number.span, number.said, "quantity", **value)


def _time_layer(reading: Reading) -> Iterator[Row]:
    for time in reading.times:
        start, end = _calendar(time)
        more = {"type": time.type, "value": time.value, "start_date": start, "end_date": end}
        yield _layer(reading, time.span, time.said, "time", **more)


def _place_layer(reading: Reading) -> Iterator[Row]:
    for mention in sorted((*reading.places, *reading.around), key=lambda one: (one.span.part != "title", one.span)):
        known = place_row(mention.place) or {"name": mention.said, "geonames": None}
        more = {key: known.get(key) for key in ("name", "geonames", "lat", "lon", "country")}
        more |= {"context": True} if mention.context else {}
        yield _layer(reading, mention.span, mention.said, "place", **more)


def annotation_rows(reading: Reading, report: Report) -> Iterator[Row]:
    """The lines of `annotations.jsonl` for one report: quantities, times, places, sentences, ignored numerals."""
    yield from _quantity_layer(reading)
    yield from _time_layer(reading)
    yield from _place_layer(reading)
    for span in reading.sentences:
        yield _layer(reading, span, report.words(span), "sentence")
    for ignored in reading.ignored:
        yield _layer(reading, ignored.span, ignored.said, "ignored", why=ignored.why)
