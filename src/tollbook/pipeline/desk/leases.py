"""Who has which claim before them, for some minutes: two people never get the same one. Kept in memory alone.

Input: a person, claims, the time in seconds. Output: those of them that are theirs now. A restart gives all back, and
the next ping of each page takes its own again. What somebody ruled on stays theirs until their page asks for the next
ones: who looked at the queue in the same moment doesn't get it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

LASTS = 300.0


class Leases:
    """Claims by who holds them; for any number of threads."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}
        self._turn = threading.Lock()

    def take(self, who: str, claims: Iterable[str], now: float) -> list[str]:
        """Those that nobody else holds are `who`'s from now on, all others that they held are given back."""
        with self._turn:
            self._sweep(now)
            wanted = list(dict.fromkeys(claims))
            for claim in [claim for claim, (holder, _) in self._held.items() if holder == who]:
                del self._held[claim]
            free = [claim for claim in wanted if claim not in self._held]
            self._held.update(dict.fromkeys(free, (who, now + LASTS)))
            return free

    def holders(self, now: float | None = None) -> dict[str, str]:
        """Who holds which claim."""
        with self._turn:
            return {claim: who for claim, (who, until) in self._held.items() if now is None or until > now}

    def _sweep(self, now: float) -> None:
        for claim in [claim for claim, (_, until) in self._held.items() if until <= now]:
            del self._held[claim]
