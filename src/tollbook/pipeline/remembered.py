"""What no ruling changes of a large part of the record, held from one look at it to the next.

Input: the end of the linking, and what was worked out there. Output: the same again, until reports come or are read
anew. Worked: of an incident of a thousand reports, the readings and the strongest tie of each; after a ruling on one
of its claims neither is worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tollbook.incidents import Draft
from tollbook.incidents.making import Home, Ties
from tollbook.model import Reading
from tollbook.store import Mark

# A part of fewer reports is quick to work out again. Of so many claims at most the readings are held: some 40 MB.
LARGE, MOST = 40, 8000

Told = tuple[Reading, Draft]


class Held:
    """What is held at one end of the linking: `told` by a report's number, the others by the nodes of a group."""

    def __init__(self) -> None:
        self.told: Mapping[int, Told] = {}
        self.ties: Mapping[tuple[int, ...], Ties] = {}
        self._homes: dict[tuple[int, ...], Home | None] = {}

    def home(self, group: tuple[int, ...], work: Callable[[], Home | None]) -> Home | None:
        """What the claims of a group take from their incident; that of a small one is quick to work out again."""
        if len(group) < LARGE:
            return work()
        if group not in self._homes:
            self._homes[group] = work()
        return self._homes[group]

    def keep(self, told: Mapping[int, Told], ties: Mapping[tuple[int, ...], Ties]) -> None:
        """Hold what was worked out for a part, where that is large; what would be too much is let go of."""
        known = told.keys() <= self.told.keys() and ties.keys() <= self.ties.keys()
        if known or len(told) < LARGE:
            return
        both = {**self.told, **told}
        if sum(len(reading.claims) for reading, _ in both.values()) <= MOST:
            self.told, self.ties = both, {**self.ties, **ties}
        else:
            self.told, self.ties = told, ties


class Remembered:
    """What is held at the last end of the linking that anybody asked about; for any number of threads."""

    def __init__(self) -> None:
        self._last: tuple[Mark | None, Held] = (None, Held())

    def at(self, mark: Mark | None) -> Held:
        """What is held at this end of the linking; nothing yet at any other than the last."""
        if mark is None:
            return Held()
        end = replace(mark, ruling=0)
        last, held = self._last
        if last != end:
            held = Held()
            self._last = (end, held)
        return held
