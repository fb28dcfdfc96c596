"""Rulings applied to claims: a pure function, so that a withdrawn ruling leaves no trace in any figure.

Input: claims and rulings in any order; output: `Ruled`, the claims as they now read and what was rejected. "Ann
corrects 63 to 68" gives the claim with 68, its words untouched, and a sentence for the derivation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tollbook.model import Bound, Claim, DateRange, Number, Place, Quantity, Ruling, Source
from tollbook.rulings import Decision, Value, Verdict, bind, decide, standing


@dataclass(frozen=True, slots=True)
class Ruled:
    """Claims as people decided them, why some are rejected (by claim id), which are kept, and notes for derivations."""

    claims: tuple[Claim, ...]
    rejected: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def apply_rulings(claims: Sequence[Claim], rulings: Iterable[Ruling], texts: Mapping[str, str] | None = None) -> Ruled:
    """Claims with every ruling that stands applied: later ones win, withdrawn ones never were.

    `texts` (report id → hash of its text) lets a ruling find the words that a newer reader spans otherwise; without
    it a ruling binds by its claim id, or by the id that its text hash, span and measure make.
    """
    kept = standing(rulings)
    bound = bind(kept, claims, texts).bound if texts is not None else tuple(map(_with_claim, kept))
    by_claim: dict[str, list[Ruling]] = {}
    for ruling in bound:
        if ruling.claim is not None:
            by_claim.setdefault(ruling.claim, []).append(ruling)
    decisions = {claim: decide(some) for claim, some in by_claim.items()}
    moves = _moves(bound)
    ruled = tuple(_moved(_changed(claim, decisions.get(claim.id)), decisions.get(claim.id), moves) for claim in claims)
    return Ruled(
        ruled,
        {claim: one.why for claim, one in decisions.items() if one.verdict is Verdict.REJECTED},
        frozenset(claim for claim, one in decisions.items() if one.verdict is Verdict.ACCEPTED),
        {claim: tuple(map(_told, one.rulings)) for claim, one in decisions.items()},
    )


def _with_claim(ruling: Ruling) -> Ruling:
    if ruling.claim or not (ruling.text_sha256 and ruling.span and ruling.measure):
        return ruling
    return replace(ruling, claim=Claim.id_of(ruling.text_sha256, ruling.span, ruling.measure))


def _told(ruling: Ruling) -> str:
    """A ruling in words: "Ruling 3, by Ann Example: correct (value 68). Reason given: the list was recounted"."""
    values = ", ".join(f"{name} {value}" for name, value in sorted(ruling.values.items()))
    given = f" ({values})" if values else ""
    return f"Ruling {ruling.seq}, by {ruling.who}: {ruling.action}{given}. Reason given: {ruling.why}"


# ---- what a correction changes ----


def _changed(claim: Claim, decision: Decision | None) -> Claim:
    """The claim with corrected fields in place of those read; its words and id stay."""
    if decision is None or not decision.changes:
        return claim
    changes = decision.changes
    plain: dict[str, Any] = {
        name: changes[name]
        for name in ("measure", "group", "unit", "affiliation", "basis", "modality")
        if name in changes
    }
    if changes.keys() & {"value", "low", "high", "bound", "word"}:
        plain["quantity"] = corrected(claim.quantity, changes)
    if changes.get("source"):
        plain["attribution"] = _said_by(claim, changes)
    if changes.get("date"):
        start = dt.date.fromisoformat(str(changes["date"]))
        end = dt.date.fromisoformat(str(changes.get("date_end") or changes["date"]))
        plain["date"] = DateRange(start, end, "day" if start == end else "days", "ruling")
    if changes.get("as_of"):
        plain["as_of"] = dt.date.fromisoformat(str(changes["as_of"]))
    if changes.get("place"):
        plain["place"] = _place(changes)
    return replace(claim, **plain)


def corrected(quantity: Quantity, changes: Mapping[str, Value]) -> Quantity:
    """The quantity with a new value, bound or ends. A value alone keeps its bound; ends given outright win."""
    value = _number(changes["value"]) if "value" in changes else quantity.value
    read = Bound(str(changes["bound"])) if changes.get("bound") else quantity.bound
    if "value" in changes and "bound" not in changes and read in (Bound.NONE, Bound.VAGUE, Bound.RANGE):
        read = Bound.EXACT  # a number in place of none, of "dozens" or of "10 to 12" is that number
    made = _made(value, read, quantity)
    low = _number(changes["low"]) if "low" in changes else made.low
    high = _number(changes["high"]) if "high" in changes else made.high
    word = str(changes["word"]) if changes.get("word") else made.word
    return Quantity(made.value, low, high, made.bound, word)


def _made(value: Number | None, bound: Bound, was: Quantity) -> Quantity:
    makers = {
        Bound.EXACT: Quantity.exact,
        Bound.AT_LEAST: Quantity.at_least,
        Bound.MORE_THAN: Quantity.more_than,
        Bound.AT_MOST: Quantity.at_most,
        Bound.LESS_THAN: Quantity.less_than,
        Bound.ABOUT: Quantity.about,
    }
    if bound is Bound.NONE:
        return Quantity.none()
    if bound in makers and value is not None:
        return makers[bound](value)
    return replace(was, value=value, bound=bound)


def _number(value: Value) -> Number | None:
    return value if isinstance(value, int | float) or value is None else float(value)


def _said_by(claim: Claim, changes: Mapping[str, Value]) -> tuple[Source, ...]:
    """The chain with another innermost source; the publisher stays last."""
    kind: Any = changes.get("source_kind") or "organisation"
    publisher = tuple(link for link in claim.attribution if link.kind == "publisher")
    return (Source(str(changes["source"]), kind), *publisher)


def _place(changes: Mapping[str, Value]) -> Place:
    geonames, lat, lon = (_number(changes.get(name)) for name in ("geonames", "lat", "lon"))
    country = changes.get("country")
    return Place(
        str(changes["place"]),
        None if geonames is None else int(geonames),
        None if lat is None else float(lat),
        None if lon is None else float(lon),
        None if country is None else str(country),
    )


# ---- where a claim belongs ----


def _moves(rulings: Sequence[Ruling]) -> dict[str, str]:
    """Merged incidents: the id that each took."""
    return {
        str(ruling.values["incident"]): str(ruling.values["into"])
        for ruling in sorted(rulings, key=lambda ruling: ruling.seq)
        if ruling.action == "merge" and ruling.values.get("incident") and ruling.values.get("into")
    }


def _moved(claim: Claim, decision: Decision | None, merged: Mapping[str, str]) -> Claim:
    """The claim in the incident that rulings put it in. A chain of merges ends where no merge leads on."""
    incident = claim.incident
    for ruling in decision.rulings if decision else ():
        if ruling.action == "link":
            incident = str(ruling.values["incident"])
        elif ruling.action == "unlink":
            incident = None
    seen: set[str] = set()
    while incident is not None and incident in merged and incident not in seen:
        seen.add(incident)
        incident = merged[incident]
    return claim if incident == claim.incident else replace(claim, incident=incident)
