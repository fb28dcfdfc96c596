"""What was said when, and whose voices a page holds: values of a page beside its figures.

Input and output: texts, names masked. Worked: 12 March, the Flood Office, killed, "≥ 12".
"""

from __future__ import annotations

from dataclasses import dataclass


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
