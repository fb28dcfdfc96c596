"""Which incident is which: today's incidents take the ids that a project's incidents were born with. Pure.

Input: incidents as just computed, and where each claim was first placed (its home). Output: for each computed id the id
to show and the other ids it is known by, and the claims that are yet without a home. An incident born as "a1" with
two claims is still "a1" when ten reports later it holds forty, and when another that was born apart has joined it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Protocol

from tollbook.model import Characterisation, Claim, Incident, Placement, digest
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Grouping:
    """Claims with their incidents, and all that names an incident by its id."""

    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]
    placements: tuple[Placement, ...] = ()
    characterisations: tuple[Characterisation, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Computed id → the id to show, the ids that each is also known by, and the claims to home: id → claim ids."""

    ids: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    births: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Claimed(Protocol):
    """What identities ask of an incident."""

    @property
    def id(self) -> str: ...

    @property
    def claims(self) -> tuple[str, ...]: ...


def identify(incidents: Iterable[Claimed], homes: Mapping[str, str], born: Container[str] | None = None) -> Names:
    """Match computed incidents to known ones by the claims they share; `homes` lists the known in order of birth.

    The pair that shares most claims is matched first, then the older, so the result depends on no order of reports.
    A known incident that is left over has joined the computed one that holds most of its claims. `born` are all ids
    that were ever given, where `homes` doesn't have them all.
    """
    ordered = sorted(incidents, key=lambda incident: incident.id)
    birth = {known: number for number, known in enumerate(dict.fromkeys(homes.values()))}
    shared = {one.id: Counter(homes[claim] for claim in one.claims if claim in homes) for one in ordered}
    pairs = sorted(
        (-count, birth[known], one, known) for one, counts in shared.items() for known, count in counts.items()
    )
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, one, known in pairs:
        if one not in ids and known not in taken:
            ids[one] = known
            taken.add(known)
    joined: dict[str, list[str]] = {}
    for _, _, one, known in pairs:
        if known not in taken:
            joined.setdefault(one, []).append(known)
            taken.add(known)
    new = {one.id: _unused(one.id, birth if born is None else born) for one in ordered if one.id not in ids}
    births = {
        new.get(one.id) or ids[one.id]: tuple(
            claim for claim in sorted(one.claims) if one.id in new or claim not in homes
        )
        for one in ordered
    }
    ids.update(new)
    return Names(
        ids,
        {ids[one]: tuple(sorted(known)) for one, known in joined.items()},
        {incident: claims for incident, claims in births.items() if claims},
    )


def _unused(name: str, known: Container[str]) -> str:
    """An id for an incident that is new: its computed one, unless an older incident was born with that."""
    number = 2
    fresh = name
    while fresh in known:
        fresh, number = digest(name, number), number + 1
    return fresh


def named(grouping: Grouping, names: Names) -> Grouping:
    """The same grouping under the ids to show, aliases with each incident, sorted as the files of a record are."""
    incidents = [
        replace(one, id=names.ids[one.id], aliases=_joined(one.aliases, names.aliases.get(names.ids[one.id], ())))
        for one in grouping.incidents
    ]
    return Grouping(
        tuple(replace(claim, incident=_shown(claim.incident, names)) for claim in grouping.claims),
        tuple(sorted(incidents, key=lambda incident: incident.id)),
        tuple(_placed(placement, names) for placement in grouping.placements),
        tuple(replace(said, incident=_shown(said.incident, names)) for said in grouping.characterisations),
    )


def _shown(incident: str | None, names: Names) -> str | None:
    return None if incident is None else names.ids.get(incident, incident)


def _placed(placement: Placement, names: Names) -> Placement:
    shown = sorted({names.ids.get(incident, incident) for incident in placement.incidents})
    return replace(placement, incident=_shown(placement.incident, names), incidents=tuple(shown))


def _joined(left: Sequence[str], right: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({*left, *right}))
