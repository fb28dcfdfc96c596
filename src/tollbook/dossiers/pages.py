"""One incident's page: matrix, what the rule sets make of it, timeline, voices, labels.

Input: an `Incident` and a `Context`. Output: a `Page`. Worked: two claims of one ministry, 17 on 13 March and 34 on 18
March, are one cell "17 → 34"; a near-copy of the first is folded into it and counted beside it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tollbook.dossiers.context import Context
from tollbook.dossiers.figures import column_order, day, interval, label
from tollbook.dossiers.references import references
from tollbook.dossiers.sources import Voiced, absent, bands_of, present, voiced
from tollbook.dossiers.told import Moment, Said, Voices
from tollbook.dossiers.tolls import tolls
from tollbook.dossiers.totals import Graded
from tollbook.dossiers.value import Band, Called, Cell, Column, Entry, Page, Row, Ruled, Stance
from tollbook.model import Claim, Finding, Incident
from tollbook.rulings import Action, Named, named_actors

Key = tuple[str, str, str]


def page_of(incident: Incident, context: Context) -> Page:
    """The page of one incident; its slug is given later, when all names are known."""
    claims = _once(context.members.get(incident.id, ()))
    findings = context.findings.get(incident.id, ())
    voices = voiced(claims, context.reports, context.placements, findings, context.sources)
    keys = _columns(claims, findings)
    bands = _bands(voices, keys, context)
    used = frozenset({c.report for c in claims} | set(incident.reports)) & context.reports.keys()
    mask = context.masker
    chained = [link for claim in claims for link in claim.attribution if link.kind != "publisher"]
    gone = absent(voices, [context.reports[one] for one in sorted(used)], chained)
    columns = tuple(_column(key, index, findings, bands, context) for index, key in enumerate(keys))
    return Page(
        slug="",
        name=mask.text(incident.name),
        kind=incident.kind,
        date=incident.date,
        place=mask.place(incident.place),
        actors=tuple((mask.text(a.name), mask.text(a.role), mask.text(a.said_by)) for a in incident.actors),
        columns=columns,
        bands=bands,
        moments=_moments(voices, bands, context),
        voices=Voices(present(voices, mask.name), tuple(map(mask.text, gone))),
        called=_called(incident, context),
        reports=tuple(references(context, used)),
        rulings=tuple(
            context.ruling(r)
            for r in context.record.rulings
            if r.values.get("incident") == incident.id and r.action != Action.WITHHOLD
        ),
        claims=len(claims),
        named={
            column: Named(mask.text(one.name), mask.text(one.said_by))
            for column, one in named_actors(context.standing, (incident.id, *incident.aliases)).items()
        },
        key=context.key("incident", incident.id),
        grade=_grade(incident, context),
        aliases=tuple(sorted(key for alias in incident.aliases if (key := context.key("incident", alias)))),
        tolls=tolls(columns, bands, claims, context),
    )


def _grade(incident: Incident, context: Context) -> Graded | None:
    one = context.grades.get(incident.id)
    if one is None or one.grade is None:
        return None
    return Graded(one.grade, context.masker.text(one.why), context.masker.text(one.by))


def _once(claims: Sequence[Claim]) -> list[Claim]:
    """Each (report, claim id) once, in a fixed order."""
    return sorted({(c.report, c.id): c for c in claims}.values(), key=lambda c: (c.report, c.span, c.measure))


def _columns(claims: Iterable[Claim], findings: Iterable[Finding]) -> list[Key]:
    """What is counted, or worked out from parts: disputed columns first, then in the order of measures and groups."""
    rank: dict[Key, int] = {(c.measure, c.group, c.unit): 2 for c in claims}
    for finding in findings:
        key = (finding.measure, finding.group, finding.unit)
        rank[key] = 0 if finding.status == "disputed" else min(rank.get(key, 1), 1)
    return sorted(rank, key=lambda key: (rank[key] == 2, rank[key], column_order(key)))


# ---- rows and cells ----


def _bands(voices: Sequence[Voiced], keys: Sequence[Key], context: Context) -> tuple[Band, ...]:
    bands = []
    number = 0
    for heading, rows in bands_of(voices):
        made = []
        for some in rows:
            number += 1
            made.append(_row(some, number, keys, context))
        bands.append(Band(context.masker.text(heading), tuple(made)))
    return tuple(bands)


def _row(some: Sequence[Voiced], number: int, keys: Sequence[Key], context: Context) -> Row:
    by_key: dict[Key, list[Voiced]] = defaultdict(list)
    for voice in some:
        by_key[voice.claim.measure, voice.claim.group, voice.claim.unit].append(voice)
    cells = tuple(
        _cell(by_key[key], f"w{number}-{index}", context) if key in by_key else None for index, key in enumerate(keys)
    )
    origin = context.origin(some[0].source)
    reports = sorted({context.report_refs[v.report.id] for v in some}, key=lambda ref: int(ref[1:]))
    return Row(f"s{number}", origin.name, origin.kind, context.masker.text(some[0].party), cells, tuple(reports))


def _cell(some: Sequence[Voiced], ref: str, context: Context) -> Cell:
    """The entries of one cell in order of time; copies that say the same are folded into what they copy."""
    groups: dict[tuple[object, ...], list[Voiced]] = defaultdict(list)
    for voice in sorted(some, key=lambda v: _when(v, context)):
        claim, quantity = voice.claim, voice.claim.quantity
        groups[_lead(voice, context), quantity, claim.modality, claim.basis, claim.affiliation].append(voice)
    entries = []
    for (lead, *_), group in groups.items():
        own = [v for v in group if v.report.id == lead] or [v for v in group if v.report.id == group[0].report.id]
        copies = [v.claim for v in group if v.report.id != own[0].report.id]
        entries.append(context.entry(own[0].claim, copies))
        entries.extend(context.entry(v.claim) for v in own[1:])
    conflicts = dict.fromkeys(rules for entry in entries for rules in entry.conflicts)
    return Cell(ref, tuple(entries), tuple(conflicts))


def _when(voice: Voiced, context: Context) -> tuple[bool, dt.date, int, int]:
    """Sorts by the day up to which a claim counts; undated ones come last."""
    date = voice.claim.as_of or voice.report.published_date
    number = int(context.report_refs[voice.report.id][1:])
    return date is None, date or dt.date.max, number, voice.claim.span.start


def _lead(voice: Voiced, context: Context) -> str:
    """The report that this one is a copy of, followed to its end, else the first of its family, else itself."""
    report, seen = voice.report.id, {voice.report.id}
    while (one := context.placements.get(report)) and one.copy_of and one.copy_of not in seen:
        report = one.copy_of
        seen.add(report)
    placement = context.placements.get(report)
    family = placement.family if placement else None
    return context.leads.get(family, report) if family else report


# ---- columns ----


def _column(key: Key, index: int, findings: Iterable[Finding], bands: Sequence[Band], context: Context) -> Column:
    cells = [(row.name, cell) for band in bands for row in band.rows if (cell := row.cells[index]) is not None]
    ruled = tuple(
        _ruled(finding, cells, context) for finding in findings if (finding.measure, finding.group, finding.unit) == key
    )
    stances = _stances((name, cell.ref, entry, "") for name, cell in cells for entry in cell.entries)
    return Column(f"m{index}", context.masker.text(label(*key)), *key, stances, ruled)


def _ruled(finding: Finding, cells: Sequence[tuple[str, Cell]], context: Context) -> Ruled:
    standing, aside = [], []
    for name, cell in cells:
        for entry in cell.entries:
            judgement = next((j for j in entry.judgements if j.rules == finding.rules), None)
            if judgement is not None and judgement.verdict == "supports":
                standing.append((name, cell.ref, entry, ""))
            else:
                aside.append((name, cell.ref, entry, judgement.why if judgement else ""))
    return Ruled(
        finding.rules,
        interval(finding.low, finding.high),
        finding.low,
        finding.best,
        finding.high,
        finding.standing,
        finding.grade,
        day(finding.as_of),
        finding.origins,
        tuple(map(context.said, finding.parties)),
        _stances(standing),
        _stances(aside),
        tuple(map(context.said, finding.derivation)),
        finding.as_of,
        context.entries_of(finding.supports),
        tuple((ref, context.said(one.why)) for one in finding.set_aside for ref in context.entries_of([one.claim])),
    )


def _stances(said: Iterable[tuple[str, str, Entry, str]]) -> tuple[Stance, ...]:
    """What is said, one line a figure, the highest first, with all who say it."""
    found: dict[tuple[str, str], Stance] = {}
    for name, ref, entry, why in said:
        note = note_of(entry)
        low, high = entry.quantity.low, entry.quantity.high
        stance = found.setdefault((entry.figure, note), Stance(entry.figure, low, high, (), note))
        sources = tuple(dict.fromkeys((*stance.sources, (name, ref))))
        whys = tuple(dict.fromkeys((*stance.why, why))) if why else stance.why
        found[entry.figure, note] = replace(stance, sources=sources, why=whys)
    return tuple(sorted(found.values(), key=lambda s: (bool(s.note), -(s.low or 0), s.figure)))


def note_of(entry: Entry) -> str:
    """What an entry is, where it is no plain total that somebody asserts."""
    return " · ".join(entry.remarks[:2]) if entry.modality != "asserted" or entry.basis != "incident" else ""


# ---- time, labels ----


def _moments(voices: Sequence[Voiced], bands: Sequence[Band], context: Context) -> tuple[Moment, ...]:
    """What was claimed when, day by day; a copy adds nothing."""
    shown: dict[str, tuple[str, Entry]] = {
        entry.ref: (row.name, entry)
        for band in bands for row in band.rows for cell in row.cells if cell for entry in cell.entries
    }  # fmt: skip
    by_day: dict[str, list[Said]] = {}
    for voice in sorted(voices, key=lambda v: _when(v, context)):
        ref = context.claim_refs[voice.report.id, voice.claim.id]
        if ref in shown:
            name, entry = shown[ref]
            when = day(voice.claim.as_of or voice.report.published_date) or "Day not known"
            what = context.masker.text(label(entry.measure, entry.group, entry.unit))
            line = Said(name, what, entry.figure, ref, note_of(entry))
            some = by_day.setdefault(when, [])
            if not any((o.source, o.what, o.figure, o.remark) == (name, what, entry.figure, line.remark) for o in some):
                some.append(line)
    return tuple(Moment(when, tuple(lines)) for when, lines in by_day.items())


def _called(incident: Incident, context: Context) -> tuple[Called, ...]:
    found = []
    for one in context.labels.get(incident.id, ()):
        if one.report not in context.reports:
            continue
        speaker = next(iter(one.attribution), None)
        by = (
            context.masker.name(speaker)
            if speaker
            else context.masker.body(context.reports[one.report].publisher) or "publisher not known"
        )
        words = context.quotes.words(context.reports[one.report], one.span)
        value = context.masker.text(one.value)
        found.append(Called(one.kind, value, one.modality == "denied", by, context.report_refs[one.report], words))
    return tuple(sorted(found, key=lambda c: (c.kind, c.value, c.denied, c.by, int(c.report[1:]))))
