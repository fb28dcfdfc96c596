"""The rows of a sheet enter a project: each is a report in the archive, made of the sheet's bytes, kept whole or not.

Input: a project's folder, a file, what its columns hold. Output: an `Imported`. The same sheet again changes nothing; a
sheet that changed is another: its rows come beside those of old, and rows that say the same are one claim.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from tollbook.errors import InputError, UsageError
from tollbook.model import SHEET, Report, sheet_of
from tollbook.model.reports import is_publishing_day
from tollbook.pipeline.adding import Added, Reader, add_gathered, reader_of, so_many
from tollbook.pipeline.analyse import Progress, silent
from tollbook.pipeline.importing.days import Order
from tollbook.pipeline.importing.preview import Preview, Row, preview, refused, rows_of
from tollbook.pipeline.importing.rowtext import text_of
from tollbook.pipeline.project_folder import open_project
from tollbook.reports import Archive, Gathered, InputOptions
from tollbook.reports.custody import custody_of
from tollbook.reports.sources import Raw
from tollbook.store import Stamp
from tollbook.text import counted
from tollbook.values import dataclass

# So many rows are made into reports, kept and linked before the next, so that the longest sheet needs little memory.
_PORTION = 5_000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to: the sheet as it was read, what became of its rows, and lines for a person to know."""

    sheet: Preview
    added: Added
    notes: tuple[str, ...] = ()


def import_sheet(
    folder: Path,
    path: Path,
    by: Stamp,
    *,
    name: str | None = None,
    worksheet: str | None = None,
    fields: Mapping[str, str] | None = None,
    order: Order | None = None,
    said_by: str | None = None,
    published: str | None = None,
    reader: Reader | None = None,
    jobs: int | None = None,
    progress: Progress = silent,
) -> Imported:
    """Bring the rows of a sheet into the project; `name` is the file's own, `said_by` who compiled it, else its name.

    `published` is the day on which the sheet was made known, YYYY-MM-DD. Nothing is written where any cell can't be
    read. Raises InputError or UsageError in one line.
    """
    if published is not None and not _is_day(published):
        raise UsageError(f"'{published}' is no day", advice="write --published YYYY-MM-DD")
    raw = Raw(name or path.name, _bytes(path))
    found = preview(path, worksheet=worksheet, fields=fields, order=order)
    wrong = refused(found)
    if wrong is not None:
        raise wrong
    reader = reader or reader_of(folder, jobs=jobs or 1)  # a row is read sooner than a process is started
    sha256 = hashlib.sha256(raw.data).hexdigest()
    made = partial(_report, raw, sha256, worksheet, said_by, published)
    seen, parts, others = set[str](), list[Added](), _others(folder, raw.name, sha256)
    for rows in so_many(_PORTION, map(made, rows_of(found))):
        if _bytes(path) != raw.data:
            raise InputError("changed while it was read", what=str(path), advice="import it again; what is there stays")
        own = {one.text_sha256: one for one in reversed(rows) if one.text_sha256 not in seen}
        seen.update(own)
        parts.append(_bring(folder, raw, own, by, reader))
        progress("bringing rows in", len(seen), found.rows)
    return Imported(found, _together(parts), tuple(_notes(found, len(seen), others)))


def _bring(folder: Path, raw: Raw, rows: Mapping[str, Report], by: Stamp, reader: Reader) -> Added:
    """Some rows enter the project, by the hash of their text; one that says what another there says is that one."""
    own = _known(folder, rows)

    def gathered(kept: InputOptions) -> Gathered:
        archive = Archive(kept.archive) if kept.archive else None
        if archive is not None:
            archive.keep_rows(raw, rows.values())
            archive.flush()
        ways = {own[sha256].id: (custody_of(raw, one, kept.who, kept.when),) for sha256, one in rows.items()}
        return Gathered(tuple(sorted(own.values(), key=lambda one: one.id)), (), custody=ways)

    return add_gathered(folder, gathered, by, reader=reader)


def _together(parts: Sequence[Added]) -> Added:
    """What all portions came to."""
    names = (one.name for one in fields_of(Added))
    return Added(**{name: tuple(chain.from_iterable(getattr(part, name) for part in parts)) for name in names})


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and is_publishing_day(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror})", what=str(path)) from error


def _report(
    raw: Raw, sha256: str, worksheet: str | None, said_by: str | None, published: str | None, row: Row
) -> Report:
    """The report of a row: its id is the sheet's name and hash, and the row's number."""
    inner, text = f"/{worksheet}" if worksheet else "", text_of(row.lines)
    return Report(
        f"{raw.name}@{sha256[:12]}{inner}/row {row.number}", text, sha256,
        hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=row.name or f"{raw.name}, row {row.number}", published=published, publisher=said_by or raw.name,
        extractor=SHEET,
    )  # fmt: skip


def _known(folder: Path, rows: Mapping[str, Report]) -> dict[str, Report]:
    """The report of each text, which an earlier sheet or row may have had."""
    own = dict(rows)
    with open_project(folder) as store, store.read() as unit:
        for sha256, one in rows.items():
            there = (unit.report(name) for name in unit.reports_of(sha256))
            known = next((report for report in there if report is not None and report.is_row), None)
            if known is not None:
                own[sha256] = replace(known, text=one.text)
    return own


def _others(folder: Path, name: str, sha256: str) -> list[str]:
    """The other sheets of this name that the project has rows of."""
    mine = f"{name}@{sha256[:12]}"
    with open_project(folder) as store, store.read() as unit:
        sheets = {sheet_of(name) for name in unit.readers()}
    return sorted(one for one in sheets if one and one.rpartition("@")[0] == name and not one.startswith(mine))


def _notes(found: Preview, different: int, others: Sequence[str]) -> Iterator[str]:
    yield from found.notes
    if found.empty:
        yield f"{counted(found.empty, 'row')} without a figure, left out"
    if found.rows > different:
        yield f"{counted(found.rows - different, 'row')} that say the same as another: each counts once with it"
    if others:
        yield (
            f"another sheet of this name is in the project ({', '.join(others[:3])}): rows that only the older "
            "one has stay; reject or withhold them where they no longer hold"
        )
