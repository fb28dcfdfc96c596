"""Reports in, a record out: passages and claims of each report, then incidents and findings over all of them.

Input: reports; output: a `Record`. A report that says "at least 40 people were killed" gives a claim, the claim an
incident, the incident a finding "killed, all, person: 40 or more". Reports are read one by one, in worker processes
where there is enough to read; the result is the same to the byte for any number of processes and any order of reports.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from tollbook import claims, incidents
from tollbook.incidents import Draft, Outline, SourceBook
from tollbook.lexicon import languages, load
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Finding, Notice, Reading, Record, Report, Ruling
from tollbook.pipeline.identities import Grouping, identify, named
from tollbook.pipeline.known import known, made_by
from tollbook.pipeline.regroup import regroup
from tollbook.reports.language import language_of
from tollbook.rulings import bind, standing, with_hand
from tollbook.values import dataclass

if TYPE_CHECKING:
    from tollbook.findings import Effect, RuleSet

# A core reads about 90,000 characters a second and a worker takes 0.4 s to start (docs/decisions/0012): with two of
# them the pool is ahead from a hundred thousand characters on; below that, one process leaves the other core alone.
_CHARACTERS_WORTH_A_POOL = 150_000
_CHUNK = 16
_Read = TypeVar("_Read")


class Progress(Protocol):
    """Told how far a stage is: its name, steps done, steps in all (0 where not known)."""

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


def silent(stage: str, done: int, total: int, /) -> None:
    """Progress for nobody."""


@dataclass(frozen=True, slots=True)
class Overlays:
    """A user's own files, laid over what comes with tollbook: names of sources, and places. None is none."""

    sources: Path | None = None
    places: Path | None = None


NO_OVERLAYS = Overlays()


def analyse(
    reports: Iterable[Report],
    *,
    rules: Sequence[str | RuleSet] = ("range",),
    as_of: dt.date | None = None,
    jobs: int | None = None,
    overlays: Overlays = NO_OVERLAYS,
) -> Record:
    """The whole record of some reports, whose ids differ.

    `rules` are names of rule sets, in the order wanted; `as_of` leaves out what was published later; `jobs` is the
    number of processes, by default one for little text and one for each processor beyond that.
    """
    ordered = in_order(reports)
    readings = read_all(ordered, jobs=jobs, overlays=overlays)
    return conclude(ordered, readings, rules=rules, as_of=as_of, overlays=overlays)


def in_order(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Reports by id, the order that every stage is given, so that the order of the input can't show."""
    return tuple(sorted(reports, key=lambda report: report.id))


# ---- one report at a time ----


def read_all(
    reports: Sequence[Report],
    *,
    jobs: int | None = None,
    progress: Progress = silent,
    overlays: Overlays = NO_OVERLAYS,
) -> tuple[Reading, ...]:
    """What the reader finds in each report, in the order given, by one process or several."""
    readings: list[Reading] = []
    for reading in read_each(partial(read_one, overlays=overlays), reports, jobs):
        readings.append(reading)
        progress("reading reports", len(readings), len(reports))
    return tuple(readings)


def read_each(read: Callable[[Report], _Read], reports: Sequence[Report], jobs: int | None) -> Iterator[_Read]:
    """What `read` gives for each report, in the order given, by one process or several."""
    processes = _processes(reports, jobs)
    if processes == 1:
        yield from map(read, reports)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # "spawn" starts each worker clean: a fork would copy the locks that a progress display's thread may hold.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(read, reports, chunksize=_CHUNK)


def read_one(report: Report, overlays: Overlays) -> Reading:
    """One report, read with the lexicon of its language; a language without one gives no claims, only its notice.

    A row of a spreadsheet is read as the row that it is.
    """
    if report.is_row:
        from tollbook.pipeline.importing.rowtext import read_row  # on first need: few records have any

        return read_row(report, load("en"), source_book(overlays), gazetteer(overlays.places))
    language = report.language or language_of(report.text)
    if language not in languages():
        return Reading(report.id)
    country = source_book(overlays).country(report.publisher) if report.publisher else None
    return claims.read(report, load(language), gazetteer(overlays.places), country)


def outline(report: Report, reading: Reading, overlays: Overlays) -> tuple[Outline, Draft]:
    """What linking takes from one report alone."""
    return incidents.outline(report, reading, source_book(overlays), gazetteer(overlays.places))


def _processes(reports: Sequence[Report], jobs: int | None) -> int:
    """As many processes as asked for; unasked one for each processor, or one alone where there is little to read."""
    if jobs is None:
        enough = sum(len(report.text) for report in reports) >= _CHARACTERS_WORTH_A_POOL
        jobs = (os.cpu_count() or 1) if enough else 1
    return max(1, min(jobs, len(reports)))


@cache
def gazetteer(places: Path | None) -> Gazetteer:
    """One a process: it opens its file at the first look-up and keeps what it has looked up."""
    return Gazetteer(overlay=places)


@cache
def source_book(overlays: Overlays = NO_OVERLAYS) -> SourceBook:
    """Who runs whom: the book that comes with tollbook, and the user's own file laid over it."""
    return SourceBook.load(*([overlays.sources] if overlays.sources else []))


# ---- all reports together ----


def relate(reports: Sequence[Report], outlines: Sequence[Outline], overlays: Overlays) -> incidents.Relations:
    """How all reports, given by id, stand to each other; their outlines are in the same order."""
    return incidents.relate(reports, outlines, source_book(overlays))


def group(reports: Sequence[Report], readings: Sequence[Reading], overlays: Overlays = NO_OVERLAYS) -> Grouping:
    """Which claims tell of one event, as computed: nothing that people decided is in it yet."""
    return grouping_of(incidents.link(reports, readings, source_book(overlays), gazetteer(overlays.places)))


def grouping_of(linked: incidents.Linked) -> Grouping:
    """What linking gives, as the steps after it take it."""
    return Grouping(linked.claims, linked.incidents, linked.placements, linked.characterisations)


def as_ruled(
    grouping: Grouping, rulings: Sequence[Ruling], reports: Sequence[Report]
) -> tuple[Grouping, tuple[Ruling, ...]]:
    """The incidents, under their ids of old, as people want them, and the rulings with the ids of today's claims.

    Claims by hand are among the claims from here on.
    """
    grouping = replace(grouping, claims=with_hand(rulings, grouping.claims, reports))
    found_again = bind(rulings, grouping.claims, {report.id: report.text_sha256 for report in reports})
    every = tuple(sorted((*found_again.bound, *found_again.loose), key=lambda ruling: ruling.seq))
    return regroup(grouping, standing(found_again.bound)), every


def remarked(reports: Sequence[Report], found: Iterable[Finding]) -> tuple[Report, ...]:
    """The reports with notices on what their figures do: a toll that falls, people who would be counted twice."""
    remarks: dict[str, dict[Notice, None]] = {}
    for one in found:
        for report, notice in one.remarks:
            remarks.setdefault(report, {})[notice] = None
    return tuple(report.noticed(*remarks.get(report.id, ())) for report in reports)


def conclude(
    reports: Sequence[Report],
    readings: Sequence[Reading],
    *,
    rules: Sequence[str | RuleSet] = ("range",),
    as_of: dt.date | None = None,
    rulings: Sequence[Ruling] = (),
    homes: Mapping[str, str] | None = None,
    overlays: Overlays = NO_OVERLAYS,
    grouped: Callable[[Grouping], None] | None = None,
) -> Record:
    """Incidents and findings from what was read and ruled, computed whole: nothing is patched, no order shows.

    `homes` (claim id → the incident it was born in) keeps the ids of a project's incidents. With `as_of` the reports
    published later, their readings, and rulings made later are as if they had never been given. `grouped` may look at
    the incidents as they are before anybody moved a claim.
    """
    reports, rulings = known(reports, as_of).reports, made_by(rulings, as_of)
    known_reports = {report.id for report in reports}
    readings = [reading for reading in readings if reading.report in known_reports]
    computed = group(reports, readings, overlays)
    grouping = named(computed, identify(computed.incidents, homes)) if homes else computed
    if grouped is not None:
        grouped(grouping)
    grouping, rulings = as_ruled(grouping, rulings, reports)
    said = Record(
        reports=reports,
        placements=grouping.placements,
        claims=grouping.claims,
        incidents=grouping.incidents,
        statements=tuple(statement for reading in readings for statement in reading.statements),
        characterisations=grouping.characterisations,
        readings=tuple(readings),
        rulings=rulings,
        as_of=as_of,
    )
    offices = (pair for reading in said.readings for pair in reading.offices)
    return reckoned(said, rules, source_book(overlays).with_officials(offices))


def moved_by(said: Record, rules: Sequence[str | RuleSet], sources: SourceBook) -> dict[str, Effect]:
    """How far each claim of a record could move a figure of its incident, were it rejected."""
    from tollbook import findings

    return findings.effects(said.incidents, said.claims, said.rulings, rules, **_beside(said, sources))


def _beside(said: Record, sources: SourceBook) -> dict[str, Any]:
    """What rule sets are told of a record besides its incidents, claims and rulings."""
    return {
        "placements": said.placements,
        "characterisations": said.characterisations,
        "sources": sources,
        "published": {report.id: report.published_date for report in said.reports},
        "texts": {report.id: report.text_sha256 for report in said.reports},
    }


def reckoned(said: Record, rules: Sequence[str | RuleSet], sources: SourceBook) -> Record:
    """A record of what is said and ruled, with what rule sets make of it."""
    from tollbook import findings  # on first need, so that a process that only reads starts without it
    from tollbook.findings.rules import chosen

    found = findings.reckon(
        said.incidents, said.claims, said.rulings, rules, as_of=said.as_of, **_beside(said, sources)
    )
    return replace(
        said,
        reports=remarked(said.reports, found.findings),
        findings=found.findings,
        grades=found.grades,
        rules=tuple(rule.name for rule in chosen(rules)),
    )
