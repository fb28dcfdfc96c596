"""Which event of its report a figure is of: the main one, unless its time, its place or its words say otherwise.

Input: a `Fact` and the happenings found before it, the main one first. "In 2004 a flood killed 300" in a report on a
quake of Sunday is of another time; "Meanwhile, two men were shot in Brin" is a scene of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from tollbook.incidents import told
from tollbook.incidents.happening import LEAD, RECENT, Fact, Happening, near
from tollbook.incidents.places import AREA, Spot, far_apart
from tollbook.model import DateRange

# Days after an event in which a death, an arrest or a search told of in the same report is of that event.
AFTERMATH = 45
# From so many on, the killed or injured of a later day with an event of their own are no aftermath.
BLOW = 10
MOVED = ("displaced", "evacuated", "affected", "population", "registered")
HURT = ("killed", "injured", "killed_or_injured", "missing")
HARM = (*HURT, "captured", "abducted", "arrested", "disappeared")
# Words that open a figure of people spoken of before.
KNOWN = ("the ", "all ", "both ", "these ", "those ", "his ", "her ", "their ", "its ")
# Kinds of event that strike many places at once; of others each place has its own.
SPREAD = frozenset({"earthquake", "flood", "storm", "disease", "displacement", "protest"})
COUNTRY = 6
# So many of the main event's last figures tell of what kind it is.
MEMORY = 12


def home(fact: Fact, found: list[Happening], published: dt.date | None, *, fresh: bool) -> Happening:
    """The happening that a claim is of; a new one where it fits none. `fresh`: its paragraph is not the one before."""
    main, setting = found[0], fact.setting
    if setting.section:
        return told.story(fact, found)
    if main.aggregate:
        return main if setting.aggregate or not (fact.date or told.towns(fact.spots)) else told.other(fact, found)
    if setting.aggregate:
        return told.other(fact, found, aggregate=True)
    if _held_apart(fact, main) or _of_other_time(fact, main, published) or _of_other_place(fact, main):
        return told.other(fact, found)
    if _is_parcel(fact, main):
        return told.parcel(fact, found)
    if setting.aside and (fact.date is None or main.date is None):
        return told.other(fact, found)
    return told.scene(fact, found) if _is_scene(fact, main, fresh=fresh) else main


def _held_apart(fact: Fact, main: Happening) -> bool:
    """True for a figure of the other event, where the report's place and date are of two."""
    if isinstance(main.apart, Spot):
        return fact.date is None and main.apart.key in {spot.key for spot in fact.spots}
    return main.apart is not None and fact.date is not None and not fact.spots and near(fact.date, main.apart)


# ---- time ----


def _of_other_time(fact: Fact, main: Happening, published: dt.date | None) -> bool:
    if fact.date is None:
        return _is_day_before(fact) or _is_now(fact, main, published)
    return _is_far(fact, fact.date, main, published)


def _is_now(fact: Fact, main: Happening, published: dt.date | None) -> bool:
    """ "Today hundreds of thousands …" in an undated report whose main event has a date of its own: no part of it."""
    if published is not None or main.date is None or not fact.setting.times:
        return False
    relative = fact.setting.times[0].relative
    return relative is not None and not relative[1].endswith((" then", " after"))


def _is_day_before(fact: Fact) -> bool:
    """ "A day earlier, two villagers died" in a report without dates: another event, whenever it was."""
    relative = fact.setting.times[0].relative if fact.setting.times else None
    return relative is not None and relative[1].endswith(" then") and relative[0] < 0 and fact.claim.measure in HARM


def _is_far(fact: Fact, date: DateRange, main: Happening, published: dt.date | None) -> bool:
    """True where a figure's date is not the main event's; days after it are its aftermath (a death, an arrest)."""
    if main.date is None and published is None:
        said = fact.setting.times[0]
        other = said.year is not None or (said.month is not None and fact.sentence >= LEAD)
        return bool(main.facts) and other and not main.dated
    if main.date is None and published is not None:
        news = DateRange(published - dt.timedelta(days=RECENT), published, "days", "publication date")
        return not near(date, news)
    assert main.date is not None
    if near(date, main.date):
        return _is_day_of_its_own(fact, date, main.date)
    after = (date.start - main.date.end).days
    if after > 0 and _is_blow(fact):
        return True
    return not (0 < after <= AFTERMATH and date.precision in ("day", "days", "week") and not fact.setting.aside)


def _is_day_of_its_own(fact: Fact, date: DateRange, main: DateRange) -> bool:
    """True for harm on a day that is said to lie before the main event's: "last Friday", where it was on Saturday."""
    said = fact.setting.times[0]
    exact = date.precision == main.precision == "day" and (said.weekday is not None or said.day is not None)
    return exact and fact.claim.measure in HARM and fact.sentence >= LEAD and date.end < main.start


def _is_blow(fact: Fact) -> bool:
    """True for a toll with an event of its own named beside it: later deaths of the same event are few."""
    value = fact.claim.quantity.low or fact.claim.quantity.value or 0
    return fact.setting.kind is not None and fact.claim.measure in ("killed", "injured") and value >= BLOW


# ---- place ----


def _of_other_place(fact: Fact, main: Happening) -> bool:
    """True for a place far from the main event's; on its day only for harm of a kind that strikes one place."""
    if not fact.spots or not main.spots:
        return False
    same_day = fact.date is not None and main.date is not None and near(fact.date, main.date) and not fact.setting.aside
    one_place = fact.claim.measure in HARM and not main.spread and fact.setting.kind not in SPREAD
    return (one_place or not same_day) and _elsewhere(fact, main)


def _is_parcel(fact: Fact, main: Happening) -> bool:
    """True for harm of a toll broken down by place, unless it is of a kind that strikes many places."""
    harm = fact.setting.thread == "part" and fact.claim.measure in HARM
    return harm and bool(fact.spots) and not main.spread and fact.setting.kind not in SPREAD


def _elsewhere(fact: Fact, main: Happening) -> bool:
    """True where the figure's own places are others than the main event's, and far from them."""
    own = [spot for spot in fact.spots if not spot.is_area and spot.place is not None]
    known = [spot for spot in main.spots if spot.place is not None]
    if fact.claim.measure in MOVED and (_in_other_countries(fact, known) or _fled_elsewhere(fact, main)):
        return True
    if not own or {spot.key for spot in fact.spots} & {spot.key for spot in main.spots}:
        return False
    return far_apart(own[:1], known)


def _fled_elsewhere(fact: Fact, main: Happening) -> bool:
    """True for those displaced in provinces that the main event of one spot isn't told of: "55,000 in Blue Hills"."""
    own = {spot.key for spot in fact.spots if spot.place is not None and AREA <= spot.place.precision < COUNTRY}
    moved = fact.claim.measure in ("displaced", "evacuated") and not main.spread
    return moved and bool(own) and not own & {spot.key for spot in main.spots}


def _in_other_countries(fact: Fact, known: Sequence[Spot]) -> bool:
    """True where none of a figure's countries and provinces can hold the main event: "30,000 fled to Ethiopia"."""
    countries = {spot.country for spot in known if spot.country}
    own = {spot.country for spot in fact.spots if spot.country}
    return bool(own and countries) and not own & countries


# ---- scenes ----


def _is_scene(fact: Fact, main: Happening, *, fresh: bool) -> bool:
    """True for harm of an event of its own: after a turn in another place, or anywhere in a report of several."""
    begun = bool(main.facts) and main.facts[-1].claim.span.part == fact.claim.span.part
    if not begun or fact.claim.measure not in HARM or _is_known(fact):
        return False
    if fact.setting.thread in ("several", "again"):
        return False
    own, turned = _where(fact), fact.setting.thread in ("turn", "next")
    if fact.setting.thread == "turn" and _is_of_other_kind(fact, main):
        return True
    if own:
        return not own <= main.places if main.series else turned and not own & {spot.key for spot in main.spots}
    return main.series and fact.sentence > 0 and (turned or fresh) and fact.toll not in main.tolls


def _where(fact: Fact) -> set[str]:
    """Where a figure's words place it, countries left out."""
    return {spot.key for spot in fact.spots if spot.place is None or spot.place.precision < COUNTRY}


def _is_of_other_kind(fact: Fact, main: Happening) -> bool:
    """True for people hurt in an event of a kind that the main one was not told by so far: "clashes" after a blast."""
    kind, told_by = fact.setting.kind, {f.setting.kind for f in main.facts[-MEMORY:]} - {None}
    return fact.claim.measure in HURT and kind is not None and bool(told_by) and kind not in told_by


def _is_known(fact: Fact) -> bool:
    """True for those spoken of before: "the two men", "all five", "one of the victims"."""
    said = f"{fact.claim.said.lower()} "
    return said.startswith(KNOWN) or " of the " in said
