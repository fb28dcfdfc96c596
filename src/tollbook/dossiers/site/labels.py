"""Where labels and marks of a drawing go, so that none hides another.

Input: points in units of the drawing, and texts. Output: groups of points too near to be told apart; labels beside
their points. Worked: of two towns side by side the larger is labelled to its right, the other to its left, and a third
between them is not.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

# A letter's width by its height, on average; and the height of a line.
_WIDE, _TALL = 0.56, 1.15
SMALL, LARGE = 13.0, 25.0  # units: the size of a label on a wide screen, and on a phone
_LARGEST = 19.0
_CELL = 2 * _LARGEST  # marks farther from each other than that never touch
_CLEAR = 4.0  # between two labels in one line: each has a rim in the colour of the land

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A text beside a point: where it begins, or ends where `anchor` is "end"; `major` where it has room on a phone."""

    x: float
    y: float
    anchor: str
    text: str
    kind: str
    major: bool


def radius(count: int) -> float:
    """Units of a mark for so many incidents: its area grows with them, up to an end."""
    return min(4.5 + 2.6 * math.sqrt(count - 1) + (3.0 if count > 1 else 0.0), _LARGEST)


def grouped(x: Sequence[float], y: Sequence[float], counts: Sequence[int]) -> list[list[int]]:
    """The indexes of points whose marks would touch, together; each group's mark is where its first point is.

    The point with the most incidents draws the others to itself, so that a mark stays where something happened.
    """
    order = sorted(range(len(counts)), key=lambda one: (-counts[one], x[one], y[one]))
    groups = [[one] for one in order]
    while True:
        merged = _merged(groups, x, y, counts)
        if len(merged) == len(groups):
            return merged
        groups = sorted(merged, key=lambda group: -sum(counts[one] for one in group))


def _merged(
    groups: Sequence[list[int]], x: Sequence[float], y: Sequence[float], counts: Sequence[int]
) -> list[list[int]]:
    """Each group in turn joins the one before it whose mark it touches most; only marks in cells beside can touch."""
    merged: list[list[int]] = []
    sums: list[int] = []
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for group in groups:
        left, top, own = x[group[0]], y[group[0]], sum(counts[one] for one in group)
        across, down, size = int(left // _CELL), int(top // _CELL), radius(own)
        touched = (0.0, -1)
        for cell in product((across - 1, across, across + 1), (down - 1, down, down + 1)):
            for one in cells.get(cell, ()):
                head = merged[one][0]
                touched = min(touched, (math.hypot(x[head] - left, y[head] - top) - radius(sums[one]) - size, one))
        if touched[0] < 0:
            merged[touched[1]] += group
            sums[touched[1]] += own
        else:
            cells[across, down].append(len(merged))
            merged.append(group)
            sums.append(own)
    return merged


@dataclass(slots=True)
class Room:
    """The room that labels have left in a drawing of some size."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def keep(self, x: float, y: float, r: float) -> None:
        """Keep a mark clear of labels."""
        self.taken.append((x - r, y - r, x + r, y + r))

    def label(self, x: float, y: float, r: float, text: str, kind: str, *, majors: int = 0) -> bool:
        """Label a mark where there is room; in large letters where there is room for these and `majors` is not met."""
        wants = sum(one.major for one in self.labels) < majors
        return (wants and self._put(x, y, r, text, kind, LARGE)) or self._put(x, y, r, text, kind, SMALL)

    def _put(self, x: float, y: float, r: float, text: str, kind: str, size: float) -> bool:
        wide, tall, gap = size * _WIDE * len(text), size * _TALL, r + 4
        places = (
            ("start", x + gap, y), ("end", x - gap, y),
            ("middle", x, y - r - tall / 2 - 1), ("middle", x, y + r + tall / 2 + 1),
        )  # fmt: skip
        for anchor, left, middle in places:
            start = left - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
            box = (start, middle - tall / 2, start + wide, middle + tall / 2)
            if box[0] < 2 or box[1] < 2 or box[2] > self.width - 2 or box[3] > self.height - 2:
                continue
            if any(_touch(box, other) for other in self.taken):
                continue
            self.taken.append((box[0] - _CLEAR, box[1], box[2] + _CLEAR, box[3]))
            self.labels.append(Label(round(left, 1), round(middle, 1), anchor, text, kind, size == LARGE))
            return True
        return False


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
