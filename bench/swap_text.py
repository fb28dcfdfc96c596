"""Edits of a text that keep track of where everything went: what a mutated corpus is made with.

Input: a text and edits, each a span with its new words. Output: the new text, and for any old span the new one:
"About 30 died" with 30 → 42 gives "About 42 died", and the span of "30 died" is that of "42 died".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`new` for text[start:end]; `value` is the number that stood there, where it was one."""

    start: int
    end: int
    new: str
    value: float | None = None


class Layer:
    """Edits of one text that never overlap: the first to claim a place keeps it, changed or not."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._taken = bytearray(len(text))
        self._edits: list[Edit] = []

    def free(self, start: int, end: int) -> bool:
        """Whether nothing has claimed any of it."""
        return not any(self._taken[start:end])

    def put(self, start: int, end: int, new: str, value: float | None = None) -> bool:
        """Claim a span and write `new` there; False where it is taken."""
        if start >= end or not self.free(start, end):
            return False
        self._taken[start:end] = b"\1" * (end - start)
        self._edits.append(Edit(start, end, new, value))
        return True

    def keep(self, start: int, end: int) -> bool:
        """Claim a span and leave it as it is."""
        return self.put(start, end, self.text[start:end])

    def edits(self) -> list[Edit]:
        """What was claimed, in order."""
        return sorted(self._edits)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, text[at:]])


def moved(position: int, edits: Iterable[Edit], *, end: bool) -> int:
    """Where a position of the old text lies in the new; within an edit that is its start, or with `end` its end."""
    shift = 0
    for edit in edits:
        if position <= edit.start or (position < edit.end and not end):
            return min(position, edit.start) + shift
        shift += len(edit.new) - (edit.end - edit.start)
        if position < edit.end:
            return edit.end + shift
    return position + shift


def like(model: str, word: str) -> str:
    """`word` in the capitals of `model`: MARIA → ELENA, Maria → Elena."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word[:1].lower() + word[1:]
