"""A figure with what its words resolve to, and an event as one report tells of it.

Input: nothing; these are the values that the rest of the stage works on. "12 people" of a sentence that names Orune and
Monday is a `Fact` with that spot and that date; all such figures of Monday's quake are one `Happening`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import field

from tollbook.incidents.places import Spot
from tollbook.model import Claim, DateRange, Setting
from tollbook.values import dataclass

# Days by which two dates of one event may differ: a night, a time zone, a date of publication taken for the day.
SLACK = 2
# The lead of a report: its title and this many sentences.
LEAD = 4
# A report tells of the days before its publication more often than not: how many.
RECENT = 10


@dataclass(slots=True)
class Fact:
    """A claim with what its setting resolves to."""

    claim: Claim
    setting: Setting
    date: DateRange | None
    spots: tuple[Spot, ...]
    sentence: int
    order: int
    as_of: DateRange | None = None
    tells: str = "event"

    @property
    def toll(self) -> tuple[str, float | None]:
        """What it says, to know it again: "two children killed", and later "the blast in which two children died"."""
        return self.claim.measure, self.claim.quantity.value


@dataclass(slots=True)
class Happening:
    """An event as one report tells of it.

    `spots` are its places, most telling first; `firm`: the date is said of its figures, not only in its lead; `apart`:
    the place (or date) that the report speaks of too, but that is another event's; `gathering`: it is a crowd's;
    `scene`: it is told of as fresh beside the main one;
    `series`: its report tells of several events from the start; `spread`: it is of a kind that strikes many places;
    `dated`: a figure of it has a date of its own; `tolls`: what its figures say.
    """

    report: str
    main: bool
    facts: list[Fact] = field(default_factory=list)
    date: DateRange | None = None
    spots: tuple[Spot, ...] = ()
    kinds: Counter[str] = field(default_factory=Counter)
    aggregate: bool = False
    section: int = 0
    apart: Spot | DateRange | None = None
    firm: bool = False
    gathering: bool = False
    scene: bool = False
    series: bool = False
    spread: bool = False
    dated: bool = False
    tolls: set[tuple[str, float | None]] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def add(self, fact: Fact) -> None:
        """Take in a figure."""
        self.facts.append(fact)
        self.tolls.add(fact.toll)
        self.places.update(spot.key for spot in fact.spots)
        self.dated = self.dated or fact.date is not None


def near(left: DateRange, right: DateRange) -> bool:
    """True where two dates may be of one event, some days of slack allowed."""
    gap = max((right.start - left.end).days, (left.start - right.end).days)
    return gap <= SLACK
