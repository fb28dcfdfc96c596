"""How rulings on one claim add up: the later stands, nothing is lost. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tollbook.model import Ruling
from tollbook.rulings.actions import Action, Value


class Verdict(StrEnum):
    """Whether a claim stands. `+` is "and later": an open verdict changes nothing, any other replaces what was."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"

    def __add__(self, later: object) -> Verdict:
        if not isinstance(later, Verdict):
            return NotImplemented
        return self if later is Verdict.OPEN else later


_VERDICTS = {Action.ACCEPT: Verdict.ACCEPTED, Action.REJECT: Verdict.REJECTED, Action.CORRECT: Verdict.ACCEPTED}


@dataclass(frozen=True, slots=True)
class Decision:
    """All that was decided on one claim. `+` is "and later"; `Decision()` is nothing decided.

    `changes` are the corrected fields; `grade` is null where none was given; `rulings` are those it is made of, in
    order, contradictory ones included, so that both can be shown.
    """

    verdict: Verdict = Verdict.OPEN
    changes: Mapping[str, Value] = field(default_factory=dict)
    grade: str | None = None
    rulings: tuple[Ruling, ...] = ()

    def __add__(self, later: Decision) -> Decision:
        return Decision(
            self.verdict + later.verdict,
            {**self.changes, **later.changes},
            self.grade if later.grade is None else later.grade,
            (*self.rulings, *later.rulings),
        )

    @property
    def why(self) -> str:
        """Who decided last, and the reason given, as a derivation tells it."""
        telling = [ruling for ruling in self.rulings if Action(ruling.action) in _VERDICTS]
        return f"{telling[-1].action}ed by {telling[-1].who}: {telling[-1].why}" if telling else ""


def decide(rulings: Iterable[Ruling]) -> Decision:
    """What rulings on one claim come to, in the order of `seq`. Withdrawn ones must be gone already (`standing`)."""
    total = Decision()
    for ruling in sorted(rulings, key=lambda ruling: ruling.seq):
        action = Action(ruling.action)
        total += Decision(
            _VERDICTS.get(action, Verdict.OPEN),
            ruling.values if action is Action.CORRECT else {},
            str(ruling.values["grade"]) if action is Action.GRADE else None,
            (ruling,),
        )
    return total


def standing(rulings: Iterable[Ruling], *, withdrawals: bool = False) -> tuple[Ruling, ...]:
    """The rulings that count, those that are not withdrawn; a withdrawn withdrawal withdraws nothing.

    Withdrawals that count are left out, as they have done their work, unless `withdrawals` asks for them too.
    """
    gone: set[int] = set()
    kept: list[Ruling] = []
    # From the last to the first: whether a withdrawal counts depends on later rulings alone.
    for ruling in sorted(rulings, key=lambda ruling: ruling.seq, reverse=True):
        if ruling.seq in gone:
            continue
        if ruling.action == Action.WITHDRAW:
            gone.add(int(ruling.values["ruling"] or 0))
        if withdrawals or ruling.action != Action.WITHDRAW:
            kept.append(ruling)
    return tuple(reversed(kept))
