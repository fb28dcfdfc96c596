"""Reports enter a project: read once, kept whole or not at all, in any order with the same result.

Input: what `tollbook run` takes; output: an `Added`, which says what became of each report. Adding reports one by one
in any order gives the record that adding all at once gives, up to the ids of incidents; adding them again changes
nothing. A newer reader reads every report again, and rulings stay, for they are bound to the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

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
from tollbook.values import dataclass

# A portion's readings are lost where the process dies before they are kept: half a minute's work at most. Smaller ones
# would start the worker processes too often (a second each time).
_PORTION, _MOST = 20_000_000, 5_000
# So many rows of a spreadsheet are one transaction, in which each is whole with its events: a row is read sooner than a
# disk is synced. Others who write wait for about a second. A report of its own is a transaction of its own.
TOGETHER = 250

T = TypeVar("T")
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
    return add_gathered(
        folder, lambda kept: gather(inputs, kept), by, options=options, reader=reader, jobs=jobs, progress=progress
    )


def add_gathered(
    folder: Path,
    found: Callable[[InputOptions], Gathered],
    by: Stamp,
    *,
    options: InputOptions | None = None,
    reader: Reader | None = None,
    jobs: int | None = None,
    progress: Progress = silent,
) -> Added:
    """Read into the project what `found` gives, once it is told of the archive; all else is as in `add`."""
    tally = _Tally()
    with open_project(folder) as store:
        with store.write():
            pass  # says at once, before any reading, that the project may not be written or is in use
        reader = reader or reader_of(folder, jobs=jobs, progress=progress)
        book = source_book(overlays_of(folder))
        archive = Archive(folder / ARCHIVE)
        kept = replace(options or InputOptions(), archive=archive.folder, sources=book, who=by.who, when=by.when)
        with adding(store, archive):
            gathered = found(kept)
            tally.failed += gathered.failures
            _add_reports(store, gathered, reader, Keeper(archive, by), tally)
        _read_again(store, folder, reader, by, tally)
        progress("finding incidents", 0, 0)
        return tally.done(settle(store, folder, reader.name, by), gathered)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who adds, and the archive that says how: files first, then their events. `flush` comes before these are kept."""

    archive: Archive
    by: Stamp

    def tell(self, unit: Unit, report: str, ways: Iterable[Custody]) -> None:
        """Log the ways in which a report's bytes were obtained, and keep what the events tell of."""
        for way in ways:
            unit.put_custody(report, way.sha256, way.way, self.archive.note(way), self.by)

    def untold(self, unit: Unit, report: str, ways: Iterable[Custody]) -> list[Custody]:
        """The ways that the log does not tell yet, less those that a release before such events has kept."""
        new = [way for way in ways if not unit.has_custody(report, way.sha256, way.way)]
        return [way for way in new if not self.archive.unlogged(way)]


def _add_reports(store: Store, gathered: Gathered, reader: Reader, keeper: Keeper, tally: _Tally) -> None:
    with store.read() as unit:
        fresh = [report for report in gathered.reports if not _is_known(unit, report, tally)]
        again = {known: keeper.untold(unit, known, gathered.custody.get(known, ())) for known in tally.known}
    for portion in _portions(fresh):
        together = TOGETHER if all(report.is_row for report in portion) else 1
        for some in so_many(together, zip(portion, reader.read(portion), strict=True)):
            _add_some(store, some, reader.name, gathered.custody, keeper, tally)
    for more in so_many(TOGETHER, ((known, ways) for known, ways in again.items() if ways)):
        with store.write() as unit:
            for known, ways in more:
                keeper.tell(unit, known, keeper.untold(unit, known, ways))
            keeper.archive.flush()


def so_many(most: int, things: Iterable[T]) -> Iterator[list[T]]:
    """Things in lists of so many, the last one shorter."""
    rest = iter(things)
    while some := list(islice(rest, most)):
        yield some


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


def _add_some(
    store: Store,
    some: Sequence[tuple[Report, Reading]],
    reader: str,
    custody: Mapping[str, Sequence[Custody]],
    keeper: Keeper,
    tally: _Tally,
) -> None:
    """Keep some reports with their readings, all or none; one whose id another process has taken meanwhile fails."""
    new, changed, failed = list[str](), list[str](), list[Failure]()
    with store.write() as unit:
        for report, reading in some:
            old = unit.report(report.id)
            try:
                unit.put_report(report, keeper.by)
            except InputError as error:
                failed.append(Failure(report.id, error))
                continue
            ways = custody.get(report.id, ())
            keeper.tell(unit, report.id, ways if old is None else keeper.untold(unit, report.id, ways))
            _keep(unit, report, reading, reader, keeper.by)
            (new if old is None else changed).append(report.id)
        keeper.archive.flush()
    tally.new += new
    tally.changed += changed
    tally.failed += failed


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
