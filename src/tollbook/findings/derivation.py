"""How a figure came about, in sentences that a newspaper's reader understands.

Input: a case, what its rule set decided, what was set aside. Output: sentences, in the order of the reasoning: who says
what, what later counts replaced, what parts demand, what contradicts, what the rule made of it, what was left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tollbook.findings import words
from tollbook.findings.cases import Stated
from tollbook.findings.grades import HARM
from tollbook.findings.intervals import Interval
from tollbook.findings.parts import Part
from tollbook.findings.ruleset import Case, Figures
from tollbook.findings.status import Superseded
from tollbook.lexicon import Taxonomy
from tollbook.model import SetAside
from tollbook.text import counted

# More lines of a kind than this are counted, not told: the claims are all in the finding's lists.
TOLD = 6


def tell(
    case: Case, figures: Figures, aside: Sequence[SetAside], notes: Mapping[str, Sequence[str]], taxonomy: Taxonomy
) -> tuple[str, ...]:
    """The whole derivation of one finding."""
    claims = {claim for one in case.standing for claim in one.ids} | {one.claim for one in aside}
    claims |= {claim for part in case.parts for one in part.stated for claim in one.ids}
    lines = [
        *_cut(_said(case.standing), "more figures"),
        *_shared_parents(case.standing),
        *_rings(case.standing),
        *_cut([_replaced(one) for one in case.gone], "more later counts"),
        *_cut([_part(part, case, taxonomy) for part in case.parts[:TOLD]], "more parts"),
        *_cut(_contradictions(case), "more contradictions"),
        *_fits(case),
        *_outgrown(case),
        *figures.steps,
        *_graded(case),
        *_cut(_left_out(aside), "more reasons for setting claims aside"),
        *(line for claim in sorted(claims) for line in notes.get(claim, ())),
    ]
    return tuple(dict.fromkeys(lines))


def _cut(lines: Sequence[str], what: str) -> list[str]:
    return [*lines[:TOLD], f"And {len(lines) - TOLD} {what}."] if len(lines) > TOLD else list(lines)


def _said(standing: Sequence[Stated]) -> list[str]:
    """A line for each figure: who says it, in which words, when first."""
    by_figure: dict[Interval, list[Stated]] = defaultdict(list)
    for one in standing:
        by_figure[one.reach].append(one)
    lines = []
    for _, some in sorted(by_figure.items(), key=lambda item: (item[0].low, item[0].high is None, item[0].high or 0)):
        first = min(some, key=_when)
        lines.append(f"{words.voices(some)}: {words.quoted(first)}{words.day(first.told)}{_added(first)}.")
    return lines


def _when(one: Stated) -> tuple[bool, str, str]:
    return (one.told is None, one.told.isoformat() if one.told else "", one.claim.id)


def _added(one: Stated) -> str:
    return f", {one.added}" if one.added else ""


def _shared_parents(standing: Sequence[Stated]) -> list[str]:
    names: dict[str, set[str]] = defaultdict(set)
    for one in standing:
        names[one.voice.party].add(one.voice.name)
    return [
        f"{words.listed(sorted(some))} belong to one party ({party}) and count as one origin."
        for party, some in sorted(names.items())
        if len(some) > 1
    ]


def _rings(standing: Sequence[Stated]) -> list[str]:
    rings = sorted({one.voice.ring for one in standing if one.voice.ring})
    return [f"{words.listed(ring)} credit one another in a ring and count as one origin." for ring in rings]


def _replaced(one: Superseded) -> str:
    earlier, later = one.earlier, one.later
    who = "" if earlier.voice.name == later.voice.name else f"{later.voice.name} of the same party said "
    fell = "; the count fell" if one.fell else ""
    return (
        f"{earlier.voice.name} said {words.quoted(earlier)}{words.day(earlier.told)}, then "
        f"{who}{words.quoted(later)}{words.day(later.told)}: the later count takes the place of the earlier{fell}."
    )


def _part(part: Part, case: Case, taxonomy: Taxonomy) -> str:
    said = words.listed(words.quoted(one) for one in part.stated)
    counts = "counts a part" if len(part.stated) == 1 else "count parts that share nobody"
    whole = f"{taxonomy.label(case.group)} must be {words.number(part.low)} or more"
    return f"{said} ({words.voices(part.stated)}) {counts}: {whole}."


def _contradictions(case: Case) -> list[str]:
    stated = {one.claim.id: one for one in case.standing}
    stated |= {claim: one for one in case.standing for claim in one.sum_of}
    stated |= {one.claim.id: one for part in case.parts for one in part.stated if one.claim.id not in stated}
    lines = []
    for pair in case.conflicts.shown:
        some = sorted({stated[claim].claim.id: stated[claim] for claim in pair if claim in stated}.values(), key=_low)
        told = words.listed(f"{words.quoted(one)} ({one.voice.name})" for one in some)
        lines.append(f"{told} can't {'both' if len(some) == 2 else 'all'} be true.")
    hidden = case.conflicts.count - len(case.conflicts.shown)
    return [*lines, *([f"{hidden} more pairs of figures contradict."] if hidden else [])]


def _fits(case: Case) -> list[str]:
    """Which of the figures that can't all be true fit together with the most parties behind them."""
    fits = case.conflicts.fits
    if case.conflicts.more:
        return ["Many sets of figures fit together with as many parties behind them; none has more than the others."]
    if len(fits) == 1:
        inside, outside = fits[0].inside, fits[0].outside
        what = "has more parties behind it" if len(inside) == 1 else "fit together, with more parties behind them"
        fit = "doesn't fit" if len(outside) == 1 else "don't fit"
        return [f"{_told(inside)} {what} than anything else that can be true; {_told(outside)} {fit}."]
    if any(len(fit.inside) > 1 for fit in fits):
        sets = "; or ".join(_told(fit.inside) for fit in fits)
        return [f"These fit together, with as many parties behind each set and no more behind any other: {sets}."]
    return ["No two of these figures fit together, and none has more parties behind it."] if fits else []


def _told(some: Sequence[Stated]) -> str:
    return words.listed(f"{words.quoted(one)} ({one.voice.name})" for one in some)


def _low(one: Stated) -> tuple[float, str]:
    return (one.interval.low, one.claim.id)


def _outgrown(case: Case) -> list[str]:
    """Why lower figures told earlier by others are no contradiction."""
    if case.measure.over == "grows" or not case.standing:
        return []
    last = sorted((one for one in case.standing if one.told), key=_when)[-TOLD:]
    early = [
        one
        for one in case.standing
        if one.early and one.claim.id not in case.conflicts.claims and any(_grew(one, other) for other in last)
    ]
    if not early:
        return []
    told = words.listed(f"{words.quoted(one)} ({one.voice.name})" for one in early)
    return [f"{told} was told while the toll was unfolding, before higher counts: it does not contradict them."]


def _grew(one: Stated, other: Stated) -> bool:
    return bool(one.told and other.told and one.told < other.told and one.reach.below(other.reach))


def _graded(case: Case) -> list[str]:
    """How well the harm of the incident is attested, by which method, and why."""
    grade = case.grade
    if grade is None or grade.grade is None or case.measure.name not in HARM:
        return []
    return [f"Graded {grade.grade} ({grade.by}): {grade.why}."]


def _left_out(aside: Iterable[SetAside]) -> list[str]:
    by_why: dict[str, int] = defaultdict(int)
    for one in aside:
        by_why[one.why] += 1
    return [f"{counted(count, 'claim')} set aside: {why}." for why, count in sorted(by_why.items())]
