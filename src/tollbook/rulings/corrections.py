"""A claim with the fields that a person corrected; its id, span and words stay what they are. Pure.

`corrected(claim, {"value": 12, "bound": "at_least"})` is the claim with "at least 12" in place of what was read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast, get_args

from tollbook.errors import UsageError
from tollbook.model import Basis, Bound, Claim, DateRange, Modality, Number, Place, Quantity, Source, SourceKind
from tollbook.rulings.actions import Value

_QUANTITY = {"value", "low", "high", "bound", "word"}
_WHOLE = {"measure", "group", "unit", "affiliation"}
_DATE = {"date", "date_end"}
_SOURCE = {"chain", "source", "source_kind"}
_PLACE = {"place", "country", "geonames", "lat", "lon"}
_CODE = re.compile(r"[A-Z]{2}")
_CLOSED: dict[str, tuple[str, ...]] = {
    "bound": tuple(Bound),
    "basis": get_args(Basis),
    "modality": get_args(Modality),
    "source_kind": get_args(SourceKind),
}


def corrected(claim: Claim, changes: Mapping[str, Value]) -> Claim:
    """The claim with `changes` (see `CORRECTABLE`) in place; raises UsageError where a value does not fit its field."""
    for name, choices in _CLOSED.items():
        if name in changes and changes[name] not in choices:
            raise UsageError(f"no {name} '{changes[name]}'; there are: {', '.join(choices)}")
    fields: dict[str, Any] = {name: changes[name] for name in ("basis", "modality") if name in changes}
    for name in sorted(_WHOLE & changes.keys()):
        if name != "affiliation" and not changes[name]:
            raise UsageError(f"'{name}' can't be empty")
        fields[name] = None if changes[name] is None else str(changes[name])
    if _QUANTITY & changes.keys():
        fields["quantity"] = _quantity(claim.quantity, changes)
    if _DATE & changes.keys():
        fields["date"] = _date(claim.date, changes)
    if "as_of" in changes:
        fields["as_of"] = None if changes["as_of"] is None else _day("as_of", changes["as_of"])
    if _PLACE & changes.keys():
        fields["place"] = _place(claim.place, changes)
    if _SOURCE & changes.keys():
        fields["attribution"] = _chain(claim.attribution, changes)
    return replace(claim, **fields)


def check_corrected(claim: Claim, values: Mapping[str, Value]) -> None:
    """Raises UsageError for what a new correction must not say, and one of old in the log may.

    `claim` is as corrected, `values` what the ruling gives.
    """
    if values.get("word") is not None and claim.quantity.bound is not Bound.VAGUE:
        raise UsageError("'word' is of a vague figure", advice="write bound=vague low=… too")
    if values.get("country") is not None and not _CODE.fullmatch(str(values["country"])):
        raise UsageError(f"'country' needs a code of two capitals, not '{values['country']}'")


def _quantity(read: Quantity, changes: Mapping[str, Value]) -> Quantity:
    """From a bound and a value where they say enough, else from low and high as given."""
    bound = Bound(str(changes["bound"])) if "bound" in changes else _bound_for(read, changes)
    if {"low", "high"} & changes.keys():
        low, high = _number(changes, "low", read.low), _number(changes, "high", read.high)
        if low is not None and high is not None and low > high:
            raise UsageError(f"'low' can't be above 'high': {low}, {high}")
        word = changes.get("word", read.word if bound is Bound.VAGUE else None)
        value = _number(changes, "value", _within(read.value, low, high))
        if value is not None and _within(value, low, high) is None:
            raise UsageError(f"'value' must lie between 'low' and 'high': {value}, {low}, {high}")
        return Quantity(value, low, high, bound, None if word is None else str(word))
    if bound is Bound.NONE:
        return Quantity.none()
    if bound is Bound.RANGE or bound is Bound.VAGUE:
        raise UsageError(f"the bound '{bound}' needs low or high", advice="write low=… high=…")
    value = _number(changes, "value", read.value)
    if value is None:
        raise UsageError("the figure has no value", advice="write value=…")
    makers = {
        Bound.EXACT: Quantity.exact, Bound.AT_LEAST: Quantity.at_least, Bound.MORE_THAN: Quantity.more_than,
        Bound.AT_MOST: Quantity.at_most, Bound.LESS_THAN: Quantity.less_than, Bound.ABOUT: Quantity.about,
    }  # fmt: skip
    return makers[bound](value)


def _within(value: Number | None, low: Number | None, high: Number | None) -> Number | None:
    """The value as read, where it may stay between the new ends."""
    if value is None or (low is not None and value < low) or (high is not None and value > high):
        return None
    return value


def _bound_for(read: Quantity, changes: Mapping[str, Value]) -> Bound:
    """The bound where none is given: as read where a new value fits it; ends are a range."""
    if {"low", "high"} & changes.keys():
        return Bound.RANGE if read.bound is not Bound.VAGUE else Bound.VAGUE
    return Bound.EXACT if read.bound in (Bound.RANGE, Bound.VAGUE, Bound.NONE) else read.bound


def _number(changes: Mapping[str, Value], name: str, read: Number | None) -> Number | None:
    number = changes.get(name, read)
    if isinstance(number, str):
        raise UsageError(f"'{name}' needs a number, not '{number}'")
    if number is not None and number < 0:
        raise UsageError(f"'{name}' can't be negative: {number}")
    return number


def _day(name: str, value: Value) -> dt.date:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        raise UsageError(f"'{name}' needs a day as YYYY-MM-DD, not '{value}'") from None


def _date(read: DateRange | None, changes: Mapping[str, Value]) -> DateRange | None:
    if "date" in changes and changes["date"] is None:
        return None
    if "date" not in changes and read is None:
        raise UsageError("'date_end' needs a date", advice="write date=YYYY-MM-DD too")
    start = _day("date", changes["date"]) if "date" in changes else cast(DateRange, read).start
    end = _day("date_end", changes["date_end"]) if changes.get("date_end") else start
    if end < start:
        raise UsageError(f"'date_end' can't be before 'date': {start}, {end}")
    return DateRange(start, end, "day" if start == end else "days", "ruling")


def _place(read: Place | None, changes: Mapping[str, Value]) -> Place | None:
    """A new name is a new place: nothing of the place as read stays with it."""
    if "place" in changes:
        if changes["place"] is None:
            return None
        read = Place(str(changes["place"]))
    if read is None:
        raise UsageError("the claim has no place to correct", advice="write place=NAME too")
    lat, lon = _degrees(changes, "lat", read.lat, 90), _degrees(changes, "lon", read.lon, 180)
    geonames = changes.get("geonames", read.geonames)
    country = changes.get("country", read.country)
    if geonames is not None and not isinstance(geonames, int):
        raise UsageError(f"'geonames' needs a whole number, not '{geonames}'")
    return replace(read, lat=lat, lon=lon, geonames=geonames, country=None if country is None else str(country))


def _degrees(changes: Mapping[str, Value], name: str, read: float | None, limit: int) -> float | None:
    degrees = changes.get(name, read)
    if isinstance(degrees, str) or (degrees is not None and abs(degrees) > limit):
        raise UsageError(f"'{name}' needs degrees from -{limit} to {limit}, not '{degrees}'")
    return degrees


def _chain(read: tuple[Source, ...], changes: Mapping[str, Value]) -> tuple[Source, ...]:
    """The whole chain as given, else as read with its innermost source corrected; the publisher stays at the end."""
    publisher = tuple(link for link in read if link.kind == "publisher")
    named = tuple(link for link in read if link.kind != "publisher")
    if "chain" in changes:
        named = _links(str(changes["chain"] or ""), named)
        publisher = () if any(link.kind == "publisher" for link in named) else publisher
    if "source" in changes and changes["source"] is None:
        return publisher
    inner, *others = named or (None,)
    if "source" in changes:
        inner = Source(str(changes["source"]), inner.kind if inner else "organisation")
    if "source_kind" in changes:
        if inner is None:
            raise UsageError("the claim names no source to correct", advice="write source=NAME too")
        inner = replace(inner, kind=cast(SourceKind, changes["source_kind"]))
    return (*([inner] if inner else []), *filter(None, others), *publisher)


_LINK = re.compile(r"(?P<name>[^()<>]+?)\s*(?:\((?P<kind>[^()<>]*)\))?")


def _links(told: str, read: tuple[Source, ...]) -> tuple[Source, ...]:
    """ "Clinic (medics) < Health Ministry": innermost first, a kind where it isn't the one that was read.

    Raises UsageError for a link without a name and for a kind that is none.
    """
    kinds = {link.source: link.kind for link in read}
    links = []
    for part in told.split("<") if told.strip() else ():
        found = _LINK.fullmatch(part.strip())
        if found is None:
            raise UsageError(
                f"'{part.strip()}' is no source", advice="write chain='NAME (KIND) < NAME', innermost first"
            )
        kind = found["kind"] or kinds.get(found["name"], "organisation")
        if kind not in get_args(SourceKind):
            raise UsageError(f"no source_kind '{kind}'; there are: {', '.join(get_args(SourceKind))}")
        links.append(Source(found["name"], cast(SourceKind, kind)))
    return tuple(links)
