"""Lines of a text, and which of them belong to one paragraph: hard-wrapped lines are joined, others stand alone.

In: a text. Out: blocks, each one or more lines with the offsets they span. "AT LEAST FOUR" above "SOLDIERS DIED." is
one block where the text is wrapped at about that width, two where it is not.
"""

from __future__ import annotations

import re
from itertools import pairwise

from tollbook.text import is_shouted
from tollbook.values import dataclass

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_GAP = re.compile(r"\s")
_ENDS = re.compile(r"[.!?:;…。؟।][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.!?…。؟।][\"'”’»)\]]*$")
_MARKER = re.compile(r"(?:[•●▪■◦‣⁃·*+]|[-–—](?![-–—])|\(?(?:\d{1,2}|[a-zA-Z])\)|\d{1,2}\.(?=\s)|#{1,6}(?=\s))\s*(?=\S)")

# Wrapped texts are set at 40 to 132 columns: beyond that lines are paragraphs.
_NARROWEST, _WIDEST = 40, 132
# Two columns of grace: double spaces and a dedented first line shift the edge by that much.
_GRACE = 2
# About three of four lines of wrapped prose open in lower case, none of a list of headings.
_RUN_ON = 0.4


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: offsets without outer whitespace, in how many lines, and how it opens."""

    start: int
    end: int
    lines: int
    marker: int  # length of a bullet, number or heading sign at the start, else 0


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    opening: int  # length of the first word
    ends: bool  # has a final stop, colon or semicolon
    lower: bool  # opens in lower case or with a sign that can't open a sentence
    marker: int


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of `text[start:end]` without outer whitespace; equal where nothing is left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())


def blocks(text: str) -> list[Block]:
    """The paragraphs of a text in order; together they hold all that is not whitespace."""
    rows = _lines(text)
    width = _wrap_width(text, rows)
    found: list[Block] = []
    first: _Line | None = None
    last: _Line | None = None
    count = 0
    for row in [*rows, None]:
        if row and last and first and _joins(last, row, width):
            last, count = row, count + 1
            continue
        if first and last:
            found.append(Block(first.start, last.end, count, first.marker))
        first, last, count = row, row, 1
    return found


def ends_sentence(text: str, block: Block) -> bool:
    """True where a block closes with a full stop, a question or exclamation mark."""
    return bool(_FULL_STOP.search(text, max(block.start, block.end - 8), block.end))


def _lines(text: str) -> list[_Line | None]:
    """The lines that hold something; None stands for one or more blank lines."""
    rows: list[_Line | None] = []
    breaks = 0
    for match in _LINE.finditer(text):
        start, end = trim(text, match.start(), match.end())
        if start == end:
            breaks += match.group() in "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
            continue
        if breaks > 1 or (rows and "\u2029" in text[rows[-1].end if rows[-1] else start : start]):
            rows.append(None)
        rows.append(_line(text, start, end))
        breaks = 0
    return rows


def _line(text: str, start: int, end: int) -> _Line:
    marker = _MARKER.match(text, start, end)
    gap = _GAP.search(text, start, end)
    first = text[start]
    lower = first.islower() or first in ",;)%"
    ends = bool(_ENDS.search(text, max(start, end - 8), end))
    return _Line(start, end, (gap.start() if gap else end) - start, ends, lower, marker.end() - start if marker else 0)


def _wrap_width(text: str, rows: list[_Line | None]) -> int:
    """The column at which a text is wrapped, 0 where it is not.

    Told by lines that end without a stop right before another line: in running text most of the next ones open in lower
    case; headings under each other don't.
    """
    lengths = [row.end - row.start for row in rows if row]
    if not lengths or max(lengths) > _WIDEST:
        return 0
    pairs = [
        (a, b) for a, b in pairwise(rows) if a and b and not a.ends and not b.marker and a.end - a.start >= _NARROWEST
    ]
    if len(pairs) < 2:
        return 0
    if not is_shouted(text) and sum(b.lower for _, b in pairs) < _RUN_ON * len(pairs):
        return 0
    return sorted(a.end - a.start for a, _ in pairs)[len(pairs) // 2]


def _joins(line: _Line, following: _Line, width: int) -> bool:
    """True where the next line runs on: the line was full, or it has no stop and the next opens in lower case."""
    if following.marker and not following.lower:
        return False
    if width and line.end - line.start + (_GRACE + following.opening if line.ends else width // 3) > width:
        return True
    return following.lower and not line.ends and not following.marker
