"""A sheet with cited sources, audited row by row.

Input: a sheet, and where its sources lie. Output: a folder with the sheet and its verdicts and a page of what is not
supported, and a `Checked` of counts. A row that cites several sources is supported where one of them supports it.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path

from tollbook.audit import Kind, Row, Verdict, counts_people, exceeding, judge, meaning
from tollbook.audit.columns import Figure, Layout, guess, told
from tollbook.errors import InputError, UsageError
from tollbook.files import replacing
from tollbook.lexicon import load, load_taxonomy
from tollbook.pipeline.analyse import Progress, silent
from tollbook.pipeline.check_page import Gathered, Judged
from tollbook.pipeline.cited import Sources, named_in, read_sources
from tollbook.pipeline.shelf import Shelf
from tollbook.pipeline.stated import Stated, stated
from tollbook.reports import InputOptions
from tollbook.sheets import Cells, Sheet, cited, open_sheet, shown
from tollbook.text import counted
from tollbook.values import dataclass

PAGE = "report.html"
_OURS = frozenset({"sheet.csv", "sheet.xlsx", "sheet.parquet", PAGE})
# Rows between two reports of progress.
_STEP = 1_000
# What is nobody's fault: the source has it, or the sheet gives no figure.
_FINE = frozenset({Kind.SUPPORTED, Kind.EMPTY})
# Words that nobody knows: how many are remembered, of how many the user is told.
_UNKNOWN, _TOLD = 1_000, 5


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to: rows, verdicts by kind, sources that can't be read with why, notes on the sheet, files."""

    rows: int
    counts: Mapping[str, int]
    unread: Mapping[str, str]
    notes: Sequence[str]
    files: Sequence[str]

    @property
    def faults(self) -> int:
        """Figures that their sources don't support."""
        return sum(count for kind, count in self.counts.items() if kind not in _FINE)


def check(
    path: Path,
    out: Path,
    *,
    worksheet: str | None = None,
    columns: Path | None = None,
    sources: Path | None = None,
    options: InputOptions | None = None,
    jobs: int | None = None,
    progress: Progress = silent,
    shown: Callable[[Layout], None] = lambda layout: None,
) -> Checked:
    """Audit a sheet and write it with its verdicts into `out`; `shown` is told the layout before anything is read.

    `sources` is the folder from which cited paths count, by default the sheet's own, or a JSONL file of reports.
    Raises InputError for a sheet that can't be read, UsageError where its columns aren't known.
    """
    place = sources or path.parent
    if not place.exists():
        raise UsageError("no such folder or file", what=str(place), advice="name where the sources lie by --sources")
    sheet = open_sheet(path, worksheet)
    layout = layout_of(sheet, columns)
    shown(layout)
    with (
        replacing(out, ours=_is_ours, what="a check") as folder,
        tempfile.TemporaryDirectory() as beside,
        Shelf(Path(beside)) as accounts,
        Shelf(Path(beside)) as texts,
    ):
        read = Sources(accounts, texts)
        read_sources(read, _cited(sheet, layout, progress), place, options or InputOptions(), jobs, progress)
        return _judged(sheet, layout, read, folder, progress)


def layout_of(sheet: Sheet, columns: Path | None) -> Layout:
    """The layout that a mapping file tells, or that the headings suggest."""
    try:
        if columns is None:
            return guess(sheet.headings, load("en"))
        return told(tomllib.loads(columns.read_text("utf-8")), sheet.headings)
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"can't be read as TOML ({why})", what=str(columns)) from error
    except UsageError as error:
        raise UsageError(error.message, what=str(columns or sheet.path), advice=error.advice) from error


def _is_ours(folder: Path) -> bool:
    return {item.name for item in folder.iterdir()} <= _OURS


def _cited(sheet: Sheet, layout: Layout, progress: Progress) -> list[str]:
    """Every source that a row cites, once, in order."""
    found: dict[str, None] = {}
    number = 0
    for number, cells in enumerate(sheet.rows(), start=1):
        found.update(dict.fromkeys(_cited_by(cells, layout)))
        if number % _STEP == 0:
            progress("looking for sources", number, 0)
    if not number:
        raise InputError("has headings but no rows", what=str(sheet.path))
    return list(found)


def _cited_by(cells: Cells, layout: Layout) -> list[str]:
    """The sources of one row: "a.html; b.html" and two columns of links are several."""
    return [source for column in layout.sources for source in named_in(cited(cells[column]))]


# ---- verdicts ----


def _judged(sheet: Sheet, layout: Layout, read: Sources, folder: Path, progress: Progress) -> Checked:
    """Write every row with its verdicts, and the page."""
    auditor, gathered = _Auditor(sheet, layout, read), Gathered(sheet, layout, read)
    number = 0
    copy_name = f"sheet{sheet.suffix}"
    with sheet.copy(folder / copy_name, list(_more(sheet.headings, layout))) as copy:
        for number, cells in enumerate(sheet.rows(), start=1):
            found = auditor.verdicts(number, cells)
            gathered.row(number, cells, found)
            copy.row(cells, [part for verdict, _ in found for part in (verdict.kind, verdict.why)])
            if number % _STEP == 0:
                progress("checking rows", number, 0)
    notes = [*sheet.notes, *auditor.notes()]
    (folder / PAGE).write_bytes(gathered.page(number, copy_name, notes))
    return Checked(number, gathered.counted, read.failed, notes, (copy_name, PAGE))


def _more(headings: Iterable[str], layout: Layout) -> Iterator[str]:
    """The headings of the verdicts; one that the sheet has already is numbered."""
    taken = set(headings)
    for figure in layout.figures:
        for what in ("verdict", "why"):
            name, number = f"{figure.low}: {what}", 2
            while name in taken:
                name, number = f"{figure.low}: {what} {number}", number + 1
            taken.add(name)
            yield name


# Of several sources the one that supports a row counts, then the one that says most of what is wrong.
_ORDER = (Kind.SUPPORTED, Kind.TRANSPOSED, Kind.CONTRADICTED, Kind.ABSENT, Kind.UNREAD)


@dataclass(slots=True)
class _Auditor:
    """Judges rows; `unknown` are words of columns that say what is counted, or who, which nobody knows."""

    sheet: Sheet
    layout: Layout
    read: Sources
    unknown: Counter[tuple[str, str]] = field(default_factory=Counter)

    def verdicts(self, number: int, cells: Cells) -> list[Judged]:
        """The verdict on each figure of a row."""
        cited = _cited_by(cells, self.layout)
        return [self._verdict(number, figure, cells, cited) for figure in self.layout.figures]

    def _verdict(self, number: int, figure: Figure, cells: Cells, cited: Sequence[str]) -> Judged:
        """The verdict on one figure of a row; the best of those by its sources."""
        ends = self._ends(number, figure, cells)
        if not isinstance(ends, Stated):
            return Verdict(Kind.NO_NUMBER if ends else Kind.EMPTY, ends or ""), None
        row = self._row(figure, cells, ends)
        over = exceeding(row)
        if over is not None:
            return over, None
        if not cited:
            return Verdict(Kind.UNREAD, "the row cites no source"), None
        best = self._best(row, cited)
        return best if row.low == row.high or best[0].kind is Kind.SUPPORTED else self._end_by_end(row, cited)

    def _best(self, row: Row, cited: Sequence[str]) -> Judged:
        """The best verdict that a source gives."""
        found = [(self._by(source, row), source) for source in cited]
        return min(found, key=lambda pair: _ORDER.index(pair[0].kind))

    def _end_by_end(self, row: Row, cited: Sequence[str]) -> Judged:
        """A range whose lower end one claim or source gives, and its upper end another."""
        ends = [(end, *self._best(replace(row, low=end, high=end), cited)) for end in (row.low, row.high)]
        told = "; ".join(f"{end:,}: {verdict.why}" for end, verdict, _ in ends)
        _, worse, source = max(ends, key=lambda one: _ORDER.index(one[1].kind))
        return replace(worse, why=told), source

    def _by(self, source: str, row: Row) -> Verdict:
        account = self.read.account(source)
        if account is None:
            return Verdict(Kind.UNREAD, self.read.failed[source])
        return judge(row, account, load_taxonomy())

    def _ends(self, number: int, figure: Figure, cells: Cells) -> Stated | str | None:
        """The ends of a figure, or why a cell is no number, with its place; None where no cell gives one."""
        found = []
        for column in dict.fromkeys((figure.low, figure.high)):
            one = stated(cells[column], load("en"))
            if isinstance(one, str):
                return f"{self.sheet.place(number, column)}: {one}"
            found += [one] if one else []
        if not found:
            return None
        vague = any(one.vague for one in found)
        return Stated(min(one.low for one in found), max(one.high for one in found), vague)

    def _row(self, figure: Figure, cells: Cells, ends: Stated) -> Row:
        measure, group = figure.measure, figure.group
        if figure.counted is not None:
            measure, group = self._known(figure.counted, cells)
        if figure.who is not None:
            group = self._known(figure.who, cells)[1] or group
        whole = stated(cells[figure.whole], load("en")) if figure.whole is not None else None
        above = whole.high if isinstance(whole, Stated) else None
        return Row(measure, group, ends.low, ends.high, above, _people(measure, group), ends.vague)

    def _known(self, column: str, cells: Cells) -> tuple[str | None, str | None]:
        """The measure and the group that a cell names; words that name neither are remembered."""
        words = shown(cells[column]).strip()
        found = _meaning(words)
        if words and found == (None, None) and ((column, words) in self.unknown or len(self.unknown) < _UNKNOWN):
            self.unknown[column, words] += 1
        return found

    def notes(self) -> list[str]:
        """A line for each word that nobody knows, up to a few."""
        return [
            f"“{words}” in {column} ({counted(rows, 'row')}) names nothing that is known: figures of anything count"
            for (column, words), rows in self.unknown.most_common(_TOLD)
        ]


@lru_cache(10_000)
def _meaning(words: str) -> tuple[str | None, str | None]:
    return meaning(words, load("en"))


@lru_cache(10_000)
def _people(measure: str | None, group: str | None) -> bool | None:
    return counts_people(measure, group, load("en"))
