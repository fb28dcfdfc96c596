"""What stands behind the rows of a worksheet: merged ranges, and cells that lead to an address.

Input: the stream of a worksheet; rows as they are read. Output: the ranges and links; the rows with each range filled.
Worked: where A2:A4 are merged and hold "dam.pdf", which the file has in A2 alone, rows 2, 3 and 4 cite "dam.pdf".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from tollbook.sheets.cells import Cell
from tollbook.values import dataclass

_PIECE = 1 << 20
# A tag is shorter than this; text has no "<" of its own.
_TAG = 4_000
_RANGE = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["'][^<>]*>"""
)
_LINK = re.compile(rb"<(?:\w+:)?hyperlink\s([^<>]*)>")
_REF = re.compile(rb"""\bref\s*=\s*["']([A-Z]{1,3})(\d{1,7})(?::[A-Z0-9]+)?["']""")
_ID = re.compile(rb"""\w+:id\s*=\s*["']([^"']*)["']""")
# As many links as a spreadsheet program allows in a worksheet.
_LINKS = 65_530


@dataclass(frozen=True, slots=True, order=True)
class Merged:
    """A merged range: rows count from 1, columns from 0, the last ones are within it."""

    top: int
    left: int
    bottom: int
    right: int
    name: str


def tail_of(stream: IO[bytes]) -> tuple[tuple[Merged, ...], dict[tuple[int, int], str]]:
    """The merged ranges of a worksheet, from the top; and by (row, column) the relation that a cell's link names."""
    from tollbook.sheets.grid import column_number

    held, found = b"", []
    links: dict[tuple[int, int], str] = {}
    while piece := stream.read(_PIECE):
        text = held + piece
        done = 0
        for match in _RANGE.finditer(text):
            left, top, right, bottom = (group.decode() for group in match.groups())
            name = f"{left}{top}:{right}{bottom}"
            found.append(Merged(int(top), column_number(left + top), int(bottom), column_number(right + bottom), name))
            done = match.end()
        for match in _LINK.finditer(text):
            at, link = _REF.search(match[1]), _ID.search(match[1])
            if at and link and len(links) < _LINKS:
                links[int(at[2]), column_number((at[1] + at[2]).decode())] = link[1].decode("utf-8", "replace")
            done = max(done, match.end())
        held = text[max(done, len(text) - _TAG) :]
    return tuple(sorted(found)), links


def filled(
    rows: Iterable[tuple[int, dict[int, Cell]]], merges: Sequence[Merged]
) -> Iterator[tuple[int, dict[int, Cell]]]:
    """The rows with the value of each merged range in all its cells; rows that a file leaves out are empty."""
    active: list[tuple[Merged, Cell]] = []
    next_one, last = 0, 0
    for number, cells in rows:
        for at in range(last + 1, number + 1):
            own = cells if at == number else {}
            while next_one < len(merges) and merges[next_one].top <= at:
                merged = merges[next_one]
                if merged.top == at:
                    active.append((merged, own.get(merged.left)))
                next_one += 1
            active = [(merged, value) for merged, value in active if merged.bottom >= at]
            for merged, value in active:
                if value is not None:
                    own.update(dict.fromkeys(range(merged.left, merged.right + 1), value))
            yield at, own
        last = number
