"""Grades of incidents and sums by grade, as a dossier shows them.

Input: a record's grades and `Total`s; output: texts with names masked, and figures in signs. Worked: a sum of 5 or more
over three fair incidents is "≥ 5", 3 incidents, with a word on the one that has no upper end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tollbook.dossiers.figures import interval, label
from tollbook.model import Number, Total
from tollbook.text import counted
from tollbook.values import dataclass

# Sums of people hurt, of all and of civilians: of the other groups the figures stand with their incidents.
_MEASURES, _GROUPS = ("killed", "injured"), ("all", "civilians")


@dataclass(frozen=True, slots=True)
class Graded:
    """How well an incident is attested, why, and by which method or ruling; names are masked."""

    grade: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Summed:
    """A sum over the incidents of one grade: in signs, its ends, and how many incidents it rests on and leaves out."""

    label: str
    measure: str
    group: str
    unit: str
    rules: str
    grade: str
    figure: str
    low: Number
    best: Number | None
    high: Number | None
    incidents: int
    unknown: int
    open: int
    within: int
    elsewhere: int

    @property
    def notes(self) -> str:
        """What the sum leaves out, in words."""
        some = [f"{counted(self.unknown, 'incident')} without a figure"] if self.unknown else []
        some += [f"{self.open} without an upper end"] if self.open else []
        some += [f"{self.within} within another, not added onto it"] if self.within else []
        some += [f"{self.elsewhere} within one of another grade"] if self.elsewhere else []
        return "; ".join(some)


def summed(totals: Iterable[Total]) -> tuple[Summed, ...]:
    """The sums by grade that a dossier shows."""
    return tuple(map(_summed, filter(_shown, totals)))


def _shown(one: Total) -> bool:
    return (one.measure, one.group, one.unit) in {(m, g, "person") for m in _MEASURES for g in _GROUPS}


def _summed(one: Total) -> Summed:
    counts: Sequence[int] = [len(some) for some in (one.incidents, one.unknown, one.open, one.within, one.elsewhere)]
    return Summed(
        label(one.measure, one.group, one.unit), one.measure, one.group, one.unit, one.rules,
        one.by.get("grade", ""), interval(one.low, one.high), one.low, one.best, one.high, *counts,
    )  # fmt: skip
