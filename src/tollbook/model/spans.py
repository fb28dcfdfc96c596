"""Spans of words, and ids from content."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Literal

from tollbook.errors import QuoteMismatch
from tollbook.values import dataclass

Part = Literal["text", "title"]


def digest(*parts: object, length: int = 16) -> str:
    """A hex id of `length` digits from the content of `parts`, the same on every machine and in every run."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty stretch of a report's text or title: code points `start` up to, not including, `end`."""

    start: int
    end: int
    part: Part = "text"

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words at this span; a span that leaves the text is an error."""
        if self.end > len(text):
            raise QuoteMismatch(f"span {self.start}–{self.end} lies outside a text of {len(text)} code points")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.part == other.part and self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.part == other.part and self.start <= other.start and other.end <= self.end

    def hull(self, other: Span) -> Span:
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end), self.part)


class SpanIndex:
    """Spans by where they start: which of them lie within another is found without looking at them all."""

    __slots__ = ("_starts",)

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: dict[str, list[tuple[int, int, int]]] = {}
        for number, span in enumerate(spans):
            self._starts.setdefault(span.part, []).append((span.start, number, span.end))
        for starts in self._starts.values():
            starts.sort()

    def inside(self, span: Span) -> list[int]:
        """The numbers of the spans that `span` covers, in the order of their starts."""
        starts = self._starts.get(span.part, [])
        first, last = bisect_left(starts, (span.start,)), bisect_left(starts, (span.end,))
        return [number for _, number, end in starts[first:last] if end <= span.end]

    def opening(self, span: Span) -> int | None:
        """The number of the last span that starts at or before the start of `span`; None where none does."""
        starts = self._starts.get(span.part, [])
        at = bisect_right(starts, (span.start + 1,)) - 1
        return starts[at][1] if at >= 0 else None
