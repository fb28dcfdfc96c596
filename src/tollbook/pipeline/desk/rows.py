"""A claim as a row of the queue: what it says as it counts, in its sentence, what became of it. Pure.

Input: a report with some of its claims and its sentences, and the rulings about its text. Output: a `Row` for each
claim. "At least 12", corrected to 14 by ann's #9, is "≥ 14", coded, seen 9.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from tollbook.dossiers.figures import interval, label, number, sign
from tollbook.errors import UsageError
from tollbook.findings import Effect
from tollbook.model import Claim, Report, Ruling, Span
from tollbook.pipeline.desk.values import State
from tollbook.pipeline.figures import quote
from tollbook.rulings import (
    Stage,
    Verdict,
    bind,
    corrected,
    decide,
    fields_of,
    id_of,
    stage_of,
    standing,
    with_withdrawals,
)
from tollbook.values import dataclass

# Corrections of these show in a row; those of dates and places need the whole incident, and don't show there.
_SHOWN = {
    "value", "low", "high", "bound", "word", "measure", "group", "unit", "chain", "source", "source_kind",
}  # fmt: skip


_STATES: Mapping[Stage, State] = {
    Stage.OPEN: "open", Stage.CODED: "coded", Stage.CONFIRMED: "confirmed", Stage.RETURNED: "returned",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a claim: its state, the number of the last ruling on it, and by whom that is."""

    state: State = "open"
    seen: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim for the queue; `page` is JSON of what is only shown."""

    claim: str
    report: str
    measure: str
    group: str
    language: str
    publisher: str
    confidence: float
    fate: Fate
    folded: str
    page: str


def rows_of(
    report: Report, claims: Sequence[Claim], sentences: Sequence[Span], about: Mapping[str, Sequence[Ruling]]
) -> list[Row]:
    """Rows of some claims of a report; `about` has the rulings on each, as `on_claims` gives them."""
    return [_row(report, one, sentences, about.get(one.id, ())) for one in claims]


def on_claims(claims: Sequence[Claim], rulings: Sequence[Ruling], texts: Mapping[str, str]) -> dict[str, list[Ruling]]:
    """The rulings on each claim, by its id of today, with those that take one of them back."""
    bound = bind(rulings, claims, texts).bound if rulings else ()
    return by_claim(bound)


def by_claim(bound: Sequence[Ruling]) -> dict[str, list[Ruling]]:
    """Rulings that are bound to claims of today, by these, each with those that take one of them back."""
    own: dict[str, set[int]] = {}
    for one in bound:
        if one.claim is not None:
            own.setdefault(one.claim, set()).add(one.seq)
    found = {claim: with_withdrawals(some, bound) for claim, some in own.items()}
    return {claim: [one for one in bound if one.seq in some] for claim, some in found.items()}


def is_exact(rulings: Iterable[Ruling], ids: set[str]) -> bool:
    """True where every ruling on words is on a claim that there is today: then nothing needs to be looked for."""
    return all(id_of(one) in ids for one in rulings if one.span is not None and one.measure is not None)


def fate_of(rulings: Sequence[Ruling]) -> Fate:
    """What became of a claim by the rulings on it."""
    if not rulings:
        return Fate()
    found = stage_of(rulings)
    rejected = found.stage is Stage.CODED and found.verdict is Verdict.REJECTED
    state: State = "rejected" if rejected else _STATES[found.stage]
    return Fate(state, rulings[-1].seq, rulings[-1].who)


def effect_words(one: Effect) -> str:
    """What a ruling could move: "killed: 31–34 would be 31", "killed: best 34 would be 31", "" for nothing."""
    if not one.share:
        return ""
    (low, best, high), (low_left, best_left, high_left) = one.before, one.after
    what = label(*one.figure)
    if one.after == (None, None, None):
        return f"{what}: {interval(low, high)} would be no figure"
    if (low, high) == (low_left, high_left):
        was, left = ("none" if each is None else number(each) for each in (best, best_left))
        return f"{what}: best {was} would be {left}"
    was = "no figure" if one.before == (None, None, None) else interval(low, high)
    return f"{what}: {was} would be {interval(low_left, high_left)}"


def _row(report: Report, claim: Claim, sentences: Sequence[Span], rulings: Sequence[Ruling]) -> Row:
    now = _as_ruled(claim, rulings)
    is_there = claim.span.part == "title" or report.text  # the archive may have lost the text; what was read stays
    before, said, after = quote(claim, report, sentences) if is_there else ("", claim.said, "")
    chain = [link.source for link in now.attribution]
    page = {
        "title": report.title or "", "published": report.published or "", "before": before, "said": said,
        "after": after, "unit": now.unit, "figure": sign(now.quantity), "chain": chain,
        "fields": fields_of(now),
    }  # fmt: skip
    folded = " ".join(f"{before}{said}{after} {now.measure} {now.group} {' '.join(chain)}".split()).casefold()
    return Row(
        claim.id, report.id, now.measure, now.group, report.language or "", report.publisher or "", claim.confidence,
        fate_of(rulings), folded, json.dumps(page),
    )  # fmt: skip


def _as_ruled(claim: Claim, rulings: Sequence[Ruling]) -> Claim:
    changes = decide(standing(rulings)).changes if rulings else {}
    try:
        return corrected(claim, {name: value for name, value in changes.items() if name in _SHOWN})
    except UsageError:
        return claim  # it no longer fits what is read now, which stands
