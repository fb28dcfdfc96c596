"""Within one report: which figures are of one event, and which of them the report is mainly about.

Input: a report and its reading. Output: `Happening`s, the main one first. A report on a quake of Sunday that recalls
"in 2003 … 31,000" tells of two happenings: the claims of Sunday's, and the one of 2003.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from tollbook.incidents.dates import resolve
from tollbook.incidents.focus import RECENT, Fact, Happening, focus, near
from tollbook.incidents.places import Spot, far_apart, spots
from tollbook.model import Claim, DateRange, Reading, Report, Setting, Span, SpanIndex

PEOPLE = ("person", "household", "family", "passenger", "building", "house")
# Days after an event in which a death, an arrest or a search told of in the same report is of that event.
AFTERMATH = 45
# From so many people on, of whom nothing is said but that they are there, a figure is of a gathering.
BLOW = 10
MOVED = ("displaced", "evacuated", "affected", "population", "registered")
RECALLED = 60
CROWD, CROWDS = 1000, ("other", "registered")
FINENESS = {"day": 0, "days": 0, "week": 1, "month": 2, "season": 3, "year": 4, "years": 5}


def happenings(report: Report, reading: Reading) -> list[Happening]:
    """The events that a report tells of, main one first (it may hold no claim)."""
    resolved = resolve(report, reading.times)
    dates = {item.mention.span: item.date for item in resolved}
    sentences = SpanIndex(reading.sentences)
    facts = [
        _fact(claim, reading, dates, sentences)
        for claim in sorted(reading.claims, key=lambda c: (c.span.part != "title", c.span.start, c.span.end, c.id))
    ]
    for order, fact in enumerate(facts):
        fact.order = order
    for fact in facts:
        if fact.date is not None and _is_page_date(fact, report):
            fact.date = None
    main = focus(report, reading, facts, resolved)
    found = [main]
    last = None
    homes: dict[str, Happening] = {}  # by claim, for a part goes with its whole
    for fact in facts:
        if _is_beside_the_point(fact, main):
            continue
        if _is_crowd(fact) and not (fact.setting.section or fact.setting.aggregate or fact.claim.part_of):
            homes[fact.claim.id] = _gathering(fact, found)
            homes[fact.claim.id].facts.append(fact)
            continue
        open_words = fact.date is None and not fact.spots and not fact.setting.aggregate
        follows = last is not None and (main.apart is not None or _goes_on(fact, last, report, reading))
        if last is None or not (open_words and follows):
            last = homes.get(fact.claim.part_of or "") or _home(fact, found, report.published_date)
        homes[fact.claim.id] = last
        last.facts.append(fact)  # of two events told of in turn, words without place and day go with the last
    for happening in found:
        _summarise(happening)
    return found


def _goes_on(fact: Fact, last: Happening, report: Report, reading: Reading) -> bool:
    """True for the sentence that goes on after one on another event, in the same paragraph."""
    if last.main or last.aggregate or not last.facts or fact.setting.section or fact.sentence < 0:
        return False
    before = last.facts[-1].sentence
    if before < 0 or not 0 <= fact.sentence - before <= 1:
        return False
    gap = report.text[reading.sentences[before].end : reading.sentences[fact.sentence].start]
    return "\n" not in gap or before == fact.sentence


def _is_beside_the_point(fact: Fact, main: Happening) -> bool:
    """A count of things, by no measure, in a sentence that names no event, day or place of it: "57 countries"."""
    if fact.claim.measure != "other" or fact.claim.unit in PEOPLE or fact.setting.kind is not None:
        return False
    same_day = fact.date is not None and main.date is not None and near(fact.date, main.date)
    return not same_day and not {spot.key for spot in fact.spots} & {spot.key for spot in main.spots}


def _fact(claim: Claim, reading: Reading, dates: Mapping[Span, DateRange | None], sentences: SpanIndex) -> Fact:
    setting = reading.settings.get(claim.id, Setting())
    date = next((dates[time.span] for time in setting.times if dates.get(time.span) is not None), None)
    sentence = sentences.opening(claim.span)
    if sentence is None or not reading.sentences[sentence].covers(claim.span):
        sentence = -1
    as_of = dates.get(setting.as_of.span) if setting.as_of is not None else None
    return Fact(claim, setting, date, spots(setting.places), sentence, 0, as_of)


def _is_page_date(fact: Fact, report: Report) -> bool:
    """A full date that is the publication's own stands over the report and says nothing of the event."""
    named = fact.setting.times[0]
    same = fact.date is not None and fact.date.start == fact.date.end == report.published_date
    return same and named.year is not None and named.day is not None


def _held_apart(fact: Fact, main: Happening) -> bool:
    """True for a figure of the other event, where the report's place and date are of two."""
    if isinstance(main.apart, Spot):
        return fact.date is None and main.apart.key in {spot.key for spot in fact.spots}
    return main.apart is not None and fact.date is not None and not fact.spots and near(fact.date, main.apart)


def _home(fact: Fact, found: list[Happening], published: dt.date | None) -> Happening:
    """The happening that a claim is of; a new one where it fits none."""
    main = found[0]
    if fact.setting.section:
        return _story(fact, found)
    if fact.setting.aggregate and not _same_date(fact.date, main.date, strict=True):
        return _other(fact, found, aggregate=True)
    if _held_apart(fact, main):
        return _other(fact, found, aggregate=False)
    if _is_now(fact, main, published):
        return _other(fact, found, aggregate=False)
    if fact.date is not None and _other_time(fact, fact.date, main, published):
        return _other(fact, found, aggregate=False)
    same_day = fact.date is not None and main.date is not None and near(fact.date, main.date) and not fact.setting.aside
    if fact.spots and main.spots and not same_day and _elsewhere(fact, main):
        return _other(fact, found, aggregate=False)
    if fact.setting.aside and (fact.date is None or main.date is None):
        return _other(fact, found, aggregate=False)
    return main


def _is_crowd(fact: Fact) -> bool:
    """Thousands who march or volunteer are of the gathering, not of the killing that the report tells of beside it."""
    claim = fact.claim
    return (
        claim.measure in CROWDS
        and claim.unit == "person"
        and (claim.quantity.low or claim.quantity.value or 0) >= CROWD
    )


def _gathering(fact: Fact, found: list[Happening]) -> Happening:
    """The gathering that a crowd is of: one a report, unless days or towns differ."""
    for happening in _told_lately(found):
        if not happening.gathering or far_apart(fact.spots, happening.spots):
            continue
        if fact.date is None or happening.date is None or near(fact.date, happening.date):
            return happening
    gathering = _new(fact, found, aggregate=False)
    gathering.gathering = True
    gathering.date = fact.date or found[0].date
    gathering.spots = fact.spots or found[0].spots
    return gathering


def _is_now(fact: Fact, main: Happening, published: dt.date | None) -> bool:
    """ "Today hundreds of thousands …" in an undated report whose main event has a date of its own: no part of it."""
    if fact.date is not None or published is not None or main.date is None or not fact.setting.times:
        return False
    relative = fact.setting.times[0].relative
    return relative is not None and not relative[1].endswith((" then", " after"))


def _other_time(fact: Fact, date: DateRange, main: Happening, published: dt.date | None) -> bool:
    """True where a figure's date is not the main event's; days after it are its aftermath (a death, an arrest)."""
    if main.date is None and published is None:
        return bool(main.facts) and fact.setting.times[0].year is not None and all(f.date is None for f in main.facts)
    if main.date is None and published is not None:
        news = DateRange(published - dt.timedelta(days=RECENT), published, "days", "publication date")
        return not near(date, news)
    assert main.date is not None
    if near(date, main.date):
        return False
    after = (date.start - main.date.end).days
    if after > 0 and _is_blow(fact):
        return True
    return not (0 < after <= AFTERMATH and date.precision in ("day", "days", "week") and not fact.setting.aside)


def _is_blow(fact: Fact) -> bool:
    """True for a toll with an event of its own named beside it: later deaths of the same event are few."""
    value = fact.claim.quantity.low or fact.claim.quantity.value or 0
    return fact.setting.kind is not None and fact.claim.measure in ("killed", "injured") and value >= BLOW


def _story(fact: Fact, found: list[Happening]) -> Happening:
    """The happening of a section: all its figures, unless they are of other dates."""
    for happening in _told_lately(found):
        same = happening.section == fact.setting.section and happening.aggregate == fact.setting.aggregate
        if same and (fact.date is None or happening.date is None or near(fact.date, happening.date)):
            return happening
    return _new(fact, found, aggregate=fact.setting.aggregate)


def _new(fact: Fact, found: list[Happening], *, aggregate: bool) -> Happening:
    new = Happening(
        fact.claim.report,
        main=False,
        date=fact.date,
        spots=fact.spots,
        aggregate=aggregate,
        section=fact.setting.section,
    )
    found.append(new)
    return new


def _told_lately(found: list[Happening]) -> list[Happening]:
    """The last events beside the main one: a chronicle of thousands never goes back to the first of them."""
    return found[max(1, len(found) - RECALLED) :]


def _other(fact: Fact, found: list[Happening], *, aggregate: bool) -> Happening:
    for happening in _told_lately(found):
        if happening.aggregate == aggregate and not happening.section and _agrees(fact, happening):
            return happening
    return _new(fact, found, aggregate=aggregate)


def _agrees(fact: Fact, happening: Happening) -> bool:
    last = happening.facts[-1]
    if fact.sentence == last.sentence and _same_date(fact.date, last.date) and not far_apart(fact.spots, last.spots):
        return True
    if fact.date is None and happening.date is None and not (fact.spots and happening.spots):
        return abs(fact.sentence - last.sentence) <= 1
    if fact.date is not None and happening.date is not None and not near(fact.date, happening.date):
        return False
    shared = {spot.key for spot in fact.spots if not spot.is_area} & {
        spot.key for spot in happening.spots if not spot.is_area
    }
    same_time = fact.date is not None and happening.date is not None
    return (
        bool(shared)
        or (same_time and not far_apart(fact.spots, happening.spots))
        or (abs(fact.sentence - last.sentence) <= 1 and not far_apart(fact.spots, happening.spots))
    )


def _same_date(left: DateRange | None, right: DateRange | None, *, strict: bool = False) -> bool:
    if left is None or right is None:
        return left is right and not strict
    return left.start == right.start and left.end == right.end


def _elsewhere(fact: Fact, main: Happening) -> bool:
    """True where the figure's own places are others than the main event's, and far from them."""
    own = [spot for spot in fact.spots if not spot.is_area and spot.place is not None]
    known = [spot for spot in main.spots if spot.place is not None]
    if fact.claim.measure in MOVED and _in_other_countries(fact, known):
        return True
    if not own or {spot.key for spot in fact.spots} & {spot.key for spot in main.spots}:
        return False
    return far_apart(own[:1], known)


def _in_other_countries(fact: Fact, known: Sequence[Spot]) -> bool:
    """True where none of a figure's countries and provinces can hold the main event: "30,000 fled to Ethiopia"."""
    countries = {spot.country for spot in known if spot.country}
    own = {spot.country for spot in fact.spots if spot.country}
    return bool(own and countries) and not own & countries


def _summarise(happening: Happening) -> None:
    """The date, places and kinds that most of its figures give."""
    dates = Counter(f.date for f in happening.facts if f.date is not None)
    own = {date: n for date, n in dates.items() if happening.date is None or near(date, happening.date)}
    happening.firm = bool(own)
    if own:
        happening.date = min(own, key=lambda date: (FINENESS[date.precision], -own[date], date.start, date.end))
    if not happening.spots:
        happening.spots = tuple(dict.fromkeys(spot for fact in happening.facts for spot in fact.spots))[:3]
    for fact in happening.facts:
        if fact.setting.kind:
            happening.kinds[fact.setting.kind] += 1
