"""How rulings on one claim add up: the later stands, nothing is lost. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import Enum, StrEnum

from tollbook.model import Ruling
from tollbook.rulings.actions import CORRECTABLE, Action, Value
from tollbook.values import dataclass


class Verdict(StrEnum):
    """Whether a claim stands. `+` is "and later": an open verdict changes nothing, any other replaces what was."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"

    def __add__(self, later: object) -> Verdict:
        if not isinstance(later, Verdict):
            return NotImplemented
        return self if later is Verdict.OPEN else later


_VERDICTS = {
    Action.ACCEPT: Verdict.ACCEPTED, Action.REJECT: Verdict.REJECTED, Action.CORRECT: Verdict.ACCEPTED,
    Action.CLAIM: Verdict.ACCEPTED,
    Action.TIE: Verdict.ACCEPTED,
}  # fmt: skip


class Unset(Enum):
    """Takes the place of an earlier correction that a later one leaves no room for."""

    UNSET = "unset"


# What a correction takes the place of where it comes without it: a single number that of a range, a new name of a place
# the country and degrees of the one before, a new chain the innermost source of the one before.
_INSTEAD = {
    "value": ("low", "high", "word"),
    "date": ("date_end",),
    "place": ("country", "geonames", "lat", "lon"),
    "chain": ("source", "source_kind"),
    "source": ("source_kind",),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """All that was decided on one claim. `+` is "and later"; `Decision()` is nothing decided.

    `tied` is the claim of a report that this one, of a spreadsheet, repeats. `given` are the corrected fields, and
    those that a later correction took the place of; `grade` is null where none was given; `rulings` are those it is
    made of, in order, contradictory ones included, so that both can be shown.
    """

    verdict: Verdict = Verdict.OPEN
    given: Mapping[str, Value | Unset] = field(default_factory=dict)
    grade: str | None = None
    rulings: tuple[Ruling, ...] = ()
    tied: str | None = None

    def __add__(self, later: Decision) -> Decision:
        return Decision(
            self.verdict + later.verdict,
            {**self.given, **later.given},
            self.grade if later.grade is None else later.grade,
            (*self.rulings, *later.rulings),
            later.tied or self.tied,
        )

    @property
    def changes(self) -> dict[str, Value]:
        """The corrected fields as they stand."""
        return {name: value for name, value in self.given.items() if not isinstance(value, Unset)}

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
            _given(stated(ruling)) if action in {Action.CORRECT, Action.CLAIM} else {},
            str(ruling.values["grade"]) if action is Action.GRADE else None,
            (ruling,),
            str(ruling.values["claim"]) if action is Action.TIE and ruling.values["claim"] else None,
        )
    return total


def stated(ruling: Ruling) -> dict[str, Value]:
    """What a ruling says of a claim's fields, less where it belongs."""
    return {name: value for name, value in ruling.values.items() if name in CORRECTABLE}


def _given(values: Mapping[str, Value]) -> dict[str, Value | Unset]:
    """The values of a correction, and what it takes the place of: `value=12` that of "low=10 high=14"."""
    told = {*_INSTEAD} - ({"value"} if {"low", "high"} & values.keys() else set())
    gone = {name for field in told & values.keys() for name in _INSTEAD[field]} - values.keys()
    kept: dict[str, Value | Unset] = dict.fromkeys(sorted(gone), Unset.UNSET)
    return {**kept, **values}


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
