"""Signatures as verify.py checks them: held to the RFC's vectors, to another implementation, and strict."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.bundles.verify import is_signed

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493

# RFC 8032, section 7.1: secret key, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize("vector", VECTORS)
def test_the_rfcs_vectors(vector: tuple[str, str, str, str]) -> None:
    secret, key, message, signature = map(bytes.fromhex, vector)
    assert Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw() == key
    assert is_signed(key, signature, message)
    for at in range(64):
        assert not is_signed(key, signature[:at] + bytes([signature[at] ^ 1]) + signature[at + 1 :], message)
    assert not is_signed(key, signature, message + b"\0")


@settings(max_examples=25)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_it_agrees_with_another_implementation(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert is_signed(key, signature, message)
    bent = bytearray(signature)
    bent[bit // 8] ^= 1 << bit % 8
    assert not is_signed(key, bytes(bent), message)


def test_a_signature_written_in_a_second_way_is_refused() -> None:
    _, key, message, signature = map(bytes.fromhex, VECTORS[0])
    again = int.from_bytes(signature[32:], "little") + ORDER
    assert not is_signed(key, signature[:32] + again.to_bytes(32, "little"), message)


def small() -> list[bytes]:
    """The points of small order, each in every way of writing 32 bytes that comes out at it."""
    ys = [0, 1, P - 1, P, P + 1]
    ys += [int.from_bytes(bytes.fromhex(one), "little") for one in (
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )]  # fmt: skip
    return [(y | sign << 255).to_bytes(32, "little") for y in ys for sign in (0, 1)]


@pytest.mark.parametrize("key", small(), ids=bytes.hex)
def test_with_a_key_of_small_order_nothing_is_signed(key: bytes) -> None:
    # With such a key, S = 0 and R of small order fit every eighth message or more.
    for point in small():
        assert not any(is_signed(key, point + bytes(32), b"%d" % number) for number in range(3))


def test_bytes_that_are_no_point_or_no_signature_are_refused() -> None:
    _, key, message, signature = map(bytes.fromhex, VECTORS[1])
    rng = random.Random(8032)
    for _ in range(20):
        assert not is_signed(rng.randbytes(32), signature, message)
    assert not is_signed(key, signature[:63], message)
    assert not is_signed(key[:31], signature, message)
    assert not is_signed((P + 3).to_bytes(32, "little"), signature, message)
    assert not is_signed(b"\xff" * 32, signature, message)
