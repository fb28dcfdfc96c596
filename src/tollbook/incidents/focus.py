"""What a report is mainly about: the date and the places of its title and lead, and of most of its figures.

Input: a report, its reading, its claims as `Fact`s and its resolved times. Output: the main `Happening`, still without
claims. A speech of July 2020 that recalls Khojaly names a date and a place of two events: one of them is held apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tollbook.incidents.dates import Resolved
from tollbook.incidents.happening import LEAD, RECENT, Fact, Happening, near
from tollbook.incidents.maindate import is_heads, main_date
from tollbook.incidents.places import Spot, far_apart, spots
from tollbook.model import DateRange, Reading, Report, Span, SpanIndex

MOST_SPOTS = 6


def focus(report: Report, reading: Reading, facts: Sequence[Fact], resolved: Sequence[Resolved]) -> Happening:
    """What the report is mainly about: the date and places of its title and lead, and of most of its figures."""
    lead = reading.sentences[:LEAD]
    places: Counter[str] = Counter()
    known: dict[str, Spot] = {}
    for mention in reading.places:
        for spot in spots((mention,)):
            if spot.is_area:
                continue
            weight = 4 if mention.span.part == "title" else 2 if any(span.covers(mention.span) for span in lead) else 1
            places[spot.key] += weight
            known.setdefault(spot.key, spot)
    ranked = [key for key in sorted(places, key=lambda key: -places[key]) if places[key] > 1][:MOST_SPOTS]
    top = tuple(known[key] for key in ranked if key == ranked[0] or _together(known[ranked[0]], known[key], reading))
    date = main_date(report, reading, facts, resolved, _beside_place(top, reading))
    if date is not None and top and not _bound(report, reading, facts, resolved, date, top[0]):
        return _split(report, facts, date, top)
    return Happening(report.id, main=True, date=date, spots=top)


def _beside_place(top: Sequence[Spot], reading: Reading) -> list[Span]:
    """The sentences that name the main place."""
    if not top:
        return []
    here = [m.span for m in reading.places if top[0].key in {s.key for s in spots((m,))}]
    return _naming(reading.sentences, here)


def _naming(sentences: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """The sentences that hold one of some spans."""
    index = SpanIndex(spans)
    return [sentence for sentence in sentences if index.inside(sentence)]


def _together(first: Spot, other: Spot, reading: Reading) -> bool:
    """True where two places are named in one sentence, or lie near each other: parts of one scene."""
    if not far_apart((first,), (other,)):
        return True
    here = [m.span for m in reading.places if first.key in {s.key for s in spots((m,))}]
    there = [m.span for m in reading.places if other.key in {s.key for s in spots((m,))}]
    return bool(_naming(_naming(reading.sentences[:LEAD], here), there))


def _bound(
    report: Report, reading: Reading, facts: Sequence[Fact], resolved: Sequence[Resolved], date: DateRange, spot: Spot
) -> bool:
    """True where the main place and the main date are of one event: some sentence names both, or it is fresh news."""
    if report.published_date is not None and 0 <= (report.published_date - date.start).days <= RECENT:
        return True
    if any(f.date is not None and near(f.date, date) and spot.key in {s.key for s in f.spots} for f in facts):
        return True
    when = [
        item.mention.span for item in resolved
        if item.date is not None and near(item.date, date) and not is_heads(item, report)
    ]  # fmt: skip
    if not frozenset(reading.event_times).isdisjoint(when):
        return True
    where = [mention.span for mention in reading.places if spot.key in {s.key for s in spots((mention,))}]
    return bool(_naming([*_naming(reading.sentences, when), *_below(reading.sentences, when)], where))


def _below(sentences: Sequence[Span], dates: Sequence[Span]) -> list[Span]:
    """The sentences under a line that is little more than a date."""
    index = SpanIndex(dates)
    lines = [
        i
        for i, sentence in enumerate(sentences)
        if any(2 * len(dates[k]) > len(sentence) for k in index.inside(sentence))
    ]
    return [sentence for i in lines for sentence in sentences[i + 1 : i + LEAD]]


def _split(report: Report, facts: Sequence[Fact], date: DateRange, top: tuple[Spot, ...]) -> Happening:
    """Place and date of two events: the one that more figures name is the report's own, the other is held apart."""
    dated = sum(1 for fact in facts if fact.date is not None and near(fact.date, date))
    placed = sum(1 for fact in facts if top[0].key in {spot.key for spot in fact.spots})
    undated = sum(1 for fact in facts if fact.sentence < LEAD and fact.date is None and not fact.spots)
    if dated >= placed + undated:
        return Happening(report.id, main=True, date=date, apart=top[0])
    return Happening(report.id, main=True, spots=top, apart=date)
