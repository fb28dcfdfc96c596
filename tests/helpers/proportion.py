"""Whether work grows in proportion to its size: the same work at two sizes, measured in one run, on any machine.

Processor time of this thread alone, and of several tries the least: what else the machine does only adds to a try.
"""

from __future__ import annotations

import time
from collections.abc import Callable

_TRIES = 6
# What a clock and a call cost, in seconds: a smaller figure says nothing.
_LEAST = 0.002


def grows_at_most(times: float, prepared: Callable[[int], Callable[[], object]], small: int, large: int) -> None:
    """Fail unless the large work takes at most so many `times` the small one; `prepared(size)` is the work to measure.

    Work that grows with the square of its size never comes below, whatever the tries.
    """
    few, many = prepared(small), prepared(large)
    few()  # what is loaded at first use belongs to neither
    taken = [float("inf"), float("inf")]
    for _ in range(_TRIES):
        taken = [min(taken[0], max(_seconds(few), _LEAST)), min(taken[1], _seconds(many))]
        if taken[1] <= times * taken[0]:
            return
    raise AssertionError(f"{large / small:.4g} times the work took {taken[1] / taken[0]:.4g} times as long: {taken}")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    work()
    return time.thread_time() - begun
