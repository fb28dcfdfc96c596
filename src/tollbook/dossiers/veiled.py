"""A record without what is withheld: figures stay, words, names and all that identifies are gone. Pure.

Input: a record, its `Veil`, and what the same rule sets make of the claims that are not withheld. Output: a record that
holds nothing withheld but names, which the `Masker` replaces. Worked: the report "notes.txt", 7 May, becomes a report
without day, publisher and address whose title is `[withheld 12]`; its "12 people" is a figure 12, said by
`[withheld 12]`; a step of a derivation is shown where the open claims alone give the same step.

A figure is what the whole record makes of it: to withhold words changes no count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from tollbook.dossiers.figures import days
from tollbook.dossiers.veil import Veil
from tollbook.model import Claim, DateRange, Finding, Grade, Incident, Notice, Place, Record, Report, SetAside, Source
from tollbook.model import Span as Stretch

SOMEBODY = "a withheld source"
_REASON = "for a reason that rests on what is withheld"

Key = tuple[str, str, str, str, str]


def veiled(record: Record, veil: Veil, without: Record | None = None) -> Record:
    """The record as it may be shown. `without` has the findings and grades of the open claims alone; where it is not
    given no step of a derivation that may rest on what is withheld is shown.
    """
    if not veil.reports and not veil.spans:
        return record
    open_claims = {claim.id for claim in record.claims} - veil.claims.keys()
    ids = {name: f"{token} {number}" for number, (name, token) in enumerate(sorted(veil.reports.items()))}
    plain = {_key(one): one for one in without.findings} if without else {}
    grades = {one.incident: one for one in without.grades} if without else {}
    touched = {claim.incident for claim in record.claims if claim.id in veil.claims}
    findings = tuple(
        _finding(one, plain.get(_key(one)), open_claims) if one.incident in touched else one for one in record.findings
    )
    incidents = tuple(_incident(one, record, open_claims) if one.id in touched else one for one in record.incidents)
    kept = {pair for one in (*findings, *plain.values()) for pair in one.remarks}
    return replace(
        record,
        reports=tuple(_report(one, veil, ids, _dropped(record, one.id, kept)) for one in record.reports),
        placements=tuple(
            replace(
                one,
                copy_of=None if one.copy_of in ids else one.copy_of,
                origins=() if one.copy_of in ids else one.origins,
            )
            for one in record.placements
            if one.report not in ids
        ),
        claims=tuple(_claim(one, veil, ids) for one in record.claims),
        incidents=tuple(replace(one, reports=_renamed(one.reports, ids)) for one in incidents),
        findings=findings,
        grades=tuple(
            _grade(one, grades.get(one.incident)) if one.incident in touched else one for one in record.grades
        ),
        statements=(),
        characterisations=tuple(
            one
            for one in record.characterisations
            if one.report not in ids
            and not any(_meets(one.report, place, veil) for place in (one.span, *_places(one.attribution)))
        ),
        readings=tuple(one for one in record.readings if one.report not in ids),
    )


def _renamed(reports: Iterable[str], ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(ids.get(one, one) for one in reports)


# ---- reports and claims ----


def _report(report: Report, veil: Veil, ids: Mapping[str, str], dropped: Collection[Notice]) -> Report:
    if report.id in ids:
        token = veil.reports[report.id]
        return Report(ids[report.id], token, "", "", title=token, extractor="withheld")
    if not dropped:
        return report
    return replace(report, notices=tuple(notice for notice in report.notices if notice not in dropped))


def _dropped(record: Record, report: str, kept: Collection[tuple[str, Notice]]) -> set[Notice]:
    """Remarks on a report that rest on what is withheld."""
    return {
        notice
        for one in record.findings
        for name, notice in one.remarks
        if name == report and (name, notice) not in kept
    }


def _claim(claim: Claim, veil: Veil, ids: Mapping[str, str]) -> Claim:
    """A claim of which something is withheld is said by nobody; of a whole one only the figure is left."""
    token = veil.claims.get(claim.id)
    if token is None:
        return claim
    voice = (Source(token, "anonymous"),)
    if claim.id not in veil.whole:
        return replace(claim, attribution=voice, affiliation=None)
    span = Stretch(0, len(token)) if claim.report in ids else claim.span
    return replace(
        claim,
        report=ids.get(claim.report, claim.report), span=span, said=token, attribution=voice,
        affiliation=None, date=None, as_of=None, place=None, trigger=None,
    )  # fmt: skip


def _places(chain: Iterable[Source]) -> list[Stretch]:
    return [link.span for link in chain if link.span is not None]


def _meets(report: str, place: Stretch, veil: Veil) -> bool:
    masks = veil.spans.get((report, place.part), ())
    return any(mask.start < place.end and place.start < mask.end for mask in masks)


# ---- incidents, findings, grades ----


def _incident(incident: Incident, record: Record, open_claims: Collection[str]) -> Incident:
    """Place and day are told where an open claim tells them; the name is made of what is told."""
    own = [claim for claim in record.claims if claim.incident == incident.id and claim.id in open_claims]
    place = incident.place if incident.place and _is_told(incident.place, own) else None
    dates = {(claim.date.start, claim.date.end): claim.date for claim in own if claim.date is not None}
    told = incident.date is not None and (incident.date.start, incident.date.end) in dates
    date = incident.date if told else min(dates.values(), key=_breadth, default=None)
    if own and (place, date) == (incident.place, incident.date):
        return incident
    return replace(
        incident, place=place, date=date, name=_name(place, date), kind=incident.kind if own else "other", actors=()
    )


def _is_told(place: Place, claims: Iterable[Claim]) -> bool:
    return any(claim.place is not None and claim.place.name == place.name for claim in claims)


def _breadth(date: DateRange) -> tuple[int, str]:
    return ((date.end - date.start).days, date.start.isoformat())


def _name(place: Place | None, date: DateRange | None) -> str:
    """The neutral name of what is told: "Orvesk, 6 May 2031"."""
    return ", ".join(filter(None, (place.name if place else "", days(date)))) or "Place and date withheld"


def _key(one: Finding) -> Key:
    return (one.incident, one.measure, one.group, one.unit, one.rules)


def _finding(one: Finding, plain: Finding | None, open_claims: Collection[str]) -> Finding:
    parties = plain.parties if plain else ()
    hidden = (SOMEBODY,) if set(one.parties) - set(parties) else ()
    positions = (replace(p, claims=tuple(c for c in p.claims if c in open_claims)) for p in one.positions)
    known = {(aside.claim, aside.why) for aside in plain.set_aside} if plain else set()
    return replace(
        one,
        parties=(*(party for party in one.parties if party in parties), *hidden),
        positions=tuple(position for position in positions if position.claims),
        set_aside=tuple(a if (a.claim, a.why) in known else SetAside(a.claim, _REASON) for a in one.set_aside),
        derivation=_steps(one.derivation, plain.derivation if plain else ()),
        as_of=one.as_of if plain and plain.as_of == one.as_of else None,
        remarks=plain.remarks if plain else (),
    )


def _steps(told: Sequence[str], plain: Collection[str]) -> tuple[str, ...]:
    """The steps that the open claims alone give too, and how many there are that they don't."""
    shown = tuple(step for step in told if step in plain)
    hidden = len(told) - len(shown)
    if not hidden:
        return shown
    rest = (
        "1 step that rests on what is withheld is"
        if hidden == 1
        else f"{hidden} steps that rest on what is withheld are"
    )
    return (*shown, f"{rest} not shown.")


def _grade(one: Grade, plain: Grade | None) -> Grade:
    same = plain is not None and (plain.grade, plain.why, plain.by) == (one.grade, one.why, one.by)
    return one if same else replace(one, why="it rests in part on what is withheld", claims=())
