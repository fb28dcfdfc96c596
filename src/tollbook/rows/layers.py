"""What was read beneath the claims, as rows of `annotations.jsonl`: one layer for each kind of words.

Input: a reading and its report. Output: rows: "about 40 people" is a row of the layer "quantity", with value and unit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tollbook.model import Reading, Report, Span, TimeMention
from tollbook.rows.lines import Row
from tollbook.rows.parts import bounds, number, place_row, span_row


def _layer(reading: Reading, span: Span, said: str, layer: str, **more: object) -> Row:
    return {"report": reading.report, **span_row(span), "said": said, "layer": layer, **more}


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
    for told in reading.numbers:
        value = {"value": number(told.quantity.value), **bounds(told.quantity), "unit": told.unit}
        yield _layer(reading, told.span, told.said, "quantity", **value)


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
