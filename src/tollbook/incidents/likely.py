"""By what near-copies find one another: samples of the runs of words of a text, and the order of days.

Input: words, or a report. Output: hashes of some runs, and a place. Of eight runs of five words in a row the one with
the smallest hash is kept, so that any twelve words in a row that two accounts share show in both samples.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Final
from zlib import crc32

from tollbook.incidents.kept import Place
from tollbook.model import Report

# Runs of so many words; of so many in a row one is kept.
RUN: Final = 5
WINDOW: Final = 8
# Of a place so many bytes are its day; one that is told on no day is told on a day of its own.
DAY: Final = 4
_NO_DAY: Final = 0x80


def runs_of(words: Sequence[str]) -> list[int]:
    """The hash of the run that begins at each word."""
    plain = " ".join(words).encode("utf-8", "surrogatepass")
    plainly = len(plain) == sum(map(len, words)) + len(words) - 1
    sizes = [len(word if plainly else word.encode("utf-8", "surrogatepass")) for word in words]
    starts = list(accumulate((size + 1 for size in sizes), initial=0))
    return [crc32(plain[a : b - 1]) for a, b in zip(starts, starts[RUN:], strict=False)]


def sample(words: Sequence[str]) -> array[int]:
    """Hashes of some runs of an account, each once, sorted."""
    runs = runs_of(words)
    if len(runs) <= WINDOW:
        return array("I", sorted(set(runs[:1])))
    return array("I", sorted(set(map(min, *(runs[i:] for i in range(WINDOW))))))


def place_of(report: Report) -> Place:
    """Where a report stands among others: by the day of its publication, then by chance, the same each time."""
    chance = blake2b(report.id.encode("utf-8", "surrogatepass"), digest_size=DAY + 8).digest()
    day = report.published_date
    first = bytes([chance[0] | _NO_DAY]) + chance[1:DAY] if day is None else day.toordinal().to_bytes(DAY, "big")
    return first + chance[DAY:]
