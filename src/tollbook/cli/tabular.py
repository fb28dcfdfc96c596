"""Tables of plain text: columns side by side, as wide as asked, a cell that is longer broken between its words.

Input: names of columns and rows of cells. Output: lines. Widths are those on a terminal: an ideograph takes two cells,
a combining mark none. Worked: at 14 cells wide the cells "Tessavar Ledger" and "34" become "Tessavar    34" and
"Ledger". The lines have no spaces at their end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from tollbook.values import dataclass

# Words with the spaces behind them; a line isn't broken at a no-break space.
_WORD = re.compile(r"[^ \t\n]+[ \t\n]*|[ \t\n]+")
_EMOJI = "\N{VARIATION SELECTOR-16}"


@dataclass(frozen=True, slots=True)
class Table:
    """`right` are the columns, by number, whose cells stand at the right; `first` is the most that the first may take.

    With `rule` there is a line below the names.
    """

    names: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: frozenset[int] = frozenset()
    first: int | None = None
    rule: bool = True

    def head(self, width: int) -> list[str]:
        """The lines of the names, the last ones of a column lowest."""
        return list(self._lines(self.names, self._widths(width), low=True))

    def body(self, width: int, dash: str = "─") -> Iterator[str]:
        """The lines below the names."""
        widths = self._widths(width)
        if self.rule:
            yield dash * (sum(widths) + len(self._gap) * (len(widths) - 1))
        for row in self.rows:
            yield from self._lines(row, widths)

    @property
    def _gap(self) -> str:
        return "   " if self.rule else "  "

    def _widths(self, width: int) -> list[int]:
        """What each column needs; where that is too much, the widest gives first, of several the last."""
        needs = [max(1, *map(cells, column)) for column in zip(self.names, *self.rows, strict=True)]
        if self.first is not None:
            needs[0] = min(needs[0], self.first)
        room = max(len(needs), width - len(self._gap) * (len(needs) - 1))
        while sum(needs) > room:
            needs[max(range(len(needs)), key=lambda column: (needs[column], column))] -= 1
        return needs

    def _lines(self, row: Sequence[str], widths: Sequence[int], *, low: bool = False) -> Iterator[str]:
        """One row in as many lines as its longest cell takes."""
        parts = [broken(cell, width) for cell, width in zip(row, widths, strict=True)]
        height = max(map(len, parts))
        for number in range(height):
            line = []
            for column, (part, width) in enumerate(zip(parts, widths, strict=True)):
                at = number - (height - len(part) if low else 0)
                text = part[at] if 0 <= at < len(part) else ""
                space = " " * (width - cells(text))
                line.append(space + text if column in self.right else text + space)
            yield self._gap.join(line).rstrip()


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return len(text) if text.isascii() else sum(size for _, size in _clusters(text))


def broken(text: str, width: int) -> list[str]:
    """A text in lines of `width` cells at most, broken between words; a longer word is broken where it must."""
    lines = [""]
    for word in (piece for found in _WORD.findall(text) for piece in _pieces(found, width)):
        if lines[-1] and cells(lines[-1] + word.rstrip()) > width:
            lines.append("")
        lines[-1] += word
    return [line.strip() for line in lines]


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word that fits as it is, else what of it fits, again and again."""
    if cells(word.rstrip()) <= width:
        yield word
        return
    piece, taken = "", 0
    for cluster, size in _clusters(word):
        if piece and taken + size > width:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + cluster, taken + size
    yield piece


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Each character with the marks upon it, and the cells that it takes."""
    cluster, size = "", 0
    for char in text:
        if cluster and _is_mark(char):
            cluster += char
            size = 2 if char == _EMOJI and size == 1 else size
            continue
        if cluster:
            yield cluster, size
        cluster, size = char, 0 if _is_mark(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
    if cluster:
        yield cluster, size


def _is_mark(char: str) -> bool:
    """Whether a character takes no cell: a combining mark, an invisible sign, the second half of a Hangul syllable."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff"
