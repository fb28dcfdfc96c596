"""What people decided about incidents, applied to the computed ones: link, unlink, merge, split, and where
claims by hand belong. Pure.

Input: a grouping under the ids of the project, and the rulings that stand, bound to today's claims. Output: the
grouping as people want it. "This claim is about the flood of 2029" moves one claim; "those two are one event" joins two
incidents, and the id that goes stays as an alias.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from tollbook.model import Characterisation, Claim, Incident, Link, Placement, Ruling, digest
from tollbook.pipeline.identities import Grouping
from tollbook.rulings import HAND, Action, id_of
from tollbook.values import dataclass

MOVES = frozenset({Action.CLAIM, Action.LINK, Action.UNLINK, Action.MERGE, Action.SPLIT, Action.TIE})
# The incident of a claim by hand that begins one.
NEW = "new"


@dataclass(frozen=True, slots=True)
class _State:
    """Where each claim is, where each merged id leads, and why a claim was moved; grows as rulings are applied."""

    where: dict[str, str | None]
    leads: dict[str, str]
    why: dict[str, str]
    known: set[str]

    def now(self, incident: str) -> str:
        while incident in self.leads:
            incident = self.leads[incident]
        return incident


def split_id(claim: str) -> str:
    """The id of the incident that starts with a claim split off from another."""
    return digest("split", claim)


def regroup(grouping: Grouping, rulings: Iterable[Ruling]) -> Grouping:
    """The grouping with every ruling that moves claims or joins incidents applied in order; later ones see the earlier.

    A ruling that names an incident which is no longer there changes nothing.
    """
    moves = sorted((one for one in rulings if one.action in MOVES), key=lambda ruling: ruling.seq)
    if not moves:
        return grouping
    aliases = {alias: one.id for one in grouping.incidents for alias in one.aliases}
    where = {claim.id: claim.incident for claim in grouping.claims}
    state = _State(where, aliases, {}, {one.id for one in grouping.incidents})
    for ruling in moves:
        _apply(ruling, state)
    claims = tuple(replace(claim, incident=state.where[claim.id]) for claim in grouping.claims)
    incidents = _incidents(grouping.incidents, claims, state)
    claims = _dated(claims, incidents)
    return Grouping(claims, incidents, _placements(grouping.placements, claims, state), _said(grouping, state, claims))


def _apply(ruling: Ruling, state: _State) -> None:
    reason = f"{ruling.action} by {ruling.who}: {ruling.why}"
    if ruling.action == Action.MERGE:
        one, into = state.now(str(ruling.values["incident"])), state.now(str(ruling.values["into"]))
        if one != into and {one, into} <= state.known:
            state.leads[one] = into
            _move([claim for claim, incident in state.where.items() if incident == one], into, reason, state)
    elif ruling.claim not in state.where:
        return
    elif ruling.action == Action.TIE:
        home = state.where.get(str(ruling.values["claim"]))
        if home is not None:
            _move([ruling.claim], home, reason, state)
    elif ruling.action == Action.UNLINK:
        _move([ruling.claim], None, reason, state)
    elif ruling.action == Action.SPLIT or (ruling.action == Action.CLAIM and not _leads_home(ruling, state)):
        fresh = split_id(id_of(ruling))
        state.known.add(fresh)
        _move([ruling.claim], state.now(fresh), reason, state)
    elif state.now(str(ruling.values["incident"])) in state.known:
        _move([ruling.claim], state.now(str(ruling.values["incident"])), reason, state)


def _leads_home(ruling: Ruling, state: _State) -> bool:
    """True where the incident of a claim by hand is there; else it begins one, as on a day before that was known."""
    return state.now(str(ruling.values["incident"])) in state.known


def _move(claims: Iterable[str], incident: str | None, reason: str, state: _State) -> None:
    for claim in claims:
        state.where[claim] = incident
        state.why[claim] = reason


# ---- what follows for all that names an incident ----


def _dated(claims: Iterable[Claim], incidents: Iterable[Incident]) -> tuple[Claim, ...]:
    """Claims by hand take the date and place of their incident where their own aren't said, as claims of readers do."""
    homes = {one.id: one for one in incidents}
    return tuple(
        _filled(claim, homes[claim.incident]) if claim.reader == HAND and claim.incident in homes else claim
        for claim in claims
    )


def _filled(claim: Claim, home: Incident) -> Claim:
    date = home.date and replace(home.date, rule="date of the incident")
    return replace(claim, date=claim.date or date, place=claim.place or home.place)


def _incidents(before: Sequence[Incident], claims: Sequence[Claim], state: _State) -> tuple[Incident, ...]:
    members: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.incident is not None:
            members.setdefault(claim.incident, []).append(claim)
    old = {one.id: one for one in before}
    links = {link.claim: link for one in before for link in one.links}
    gone: dict[str, list[Incident]] = {}
    for one in before:
        if state.now(one.id) != one.id:
            gone.setdefault(state.now(one.id), []).append(one)
    made = [
        _rebuilt(old.get(name) or _new(name, some), some, gone.get(name, []), links, state)
        for name, some in members.items()
    ]
    return tuple(sorted(made, key=lambda incident: incident.id))


def _rebuilt(
    one: Incident, claims: Sequence[Claim], joined: Sequence[Incident], links: Mapping[str, Link], state: _State
) -> Incident:
    ids = sorted({claim.id for claim in claims})
    told = [
        Link(claim, 1.0, (state.why[claim],)) if claim in state.why else links[claim]
        for claim in ids
        if claim in state.why or claim in links
    ]
    return replace(
        one,
        claims=tuple(ids),
        reports=tuple(sorted({claim.report for claim in claims})),
        links=tuple(told),
        actors=tuple(dict.fromkeys(actor for each in (one, *joined) for actor in each.actors)),
        aliases=tuple(sorted({*one.aliases, *(name for each in joined for name in (each.id, *each.aliases))})),
    )


def _new(name: str, claims: Sequence[Claim]) -> Incident:
    """An incident that began with a split: it is where and when its first dated or placed claim is."""
    ordered = sorted(claims, key=lambda claim: (claim.report, claim.span))
    date = next((claim.date for claim in ordered if claim.date), None)
    place = next((claim.place for claim in ordered if claim.place), None)
    day = "" if date is None else date.start.isoformat() if date.start == date.end else f"{date.start}–{date.end}"
    label = ", ".join(part for part in (place.name if place else "", day) if part)
    return Incident(name, label or "place and date unknown", "other", date, place)


def _placements(before: Sequence[Placement], claims: Sequence[Claim], state: _State) -> tuple[Placement, ...]:
    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        if claim.incident is not None:
            counts.setdefault(claim.report, Counter())[claim.incident] += 1
    left = {claim.incident for claim in claims}
    moved = {claim.report for claim in claims if claim.id in state.why}
    return tuple(
        _counted(one, counts.get(one.report, Counter())) if one.report in moved else _renamed(one, state, left)
        for one in before
    )


def _counted(placement: Placement, counts: Counter[str]) -> Placement:
    """A report whose claims were moved is about the incident of most of them; of two, the one it was about before."""
    main = min(counts, key=lambda one: (-counts[one], one != placement.incident, one), default=None)
    return replace(placement, incident=main, incidents=tuple(sorted(counts)))


def _renamed(placement: Placement, state: _State, left: Collection[str | None]) -> Placement:
    main = None if placement.incident is None else state.now(placement.incident)
    there = sorted({state.now(one) for one in placement.incidents} & {one for one in left if one is not None})
    return replace(placement, incident=main if main in left else None, incidents=tuple(there))


def _said(grouping: Grouping, state: _State, claims: Sequence[Claim]) -> tuple[Characterisation, ...]:
    left = {claim.incident for claim in claims}
    moved = [(said, None if said.incident is None else state.now(said.incident)) for said in grouping.characterisations]
    return tuple(replace(said, incident=now if now in left else None) for said, now in moved)
