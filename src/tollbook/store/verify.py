"""Holds a record against its own log, in one pass: what does not match is named exactly, and nothing else is refused.

Input: a unit of work and who looks at each event as it goes by. Output: `Mismatch`es: each event, report, reading,
incident or placing of a claim that is not as the log says. "reading of r7: it is not as event 12 tells it."

Nothing is held but what is wrong: events come in portions, and each is held against the rows that it tells of.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from tollbook.store.log import Chain, Event, Mismatch, sha256
from tollbook.store.rows import Row
from tollbook.store.unit import Unit

_PORTION = 500
# Of a table in which so many rows can't be read no more are looked for.
_PATIENCE = 20
DAMAGED = "can't be read; the file is damaged there"

_NOUNS = {
    "reports": "report",
    "readings": "reading of",
    "incidents": "incident",
    "homes": "place of claim",
    "custody": "custody of",
}
# Tables whose value is told by its hash.
_HASHED = ("reports", "readings")

Key = tuple[str, ...]
Told = dict[str, dict[Key, tuple[str, str]]]


class Observer(Protocol):
    """Who looks at each event as it goes by, and says at the end what else is wrong."""

    def see(self, event: Event) -> Iterator[Mismatch]: ...

    def skip(self, seq: int) -> None: ...

    def end(self) -> Iterator[Mismatch]: ...


class Unread(NamedTuple):
    """The number of an event that can't be read."""

    seq: int


def verify(unit: Unit) -> Iterator[Mismatch]:
    """Everything in log and tables that is not as it should be: the log first, then table by table."""
    return iter(walk(unit, (Links(), Tables(unit))))


def walk(unit: Unit, observers: Sequence[Observer], after: int = 0) -> list[Mismatch]:
    """Show all events behind a number to each observer, and ask each for the rest; what the first one found first."""
    unread: list[Mismatch] = []
    found: list[list[Mismatch]] = [[] for _ in observers]
    for event in read_log(unit, after):
        if isinstance(event, Unread):
            unread.append(Mismatch(f"event {event.seq}", DAMAGED))
            for observer in observers:
                observer.skip(event.seq)
        else:
            for observer, own in zip(observers, found, strict=True):
                own += observer.see(event)
    for observer, own in zip(observers, found, strict=True):
        own += observer.end()
    return [*unread, *(one for own in found for one in own)]


def read_log(unit: Unit, after: int = 0) -> Iterator[Event | Unread]:
    """The events behind a number, in order; of a portion that can't be read, one by one what can."""
    while True:
        start = after
        try:
            some: Sequence[Event | Unread] = unit.portion(after, _PORTION)
            after = max((event.seq for event in some if isinstance(event.seq, int)), default=after)
        except unit.errors:
            last = _last(unit)
            after = after + _PORTION if last is None else min(after + _PORTION, last)
            some = [event for seq in range(start + 1, after + 1) if (event := _event(unit, seq)) is not None]
            if last is None and not any(isinstance(event, Event) for event in some):
                some, after = some[:1], start  # nothing behind can be reached
        for event in some:
            yield event if isinstance(event, Unread) or _is_sound(event) else Unread(event.seq)
        if after <= start:
            return


def _event(unit: Unit, seq: int) -> Event | Unread | None:
    try:
        return unit.event(seq)
    except unit.errors:
        return Unread(seq)


def _last(unit: Unit) -> int | None:
    """The number of the last event, None where that can't be read either."""
    try:
        head = unit.head()
    except unit.errors:
        return None
    return head.seq if head else 0


def _is_sound(event: Event) -> bool:
    """True where each part of an event is of its type."""
    texts = (event.kind, event.payload, event.who, event.when, event.salt, event.prev_hash, event.hash)
    return isinstance(event.seq, int) and all(isinstance(text, str) for text in texts)


class Links(Chain):
    """The chain of events, as an observer."""

    def end(self) -> Iterator[Mismatch]:
        """Nothing more: a log cut off at its end is whole in itself."""
        return iter(())


class Tables:
    """The tables that follow from the log; `counts` says how many rows of each were found as told."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self.counts = Counter[str]()
        self._unreadable = Counter[str]()
        self._named: set[tuple[str, Key]] = set()

    def see(self, event: Event) -> Iterator[Mismatch]:
        """What is not as an event tells it, if no later one tells it otherwise."""
        for table, rows in told_by(event).items():
            for key, wanted in rows.items():
                yield from self._held(table, key, wanted, event.seq)

    def skip(self, seq: int) -> None:
        """What an unreadable event tells of is found at the end, as rows that none tells of."""

    def _held(self, table: str, key: Key, wanted: tuple[str, str], seq: int) -> Iterator[Mismatch]:
        if (table, key) in self._named or self._unreadable[table] > _PATIENCE:
            return
        wrong = self._compared(table, key, wanted, seq)
        if wrong:
            self._named.add((table, key))
            # One line for the table says more than a thousand for its rows.
            enough = self._unreadable[table] > _PATIENCE
            yield Mismatch(f"table {table}" if enough else called(table, key), wrong)

    def _compared(self, table: str, key: Key, wanted: tuple[str, str], seq: int) -> str:
        """What is wrong with the row of a key; nothing where it is as told, or as another event may tell it."""
        try:
            row = self._unit.row(table, *key)
        except self._unit.errors:
            self._unreadable[table] += 1
            return DAMAGED
        if row is None:
            return f"missing; event {seq} tells of it"
        told = row.event == seq
        self.counts[table] += told
        # A row is of the last event that tells of it; an incident of the first, by which it was born.
        other = isinstance(row.event, int) and (row.event < seq if table == "incidents" else row.event > seq)
        as_told = _marks(table, row) == wanted if told else other
        return "" if as_told else f"it is not as event {seq} tells it"

    def end(self) -> Iterator[Mismatch]:
        """Rows that no event tells of."""
        for table in _NOUNS:
            try:
                if self._unit.count(table) != self.counts[table]:
                    yield from self._untold(table)
            except self._unit.errors:
                yield Mismatch(f"table {table}", DAMAGED)

    def _untold(self, table: str) -> Iterator[Mismatch]:
        for row in self._unit.table(table):
            try:
                event = self._unit.event(row.event) if isinstance(row.event, int) else None
            except self._unit.errors:
                event = None
            told = event is not None and _is_sound(event) and row.key in told_by(event).get(table, {})
            if not told and (table, row.key) not in self._named:
                yield Mismatch(called(table, row.key), "no event tells of it")


def called(table: str, key: Key) -> str:
    """A row as people are told of it: "reading of r7", "custody of r7 9f86….1c2d3e4f"."""
    return f"{_NOUNS[table]} {' '.join([key[0], *filter(None, ['.'.join(key[1:])])])}"


def _marks(table: str, row: Row) -> tuple[str, str]:
    """What must be the same in a row and in the event that tells of it."""
    if not isinstance(row.value, str):
        return "", ""
    return (sha256(row.value) if table in _HASHED else row.value), row.beside


def told_by(event: Event) -> Told:
    """What an event says of rows: table → key → what must be found there. An unreadable one is named already."""
    try:
        return _told(event.kind, event.payload)
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def _told(kind: str, content: str) -> Told:
    if kind not in ("report", "reading", "incident", "custody"):
        return {}
    payload = json.loads(content)
    if kind == "report":
        return {"reports": {(str(payload["id"]),): (sha256(content), str(payload["text_sha256"]))}}
    if kind == "reading":
        return {"readings": {(str(payload["report"]),): (str(payload["sha256"]), str(payload["reader"]))}}
    if kind == "incident":
        incident = str(payload["incident"])
        return {
            "incidents": {(incident,): ("", "")},
            "homes": {(str(one),): (incident, "") for one in payload["claims"]},
        }
    if payload["link"] != "obtained":  # other links of the chain, such as a copy taken, stand in the log alone
        return {}
    key = str(payload["report"]), str(payload["raw"]), str(payload["way"])
    return {"custody": {key: (str(payload["sha256"]), "")}}
