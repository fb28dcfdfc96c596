"""The happenings of all reports as they are compared: `Node`s with dates, places, kinds, figures, words and names.

Input: a report with its reading, its family and the gazetteer. Output: its nodes, the same among any other reports. A
report of 28 November without a date of its own for its main event gets the two weeks before as that event's window.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from tollbook.incidents.dates import resolve
from tollbook.incidents.events import happenings
from tollbook.incidents.evidence import Vector, names, vector, without_places
from tollbook.incidents.happening import SLACK, Happening
from tollbook.incidents.marks import Marks, marks
from tollbook.incidents.places import Spot
from tollbook.incidents.spoken import Told, told
from tollbook.incidents.traits import CITY, WINDOW, Node
from tollbook.lexicon.dictionary import load_words
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.lexicon.rarity import load_rarity
from tollbook.model import DateRange, Place, Reading, Report

People = Callable[[Spot], int | None]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a whole report says, whatever its happenings: its words, names, marks, the days it names, when it speaks."""

    vector: Vector
    names: dict[str, float]
    marks: Marks
    days: frozenset[dt.date]
    told: Told


class Nodes:
    """Makes the nodes of one report after the other; each place is looked up once for all."""

    def __init__(self, gazetteer: Gazetteer | None) -> None:
        self._people = _people(gazetteer)

    def of(self, report: Report, reading: Reading, family: str | None, start: int) -> list[Node]:
        """The nodes of a report, numbered from `start`."""
        said = _said(report, reading)
        told = told_of(report, reading)
        return [_node(start + n, one, report, said, family, self._people) for n, one in enumerate(told)]


def told_of(report: Report, reading: Reading) -> list[Happening]:
    """The events of a report that are nodes: the main one, and the others that have figures."""
    return [happening for happening in happenings(report, reading) if happening.main or happening.facts]


def kinds_of(happening: Happening) -> frozenset[str]:
    """The kinds that at least a third as many figures tell of as the commonest."""
    most = max(happening.kinds.values(), default=0)
    return frozenset(kind for kind, n in happening.kinds.items() if 3 * n >= most)


def _said(report: Report, reading: Reading) -> _Said:
    rarity = load_rarity()
    dates = [item.date for item in resolve(report, reading.times) if item.date is not None]
    days = {date.start for date in dates if date.precision in ("day", "days") and (date.end - date.start).days <= SLACK}
    return _Said(
        vector(report, rarity),
        without_places(names(report, rarity, load_words()), reading.places),
        marks(report, reading.times),
        frozenset(days),
        told(report, reading.times),
    )


def _is_news(happening: Happening) -> bool:
    """True for what a report tells of as fresh: its main event, or a digest's story; not an event recalled."""
    recalled = happening.apart is not None or happening.aggregate
    return (happening.main or happening.section > 0) and not recalled


def _window(own: Told) -> DateRange | None:
    """When the news of a report lies: in the two weeks before the day from which it speaks, or in its month."""
    if own.day is not None:
        return DateRange(own.day - dt.timedelta(days=WINDOW), own.day, "days", "publication date")
    return own.month


def _people(gazetteer: Gazetteer | None) -> People:
    """How many people live in a spot, each place looked up once."""
    known: dict[Place, int | None] = {}

    def people(spot: Spot) -> int | None:
        if spot.place is None or gazetteer is None:
            return None
        if spot.place not in known:
            known[spot.place] = gazetteer.population(spot.place)
        return known[spot.place]

    return people


def _node(index: int, happening: Happening, report: Report, said: _Said, family: str | None, people: People) -> Node:
    news = _is_news(happening)
    figures = frozenset(
        (fact.claim.measure, fact.claim.group, float(fact.claim.quantity.value))
        for fact in happening.facts
        if fact.claim.quantity.value and fact.claim.measure != "other"
    )
    own = tuple(spot for spot in happening.spots if not spot.is_area)
    return Node(
        index=index,
        happening=replace(happening, facts=[]),
        date=happening.date,
        window=_window(said.told) if news else None,
        told=said.told if news else None,
        publisher=report.publisher,
        spots=own,
        keys=frozenset(spot.key for spot in own),
        cities=frozenset(spot.key for spot in own if (people(spot) or 0) >= CITY),
        areas=frozenset(spot.country for spot in happening.spots if spot.country),
        kinds=kinds_of(happening),
        figures=figures,
        vector=said.vector,
        names=said.names,
        marks=said.marks,
        days=said.days,
        family=family,
        first=min((fact.claim.id for fact in happening.facts), default=""),
    )
