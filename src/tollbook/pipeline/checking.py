"""A sheet with cited sources, audited row by row.

Input: a sheet, and where its sources lie. Output: a folder with the sheet and its verdicts, and a `Checked` of counts.
Each source is read once, however many rows cite it; what is read of it waits on disk, so that a million rows need
little memory. A row that cites several sources is supported where one of them supports it.
"""

from __future__ import annotations

import csv
import re
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from tollbook.audit import Kind, Row, Verdict, judge, meaning
from tollbook.audit.columns import Figure, Layout, guess, told
from tollbook.dossiers.formats.tables import harmless
from tollbook.errors import InputError, TollbookError, UsageError
from tollbook.files import replacing
from tollbook.lexicon import load, load_taxonomy
from tollbook.model import Number, Reading, Report
from tollbook.pipeline.analyse import Progress, read_all, silent
from tollbook.pipeline.sheets import Cells, Sheet, open_sheet
from tollbook.pipeline.shelf import Shelf, packed, unpacked
from tollbook.reports import InputOptions, gather

_PORTION = 500
_BETWEEN = re.compile(r"\s*[;\n|]\s*|\s+(?=https?://)")
_NUMBER = re.compile(r"\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+|\d+(?:\.\d+)?")
_SIGNED = re.compile(r"[+-]?[\d.,]+")  # "-5" is no formula to be made harmless
_OURS = frozenset({"sheet.csv"})


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to: rows, verdicts by kind, and the sources that can't be read, each with why."""

    rows: int
    counts: Mapping[str, int]
    unread: Mapping[str, str]

    @property
    def faults(self) -> int:
        """Figures that their sources don't support."""
        return sum(count for kind, count in self.counts.items() if kind != Kind.SUPPORTED)


@dataclass(slots=True)
class _Sources:
    """What is read of each cited source: a place on the shelf, or why it can't be read."""

    shelf: Shelf
    at: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    last: tuple[str, Reading] | None = None

    def reading(self, source: str) -> Reading | None:
        if self.last is None or self.last[0] != source:
            if source not in self.at:
                return None
            self.last = (source, unpacked(self.shelf[self.at[source]]))
        return self.last[1]


def layout_of(sheet: Sheet, columns: Path | None) -> Layout:
    """The layout that a mapping file tells, or that the headings suggest."""
    if columns is None:
        return guess(sheet.headings, load("en"))
    try:
        return told(tomllib.loads(columns.read_text("utf-8")), sheet.headings)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"can't be read as TOML ({error})", what=str(columns)) from error
    except UsageError as error:
        raise UsageError(error.message, what=str(columns), advice=error.advice) from error


def check(
    path: Path,
    out: Path,
    *,
    columns: Path | None = None,
    sources: Path | None = None,
    options: InputOptions | None = None,
    jobs: int | None = None,
    progress: Progress = silent,
    shown: Callable[[Layout], None] = lambda layout: None,
) -> Checked:
    """Audit a sheet and write it with its verdicts into `out`; `shown` is told the layout before anything is read.

    `sources` is the folder from which cited paths count, by default the sheet's own. Raises InputError for a sheet that
    can't be read, UsageError where its columns aren't known.
    """
    sheet = open_sheet(path)
    layout = layout_of(sheet, columns)
    shown(layout)
    with (
        replacing(out, ours=_is_ours, what="a check") as folder,
        tempfile.TemporaryDirectory() as beside,
        Shelf(Path(beside)) as shelf,
    ):
        read = _read(_cited(sheet, layout), sources or path.parent, shelf, options or InputOptions(), jobs, progress)
        return _judged(sheet, layout, read, folder / "sheet.csv", progress)


def _is_ours(folder: Path) -> bool:
    return {item.name for item in folder.iterdir()} <= _OURS


# ---- sources ----


def _cited(sheet: Sheet, layout: Layout) -> list[str]:
    """Every source that a row cites, once, in order."""
    return list(dict.fromkeys(source for cells in sheet.rows() for source in cited_by(cells, layout)))


def cited_by(cells: Cells, layout: Layout) -> list[str]:
    """The sources of one row: "a.html; b.html" and two columns of links are several."""
    texts = (cells[column] for column in layout.sources)
    return [source for text in texts for source in _BETWEEN.split(text.strip()) if source]


def _read(
    cited: list[str], folder: Path, shelf: Shelf, options: InputOptions, jobs: int | None, progress: Progress
) -> _Sources:
    """Read each source; one that fails is remembered with its reason."""
    read = _Sources(shelf)
    for start in range(0, len(cited), _PORTION):
        reports, names = [], []
        for source in cited[start : start + _PORTION]:
            try:
                reports.append(replace(_report(source, folder, options), id=source))
                names.append(source)
            except TollbookError as error:
                read.failed[source] = str(error)
        for name, reading in zip(names, read_all(reports, jobs=jobs), strict=True):
            read.at[name] = len(shelf)
            shelf.put(packed(reading))
        progress("reading sources", min(start + _PORTION, len(cited)), len(cited))
    return read


def _report(source: str, folder: Path, options: InputOptions) -> Report:
    """The one report at an address, or at a path within the folder: a stranger's sheet opens no other files."""
    is_url = urlsplit(source).scheme in ("http", "https")
    if not is_url and not (folder / source).resolve().is_relative_to(folder.resolve()):
        raise InputError("lies outside the folder of sources", what=source, advice="name that folder by --sources")
    got = gather([source if is_url else str(folder / source)], options)
    for failure in (*got.failures, *got.skipped):
        raise failure.error
    if len(got.reports) != 1:
        raise InputError(f"holds {len(got.reports)} reports, where one is cited", what=source)
    return got.reports[0]


# ---- verdicts ----


def _judged(sheet: Sheet, layout: Layout, read: _Sources, out: Path, progress: Progress) -> Checked:
    """Write every row with its verdicts."""
    counts: Counter[str] = Counter()
    number = 0
    with out.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        more = [f"{figure.low}: {what}" for figure in layout.figures for what in ("verdict", "why")]
        table.writerow(map(harmless, (*sheet.headings, *more)))
        for number, cells in enumerate(sheet.rows(), start=1):
            found = [_verdict(figure, cells, layout, read) for figure in layout.figures]
            counts.update(verdict.kind for verdict in found if verdict is not None)
            told = [part for one in found for part in ((one.kind, one.why) if one else ("", ""))]
            table.writerow([cell if _SIGNED.fullmatch(cell) else harmless(cell) for cell in (*cells.values(), *told)])
            if number % 1000 == 0:
                progress("checking rows", number, 0)
    return Checked(number, {kind: counts[kind] for kind in Kind if counts[kind]}, read.failed)


def _verdict(figure: Figure, cells: Cells, layout: Layout, read: _Sources) -> Verdict | None:
    """The verdict on one figure of a row, None where its cell is empty; the best of those by its sources."""
    low, high = number_in(cells[figure.low]), number_in(cells[figure.high])
    if low is None or high is None:
        return None
    row = _row(figure, cells, min(low, high), max(low, high))
    cited = cited_by(cells, layout)
    if not cited:
        return Verdict(Kind.UNREAD, "the row cites no source")
    found = [_by(source, row, read) for source in cited]
    return min(found, key=lambda verdict: _ORDER.index(verdict.kind))


# Of several sources the one that supports a row counts, then the one that says most of what is wrong.
_ORDER = (Kind.OVER_WHOLE, Kind.SUPPORTED, Kind.TRANSPOSED, Kind.CONTRADICTED, Kind.ABSENT, Kind.UNREAD)


def _by(source: str, row: Row, read: _Sources) -> Verdict:
    reading = read.reading(source)
    if reading is None:
        return Verdict(Kind.UNREAD, read.failed[source])
    return judge(row, reading, load_taxonomy())


def _row(figure: Figure, cells: Cells, low: Number, high: Number) -> Row:
    measure, group = figure.measure, figure.group
    if figure.counted is not None:
        measure, group = meaning(cells[figure.counted], load("en"))
    if figure.who is not None:
        group = meaning(cells[figure.who], load("en"))[1] or group
    whole = number_in(cells[figure.whole]) if figure.whole is not None else None
    return Row(measure, group, low, high, whole)


def number_in(cell: str) -> Number | None:
    """The number in a cell: "1,200", "≥ 40", "12 (incl. 3 police)"; None where there is none."""
    found = _NUMBER.search(cell)
    if found is None:
        return None
    whole = re.fullmatch(r"\d{1,3}(?:[ ,.\u00a0\u202f]\d{3})+", found[0])
    value = float(re.sub(r"\D", "", found[0]) if whole else found[0])
    return int(value) if value.is_integer() else value
