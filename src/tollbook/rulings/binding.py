"""Rulings find their words again: by text hash, span and measure, never by likeness. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from tollbook.model import Claim, Ruling


@dataclass(frozen=True, slots=True)
class Bindings:
    """Rulings with the id of today's claim in `claim`, and the loose ones whose words no claim reads any more."""

    bound: tuple[Ruling, ...]
    loose: tuple[Ruling, ...]

    def of(self, claim: str) -> tuple[Ruling, ...]:
        return tuple(ruling for ruling in self.bound if ruling.claim == claim)


def bind(rulings: Iterable[Ruling], claims: Collection[Claim], texts: Mapping[str, str]) -> Bindings:
    """Bind standing rulings to the claims of today; `texts` gives each report's text hash.

    The words are looked for in the same text at the same place, never elsewhere and never by likeness: the same span
    and measure; else the one claim of that measure that overlaps; else the one claim at exactly that span (the newer
    reader reads another measure). Rulings on incidents pass through; a ruling on words that are gone is `loose`.
    """
    by_text: dict[str, dict[str, Claim]] = {}
    for claim in claims:
        by_text.setdefault(texts[claim.report], {})[claim.id] = claim
    bound, loose = [], []
    for ruling in rulings:
        found = ruling.claim if ruling.span is None else _find(ruling, by_text.get(ruling.text_sha256 or "", {}))
        if found is None and ruling.span is not None:
            loose.append(ruling)
        else:
            bound.append(replace(ruling, claim=found))
    return Bindings(tuple(bound), tuple(loose))


def _find(ruling: Ruling, claims: Mapping[str, Claim]) -> str | None:
    span, measure = ruling.span, ruling.measure
    if span is None or measure is None:
        return None
    exact = Claim.id_of(ruling.text_sha256 or "", span, measure)
    if exact in claims:
        return exact
    near = [claim.id for claim in claims.values() if claim.measure == measure and claim.span.overlaps(span)]
    same = [claim.id for claim in claims.values() if claim.span == span]
    return near[0] if len(near) == 1 else same[0] if len(same) == 1 else None
