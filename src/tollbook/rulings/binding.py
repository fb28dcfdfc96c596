"""Rulings find their words again: by text hash, span and measure, never by likeness. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from tollbook.model import Claim, Ruling, Span
from tollbook.rulings.actions import Action, Value
from tollbook.rulings.by_hand import id_of, taken_by
from tollbook.rulings.decisions import standing
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Bindings:
    """Rulings with the id of today's claim in `claim`, and the loose ones whose words no claim reads any more."""

    bound: tuple[Ruling, ...]
    loose: tuple[Ruling, ...]

    def of(self, claim: str) -> tuple[Ruling, ...]:
        return tuple(ruling for ruling in self.bound if ruling.claim == claim)


def bind(rulings: Iterable[Ruling], claims: Collection[Claim], texts: Mapping[str, str]) -> Bindings:
    """Bind standing rulings to the claims of today; `texts` gives each report's text hash.

    The words are looked for in the same text at the same place, never elsewhere and never by likeness, and where other
    words stand there now (another title came to the same text) they are gone. Of what is there, first the same span
    and measure; else the one claim of that measure that overlaps; else the one claim at exactly that span (the newer
    reader reads another measure). What was ruled on a claim by hand follows it where a newer reader reads its words.
    Rulings on incidents pass through; a ruling on words that are gone is `loose`.
    """
    rulings = tuple(rulings)
    by_text: dict[str, list[Claim]] = {}
    for claim in claims:
        by_text.setdefault(texts[claim.report], []).append(claim)
    became = {
        id_of(one): taken_by(one, by_text.get(one.text_sha256 or "", ()))
        for one in standing(rulings)
        if one.action == Action.CLAIM
    }
    bound, loose = [], []
    for ruling in rulings:
        of_claim = ruling.span is not None and ruling.measure is not None
        by_words = became.get(id_of(ruling)) or _find(ruling, by_text.get(ruling.text_sha256 or "", ()))
        found = by_words if of_claim else ruling.claim
        other = tied_to(ruling)
        told = (
            None
            if other is None
            else (became.get(id_of(other)) or _find(other, by_text.get(other.text_sha256 or "", ())))
        )
        if (found is None and of_claim) or (other is not None and told is None):
            loose.append(ruling if other is None else replace(ruling, values={**ruling.values, "claim": None}))
        else:
            values = ruling.values if other is None else {**ruling.values, "claim": told}
            bound.append(replace(ruling, claim=found, values=values))
    return Bindings(tuple(bound), tuple(loose))


def tie_values(claim: Claim, text_sha256: str) -> dict[str, Value]:
    """What a `tie` ruling says of the claim that is repeated: its id, and its words by their place and text."""
    place: dict[str, Value] = {"start": claim.span.start, "end": claim.span.end, "part": claim.span.part}
    return {"claim": claim.id, "text": text_sha256, **place, "measure": claim.measure}


def tied_to(ruling: Ruling) -> Ruling | None:
    """The words that a `tie` ruling says are repeated, as if they were ruled on; None for any other ruling."""
    given = ruling.values
    if ruling.action != Action.TIE or "text" not in given:
        return None
    span = Span(int(given["start"] or 0), int(given["end"] or 0), "title" if given["part"] == "title" else "text")
    claim, measure = given["claim"], str(given["measure"])
    return Ruling(ruling.seq, "", "", "", "", None if claim is None else str(claim), str(given["text"]), span, measure)


def _find(ruling: Ruling, of_text: Iterable[Claim]) -> str | None:
    span, measure = ruling.span, ruling.measure
    if span is None or measure is None:
        return None
    claims = {claim.id: claim for claim in of_text if _same_words(span, ruling.said, claim)}
    exact = Claim.id_of(ruling.text_sha256 or "", span, measure)
    if exact in claims:
        return exact
    near = [claim.id for claim in claims.values() if claim.measure == measure and claim.span.overlaps(span)]
    same = [claim.id for claim in claims.values() if claim.span == span]
    return near[0] if len(near) == 1 else same[0] if len(same) == 1 else None


def _same_words(span: Span, said: str | None, claim: Claim) -> bool:
    """False where the words ruled on and the claim's differ in what both cover."""
    if said is None or not claim.span.overlaps(span):
        return True
    start, end = max(span.start, claim.span.start), min(span.end, claim.span.end)
    return said[start - span.start : end - span.start] == claim.said[start - claim.span.start : end - claim.span.start]
