"""Values put aside on disk, so that a run needn't hold them all: each is found again by its number.

Input: bytes, one after the other. Output: the same bytes by number, or all of them in a file. What is kept for report
7 is `shelf[7]`; the file has no name and is gone with the run, however it ends.
"""

from __future__ import annotations

import pickle
import tempfile
import zlib
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any


class Shelf:
    """Bytes in the order in which they were put there; not for two threads at once."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  closed with the shelf, or with the process
        self._ends = array("Q", [0])

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __enter__(self) -> Shelf:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, data: bytes) -> None:
        """Add one at the end."""
        self._file.seek(self._ends[-1])
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def __getitem__(self, number: int) -> bytes:
        if not 0 <= number < len(self):
            raise IndexError(number)
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number])

    def __iter__(self) -> Iterator[bytes]:
        return map(self.__getitem__, range(len(self)))

    def write_to(self, file: IO[bytes], order: Sequence[int] | None = None) -> int:
        """Those of the numbers given, in that order, into a file, or all of them; returns how many."""
        chosen = range(len(self)) if order is None else order
        file.writelines(map(self.__getitem__, chosen))
        return len(chosen)


def packed(value: object) -> bytes:
    """A value as bytes for a shelf of this very run; nothing that outlives it is kept so."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(data: bytes) -> Any:
    """What `packed` was given."""
    return pickle.loads(zlib.decompress(data))
