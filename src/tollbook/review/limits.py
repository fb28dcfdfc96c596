"""How often something may be done: a bucket of tries for each name, address or session, that fills again by itself.

Input: a key. Output: whether one more is allowed now. Nothing is locked for good: an empty bucket is full again after
a known time, and whoever has logged in from a browser before has a bucket of their own there.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

_KEPT = 20_000  # keys: about 4 MB; the one that was used longest ago goes first


class Limit:
    """`most` at once, and one more each `every` seconds."""

    def __init__(self, most: int, every: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._every, self._clock = most, every, clock
        self._lock = threading.Lock()
        self._used: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def take(self, key: Hashable) -> float:
        """0 where one more is allowed, which it then is; else the seconds to wait."""
        with self._lock:
            now = self._clock()
            left = self._left(key, now)
            if left < 1:
                return (1 - left) * self._every
            self._keep(key, left - 1, now)
            return 0.0

    def give_back(self, key: Hashable) -> None:
        """What was taken was no guess."""
        with self._lock:
            now = self._clock()
            self._keep(key, min(self._left(key, now) + 1, self._most), now)

    def _left(self, key: Hashable, now: float) -> float:
        left, at = self._used.get(key, (float(self._most), now))
        return min(left + (now - at) / self._every, self._most)

    def _keep(self, key: Hashable, left: float, now: float) -> None:
        self._used[key] = (left, now)
        self._used.move_to_end(key)
        if len(self._used) > _KEPT:
            self._used.popitem(last=False)
