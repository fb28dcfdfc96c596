"""What two accounts have word for word or nearly so: the stretches they share, and whether that makes a copy.

Input: two accounts. Output: a `Shared`. "… soldiers lifted the last part of the roof in the afternoon" against
"… troops lifted the last part of the roof late in the afternoon" is one stretch of nine shared words with small gaps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from tollbook.incidents.accounts import OWN, Account
from tollbook.values import dataclass

# Stretches begin with so many words in a row and go on over gaps of at most so many words on either side.
SEED: Final = 3
GAP: Final = 4
# A stretch of fewer shared words may be chance and is left out of their share.
SHORT: Final = 8
# Stock phrases are up to so many words long; what a stretch has beyond tells that one text is behind both.
STOCK: Final = 5
# Where a word stands this often, only its first places are tried.
PLACES: Final = 8

Block = tuple[int, int, int]  # place in the one, place in the other, words


@dataclass(frozen=True, slots=True)
class Shared:
    """How many words two accounts share in stretches, how much these tell, and how many words each account has."""

    words: int
    told: float
    shorter: int
    longer: int


def shared(left: Account, right: Account) -> Shared:
    """What two accounts share; the same whichever comes first."""
    if (len(right.words), right.words) < (len(left.words), left.words):
        left, right = right, left
    words = told = 0
    for stretch in _stretches(_blocks(left.words, right.words), left.words, right.words):
        size = sum(n for _, _, n in stretch)
        words += size if size >= SHORT else 0
        told += max(0, sum(_weight(block, left, right) for block in stretch) - STOCK * OWN)
    return Shared(words, told / OWN, len(left.words), len(right.words))


def _weight(block: Block, left: Account, right: Account) -> int:
    """What the words of a block weigh, each as in the account that makes more of it.

    What one says itself and the other quotes comes from one text.
    """
    i, j, n = block
    return sum(map(max, left.weights[i : i + n], right.weights[j : j + n]))


def _blocks(left: Sequence[str], right: Sequence[str]) -> list[Block]:
    """Runs of words that both have, the longest at each place of the left, in its order."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, seed in enumerate(zip(right, right[1:], right[2:], strict=False)):
        places[seed].append(j)
    found: list[Block] = []
    taken = bytearray(len(right))
    i, last = 0, len(left) - SEED
    while i <= last:
        starts = [j for j in places.get((left[i], left[i + 1], left[i + 2]), ())[:PLACES] if not taken[j]]
        if not starts:
            i += 1
            continue
        length, j = max((_run(left, right, i, j), -j) for j in starts)
        taken[-j : length - j] = b"\1" * length
        found.append((i, -j, length))
        i += length
    return found


def _run(left: Sequence[str], right: Sequence[str], i: int, j: int) -> int:
    """How many words are the same from two places on."""
    start, most = i, min(len(left), i + len(right) - j)
    while i < most and left[i] == right[j]:
        i, j = i + 1, j + 1
    return i - start


def _stretches(blocks: Sequence[Block], left: Sequence[str], right: Sequence[str]) -> list[list[Block]]:
    """Blocks in chains: each goes on a few words behind the one before it, on either side."""
    chains: list[list[Block]] = []
    for block in blocks:
        if chains and _goes_on(chains[-1][-1], block, left, right):
            chains[-1].append(block)
        else:
            chains.append([block])
    return chains


def _goes_on(before: Block, block: Block, left: Sequence[str], right: Sequence[str]) -> bool:
    """True where only a few words stand between, and not a number here against another there."""
    i, j = before[0] + before[2], before[1] + before[2]
    if not (0 <= block[0] - i <= GAP and 0 <= block[1] - j <= GAP):
        return False
    return not (_has_number(left[i : block[0]]) and _has_number(right[j : block[1]]))


def _has_number(words: Sequence[str]) -> bool:
    return any(word[0].isdecimal() for word in words)
