"""What a reader might trip over in counts that move: a toll that falls, people counted under two heads, unknown groups.

Input: the cases of one incident. Output: the same cases with their remarks, each a sentence beside a claim. "The clinic
counted 17 dead on Monday and 15 on Wednesday"; "two of the injured died": who adds the dead to the injured counts two
people twice. Nothing is inferred but from the words, or from both counts of one source moving: then it says "may".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from tollbook.findings import words
from tollbook.findings.cases import Stated
from tollbook.findings.ruleset import Case, Remark
from tollbook.findings.survivors import DEAD, HURT
from tollbook.lexicon import Taxonomy
from tollbook.model import Claim
from tollbook.values import dataclass

_Key = tuple[str, str, str]


def remarked(cases: Sequence[Case], claims: Mapping[str, Claim], taxonomy: Taxonomy) -> list[Case]:
    """The cases of an incident, each with what is to be said of how its counts move."""
    by_key = {_key(case): case for case in cases}
    found: dict[_Key, list[Remark]] = defaultdict(list)
    for case in cases:
        found[_key(case)] += [*_falls(case), *_unknown(case, taxonomy)]
    for dead in (case for case in cases if case.measure.name == DEAD):
        for measure in taxonomy.moved:
            before = by_key.get((measure, dead.group, dead.unit))
            remarks = [*_by_words(dead, measure, claims, taxonomy), *(_by_series(dead, before) if before else ())]
            found[_key(dead)] += remarks
            if before is not None:
                found[_key(before)] += remarks
    return [replace(case, remarks=tuple(found[_key(case)])) for case in cases]


def _key(case: Case) -> _Key:
    return (case.measure.name, case.group, case.unit)


def _totals(case: Case) -> list[Stated]:
    return [*case.standing, *(one.earlier for one in case.gone)]


@dataclass(frozen=True, slots=True)
class _Step:
    """Two totals that one voice gives one after the other."""

    early: Stated
    late: Stated

    @property
    def fell(self) -> bool:
        return self.late.reach.below(self.early.reach)

    @property
    def rose(self) -> bool:
        return self.early.reach.below(self.late.reach)

    def overlaps(self, other: _Step) -> bool:
        """True where some of the time between the two counts is common to both pairs."""
        ours, theirs = (self.early.told, self.late.told), (other.early.told, other.late.told)
        return bool(
            ours[0] and ours[1] and theirs[0] and theirs[1] and max(ours[0], theirs[0]) < min(ours[1], theirs[1])
        )


def _series(totals: Iterable[Stated]) -> Iterator[_Step]:
    """Each two totals of a voice on days that follow each other; of one day the highest counts."""
    by_voice: dict[str, dict[object, Stated]] = defaultdict(dict)
    for one in sorted(totals, key=lambda one: (one.reach.low, one.claim.id)):
        if one.told is not None and not one.sum_of:
            by_voice[one.voice.key][one.told] = one
    for _, by_day in sorted(by_voice.items()):
        for early, late in pairwise(sorted(by_day.values(), key=words.when)):
            yield _Step(early, late)


# ---- a toll that falls ----


def _falls(case: Case) -> Iterator[Remark]:
    """A voice's later total that is lower, of what can only rise: "17" on Monday, "15" on Wednesday."""
    if case.measure.over != "up":
        return
    for pair in _series(_totals(case)):
        if pair.fell:
            told = f"{words.quoted(pair.early)}{words.day(pair.early.told)}, {words.quoted(pair.late)}"
            yield Remark(
                "fall",
                f"{pair.late.voice.name} counted fewer {case.measure.label} later: {told}{words.day(pair.late.told)}."
                " Such a count does not fall by itself: it was corrected downward, or one of the two is wrong.",
                pair.late.claim,
            )


# ---- people who move from one count to another ----


def _by_words(dead: Case, measure: str, claims: Mapping[str, Claim], taxonomy: Taxonomy) -> Iterator[Remark]:
    """ "Two of the injured died", "four of the 12 missing were found dead": these were counted before.

    Of five who were hit and one of these who died the dead are taken off the injured already (`survivors`).
    """
    stated = [*_totals(dead), *(one for part in dead.parts for one in part.stated)]
    for one in sorted({one.claim.id: one for one in stated}.values(), key=lambda one: one.claim.id):
        whole = claims.get(one.claim.part_of or "")
        found_dead = whole is not None and whole.measure == measure != HURT
        if found_dead or _names(one.claim.said, taxonomy.moved[measure]):
            yield Remark(
                "moved",
                f"{words.words_of(one.claim.said)} ({one.voice.name}) counts among the dead people who were counted as"
                f" {measure} before: adding {measure} and {DEAD} would count them twice.",
                one.claim,
            )


def _names(said: str, nouns: tuple[str, ...]) -> bool:
    return _of_those(nouns).search(said) is not None


@cache
def _of_those(nouns: tuple[str, ...]) -> re.Pattern[str]:
    """ "Of the missing", "of those reported injured"."""
    among = "|".join(map(re.escape, nouns))
    return re.compile(rf"\bof (?:the|those|these)(?: \w+)? (?:{among})\b", re.IGNORECASE)


def _by_series(dead: Case, before: Case) -> Iterator[Remark]:
    """One voice's count of missing or injured falls while its count of dead rises: some may be the same people."""
    fallen = [pair for pair in _series(_totals(before)) if pair.fell]
    for rise in (pair for pair in _series(_totals(dead)) if pair.rose):
        fall = next(
            (pair for pair in fallen if pair.early.voice.key == rise.early.voice.key and pair.overlaps(rise)), None
        )
        if fall is not None:
            yield Remark(
                "moved",
                f"{rise.late.voice.name} counted fewer {before.measure.label} ({_between(fall)}) while it counted more"
                f" {DEAD} ({_between(rise)}): some may be the same people, whom adding the two would count twice.",
                rise.late.claim,
            )


def _between(pair: _Step) -> str:
    """ "12 on 3 May 2031, 8 on 5 May 2031"."""
    return ", ".join(f"{words.counted_as(one)}{words.day(one.told)}" for one in (pair.early, pair.late))


# ---- groups that nobody knows ----


def _unknown(case: Case, taxonomy: Taxonomy) -> Iterator[Remark]:
    """A group that is in no list, kept as stated: "lamplighters"."""
    if case.group not in (*taxonomy.labels, "other") and _totals(case):
        yield Remark(
            "group",
            f"the group “{case.group}” is in no list of groups: it is kept as stated.",
            min(_totals(case), key=words.when).claim,
        )
