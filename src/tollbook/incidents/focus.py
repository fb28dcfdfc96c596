"""What a report is mainly about: the date and the places of its title and lead, and of most of its figures.

Input: a report, its reading, its claims as `Fact`s and its resolved times. Output: the main `Happening`, still without
claims. A speech of July 2020 that recalls Khojaly names a date and a place of two events: one of them is held apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tollbook.incidents.dates import SO_LONG_BEFORE, Resolved
from tollbook.incidents.places import Spot, far_apart, spots
from tollbook.model import Claim, DateRange, Reading, Report, Setting, Span, SpanIndex

# Days by which two dates of one event may differ: a night, a time zone, a date of publication taken for the day.
SLACK = 2
# The lead of a report: its title and this many sentences.
LEAD = 4
# A report tells of the days before its publication more often than not: how many, and how much that weighs in figures.
RECENT = 10
NEWS = 6
MOST_SPOTS = 6


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


@dataclass(slots=True)
class Happening:
    """An event as one report tells of it.

    `spots` are its places, most telling first; `firm`: the date is said of its figures, not only in its lead; `apart`:
    the place (or date) that the report speaks of too, but that is another event's; `gathering`: it is a crowd's.
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
    ranked = [key for key in sorted(places, key=lambda key: (-places[key], key)) if places[key] > 1][:MOST_SPOTS]
    top = tuple(known[key] for key in ranked if key == ranked[0] or _together(known[ranked[0]], known[key], reading))
    date = _main_date(report, facts, resolved, lead, _beside_place(top, reading))
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
        if item.date is not None and near(item.date, date) and not _is_heads(item, report)
    ]  # fmt: skip
    where = [mention.span for mention in reading.places if spot.key in {s.key for s in spots((mention,))}]
    return bool(_naming(_naming(reading.sentences, when), where))


def _split(report: Report, facts: Sequence[Fact], date: DateRange, top: tuple[Spot, ...]) -> Happening:
    """Place and date of two events: the one that more figures name is the report's own, the other is held apart."""
    dated = sum(1 for fact in facts if fact.date is not None and near(fact.date, date))
    placed = sum(1 for fact in facts if top[0].key in {spot.key for spot in fact.spots})
    if dated >= placed:
        return Happening(report.id, main=True, date=date, apart=top[0])
    return Happening(report.id, main=True, spots=top, apart=date)


def _main_date(
    report: Report, facts: Sequence[Fact], resolved: Sequence[Resolved], lead: Sequence[Span], scene: Sequence[Span]
) -> DateRange | None:
    """The date of most figures that are told of in no passing, those in the lead and near the publication first."""
    weight: Counter[DateRange] = Counter()
    for fact in facts:
        if fact.date is not None and not (fact.setting.aside or fact.setting.aggregate or fact.setting.section):
            early = 0 <= fact.sentence < LEAD or fact.claim.span.part == "title"
            weight[fact.date] += {"day": 4, "days": 4, "week": 3, "month": 3}.get(fact.date.precision, 1) + 4 * early
    told = [
        item for item in resolved
        if item.date is not None and not _is_heads(item, report) and item.mention.relative != (0, "day")
        and (item.date.precision in ("day", "days") or item.date.rule == SO_LONG_BEFORE)
    ]  # fmt: skip
    placed = SpanIndex(item.mention.span for item in told)
    here = sorted({i for sentence in scene for i in placed.inside(sentence)})
    set_here = [told[i].date for i in here if _is_set(told[i])]
    own_dates = frozenset(set_here)
    agreed = all(near(set_here[0], date) for date in set_here if date is not None and set_here[0] is not None)
    for item in told:
        if item.date is None:
            continue
        if item.date.rule == SO_LONG_BEFORE:
            weight[item.date] += NEWS
        in_lead = any(span.covers(item.mention.span) for span in lead)
        if in_lead or (agreed and item.date in own_dates):
            weight[item.date] += 2
    published = report.published_date
    if published is not None:
        for date in weight:
            days = (published - date.start).days
            weight[date] += NEWS * (RECENT - days) // RECENT if 0 <= days <= RECENT else 0
    best = min(weight, key=lambda date: (-weight[date], date.start, date.end), default=None)
    vague = best is not None and best.precision in ("year", "years", "season") and best.rule != SO_LONG_BEFORE
    dated = sum(1 for fact in facts if fact.date == best)
    return None if vague and 2 * dated < len(facts) else best


def _is_heads(item: Resolved, report: Report) -> bool:
    """True for a date of the page itself: in its dateline, or its full publication date."""
    head = report.dateline.span if report.dateline else None
    if head is not None and head.covers(item.mention.span):
        return True
    full = item.mention.year is not None and item.mention.day is not None and item.date is not None
    return full and item.date is not None and item.date.start == item.date.end == report.published_date


def _is_set(item: Resolved) -> bool:
    """True for a calendar day with its year said or plain from the report, whatever the day of publication."""
    return item.mention.year is not None or (item.date is not None and item.date.rule == "year of the incident")


def near(left: DateRange, right: DateRange) -> bool:
    """True where two dates may be of one event, some days of slack allowed."""
    gap = max((right.start - left.end).days, (left.start - right.end).days)
    return gap <= SLACK
