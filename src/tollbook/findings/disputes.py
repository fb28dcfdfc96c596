"""What can't be true together, and what can, told in sentences.

Input: a case with its conflicts. Output: "“34 people” (Ministry) and “38 people” (Union) can't both be true."; which
figures fit together with the most sources behind them; why an early lower count contradicts nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from tollbook.findings import words
from tollbook.findings.cases import Stated
from tollbook.findings.conflicts import Fit
from tollbook.findings.intervals import Interval, common
from tollbook.findings.ruleset import Case

# As many of the latest figures are looked at for one that outgrew an early count.
_LATEST = 6
_Figure = tuple[str, Interval]


def tell_conflicts(case: Case) -> list[str]:
    """A line for each two figures that contradict, whoever gives them, and for each whole that its parts exceed."""
    both: dict[tuple[_Figure, _Figure], dict[str, dict[str, Stated]]] = defaultdict(lambda: defaultdict(dict))
    exceeded: dict[tuple[str, ...], tuple[list[Stated], Sequence[Stated]]] = {}
    for one in case.conflicts.told:
        if one.parts:
            key = (*(part.claim.id for part in one.parts), repr(_figure(one.wholes[0])))
            exceeded.setdefault(key, ([], one.parts))[0].extend(one.wholes)
        else:
            low, high = one.wholes
            both[_figure(low), _figure(high)][low.voice.name].update({low.claim.id: low, high.claim.id: high})
    pairs = [line for figures, some in both.items() for line in _pairs(figures, some)]
    hidden = case.conflicts.count - len(case.conflicts.shown)
    sums = [_exceeds(wholes, parts) for wholes, parts in exceeded.values()]
    return [*pairs, *sums, *([f"{hidden} more sets of figures contradict."] if hidden else [])]


def _figure(one: Stated) -> _Figure:
    return (one.claim.group, one.reach)


def _pairs(figures: tuple[_Figure, _Figure], some: Mapping[str, Mapping[str, Stated]]) -> list[str]:
    """One line for all who contradict the same others: "“12” (Clinic and Port) and “17” (Union) can't both be true"."""
    lows: dict[tuple[str, ...], list[Stated]] = defaultdict(list)
    for pairs in some.values():
        highs = tuple(sorted({one.voice.name for one in pairs.values() if _figure(one) == figures[1]}))
        lows[highs] += pairs.values()
    lines = []
    for stated in lows.values():
        low, high = ([one for one in stated if _figure(one) == figure] for figure in figures)
        lines.append(f"{words.by(low)} and {words.by(high)} can't both be true.")
    return lines


def _exceeds(wholes: Sequence[Stated], parts: Sequence[Stated]) -> str:
    """ "“nine men” and “ten women” (Union) together are 19 or more, and “18” (Police) is less."."""
    least = words.number(sum(one.reach.low for one in parts))
    said = words.listed((words.quoted(one) for one in parts), len(parts))
    if len(parts) == 1:
        return f"{said} ({words.voices(parts)}) can't be a part of {words.by(wholes)}, which is less."
    return f"{said} ({words.voices(parts)}) together are {least} or more, and {words.by(wholes)} is less."


# ---- what fits together ----


def tell_fits(case: Case) -> list[str]:
    """Which of the figures that can't all be true fit together with the most sources behind them."""
    fits = case.conflicts.fits
    if case.conflicts.more:
        return ["many sets of figures can be true together, with as many sources behind each and no more behind any."]
    if len(fits) == 1:
        return [_best(fits[0])]
    if any(len(fit.inside) > 1 for fit in fits):
        sets = "; or ".join(_together(fit.inside) for fit in fits)
        return [f"each of these sets can be true, with as many sources behind it and no more behind any other: {sets}."]
    return (
        ["no figure, and no set of figures that can be true together, has more sources behind it than another."]
        if fits
        else []
    )


def _best(fit: Fit) -> str:
    one = len(fit.inside) == 1
    what = "has more sources behind it" if one else "can be true together, with more sources behind them"
    left = f"{_together(fit.outside)} can't be true beside {'it' if one else 'them'}"
    return f"{_together(fit.inside)} {what} than anything else that can be true; {left}.{_self_contradicting(fit)}"


def _self_contradicting(fit: Fit) -> str:
    """Why a source with several figures is behind none: they can't all be true."""
    said: dict[str, set[Interval]] = defaultdict(set)
    for one in (*fit.inside, *fit.outside):
        said[one.voice.party].add(one.reach)
    some = [party for party, figures in sorted(said.items()) if common(figures) is None]
    return "".join(f" {party} gave figures that can't all be true, and counts as behind none." for party in some)


def _together(some: Sequence[Stated]) -> str:
    """Figures with those who give them, each figure once: "“12” (Clinic and Police) and “12 or more” (Union)"."""
    by_figure: dict[_Figure, list[Stated]] = defaultdict(list)
    for one in some:
        by_figure[_figure(one)].append(one)
    return words.listed(words.by(each) for each in by_figure.values())


# ---- early counts ----


def outgrown(case: Case) -> list[str]:
    """Why lower figures told earlier by others are no contradiction."""
    if case.measure.over == "grows" or not case.standing:
        return []
    last = sorted((one for one in case.standing if one.told), key=words.when)[-_LATEST:]
    early = [
        one
        for one in case.standing
        if one.early and one.claim.id not in case.conflicts.claims and any(_grew(one, other) for other in last)
    ]
    if not early:
        return []
    were, they = ("was", "it does") if len(early) == 1 else ("were", "they do")
    told = f"{_together(early)} {were} said before higher counts, while the toll was still rising"
    return [f"{told}: {they} not contradict them."]


def _grew(one: Stated, other: Stated) -> bool:
    return bool(one.told and other.told and one.told < other.told and one.reach.below(other.reach))
