"""Holds a record against its own log: what does not match is named exactly, and nothing else is refused.

Input: a unit of work; output: one `Mismatch` for each event, report, reading or placing of a claim that is not as the
log says. "reading of r7: it is not as event 12 tells it."
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tollbook.store.log import Event, Mismatch, mismatches, sha256
from tollbook.store.unit import Unit

_NOUNS = {"reports": "report", "readings": "reading of", "homes": "place of claim", "custody": "custody of"}
_KINDS = {"reports": "report", "readings": "reading", "homes": "incident", "custody": "custody"}


def verify(unit: Unit) -> Iterator[Mismatch]:
    """Everything in log and tables that is not as it should be, in order; nothing where all is well."""
    yield from mismatches(unit.events())
    for table in _NOUNS:
        yield from _against_log(unit, table)


def _against_log(unit: Unit, table: str) -> Iterator[Mismatch]:
    # The last event on a row counts: particulars and readings are replaced, a claim's first place stays.
    told = {key: (mark, event.seq) for event in unit.events(_KINDS[table]) for key, mark in _told(table, event)}
    for key, value, seq in unit.table(table):
        wanted = told.pop(key, None)
        if wanted is None:
            yield Mismatch(f"{_NOUNS[table]} {key}", "no event tells of it")
        elif wanted != (value if table in ("homes", "custody") else sha256(value), seq):
            yield Mismatch(f"{_NOUNS[table]} {key}", f"it is not as event {wanted[1]} tells it")
    for key, (_, seq) in sorted(told.items()):
        yield Mismatch(f"{_NOUNS[table]} {key}", f"missing; event {seq} tells of it")


def _told(table: str, event: Event) -> list[tuple[str, str]]:
    """What an event says of rows: their keys, and what must be found there. An unreadable one is named already."""
    try:
        payload: dict[str, Any] = json.loads(event.payload)
        if table == "reports":
            return [(payload["id"], sha256(event.payload))]
        if table == "readings":
            return [(payload["report"], payload["sha256"])]
        if table == "custody":  # other links of the chain, such as a copy taken, stand in the log alone
            key = f"{payload['report']} {payload['raw']}.{payload['way']}" if payload["link"] == "obtained" else None
            return [(key, payload["sha256"])] if key else []
        return [(claim, payload["incident"]) for claim in payload["claims"]]
    except (ValueError, KeyError, TypeError):
        return []
