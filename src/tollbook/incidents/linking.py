"""Which happenings of different reports are one event: scored pairs, then groups that stay together on average.

Input: the happenings of all reports. Output: groups of them, and for each pair compared its score with reasons. "Quake
kills 10 on Qeshm" of 28 November and "10 dead, 80 hurt" of the 27th share date, place, kind and a figure.
The result depends on the set of reports only, not on their order.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tollbook.incidents.evidence import Vector, likeness
from tollbook.incidents.focus import SLACK, Happening
from tollbook.incidents.places import AREA, Spot, far_apart, kilometres
from tollbook.model import DateRange

# From this weight of shared rare words on, other dates are taken for later days of one story: they weigh no more.
TELLING = 0.8
NAME_WEIGHT = 0.2
NAMES_MOST = 1.2
FOLLOW_UP = -0.5
JOIN = 1.0
JOIN_PARTS = 0.5
SLOPE = 4.0
# Two happenings are one event from this score on; groups join while their members agree this much on average.
ENOUGH = 1.0
# A main event without a date of its own lies at most so many days before its report.
WINDOW = 14
# A block of more happenings than this (all that name one large city) is not compared pair by pair.
LARGEST_BLOCK = 400
# A group never grows beyond this: a runaway merge is stopped with a notice.
CAP = 2000
NEAR_KM = 40.0


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that two happenings share or differ in, what it weighs, and how it is told to a person."""

    weight: float
    words: str


Pairs = dict[tuple[int, int], tuple[float, tuple[Reason, ...]]]


@dataclass(frozen=True, slots=True)
class Node:
    """A happening as it is compared: when (and whether that is only its report's date), where, what and how many."""

    index: int
    happening: Happening
    date: DateRange | None
    window: DateRange | None
    published: dt.date | None
    spots: tuple[Spot, ...]
    cities: frozenset[str]
    areas: frozenset[str]
    kinds: frozenset[str]
    figures: frozenset[tuple[str, str, float]]
    vector: Vector
    names: Mapping[str, float]
    family: str | None

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


def _is_follow_up(left: Node, right: Node, reasons: Sequence[Reason]) -> bool:
    """A later report of a trial or an arrest names other days, but the same persons and streets."""
    return left.whole and right.whole and any(r.weight >= TELLING and r.words.startswith("both name ") for r in reasons)


# ---- reasons ----

FORBIDDEN = -5.0
SMALL_PLACE, LARGE_PLACE, UNKNOWN_PLACE = 0.7, 0.5, 0.5
CITY = 100_000
# Dates that differ, where one of them is only the lead's or the publication's.
UNSURE = -1.0


def _when(left: Node, right: Node) -> Reason | None:
    a, b = left.date or left.window, right.date or right.window
    if a is None or b is None:
        return None
    gap = max((b.start - a.end).days, (a.start - b.end).days)
    own = left.date is not None and right.date is not None
    firm = own and left.happening.firm and right.happening.firm
    if gap > SLACK:
        weight = FORBIDDEN if firm else UNSURE if own or gap <= 60 else -1.5
        return Reason(weight, f"dates {gap} days apart")
    if not own:
        return Reason(0.15, "published in the same days")
    if not firm:
        return Reason(0.4, "dates agree")
    exact = {"day", "days"}
    if a.precision in exact and b.precision in exact:
        same = a.start == b.start
        return Reason(0.6 if same else 0.4, f"both on {a.start.isoformat()}" if same else "dates a day or two apart")
    width = max((a.end - a.start).days, (b.end - b.start).days)
    return Reason(0.4 if width <= 31 else 0.25 if width <= 366 else 0.1, f"dates agree ({a.start.isoformat()[:7]})")


def _where(left: Node, right: Node) -> Reason | None:
    shared = sorted({spot.key for spot in left.spots} & {spot.key for spot in right.spots})
    if shared:
        name = next(spot.name for spot in left.spots if spot.key == shared[0])
        weight = max(_telling(spot, left) for spot in left.spots if spot.key in shared)
        return Reason(weight + (0.15 if len(shared) > 1 else 0.0), f"both name {name}")
    near = _nearest(left.spots, right.spots)
    if near is not None:
        return Reason(0.35, near)
    if left.areas and right.areas and not left.areas & right.areas:
        return Reason(-0.6, "in different countries")
    if left.spots and right.spots and far_apart(left.spots, right.spots):
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
                distance = kilometres(a.place, b.place)
                if distance is not None and distance <= NEAR_KM:
                    return f"{a.name} and {b.name} are {distance:.0f} km apart"
    return None


def _what(left: Node, right: Node, alike: Mapping[str, frozenset[str]]) -> Reason | None:
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
    """Likeness of the whole reports counts where both are mainly about the event."""
    if left.family is not None and left.family == right.family:
        return Reason(1.0, "near-copies of one text") if left.happening.main == right.happening.main else None
    if not (left.whole and right.whole):
        return None
    value = likeness(left.vector, right.vector)
    if value < 0.05:
        return Reason(-0.3, "hardly a rare word in common")
    shared = sorted(
        set(left.vector) & set(right.vector), key=lambda word: (-left.vector[word] * right.vector[word], word)
    )
    return Reason(min(1.6, SLOPE * value), f"share rare words: {', '.join(shared[:4])}")


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


# ---- blocking and grouping ----


def candidates(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Pairs worth scoring: those that share a place, a telling word, a large figure or a family."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for node in nodes:
        for key in sorted(_keys(node)):
            blocks[key].append(node.index)
    seen: set[tuple[int, int]] = set()
    for _, members in sorted(blocks.items()):
        if len(members) <= LARGEST_BLOCK:
            for at, left in enumerate(members):
                seen.update((left, right) for right in members[at + 1 :])
    yield from sorted(seen)


def _keys(node: Node) -> set[tuple[str, str]]:
    month = [""]
    when = node.date or node.window
    if when is not None and (when.end - when.start).days < 62:
        middle = when.start.toordinal() // 32
        month = [str(middle), str(middle + 1)]
    keys = {("place", f"{spot.key} {m}") for spot in node.spots for m in month}
    keys |= {("place", spot.key) for spot in node.spots if when is None or len(month) == 1}
    keys |= {("figure", f"{measure} {value:g}") for measure, _, value in node.figures if value >= 20}
    if node.date is not None and node.date.precision in ("day", "days"):
        keys |= {("day", f"{node.date.start.isoformat()} {kind}") for kind in node.kinds}
    if node.whole:
        top = sorted(node.vector, key=lambda word: (-node.vector[word], word))[:12]
        keys |= {("word", word) for word in top}
        rarest = sorted(node.names, key=lambda name: (-node.names[name], name))[:20]
        keys |= {("name", name) for name in rarest}
    if node.family is not None:
        keys.add(("family", node.family))
    return keys


def group(nodes: Sequence[Node], alike: Mapping[str, frozenset[str]]) -> tuple[list[list[int]], Pairs, bool]:
    """Groups of node indices that are one event, the scored pairs, and whether the cap stopped a merge.

    Best pairs first; two groups join while their members' scores are high enough on average, unscored pairs counting as
    0, and no pair is forbidden.
    """
    scored: Pairs = {}
    for left, right in candidates(nodes):
        if nodes[left].happening.report == nodes[right].happening.report:
            continue
        scored[left, right] = score(nodes[left], nodes[right], alike)
    home = {node.index: node.index for node in nodes}
    members: dict[int, list[int]] = {node.index: [node.index] for node in nodes}
    capped = False
    strong = [pair for pair, (value, _) in scored.items() if value >= ENOUGH]
    for left, right in sorted(strong, key=lambda pair: (-scored[pair][0], *(nodes[i].happening.key for i in pair))):
        a, b = home[left], home[right]
        if a == b:
            continue
        if len(members[a]) + len(members[b]) > CAP:
            capped = True
            continue
        if _agree(members[a], members[b], scored, nodes):
            small, large = sorted((a, b), key=lambda g: (len(members[g]), g))
            for index in members[small]:
                home[index] = large
            members[large].extend(members.pop(small))
    return [sorted(group) for group in members.values()], scored, capped


def _agree(left: Sequence[int], right: Sequence[int], scored: Pairs, nodes: Sequence[Node]) -> bool:
    total, needed = 0.0, 0.0
    for a in left:
        for b in right:
            if nodes[a].happening.report == nodes[b].happening.report:
                return False
            value = scored.get((min(a, b), max(a, b)), (0.0, ()))[0]
            if value <= FORBIDDEN / 2:
                return False
            total += value
            needed += JOIN if nodes[a].whole and nodes[b].whole else JOIN_PARTS
    return total >= needed


def kinds_of(happening: Happening) -> frozenset[str]:
    """The kinds that at least a third as many figures tell of as the commonest."""
    most = max(happening.kinds.values(), default=0)
    return frozenset(kind for kind, n in Counter(happening.kinds).items() if 3 * n >= most)
