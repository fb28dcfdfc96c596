"""How far a claim was checked: by nobody, by one person, by a second one, or sent back. Pure.

Input: the rulings on claims, in any order. Output: a `Staged` each. Worked: ann accepts (#4), ben confirms (#7): it is
confirmed, by two people. Ann corrects it (#9): it is coded again, and ben, or another who isn't ann, looks once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from tollbook.model import Ruling
from tollbook.rulings.actions import Action
from tollbook.rulings.decisions import Verdict, decide, standing
from tollbook.values import dataclass


class Stage(StrEnum):
    """Nobody decided; a person did; a second one stands behind that; a second one sent it back."""

    OPEN = "open"
    CODED = "coded"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


# What is said beside a claim leaves it as it was checked; all else that is ruled on it asks for a second look again.
_BESIDE = frozenset({Action.NOTE, Action.UNMASK, Action.WITHHOLD})
_SECOND = {Action.CONFIRM: Stage.CONFIRMED, Action.RETURN: Stage.RETURNED}


@dataclass(frozen=True, slots=True)
class Staged:
    """A claim's stage, what was decided of it, who coded it as it stands, and who looked second ("" for nobody)."""

    stage: Stage = Stage.OPEN
    verdict: Verdict = Verdict.OPEN
    coders: frozenset[str] = frozenset()
    second: str = ""


def stage_of(rulings: Iterable[Ruling]) -> Staged:
    """The stage of the one claim that all these rulings are on, those that take one of them back included.

    Nobody confirms what they coded: such a ruling, which no command makes, counts for nothing.
    """
    ordered = sorted(rulings, key=lambda one: one.seq)
    counting = standing(ordered, withdrawals=True)
    verdict = decide(one for one in counting if one.action != Action.WITHDRAW).verdict
    if verdict is Verdict.OPEN:
        return Staged()
    begun = _begun(ordered)
    coded = [one for one in counting if _is_coding(begun[one.seq])]
    coders = frozenset(one.who for one in coded)
    last = max(one.seq for one in ordered if _is_coding(begun[one.seq]))
    looked = [one for one in counting if one.action in _SECOND and one.seq > last and not _among(one.who, coders)]
    if not looked:
        return Staged(Stage.CODED, verdict, coders)
    return Staged(_SECOND[Action(looked[-1].action)], verdict, coders, looked[-1].who)


def stages(rulings: Iterable[Ruling]) -> dict[str, Staged]:
    """The stage of every claim that was ruled on, by its id; rulings are bound to the claims of today."""
    ordered = sorted(rulings, key=lambda one: one.seq)
    begun = _begun(ordered)
    own: dict[str, list[Ruling]] = {}
    for one in ordered:
        first = begun[one.seq]
        if first.claim is not None:
            own.setdefault(first.claim, []).append(one)
    return {claim: stage_of(some) for claim, some in own.items()}


def is_coder(who: str, staged: Staged) -> bool:
    """True where this person coded the claim as it stands, however the name is written."""
    return _among(who, staged.coders)


def _among(who: str, coders: Iterable[str]) -> bool:
    return _folded(who) in map(_folded, coders)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _begun(ordered: Sequence[Ruling]) -> Mapping[int, Ruling]:
    """By number: the ruling that a chain of withdrawals began with, for any other itself."""
    begun: dict[int, Ruling] = {}
    for one in ordered:
        taken = int(one.values.get("ruling") or 0) if one.action == Action.WITHDRAW else 0
        begun[one.seq] = begun.get(taken, one)
    return begun


def _is_coding(first: Ruling) -> bool:
    return first.action not in _SECOND and first.action not in _BESIDE
