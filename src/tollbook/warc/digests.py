"""The digests that a WARC record states of itself, held against its bytes.

Input: "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ" and bytes. Output: True, False, or None where the algorithm is unknown or
nothing is stated. Writers use base32, hex or base64; the algorithm tells how many bytes there must be.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable

_KNOWN = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}


def agrees(stated: str, contents: Iterable[bytes]) -> bool | None:
    """Whether one of the contents has the digest stated, None where that can't be told."""
    algorithm, _, value = stated.partition(":")
    algorithm = algorithm.strip().lower().replace("-", "")
    if algorithm not in _KNOWN:
        return None
    wanted = _bytes(value.strip(), hashlib.new(algorithm).digest_size)
    return wanted is not None and any(hashlib.new(algorithm, content).digest() == wanted for content in contents)


def _bytes(value: str, size: int) -> bytes | None:
    """A digest's bytes in whichever of the three spellings gives so many."""
    bare = value.rstrip("=")
    tries: tuple[Callable[[], bytes], ...] = (
        lambda: bytes.fromhex(value),
        lambda: base64.b32decode(bare.upper() + "=" * (-len(bare) % 8)),
        lambda: base64.urlsafe_b64decode(bare.replace("+", "-").replace("/", "_") + "=" * (-len(bare) % 4)),
    )
    for spelling in tries:
        try:
            found = spelling()
        except (ValueError, binascii.Error):
            continue
        if len(found) == size:
            return found
    return None
