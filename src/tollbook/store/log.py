"""The log: every event names the hash of the one before it, so none can be changed, dropped or put in unseen. Pure.

Input: what happened, who did it, when; output: an `Event` that follows on the last, or the exact places where a log
does not add up. "Event 7 (ruling): its hash is not the hash of what it holds."

`hash` covers number, kind, time, the hash before, and a `commitment`: the hash of the payload and the person together
with a salt. So an event can later be published without its payload, and the chain still checks; without the salt, the
names in it can't be guessed from the hash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from tollbook.store.codec import canonical
from tollbook.values import dataclass

FORMAT = "tollbook-event/1"
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who does something and when, as the caller says; the store has no clock of its own."""

    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log. `payload` is canonical JSON, `seq` counts from 1, hashes are 64 hex digits."""

    seq: int
    kind: str
    payload: str
    who: str
    when: str
    salt: str
    prev_hash: str
    hash: str

    def __str__(self) -> str:
        return f"event {self.seq} ({self.kind})"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is not as the log says: `what` names it exactly, `why` says what is wrong with it."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


def sha256(text: str) -> str:
    """The hash of a text in UTF-8, lone surrogates included."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def commitment(payload: str, who: str, salt: str) -> str:
    """What an event promises of its content without telling it."""
    return sha256(canonical([salt, who, payload]))


def follow(last: Event | None, kind: str, payload: str, by: Stamp, salt: str) -> Event:
    """The event that follows on `last`; the first one follows on `GENESIS`."""
    seq, before = (1, GENESIS) if last is None else (last.seq + 1, last.hash)
    bare = Event(seq, kind, payload, by.who, by.when, salt, before, "")
    return Event(seq, kind, payload, by.who, by.when, salt, before, hash_of(bare))


def leaf(seq: int, prev_hash: str, kind: str, when: str, promise: str) -> str:
    """What the hash of an event is taken of, and what stands for it in the Merkle tree; ASCII."""
    return canonical([FORMAT, seq, prev_hash, kind, when, promise])


def leaf_of(event: Event) -> str:
    """The leaf of an event, from all that it holds."""
    promise = commitment(event.payload, event.who, event.salt)
    return leaf(event.seq, event.prev_hash, event.kind, event.when, promise)


def hash_of(event: Event) -> str:
    """The hash that an event should have, from all that it holds."""
    return sha256(leaf_of(event))


class Chain:
    """Whether events follow on each other: each is seen once, in order."""

    def __init__(self) -> None:
        self.seq = 0
        self._before: str | None = GENESIS

    def see(self, event: Event) -> Iterator[Mismatch]:
        """What is wrong with an event, or missing before it."""
        if event.seq != self.seq + 1:
            first, last = self.seq + 1, event.seq - 1
            gone = "an event" if last < first else f"event {last}" if first == last else f"events {first}–{last}"
            yield Mismatch(gone, "missing from the log" if last >= first else f"it stands twice, as {event}")
        elif self._before not in (None, event.prev_hash):
            where = f"it does not follow on event {self.seq}" if self.seq else "it is not the first event"
            yield Mismatch(str(event), where)
        if event.hash != hash_of(event):
            yield Mismatch(str(event), "its hash is not the hash of what it holds")
        self.seq, self._before = event.seq, event.hash

    def skip(self, seq: int) -> None:
        """Pass over an event that can't be read: what follows on it can't be told."""
        self.seq, self._before = seq, None


def mismatches(events: Iterable[Event]) -> Iterator[Mismatch]:
    """Every event that is not what its hash says, or does not follow on the one before it; in order."""
    chain = Chain()
    for event in events:
        yield from chain.see(event)
