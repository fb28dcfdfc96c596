"""The index: where and when, then every incident in a line, conflicts first; counts, sources, exports, methods.

Input: a `Site`. Output: `index.html`. Worked: of two thousand incidents each is a line of some 300 bytes with its
name, its figures, and numbers by which the page's script can search sources and sort; without one the list is whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tollbook.dossiers.figures import column_order
from tollbook.dossiers.site.counts import counts as pages_of_counts
from tollbook.dossiers.site.drawing import PLOT_STYLE
from tollbook.dossiers.site.frame import Site
from tollbook.dossiers.site.maps import Places
from tollbook.dossiers.site.sources import voices
from tollbook.dossiers.site.timeline import timeline
from tollbook.dossiers.sources import key_of
from tollbook.dossiers.value import Column, Dossier, Page
from tollbook.text import counted

_FIGURES = 4  # of an incident's counts that its line shows


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a line, its status, and the rule sets that give it; none where all do."""

    figure: str
    status: str
    rules: str


@dataclass(frozen=True, slots=True)
class Line:
    """An incident as the index has it: its page, how many of its counts are disputed, its first figures.

    `sources`, `counts` and `statuses` are for the script: numbers of each, of counts with the highest figure.
    """

    page: Page
    disputed: int
    figures: tuple[tuple[str, tuple[Told, ...]], ...]
    more: int
    sources: str
    counts: str
    statuses: str

    @property
    def days(self) -> str:
        """First and last day in ISO form, for the script."""
        date = self.page.date
        return " ".join(dict.fromkeys(map(str, (date.start, date.end)))) if date else ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A source, or a thing that is counted: its page, how many incidents, in how many of them the count is disputed."""

    name: str
    kind: str
    file: str
    incidents: int
    disputed: int = 0


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The one page."""
    pages = site.dossier.pages
    sources, counts = _sources(site.dossier), _counts(site.dossier)
    statuses = sorted({ruled.status for page in pages for column in page.columns for ruled in column.ruled})
    body = site.page(
        "index.html",
        styles=("map.css", "index.css", "figures.css"),
        scripts=("index.js", "draw.js"),
        drawn=PLOT_STYLE,
        source_line=f"From {counted(len(site.dossier.reports), 'report')}. Made with tollbook {site.dossier.version}.",
        chart=Places.of(site.dossier).record(),
        time=timeline(pages),
        lines=lines(pages, sources, counts, statuses),
        sources=list(sources.values()),
        counts=list(counts.values()),
        statuses=statuses,
    )
    yield "index.html", body


def lines(
    pages: Sequence[Page], sources: Mapping[object, Heard], counts: Mapping[str, Heard], statuses: Sequence[str]
) -> list[Line]:
    """A line an incident: those with the most disputed counts first, then those with the most figures."""
    source_at = {key: str(at) for at, key in enumerate(sources)}
    count_at = {key: at for at, key in enumerate(counts)}
    found = []
    for page in pages:
        ruled = [column for column in page.columns if column.ruled]
        rows = (source_at[row.name, row.kind] for row in page.rows)
        found.append(
            Line(
                page, sum(column.disputed for column in ruled),
                tuple((column.label, _told(column)) for column in ruled[:_FIGURES]), max(len(ruled) - _FIGURES, 0),
                " ".join(dict.fromkeys(rows)),
                " ".join(f"{count_at[column.label]}:{_top(column)}" for column in ruled),
                " ".join(sorted({str(statuses.index(one.status)) for column in ruled for one in column.ruled})),
            )
        )  # fmt: skip
    return sorted(found, key=lambda line: (-line.disputed, -line.page.claims, line.page.name, line.page.slug))


def _told(column: Column) -> tuple[Told, ...]:
    """A count's figures: one where all rule sets agree, else each with those that give it."""
    found: dict[tuple[str, str], list[str]] = {}
    for ruled in column.ruled:
        found.setdefault((ruled.figure, ruled.status), []).append(ruled.rules)
    return tuple(
        Told(figure, status, " ".join(rules) if len(found) > 1 else "") for (figure, status), rules in found.items()
    )


def _top(column: Column) -> str:
    """The highest figure that a rule set gives, to sort by; empty where there is none."""
    ends = [one for ruled in column.ruled for one in (ruled.low, ruled.best, ruled.high) if one is not None]
    return f"{float(max(ends)):.15g}" if ends else ""


def _sources(dossier: Dossier) -> dict[object, Heard]:
    """Everybody who says something of an incident, those heard of the most incidents first."""
    files = {key_of(voice.name): voice.file for voice in voices(dossier)}
    heard = Counter((row.name, row.kind) for page in dossier.pages for row in page.rows)
    ordered = sorted(heard.items(), key=lambda one: (-one[1], one[0]))
    return {key: Heard(*key, files.get(key_of(key[0]), ""), number) for key, number in ordered}


def _counts(dossier: Dossier) -> dict[str, Heard]:
    """Everything that is counted, in the order in which people ask."""
    pages, files = dossier.pages, {one.measure: one.file for one in pages_of_counts(dossier)}
    keys = {
        column.label: (column.measure, column.group, column.unit)
        for page in pages for column in page.columns if column.ruled
    }  # fmt: skip
    number = Counter(column.label for page in pages for column in page.columns if column.ruled)
    disputed = Counter(column.label for page in pages for column in page.columns if column.disputed)
    ordered = sorted(keys, key=lambda label: (column_order(keys[label]), label))
    return {
        label: Heard(label, keys[label][0], files[keys[label][0]], number[label], disputed[label]) for label in ordered
    }
