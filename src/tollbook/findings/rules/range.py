"""range@1: the lowest and the highest that anybody says, and the best supported figure where there is one.

Reads: figures as stated; "about 30" may mean a tenth more or less; "dozens" is 24 or more, without an upper end; "more
than 1,000" is 1,000 or more, as people mean it who round, though 1,000 itself would contradict it.
Low and high: figures that can all be true sharpen each other ("at least 40" and "52" leave 52), figures that can't
spread the range ("34" and "38" leave 34 to 38); high is open where nobody closes it. Parts of the whole raise the low.
Best, the first that applies:

1. nothing conflicts: the figure that fits all that stands; exact before "about" before "at least" before "more than",
   then the one from more parties, the later, the higher;
2. figures conflict, but a later total told while the toll unfolded stands clear of it: that total;
3. every figure in the way is a round one that this one rounds to, in hundreds or more: "600" beside "612";
4. the figure that fits what strictly more parties say than any other, two parties at least;
5. none: there is no reason to prefer one.

Refused: "dozens", "10 to 12" and "up to 80" give no best alone, for nobody said one number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tollbook.findings import words
from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval, common, position
from tollbook.findings.origins import parties
from tollbook.findings.ruleset import Case, Figures, Meaning, RuleSet
from tollbook.model import Bound, Number, Quantity

NAME = "range@1"
# "About 30" for 28 or 33 is how people round; a fifth off would be another figure.
TOLERANCE = 0.1
# A bare number that ends in so many noughts may be rounded; "20" may well be counted, "600" beside 612 hardly.
ROUND = 100
# Of very many conflicting numbers only those that most parties give are weighed: the others can't win.
WEIGHED = 200
_FIRMNESS = {Bound.EXACT: 0, Bound.NONE: 0, Bound.ABOUT: 1, Bound.AT_LEAST: 2, Bound.MORE_THAN: 3}


def read(quantity: Quantity) -> Meaning:
    """A quantity as stated; its one number where the words give one that it can be."""
    point = quantity.value if quantity.bound in _FIRMNESS else None
    stated = Interval.of(quantity)
    if quantity.bound is Bound.MORE_THAN and point is not None:
        stated = Interval(point)
    return Meaning(stated, Interval.reaching(quantity, TOLERANCE), point)


def decide(case: Case) -> Figures:
    """Low, best and high of a case, with the steps."""
    if not case.standing:
        return _from_parts(case)
    said = [one.interval for one in case.standing]
    ends = position([*said, *(Interval(part.low) for part in case.parts)])
    best, why = _best(case, ends)
    last = f"no best: {why}" if best is None else f"best is {words.number(best)}: {why}"
    return Figures(ends.low, best, ends.high, (*_ends_steps(position(said), ends, case), f"{NAME}: {last}."))


def _ends_steps(said: Interval, ends: Interval, case: Case) -> list[str]:
    """What the totals leave, and what their parts make of that."""
    count = len(parties(one.voice for one in case.standing))
    whose = "what one source says leaves" if count == 1 else f"taken together, what {count} sources say leaves"
    steps = [f"{NAME}: {whose} {words.span(said)}."]
    if ends != said:
        steps.append(f"{NAME}: with what is counted of some of them, that becomes {words.span(ends)}.")
    return steps


# ---- parts ----


def _from_parts(case: Case) -> Figures:
    """Where nobody gives the whole, its parts bound it from below; what is said of no larger whole is the best."""
    if not case.parts:
        return Figures(None, None, None, (f"{NAME}: no claim stands.",))
    part = case.parts[0]
    low = part.low
    step = f"{NAME}: nobody gives the whole; what is counted of some makes it {words.number(low)} or more."
    if part.point is None or not part.complete or part.point < low:
        return Figures(low, None, None, (step,))
    why = "the highest that one report counts, and it names no larger whole"
    return Figures(low, part.point, None, (step, f"{NAME}: best is {words.number(part.point)}: {why}."))


# ---- best ----


def _best(case: Case, ends: Interval) -> tuple[Number | None, str]:
    allowed = [one for one in case.standing if one.point is not None and ends.has(one.point)]
    if not case.conflicts.count:
        if case.measure.over == "grows":
            return _latest(allowed)
        return _fitting(allowed, case.standing)
    clear = _clear_of_conflict(allowed, case)
    if clear:
        return _fitting(clear, clear)[0], "the latest count, told while the toll was still rising, contradicts nothing"
    exact = _rounded_by_all(allowed, case.standing)
    if exact is not None:
        return exact.point, f"the exact figure of {words.voices([exact])}, which the others round"
    if case.measure.over == "either":
        allowed = [one for one in allowed if not any(_outdates(other, one) for other in case.standing)]
    return _most_parties(allowed, case.standing)


def _fitting(allowed: Sequence[Stated], standing: Sequence[Stated]) -> tuple[Number | None, str]:
    """The firmest figure that all that stands today allows; earlier, lower counts of an unfolding toll are floors."""
    days = [one.told for one in standing if one.told is not None]
    last = max(days, default=None)
    now = [one for one in standing if not (one.early and one.told is not None and last is not None and one.told < last)]
    left = common([*(_room(one) for one in now), *(Interval(_room(one).low) for one in standing)])
    fits = [one for one in allowed if left is not None and one.point is not None and left.has(one.point)]
    if not fits:
        return None, "no number fits all that stands" if allowed else "nobody gives one number"
    support = {one.point: len(parties(each.voice for each in fits if each.point == one.point)) for one in fits}
    one = min(fits, key=lambda one: (_FIRMNESS[one.quantity.bound], -support[one.point], _age(one), -(one.point or 0)))
    fitted = [each for each in standing if each.point == one.point]
    return one.point, f"the figure of {words.voices(fitted or [one])}, which fits all that stands"


def _room(one: Stated) -> Interval:
    """What a figure leaves for a best: as far as it may reach, and down to the number in its words."""
    return Interval(min(one.reach.low, one.interval.low), one.reach.high)


def _latest(allowed: Sequence[Stated]) -> tuple[Number | None, str]:
    """Of a count that grows by nature the latest, or the highest where days are not known."""
    if not allowed:
        return None, "nobody gives one number"
    if any(one.told is None for one in allowed):
        return max(one.point or 0 for one in allowed), "the count grows by nature, and this is the highest"
    one = min(allowed, key=lambda one: (_age(one), -(one.point or 0)))
    return one.point, f"the count grows by nature, and this is the latest{words.day(one.told)}"


def _clear_of_conflict(allowed: Sequence[Stated], case: Case) -> list[Stated]:
    """Totals told later than every figure that is in conflict, where those were early counts."""
    caught = [one for one in case.standing if one.claim.id in case.conflicts.claims]
    days = [one.told for one in caught if one.told is not None and one.early]
    if not days or len(days) < len(caught):
        return []
    return [
        one
        for one in allowed
        if one.claim.id not in case.conflicts.claims and one.told is not None and one.told > max(days)
    ]


def _rounded_by_all(allowed: Sequence[Stated], standing: Sequence[Stated]) -> Stated | None:
    """The exact figure that every other one allows or is the round number of: 612 beside "600" and "more than 550"."""
    exact = (one for one in allowed if one.quantity.bound is Bound.EXACT and (one.point or 0) % ROUND)
    found = (
        one
        for one in sorted(exact, key=lambda one: (_age(one), one.claim.id))[:WEIGHED]
        if all(each.reach.has(one.point or 0) or _rounds(each, one.point or 0) for each in standing)
    )
    return next(found, None)


def _rounds(one: Stated, number: Number) -> bool:
    """ "600" for 612, "1,000" for 1,042, but not for 1,400, nor "20" for 18."""
    value = one.point or 0
    if one.quantity.bound is not Bound.EXACT or value == 0 or value % ROUND:
        return False
    step = ROUND
    while value % (step * 10) == 0:
        step *= 10
    return abs(value - number) <= min(step / 2, TOLERANCE * value)


def _outdates(later: Stated, one: Stated) -> bool:
    """True where a later figure excludes an early count of people who go missing, move and are found."""
    return bool(one.early and one.told and later.told and later.told > one.told and not later.reach.meets(one.reach))


def _most_parties(allowed: Sequence[Stated], standing: Sequence[Stated]) -> tuple[Number | None, str]:
    """The number that strictly more parties allow than any other, and two at the least."""
    reaches: dict[Interval, set[str]] = defaultdict(set)
    givers: dict[tuple[Number, Number], set[str]] = defaultdict(set)
    for one in standing:
        reaches[one.reach].add(one.voice.party)
    for one in allowed:
        # "More than 40" stands for 41 here: who says 40 is not behind it.
        number = one.point or 0
        least = one.reach.low if one.quantity.bound is Bound.MORE_THAN else number
        givers[least, number].add(one.voice.party)
    numbers = sorted(givers, key=lambda number: (-len(givers[number]), number))[:WEIGHED]
    backed = {
        number: set().union(*(some for reach, some in reaches.items() if reach.has(number[0]))) for number in numbers
    }
    ranked = sorted(numbers, key=lambda number: (-len(backed[number]), number))
    if not ranked or len(backed[ranked[0]]) < 2:
        return None, "the figures contradict each other, and no two sources are behind one of them"
    if len(ranked) > 1 and len(backed[ranked[1]]) == len(backed[ranked[0]]):
        return None, "the figures contradict each other, and none has more sources behind it than any other"
    return ranked[0][1], f"it can be true by what {len(backed[ranked[0]])} sources say, more than any other figure can"


def _age(one: Stated) -> int:
    """Days since the claim was told, on a scale that only orders: the latest first, undated last."""
    return 1 if one.told is None else -one.told.toordinal()


RULES = RuleSet("range", 1, "the lowest and highest that anybody says, best where it is agreed or latest", read, decide)
