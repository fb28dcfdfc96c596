"""What an event implies: the rows of tables that follow from it, written the same way whenever it enters a log.

Input: an `Event` of any kind, new or from another store; output: the event in the log, and the rows it stands for.
`enter(sql, event)` of an event "incident" gives each of its claims a home.
"""

from __future__ import annotations

import json
from typing import Any

from tollbook.store.log import Event
from tollbook.store.sql import Sql, key_of


def enter(sql: Sql, event: Event) -> Event:
    """Put an event at the end of the log as it is, with what it implies; a reading's row needs its text besides."""
    sql.do(
        "INSERT INTO events (seq, kind, payload, who, at, salt, prev_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        event.seq, event.kind, event.payload, event.who, event.when, event.salt, event.prev_hash, event.hash,
    )  # fmt: skip
    if event.kind == "report":
        _report(sql, event, json.loads(event.payload))
    elif event.kind == "incident":
        _homes(sql, event, json.loads(event.payload))
    elif event.kind == "custody":
        _custody(sql, event, json.loads(event.payload))
    return event


def _report(sql: Sql, event: Event, told: dict[str, Any]) -> None:
    """The particulars of a report, in place of older ones."""
    sql.do(
        "INSERT INTO reports (report, text_sha256, particulars, event) VALUES (?, ?, ?, ?) ON CONFLICT (report) "
        "DO UPDATE SET text_sha256 = excluded.text_sha256, particulars = excluded.particulars, event = excluded.event",
        key_of(told["id"]), told["text_sha256"], event.payload, event.seq,
    )  # fmt: skip


def enter_reading(sql: Sql, event: Event, text: str) -> None:
    """What was read, as JSON, in place of what was read before; `event` tells of it and is in the log already."""
    told = json.loads(event.payload)
    sql.do(
        "INSERT INTO readings (report, reader, reading, event) VALUES (?, ?, ?, ?) ON CONFLICT (report) "
        "DO UPDATE SET reader = excluded.reader, reading = excluded.reading, event = excluded.event",
        key_of(told["report"]), told["reader"], text, event.seq,
    )  # fmt: skip


def _homes(sql: Sql, event: Event, told: dict[str, Any]) -> None:
    """An incident is born with these claims, or they join it."""
    incident = told["incident"]
    sql.do("INSERT INTO incidents (incident, event) VALUES (?, ?) ON CONFLICT DO NOTHING", incident, event.seq)
    for claim in told["claims"]:
        sql.do(
            "INSERT INTO homes (claim, incident, event) VALUES (?, ?, ?) ON CONFLICT (claim) "
            "DO UPDATE SET incident = excluded.incident, event = excluded.event",
            claim, incident, event.seq,
        )  # fmt: skip


def _custody(sql: Sql, event: Event, told: dict[str, Any]) -> None:
    """A way in which a report's bytes were obtained; other links of the chain (a copy taken) have no row."""
    if told["link"] == "obtained":
        sql.do(
            "INSERT INTO custody (report, raw, way, sha256, event) VALUES (?, ?, ?, ?, ?)",
            key_of(told["report"]), told["raw"], told["way"], told["sha256"], event.seq,
        )  # fmt: skip
