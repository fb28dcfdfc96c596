"""Which times and places stand nearest to a figure: other figures and new clauses in between make them farther.

Input: a figure with its verb, and the mentions of its sentence. Output: the mentions, nearest first. In "12 died in
Orune, and 5 in Zarand" Orune is of the 12 and Zarand of the 5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from tollbook.model import PlaceMention, Span, SpanIndex, TimeMention
from tollbook.values import dataclass

_Mention = TypeVar("_Mention", TimeMention, PlaceMention)

# Distances in code points: another figure in between, or a new clause, makes a mention that much farther.
OTHER_FIGURE = 150
NEW_CLAUSE = 60
_CLAUSE = re.compile(r";|:\s|,\s+(?:and|but|while|after|when|as|whereas|with)\s|\s(?:while|whereas|but)\s|--|\s[–—]\s")


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a sentence, where it begins, and the figures of its report."""

    low: str
    start: int
    figures: SpanIndex


def nearest(words: Words, anchor: Span, mentions: Sequence[_Mention]) -> list[_Mention]:
    """Mentions by how near they stand to a figure and its verb."""
    return sorted(mentions, key=lambda mention: (_distance(words, anchor, mention.span), mention.span.start))


def own_clause(words: Words, anchor: Span, mentions: Sequence[_Mention]) -> list[_Mention]:
    """The mentions of a figure's own clause if it has any, else all; nearest first."""
    ordered = nearest(words, anchor, mentions)
    return [mention for mention in ordered if not _parted(words, anchor, mention.span)] or ordered


def _distance(words: Words, anchor: Span, other: Span) -> int:
    gap = max(anchor.start - other.end, other.start - anchor.end, 0)
    return gap + _parted(words, anchor, other)


def _parted(words: Words, anchor: Span, other: Span) -> int:
    """What stands between a figure and a mention: other figures and new clauses, as distance."""
    if anchor.overlaps(other):
        return 0
    low, high = (other.end, anchor.start) if other.end <= anchor.start else (anchor.end, other.start)
    crossed = len(words.figures.inside(Span(low, high, anchor.part))) if low < high else 0
    between = words.low[low - words.start : high - words.start]
    return OTHER_FIGURE * crossed + NEW_CLAUSE * len(_CLAUSE.findall(between))
