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
FINENESS = {"day": 0, "days": 0, "week": 1, "month": 2, "season": 3, "year": 4, "years": 5}
# Days after an event in which a death, an arrest or a search told of in the same report is of that event.
AFTERMATH = 45


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
    """An event as one report tells of it.

    `spots` are its places, most telling first; `firm`: the date is said of its figures, not only in its lead; `apart`:
    the place (or date) that the report speaks of too, but that is another event's.
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
    for fact in facts:
        if fact.date is not None and _is_page_date(fact, report):
            fact.date = None
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


def _is_page_date(fact: Fact, report: Report) -> bool:
    """A full date that is the publication's own stands over the report and says nothing of the event."""
    named = fact.setting.times[0]
    same = fact.date is not None and fact.date.start == fact.date.end == report.published_date
    return same and named.year is not None and named.day is not None


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
    return [sentence for sentence in reading.sentences if any(sentence.covers(span) for span in here)]


def _together(first: Spot, other: Spot, reading: Reading) -> bool:
    """True where two places are named in one sentence, or lie near each other: parts of one scene."""
    if not far_apart((first,), (other,)):
        return True
    here = [m.span for m in reading.places if first.key in {s.key for s in spots((m,))}]
    there = [m.span for m in reading.places if other.key in {s.key for s in spots((m,))}]
    return any(any(sentence.covers(a) for a in here) and any(sentence.covers(b) for b in there) for sentence in reading.sentences[:LEAD])


def _bound(
    report: Report, reading: Reading, facts: Sequence[Fact], resolved: Sequence[Resolved], date: DateRange, spot: Spot
) -> bool:
    """True where the main place and the main date are of one event: some sentence names both, or it is fresh news."""
    if report.published_date is not None and 0 <= (report.published_date - date.start).days <= RECENT:
        return True
    if any(f.date is not None and _near(f.date, date) and spot.key in {s.key for s in f.spots} for f in facts):
        return True
    when = [
        item.mention.span for item in resolved
        if item.date is not None and _near(item.date, date) and not _is_heads(item, report)
    ]  # fmt: skip
    where = [mention.span for mention in reading.places if spot.key in {s.key for s in spots((mention,))}]
    return any(
        any(sentence.covers(t) for t in when) and any(sentence.covers(p) for p in where) for sentence in reading.sentences
    )


def _split(report: Report, facts: Sequence[Fact], date: DateRange, top: tuple[Spot, ...]) -> Happening:
    """Place and date of two events: the one that more figures name is the report's own, the other is held apart."""
    dated = sum(1 for fact in facts if fact.date is not None and _near(fact.date, date))
    placed = sum(1 for fact in facts if top[0].key in {spot.key for spot in fact.spots})
    if dated >= placed:
        return Happening(report.id, main=True, date=date, apart=top[0])
    return Happening(report.id, main=True, spots=top, apart=date)


def _held_apart(fact: Fact, main: Happening) -> bool:
    """True for a figure of the other event, where the report's place and date are of two."""
    if isinstance(main.apart, Spot):
        return fact.date is None and main.apart.key in {spot.key for spot in fact.spots}
    return main.apart is not None and fact.date is not None and not fact.spots and _near(fact.date, main.apart)


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
        if item.date is not None and item.date.precision in ("day", "days") and not _is_heads(item, report)
        and item.mention.relative != (0, "day")
    ]  # fmt: skip
    set_here = [item.date for item in told if _is_set(item) and any(span.covers(item.mention.span) for span in scene)]
    agreed = all(_near(set_here[0], date) for date in set_here if date is not None and set_here[0] is not None)
    for item in told:
        if item.date is None:
            continue
        in_lead = any(span.covers(item.mention.span) for span in lead)
        if in_lead or (agreed and item.date in set_here):
            weight[item.date] += 2
    published = report.published_date
    if published is not None:
        for date in weight:
            days = (published - date.start).days
            weight[date] += NEWS * (RECENT - days) // RECENT if 0 <= days <= RECENT else 0
    best = min(weight, key=lambda date: (-weight[date], date.start, date.end), default=None)
    vague = best is not None and best.precision in ("year", "years", "season")
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
    if _held_apart(fact, main):
        return _other(fact, found, aggregate=False)
    if fact.date is not None and _other_time(fact, fact.date, main, published):
        return _other(fact, found, aggregate=False)
    same_day = fact.date is not None and main.date is not None and not fact.setting.aside
    if fact.spots and main.spots and not same_day and _elsewhere(fact, main):
        return _other(fact, found, aggregate=False)
    if fact.setting.aside and (fact.date is None or main.date is None):
        return _other(fact, found, aggregate=False)
    return main


def _other_time(fact: Fact, date: DateRange, main: Happening, published: dt.date | None) -> bool:
    """True where a figure's date is not the main event's; days after it are its aftermath (a death, an arrest)."""
    if main.date is None and published is None:
        return bool(main.facts) and fact.setting.times[0].year is not None and all(f.date is None for f in main.facts)
    if main.date is None and published is not None:
        news = DateRange(published - dt.timedelta(days=RECENT), published, "days", "publication date")
        return not _near(date, news)
    assert main.date is not None
    if _near(date, main.date):
        return False
    after = (date.start - main.date.end).days
    return not (0 < after <= AFTERMATH and date.precision in ("day", "days", "week") and not fact.setting.aside)


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
    own = [spot for spot in fact.spots if not spot.is_area and spot.place is not None]
    known = [spot for spot in main.spots if spot.place is not None]
    if not own or {spot.key for spot in fact.spots} & {spot.key for spot in main.spots}:
        return False
    return far_apart(own[:1], known)


def _summarise(happening: Happening) -> None:
    """The date, places and kinds that most of its figures give."""
    dates = Counter(f.date for f in happening.facts if f.date is not None)
    near = {date: n for date, n in dates.items() if happening.date is None or _near(date, happening.date)}
    happening.firm = bool(near)
    if near:
        happening.date = min(near, key=lambda date: (FINENESS[date.precision], -near[date], date.start, date.end))
    if not happening.spots:
        happening.spots = tuple(dict.fromkeys(spot for fact in happening.facts for spot in fact.spots))[:3]
    for fact in happening.facts:
        if fact.setting.kind:
            happening.kinds[fact.setting.kind] += 1


def folded(name: str) -> str:
    """A name as it is compared."""
    return fold(name)
