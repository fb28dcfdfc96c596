"""What of a check is shown on its page: everything counted, and of each verdict as much as a person can read.

Input: the verdicts, row by row. Output: the page. Of a verdict the first `LISTED` figures are listed with the words of
their source, so that the page of a million rows is one that opens.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import field

import tollbook
from tollbook.audit import Kind, Verdict
from tollbook.audit.columns import Figure, Layout
from tollbook.dossiers.checked import Cited, Finding, Page, Section, Unread, render
from tollbook.lexicon import load_taxonomy
from tollbook.pipeline.cited import Sources
from tollbook.sheets import Cells, Sheet, shown
from tollbook.values import dataclass

# A verdict, and the source that it is by.
Judged = tuple[Verdict, str | None]
LISTED = 200
_SUPPORTED = 40
_SOURCES = 500
_LONGEST = 300
# What each verdict means, in the order of the page.
_MEANS = {
    Kind.OVER_WHOLE: "The part is more than the whole in the same row; no source is needed to see it.",
    Kind.TRANSPOSED: "The source gives the number with two neighbouring digits the other way.",
    Kind.CONTRADICTED: "The source gives other numbers of those people.",
    Kind.ABSENT: "The source gives no such figure, or gives it of something else.",
    Kind.NO_NUMBER: "The cell holds something that can’t be read as a number.",
    Kind.UNREAD: "The source is missing, can’t be fetched or read, or the row cites none.",
}
_NO_SOURCE = "the rows cite no source"


@dataclass(slots=True)
class Gathered:
    """Gathers verdicts: how many of each kind, the first of each, how many figures rest on a source not readable."""

    sheet: Sheet
    layout: Layout
    read: Sources
    counts: Counter[Kind] = field(default_factory=Counter)
    kept: dict[Kind, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    resting: Counter[str | None] = field(default_factory=Counter)

    @property
    def counted(self) -> dict[str, int]:
        """Verdicts by kind, in their order."""
        return {kind.value: self.counts[kind] for kind in Kind if self.counts[kind]}

    def row(self, number: int, cells: Cells, found: list[Judged]) -> None:
        """Take in the verdicts on one row."""
        for figure, (verdict, source) in zip(self.layout.figures, found, strict=True):
            kind = verdict.kind
            self.counts[kind] += 1
            if kind is Kind.UNREAD:
                self.resting[source] += 1
            elif kind is not Kind.EMPTY and len(self.kept[kind]) < (_SUPPORTED if kind is Kind.SUPPORTED else LISTED):
                self.kept[kind].append(self._finding(number, cells, figure, verdict, source))

    def _finding(self, number: int, cells: Cells, figure: Figure, verdict: Verdict, source: str | None) -> Finding:
        columns = dict.fromkeys((figure.low, figure.high))
        return Finding(
            place=self.sheet.place(number, figure.low),
            cell=_short(" – ".join(filter(None, (shown(cells[column]) for column in columns)))),
            of=_short(_counted(figure, cells)),
            why=verdict.why,
            source=self.read.shown(source) if source is not None else None,
            words=self.read.words(source, verdict.words) if source is not None and verdict.words else None,
        )

    def page(self, rows: int, copy: str, notes: Sequence[str]) -> bytes:
        """The page, as the bytes of its file."""
        sections = [self._section(kind, means) for kind, means in _MEANS.items() if self.counts[kind]]
        unread = [
            Unread(Cited("no source") if source is None else self.read.shown(source), _why(source, self.read), count)
            for source, count in self.resting.most_common(_SOURCES)
        ]
        page = Page(
            sheet=self.sheet.path.name,
            copy=copy,
            rows=rows,
            figures=sum(self.counts.values()) - self.counts[Kind.EMPTY],
            sources=self.layout.sources,
            columns=[figure.told for figure in self.layout.figures],
            notes=notes,
            sections=sections,
            supported=self._section(Kind.SUPPORTED, "A claim of the source gives the number."),
            unread=unread,
            read=len(self.read.at),
            version=tollbook.__version__,
        )
        return render(page).encode("utf-8", "replace")

    def _section(self, kind: Kind, means: str) -> Section:
        return Section(kind.value, means, self.counts[kind], tuple(self.kept[kind]))


def _why(source: str | None, read: Sources) -> str:
    return _NO_SOURCE if source is None else read.failed[source]


def _counted(figure: Figure, cells: Cells) -> str:
    """What a cell counts: "killed, women", or the words of the columns that say it."""
    known = load_taxonomy()
    measure = known.measures[figure.measure].label if figure.measure in known.measures else ""
    group = known.label(figure.group) if figure.group not in (None, "all") else ""
    said = [shown(cells[column]) for column in (figure.counted, figure.who) if column is not None]
    return ", ".join(filter(None, (measure, group, *said)))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
