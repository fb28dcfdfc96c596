"""Checkpoints held against the log that they are of: those in it, and those that somebody kept elsewhere. Pure.

Input: events as they go by, notes that were kept, public keys that are trusted. Output: what does not match, from which
event where that can be told. "desk.note: the log is cut off: events 7–12 are missing at its end".
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from tollbook.store.log import Event, Mismatch, leaf_of, sha256
from tollbook.store.merkle import EMPTY, Tree
from tollbook.store.notes import Checkpoint, Note, NoteError, PublicKey, origin_of
from tollbook.values import dataclass

KIND = "checkpoint"


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that was kept elsewhere: what it is called, and its note."""

    name: str
    note: Note
    checkpoint: Checkpoint

    @classmethod
    def parse(cls, name: str, content: str) -> Kept:
        """The checkpoint from its text. Raises NoteError where it is none."""
        note = Note.parse(content)
        return cls(name, note, Checkpoint.parse(note.text))


class Checkpoints:
    """The tree over the log as it goes by, and every checkpoint held against it. An observer of `store.verify.walk`.

    `signed` counts the checkpoints of the log by who signed them; `remarks` are what nobody need mend.
    """

    def __init__(self, keys: Sequence[PublicKey] = (), kept: Sequence[Kept] = ()) -> None:
        self.tree = Tree()
        self.origin = ""
        self.signed = Counter[str]()
        self.remarks: list[Mismatch] = []
        self._trusted = tuple(keys)
        self._known = dict.fromkeys(keys)
        self._kept = sorted(kept, key=lambda one: (one.checkpoint.size, one.name))
        self._roots = {one.checkpoint.size: EMPTY for one in kept}  # those of no events have it right already
        self._origins: set[str] = set()
        self._used: set[PublicKey] = set()
        self._gap = 0
        self._sure = 0  # so many events are surely those of old

    @property
    def root(self) -> bytes:
        """The root over all events so far."""
        return self.tree.root()

    def see(self, event: Event) -> Iterator[Mismatch]:
        """A checkpoint of the log is held against the events before it."""
        leaf = leaf_of(event)
        if event.seq == 1:
            self.origin = origin_of(event.hash)
            self._origins = {self.origin, origin_of(sha256(leaf))}
        if event.seq != self.tree.size + 1:
            self._gap = self._gap or self.tree.size + 1
        if event.kind == KIND:
            yield from self._own(event)
        self.tree.add(leaf.encode("ascii"))
        if not self._gap and self.tree.size in self._roots:
            self._roots[self.tree.size] = self.root

    def skip(self, seq: int) -> None:
        """No root can be told behind an event that can't be read."""
        self._gap = self._gap or seq

    def _own(self, event: Event) -> Iterator[Mismatch]:
        try:
            payload = json.loads(event.payload)
            key, note = PublicKey.parse(payload["key"]), Note.parse(payload["note"])
            told = Checkpoint.parse(note.text)
            signers = note.signers([key, *self._trusted])
        except NoteError as error:
            yield Mismatch(str(event), error.message)
            return
        except (ValueError, TypeError, KeyError, AttributeError):
            yield Mismatch(str(event), "it holds no checkpoint")
            return
        self._known[key] = None
        self.signed.update(map(called, signers))
        trusted = set(signers).intersection(self._trusted)
        self._used |= trusted
        if self._trusted and not trusted:
            self.remarks.append(Mismatch(str(event), f"signed by {_all(note)}, none of the keys given"))
        wrong = self._wrong(told, self.root, event.seq - 1)
        if wrong:
            yield Mismatch(str(event), wrong)
        elif key not in signers:
            yield Mismatch(str(event), f"{called(key)} has not signed it")
        elif trusted:
            self._sure = told.size

    def _wrong(self, told: Checkpoint, root: bytes, size: int) -> str:
        """What is wrong with a checkpoint, given the root over so many events; nothing where it holds."""
        if told.origin not in self._origins:
            return (
                f"a checkpoint of {told.origin}, and this log is {self.origin}: another project's, or it was made anew"
            )
        if told.size != size:
            return f"a checkpoint of {told.size} events, with {size} before it"
        if self._gap and self._gap <= size:
            return f"the root over {size} events can't be told, for event {self._gap} is missing or can't be read"
        if told.root == root:
            return ""
        first = self._sure + 1 if self._sure < size else 1
        where = f"event {size}" if first == size else f"one of events {first}–{size}"
        return f"the log was rewritten: {where} is not what it was when this was signed"

    def end(self) -> Iterator[Mismatch]:
        """The checkpoints that were kept elsewhere, smallest first, and keys that signed nothing."""
        # What the log's own say by keys that the log brings itself proves nothing; only those of trusted keys count.
        for one in self._kept:
            try:
                signers = one.note.signers(self._known)
            except NoteError as error:
                yield Mismatch(one.name, error.message)
                continue
            self._used.update(set(signers).intersection(self._trusted))
            yield from self._signed(one, signers)
            yield from self._held(one)
        for key in self._trusted:
            if key not in self._used:
                yield Mismatch(f"key {called(key)}", "no checkpoint here is signed by it")

    def _signed(self, one: Kept, signers: Sequence[PublicKey]) -> Iterator[Mismatch]:
        if self._trusted and not set(signers).intersection(self._trusted):
            by = f"signed by {_all(one.note)}, none of the keys given" if one.note.signatures else "not signed"
            yield Mismatch(one.name, f"it is {by}")
        elif not self._trusted:
            seen = (
                "its signature fits, by a key that the log itself brings" if signers else "its signature is not checked"
            )
            self.remarks.append(Mismatch(one.name, f"{seen}; --key says whose it must be"))

    def _held(self, one: Kept) -> Iterator[Mismatch]:
        told, size = one.checkpoint, self.tree.size
        if told.origin in self._origins and told.size > size and not self._gap:
            gone = f"event {told.size} is" if told.size == size + 1 else f"events {size + 1}–{told.size} are"
            yield Mismatch(one.name, f"the log is cut off: {gone} missing at its end")
            return
        wrong = self._wrong(told, self._roots[told.size], told.size)
        if wrong:
            yield Mismatch(one.name, wrong)
        else:
            self._sure = max(self._sure, told.size)


def called(key: PublicKey) -> str:
    """A key as people are told of it: its name and id."""
    return f"{key.name}+{key.id.hex()}"


def _all(note: Note) -> str:
    return ", ".join(f"{one.name}+{one.key_id.hex()}" for one in note.signatures) or "nobody"
