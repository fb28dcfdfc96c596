"""The matrix of an incident as coders see it: sources × measures, nobody masked, copies folded, each figure by its
claims' ids.

Input: an incident's part of the record. Output: a `Matrix`, built from the same voices and columns as a dossier's
page. Worked: a ministry's 17 of 13 March and 34 of 18 March are one cell "17 → 34"; a near-copy of the first report
is folded into it, "+1 copy".

The name of a cell is made of its source and what is counted, so that the cell of before a ruling is found again after
it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tollbook.dossiers.figures import column_order, interval, label, sign
from tollbook.dossiers.sources import KIND_WORDS, Sources, Voiced, bands_of, voiced
from tollbook.model import Claim, Finding, Incident, Placement, Record
from tollbook.model.spans import digest
from tollbook.rulings import Verdict

Key = tuple[str, str, str]
# Figures of one cell beyond these are counted; rows beyond these are folded, band by band.
_FIGURES, _ROWS, _OF_BAND = 4, 60, 12


@dataclass(frozen=True, slots=True)
class Fig:
    """One figure of a cell. `quiet`: no plain total that somebody asserts; `aside`: no rule set takes it; `clash`: it
    can't be true together with another.
    """

    text: str
    quiet: bool
    aside: bool
    clash: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says of one count: its claims in order of time, then copies folded into them."""

    ref: str
    claims: tuple[str, ...]
    folded: tuple[str, ...]
    figures: tuple[Fig, ...]
    copies: int


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    kind: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows under one heading; `hidden` of them are not shown yet."""

    name: str
    rows: tuple[Row, ...]
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What a rule set makes of a column."""

    rules: str
    figure: str
    status: str


@dataclass(frozen=True, slots=True)
class Column:
    ref: str
    label: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    rules: tuple[str, ...]
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    claims: int
    sources: int

    def cell_of(self, claim: str) -> tuple[Row, Cell] | None:
        """The cell that a claim stands in, or is folded into."""
        cells = ((row, cell) for band in self.bands for row in band.rows for cell in row.cells if cell is not None)
        return next(((row, cell) for row, cell in cells if claim in cell.claims or claim in cell.folded), None)


def matrix(
    record: Record, incident: Incident, book: Sources, verdicts: Mapping[str, Verdict], whole: Collection[str] = ()
) -> Matrix:
    """The matrix of one incident; of a large one the first rows of each band, and all of the bands named in `whole`."""
    claims = sorted(
        {(one.report, one.id): one for one in record.claims if one.incident == incident.id}.values(),
        key=lambda one: (one.report, one.span, one.measure),
    )
    findings = [one for one in record.findings if one.incident == incident.id]
    reports = {report.id: report for report in record.reports}
    claims = [one for one in claims if one.report in reports]
    placements = {one.report: one for one in record.placements}
    voices = voiced(claims, reports, placements, findings, book)
    keys = _keys(claims, findings)
    making = _Making(keys, placements, _leads(placements, voices), _Judged(findings), verdicts)
    made = [Band(heading, tuple(map(making.row, rows))) for heading, rows in bands_of(voices)]
    count = sum(len(band.rows) for band in made)
    bands = made if count <= _ROWS else [_folded(band, whole) for band in made]
    rules = tuple(dict.fromkeys(one.rules for one in findings)) or record.rules
    return Matrix(rules, tuple(_column(key, findings) for key in keys), tuple(bands), len(claims), count)


def _folded(band: Band, whole: Collection[str]) -> Band:
    if band.name in whole or len(band.rows) <= _OF_BAND:
        return band
    most = sorted(band.rows, key=lambda row: -sum(len(cell.claims) for cell in row.cells if cell))[:_OF_BAND]
    return Band(band.name, tuple(row for row in band.rows if row in most), len(band.rows) - _OF_BAND)


def _keys(claims: Iterable[Claim], findings: Iterable[Finding]) -> list[Key]:
    """What is counted: disputed columns first, then what a rule set makes something of, then the rest."""
    rank: dict[Key, int] = {(one.measure, one.group, one.unit): 2 for one in claims}
    for one in findings:
        key = (one.measure, one.group, one.unit)
        rank[key] = 0 if one.status == "disputed" else min(rank.get(key, 1), 1)
    return sorted(rank, key=lambda key: (rank[key], column_order(key)))


def _column(key: Key, findings: Iterable[Finding]) -> Column:
    own = [one for one in findings if (one.measure, one.group, one.unit) == key]
    results = tuple(Result(one.rules, interval(one.low, one.high), one.standing) for one in own)
    return Column(f"m-{digest(*key, length=8)}", label(*key), results)


class _Judged:
    """Which claims stand by any rule set, and which clash."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.standing = {claim for one in findings for claim in one.supports}
        self.aside = {one.claim for finding in findings for one in finding.set_aside}
        self.clashing = {claim for one in findings for some in one.conflicts for claim in some}


@dataclass(frozen=True, slots=True)
class _Making:
    """What the cells of a matrix are made of."""

    keys: Sequence[Key]
    placements: Mapping[str, Placement]
    leads: Mapping[str, str]
    judged: _Judged
    verdicts: Mapping[str, Verdict]

    def row(self, some: Sequence[Voiced]) -> Row:
        by_key: dict[Key, list[Voiced]] = defaultdict(list)
        for voice in some:
            by_key[voice.claim.measure, voice.claim.group, voice.claim.unit].append(voice)
        cells = tuple(self.cell(some[0].key, key, by_key[key]) if key in by_key else None for key in self.keys)
        return Row(some[0].source.source, KIND_WORDS[some[0].source.kind], cells)

    def cell(self, source: str, key: Key, some: Sequence[Voiced]) -> Cell:
        """Claims in order of time; copies that say the same are folded into what they copy."""
        groups: dict[tuple[object, ...], list[Voiced]] = defaultdict(list)
        for voice in sorted(some, key=_when):
            one = voice.claim
            groups[self.lead(voice.report.id), one.quantity, one.modality, one.basis, one.affiliation].append(voice)
        own, folded = [], []
        for (lead, *_), group in groups.items():
            first = lead if any(voice.report.id == lead for voice in group) else group[0].report.id
            own += [voice for voice in group if voice.report.id == first]
            folded += [voice for voice in group if voice.report.id != first]
        return Cell(
            f"x-{digest(source, *key, length=12)}",
            tuple(voice.claim.id for voice in own),
            tuple(voice.claim.id for voice in folded),
            self.figures([voice.claim for voice in own]),
            len({voice.report.id for voice in folded}),
        )

    def lead(self, report: str) -> str:
        """The report that this one is a copy of, followed to its end, else the first of its family, else itself."""
        seen = {report}
        while (one := self.placements.get(report)) and one.copy_of and one.copy_of not in seen:
            report = one.copy_of
            seen.add(report)
        placement = self.placements.get(report)
        return self.leads.get(placement.family, report) if placement and placement.family else report

    def figures(self, claims: Iterable[Claim]) -> tuple[Fig, ...]:
        """Distinct figures in order of time, the middle counted where there are many."""
        found: dict[str, Fig] = {}
        for claim in claims:
            one = self.figure(claim)
            past = found.pop(one.text, one)
            found[one.text] = Fig(one.text, one.quiet and past.quiet, one.aside and past.aside, one.clash or past.clash)
        figures = list(found.values())
        if len(figures) <= _FIGURES:
            return tuple(figures)
        hidden = figures[1:-2]
        between = Fig(f"{len(hidden)} more", False, False, any(one.clash for one in hidden))
        return (figures[0], between, *figures[-2:])

    def figure(self, claim: Claim) -> Fig:
        quiet = claim.modality != "asserted" or claim.basis in {"increment", "rate", "aggregate"}
        rejected = self.verdicts.get(claim.id) is Verdict.REJECTED
        aside = claim.id in self.judged.aside and claim.id not in self.judged.standing
        return Fig(sign(claim.quantity), quiet, aside or rejected, claim.id in self.judged.clashing)


def _leads(placements: Mapping[str, Placement], voices: Iterable[Voiced]) -> dict[str, str]:
    """The first report of each family of near-copies."""
    leads: dict[str, str] = {}
    for voice in sorted(voices, key=lambda one: (_copied(placements, one), _when(one), one.report.id)):
        placement = placements.get(voice.report.id)
        if placement and placement.family:
            leads.setdefault(placement.family, voice.report.id)
    return leads


def _copied(placements: Mapping[str, Placement], voice: Voiced) -> bool:
    placement = placements.get(voice.report.id)
    return bool(placement and placement.copy_of)


def _when(voice: Voiced) -> tuple[bool, dt.date, str, int]:
    """Sorts by the day up to which a claim counts; undated ones come last."""
    date = voice.claim.as_of or voice.report.published_date
    return date is None, date or dt.date.max, voice.report.id, voice.claim.span.start
