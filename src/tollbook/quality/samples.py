"""A sample that anybody can draw again: by a seed in words, whatever the machine and the order of the claims. Pure.

Input: claims, each with the stratum it is of, a size and a seed. Output: the ids drawn, in the order in which they are
coded. Worked: 10 of 60 killed and 40 injured, by strata, are 6 and 4.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from tollbook.errors import UsageError


def size_of(told: str, there: int) -> int:
    """ "20" or "10 %" of what there is, at least one. Raises UsageError for anything else, and for more than all."""
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,6})?)\s*(%?)", told.strip())
    if not found or (not found[2] and "." in found[1]) or float(found[1]) == 0:
        raise UsageError(f"'{told}' is no size of a sample", advice="write a number of claims as 20, or a share as 10%")
    if not there:
        raise UsageError("there is no claim to draw from", advice="choose others")
    size = max(1, round(float(found[1]) * there / 100)) if found[2] else int(found[1])
    if size > there:
        raise UsageError(f"a sample of {told} is more than the {there:,} there are", advice="draw fewer")
    return size


def draw(claims: Mapping[str, str], size: int, seed: str) -> list[str]:
    """So many of the claims (id → stratum), each stratum by its share; within it each claim is as likely as any other.

    What the shares leave over goes to the largest remainders.
    """
    strata: dict[str, list[str]] = {}
    for claim in sorted(claims, key=lambda one: _lot(seed, one)):
        strata.setdefault(claims[claim], []).append(claim)
    shares = {name: size * len(some) / len(claims) for name, some in sorted(strata.items())}
    sizes = {name: int(share) for name, share in shares.items()}
    left = size - sum(sizes.values())
    for name in sorted(shares, key=lambda one: (sizes[one] - shares[one], one))[:left]:
        sizes[name] += 1
    drawn = [claim for name, some in strata.items() for claim in some[: sizes[name]]]
    return sorted(drawn, key=lambda one: _lot(seed, one))


def _lot(seed: str, claim: str) -> str:
    """The lot of a claim: nobody who writes a seed can aim at one."""
    return hashlib.sha256(f"{seed}\n{claim}".encode("utf-8", "backslashreplace")).hexdigest()
