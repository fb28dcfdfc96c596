"""Invented reports, readings and rulings for the tests of the store."""

from __future__ import annotations

import hashlib

from tollbook.model import Claim, Quantity, Reading, Report, Ruling, Setting, Span, TimeMention
from tollbook.store import Stamp

ANN = Stamp("ann", "2031-05-02T10:00:00Z")
BEN = Stamp("ben", "2031-05-03T09:30:00Z")


def report(name: str = "r1", text: str = "Flooding in Arvelle killed 12 people.", **particulars: str) -> Report:
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(name, text, sha, sha, **particulars)  # type: ignore[arg-type]


def claim(of: Report, said: str, value: int, measure: str = "killed", group: str = "all") -> Claim:
    start = of.text.index(said)
    span = Span(start, start + len(said))
    name = Claim.id_of(of.text_sha256, span, measure)
    return Claim(name, of.id, span, said, measure, group, "person", Quantity.exact(value), reader="hand@1")


def reading(of: Report, *claims: Claim) -> Reading:
    when = TimeMention(Span(0, 3), of.text[0:3], "DATE", "XXXX-05-01", month=5, day=1, relative=(-1, "day"))
    return Reading(of.id, claims, {each.id: Setting((when,), kind="flood") for each in claims})


def ruling(
    of: Claim, text: Report, action: str = "accept", by: Stamp = ANN, why: str = "seen", **values: object
) -> Ruling:
    return Ruling(
        0,
        action,
        by.who,
        by.when,
        why,
        of.id,
        text.text_sha256,
        of.span,
        of.measure,
        dict(values),  # type: ignore[arg-type]
    )
