"""How a figure came about, in sentences that a newspaper's reader understands.

Input: a case, what its rule set decided, what was set aside. Output: sentences in the order of the reasoning: who says
what, what later counts replaced, what parts demand, what contradicts, what the rule made of it, what was left out. Each
begins with the name and version of the rule it stands by. Every number and every name in them is the record's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tollbook.findings import words
from tollbook.findings.apart import agree
from tollbook.findings.cases import Stated
from tollbook.findings.concessions import tell_concessions
from tollbook.findings.disputes import outgrown, tell_conflicts, tell_fits
from tollbook.findings.grades import HARM
from tollbook.findings.intervals import Interval
from tollbook.findings.origins import parties
from tollbook.findings.parts import Part
from tollbook.findings.ruleset import Case, Figures
from tollbook.findings.status import Superseded
from tollbook.findings.steps import step
from tollbook.lexicon import Taxonomy
from tollbook.model import Bound, Claim, SetAside, Status
from tollbook.values import dataclass

# More lines of a kind than this are counted, not told: the claims are all in the finding's lists.
TOLD = 6
# Words of so many claims that are set aside for one reason are told; of more, how many there are.
QUOTED = 3

_STATUS = {
    "disputed": "disputed, because figures that stand can't all be true",
    "series": "a series, because what is counted grows by nature and several figures of it stand",
    "superseded": "superseded, because a later count took the place of an earlier one",
    "compatible": "compatible, because the figures differ and can all be true",
    "agreed": "agreed, because sources that are known to count each for itself give the same number",
    "single": "single, because no two sources are known to give it each for itself",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What a derivation tells of beside the case: the rule set, the status (None where nothing stands), the incident's
    claims by id, sentences on claims that were ruled on.
    """

    rule: str
    status: Status | None
    claims: Mapping[str, Claim]
    notes: Mapping[str, Sequence[str]]
    taxonomy: Taxonomy


def tell(case: Case, figures: Figures, aside: Sequence[SetAside], telling: Telling) -> tuple[str, ...]:
    """The whole derivation of one finding."""
    used = {claim for one in case.standing for claim in one.ids} | {one.claim for one in aside}
    used |= {claim for part in case.parts for one in part.stated for claim in one.ids}
    lines = [
        *_steps("says", _said([one for one in case.standing if not one.added], telling.rule), cut=True),
        *_steps("added-up", _said([one for one in case.standing if one.added], telling.rule), cut=True),
        *_steps("one-source", [*_shared_parents(case.standing), *_rings(case.standing), *_not_apart(case)], cut=True),
        *tell_concessions(case),
        *_steps("later-count", _later_counts(case), cut=True),
        *(step(one.rule, one.said) for one in case.remarks),
        *_steps("parts", _parts(case, telling.taxonomy)),
        *_steps("conflict", tell_conflicts(case), cut=True),
        *_steps("best-fit", tell_fits(case)),
        *_steps("still-rising", outgrown(case)),
        *figures.steps,
        *_graded(case),
        *_steps("set-aside", _left_out(aside, telling.claims), cut=True),
        *_steps("ruling", [line for claim in sorted(used) for line in telling.notes.get(claim, ())]),
        *_steps("status", [f"the figures are called {_STATUS[telling.status]}."] if telling.status else []),
    ]
    return tuple(dict.fromkeys(lines))


def _steps(name: str, lines: Sequence[str], *, cut: bool = False) -> list[str]:
    """Sentences with the rule they stand by; past a few the rest is counted where it may be `cut`."""
    told = [step(name, line) for line in (lines[:TOLD] if cut else lines)]
    return [*told, step(name, f"and {len(lines) - TOLD} more like these.")] if cut and len(lines) > TOLD else told


# ---- who says what ----


def _said(standing: Sequence[Stated], rule: str) -> list[str]:
    """A line for each figure: who gives it, in which words, when first."""
    by_figure: dict[tuple[Interval, Interval], list[Stated]] = defaultdict(list)
    for one in standing:
        by_figure[one.reach, one.interval].append(one)
    return [_figure(some, rule) for _, some in sorted(by_figure.items(), key=lambda item: _height(*item[0]))]


def _height(reach: Interval, interval: Interval) -> tuple[object, ...]:
    return tuple((one.low, one.high is None, one.high or 0) for one in (reach, interval))


def _figure(some: Sequence[Stated], rule: str) -> str:
    """ "Clinic said “12 people” on 3 May 2031.", "Police and Union each gave 12, first in the words “12 people”."."""
    first = min(some, key=words.when)
    names, day, amount = words.voices(some), words.day(first.told), words.span(first.interval)
    if first.added:
        return f"{names} counted {amount}{day}: {first.added}."
    quote, read = words.quoted(first), _as_read(first, rule)
    if len({one.voice.name for one in some}) == 1:
        return f"{names} said {quote}{day}{read and f', {read}'}."
    if read:
        return f"{names} gave figures like {quote}{day}, {read}."
    return f"{names} each gave {amount}, first in the words {quote}{day}."


def _as_read(one: Stated, rule: str) -> str:
    """What a rule set makes of words, where it is not what they say: "which range@1 reads as 24 or more"."""
    said = Interval.of(one.quantity)
    plain = one.interval.low in (said.low, one.quantity.value) and one.interval.high == said.high
    plain = plain and one.quantity.bound is not Bound.VAGUE
    return "" if plain else f"which {rule} reads as {words.span(one.interval)}"


def _shared_parents(standing: Sequence[Stated]) -> list[str]:
    names: dict[str, set[str]] = defaultdict(set)
    for one in standing:
        names[one.voice.party].add(one.voice.name)
    return [
        f"{words.listed(sorted(some))} {'both' if len(some) == 2 else 'all'} belong to {party} and count as one source."
        if party not in some
        else f"{words.listed(sorted(some - {party}))} and {party}, which is behind them, count as one source."
        for party, some in sorted(names.items())
        if len(some) > 1
    ]


def _rings(standing: Sequence[Stated]) -> list[str]:
    rings = sorted({one.voice.ring for one in standing if one.voice.ring})
    return [
        f"{words.listed(ring)} credit one another in turn, so that nobody knows whose figure it is: they count as one"
        " source."
        for ring in rings
    ]


def _not_apart(case: Case) -> list[str]:
    """Why several who give one figure don't agree in it: nobody knows that they have it from different sources."""
    voices = {one.voice for one in case.standing}
    differ = case.conflicts.count or len({one.reach for one in case.standing}) > 1
    if differ or len(parties(voices)) < 2 or agree(case.standing):
        return []
    names = words.listed(sorted({voice.name for voice in voices}))
    return [f"{names} may have it from one source, so that this is not called agreement."]


# ---- what time does ----


def _later_counts(case: Case) -> list[str]:
    """A line for each source whose later count took the place of earlier ones: all its counts in their order."""
    by_party: dict[str, list[Superseded]] = defaultdict(list)
    for one in case.gone:
        by_party[one.earlier.voice.party].append(one)
    return [_counts(party, some, case) for party, some in sorted(by_party.items())]


def _counts(party: str, gone: Sequence[Superseded], case: Case) -> str:
    """ "Harbour Office counted 9 or more on 2 May 2031, then 17 on 3 May 2031: the later count …"."""
    last = {_first_told(one.later, case) for one in gone}
    every = sorted({one.claim.id: one for one in (*(one.earlier for one in gone), *last)}.values(), key=words.when)
    told: list[Stated] = []
    for one in every:
        if not told or told[-1].interval != one.interval:
            told.append(one)
    names = sorted({one.voice.name for one in every})
    who = words.listed(names) + (f", one source ({party})," if names != [party] else "")
    some = [f"{words.counted_as(one)}{words.day(one.told)}" for one in told]
    if len(some) > TOLD:
        some = [*some[:2], f"{len(some) - 4} counts in between", *some[-2:]]
    what = "the later count takes the place of the earlier" if len(told) == 2 else "the last count stands"
    return f"{who} counted {', '.join(some[:-1])}, then {some[-1]}: {what}."


def _first_told(later: Stated, case: Case) -> Stated:
    """When a source first gave the count that stands: it may have said it again since."""
    same = [one for one in case.standing if (one.voice.party, one.interval) == (later.voice.party, later.interval)]
    return min((one for one in (later, *same) if one.told is not None), key=words.when)


# ---- parts and wholes ----


def _parts(case: Case, taxonomy: Taxonomy) -> list[str]:
    """What the highest of the parts demands of the whole, and that the others demand less."""
    if not case.parts:
        return []
    first, *others = case.parts
    lines = [f"{_demand(first)}, which asks for {_least(first)} {words.whole(case.group, taxonomy)}."]
    if not others:
        return lines
    told = (f"{words.number(part.low)} by {_who_counts(part)}{_if_disputed(part, ', disputed')}" for part in others)
    less = list(dict.fromkeys(told))
    left = f"; and {len(less) - words.NAMED} others" if len(less) > words.NAMED else ""
    return [*lines, f"what else is counted of some of them asks for no more: {'; '.join(less[: words.NAMED])}{left}."]


def _who_counts(part: Part) -> str:
    """ "“nine men” and “ten women” (Clinic)"."""
    said = (f"{words.quoted(one)} ({one.added})" if one.added else words.quoted(one) for one in part.stated)
    return f"{words.listed(said)} ({words.voices(part.stated)})"


def _demand(part: Part) -> str:
    """ "“nine men” and “ten women” (Clinic) count different people"."""
    if len(part.stated) > 1:
        what = "count different people"
    elif part.stated[0].claim.basis == "increment":
        what = "counts people newly added"
    else:
        what = "counts only some of them"
    return f"{_who_counts(part)} {what}"


def _least(part: Part) -> str:
    """ "19 or more", and why it may be less than what is said."""
    why = _if_disputed(part, " (where such a count is disputed, its lowest figure is taken)")
    return f"{words.number(part.low)} or more{why}"


def _if_disputed(part: Part, note: str) -> str:
    """The note, where a part asks for less than it says, since its figure is disputed."""
    return "" if sum(one.interval.low for one in part.stated) == part.low else note


# ---- what was left out ----


def _graded(case: Case) -> list[str]:
    """How well the harm of the incident is attested, by which method, and why."""
    grade = case.grade
    if grade is None or grade.grade is None or case.measure.name not in HARM:
        return []
    return [step("grade", f"graded {grade.grade} ({grade.by}): {grade.why}.")]


def _left_out(aside: Iterable[SetAside], claims: Mapping[str, Claim]) -> list[str]:
    """A line for each reason: the words of a few claims, of more how many there are."""
    by_why: dict[str, list[str]] = defaultdict(list)
    for one in aside:
        by_why[one.why].append(one.claim)
    return [_set_aside(why, some, claims) for why, some in sorted(by_why.items())]


def _set_aside(why: str, some: Sequence[str], claims: Mapping[str, Claim]) -> str:
    quotes = list(dict.fromkeys(words.words_of(claims[one].said) for one in some if one in claims))
    if len(some) == 1:
        return f"{quotes[0] if quotes else '1 claim'} is set aside: {why.rstrip('.')}."
    told = words.listed(quotes) if len(quotes) == len(some) <= QUOTED else f"{len(some)} claims"
    return f"{told} are set aside, each for this reason: {why.rstrip('.')}."
