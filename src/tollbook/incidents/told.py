"""The events that one report tells of so far, and which of them a figure joins; a new one where it fits none.

Input: a figure as a `Fact` and the happenings found before it, the main one first. Only the last few are gone back to:
a chronicle of thousands never returns to the first of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from tollbook.incidents.happening import Fact, Happening, near
from tollbook.incidents.places import Spot, far_apart
from tollbook.model import DateRange

RECALLED = 60


def new(fact: Fact, found: list[Happening], *, aggregate: bool = False) -> Happening:
    """A happening of its own for a figure."""
    made = Happening(
        fact.claim.report,
        main=False,
        date=fact.date,
        spots=fact.spots,
        aggregate=aggregate,
        section=fact.setting.section,
        scene=fact.setting.thread in ("turn", "next") and not aggregate,
    )
    found.append(made)
    return made


def other(fact: Fact, found: list[Happening], *, aggregate: bool = False) -> Happening:
    """The happening beside the main one that a figure is of."""
    for happening in _lately(found):
        if happening.aggregate == aggregate and not happening.section and _agrees(fact, happening):
            return happening
    return new(fact, found, aggregate=aggregate)


def story(fact: Fact, found: list[Happening]) -> Happening:
    """The happening of a section: all its figures, unless they are of other dates."""
    for happening in _lately(found):
        same = happening.section == fact.setting.section and happening.aggregate == fact.setting.aggregate
        if same and same_days(fact, happening):
            return happening
    return new(fact, found, aggregate=fact.setting.aggregate)


def scene(fact: Fact, found: list[Happening]) -> Happening:
    """The event of a scene: that of the same sentence or the same place, else a new one."""
    own = towns(fact.spots)
    for happening in _lately(found):
        if happening.aggregate or happening.section or happening.gathering:
            continue
        last = happening.facts[-1]
        if fact.sentence == last.sentence and not far_apart(fact.spots, last.spots):
            return happening
        if own & towns(happening.spots) and same_days(fact, happening):
            return happening
    made = new(fact, found)
    made.scene = True
    return made


def parcel(fact: Fact, found: list[Happening]) -> Happening:
    """The event of one place of a toll broken down by place."""
    for happening in _lately(found):
        if happening.scene and fact.spots[0] in happening.spots and same_days(fact, happening):
            return happening
    made = new(fact, found)
    made.scene = True
    return made


def gathering(fact: Fact, found: list[Happening]) -> Happening:
    """The gathering that a crowd is of: one a report, unless days or towns differ."""
    for happening in _lately(found):
        if happening.gathering and not far_apart(fact.spots, happening.spots) and same_days(fact, happening):
            return happening
    made = new(fact, found)
    made.gathering = True
    made.date = fact.date or found[0].date
    made.spots = fact.spots or found[0].spots
    return made


def same_days(fact: Fact, happening: Happening) -> bool:
    """True unless a figure's own date is not that of the happening."""
    return fact.date is None or happening.date is None or near(fact.date, happening.date)


def same_date(left: DateRange | None, right: DateRange | None) -> bool:
    """True for the same days, or none of both."""
    if left is None or right is None:
        return left is right
    return left.start == right.start and left.end == right.end


def towns(spots: Iterable[Spot]) -> set[str]:
    """The places that are no country or province, by name."""
    return {spot.key for spot in spots if not spot.is_area}


def _lately(found: list[Happening]) -> list[Happening]:
    return found[max(1, len(found) - RECALLED) :]


def _agrees(fact: Fact, happening: Happening) -> bool:
    last = happening.facts[-1]
    if fact.sentence == last.sentence and same_date(fact.date, last.date) and not far_apart(fact.spots, last.spots):
        return True
    beside = abs(fact.sentence - last.sentence) <= 1
    if fact.date is None and happening.date is None and not (fact.spots and happening.spots):
        return beside
    if not same_days(fact, happening):
        return False
    same_time = fact.date is not None and happening.date is not None
    shared = towns(fact.spots) & towns(happening.spots)
    return bool(shared) or ((same_time or beside) and not far_apart(fact.spots, happening.spots))
