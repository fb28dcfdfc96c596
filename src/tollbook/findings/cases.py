"""Claims of one incident, sorted for counting: what stands, what repeats, what is set aside and why.

Input: an incident's claims with their voices; output: `Case`s, one for each measure, group and unit. The same figure
said three times in a report and again in its two copies is one `Stated`, its repeats set aside by name.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field

from tollbook.findings.intervals import Interval
from tollbook.findings.origins import Voice
from tollbook.lexicon import Taxonomy
from tollbook.model import Claim, Incident, Number, Quantity, SetAside
from tollbook.values import dataclass

# A death within thirty days of an event is counted to it by the usual conventions (Vienna for roads, most hospitals),
# and first counts are rarely final sooner: what is said within that time is a toll that is still unfolding.
UNFOLDING = dt.timedelta(days=30)

_MODALITIES = {
    "denied": "it is denied, not claimed",
    "hypothetical": "it is what may be or might have been, not what is said to have happened",
    "planned": "it is planned, not done",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a voice states: the claim that stands for it, when it was told, and what a rule set reads in it.

    `early` is true where it was told while the event's toll was still unfolding. `interval` is the figure as stated,
    `reach` what it may still mean (a tolerance for "about"); `sum_of` are the claims where it was added up.
    """

    claim: Claim
    voice: Voice
    told: dt.date | None
    early: bool
    interval: Interval
    reach: Interval
    point: Number | None
    sum_of: tuple[str, ...] = ()
    added: str = ""  # how the sum came about, in words
    sure: bool = True  # that it is of this incident: False where it was linked with some doubt
    of_larger: bool = False  # its words call it a part of a larger figure of the same measure

    @property
    def quantity(self) -> Quantity:
        return self.claim.quantity

    @property
    def ids(self) -> tuple[str, ...]:
        return self.sum_of or (self.claim.id,)


@dataclass(frozen=True, slots=True)
class Counted:
    """A claim that counts, with its voice and the day it was told, before any rule set reads it.

    `sum_of` are the claims that it stands for where they were added up; one `within` such a sum is a part of it.
    """

    claim: Claim
    voice: Voice
    told: dt.date | None
    early: bool
    sum_of: tuple[Counted, ...] = ()
    within: bool = False
    less: Counted | None = None  # the dead among those hurt, who are not counted here
    sure: bool = True  # that it is of this incident


@dataclass(frozen=True, slots=True)
class Sorted:
    """What of one incident, measure and unit counts, by group, what is set aside, and which claims repeat which."""

    counted: Mapping[str, tuple[Counted, ...]] = field(default_factory=dict)
    aside: Mapping[str, tuple[SetAside, ...]] = field(default_factory=dict)
    repeats: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setup:
    """What sorting needs beside the claims: taxonomy, days told by claim, leads of copies, what people decided."""

    taxonomy: Taxonomy
    leads: Mapping[str, str]
    rejected: Mapping[str, str]
    accepted: Collection[str]


def told_on(claim: Claim, published: Mapping[str, dt.date | None]) -> dt.date | None:
    """The day up to which a claim counts: as its words say, else the day its report was published."""
    return claim.as_of or published.get(claim.report)


def unfolding_until(incident: Incident | None, told: Iterable[dt.date]) -> dt.date | None:
    """The last day on which the toll still unfolds, None where that can't be known.

    An incident without a date unfolds from the first day it is told of, if it is told of again within the time: one
    lone early report may as well look back.
    """
    if incident is not None and incident.date is not None:
        return incident.date.end + UNFOLDING
    days = sorted(set(told))
    return days[0] + UNFOLDING if len(days) > 1 and days[1] <= days[0] + UNFOLDING else None


def sort_claims(told: Iterable[Counted], setup: Setup) -> Sorted:
    """Claims of one incident, measure and unit by group; each claim either counts or is set aside with a reason."""
    ordered = sorted(told, key=_reading_order(setup.leads))
    aggregate_only = _only_aggregates([one.claim for one in ordered if not _unsaid(one.claim, setup)])
    counted: dict[str, list[Counted]] = defaultdict(list)
    aside: dict[str, list[SetAside]] = defaultdict(list)
    first: dict[tuple[object, ...], Claim] = {}
    again: dict[str, str] = {}
    for one in ordered:
        claim = one.claim
        why = _unsaid(claim, setup) or _uncounted(claim, aggregate_only)
        if not why:
            said = _first_said(one, first, setup.leads)
            why = _repeats(claim, said, setup.leads)
            again.update({claim.id: said.id} if said is not claim else {})
        if why:
            aside[claim.group].append(SetAside(claim.id, why))
        elif why is None:
            counted[claim.group].append(one)
    return Sorted(
        {group: tuple(some) for group, some in counted.items()}, {g: tuple(s) for g, s in aside.items()}, again
    )


def _only_aggregates(claims: Sequence[Claim]) -> bool:
    """True where only several incidents together are counted, and parts of them: "14 in five years, eight in town".

    A part that is told of again ("the eight") is that part still.
    """
    wholes = {claim.id for claim in claims if claim.basis == "aggregate"}
    parts = {(claim.report, claim.quantity.low, claim.quantity.high) for claim in claims if claim.part_of in wholes}
    return all(
        claim.id in wholes or (claim.report, claim.quantity.low, claim.quantity.high) in parts or claim.basis == "part"
        for claim in claims
    )


def _unsaid(claim: Claim, setup: Setup) -> str | None:
    """Why a claim is set aside for what people decided or for how it is said; None where it stands."""
    if claim.id in setup.rejected:
        return setup.rejected[claim.id]
    if claim.id in setup.accepted:
        return None
    return _MODALITIES.get(claim.modality)


def _uncounted(claim: Claim, aggregate_only: bool) -> str | None:
    if claim.basis == "rate":
        return "it is a rate, not a count"
    if claim.basis == "aggregate" and not aggregate_only:
        return "it counts several incidents or a whole period"
    ends = (claim.quantity.low, claim.quantity.high)
    if any(end is not None and end != int(end) for end in ends):
        return "it is no whole number"
    if ends == (None, None):
        return "it gives no number"
    return None


def _repeats(claim: Claim, before: Claim, leads: Mapping[str, str]) -> str | None:
    """Why a claim adds nothing to one that says the same; None where it is that one, "" for the very same words."""
    if claim is before:
        return None
    if claim.id == before.id:
        return ""
    if claim.report == before.report:
        return "it says again what the same source says in the same report"
    return (
        f"it is a copy of what report {leads[claim.report]} says"
        if leads[claim.report] != claim.report
        else (f"it is a copy of the same words in report {before.report}")
    )


def _first_said(one: Counted, first: dict[tuple[object, ...], Claim], leads: Mapping[str, str]) -> Claim:
    """The claim that says the same before this one in its report or in the report it copies, else this one.

    A headline drops "at least" and whom it quotes, so that its number alone counts.
    """
    claim, quantity = one.claim, one.claim.quantity
    number = quantity.value if quantity.value is not None else (quantity.low, quantity.high)
    loose = (leads[claim.report], claim.group, number)
    if claim.span.part == "title":
        return first.setdefault(loose, claim)
    exact = (
        claim.affiliation,
        quantity.low,
        quantity.high,
        quantity.bound,
        one.voice.key,
        claim.basis,
        claim.part_of is None,
        claim.beside is None,
    )
    before = first.setdefault((*loose, *exact), claim)
    first.setdefault(loose, claim)
    return before


def _reading_order(leads: Mapping[str, str]) -> Callable[[Counted], tuple[object, ...]]:
    """Originals before copies, text before headline, then as they stand."""

    def key(one: Counted) -> tuple[object, ...]:
        claim = one.claim
        return (
            leads[claim.report] != claim.report,
            claim.span.part == "title",
            claim.report,
            claim.span.start,
            claim.id,
        )

    return key
