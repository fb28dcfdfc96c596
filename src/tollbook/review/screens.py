"""Which screens show which claims: a person may have several open, and none of them takes another's claims away.

Input: a person, the name that a page gives itself, the claims on it. Output: those of them that are this person's now.
A page that was closed gives back what no other page of that person shows, however late its goodbye comes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from tollbook.pipeline.desk import Desk, Item
from tollbook.pipeline.desk.leases import LASTS

# A page shows some dozens; what asks for more is no page of ours.
MOST = 400


class Screens:
    """The open pages of the queue, for any number of threads. Kept in memory alone: each pings again."""

    def __init__(self, desk: Desk, now: Callable[[], float] = time.monotonic) -> None:
        self._desk, self._now = desk, now
        self._open: dict[str, dict[str, tuple[float, tuple[str, ...]]]] = {}
        self._turn, self._giving = threading.Lock(), threading.Lock()

    def give(self, who: str, screen: str, have: Sequence[str], look: Callable[[], Sequence[Item]]) -> list[Item]:
        """Those of the items that `look` finds that are this person's from now on, beside what the page has.

        One after another: fifty who look in the same moment would all find the same items, and all but one look again.
        """
        with self._giving:
            items = look()
            mine = self.hold(who, screen, [*have, *(one.claim for one in items)])
            return [one for one in items if one.claim in mine]

    def hold(self, who: str, screen: str, claims: Sequence[str]) -> set[str]:
        """Note what a page shows; what comes back is that person's for five minutes."""
        with self._turn:
            now = self._now()
            kept = {name: one for name, one in self._open.get(who, {}).items() if one[0] > now - LASTS}
            self._open[who] = {**kept, screen: (now, tuple(claims)[:MOST])}
            return self._take(who, now)

    def leave(self, who: str, screen: str) -> None:
        """Note that a page is closed."""
        with self._turn:
            self._open.get(who, {}).pop(screen, None)
            self._take(who, self._now())

    def _take(self, who: str, now: float) -> set[str]:
        shown = [claim for _, claims in self._open.get(who, {}).values() for claim in claims]
        return set(self._desk.hold(who, shown, now))
