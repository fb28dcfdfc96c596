"""How far a figure would move were one of its claims rejected: what is most worth a person's look. Pure.

Input: what `reckon` is given, of whole incidents. Output: an `Effect` for each claim that could move a figure. Worked:
31 by a clinic and 34 by a ministry leave 31–34; without the ministry's it is 31, so that its claim could move the upper
end by 3 of 34, a share of 0.09. A claim that alone carries a figure could take it away: 1.

Each claim that counts is left out in turn, and what it was counted among is decided again; one that only repeats
another is not, for that one stays. Of an incident in which very many claims count, those alone are left out that give
an end or the best of a figure: the others are taken to move nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from tollbook.findings.cases import Sorted
from tollbook.findings.concessions import told_by
from tollbook.findings.decided import apply_rulings
from tollbook.findings.desk import Desk, File, Gathered, gathered, known
from tollbook.findings.grades import conceded_in, grades_of
from tollbook.findings.origins import Sources
from tollbook.findings.parts import part_ids
from tollbook.findings.reconcile import cases_of, desk_of, of_incidents
from tollbook.findings.rules import chosen
from tollbook.findings.ruleset import Case, Figures, RuleSet
from tollbook.lexicon import load_taxonomy
from tollbook.model import Characterisation, Claim, Grade, Incident, Number, Placement, Ruling
from tollbook.values import dataclass

# Where more claims of an incident count than these, only those that give an end or a best are left out.
MANY = 120

Ends = tuple[Number | None, Number | None, Number | None]
Figure = tuple[str, str, str]
_NOTHING: Ends = (None, None, None)
# What it is worth that an end or a best is known or not; that there is no figure left at all is worth 1.
_KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Effect:
    """How far, from 0 to 1, which figure moves furthest, and its low, best and high before it and after it."""

    share: float = 0.0
    figure: Figure = ("", "", "")
    before: Ends = _NOTHING
    after: Ends = _NOTHING


def effects(
    incidents: Sequence[Incident],
    claims: Sequence[Claim],
    rulings: Sequence[Ruling] = (),
    rules: Sequence[str | RuleSet] = ("range",),
    *,
    placements: Sequence[Placement] = (),
    characterisations: Sequence[Characterisation] = (),
    sources: Sources | None = None,
    published: Mapping[str, dt.date | None] | None = None,
    texts: Mapping[str, str] | None = None,
    many: int = MANY,
) -> dict[str, Effect]:
    """What each claim could move, by its id; a claim that isn't there moves nothing."""
    ruled = apply_rulings(known(claims, published or {}, None), rulings, texts)
    desk = desk_of(ruled, placements, sources, published or {}, load_taxonomy())
    by_id, said = {one.id: one for one in incidents}, told_by(characterisations, desk)
    found: dict[str, Effect] = {}
    for name, some in of_incidents(desk):
        incident = by_id.get(name)
        judge = _Judge(desk, incident, said.get(name, ()), tuple(rulings), chosen(rules))
        found |= _of_incident(gathered(incident, some, desk), judge, many)
    return found


def _of_incident(own: Gathered, judge: _Judge, many: int) -> dict[str, Effect]:
    lists = own.sorted(own.setup)
    file = own.file(lists)
    base, carrying = judge.figures(file, file.sorted), judge.carrying(file)
    counted = sum(len(some) for one in lists.values() for some in one.counted.values())
    found = {}
    for key, one in lists.items():
        for claim in _candidates(own, key, one):
            if counted <= many or claim in carrying:
                effect = _without(claim, key, own, lists, file, base, judge)
                if effect.share:
                    found[claim] = effect
    return found


def _candidates(own: Gathered, key: tuple[str, str], lists: Sorted) -> list[str]:
    """Claims whose loss may change what counts: those that count, and others by which these are sorted and added up."""
    named = {name for claim in own.claims.values() for name in (claim.beside, claim.part_of)}
    counted = {one.claim.id for some in lists.counted.values() for one in some}
    whole = any(one.claim.basis == "aggregate" for one in own.voiced[key])
    ids = dict.fromkeys(one.claim.id for one in own.voiced[key])
    return [claim for claim in ids if claim in counted or whole or (claim in lists.repeats and claim in named)]


def _without(
    claim: str, key: tuple[str, str], own: Gathered, lists: Mapping[tuple[str, str], Sorted], file: File,
    base: Mapping[tuple[str, Figure], Ends], judge: _Judge,
) -> Effect:  # fmt: skip
    """What one claim moves furthest, when it is left out."""
    setup = replace(own.setup, rejected={**own.setup.rejected, claim: "left out"})
    left = own.file({**lists, key: own.sorted_list(key, setup)})
    changed = {name for name, one in left.sorted.items() if one is not file.sorted[name] and one != file.sorted[name]}
    now = judge.figures(left, changed)
    measured = {(measure, unit) for measure, unit in changed}
    best = Effect()
    for name in sorted({*now, *(one for one in base if judge.touches(one, measured))}):
        before, after = base.get(name, _NOTHING), now.get(name, _NOTHING)
        share = moved(before, after)
        if share > best.share:
            best = Effect(share, name[1], before, after)
    return best


def moved(before: Ends, after: Ends) -> float:
    """How far a figure moves, as a share of the larger number; from something to nothing, or back, is 1."""
    if before == after:
        return 0.0
    if _NOTHING in (before, after):
        return 1.0
    return max(_share(one, other) for one, other in zip(before, after, strict=True))


def _share(one: Number | None, other: Number | None) -> float:
    if one is None or other is None:
        return 0.0 if one is other else _KNOWN
    return abs(one - other) / max(one, other) if one != other else 0.0


@dataclass(frozen=True, slots=True)
class _Judge:
    """The rule sets, and what they are told of an incident beside its claims."""

    desk: Desk
    incident: Incident | None
    said: Sequence[Characterisation]
    rulings: tuple[Ruling, ...]
    sets: tuple[RuleSet, ...]

    def figures(self, file: File, keys: Collection[tuple[str, str]]) -> dict[tuple[str, Figure], Ends]:
        """Low, best and high of each figure of some lists under each rule set."""
        decided = (one for rule in self.sets for one in self._decided(file, keys, rule))
        return {name: (one.low, one.best, one.high) for name, _, one in decided}

    def touches(self, name: tuple[str, Figure], keys: Collection[tuple[str, str]]) -> bool:
        """True where a figure is made of one of some lists."""
        rule = next(rule for rule in self.sets if rule.id == name[0])
        return rule.mixes or (name[1][0], name[1][2]) in keys

    def carrying(self, file: File) -> set[str]:
        """The claims that give an end or the best of a figure."""
        decided = (one for rule in self.sets for one in self._decided(file, file.sorted, rule))
        return {claim for _, case, figures in decided for claim in _carrying(case, figures)}

    def _decided(
        self, file: File, keys: Collection[tuple[str, str]], rule: RuleSet
    ) -> Iterator[tuple[tuple[str, Figure], Case, Figures]]:
        taxonomy = rule.taxonomy(self.desk.taxonomy)
        grade, against = self._judged(file) if rule.source is not None else (None, {})
        for (measure, unit), lists in rule.remeasure(file.sorted).items():
            if rule.covers(measure) and (rule.mixes or (measure, unit) in keys):
                for case, _ in cases_of(file, lists, taxonomy.measures[measure], unit, rule, taxonomy):
                    judged = replace(
                        case, incident=file.incident, grade=grade, graded=self.desk.ruled.grades, conceded=against
                    )
                    yield (rule.id, (measure, case.group, unit)), judged, rule.decide(judged)

    def _judged(self, file: File) -> tuple[Grade, Mapping[str, tuple[str, ...]]]:
        """How well the incident is attested; of the rule sets only those of a user's own ask for it."""
        by_id = {self.incident.id: self.incident} if self.incident is not None else {}
        grades = grades_of([file], by_id, {file.incident: self.said}, self.rulings, self.desk)
        return grades[file.incident], conceded_in(file, self.said, self.desk.sources)


def _carrying(case: Case, figures: Figures) -> set[str]:
    """Who gives an end or the best, and who says least and most: an end may be open or lie between for these."""
    said = [one.interval for one in case.standing]
    least = min((one.high for one in said if one.high is not None), default=None)
    ends = {figures.low, figures.best, figures.high, least, max((one.low for one in said), default=None)} - {None}
    standing = (one for one in case.standing if ends & {one.interval.low, one.interval.high, one.point})
    parts = (part for part in case.parts[:2] if part.low == figures.low or not case.standing)
    return {*(claim for one in standing for claim in one.ids), *(claim for part in parts for claim in part_ids(part))}
