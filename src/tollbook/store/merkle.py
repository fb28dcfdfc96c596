"""The Merkle tree of RFC 6962 over the log: one hash for all of it, and short proofs that something is in it. Pure.

Input: the bytes of leaves, in order, or their hashes. Output: the root; an inclusion proof, that a leaf is at a place
of the tree; a consistency proof, that a tree goes on from an earlier one; and whether such a proof holds. All hashes
are 32 bytes, places count from 0. `root([b"a", b"b"]) == node_hash(leaf_hash(b"a"), leaf_hash(b"b"))`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf: other than that of any node, so that neither can pass for the other."""
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over those of its two sides."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """A tree that grows by leaves and holds no more than the roots of its full parts, a few dozen hashes at most."""

    def __init__(self) -> None:
        self.size = 0
        self._full: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add the bytes of a leaf."""
        self.add_hash(leaf_hash(leaf))

    def add_hash(self, hashed: bytes) -> None:
        """Add a leaf by its hash."""
        height = self.size
        while height & 1:  # two full parts of one height are one of the next
            hashed = node_hash(self._full.pop(), hashed)
            height >>= 1
        self._full.append(hashed)
        self.size += 1

    def root(self) -> bytes:
        """The root over the leaves so far."""
        if not self._full:
            return EMPTY
        *rest, root = self._full
        for left in reversed(rest):
            root = node_hash(left, root)
        return root


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over the bytes of leaves."""
    return root_of(map(leaf_hash, leaves))


def root_of(hashes: Iterable[bytes]) -> bytes:
    """The root over hashes of leaves."""
    tree = Tree()
    for hashed in hashes:
        tree.add_hash(hashed)
    return tree.root()


# ---- making proofs ----


def inclusion_proof(hashes: Sequence[bytes], place: int) -> list[bytes]:
    """What leads from a leaf to the root: the hash beside it on each level, lowest first (RFC 9162, 2.1.3.1).

    `hashes` are those of all leaves. Raises IndexError where there is no such place.
    """
    if not 0 <= place < len(hashes):
        raise IndexError(f"no leaf {place} in a tree of {len(hashes)}")
    proof, level = list[bytes](), list(hashes)
    while len(level) > 1:
        if place ^ 1 < len(level):
            proof.append(level[place ^ 1])
        # The last one of an odd number goes up as it is.
        odd = level[len(level) & ~1 :]
        level = [node_hash(*pair) for pair in zip(level[::2], level[1::2], strict=False)] + odd
        place >>= 1
    return proof


def consistency_proof(hashes: Sequence[bytes], old: int) -> list[bytes]:
    """What shows that the first `old` leaves are the tree of old, and that the rest came behind (RFC 9162, 2.1.4.1).

    `hashes` are those of all leaves. Raises IndexError where `old` is none of the sizes from 1 up to theirs.
    """
    if not 0 < old <= len(hashes):
        raise IndexError(f"no tree of {old} within one of {len(hashes)}")
    return _subproof(old, hashes, True)


def _subproof(old: int, hashes: Sequence[bytes], whole: bool) -> list[bytes]:
    """The proof within one part; `whole` says that the tree of old is this very part so far, whose root is known."""
    if old == len(hashes):
        return [] if whole else [root_of(hashes)]
    middle = 1 << (len(hashes) - 1).bit_length() - 1
    left, right = hashes[:middle], hashes[middle:]
    if old <= middle:
        return [*_subproof(old, left, whole), root_of(right)]
    return [*_subproof(old - middle, right, False), root_of(left)]


# ---- checking them ----


def is_included(hashed: bytes, place: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """True where a proof shows that the leaf of this hash is at `place` of the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= place < size:
        return False
    last = size - 1
    for beside in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            hashed = node_hash(beside, hashed)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and hashed == root


def is_consistent(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """True where a proof shows that a tree goes on from one of `old` leaves (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = node_hash(beside, first), node_hash(beside, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = node_hash(second, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and first == old_root and second == root
