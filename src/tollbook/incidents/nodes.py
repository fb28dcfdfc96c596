"""The happenings of all reports as they are compared: `Node`s with dates, places, kinds, figures, words and names.

Input: a report with its reading and its events, and the gazetteer. Output: its nodes, the same among any other reports.
A report of 28 November without a date of its own for its main event gets the two weeks before as that event's window.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from tollbook.incidents.dates import resolve
from tollbook.incidents.events import happenings
from tollbook.incidents.evidence import NO_WORDS, Vector, counted, names, vector, without_places
from tollbook.incidents.happening import SLACK, Happening
from tollbook.incidents.marks import Marks, marks
from tollbook.incidents.places import Spot
from tollbook.incidents.spoken import Told, told
from tollbook.incidents.traits import CITY, WINDOW, Node
from tollbook.lexicon.dictionary import load_words
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.lexicon.rarity import load_rarity
from tollbook.model import DateRange, Reading, Report
from tollbook.values import dataclass

# The groups whose dead a report may count as all of them.
_EVERYBODY = ("all", "civilians")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a whole report says, whatever its happenings: its words, names, marks, the days it names, when it speaks."""

    vector: Vector
    names: Vector
    marks: Marks
    days: frozenset[dt.date]
    told: Told


def nodes_of(report: Report, reading: Reading, told: Iterable[Happening], gazetteer: Gazetteer | None) -> list[Node]:
    """The nodes of a report and its events, without a number and a family: these are for all reports to say."""
    said = _said(report, reading)
    return [_node(one, report, said, gazetteer) for one in told]


def placed(nodes: Iterable[Node], start: int, family: int | None) -> list[Node]:
    """The nodes of a report among others: numbered from `start`, with the family of its text."""
    return [_placed(node, number, family) for number, node in enumerate(nodes, start)]


def _placed(node: Node, index: int, family: int | None) -> Node:
    """What other nodes hold too is held once: places and kinds come again in report after report."""
    spots, regions = (tuple(map(_first, some)) for some in (node.spots, node.regions))
    same = {name: _first(getattr(node, name)) for name in ("publisher", "keys", "cities", "areas", "kinds", "counts")}
    return replace(node, index=index, family=family, spots=spots, regions=regions, **same)


@lru_cache(maxsize=50_000)
def _first(value: Any) -> Any:
    """The first of values that are equal."""
    return value


def told_of(report: Report, reading: Reading) -> list[Happening]:
    """The events of a report that are nodes: the main one, and the others that have figures."""
    return [happening for happening in happenings(report, reading) if happening.main or happening.facts]


def kinds_of(counts: Mapping[str, int]) -> frozenset[str]:
    """The kinds that at least a third as many figures tell of as the commonest."""
    most = max(counts.values(), default=0)
    return frozenset(kind for kind, n in counts.items() if 3 * n >= most)


def _said(report: Report, reading: Reading) -> _Said:
    rarity = load_rarity()
    dates = [item.date for item in resolve(report, reading.times) if item.date is not None]
    days = {date.start for date in dates if date.precision in ("day", "days") and (date.end - date.start).days <= SLACK}
    counts = counted(report)
    return _Said(
        vector(counts, rarity),
        without_places(names(report, counts.keys(), rarity, load_words()), reading.places),
        marks(report, reading.times),
        frozenset(days),
        told(report, reading.times),
    )


def _is_news(happening: Happening) -> bool:
    """True for what a report tells of as fresh: its main event, a scene beside it, a story of a digest."""
    recalled = happening.apart is not None or happening.aggregate
    return (happening.main or happening.section > 0 or happening.scene) and not recalled


def _window(own: Told) -> DateRange | None:
    """When the news of a report lies: in the two weeks before the day from which it speaks, or in its month."""
    if own.day is not None:
        return DateRange(own.day - dt.timedelta(days=WINDOW), own.day, "days", "publication date")
    return own.month


def _is_city(spot: Spot, gazetteer: Gazetteer | None) -> bool:
    """True for a place of many people."""
    people = gazetteer.population(spot.place) if gazetteer is not None and spot.place is not None else None
    return (people or 0) >= CITY


def _toll(happening: Happening) -> float | None:
    """The dead that the first figure of everybody counts, the text before the headline."""
    dead = [fact for fact in happening.facts if fact.claim.measure == "killed" and fact.claim.group in _EVERYBODY]
    told = [fact for fact in dead if fact.claim.basis == "incident" and fact.claim.part_of is None]
    first = min(told, key=lambda fact: (fact.claim.span.part == "title", fact.order), default=None)
    return float(first.claim.quantity.value) if first and first.claim.quantity.value else None


def _node(happening: Happening, report: Report, said: _Said, gazetteer: Gazetteer | None) -> Node:
    news = _is_news(happening)
    figures = frozenset(
        (fact.claim.measure, fact.claim.group, float(fact.claim.quantity.value))
        for fact in happening.facts
        if fact.claim.quantity.value and fact.claim.measure != "other"
    )
    own = tuple(spot for spot in happening.spots if not spot.is_area)
    main = happening.main
    return Node(
        report=report.id,
        main=main,
        aggregate=happening.aggregate,
        apart=happening.apart is not None,
        firm=happening.firm,
        gathering=happening.gathering,
        date=happening.date,
        window=_window(said.told) if news else None,
        told=said.told if news else None,
        publisher=report.publisher,
        spots=own,
        regions=() if own else happening.spots,
        keys=frozenset(spot.key for spot in own),
        cities=frozenset(spot.key for spot in own if _is_city(spot, gazetteer)),
        areas=frozenset(spot.country for spot in happening.spots if spot.country),
        kinds=kinds_of(happening.kinds),
        counts=tuple(sorted(happening.kinds.items())),
        figures=figures,
        vector=said.vector if main else NO_WORDS,
        names=said.names if main else NO_WORDS,
        marks=said.marks if main else Marks(),
        days=said.days if main else frozenset(),
        toll=_toll(happening) if main else None,
        first=min((fact.claim.id for fact in happening.facts), default=""),
    )
