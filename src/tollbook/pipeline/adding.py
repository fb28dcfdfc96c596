"""Reports enter a project: read once, kept whole or not at all, in any order with the same result.

Input: what `tollbook run` takes; output: an `Added`, which says what became of each report. Adding reports one by one
in any order gives the record that adding all at once gives, up to the ids of incidents; adding them again changes
nothing. A newer reader reads every report again, and rulings stay, for they are bound to the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from tollbook.claims import READER
from tollbook.errors import InputError
from tollbook.model import Reading, Report, digest
from tollbook.pipeline.analyse import Progress, read_all, silent, source_book
from tollbook.pipeline.cleaning import adding
from tollbook.pipeline.project_folder import ARCHIVE, open_project, overlays_of, texts_of
from tollbook.pipeline.settling import settle
from tollbook.reports import Archive, Custody, Failure, Gathered, InputOptions, gather, textless
from tollbook.reports.notes import notes
from tollbook.store import Stamp, Store, Unit, other_text

# A portion's readings are lost where the process dies before they are kept: half a minute's work at most. Smaller ones
# would start the worker processes too often (a second each time).
_PORTION, _MOST = 20_000_000, 5_000

Read = Callable[[Sequence[Report]], Sequence[Reading]]


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads reports into claims: the function, and a name with a version that is kept beside each reading."""

    read: Read
    name: str = READER


def reader_of(folder: Path, *, jobs: int | None = None, progress: Progress = silent) -> Reader:
    """The reader of this release with the project's own places and sources; with another of these it is another."""
    overlays = overlays_of(folder)
    files = [path.read_text("utf-8", "replace") for path in (overlays.places, overlays.sources) if path is not None]
    own = f"+{digest(*files, length=8)}" if files else ""
    return Reader(partial(read_all, jobs=jobs, progress=progress, overlays=overlays), f"{READER}{own}")


@dataclass(frozen=True, slots=True)
class Added:
    """What an `add` came to, as report ids: new ones, those with new particulars, those already there; what failed.

    `reread` are reports whose stored reading came from another reader. `incidents` are the ids born by this. `notes`
    are lines on what was new, changed or left out, which a person should know. `textless` are reports without a text.
    """

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    incidents: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    textless: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    """An `Added` in the making."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    reread: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)

    def done(self, incidents: Iterable[str], gathered: Gathered) -> Added:
        new, changed, known, reread = map(tuple, (self.new, self.changed, self.known, self.reread))
        kept = {*new, *changed}
        told = notes((report for report in gathered.reports if report.id in kept), gathered.skipped)
        failed, blank = tuple(self.failed), textless(gathered.reports)
        return Added(new, changed, known, reread, failed, tuple(incidents), told, blank)


def add(
    folder: Path,
    inputs: Sequence[str],
    by: Stamp,
    *,
    options: InputOptions | None = None,
    reader: Reader | None = None,
    jobs: int | None = None,
    progress: Progress = silent,
) -> Added:
    """Read inputs into the project: each report is kept whole or not at all, an input that fails is listed.

    A report that is there already changes nothing, not a byte of the log; where `reader` (by default `reader_of` the
    folder) is another than before, every report is read again, and rulings stay. Killed in the middle, what was kept
    is kept, and adding again goes on from there.
    """
    tally = _Tally()
    with open_project(folder) as store:
        with store.write():
            pass  # says at once, before any reading, that the project may not be written or is in use
        reader = reader or reader_of(folder, jobs=jobs, progress=progress)
        book = source_book(overlays_of(folder))
        archive = Archive(folder / ARCHIVE)
        kept = replace(options or InputOptions(), archive=archive.folder, sources=book, who=by.who, when=by.when)
        with adding(store, archive):
            gathered = gather(inputs, kept)
            tally.failed += gathered.failures
            _add_reports(store, gathered, reader, Keeper(archive, by), tally)
        _read_again(store, folder, reader, by, tally)
        progress("finding incidents", 0, 0)
        return tally.done(settle(store, folder, reader.name, by), gathered)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who adds, and the archive that says how: files first, then their events."""

    archive: Archive
    by: Stamp

    def tell(self, unit: Unit, report: str, ways: Iterable[Custody]) -> None:
        """Log the ways in which a report's bytes were obtained; their JSON is on the disk before the event is."""
        told = [(way, self.archive.note(way)) for way in ways]
        self.archive.flush()
        for way, sha256 in told:
            unit.put_custody(report, way.sha256, way.way, sha256, self.by)

    def untold(self, unit: Unit, report: str, ways: Iterable[Custody]) -> list[Custody]:
        """The ways that the log does not tell yet, less those that a release before such events has kept."""
        new = [way for way in ways if not unit.has_custody(report, way.sha256, way.way)]
        return [way for way in new if not self.archive.unlogged(way)]


def _add_reports(store: Store, gathered: Gathered, reader: Reader, keeper: Keeper, tally: _Tally) -> None:
    with store.read() as unit:
        fresh = [report for report in gathered.reports if not _is_known(unit, report, tally)]
        again = {known: keeper.untold(unit, known, gathered.custody.get(known, ())) for known in tally.known}
    for some in _portions(fresh):
        for report, reading in zip(some, reader.read(some), strict=True):
            _add_one(store, report, reading, reader.name, gathered.custody.get(report.id, ()), keeper, tally)
    for known, ways in again.items():
        if ways:
            with store.write() as unit:
                keeper.tell(unit, known, keeper.untold(unit, known, ways))


def _portions(reports: Sequence[Report]) -> Iterator[list[Report]]:
    """Reports in portions of much text: a portion is read as a whole, and then kept, before the next."""
    portion: list[Report] = []
    size = 0
    for report in reports:
        portion.append(report)
        size += len(report.text)
        if size >= _PORTION or len(portion) >= _MOST:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _add_one(
    store: Store,
    report: Report,
    reading: Reading,
    reader: str,
    ways: Iterable[Custody],
    keeper: Keeper,
    tally: _Tally,
) -> None:
    try:
        with store.write() as unit:
            old = unit.report(report.id)
            unit.put_report(report, keeper.by)
            keeper.tell(unit, report.id, ways if old is None else keeper.untold(unit, report.id, ways))
            _keep(unit, report, reading, reader, keeper.by)
    except InputError as error:
        # Another process has meanwhile added the same id with another text.
        tally.failed.append(Failure(report.id, error))
    else:
        (tally.new if old is None else tally.changed).append(report.id)


def _is_known(unit: Unit, report: Report, tally: _Tally) -> bool:
    """True where there is nothing to add: the same report is there, or its id stands for another text."""
    other = unit.report(report.id)
    if other is None:
        return False
    if other.text_sha256 != report.text_sha256:
        tally.failed.append(Failure(report.id, other_text(report.id)))
        return True
    if other != replace(report, text=""):
        return False
    tally.known.append(report.id)
    return True


def _keep(unit: Unit, report: Report, reading: Reading, reader: str, by: Stamp) -> None:
    """Keep a reading; claims of the same words as before stay in the incident that those were in."""
    before = unit.reading(report.id)
    unit.put_reading(reading, reader, by)
    if before is None:
        return
    moved: dict[str, list[str]] = {}
    for claim in reading.claims:
        same = [old.id for old in before.claims if old.span.overlaps(claim.span)]
        home = next(filter(None, map(unit.home, same)), None)
        if home and unit.home(claim.id) is None:
            moved.setdefault(home, []).append(claim.id)
    for incident, claims in moved.items():
        unit.put_homes(incident, claims, by)


def _read_again(store: Store, folder: Path, reader: Reader, by: Stamp, tally: _Tally) -> None:
    """Read what another reader read before: figures of two readers in one record could not be compared."""
    with store.read() as unit:
        old = unit.readers(but=reader.name)
        reports = [report for report in unit.reports(texts_of(folder)) if report.id in old] if old else []
    for report, reading in zip(reports, reader.read(reports), strict=True):
        with store.write() as unit:
            _keep(unit, report, reading, reader.name, by)
        tally.reread.append(report.id)
