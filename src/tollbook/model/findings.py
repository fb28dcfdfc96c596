"""What rule sets make of claims, and how well the harm they tell of is attested."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from tollbook.model.quantities import Number
from tollbook.model.reports import Notice
from tollbook.values import dataclass

Status = Literal["disputed", "series", "superseded", "compatible", "agreed", "single"]
# From the best attested to what is no harm of the kind at all; what is not graded has None.
GradeName = Literal["confirmed", "fair", "weak", "contested", "discounted"]
GRADES: tuple[GradeName, ...] = ("confirmed", "fair", "weak", "contested", "discounted")


@dataclass(frozen=True, slots=True)
class Grade:
    """How well the harm of an incident is attested: the grade or None, why, by which method or ruling."""

    incident: str
    grade: GradeName | None
    why: str
    by: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    claim: str
    why: str


@dataclass(frozen=True, slots=True)
class Position:
    """What one party says or concedes, with the claims that say it."""

    party: str
    low: Number | None
    high: Number | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule set makes of the claims of one incident, measure, group and unit. Null is unknown, never zero.

    `remarks` are what a reader of a report should know of a figure in it, by the report's id.
    """

    incident: str
    measure: str
    group: str
    unit: str
    rules: str
    low: Number | None
    best: Number | None
    high: Number | None
    status: Status
    grade: str | None = None
    as_of: dt.date | None = None
    origins: int = 0
    parties: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    supports: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    conflicts: tuple[tuple[str, ...], ...] = ()
    derivation: tuple[str, ...] = ()
    remarks: tuple[tuple[str, Notice], ...] = ()

    @property
    def standing(self) -> str:
        """The status for a reader: where every claim is set aside, no one claims the figure, not even a single one."""
        return self.status if self.supports else "nothing stands"


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of findings over incidents, minima and maxima apart; `high` None has no upper end, `best` is seldom known.

    `by` says what the incidents have in common. `incidents` have a figure, `unknown` have none, `open` have no upper
    end; `within` lie in another of these and are not added onto it, `elsewhere` lie in an incident of another row.
    """

    rules: str
    measure: str
    group: str
    unit: str
    by: dict[str, str]
    low: Number
    best: Number | None
    high: Number | None
    incidents: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
