"""The stage's main function: claims of each incident are sorted, voiced, read by each rule set, and decided."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tollbook.findings import words
from tollbook.findings.cases import Counted, Sorted, Stated
from tollbook.findings.concessions import told_by
from tollbook.findings.conflicts import conflicts
from tollbook.findings.decided import Ruled, apply_rulings
from tollbook.findings.desk import Desk, File, known, opened, quoting
from tollbook.findings.excess import addends
from tollbook.findings.finding import finding_of
from tollbook.findings.grades import conceded_in, grades_of
from tollbook.findings.moves import remarked
from tollbook.findings.origins import Sources, leads_of
from tollbook.findings.parts import Part, by_description, lower_bounds, part_ids
from tollbook.findings.roles import of_some, only_some, role
from tollbook.findings.rules import chosen
from tollbook.findings.ruleset import Case, Groups, RuleSet, remaining, together
from tollbook.findings.status import Superseded, add_increments, supersede
from tollbook.lexicon import Taxonomy, load_taxonomy
from tollbook.lexicon.taxonomy import Measure
from tollbook.model import Characterisation, Claim, Finding, Grade, Incident, Placement, Ruling, SetAside
from tollbook.values import dataclass

# Units of which the groups are people, so that figures of groups bound those of all.
_OF_PEOPLE = ("person", "household", "family")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What claims and rulings come to: findings, and a grade for each incident that has claims."""

    findings: tuple[Finding, ...]
    grades: tuple[Grade, ...]


def reconcile(
    incidents: Sequence[Incident],
    claims: Sequence[Claim],
    rulings: Sequence[Ruling] = (),
    rules: Sequence[str | RuleSet] = ("range",),
    **more: Any,
) -> tuple[Finding, ...]:
    """The findings alone of what `reckon` makes of the same arguments."""
    return reckon(incidents, claims, rulings, rules, **more).findings


def reckon(
    incidents: Sequence[Incident],
    claims: Sequence[Claim],
    rulings: Sequence[Ruling] = (),
    rules: Sequence[str | RuleSet] = ("range",),
    *,
    placements: Sequence[Placement] = (),
    characterisations: Sequence[Characterisation] = (),
    sources: Sources | None = None,
    as_of: dt.date | None = None,
    published: Mapping[str, dt.date | None] | None = None,
    texts: Mapping[str, str] | None = None,
    taxonomy: Taxonomy | None = None,
) -> Reckoned:
    """Findings of all incidents, rule sets in the order given, each sorted by incident, measure, group and unit.

    `published` gives the day each report was published: what was published after `as_of` is left out, and a claim
    without a day of its own counts up to it. `texts` gives each report's text hash, by which rulings find their words
    when a newer reader spans them otherwise. `sources` knows parents; without it every name is its own party.
    `characterisations` say who is held responsible, on which grades rest. Raises UsageError for an unknown rule set.
    """
    sets = chosen(rules)
    ruled = apply_rulings(known(claims, published or {}, as_of), rulings, texts)
    desk = desk_of(ruled, placements, sources, published or {}, taxonomy or load_taxonomy(), as_of)
    by_id = {one.id: one for one in incidents}
    files = [opened(by_id.get(incident), some, desk) for incident, some in of_incidents(desk)]
    said = told_by(characterisations, desk)
    grades = grades_of(files, by_id, said, rulings, desk)
    against = {file.incident: conceded_in(file, said.get(file.incident, ()), sources) for file in files}
    judged = [(file, grades[file.incident], against[file.incident]) for file in files]
    found = tuple(one for rule in sets for some in judged for one in _findings(*some, rule, desk))
    return Reckoned(found, tuple(grades.values()))


def desk_of(
    ruled: Ruled,
    placements: Sequence[Placement],
    sources: Sources | None,
    published: Mapping[str, dt.date | None],
    taxonomy: Taxonomy,
    as_of: dt.date | None = None,
) -> Desk:
    """What every incident's reckoning needs, from claims as people decided them."""
    placed = {one.report: one for one in placements}
    leads = leads_of({claim.report for claim in ruled.claims}, placed)
    return Desk(ruled, placed, leads, sources, published, taxonomy, as_of, quoting(ruled.claims))


def of_incidents(desk: Desk) -> list[tuple[str, list[Claim]]]:
    """The claims that count something, by their incidents, in the order of these."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in desk.ruled.claims:
        if claim.incident is not None and desk.taxonomy.counts(claim.measure, claim.unit):
            found[claim.incident].append(claim)
    return sorted(found.items())


# ---- one rule set on one incident ----


def _findings(
    file: File, grade: Grade, against: Mapping[str, tuple[str, ...]], rule: RuleSet, desk: Desk
) -> list[Finding]:
    asides: list[list[SetAside]] = []
    cases: list[Case] = []
    taxonomy = rule.taxonomy(desk.taxonomy)
    for (measure, unit), lists in rule.remeasure(file.sorted).items():
        if rule.covers(measure):
            for case, aside in cases_of(file, lists, taxonomy.measures[measure], unit, rule, taxonomy):
                judged = replace(case, incident=file.incident, grade=grade, graded=desk.ruled.grades, conceded=against)
                cases.append(judged)
                asides.append(aside)
    told = zip(remarked(cases, file.claims, taxonomy), asides, strict=True)
    found = [finding_of(case, aside, rule, desk, file.claims) for case, aside in told]
    return sorted(found, key=lambda one: (one.measure, one.group, one.unit))


def cases_of(
    file: File, lists: Sorted, measure: Measure, unit: str, rule: RuleSet, taxonomy: Taxonomy
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
        yield case, [*aside.get(group, ()), *_replaced(own.gone), *_partly([*own.loose, *affiliated], own)]


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


def _divide(file: File, counted: Sequence[Counted], measure: Measure, rule: RuleSet, taxonomy: Taxonomy) -> _Divided:
    """Totals, parts and increments of one group as a rule set reads them."""
    roles: dict[str, list[Stated]] = {"total": [], "part": [], "increment": []}
    said: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for one in counted:
        said[one.claim.report, one.claim.group].append(one)
    for one in counted:
        told = "part" if one.within else role(one, file.claims, said[one.claim.report, one.claim.group], taxonomy)
        roles[told].append(_stated(one, rule, file))
    some = of_some(roles["total"], taxonomy)
    plain = any(only_some(one, taxonomy) == (None, None) for one in roles["total"])
    affiliated = [one for one in roles["total"] if one.claim.id in some]
    totals = [one for one in roles["total"] if one.claim.id not in some]
    standing, gone = supersede(totals, measure.over) if rule.supersedes else (totals, [])
    standing, loose = add_increments(standing, roles["increment"])
    if plain:
        return _Divided(standing, gone, [*roles["part"], *loose, *affiliated])
    return _Divided(standing, gone, [*roles["part"], *loose], by_description(affiliated, taxonomy), affiliated)


def _stated(one: Counted, rule: RuleSet, file: File) -> Stated:
    whole = file.claims.get(one.claim.part_of or "")
    of_larger = one.claim.part_of is not None and (whole is None or whole.measure == one.claim.measure)
    meaning = together(rule.read(each.claim.quantity) for each in one.sum_of or (one,))
    ids = tuple(each.claim.id for each in one.sum_of)
    added = words.added_up(each.claim.said for each in one.sum_of) if ids else ""
    if one.less is not None:
        gone = one.less.sum_of or (one.less,)
        meaning = remaining(meaning, together(rule.read(each.claim.quantity) for each in gone))
        ids = (one.claim.id, *(each.claim.id for each in gone))
        whose = "who died" if one.less.claim.measure != one.claim.measure else f"who are counted apart by {rule.id}"
        lost = words.listed(words.words_of(each.claim.said) for each in gone)
        added = f"{words.words_of(one.claim.said)} without {lost}, {whose}"
    read = (meaning.interval, meaning.reach, meaning.point)
    return Stated(one.claim, one.voice, one.told, one.early, *read, ids, added, one.sure, of_larger)


def _replaced(gone: Sequence[Superseded]) -> list[SetAside]:
    return [
        SetAside(one.earlier.claim.id, f"{one.later.voice.name} gave a later count, {words.span(one.later.interval)}")
        for one in gone
    ]


def _partly(loose: Sequence[Stated], own: _Divided) -> list[SetAside]:
    """Parts and increments: they stay beside the total unless they carry the figure."""
    counts = [*own.standing, *(one.earlier for one in own.gone)]
    return [SetAside(one.claim.id, _why_partly(one, counts)) for one in loose]


def _why_partly(one: Stated, counts: Sequence[Stated]) -> str:
    if one.claim.basis != "increment":
        return "it counts only some of them"
    since = [each for each in counts if each.voice.party == one.voice.party and each.told and one.told]
    if any(one.told <= each.told for each in since if one.told and each.told):
        return "it is newly added, and its source's own total of that day or later has it in it"
    return "it is newly added, and no earlier total of its own source is known to add it to"
