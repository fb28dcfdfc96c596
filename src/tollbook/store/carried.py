"""A record as lines that any store takes in again: every event in full, and what was read in each report. No disk.

Input: a unit of work. Output: lines of `log.jsonl` and `readings.jsonl`, and from such lines the same record again, in
this or another kind of store, with the same numbers, salts and hashes. A line of the log:

    {"at":"2030-05-01T10:00:00Z","hash":"9f…","kind":"report","payload":"{…}","prev":"00…","salt":"…","seq":2,"who":"Ann"}

What is hashed (an event's payload, a reading) stands as a text, so that nobody has to guess how its JSON was written.
Both ways each line is held against its hash, so that what goes out can be taken in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tollbook.errors import StoreError
from tollbook.model import Reading
from tollbook.store.codec import Misfit, canonical, loads
from tollbook.store.log import GENESIS, Event, hash_of, sha256
from tollbook.store.sql import key_of
from tollbook.store.unit import Unit

_FIELDS = {"seq": int, "kind": str, "payload": str, "who": str, "at": str, "salt": str, "prev": str, "hash": str}


class Unfit(StoreError):
    """Something in a record, or in lines of one, that doesn't match its log."""


def log_lines(unit: Unit) -> Iterator[bytes]:
    """The log, an event a line. Raises Unfit at the first event that is not what its hash says."""
    for event in _in_order(unit.events()):
        yield _line(dict(zip(_FIELDS, _values(event), strict=True)))


def reading_lines(unit: Unit) -> Iterator[bytes]:
    """What was read in each report, by the report's id, with the number of the event that tells of it."""
    for row in unit.table("readings"):
        if _told(unit.event(row.event)).get("sha256") != sha256(row.value):
            raise _wrong(f"reading of {row.key[0]}", f"it is not as event {row.event} tells it")
        yield _line({"event": row.event, "report": row.key[0], "reading": row.value})


def take_in(unit: Unit, log: Iterable[bytes], readings: Iterable[bytes]) -> Event:
    """Put a carried record into an empty one; returns its last event. `Unfit` names what doesn't fit."""
    last = None
    for last in _in_order(map(_event, _objects(log, "log.jsonl"))):
        _entered(unit, last)
    if last is None:
        raise _wrong("log.jsonl", "holds no event")
    before = ""
    for row in _objects(readings, "readings.jsonl"):
        report = _take_reading(unit, row)
        if key_of(report) <= before:
            raise _wrong(f"reading of {report}", "comes twice or out of order")
        before = key_of(report)
    unit.rulings()  # each can be read, or is named
    return last


def _entered(unit: Unit, event: Event) -> None:
    """Keep an event; one that its kind can't be understood by is refused."""
    told = _told(event) if event.kind == "custody" else {}
    try:
        if told.get("link") == "obtained" and not _is_new_way(unit, told):
            raise _wrong(str(event), "tells what was told before, or of no report")
        unit.copy(event)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise _wrong(str(event), "holds something else than its kind says") from None


def _is_new_way(unit: Unit, told: dict[str, Any]) -> bool:
    """True where custody is of a report that is there, and not told yet."""
    report = told["report"]
    return unit.report(report) is not None and not unit.has_custody(report, told["raw"], told["way"])


def _take_reading(unit: Unit, row: dict[str, Any]) -> str:
    """Keep a reading that an event tells of, word for word, and return its report's id."""
    seq, report, text = (row.get(name) for name in ("event", "report", "reading"))
    if not (isinstance(seq, int) and isinstance(report, str) and isinstance(text, str)) or len(row) != 3:
        raise _wrong("readings.jsonl", "holds a line that is no reading")
    event, what = unit.event(seq), f"reading of {report}"
    told = _told(event) if event and event.kind == "reading" else {}
    if event is None or told.get("report") != report or told.get("sha256") != sha256(text):
        raise _wrong(what, f"it is not as event {seq} tells it")
    if unit.report(report) is None:
        raise _wrong(what, "no event tells of the report")
    try:
        if loads(text, Reading).report != report:
            raise Misfit("it is of another report")
        unit.copy_reading(event, text)
    except (LookupError, ValueError) as error:
        raise _wrong(what, f"it can't be read ({error})") from None
    return report


def _in_order(events: Iterable[Event]) -> Iterator[Event]:
    """The same events, as long as each is what its hash says and follows on the one before."""
    seq, before = 0, GENESIS
    for event in events:
        if (event.seq, event.prev_hash) != (seq + 1, before):
            raise _wrong(str(event), f"it does not follow on event {seq}" if seq else "it is not the first event")
        if event.hash != hash_of(event):
            raise _wrong(str(event), "its hash is not the hash of what it holds")
        yield event
        seq, before = event.seq, event.hash


def _event(row: dict[str, Any]) -> Event:
    if row.keys() != _FIELDS.keys() or any(type(row[name]) is not kind for name, kind in _FIELDS.items()):
        raise _wrong("log.jsonl", "holds a line that is no event")
    return Event(*(row[name] for name in _FIELDS))


def _values(event: Event) -> tuple[Any, ...]:
    return (
        event.seq, event.kind, event.payload, event.who, event.when, event.salt, event.prev_hash, event.hash,
    )  # fmt: skip


def _objects(lines: Iterable[bytes], name: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise _wrong(f"{name}, line {number}", "is no line of a carried project, or cut off")
        yield row


def _told(event: Event | None) -> dict[str, Any]:
    """An event's content; of one that is not there or can't be read, nothing."""
    try:
        told = json.loads(event.payload) if event else {}
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _line(row: dict[str, Any]) -> bytes:
    return f"{canonical(row)}\n".encode("ascii")


def _wrong(what: str, why: str) -> Unfit:
    return Unfit(why, what=what)
