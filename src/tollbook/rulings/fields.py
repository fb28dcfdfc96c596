"""A claim in the fields that `correct` takes, as a form shows them. Pure.

`fields_of(claim)` of "at least 40 women" has `{"value": 40, "bound": "at_least", "group": "women", …}`: what is sent
back unchanged changes nothing.
"""

from __future__ import annotations

from tollbook.model import Bound, Claim
from tollbook.rulings.actions import Value

# Bounds whose ends aren't told by a value alone.
_BY_ENDS = (Bound.RANGE, Bound.VAGUE)


def fields_of(claim: Claim) -> dict[str, Value]:
    """Every field of the claim that `correct` can change, by its name there; None where there is none.

    `low` and `high` only where the words give ends rather than a value; `chain` without the publisher, innermost first.
    """
    quantity, date, place = claim.quantity, claim.date, claim.place
    by_ends = quantity.bound in _BY_ENDS
    named = (f"{link.source} ({link.kind})" for link in claim.attribution if link.kind != "publisher")
    return {
        "value": quantity.value,
        "low": quantity.low if by_ends else None,
        "high": quantity.high if by_ends else None,
        "bound": str(quantity.bound),
        "word": quantity.word,
        "measure": claim.measure,
        "group": claim.group,
        "unit": claim.unit,
        "affiliation": claim.affiliation,
        "basis": claim.basis,
        "modality": claim.modality,
        "chain": " < ".join(named) or None,
        "date": date.start.isoformat() if date else None,
        "date_end": date.end.isoformat() if date and date.end != date.start else None,
        "as_of": claim.as_of.isoformat() if claim.as_of else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
    }
