"""The stage's main function: claims of each incident are sorted, voiced, read by each rule set, and decided."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tollbook.findings import words
from tollbook.findings.cases import Counted, Setup, Sorted, Stated, sort_claims, told_on, unfolding_until
from tollbook.findings.conflicts import conflicts
from tollbook.findings.decided import Ruled, apply_rulings
from tollbook.findings.derivation import tell
from tollbook.findings.excess import addends
from tollbook.findings.intervals import Interval, position
from tollbook.findings.origins import Sources, leads_of, parties, voices
from tollbook.findings.parts import Part, by_description, lower_bounds, part_ids
from tollbook.findings.roles import of_some, only_some, role
from tollbook.findings.rules import chosen
from tollbook.findings.ruleset import Case, Figures, Groups, RuleSet, remaining, together
from tollbook.findings.status import Superseded, add_increments, status, supersede
from tollbook.findings.sums import add_up
from tollbook.findings.survivors import without_dead
from tollbook.lexicon import Taxonomy, load_taxonomy
from tollbook.lexicon.taxonomy import Measure
from tollbook.model import Claim, Finding, Incident, Placement, Position, Ruling, SetAside, Status

# Units of which the groups are people, so that figures of groups bound those of all.
_OF_PEOPLE = ("person", "household", "family")


def reconcile(
    incidents: Sequence[Incident],
    claims: Sequence[Claim],
    rulings: Sequence[Ruling] = (),
    rules: Sequence[str] = ("range",),
    *,
    placements: Sequence[Placement] = (),
    sources: Sources | None = None,
    as_of: dt.date | None = None,
    published: Mapping[str, dt.date | None] | None = None,
    texts: Mapping[str, str] | None = None,
    taxonomy: Taxonomy | None = None,
) -> tuple[Finding, ...]:
    """Findings of all incidents, rule sets in the order given, each sorted by incident, measure, group and unit.

    `published` gives the day each report was published: what was published after `as_of` is left out, and a claim
    without a day of its own counts up to it. `texts` gives each report's text hash, by which rulings find their words
    when a newer reader spans them otherwise. `sources` knows parents; without it every name is its own party.
    Raises UsageError for an unknown rule set.
    """
    sets = chosen(rules)
    words = taxonomy or load_taxonomy()
    ruled = apply_rulings(_known(claims, published or {}, as_of), rulings, texts)
    placed = {one.report: one for one in placements}
    leads = leads_of({claim.report for claim in ruled.claims}, placed)
    desk = _Desk(ruled, placed, leads, sources, published or {}, words, as_of)
    by_id = {one.id: one for one in incidents}
    by_incident: dict[str, list[Claim]] = defaultdict(list)
    for claim in ruled.claims:
        if claim.incident is not None and words.counts(claim.measure, claim.unit):
            by_incident[claim.incident].append(claim)
    opened = [_open(by_id.get(incident), some, desk) for incident, some in sorted(by_incident.items())]
    return tuple(finding for rule in sets for file in opened for finding in _findings(file, rule, desk))


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every incident's reckoning needs."""

    ruled: Ruled
    placements: Mapping[str, Placement]
    leads: Mapping[str, str]
    sources: Sources | None
    published: Mapping[str, dt.date | None]
    taxonomy: Taxonomy
    as_of: dt.date | None


@dataclass(frozen=True, slots=True)
class _File:
    """One incident's claims, sorted, by measure and unit."""

    incident: str
    claims: Mapping[str, Claim]
    sorted: Mapping[tuple[str, str], Sorted]


def _known(claims: Iterable[Claim], published: Mapping[str, dt.date | None], as_of: dt.date | None) -> list[Claim]:
    """Claims that were public on a day, in an order of their own; all of them where no day is asked for."""
    days = {claim: published.get(claim.report) or claim.as_of for claim in claims} if as_of else {}
    known = [claim for claim in claims if as_of is None or (day := days[claim]) is None or day <= as_of]
    return sorted(known, key=lambda claim: (claim.id, claim.report))


def _open(incident: Incident | None, claims: Sequence[Claim], desk: _Desk) -> _File:
    told = [told_on(claim, desk.published) for claim in claims]
    until = unfolding_until(incident, [day for day in told if day is not None])
    setup = Setup(desk.taxonomy, desk.leads, desk.ruled.rejected, desk.ruled.accepted)
    grouped: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    said_by = voices(claims, desk.placements, desk.leads, desk.sources)
    for claim, voice, day in zip(claims, said_by, told, strict=True):
        early = until is not None and day is not None and day <= until
        grouped[claim.measure, claim.unit].append(Counted(claim, voice, day, early))
    name = claims[0].incident or ""
    lists = {key: sort_claims(some, setup) for key, some in grouped.items()}
    return _File(name, {one.id: one for one in claims}, without_dead(add_up(lists, desk.taxonomy)))


# ---- one rule set on one incident ----


def _findings(file: _File, rule: RuleSet, desk: _Desk) -> list[Finding]:
    found = []
    for (measure, unit), lists in file.sorted.items():
        if rule.covers(measure):
            for case, aside in _cases(file, lists, desk.taxonomy.measures[measure], unit, rule, desk.taxonomy):
                found.append(_finding(file.incident, case, aside, rule, desk))
    return sorted(found, key=lambda one: (one.measure, one.group, one.unit))


def _cases(
    file: _File, lists: Sorted, measure: Measure, unit: str, rule: RuleSet, taxonomy: Taxonomy
) -> Iterator[tuple[Case, list[SetAside]]]:
    """A case for each group that is stated, and for each whole that a stated group of people lies in."""
    told = rule.regroup(lists.counted)
    groups = {group: _divide(file, some, measure, rule, taxonomy) for group, some in told.items()}
    aside = _with_left_out(lists, told, rule.left_out)
    wholes = {whole for group in groups for whole in taxonomy.wholes(group)} if unit in _OF_PEOPLE else set()
    for group in sorted({*groups, *aside, *wholes}):
        own = groups.get(group, _Divided())
        members = {
            name: one.standing or one.loose
            for name, one in groups.items()
            if unit in _OF_PEOPLE and group in taxonomy.wholes(name) and (one.standing or one.loose)
        }
        parts = lower_bounds(group, members, own.loose, taxonomy, measure.over)
        parts = sorted([*parts, *own.affiliated], key=lambda part: (-part.low, part_ids(part)))
        totals = {name for name in members if groups[name].standing}
        within = addends(group, members, totals, [*own.loose, *own.described], taxonomy)
        found = conflicts(own.standing, within, measure.over, taxonomy)
        case = Case(measure, group, unit, tuple(own.standing), tuple(own.gone), tuple(parts), found)
        affiliated = [one for part in own.affiliated for one in part.stated]
        yield case, [*aside.get(group, ()), *_replaced(own.gone), *_partly([*own.loose, *affiliated])]


def _with_left_out(lists: Sorted, told: Groups, why: str) -> dict[str, tuple[SetAside, ...]]:
    """What is set aside, with the claims that a rule set's own grouping leaves out."""
    kept = {one.claim.id for some in told.values() for one in some}
    aside = dict(lists.aside)
    for group, some in lists.counted.items():
        gone = tuple(SetAside(one.claim.id, why) for one in some if one.claim.id not in kept)
        if gone:
            aside[group] = (*aside.get(group, ()), *gone)
    return aside


@dataclass(frozen=True, slots=True)
class _Divided:
    """A group's figures: totals that stand, totals that are gone, loose parts and increments, sums of affiliations."""

    standing: Sequence[Stated] = ()
    gone: Sequence[Superseded] = ()
    loose: Sequence[Stated] = ()
    affiliated: Sequence[Part] = ()
    described: Sequence[Stated] = ()


def _divide(file: _File, counted: Sequence[Counted], measure: Measure, rule: RuleSet, taxonomy: Taxonomy) -> _Divided:
    """Totals, parts and increments of one group as a rule set reads them."""
    roles: dict[str, list[Stated]] = {"total": [], "part": [], "increment": []}
    said: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for one in counted:
        said[one.claim.report, one.claim.group].append(one)
    for one in counted:
        told = "part" if one.within else role(one, file.claims, said[one.claim.report, one.claim.group], taxonomy)
        roles[told].append(_stated(one, rule))
    some = of_some(roles["total"], taxonomy)
    plain = any(only_some(one, taxonomy) == (None, None) for one in roles["total"])
    affiliated = [one for one in roles["total"] if one.claim.id in some]
    standing, gone = supersede([one for one in roles["total"] if one.claim.id not in some], measure.over)
    standing, loose = add_increments(standing, roles["increment"])
    if plain:
        return _Divided(standing, gone, [*roles["part"], *loose, *affiliated])
    return _Divided(standing, gone, [*roles["part"], *loose], by_description(affiliated, taxonomy), affiliated)


def _stated(one: Counted, rule: RuleSet) -> Stated:
    meaning = together(rule.read(each.claim.quantity) for each in one.sum_of or (one,))
    ids = tuple(each.claim.id for each in one.sum_of)
    if one.less is not None:
        meaning, ids = remaining(meaning, rule.read(one.less.claim.quantity)), (one.claim.id, one.less.claim.id)
        added = f"less “{one.less.claim.said}”, who died"
        return Stated(
            one.claim, one.voice, one.told, one.early, meaning.interval, meaning.reach, meaning.point, ids, added
        )
    added = f"added up from {words.listed(f'“{each.claim.said}”' for each in one.sum_of)}" if ids else ""
    return Stated(one.claim, one.voice, one.told, one.early, meaning.interval, meaning.reach, meaning.point, ids, added)


def _replaced(gone: Sequence[Superseded]) -> list[SetAside]:
    return [
        SetAside(one.earlier.claim.id, f"{one.later.voice.name} gave a later count, {_ends(one.later.interval)}")
        for one in gone
    ]


def _partly(loose: Sequence[Stated]) -> list[SetAside]:
    """Parts and increments: they stay beside the total unless they carry the figure."""
    whys = {"increment": "it is newly added, and its own base is not known"}
    return [SetAside(one.claim.id, whys.get(one.claim.basis, "it counts only a part of them")) for one in loose]


def _ends(interval: Interval) -> str:
    top = "or more" if interval.high is None else f"to {interval.high:,}"
    return f"{interval.low:,}" if interval.is_point else f"{interval.low:,} {top}"


def _refused(resting: Sequence[Stated], rule: RuleSet) -> list[SetAside]:
    """What stands, where a rule set makes no figure of it: "dozens" where only numbers count."""
    return [SetAside(claim, f"{rule.id} makes no figure of it") for one in resting for claim in one.ids]


# ---- the finding ----


def _finding(incident: str, case: Case, aside: Sequence[SetAside], rule: RuleSet, desk: _Desk) -> Finding:
    figures = rule.decide(case)
    resting = _resting(case, figures)
    if (figures.low, figures.best, figures.high) == (None, None, None):
        aside, resting = [*aside, *_refused(resting, rule)], ()
    supports = tuple(sorted({claim for one in resting for claim in one.ids}))
    left = _aside(aside, supports)
    days = [one.told for one in resting if one.told is not None]
    who = parties(one.voice for one in case.standing or resting)
    return Finding(
        incident=incident,
        measure=case.measure.name,
        group=case.group,
        unit=case.unit,
        rules=rule.id,
        low=figures.low,
        best=figures.best,
        high=figures.high,
        status=_status(case),
        grade=figures.grade,
        as_of=desk.as_of or max(days, default=None),
        origins=len(who),
        parties=who,
        positions=_positions(case.standing),
        supports=supports,
        set_aside=left,
        conflicts=case.conflicts.shown,
        derivation=tell(case, figures, left, desk.ruled.notes, desk.taxonomy),
    )


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
