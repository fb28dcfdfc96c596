"""Rulings applied to claims: a pure function, so that a withdrawn ruling leaves no trace in any figure.

Input: claims and rulings in any order; output: `Ruled`, the claims as they now read and what was rejected. "Ann
corrects 63 to 68" gives the claim with 68, its words untouched, and a sentence for the derivation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from tollbook.errors import UsageError
from tollbook.model import Claim, Ruling
from tollbook.rulings import Action, Decision, Verdict, bind, corrected, decide, standing
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Ruled:
    """Claims as people decided them, why some are rejected (by claim id), which are kept, notes, grades of claims.

    `tied` are rows of spreadsheets, each with the claim of a report that it repeats.
    """

    claims: tuple[Claim, ...]
    rejected: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    tied: Mapping[str, str] = field(default_factory=dict)


def apply_rulings(claims: Sequence[Claim], rulings: Iterable[Ruling], texts: Mapping[str, str] | None = None) -> Ruled:
    """Claims with every ruling on them that stands applied: later ones win, withdrawn ones never were.

    `texts` (report id → hash of its text) lets a ruling find the words that a newer reader spans otherwise; without
    it a ruling binds by its claim id, or by the id that its text hash, span and measure make. Claims are in the
    incident that rulings put them in already: nothing moves here.
    """
    kept = standing(rulings)
    # A tie is bound already: the claim that is repeated may be of another incident.
    ties = tuple(one for one in kept if one.action == Action.TIE and one.values["claim"])
    others = tuple(one for one in kept if one.action != Action.TIE)
    bound = (*(bind(others, claims, texts).bound if texts is not None else map(_with_claim, others)), *ties)
    by_claim: dict[str, list[Ruling]] = {}
    for ruling in bound:
        if ruling.claim is not None and ruling.action != Action.WITHHOLD:
            by_claim.setdefault(ruling.claim, []).append(ruling)
    decisions = {claim: decide(some) for claim, some in by_claim.items()}
    notes = {claim: (*map(_told, one.rulings), *_contradicting(one)) for claim, one in decisions.items()}
    ruled = []
    for claim in claims:
        now, misfit = _changed(claim, decisions.get(claim.id))
        ruled.append(now)
        if misfit:
            notes[claim.id] = (*notes[claim.id], misfit)
    return Ruled(
        tuple(ruled),
        {claim: one.why for claim, one in decisions.items() if one.verdict is Verdict.REJECTED},
        frozenset(claim for claim, one in decisions.items() if one.verdict is Verdict.ACCEPTED),
        notes,
        {claim: one.grade for claim, one in decisions.items() if one.grade is not None},
        {claim: one.tied for claim, one in decisions.items() if one.tied is not None},
    )


def _with_claim(ruling: Ruling) -> Ruling:
    if ruling.claim or not (ruling.text_sha256 and ruling.span and ruling.measure):
        return ruling
    return replace(ruling, claim=Claim.id_of(ruling.text_sha256, ruling.span, ruling.measure))


def _told(ruling: Ruling) -> str:
    """A ruling in words: "number 3, by Ann Example: correct (value 68). Reason given: the list was recounted."."""
    values = ", ".join(f"{name} {value}" for name, value in sorted(ruling.values.items()))
    given = f" ({values})" if values else ""
    return f"number {ruling.seq}, by {ruling.who}: {ruling.action}{given}. Reason given: {ruling.why.rstrip('.')}."


def _contradicting(decision: Decision) -> tuple[str, ...]:
    """A line where a claim was both accepted and rejected, and nobody took that back."""
    verdicts = {decide([ruling]).verdict for ruling in decision.rulings} - {Verdict.OPEN}
    return ("the rulings on this claim contradict each other: the last of them stands.",) if len(verdicts) > 1 else ()


def _changed(claim: Claim, decision: Decision | None) -> tuple[Claim, str | None]:
    """The claim with corrected fields in place of those read, and a line where they no longer fit what is read.

    A correction fitted when it was made; a newer reader may find no place where there was one to correct.
    """
    if decision is None or not decision.changes:
        return claim, None
    try:
        return corrected(claim, decision.changes), None
    except UsageError as error:
        return claim, f"the correction of this claim does not fit what is read now, which stands: {error.message}."
