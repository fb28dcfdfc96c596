"""Incidents get their ids once and for all: those that new reports changed are looked at, and no others.

Input: a project's store and folder. Output: the ids that were born. A group of events that changed may share claims
with an incident of old, whose other claims may by now be in other groups: all that hang together so are matched anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tollbook.incidents.making import home_of
from tollbook.pipeline.identities import Names, identify
from tollbook.pipeline.linking import Linking
from tollbook.store import Garbled, Stamp, Store, Unit

# Reports are linked in portions of so many, each kept before the next, so that a large `add` holds no more than these,
# and keeps others who write waiting for three seconds at a time, not for twenty: it costs four per cent.
PORTION = 250


@dataclass(frozen=True, slots=True)
class _Computed:
    """A group by the id that its claims give, and these."""

    id: str
    claims: tuple[str, ...]


class _Known:
    """All incidents that were ever born, as something that an id is in or not."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def __contains__(self, incident: object) -> bool:
        return self._unit.is_incident(str(incident))


def settle(store: Store, folder: Path, reader: str, by: Stamp) -> tuple[str, ...]:
    """Link what is new and give the incidents that are new their ids; returns these ids."""
    with store.read() as unit:
        if unit.is_settled():
            return ()
    try:
        return _link(store, folder, reader, by)
    except Garbled:
        with store.write() as unit:
            unit.derived().clear()
        return _link(store, folder, reader, by)


def _link(store: Store, folder: Path, reader: str, by: Stamp) -> tuple[str, ...]:
    """Link portion after portion; the last one and the ids are kept together."""
    while True:
        with store.write() as unit:
            linking = Linking(unit, folder, reader)
            if not linking.catch_up(PORTION):
                return _give_ids(linking, unit, by)


def _give_ids(linking: Linking, unit: Unit, by: Stamp) -> tuple[str, ...]:
    groups, homes = _touched(linking, unit)
    births = _named(linking, groups, homes, unit).births
    for incident in sorted(births):
        unit.put_homes(incident, births[incident], by)
    linking.settled()
    unit.append("settled", {"reports": linking.reports}, by)
    return tuple(sorted(births.keys() - set(homes.values())))


def _touched(linking: Linking, unit: Unit) -> tuple[dict[Sequence[int], list[str]], dict[str, str]]:
    """Groups that changed or share an incident of old with these, each with its claims; and the homes of all these."""
    groups: dict[Sequence[int], list[str]] = {}
    born: dict[str, int] = {}
    homes: dict[str, str] = {}
    ahead = linking.changed()
    while ahead:
        group = ahead.pop()
        if group in groups:
            continue
        groups[group] = linking.claims(group)
        for home in {unit.home(claim) for claim in groups[group]} - born.keys():
            if home is not None:
                born[home], claims = unit.born(home)
                homes |= dict.fromkeys(claims, home)
                ahead += [other for claim in claims for other in linking.groups_with(claim)]
    return groups, dict(sorted(homes.items(), key=lambda pair: (born[pair[1]], pair[1], pair[0])))


def _named(linking: Linking, groups: dict[Sequence[int], list[str]], homes: dict[str, str], unit: Unit) -> Names:
    """The ids of some groups, each as computed from its claims, matched to the incidents of old."""
    nodes = linking.index.nodes
    computed: dict[str, _Computed] = {}
    for group in sorted(groups, key=lambda group: min(nodes[number].key for number in group)):
        home = home_of([nodes[number] for number in group], computed)
        if home is not None:
            computed[home.incident] = _Computed(home.incident, tuple(sorted(set(groups[group]))))
    return identify(computed.values(), homes, _Known(unit))
