"""Why two happenings may be one event, or not: reasons with weights, in words that a person understands.

Input: two happenings as `Node`s. Output: a score and its `Reason`s: "both on 2005-11-27" +0.6, "same figure: 80
injured" +0.35, "name different places" -0.5. The weights were tuned together on shootings, quakes and wars.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tollbook.incidents.evidence import Vector, likeness
from tollbook.incidents.focus import SLACK, Happening
from tollbook.incidents.places import AREA, Spot, far_apart, kilometres
from tollbook.incidents.spoken import Told, days_of_year
from tollbook.model import DateRange

# A main event without a date of its own lies at most so many days before its report.
WINDOW = 14
# A score so low forbids: one is of a whole period, or the figures' own dates are of two times.
FORBIDDEN = -5.0
SMALL_PLACE, LARGE_PLACE, UNKNOWN_PLACE = 0.7, 0.5, 0.5
CITY = 100_000
# Dates that differ, where one of them is only the lead's or the publication's.
UNSURE = -1.0
# The same publisher tells of the news of other days from so many days on.
# A report without a date needs more than a place and phrases to be of a dated event: names that few reports hold.
UNDATED, PRIVATE = -0.4, 0.6
FRESH, NEXT, OTHER_NEWS = 3, -0.5, -2.5
# Dates of figures that differ by days: a toll is told of as of another day, or it is another event.
UNFOLDING = -1.0
# What the likeness of two reports' words weighs, and at most; how little is held against them.
SLOPE, WORDS_MOST, UNLIKE = 4.0, 1.6, 0.05
# What a name weighs that two in a thousand reports share, and all names together at most.
NAME_WEIGHT, NAMES_MOST = 0.2, 1.2
# From this weight of shared names on, other dates and places are later days of one story: they weigh no more than this.
TELLING, FOLLOW_UP = 0.8, -0.5
NEAR_KM = 40.0
# A publisher of so many reports says the same of everything: its phrases tell nothing.
DESK = 100


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that two happenings share or differ in, what it weighs, and how it is told to a person."""

    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Node:
    """A happening as it is compared: when (and whether that is only its report's date), where, what and how many.

    Its claims are left out, for a run holds the nodes of all reports: `first` is the smallest of their ids, "" of none.
    `desk` is how many reports its publisher has in the collection.
    """

    index: int
    happening: Happening
    date: DateRange | None
    window: DateRange | None
    told: Told | None
    publisher: str | None
    spots: tuple[Spot, ...]
    keys: frozenset[str]
    cities: frozenset[str]
    areas: frozenset[str]
    kinds: frozenset[str]
    figures: frozenset[tuple[str, str, float]]
    vector: Vector
    names: Mapping[str, float]
    family: str | None
    desk: int = 1
    first: str = ""

    @property
    def report(self) -> str:
        """The report that tells of it."""
        return self.happening.report

    @property
    def key(self) -> tuple[str, int, str]:
        """What orders nodes the same whatever the collection."""
        return (self.report, 0 if self.happening.main else 1, self.first)

    @property
    def whole(self) -> bool:
        """True where the words of the whole report are about this event."""
        return self.happening.main and self.happening.apart is None


def score(left: Node, right: Node, alike: Mapping[str, frozenset[str]]) -> tuple[float, tuple[Reason, ...]]:
    """How much speaks for two happenings being one event: the sum of the reasons' weights; far below 0 forbids it."""
    reasons = [
        reason
        for reason in (
            _when(left, right), _where(left, right), _what(left, right, alike), _how_many(left, right),
            _words(left, right), _names(left, right), _status(left, right),
        )
        if reason is not None
    ]  # fmt: skip
    if reasons and _is_follow_up(left, right, reasons):
        reasons = [replace(reason, weight=max(reason.weight, FOLLOW_UP)) for reason in reasons]
    return sum(reason.weight for reason in reasons), tuple(reasons)


def reaches(left: Node, right: Node, alike: Mapping[str, frozenset[str]], least: float) -> bool:
    """False where the score of two happenings must stay below `least`, told by as few reasons as it takes."""
    named = _names(left, right)
    follow_up = (named is not None and named.weight >= TELLING) or len(left.keys & right.keys) > 1
    floor = FOLLOW_UP if follow_up else -math.inf
    most = sum(most for _, most in _MOST) + (named.weight if named is not None else 0.0) - least
    for part, weight in _MOST:
        reason = part(left, right, alike)
        most += (max(reason.weight, floor) if reason is not None else 0.0) - weight
        if most < -_ROUNDING:
            return False
    return True


def _is_follow_up(left: Node, right: Node, reasons: Sequence[Reason]) -> bool:
    """A later report of a trial or an arrest names other days, but the same persons and streets."""
    return left.whole and right.whole and any(r.weight >= TELLING and r.words.startswith("both name ") for r in reasons)


def _when(left: Node, right: Node) -> Reason | None:
    a, b = left.date or left.window, right.date or right.window
    if a is None or b is None:
        return _undated(left, right)
    gap = max((b.start - a.end).days, (a.start - b.end).days)
    own = left.date is not None and right.date is not None
    firm = own and left.happening.firm and right.happening.firm
    if gap > SLACK:
        news = left.happening.main and right.happening.main and gap <= WINDOW
        weight = UNFOLDING if firm and news else FORBIDDEN if firm else UNSURE if own or gap <= 60 else -1.5
        if gap > WINDOW and _one_desk(left, right):
            weight = min(weight, OTHER_NEWS)
        return Reason(weight, f"dates {gap} days apart")
    if not own:
        return _published(left, right)
    if not firm:
        return Reason(0.4, "dates agree")
    exact = {"day", "days"}
    if a.precision in exact and b.precision in exact:
        same = a.start == b.start
        return Reason(0.6 if same else 0.4, f"both on {a.start.isoformat()}" if same else "dates a day or two apart")
    width = max((a.end - a.start).days, (b.end - b.start).days)
    return Reason(0.4 if width <= 31 else 0.25 if width <= 366 else 0.1, f"dates agree ({a.start.isoformat()[:7]})")


def _undated(left: Node, right: Node) -> Reason | None:
    """Two of which one has no date: the days of the year from which they speak may forbid what nothing else does."""
    if not (left.whole and right.whole):
        return None
    gap = days_of_year(left.told, right.told) if left.told is not None and right.told is not None else None
    if gap is None or gap <= WINDOW:
        named = _names(left, right)
        return Reason(UNDATED, "one of them has no date") if named is None or named.weight < PRIVATE else None
    return Reason(OTHER_NEWS if _one_desk(left, right) else UNSURE, f"told {gap} days of the year apart")


def _published(left: Node, right: Node) -> Reason:
    """One of two has only the days of its publication. One publisher tells news once, and later days are new events."""
    days = [node.told.day for node in (left, right) if node.told is not None and node.told.day is not None]
    gap = abs((days[0] - days[1]).days) if len(days) == 2 else 0
    if gap > FRESH and _one_desk(left, right):
        return Reason(NEXT, f"told by one publisher {gap} days apart")
    return Reason(0.15, "published in the same days")


def _one_desk(left: Node, right: Node) -> bool:
    """True for two reports of one publisher, whose phrases are alike whatever they tell."""
    return left.publisher is not None and left.publisher == right.publisher


def _where(left: Node, right: Node) -> Reason | None:
    shared = sorted(left.keys & right.keys)
    if shared:
        name = next(spot.name for spot in left.spots if spot.key == shared[0])
        weight = max(_telling(spot, left) for spot in left.spots if spot.key in shared)
        return Reason(weight + (0.15 if len(shared) > 1 else 0.0), f"both name {name}")
    near = _nearest(left.spots, right.spots)
    if near is not None:
        return Reason(0.35, near)
    if left.areas and right.areas and not left.areas & right.areas:
        return Reason(-0.6, "in different countries")
    known = [[spot for spot in node.spots if spot.place is not None] for node in (left, right)]
    if all(known) and far_apart(*known):
        return Reason(-0.5 if left.happening.main and right.happening.main else -0.9, "name different places")
    if left.areas & right.areas:
        return Reason(0.1, f"both in {min(left.areas & right.areas)}")
    return None


def _telling(spot: Spot, node: Node) -> float:
    """A small place is named by few reports that are not of one event, a large city by many."""
    if spot.place is None:
        return UNKNOWN_PLACE
    return LARGE_PLACE if spot.key in node.cities else SMALL_PLACE


def _nearest(left: Sequence[Spot], right: Sequence[Spot]) -> str | None:
    for a in left:
        for b in right:
            if a.place is not None and b.place is not None and a.place.precision < AREA and b.place.precision < AREA:
                distance = kilometres(a.place, b.place, NEAR_KM)
                if distance is not None and distance <= NEAR_KM:
                    return f"{a.name} and {b.name} are {distance:.0f} km apart"
    return None


def _what(left: Node, right: Node, alike: Mapping[str, frozenset[str]]) -> Reason | None:
    if left.happening.gathering and right.happening.gathering:
        return Reason(0.6, "both count a crowd")
    if left.happening.gathering != right.happening.gathering and not {"protest"} >= left.kinds | right.kinds:
        return Reason(-0.5, "a crowd against another event")
    if not left.kinds or not right.kinds:
        return None
    shared = sorted(left.kinds & right.kinds)
    if shared:
        return Reason(0.2, f"both tell of the kind {shared[0]}")
    if any(b in alike.get(a, frozenset()) for a in left.kinds for b in right.kinds):
        return None
    return Reason(-0.5, f"{min(left.kinds)} against {min(right.kinds)}")


def _how_many(left: Node, right: Node) -> Reason | None:
    """Equal figures: the larger and the odder a number, the less it is chance."""
    shared = left.figures & right.figures
    weight = sum(min(0.5, 0.08 * math.log(value + 1) * (1.0 if value % 100 else 0.6)) for _, _, value in sorted(shared))
    if not shared:
        return None
    measure, _, value = max(shared, key=lambda figure: (figure[2], figure[0], figure[1]))
    return Reason(min(0.8, weight), f"same figure: {value:g} {measure}")


def _words(left: Node, right: Node) -> Reason | None:
    """Likeness of the whole reports counts where both are mainly about the event, less for two of one desk."""
    if left.family is not None and left.family == right.family:
        return Reason(1.0, "near-copies of one text") if left.happening.main == right.happening.main else None
    if not (left.whole and right.whole):
        return None
    value = likeness(left.vector, right.vector)
    if value < UNLIKE and not left.names.keys() & right.names.keys():
        return Reason(-0.3, "hardly a rare word in common")
    telling = _own_words(left.desk) if _one_desk(left, right) else 1.0
    if not telling:
        return None
    shared = sorted(
        set(left.vector) & set(right.vector), key=lambda word: (-left.vector[word] * right.vector[word], word)
    )
    return Reason(telling * min(WORDS_MOST, SLOPE * value), f"share rare words: {', '.join(shared[:4])}")


def _own_words(reports: int) -> float:
    """What the likeness of two of a desk's reports still tells: the more it writes, the more its phrases are alike."""
    return max(0.0, 1.0 - math.log(max(reports, 1)) / math.log(DESK))


def _names(left: Node, right: Node) -> Reason | None:
    """Names that few reports hold, most often persons."""
    shared = left.names.keys() & right.names.keys()
    if not shared or not (left.whole and right.whole):
        return None
    told = ", ".join(sorted(shared, key=lambda name: (-left.names[name], name))[:3]).title()
    weight = sum(left.names[name] for name in sorted(shared))
    return Reason(round(min(NAMES_MOST, NAME_WEIGHT * weight), 6), f"both name {told}")


def _status(left: Node, right: Node) -> Reason | None:
    if left.happening.aggregate != right.happening.aggregate:
        return Reason(FORBIDDEN, "one counts a whole period, the other an event")
    return None


# All reasons but names, each with the most that it weighs; those that cost least to work out first.
_MOST: tuple[tuple[Callable[[Node, Node, Mapping[str, frozenset[str]]], Reason | None], float], ...] = (
    (lambda left, right, alike: _status(left, right), 0.0),
    (lambda left, right, alike: _when(left, right), 0.6),
    (_what, 0.6),
    (lambda left, right, alike: _how_many(left, right), 0.8),
    (lambda left, right, alike: _where(left, right), SMALL_PLACE + 0.15),
    (lambda left, right, alike: _words(left, right), WORDS_MOST),
)
# Sums of the same weights in another order differ by less than this.
_ROUNDING = 1e-9
