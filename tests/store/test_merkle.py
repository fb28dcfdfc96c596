"""The Merkle tree: published vectors by number, and properties against the definition written out as it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.store import merkle

# The vectors of the Certificate Transparency reference implementation: eight leaves, roots, paths and consistency.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
_A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
_B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
_C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
_D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
_E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
_F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
# place, size, path
PATHS = [(0, 8, [_A, _B, _C]), (5, 8, [_D, _E, ROOTS[3]]), (2, 3, [ROOTS[1]]), (1, 5, [ROOTS[0], _B, _D])]
# size of old, size, proof
CONSISTENT = [(1, 1, []), (1, 8, [_A, _B, _C]), (6, 8, [_F, _E, ROOTS[3]]), (2, 5, [_B, _D])]


def test_the_empty_tree_has_the_published_root() -> None:
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 9))
def test_published_roots(size: int) -> None:
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("place", "size", "path"), PATHS)
def test_published_inclusion_proofs(place: int, size: int, path: list[str]) -> None:
    hashes = [merkle.leaf_hash(leaf) for leaf in LEAVES[:size]]
    proof = merkle.inclusion_proof(hashes, place)
    assert [one.hex() for one in proof] == path
    assert merkle.is_included(hashes[place], place, size, proof, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("old", "size", "published"), CONSISTENT)
def test_published_consistency_proofs(old: int, size: int, published: list[str]) -> None:
    hashes = [merkle.leaf_hash(leaf) for leaf in LEAVES[:size]]
    proof = merkle.consistency_proof(hashes, old)
    assert [one.hex() for one in proof] == published
    roots = [bytes.fromhex(root) for root in ROOTS]
    assert merkle.is_consistent(old, roots[old - 1], size, roots[size - 1], proof)


# ---- against the definitions of RFC 6962, 2.1, as they stand there ----


def naive_root(leaves: Sequence[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    middle = split(len(leaves))
    return hashlib.sha256(b"\x01" + naive_root(leaves[:middle]) + naive_root(leaves[middle:])).digest()


def naive_path(place: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    middle = split(len(leaves))
    if place < middle:
        return [*naive_path(place, leaves[:middle]), naive_root(leaves[middle:])]
    return [*naive_path(place - middle, leaves[middle:]), naive_root(leaves[:middle])]


def split(size: int) -> int:
    """The largest power of two below a size."""
    return max(2**power for power in range(64) if 2**power < size)


SOME = st.lists(st.binary(max_size=5), min_size=1, max_size=70)


@given(st.lists(st.binary(max_size=5), max_size=70))
def test_a_root_is_that_of_the_definition(leaves: list[bytes]) -> None:
    tree = merkle.Tree()
    for number, leaf in enumerate(leaves):
        assert tree.root() == naive_root(leaves[:number])
        tree.add(leaf)
    assert tree.root() == merkle.root(leaves) == naive_root(leaves)
    assert tree.size == len(leaves)


@given(SOME, st.data())
def test_inclusion(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    hashes, size, root = [merkle.leaf_hash(leaf) for leaf in leaves], len(leaves), naive_root(leaves)
    proof = merkle.inclusion_proof(hashes, place)
    assert proof == naive_path(place, leaves)
    assert merkle.is_included(hashes[place], place, size, proof, root)
    for wrong in altered(proof, data):
        assert not merkle.is_included(hashes[place], place, size, wrong, root)
    assert not merkle.is_included(merkle.leaf_hash(b"another leaf"), place, size, proof, root)
    assert not merkle.is_included(hashes[place], place, size, proof, merkle.leaf_hash(root))
    assert not merkle.is_included(hashes[place], size, size, proof, root)
    assert not merkle.is_included(hashes[place], -1, size, proof, root)


@given(SOME, st.data())
def test_consistency(leaves: list[bytes], data: st.DataObject) -> None:
    old, size = data.draw(st.integers(1, len(leaves))), len(leaves)
    before, root = naive_root(leaves[:old]), naive_root(leaves)
    proof = merkle.consistency_proof([merkle.leaf_hash(leaf) for leaf in leaves], old)
    assert merkle.is_consistent(old, before, size, root, proof)
    for wrong in altered(proof, data):
        assert not merkle.is_consistent(old, before, size, root, wrong)
    assert not merkle.is_consistent(old, merkle.leaf_hash(before), size, root, proof)
    assert not merkle.is_consistent(old, before, size, merkle.leaf_hash(root), proof)
    assert not merkle.is_consistent(size + 1, before, size, root, proof)
    assert not merkle.is_consistent(0, before, size, root, proof)


def altered(proof: list[bytes], data: st.DataObject) -> list[list[bytes]]:
    """Proofs that are none: one hash more, one fewer, one bit flipped."""
    wrong = [[*proof, bytes(32)]]
    if proof:
        at, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
        flipped = (int.from_bytes(proof[at], "big") ^ 1 << bit).to_bytes(32, "big")
        wrong += [proof[:-1], [*proof[:at], flipped, *proof[at + 1 :]]]
    return wrong


@given(SOME, SOME)
def test_a_log_made_anew_is_never_consistent(old: list[bytes], new: list[bytes]) -> None:
    if len(old) < len(new) and new[: len(old)] != old:
        proof = merkle.consistency_proof([merkle.leaf_hash(leaf) for leaf in new], len(old))
        assert not merkle.is_consistent(len(old), merkle.root(old), len(new), merkle.root(new), proof)


@pytest.mark.parametrize("wrong", [lambda: merkle.inclusion_proof([], 0), lambda: merkle.consistency_proof([b""], 2)])
def test_what_no_proof_is_for(wrong: Callable[[], object]) -> None:
    with pytest.raises(IndexError):
        wrong()


def test_a_tree_holds_few_hashes() -> None:
    tree = merkle.Tree()
    for number in range(1 << 12):
        tree.add(number.to_bytes(4, "big"))
        assert len(tree._full) == tree.size.bit_count()
