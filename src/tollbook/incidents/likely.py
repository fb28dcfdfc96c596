"""Which texts are worth comparing: those that share samples of their runs of words, a bounded number for each.

Input: accounts. Output: pairs of their places. Of eight runs of five words in a row the one with the smallest hash is
kept, so that any twelve words in a row that two accounts share show in both samples.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, combinations, pairwise
from typing import Final
from zlib import crc32

# Runs of so many words; of so many in a row one is kept.
RUN: Final = 5
WINDOW: Final = 8
# Up to so many texts with one run are all compared with each other. Of more, each is with the first of them and its
# neighbours: a story gone round the world is one family by its first text, a formula is none by any.
FEW: Final = 12
# What shares a single sample shares a phrase, unless it is that short.
TWO: Final = 2
# A text is compared with so many others at most, those with which it shares most samples.
PARTNERS: Final = 24
# A story goes round within days. What is told again on more days than these, and in more than one text of so many, is a
# formula, and nobody's own.
DAYS: Final = 3
RARE: Final = 500
# Samples are gone through in so many parts, by their hash, so that never all lie in memory at once.
PARTS: Final = 8

Pair = tuple[int, int]


def runs_of(words: Sequence[str]) -> list[int]:
    """The hash of the run that begins at each word."""
    plain = " ".join(words).encode("utf-8", "surrogatepass")
    plainly = len(plain) == sum(map(len, words)) + len(words) - 1
    sizes = [len(word if plainly else word.encode("utf-8", "surrogatepass")) for word in words]
    starts = list(accumulate((size + 1 for size in sizes), initial=0))
    return [crc32(plain[a : b - 1]) for a, b in zip(starts, starts[RUN:], strict=False)]


def sample(words: Sequence[str]) -> array[int]:
    """Hashes of some runs of an account, each once."""
    runs = runs_of(words)
    if len(runs) <= WINDOW:
        return array("I", sorted(set(runs[:1])))
    return array("I", sorted(set(map(min, *(runs[i:] for i in range(WINDOW))))))


def likely_pairs(samples: Sequence[Sequence[int]], days: Sequence[str]) -> tuple[list[Pair], frozenset[int]]:
    """Pairs of accounts that share samples, the smaller place first, sorted; and the runs that are nobody's own.

    `days` are those on which the texts were published.
    """
    shared: Counter[Pair] = Counter()
    common: list[int] = []
    most = max(DAYS, len(samples) // RARE)
    for part in range(PARTS):
        for run, owners in _holders(samples, part):
            shared.update(_among(owners))
            if len(owners) > most and len({days[i] for i in owners}) > most:
                common.append(run)
    chosen: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (a, b), n in shared.items():
        if n >= min(TWO, len(samples[a]), len(samples[b])):
            chosen[a].append((-n, b))
            chosen[b].append((-n, a))
    found = {(min(a, b), max(a, b)) for a, some in chosen.items() for _, b in sorted(some)[:PARTNERS]}
    return sorted(found), frozenset(common)


def _holders(samples: Sequence[Sequence[int]], part: int) -> Iterator[tuple[int, list[int]]]:
    """The texts with each run of one part that several have."""
    own = [[run for run in some if run % PARTS == part] for some in samples]
    spread = Counter(chain.from_iterable(own))
    held: dict[int, list[int]] = defaultdict(list)
    for i, some in enumerate(own):
        for run in some:
            if spread[run] > 1:
                held[run].append(i)
    yield from held.items()


def _among(owners: Sequence[int]) -> Iterator[Pair]:
    if len(owners) <= FEW:
        yield from combinations(owners, 2)
    else:
        yield from ((owners[0], other) for other in owners[1:])
        yield from pairwise(owners[1:])
