"""A project's folder: the log of what was added and decided, the archive of evidence, and the record they make.

Input: the folder; output: its store, its reports with texts, the whole `Record`. Derived state is recomputed, never
patched: `record(folder)` is a function of the readings kept and the rulings made. Nothing here reads a clock: time and
person come in as a `Stamp`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tollbook import __version__
from tollbook.errors import InputError, StoreError, TollbookError
from tollbook.files import make_folder, sweep, sync_name
from tollbook.model import Notice, Reading, Record, Report, Ruling
from tollbook.pipeline.analyse import Overlays, conclude
from tollbook.pipeline.known import made_by
from tollbook.reports import Archive
from tollbook.rulings import bind, standing, with_hand
from tollbook.store import Stamp, Store, Unit, create_in, open_in
from tollbook.store.address import parse
from tollbook.store.place import DATABASE as DATABASE

if TYPE_CHECKING:
    from tollbook.findings import RuleSet
    from tollbook.pipeline.identities import Grouping

ARCHIVE = "archive"
# A user's own names of sources and places, where the project folder holds them.
SOURCES, PLACES = "sources.toml", "places.toml"


class TextGone(StoreError):
    """The text of a report that the archive no longer holds as it was. The record has its claims still."""

    def __init__(self, text_sha256: str, why: InputError) -> None:
        said = f"an archived text can't be used: {why.message}"
        super().__init__(said, what=why.what, advice="restore it from a copy")
        self.text_sha256 = text_sha256


def init(folder: Path, by: Stamp, store: str | None = None) -> None:
    """Make an empty project in `folder`, which need not exist; files that lie there stay.

    `store` is the PostgreSQL address of its record, where that isn't to be a file of the folder.
    Raises StoreError where there is a project already or the folder may not be written, OutputError for no space.
    """
    address = None if store is None else parse(store)
    made = [path for path in (folder / ARCHIVE, folder) if not path.exists()]
    try:
        make_folder(folder)
        make_folder(folder / ARCHIVE)
        sync_name(folder)  # which may be there since an `init` that was killed
    except FileExistsError:
        raise StoreError("is a file, not a folder", what=str(folder), advice="choose another name") from None
    except OSError as error:
        raise StoreError(
            f"can't be made ({error.strerror})", what=str(folder), advice="choose another folder"
        ) from error
    told = {"format": 1, "tollbook": __version__}
    sweep(folder / DATABASE)
    try:
        create_in(folder, lambda unit: unit.append("project", told, by), address)
    except TollbookError:
        for path in made:
            with suppress(OSError):  # something lies in it, which stays
                path.rmdir()
        raise


def open_project(folder: Path) -> Store:
    """The store of a project; use it in a `with` block. Raises StoreError where `folder` is none."""
    return open_in(folder)


def overlays_of(folder: Path) -> Overlays:
    """The project's own names of sources and places, where its folder holds such files."""
    sources, places = folder / SOURCES, folder / PLACES
    return Overlays(sources if sources.is_file() else None, places if places.is_file() else None)


def record(
    folder: Path,
    *,
    rules: Sequence[str | RuleSet] = ("range",),
    as_of: dt.date | None = None,
    also: Callable[[Unit], None] | None = None,
    grouped: Callable[[Grouping], None] | None = None,
) -> Record:
    """The whole record as it stands: a function of the readings kept and the rulings made, recomputed each time.

    A ruling whose words no claim reads any more is told by a notice on their report, code `loose_ruling`. `also` may
    look at the project as it stands at that same moment, `grouped` at its incidents before anybody moved a claim.
    Raises StoreError where there is no project or an archived text is missing or altered.
    """
    with open_project(folder) as store, store.read() as unit:
        sets = methods_of(rules, folder)
        reports, readings = stored(unit, folder)
        rulings, homes = unit.rulings(), unit.homes()
        if also is not None:
            also(unit)
    made = standing(made_by(rulings, as_of))
    claims = with_hand(made, (claim for reading in readings for claim in reading.claims), reports)
    loose = bind(made, claims, {report.id: report.text_sha256 for report in reports}).loose
    told = tuple(with_loose(report, loose) for report in reports)
    return conclude(
        told, readings, rules=sets, as_of=as_of, rulings=rulings, homes=homes, overlays=overlays_of(folder),
        grouped=grouped,
    )  # fmt: skip


def methods_of(rules: Sequence[str | RuleSet], folder: Path) -> tuple[RuleSet, ...]:
    """The rule sets of these names, the project's own among them."""
    from tollbook.pipeline.methods import methods  # on first need, as `conclude` needs the stage

    return methods(rules, folder)


def stored(unit: Unit, folder: Path) -> tuple[tuple[Report, ...], tuple[Reading, ...]]:
    """Reports by id with their texts, and their readings in the same order."""
    reports, readings = unit.reports(texts_of(folder)), unit.readings()
    return reports, tuple(readings.get(report.id) or Reading(report.id) for report in reports)


def texts_of(folder: Path) -> Callable[[str], str]:
    """Texts by their hash; one that is gone or altered is told as such, never passed over."""
    archive = Archive(folder / ARCHIVE)

    def text(text_sha256: str) -> str:
        try:
            return archive.text(text_sha256)
        except InputError as error:
            raise TextGone(text_sha256, error) from error

    return text


def texts_there(folder: Path) -> Callable[[str], str]:
    """Texts by their hash, an empty one where it is gone or altered: for those who look at what is left."""
    archive = Archive(folder / ARCHIVE)

    def text(text_sha256: str) -> str:
        try:
            return archive.text(text_sha256)
        except InputError:
            return ""

    return text


def with_loose(report: Report, loose: Iterable[Ruling]) -> Report:
    """A report with a notice on each ruling about its words that binds to none of its claims."""
    own = [ruling for ruling in loose if ruling.text_sha256 == report.text_sha256 and ruling.span is not None]
    return report.noticed(
        *(
            Notice("loose_ruling", f"ruling {one.seq} ({one.action}) is about words that no claim reads", *_ends(one))
            for one in own
        )
    )


def _ends(ruling: Ruling) -> tuple[int | None, int | None]:
    """Where in the text; a notice has no place in a title."""
    in_text = ruling.span is not None and ruling.span.part == "text"
    return (ruling.span.start, ruling.span.end) if ruling.span and in_text else (None, None)
