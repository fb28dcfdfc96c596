"""Locks between processes that the system lets go of when their holder dies, however it dies.

Input: an open file or folder. Output: whether this process holds it now. A lock is never left behind: there is no
"stale" one to clear. Where a system or a disk has no such locks, nobody is ever alone, and nothing is cleaned up.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without them
    fcntl = None  # type: ignore[assignment]


# Short beside any change of a record, long beside a look.
_PAUSE = 0.005


@contextmanager
def opened(path: Path, *, make: bool = False) -> Iterator[int]:
    """A file or folder, open so that it can be locked; with `make` a file that isn't there is made."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT if make else os.O_RDONLY, 0o666)
    try:
        yield handle
    finally:
        os.close(handle)


def alone(handle: int, *, otherwise: bool = False) -> bool:
    """Hold it alone from here on; False, at once, where another holds it; `otherwise` on a disk without locks."""
    if fcntl is None:  # pragma: no cover
        return otherwise
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return otherwise
    return True


def wait_alone(handle: int, seconds: float) -> None:
    """Hold it alone as soon as nobody else does; goes on without after so many seconds, or on a disk without locks."""
    until = time.monotonic() + seconds
    while not alone(handle, otherwise=True) and time.monotonic() < until:
        time.sleep(_PAUSE)


def together(handle: int) -> None:
    """Hold it beside others who do so too; waits for one who holds it alone."""
    if fcntl is not None:
        with suppress(OSError):  # a disk without locks
            fcntl.flock(handle, fcntl.LOCK_SH)
