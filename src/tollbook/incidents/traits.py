"""What two happenings share or differ in: days, places, streets, kinds, figures, ages, hours, names and words.

Input: two happenings as `Node`s. Output: `Trait`s, each with its name, how much of it there is (0 or more), and its
words: "both on 2005-11-27", "same figure: 80 injured", "name different places". What they weigh is in `reasons.py`.
They depend on the two happenings alone, whatever else is in the collection.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import islice
from typing import NamedTuple

from tollbook.incidents.evidence import Vector, likeness, shared_words
from tollbook.incidents.happening import SLACK
from tollbook.incidents.marks import Marks, minutes_apart
from tollbook.incidents.naming import date_words
from tollbook.incidents.places import AREA, Spot, far_apart, kilometres
from tollbook.incidents.spoken import Told, days_of_year
from tollbook.lexicon import load
from tollbook.model import DateRange
from tollbook.text import counted
from tollbook.values import dataclass

# A main event without a date of its own lies at most so many days before its report.
WINDOW = 14
CITY, NEAR_KM = 100_000, 40.0
# Beyond so many days the distance tells no more; so much likeness and so many names tell all they can.
LONGEST, MOST_ALIKE, MOST_NAMES = 10_000, 0.4, 6.0
# Hours of the day within so many minutes are one, beyond so many they are two.
ONE_HOUR, OTHER_HOUR = 20, 120


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A happening as it is compared: when (and whether that is only its report's date), where, what and how many.

    Its claims are left out, for a run holds the nodes of all reports: `first` is the smallest of their ids, "" of none.
    `main`, `aggregate`, `firm` and `gathering` are as in `Happening`; `apart`: its report tells of two events;
    `regions` are the areas it names where it names no spot; `counts` how many figures tell of each kind; `toll` the
    dead it counts first. Its number is given when it is put among the others; `family` is that of a text's versions.
    """

    report: str
    main: bool
    aggregate: bool
    apart: bool
    firm: bool
    gathering: bool
    date: DateRange | None
    window: DateRange | None
    told: Told | None
    publisher: str | None
    spots: tuple[Spot, ...]
    regions: tuple[Spot, ...]
    keys: frozenset[str]
    cities: frozenset[str]
    areas: frozenset[str]
    kinds: frozenset[str]
    counts: tuple[tuple[str, int], ...]
    figures: frozenset[tuple[str, str, float]]
    vector: Vector
    names: Vector
    marks: Marks
    days: frozenset[dt.date]
    first: str = ""
    toll: float | None = None
    index: int = -1
    family: int | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """What orders nodes the same whatever the collection."""
        return (self.report, 0 if self.main else 1, self.first)

    @property
    def whole(self) -> bool:
        """True where the words of the whole report are about this event."""
        return self.main


class Trait(NamedTuple):
    """A reason not yet weighed: its name in `links.toml`, how much of it there is, and who can put it in words."""

    name: str
    amount: float
    tell: Callable[[], str]


def status(left: Node, right: Node) -> Iterator[Trait]:
    """A whole period is never an event; a report of two events tells of one of them only in part."""
    if left.aggregate != right.aggregate:
        yield Trait("period", 1.0, lambda: "one counts a whole period, the other an event")
    elif left.aggregate and left.areas & right.areas:
        yield Trait("periods", 1.0, lambda: f"both count a whole period in {min(left.areas & right.areas)}")
    if left.apart or right.apart:
        yield Trait("two events", 1.0, lambda: "one of them tells of two events")


# ---- when ----


def when(left: Node, right: Node) -> Iterator[Trait]:
    """One day of the event; days that both speak of; else how far apart their dates or they themselves are."""
    shared = left.days & right.days if left.whole and right.whole else frozenset()
    own_days = {node.date.start for node in (left, right) if node.date is not None}
    if shared:
        its = shared & own_days
        name = "same day" if its else "same days"
        yield Trait(name, 1.0, lambda: f"both {'on' if its else 'speak of'} {min(its or shared).isoformat()}")
        if its:
            return
    a, b = left.date or left.window, right.date or right.window
    own = left.date is not None and right.date is not None
    if not own:
        yield from _told(left, right)
    if a is None or b is None:
        return
    gap = max((b.start - a.end).days, (a.start - b.end).days)
    if gap > SLACK:
        firm = own and left.firm and right.firm
        name = "firm dates apart" if firm else "dates apart" if own else "window apart"
        yield Trait(name, math.log(min(gap, LONGEST)), lambda: f"dates {counted(gap, 'day')} apart")
    elif own:
        yield from _agreeing(a, b)


def _agreeing(a: DateRange, b: DateRange) -> Iterator[Trait]:
    if {a.precision, b.precision} <= {"day", "days"}:
        if a.start == b.start:
            yield Trait("same day", 1.0, lambda: f"both on {a.start.isoformat()}")
        else:
            yield Trait("near days", 1.0, lambda: "dates a day or two apart")
        return
    width = max((a.end - a.start).days, (b.end - b.start).days)
    amount = 1.0 if width <= 31 else 0.6 if width <= 366 else 0.25
    yield Trait("dates agree", amount, lambda: _both_in(date_words(a), date_words(b)))


def _both_in(one: str, other: str) -> str:
    return f"both in {one}" if one == other else f"{one} and {other} agree"


def _told(left: Node, right: Node) -> Iterator[Trait]:
    """Of two of which one has no date of its own: how far apart they were told, if that is known."""
    days = [node.told.day for node in (left, right) if node.told is not None and node.told.day is not None]
    if len(days) == 2:
        gap = abs((days[0] - days[1]).days)
        yield Trait("told apart", math.log1p(min(gap, LONGEST)), lambda: f"told {counted(gap, 'day')} apart")
        return
    year = days_of_year(left.told, right.told) if left.told is not None and right.told is not None else None
    if year is not None and year > WINDOW:
        yield Trait("told apart", math.log1p(year), lambda: f"told {counted(year, 'day')} of the year apart")
    yield Trait("no date", 1.0, lambda: "one of them has no date")


# ---- where ----


def where(left: Node, right: Node) -> Iterator[Trait]:
    shared = sorted(left.keys & right.keys)
    if shared:
        name = next(spot.name for spot in left.spots if spot.key == shared[0])
        small = any(spot.place is not None and spot.key not in left.cities for spot in left.spots if spot.key in shared)
        yield Trait("same place" if small else "same city", 1.0, lambda: f"both name {name}")
        if len(shared) > 1:
            yield Trait("more places", 1.0, lambda: f"both name {len(shared)} places")
        return
    near = _nearest(left.spots, right.spots)
    if near is not None:
        yield Trait("near", 1.0, partial(str, near))
    elif left.areas and right.areas and not left.areas & right.areas:
        yield Trait("other country", 1.0, lambda: "in different countries")
    elif _are_apart(left, right):
        yield Trait("other place", 1.0, lambda: "name different places")
    elif left.areas & right.areas:
        yield Trait("same country", 1.0, lambda: f"both in {min(left.areas & right.areas)}")


def _are_apart(left: Node, right: Node) -> bool:
    known = [[spot for spot in node.spots if spot.place is not None] for node in (left, right)]
    return all(known) and far_apart(*known)


def _nearest(left: Sequence[Spot], right: Sequence[Spot]) -> str | None:
    for a in left:
        for b in right:
            if a.place is not None and b.place is not None and a.place.precision < AREA and b.place.precision < AREA:
                distance = kilometres(a.place, b.place, NEAR_KM)
                if distance is not None and distance <= NEAR_KM:
                    return f"{a.name} and {b.name} are {distance:.0f} km apart"
    return None


def streets(left: Node, right: Node) -> Iterator[Trait]:
    a, b = left.marks, right.marks
    blocks, streets = sorted(a.blocks & b.blocks), sorted(a.streets & b.streets)
    if blocks:
        yield Trait("same block", 1.0, lambda: f"both name the {blocks[0].title().replace(' ', ' block of ', 1)}")
    elif a.blocks and b.blocks:
        yield Trait("other block", 1.0, lambda: "name other blocks of houses")
    if streets:
        yield Trait("same street", min(2, len(streets)), lambda: f"both name the street {streets[0].title()}")
    elif a.streets and b.streets:
        yield Trait("other street", 1.0, lambda: "name other streets")


# ---- what, who and how many ----


def what(left: Node, right: Node) -> Iterator[Trait]:
    if left.gathering and right.gathering:
        yield Trait("crowds", 1.0, lambda: "both count a crowd")
    elif left.gathering != right.gathering and not {"protest"} >= left.kinds | right.kinds:
        yield Trait("other kind", 1.0, lambda: "a crowd against another event")
    elif left.kinds & right.kinds:
        yield Trait("same kind", 1.0, lambda: f"both tell of the kind {min(left.kinds & right.kinds)}")
    elif left.kinds and right.kinds and not any(b in _alike().get(a, ()) for a in left.kinds for b in right.kinds):
        yield Trait("other kind", 1.0, lambda: f"{min(left.kinds)} against {min(right.kinds)}")


@cache
def _alike() -> Mapping[str, frozenset[str]]:
    """Kinds of incidents that may be one: each with all those it stands in a group with."""
    found: dict[str, set[str]] = {}
    for group in load("en").table("events")["alike"]["groups"]:
        for kind in group:
            found.setdefault(kind, set()).update(group)
    return {kind: frozenset(kinds) for kind, kinds in found.items()}


def how_many(left: Node, right: Node) -> Iterator[Trait]:
    """Equal figures: the larger and the odder a number, the less it is chance; one desk has the same of many events."""
    shared = sorted(left.figures & right.figures)
    if shared:
        amount = min(0.8, sum(min(0.5, 0.08 * math.log(n + 1) * (1.0 if n % 100 else 0.6)) for _, _, n in shared))
        measure, _, value = max(shared, key=lambda figure: (figure[2], figure[0], figure[1]))
        yield Trait("figures", amount, lambda: f"same figure: {value:g} {measure}")
        if left.whole and right.whole and _is_one_desk(left, right):
            yield Trait("one desk's figures", amount, lambda: "which one publisher may give of two events")


def ages(left: Node, right: Node) -> Iterator[Trait]:
    a, b = left.marks.ages, right.marks.ages
    shared = sorted(set(a) & set(b))
    if shared:
        yield Trait("ages", len(shared) / min(len(a), len(b)), lambda: f"both tell of the age {shared[0]}")
        if a[0] == b[0]:
            yield Trait("first age", 1.0, lambda: f"both tell of the age {a[0]} first")
    elif a and b:
        yield Trait("other ages", 1.0, lambda: "tell of people of other ages")


def hours(left: Node, right: Node) -> Iterator[Trait]:
    a, b = left.marks.clock, right.marks.clock
    apart = minutes_apart(a, b) if a and b else None
    if apart is not None and apart <= ONE_HOUR:
        yield Trait("same hour", 1.0, lambda: "name the same hour")
    elif apart is not None and apart > OTHER_HOUR:
        yield Trait("other hour", 1.0, lambda: "name other hours of the day")


def names(left: Node, right: Node) -> Iterator[Trait]:
    """Names that few reports hold, most often persons."""
    shared = shared_words(left.names, right.names)
    if shared:
        yield Trait("names", min(MOST_NAMES, sum(shared.values())), lambda: f"both name {_listed(shared, 3).title()}")


def _listed(words: Iterable[str], most: int) -> str:
    return ", ".join(islice(words, most))


def desk(left: Node, right: Node) -> Iterator[Trait]:
    """One publisher seldom tells of one event twice, less with other dead, and of all events in the same phrases."""
    if _is_one_desk(left, right):
        yield Trait("one desk", 1.0, lambda: "told by one publisher")
        if left.toll and right.toll and left.toll != right.toll:
            yield Trait("one desk's tolls", 1.0, lambda: f"which counts {left.toll:g} dead and {right.toll:g}")


def _is_one_desk(left: Node, right: Node) -> bool:
    return left.publisher is not None and left.publisher == right.publisher


def words(left: Node, right: Node) -> Iterator[Trait]:
    """How alike the words of two reports are, the rare ones first."""
    alike = min(MOST_ALIKE, likeness(left.vector, right.vector))
    if alike:
        yield Trait("words", alike, lambda: f"share rare words: {_listed(shared_words(left.vector, right.vector), 4)}")
        if _is_one_desk(left, right):
            yield Trait("one desk's words", alike, lambda: "in one publisher's phrases")


def copies(left: Node, right: Node) -> Iterator[Trait]:
    if left.family is not None and left.family == right.family and left.main == right.main:
        yield Trait("copies", 1.0, lambda: "near-copies of one text")
