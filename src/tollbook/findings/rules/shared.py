"""What several rule sets share: a quantity as one number, the firm figures, the latest, and who is behind which.

Input: the figures that stand. "Dozens" beside 34 is no rival of it: `firm` leaves 34 alone.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from tollbook.findings import words
from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval, looser
from tollbook.findings.ruleset import Case, Figures, Meaning
from tollbook.model import Bound, Number, Quantity

TOLERANCE = 0.1  # as range@1: what "about 30" may still mean, so that 28 is no conflict
UPPER = (Bound.AT_MOST, Bound.LESS_THAN)
_ONE_NUMBER = (Bound.EXACT, Bound.NONE, Bound.ABOUT, Bound.AT_LEAST, Bound.MORE_THAN)


def number_said(quantity: Quantity) -> Number | None:
    """The one number that the words give: 40 in "at least 40", none in "dozens", "10 to 40", "up to 40"."""
    return quantity.value if quantity.bound in _ONE_NUMBER else None


def as_number(quantity: Quantity, point: Number | None) -> Meaning:
    """A quantity taken as one number where it has one, as stated where it has none."""
    reach = Interval.reaching(quantity, TOLERANCE)
    if point is None:
        return Meaning(Interval.of(quantity), reach, None)
    return Meaning(Interval(point, point), Interval(min(point, reach.low), reach.high), point)


def firm(standing: Sequence[Stated]) -> list[Stated]:
    """The figures with a number that are no looser than another: "at least 30" goes where somebody says 34."""
    loose = looser(one.reach for one in standing)
    return [one for one in standing if one.point is not None and one.reach not in loose] or [
        one for one in standing if one.point is not None
    ]


def numbers_first(standing: Sequence[Stated]) -> Sequence[Stated]:
    """The figures that are numbers; the words where there is none."""
    return [one for one in standing if one.quantity.bound is not Bound.VAGUE] or standing


def current(standing: Sequence[Stated]) -> list[Stated]:
    """Without lower counts told while the toll unfolded, before a higher one: "9" on one day, "34" on the next."""
    by_day: dict[dt.date, Number] = {}
    for one in standing:
        if one.told is not None:
            by_day[one.told] = max(by_day.get(one.told, 0), one.reach.low)
    after: dict[dt.date | None, Number] = {}
    highest: Number = 0
    for day in sorted(by_day, reverse=True):
        after[day] = highest
        highest = max(highest, by_day[day])
    return [one for one in standing if not (one.early and one.reach.below(Interval(after.get(one.told, 0))))]


def latest(some: Sequence[Stated]) -> list[Stated]:
    """The figures told on the last day; all of them where no day is known."""
    last = max((one.told for one in some if one.told is not None), default=None)
    return [one for one in some if one.told == last]


def behind(some: Sequence[Stated]) -> Mapping[Number, frozenset[str]]:
    """The parties behind each number."""
    found: dict[Number, set[str]] = defaultdict(set)
    for one in some:
        if one.point is not None:
            found[one.point].add(one.voice.party)
    return {number: frozenset(parties) for number, parties in sorted(found.items())}


def most(some: Sequence[Stated]) -> list[Number]:
    """The numbers that most parties give, lowest first: several where as many parties give each."""
    backed = behind(some)
    top = max((len(parties) for parties in backed.values()), default=0)
    return [number for number, parties in backed.items() if len(parties) == top]


def from_parts(name: str, case: Case) -> Figures:
    """Where nobody gives the whole: what its parts add up to, one number; nothing where nothing stands."""
    if not case.parts:
        return Figures(None, None, None, (f"{name}: no claim stands.",))
    low = case.parts[0].low
    step = f"{name}: nobody gives the whole; what is counted of some adds up to {words.number(low)}."
    return Figures(low, low, low, (step,))


def one_number(name: str, number: Number, why: str) -> Figures:
    """One number for low, best and high, with its reason."""
    return Figures(number, number, number, (f"{name}: {words.number(number)}, {why}.",))


def refused(name: str, why: str) -> Figures:
    """No figure, and why."""
    return Figures(None, None, None, (f"{name}: no figure, since {why}.",))
