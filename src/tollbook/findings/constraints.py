"""Figures of one count that can't both be true.

Input: the figures that stand. Output: pairs that contradict. "Eighteen" and "at least twenty" do, unless the eighteen
was told earlier, while the toll was still unfolding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import inf

from tollbook.findings.cases import Stated
from tollbook.findings.intervals import Interval
from tollbook.lexicon.taxonomy import Over

# Past this many different figures only the lowest and the highest are held against each other; conflicts show there.
COMPARED = 300


def contradict(one: Stated, other: Stated, over: Over) -> bool:
    """True where two figures of one count can't both be true.

    A toll rises while it unfolds: a lower figure told earlier, in that time, is no contradiction. People missing or
    displaced may be more or fewer the day after. What grows by nature contradicts only what is told of the same day.
    """
    if one.reach.meets(other.reach):
        return False
    low, high = (one, other) if one.reach.below(other.reach) else (other, one)
    return binds(high, low, over)


def binds(lower: Stated, upper: Stated, over: Over) -> bool:
    """True where the least that one figure allows must still hold on the day for which the other sets a limit.

    "Twelve" on Monday doesn't limit a toll of Tuesday; the least of Monday still holds on Tuesday.
    """
    if over == "grows":
        return lower.told is not None and lower.told == upper.told
    if lower.told is None or upper.told is None:
        return True
    if over == "either" and lower.told < upper.told and lower.early:
        return False
    return not (upper.told < lower.told and upper.early)


def figure(one: Stated) -> tuple[str, Interval]:
    return one.voice.party, one.reach


def pairs(standing: Sequence[Stated], over: Over) -> Iterable[tuple[Stated, Stated]]:
    """A contradicting pair for each two figures of parties that contradict; of very many, for each two figures."""
    some = different(standing, over)
    many = len(some) > COMPARED
    numbers: dict[object, int] = {}
    told = [numbers.setdefault(one.reach if many else figure(one), len(numbers)) for one in some]
    ends = [(one.reach.low, inf if one.reach.high is None else one.reach.high) for one in some]
    seen: set[tuple[int, int]] = set()
    for index, one in enumerate(some):
        low, high = ends[index]
        for place in range(index + 1, len(some)):
            if ends[place][0] <= high and low <= ends[place][1]:
                continue
            both = (told[index], told[place])
            both = both if many or both[0] < both[1] else both[::-1]
            if both not in seen and contradict(one, some[place], over):
                seen.add(both)
                yield one, some[place]


def different(standing: Sequence[Stated], over: Over) -> list[Stated]:
    """The claims by which each party's figure may contradict: told first, told last, no early count; or of each day.

    Of a toll that only rises the first and the last decide; of other counts each day does, while they are few. Of very
    many figures only the lowest and the highest ends are held against each other, whoever says them.
    """
    by_figure: dict[object, list[Stated]] = defaultdict(list)
    figures = {one.reach for one in standing}
    shared = len(figures) > COMPARED // 2 or len({figure(one) for one in standing}) > COMPARED
    kept = _extremes(figures)
    for one in sorted(standing, key=_told_order):
        if one.reach in kept:
            by_figure[one.reach if shared else figure(one)].append(one)
    if over != "up":
        daily = [one for some in by_figure.values() for one in {one.told: one for one in some}.values()]
        if len(daily) <= COMPARED:
            return daily
    chosen: dict[str, Stated] = {}
    for some in by_figure.values():
        late = [one for one in some if not one.early or one.told is None][:1]
        chosen.update({one.claim.id: one for one in (some[0], *late, some[-1])})
    return list(chosen.values())


def _extremes(figures: set[Interval]) -> set[Interval]:
    """All figures where they are few, else those that end lowest and those that begin highest: conflicts show there."""
    if len(figures) <= COMPARED:
        return figures
    lowest = sorted(
        (figure for figure in figures if figure.high is not None), key=lambda figure: (figure.high or 0, figure.low)
    )
    highest = sorted(figures, key=lambda figure: (-figure.low, figure.high is None, figure.high or 0))
    return {*lowest[: COMPARED // 2], *highest[: COMPARED // 2]}


def _told_order(one: Stated) -> tuple[bool, str, str]:
    return (one.told is None, one.told.isoformat() if one.told else "", one.claim.id)
