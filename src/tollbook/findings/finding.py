"""A case and what its rule set decided become a `Finding`: what carries it, what is set aside, the steps in sentences.

Input: a `Case`, the claims set aside beside it, the rule set. Output: the line of the record. A rule set that makes no
figure of what stands sets it aside with its name, so that a line without a number rests on no claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tollbook.findings.cases import Stated
from tollbook.findings.derivation import Telling, tell
from tollbook.findings.desk import Desk
from tollbook.findings.grades import HARM
from tollbook.findings.intervals import position
from tollbook.findings.origins import parties
from tollbook.findings.ruleset import Case, Figures, Remark, RuleSet
from tollbook.findings.status import status
from tollbook.model import Claim, Finding, Notice, Position, SetAside, Status


def finding_of(
    case: Case, aside: Sequence[SetAside], rule: RuleSet, desk: Desk, claims: Mapping[str, Claim]
) -> Finding:
    """The finding of a case under a rule set; `claims` are the incident's by id."""
    figures = rule.decide(case)
    figures = replace(figures, steps=(*_provenance(rule), *figures.steps))
    not_counted = {one.claim for one in figures.aside}
    resting = tuple(one for one in _resting(case, figures) if not_counted.isdisjoint(one.ids))
    aside = [*aside, *figures.aside]
    if (figures.low, figures.best, figures.high) == (None, None, None):
        aside, resting = [*aside, *_refused(resting, rule)], ()
    supports = tuple(sorted({claim for one in resting for claim in one.ids}))
    left = _aside(aside, supports)
    days = [one.told for one in resting if one.told is not None]
    who = parties(one.voice for one in case.standing or resting)
    called = _status(case)
    return Finding(
        incident=case.incident,
        measure=case.measure.name,
        group=case.group,
        unit=case.unit,
        rules=rule.id,
        low=figures.low,
        best=figures.best,
        high=figures.high,
        status=called,
        grade=case.grade.grade if case.grade is not None and case.measure.name in HARM else None,
        as_of=desk.as_of or max(days, default=None),
        origins=len(who),
        parties=who,
        positions=_positions(case.standing),
        supports=supports,
        set_aside=left,
        conflicts=case.conflicts.shown,
        remarks=tuple(_notice(one) for one in case.remarks),
        derivation=(
            *tell(
                case,
                figures,
                left,
                Telling(rule.id, called if supports else None, claims, desk.ruled.notes, desk.taxonomy),
            ),
            *_untied(resting),
        ),
    )


def _untied(resting: Sequence[Stated]) -> tuple[str, ...]:
    """A line where nothing but spreadsheets carries a figure."""
    if not resting or not all(one.claim.is_of_sheet for one in resting):
        return ()
    return ("sheet@1: this rests only on rows of a spreadsheet that nobody has tied to words of a report.",)


def _provenance(rule: RuleSet) -> tuple[str, ...]:
    """Where a rule set that did not come with tollbook is written, and the hash by which that can be checked."""
    if rule.source is None:
        return ()
    return (f"{rule.id}: a rule set of the user's own, {rule.source}, SHA-256 {rule.sha256 or 'not known'}.",)


def _notice(one: Remark) -> tuple[str, Notice]:
    """A remark as a notice on the report of its claim; a notice has a place in the text only."""
    span = one.claim.span
    ends = (span.start, span.end) if span.part == "text" else (None, None)
    return one.claim.report, Notice(one.rule, one.said, *ends)


def _status(case: Case) -> Status:
    """Of a whole that nobody states, what its parts are: one voice's, or several that fit."""
    if case.standing:
        return status(case.standing, case.gone, case.conflicts, case.measure.over)
    return "compatible" if len(parties(one.voice for part in case.parts for one in part.stated)) > 1 else "single"


def _resting(case: Case, figures: Figures) -> tuple[Stated, ...]:
    """What carries the figure: totals that stand and the parts that raise its lower end; else all its parts."""
    if not case.standing:
        return tuple(one for part in case.parts for one in part.stated)
    lowest = max(one.interval.low for one in case.standing)
    raising = [part for part in case.parts if part.low == figures.low and part.low > lowest]
    return (*case.standing, *(one for part in raising for one in part.stated))


def _aside(aside: Iterable[SetAside], supports: Sequence[str]) -> tuple[SetAside, ...]:
    """Each claim once, sorted; what carries the figure is not set aside."""
    carrying = set(supports)
    once = {one.claim: one for one in sorted(aside, key=lambda one: (one.claim, one.why), reverse=True)}
    return tuple(once[claim] for claim in sorted(once) if claim not in carrying)


def _positions(standing: Sequence[Stated]) -> tuple[Position, ...]:
    by_party: dict[str, list[Stated]] = defaultdict(list)
    for one in standing:
        by_party[one.voice.party].append(one)
    found = []
    for party, some in sorted(by_party.items()):
        left = position(one.interval for one in some)
        found.append(Position(party, left.low, left.high, tuple(sorted({c for one in some for c in one.ids}))))
    return tuple(found)


def _refused(resting: Sequence[Stated], rule: RuleSet) -> list[SetAside]:
    """What stands, where a rule set makes no figure of it: "dozens" where only numbers count."""
    return [SetAside(claim, f"{rule.id} makes no figure of it") for one in resting for claim in one.ids]
