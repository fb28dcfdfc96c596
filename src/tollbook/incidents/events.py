"""Within one report: which figures are of one event, and which of them the report is mainly about.

Input: a report, its reading, and its resolved times. Output: `Happening`s, the main one first. A report on a quake of
Sunday that recalls "in 2003 … 31,000" tells of two happenings: the claims of Sunday's, and the one of 2003.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tollbook.incidents.dates import Resolved, resolve
from tollbook.incidents.places import Spot, far_apart, spots
from tollbook.model import Claim, DateRange, Reading, Report, Setting, Span
from tollbook.text import fold

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


@dataclass(slots=True)
class Happening:
    """An event as one report tells of it. `spots` are its places, most telling first."""

    report: str
    main: bool
    facts: list[Fact] = field(default_factory=list)
    date: DateRange | None = None
    spots: tuple[Spot, ...] = ()
    kinds: Counter[str] = field(default_factory=Counter)
    aggregate: bool = False
    section: int = 0

    @property
    def key(self) -> tuple[str, int, str]:
        return (self.report, 0 if self.main else 1, min((fact.claim.id for fact in self.facts), default=""))


def happenings(report: Report, reading: Reading) -> list[Happening]:
    """The events that a report tells of, main one first (it may hold no claim)."""
    resolved = resolve(report, reading.times)
    dates = {item.mention.span: item.date for item in resolved}
    facts = [_fact(claim, reading, dates) for claim in sorted(reading.claims, key=lambda c: (c.span.part != "title", c.span.start, c.span.end, c.id))]
    for order, fact in enumerate(facts):
        fact.order = order
    main = _main(report, reading, facts, resolved)
    found = [main]
    for fact in facts:
        _home(fact, found, report.published_date).facts.append(fact)
    for happening in found:
        _summarise(happening)
    return found


def _fact(claim: Claim, reading: Reading, dates: Mapping[object, DateRange | None]) -> Fact:
    setting = reading.settings.get(claim.id, Setting())
    date = next((dates[time.span] for time in setting.times if dates.get(time.span) is not None), None)
    sentence = next((i for i, span in enumerate(reading.sentences) if span.covers(claim.span)), -1)
    return Fact(claim, setting, date, spots(setting.places), sentence, 0)


def _main(report: Report, reading: Reading, facts: Sequence[Fact], resolved: Sequence[Resolved]) -> Happening:
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
    top = [key for key in sorted(places, key=lambda key: (-places[key], key)) if places[key] > 1]
    return Happening(report.id, main=True, date=_main_date(report, facts, resolved, lead), spots=tuple(known[key] for key in top[:MOST_SPOTS]))


def _main_date(
    report: Report, facts: Sequence[Fact], resolved: Sequence[Resolved], lead: Sequence[Span]
) -> DateRange | None:
    """The date of most figures that are told of in no passing, those in the lead and near the publication first."""
    weight: Counter[DateRange] = Counter()
    for fact in facts:
        if fact.date is not None and not (fact.setting.aside or fact.setting.aggregate or fact.setting.section):
            weight[fact.date] += {"day": 4, "days": 4, "week": 3, "month": 3}.get(fact.date.precision, 2)
    for item in resolved:
        if item.date is not None and item.date.precision in ("day", "days") and any(span.covers(item.mention.span) for span in lead):
            weight[item.date] += 1 if item.mention.type != "SET" else 0
    published = report.published_date
    if published is not None:
        for date in weight:
            weight[date] += NEWS if 0 <= (published - date.start).days <= RECENT else 0
    return min(weight, key=lambda date: (-weight[date], date.start, date.end), default=None)


def _home(fact: Fact, found: list[Happening], published: dt.date | None) -> Happening:
    """The happening that a claim is of; a new one where it fits none."""
    main = found[0]
    beside = _beside(fact, found)
    if beside is not None:
        return beside
    if fact.setting.section:
        return _story(fact, found)
    if fact.setting.aggregate and not _same_date(fact.date, main.date, strict=True):
        return _other(fact, found, aggregate=True)
    if fact.date is not None and not _near(fact.date, main.date or _news(fact.date, published)):
        return _other(fact, found, aggregate=False)
    if fact.spots and main.spots and _elsewhere(fact, main):
        return _other(fact, found, aggregate=False)
    if fact.setting.aside and (fact.date is None or main.date is None):
        return _other(fact, found, aggregate=False)
    return main


def _news(date: DateRange, published: dt.date | None) -> DateRange:
    """The time that a report without a date of its own tells of: the weeks before its publication."""
    if published is None:
        return date
    return DateRange(published - dt.timedelta(days=RECENT), published, "days", "publication date")


def _story(fact: Fact, found: list[Happening]) -> Happening:
    """The happening of a section: all its figures, unless they are of other dates."""
    for happening in found[1:]:
        if happening.section == fact.setting.section and happening.aggregate == fact.setting.aggregate:
            if fact.date is None or happening.date is None or _near(fact.date, happening.date):
                return happening
    return _new(fact, found, aggregate=fact.setting.aggregate)


def _new(fact: Fact, found: list[Happening], *, aggregate: bool) -> Happening:
    new = Happening(fact.claim.report, main=False, date=fact.date, spots=fact.spots, aggregate=aggregate, section=fact.setting.section)
    found.append(new)
    return new


def _beside(fact: Fact, found: list[Happening]) -> Happening | None:
    """A part goes with its whole."""
    if fact.claim.part_of is None:
        return None
    return next((h for h in found for other in h.facts if other.claim.id == fact.claim.part_of), None)


def _other(fact: Fact, found: list[Happening], *, aggregate: bool) -> Happening:
    for happening in found[1:]:
        if happening.aggregate == aggregate and not happening.section and _agrees(fact, happening):
            return happening
    return _new(fact, found, aggregate=aggregate)


def _agrees(fact: Fact, happening: Happening) -> bool:
    last = happening.facts[-1]
    if fact.sentence == last.sentence and _same_date(fact.date, last.date) and not far_apart(fact.spots, last.spots):
        return True
    if fact.date is None and happening.date is None and not (fact.spots and happening.spots):
        return abs(fact.sentence - last.sentence) <= 1
    if fact.date is not None and happening.date is not None and not _near(fact.date, happening.date):
        return False
    shared = {spot.key for spot in fact.spots if not spot.is_area} & {spot.key for spot in happening.spots if not spot.is_area}
    same_time = fact.date is not None and happening.date is not None
    return bool(shared) or (same_time and not far_apart(fact.spots, happening.spots)) or (abs(fact.sentence - last.sentence) <= 1 and not far_apart(fact.spots, happening.spots))


def _same_date(left: DateRange | None, right: DateRange | None, *, strict: bool = False) -> bool:
    if left is None or right is None:
        return left is right and not strict
    return left.start == right.start and left.end == right.end


def _near(left: DateRange, right: DateRange) -> bool:
    """True where two dates may be of one event, some days of slack allowed."""
    gap = max((right.start - left.end).days, (left.start - right.end).days)
    return gap <= SLACK


def _elsewhere(fact: Fact, main: Happening) -> bool:
    """True where the figure's own places are others than the main event's, and far from them."""
    own = [spot for spot in fact.spots if not spot.is_area]
    if not own or {spot.key for spot in own} & {spot.key for spot in main.spots}:
        return False
    return far_apart(own, main.spots)


def _summarise(happening: Happening) -> None:
    """The date, places and kinds that most of its figures give."""
    dates = Counter(f.date for f in happening.facts if f.date is not None)
    if happening.date is None and dates:
        happening.date = min(dates, key=lambda date: (-dates[date], date.start, date.end))
    if not happening.spots:
        happening.spots = tuple(dict.fromkeys(spot for fact in happening.facts for spot in fact.spots))[:3]
    for fact in happening.facts:
        if fact.setting.kind:
            happening.kinds[fact.setting.kind] += 1


def folded(name: str) -> str:
    """A name as it is compared."""
    return fold(name)
