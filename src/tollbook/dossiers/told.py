"""What was said when, and whose voices a page holds: values of a page beside its figures.

Input and output: texts, names masked. Worked: 12 March, the Flood Office, killed, "≥ 12".
"""

from __future__ import annotations

import datetime as dt

from tollbook.model import Number
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the timeline: who, of what, the figure, the entry's ref, and what it is if no plain total."""

    source: str
    what: str
    figure: str
    ref: str
    remark: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What was claimed on one day, in order."""

    day: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose voices a page holds, as (heading, names), and whose it lacks, in plain sentences."""

    present: tuple[tuple[str, tuple[str, ...]], ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A figure of one source from the day on which it was claimed to the day of that source's next, None for none.

    `row` is the source's in the matrix, `ref` the entry that says it first, `stands` the rule sets by which it carries
    the figure: by these it goes on though the source said something else later.
    """

    row: str
    start: dt.date
    end: dt.date | None
    low: Number | None
    value: Number | None
    high: Number | None
    bound: str
    figure: str
    ref: str
    stands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Toll:
    """A column's figures over time; `apart` are those without a place in time: (row, entry, figure, why)."""

    column: str
    steps: tuple[Step, ...]
    apart: tuple[tuple[str, str, str, str], ...]
