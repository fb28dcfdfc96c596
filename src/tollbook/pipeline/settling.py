"""Incidents get their ids once and for all: those that new reports changed are looked at, and no others.

Input: a project's store and folder. Output: the ids that were born. A group of events that changed may share claims
with an incident of old, whose other claims may by now be in other groups: all that hang together so are matched anew.
"""

from __future__ import annotations

from pathlib import Path

from tollbook.pipeline.linking import Linking
from tollbook.pipeline.reach import Closed, call
from tollbook.pipeline.showing import show_anew
from tollbook.store import Garbled, Stamp, Store, Unit

# Reports are linked in portions of so many, each kept before the next, so that a large `add` holds no more than these,
# and keeps others who write waiting for three seconds at a time, not for twenty: it costs four per cent.
PORTION = 250


def settle(store: Store, folder: Path, reader: str, by: Stamp) -> tuple[str, ...]:
    """Link what is new and give the incidents that are new their ids; returns these ids."""
    try:
        with store.read() as unit:
            if unit.is_settled() and Linking(unit, folder, reader).is_current():
                return ()
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
                return _give_ids(linking, unit, folder, by)


def _give_ids(linking: Linking, unit: Unit, folder: Path, by: Stamp) -> tuple[str, ...]:
    """Ids for what changed; where nothing came since incidents last got theirs, no event is needed for that."""
    closed = Closed()
    closed.take(linking.changed(), linking, unit)
    births = call(closed, linking, unit, births=True).names.births
    if births or not unit.is_settled():
        for incident in sorted(births):
            unit.put_homes(incident, births[incident], by)
        unit.append("settled", {"reports": linking.reports}, by)
    show_anew(closed, linking, unit, folder)
    linking.settled()
    return tuple(sorted(births.keys() - set(closed.homes.values())))
