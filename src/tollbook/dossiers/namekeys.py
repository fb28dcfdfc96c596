"""Keys of names compared: the words of an address, and whether two names may be one person's. Pure.

Input: an address or keys (`cues.key_of`). Output: keys, or yes and no. Worked: ("o", "lindal") fits ("orsa", "lindal").
"""

from __future__ import annotations

import re

from tollbook.dossiers.cues import key_of

Keys = tuple[str, ...]


def address_keys(address: str) -> list[str]:
    """The keys of the words in an address or a file's name; shorter ones tell nobody."""
    return [key for key in (key_of(part) for part in re.split(r"[\W\d_]+", address)) if len(key) > 2]


def one_person(one: Keys, other: Keys) -> bool:
    """True where the shorter name's words all fit the longer one's, an initial fitting the word it starts."""
    short, long = sorted((one, other), key=len)
    if short[-1] != long[-1] and len(short) > 1:
        return False
    return all(any(k == full or (len(k) == 1 and full.startswith(k)) for full in long) for k in short)
