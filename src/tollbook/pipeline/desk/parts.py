"""Parts of the record that were worked out, kept until a ruling touches them or reports come.

Input: the name of a part, its value, and the texts and incidents it rests on. Output: the value again, as long as
nothing about these was ruled since it was begun. Who asks for one that is being worked out waits for it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable

from tollbook.model import Record
from tollbook.values import dataclass

# So many parts are held, and so many signs of text in them.
_HELD, _SIGNS = 32, 4_000_000
# Of so many texts and incidents it is known when they were last ruled on.
_TOUCHED = 10_000


@dataclass(frozen=True, slots=True)
class Part:
    """What was worked out: all that hangs together with what was asked for, and what of it is shown."""

    whole: Record
    shown: Record


@dataclass(frozen=True, slots=True)
class _Held:
    part: Part
    rests_on: frozenset[str]
    signs: int


class Parts:
    """For any number of threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._held: OrderedDict[Hashable, _Held] = OrderedDict()
        self._busy: defaultdict[Hashable, threading.Lock] = defaultdict(threading.Lock)
        self._now = 0
        self._touched: dict[str, int] = {}
        self._cleared = 0

    def get(self, name: Hashable, work: Callable[[], Part]) -> Part:
        """The part of a name, worked out where it isn't held."""
        found = self._find(name)
        if found is not None:
            return found
        with self._turn:
            began, busy = self._now, self._busy[name]
        with busy:  # one works it out; where that is of before a ruling, the next one does so again
            found = self._find(name)
            if found is not None:
                return found
            try:
                part = work()
                self._put(name, part, began)
                return part
            finally:
                with self._turn:
                    self._busy.pop(name, None)

    def _find(self, name: Hashable) -> Part | None:
        with self._turn:
            found = self._held.get(name)
            if found is None:
                return None
            self._held.move_to_end(name)
            return found.part

    def _put(self, name: Hashable, part: Part, began: int) -> None:
        new = _Held(part, rests_on(part.whole), _signs(part.whole))
        with self._turn:
            if began >= self._cleared and all(self._touched.get(one, 0) <= began for one in new.rests_on):
                self._held[name] = new
                self._shrink()

    def about(self, text: str) -> list[Part]:
        """The parts held that rest on a text, by its hash."""
        with self._turn:
            return [one.part for one in self._held.values() if text in one.rests_on]

    def touch(self, names: Iterable[str]) -> None:
        """Something about these texts and incidents was ruled."""
        some = set(names)
        with self._turn:
            self._now += 1
            if len(self._touched) > _TOUCHED:
                self._cleared = self._now
                self._touched.clear()
            self._touched.update(dict.fromkeys(some, self._now))
            for name in [name for name, part in self._held.items() if not some.isdisjoint(part.rests_on)]:
                del self._held[name]

    def clear(self) -> None:
        """Reports came: any part may be another."""
        with self._turn:
            self._now += 1
            self._cleared = self._now
            self._held.clear()
            self._touched.clear()

    def _shrink(self) -> None:
        while len(self._held) > 1 and (
            len(self._held) > _HELD or sum(part.signs for part in self._held.values()) > _SIGNS
        ):
            self._held.popitem(last=False)


def rests_on(record: Record) -> frozenset[str]:
    """The hashes of its texts, and the ids under which its incidents are known."""
    ids = (name for one in record.incidents for name in (one.id, *one.aliases))
    homes = (claim.incident for claim in record.claims if claim.incident)
    return frozenset((*(one.text_sha256 for one in record.reports), *ids, *homes))


def _signs(record: Record) -> int:
    """About how much a part holds: a claim, with what was read around it, as much as a page of text."""
    return sum(len(one.text) for one in record.reports) + 3000 * len(record.claims)
