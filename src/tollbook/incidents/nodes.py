"""The happenings of all reports as they are compared: `Node`s with dates, places, kinds, figures, words and names.

Input: reports, readings, copies and the gazetteer. Output: nodes in the order of the reports. A report of 28 November
without a date of its own for its main event gets the two weeks before as that event's window.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from tollbook.incidents.copies import Copy
from tollbook.incidents.events import happenings
from tollbook.incidents.evidence import Vector, names, vectors, without_house_lines, without_places, words_of
from tollbook.incidents.focus import Happening
from tollbook.incidents.linking import kinds_of
from tollbook.incidents.places import Spot
from tollbook.incidents.reasons import CITY, WINDOW, Node
from tollbook.incidents.spoken import Told, told
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import DateRange, Place, Reading, Report

People = Callable[[Spot], int | None]


def nodes_of(
    reports: Sequence[Report], readings: Iterable[Reading], copies: Mapping[str, Copy], gazetteer: Gazetteer | None
) -> list[Node]:
    """The nodes of all reports, whose readings are looked at once and not kept."""
    nodes: list[Node] = []
    people = _people(gazetteer)
    desks = Counter(report.publisher for report in reports)
    bare = without_house_lines(reports)
    words = words_of(bare)
    for report, reading, vector, named in zip(reports, readings, vectors(words), names(bare, words), strict=True):
        own = told(report, reading.times)
        named = without_places(named, reading.places)
        for happening in told_of(report, reading):
            node = _node(len(nodes), happening, report, vector, named, copies.get(report.id), people, own)
            nodes.append(replace(node, desk=desks[report.publisher]))
    return nodes


def told_of(report: Report, reading: Reading) -> list[Happening]:
    """The events of a report that are nodes: the main one, and the others that have figures."""
    return [happening for happening in happenings(report, reading) if happening.main or happening.facts]


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


def _node(
    index: int,
    happening: Happening,
    report: Report,
    vector: Vector,
    named: Mapping[str, float],
    copy: Copy | None,
    people: People,
    own_day: Told,
) -> Node:
    window = _window(own_day) if _is_news(happening) else None
    figures = frozenset(
        (fact.claim.measure, fact.claim.group, float(fact.claim.quantity.value))
        for fact in happening.facts
        if fact.claim.quantity.value and fact.claim.measure != "other"
    )
    areas = frozenset(spot.country for spot in happening.spots if spot.country)
    own = tuple(spot for spot in happening.spots if not spot.is_area)
    cities = frozenset(spot.key for spot in own if (people(spot) or 0) >= CITY)
    return Node(
        index,
        replace(happening, facts=[]),
        happening.date,
        window,
        own_day if _is_news(happening) else None,
        report.publisher,
        own,
        frozenset(spot.key for spot in own),
        cities,
        areas,
        kinds_of(happening),
        figures,
        vector,
        named,
        copy.family if copy else None,
        first=min((fact.claim.id for fact in happening.facts), default=""),
    )
