"""What people decide, and everything known of a set of reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import field

from tollbook.model.claims import Characterisation, Claim, Reading, Statement
from tollbook.model.findings import Finding, Grade
from tollbook.model.incidents import Incident, Placement
from tollbook.model.quantities import Number
from tollbook.model.reports import Report
from tollbook.model.spans import Span
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided about words at a place. It binds to text hash, span and measure, not to a reader's claim.

    `said` are the words ruled on, by which a ruling on a title sees that the title has changed; a text has its hash.
    `action` is one of `rulings.Action`; `values` holds what it needs ({"value": 12}, {"incident": "…"}); `seq` orders
    rulings, later ones stand.
    """

    seq: int
    action: str
    who: str
    when: str
    why: str
    claim: str | None = None
    text_sha256: str | None = None
    span: Span | None = None
    measure: str | None = None
    values: dict[str, str | Number | None] = field(default_factory=dict)
    said: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known of a set of reports; derived state is recomputed from reports and rulings, never patched.

    `as_of` is the day on which it was known: reports published later are not in it; None is all that was given.
    """

    reports: tuple[Report, ...] = ()
    placements: tuple[Placement, ...] = ()
    claims: tuple[Claim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    findings: tuple[Finding, ...] = ()
    grades: tuple[Grade, ...] = ()
    statements: tuple[Statement, ...] = ()
    characterisations: tuple[Characterisation, ...] = ()
    readings: tuple[Reading, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    rules: tuple[str, ...] = ("range",)
    as_of: dt.date | None = None

    def claims_of(self, incident: str) -> Iterator[Claim]:
        return (claim for claim in self.claims if claim.incident == incident)
