"""Stretches of a text that are not shown, and the text that is shown in their place.

Input: a text and the stretches to mask. Output: the text as it may be shown. Worked: `apply("Ask Lindal now", 0, 14,
[Masked(4, 10, "[name 1]")])` is "Ask [name 1] now".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from tollbook.values import dataclass

# Longer than any name, title or reason; a sentence around a figure is bounded where it is made.
_LONGEST = 2_000
UNCHECKED = "[words in a script that is not checked for names]"


@dataclass(frozen=True, slots=True)
class Masked:
    """A stretch of text and the token that stands for it."""

    start: int
    end: int
    token: str


def cut(text: str) -> str:
    """A text of at most `_LONGEST` characters, cut between words; what was cut is said."""
    if len(text) <= _LONGEST:
        return text
    end = text.rfind(" ", 0, _LONGEST)
    end = end if end > 0 else _LONGEST
    return f"{text[:end]}… [{len(text) - end:,} more characters]"


def apply(text: str, start: int, end: int, masked: Iterable[Masked]) -> str:
    """`text[start:end]` with its masked stretches replaced; one that crosses the start belongs to what came before."""
    out, at = [], start
    for mask in masked:
        if mask.end <= at or mask.start >= end:
            continue
        if mask.start >= at:
            out.append(text[at : mask.start])
            out.append(mask.token)
        at = mask.end
    out.append(text[at:end] if at < end else "")
    return "".join(out)


def caseless(text: str) -> bool:
    """True where a text has letters without capitals, in which a name can't be told from other words."""
    return not text.isascii() and any(unicodedata.category(sign) == "Lo" for sign in text)


def apart(found: list[Masked]) -> list[Masked]:
    """In order and without overlaps, the longer first."""
    kept: list[Masked] = []
    for mask in sorted(found, key=lambda m: (m.start, m.start - m.end)):
        if not kept or mask.start >= kept[-1].end:
            kept.append(mask)
        elif mask.end > kept[-1].end:
            kept[-1] = Masked(kept[-1].start, mask.end, kept[-1].token)
    return kept


def over(first: list[Masked], others: list[Masked]) -> list[Masked]:
    """All of `first`, and what of the others lies outside of them; both are in order and without overlaps."""
    kept = list(first)
    for mask in others:
        start = mask.start
        for hole in (one for one in first if one.end > mask.start and one.start < mask.end):
            if start < hole.start:
                kept.append(Masked(start, hole.start, mask.token))
            start = hole.end
        if start < mask.end:
            kept.append(Masked(start, mask.end, mask.token))
    return sorted(kept, key=lambda m: m.start)
