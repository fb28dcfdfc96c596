"""The calls of a process as `calls.c` sees them: built, preloaded, and asked.

Input: nothing but a C compiler. `under_shim()` builds the library and starts this program again with it in front;
`Shim()` then talks to it: `watch` names the folder, `rule` a call to die in, `count` how often one has come.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("calls.c")
BEFORE, HALF, AFTER = 0, 1, 2
_MARK = "CRASH_SHIM"


def build(folder: Path) -> Path:
    """Compile the library into a folder."""
    made = folder / "calls.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", str(made), str(SOURCE)], check=True)
    return made


def under_shim() -> None:
    """Go on as a process that the library is loaded into: this program starts again, once, with the same arguments."""
    if _MARK in os.environ:
        return
    with tempfile.TemporaryDirectory(prefix="crash-shim-") as folder:
        given = {**os.environ, "LD_PRELOAD": str(build(Path(folder))), _MARK: "1"}
        sys.exit(subprocess.run([sys.executable, *sys.argv], env=given, check=False).returncode)


class Shim:
    """The library in this process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.crash_count.restype = ctypes.c_long
        self._numbers: dict[int, int] = {}

    def watch(self, folder: Path, journal: int, tell: int) -> None:
        """Write down from here on what changes in a folder; rules are forgotten."""
        self._library.crash_watch(os.fsencode(folder), journal, tell)

    def rule(self, number: int, call: str, path: str, when: int, nth: int) -> None:
        """Die in the n-th call of a kind on a path that matches; 0 only counts."""
        made = self._library.crash_rule(number, ctypes.c_char(call.encode()), path.encode(), when, ctypes.c_long(nth))
        if made < 0:
            raise ValueError(f"no rule: {call} {path}")
        self._numbers[number] = made

    def count(self, number: int) -> int:
        """How often a rule has matched."""
        return int(self._library.crash_count(self._numbers[number]))
