"""Parts that rows of several files share: numbers, days, spans, sources, dates and places.

Input: values of `tollbook.model`; output: what stands for them in a row. The figure 2,500,000.0 is the number 2500000,
a place's degrees have three decimals.
"""

from __future__ import annotations

import datetime as dt
import math

from tollbook.model import DateRange, Number, Place, Quantity, Source, Span
from tollbook.rows.lines import DECIMALS, Row


def number(value: Number | None) -> Number | None:
    """A float that is whole is written as a whole number, so that 2.5 million is 2500000."""
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    return value


def day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def decimals(value: float | None) -> float | None:
    """A float as it is written where no text states it."""
    return value if value is None else round(float(value), DECIMALS)


def figure(value: Number | None) -> Number | None:
    """A number that was worked out: three decimals where it isn't whole."""
    written = number(value)
    return round(written, DECIMALS) if isinstance(written, float) else written


def span_row(span: Span) -> Row:
    return {"part": span.part, "start": span.start, "end": span.end}


def offsets(span: Span | None) -> Row | None:
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
    return {"start": day(date.start), "end": day(date.end), "precision": date.precision, "rule": date.rule}


def place_row(place: Place | None) -> Row | None:
    """A place with its GeoNames id, degrees, the gazetteer's country code and UCDP's `where_prec`."""
    if place is None:
        return None
    return {
        "name": place.name,
        "geonames": place.geonames,
        "lat": decimals(place.lat),
        "lon": decimals(place.lon),
        "country": place.country,
        "precision": place.precision,
    }


def bounds(quantity: Quantity) -> Row:
    return {"low": number(quantity.low), "high": number(quantity.high), "bound": quantity.bound.value}
