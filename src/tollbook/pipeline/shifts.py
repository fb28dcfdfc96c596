"""Which figures each report and each ruling moved, found by working them out as they were before it and after it.

Input: a record with its rulings, its past, and rule sets. Output: a `Shift` for each figure that moved, and a `Came`
for reports that came together. Worked: a union's 44 of Friday's report made "killed" 31–44, which was 31; ruling 12
rejects it, so that it is 31 again. Nothing is stored: of today's claims those count that were there by then. Only
incidents to which something happened twice are worked out again, once for each day of reports and each ruling that
changed what counts, and their last state is the published one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tollbook.dossiers.moved import Came, Figure, Shift
from tollbook.findings import RuleSet
from tollbook.model import Claim, Finding, Placement, Record, Ruling
from tollbook.pipeline.analyse import Overlays, source_book
from tollbook.pipeline.identities import Grouping
from tollbook.pipeline.past import Nest, Past, Step, nests
from tollbook.pipeline.regroup import MOVES, regroup
from tollbook.rulings import Action, Verdict, decide, id_of, standing

Key = tuple[str, str, str, str, str]
Figures = Mapping[Key, Figure]


def shifts(
    record: Record,
    rules: Sequence[str | RuleSet],
    overlays: Overlays,
    past: Past,
    hidden: frozenset[str] = frozenset(),
) -> tuple[tuple[Shift, ...], tuple[Came, ...]]:
    """All shifts and all that came, in the order of the log.

    Of an incident of which a claim is `hidden` it is not told what reports did.
    """
    replay = _Replay(record, rules, overlays, past)
    moved, came = list[Shift](), list[Came]()
    for nest in nests(record, past):
        untold = any(claim.id in hidden for claim in (*nest.grouping.claims, *nest.hand))
        before: Figures = {}
        there: frozenset[str] = frozenset()
        for step, after, now in replay.states(nest):
            if step.reports and not untold:
                began = tuple(sorted(now - there))
                came.append(Came(step.event, step.when, step.reports, began, tuple(sorted(now | there))))
            if step.ruling or not untold:
                moved.extend(_between(step, before, after))
            before, there = after, now
    return tuple(sorted(moved, key=lambda one: one.event)), tuple(sorted(came, key=lambda one: one.event))


def _between(step: Step, before: Figures, after: Figures) -> Iterator[Shift]:
    for key in (*after, *(key for key in before if key not in after)):
        was, now = before.get(key), after.get(key)
        if was != now:
            yield Shift(step.event, *key, was, now)


class _Replay:
    """Works out what stood of some incidents after each step."""

    def __init__(self, record: Record, rules: Sequence[str | RuleSet], overlays: Overlays, past: Past) -> None:
        self._rules, self._past = rules, past
        self._placed = {one.report: one for one in past.grouping.placements}
        self._final: dict[str, list[Finding]] = {}
        for one in record.findings:
            self._final.setdefault(one.incident, []).append(one)
        officials = (pair for reading in record.readings for pair in reading.offices)
        self._given: dict[str, Any] = {
            "sources": source_book(overlays).with_officials(officials),
            "as_of": record.as_of,
            "published": {report.id: report.published_date for report in record.reports},
            "texts": {report.id: report.text_sha256 for report in record.reports},
        }

    def states(self, nest: Nest) -> Iterator[tuple[Step, Figures, frozenset[str]]]:
        """Each step with the figures and the incidents that there are after it; the last ones are the record's."""
        past: list[Ruling] = []
        reports: set[str] = set()
        figures: Figures = {}
        there: frozenset[str] = frozenset()
        decided = _Decided(nest)
        matter = [step for step in nest.steps if step.ruling is None or decided.matters(step.ruling)]
        ahead = iter(matter)
        due = next(ahead, None)
        for step in nest.steps:
            past += [step.ruling] if step.ruling else []
            reports.update(step.reports)
            if step is due:
                due = next(ahead, None)
                figures, there = self._state(nest, step, reports, past) if due else self._last(nest)
            yield step, figures, there

    def _last(self, nest: Nest) -> tuple[Figures, frozenset[str]]:
        found = (one for name in sorted(nest.incidents) for one in self._final.get(name, ()))
        return _figures(found), nest.incidents

    def _state(
        self, nest: Nest, step: Step, reports: set[str], past: Sequence[Ruling]
    ) -> tuple[Figures, frozenset[str]]:
        from tollbook import findings  # on first need: few incidents have a past

        made = {id_of(one) for one in past if one.action == Action.CLAIM}
        by_hand = (replace(claim, incident=None) for claim in nest.hand if claim.id in made)
        claims = (*(claim for claim in nest.grouping.claims if claim.report in reports), *by_hand)
        said = tuple(one for one in nest.grouping.characterisations if one.report in reports)
        grouping = Grouping(claims, nest.grouping.incidents, self._placements(claims, step), said)
        if any(one.action in MOVES for one in past):
            grouping = regroup(grouping, standing(past))
        found = findings.reconcile(
            grouping.incidents, grouping.claims, past, self._rules,
            placements=grouping.placements, characterisations=grouping.characterisations, **self._given,
        )  # fmt: skip
        return _figures(found), frozenset(claim.incident for claim in grouping.claims if claim.incident)

    def _placements(self, claims: Sequence[Claim], step: Step) -> tuple[Placement, ...]:
        """Where the reports of some claims stand, and those that they are copies of, as far as they had come."""
        here = {claim.report for claim in claims}
        here |= {one.copy_of for name in here if (one := self._placed.get(name)) and one.copy_of}
        return tuple(
            self._placed[name]
            for name in sorted(here)
            if name in self._placed and self._past.came.get(name, (0, ""))[0] <= step.event
        )


def _figures(found: Iterable[Finding]) -> Figures:
    return {
        (one.incident, one.rules, one.measure, one.group, one.unit): Figure.of(one) for one in found if one.supports
    }


class _Decided:
    """What people decided of each claim of a nest, ruling by ruling."""

    def __init__(self, nest: Nest) -> None:
        claims = (*nest.grouping.claims, *nest.hand)
        self._facts = {claim.id for claim in claims if claim.modality == "asserted"}
        self._about: dict[int, str] = {}
        self._own: dict[str, list[Ruling]] = {}

    def matters(self, one: Ruling) -> bool:
        """False where a ruling changes nothing that figures rest on: what is told as a fact and was never rejected
        counts, accepted or not.
        """
        if one.action == Action.WITHDRAW:
            name = self._about.get(int(one.values.get("ruling") or 0), "")
        else:
            name = "" if one.action in MOVES else one.claim or id_of(one)
        self._about[one.seq] = name
        if not name:
            return True
        own = self._own.setdefault(name, [])
        before = self._made(name, own)
        own.append(one)
        return self._made(name, own) != before

    def _made(self, name: str, rulings: Sequence[Ruling]) -> object:
        made = decide(standing(rulings))
        accepted = made.verdict is Verdict.ACCEPTED and (name not in self._facts or bool(made.changes))
        return accepted, made.verdict is Verdict.REJECTED, made.changes, made.grade, made.tied
