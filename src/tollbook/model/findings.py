"""What rule sets make of claims."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from tollbook.model.quantities import Number

Status = Literal["disputed", "series", "superseded", "compatible", "agreed", "single"]


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
    """What a rule set makes of the claims of one incident, measure, group and unit. Null is unknown, never zero."""

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

    @property
    def standing(self) -> str:
        """The status for a reader: where every claim is set aside, no one claims the figure, not even a single one."""
        return self.status if self.supports else "nothing stands"
