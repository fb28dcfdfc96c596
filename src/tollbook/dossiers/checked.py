"""What a check of a sheet found, as one web page: verdicts counted, and each figure that its source doesn't support.

Input: a `Page`, whose words were masked before (`alone`). Output: its HTML, which needs a browser and nothing else: no
script, no network. Worked: "D5, 74 killed: looks transposed; the source says “47 people”", the words marked in their
sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.dossiers.context import Context
from tollbook.dossiers.enrolling import prepare
from tollbook.dossiers.site.frame import environment, joined, policy
from tollbook.dossiers.sources import Sources
from tollbook.dossiers.value import Words
from tollbook.dossiers.wordlists import load_name_words
from tollbook.model import Reading, Record, Report
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """A source as it may be shown: its name, and its address where that holds no masked name."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of a sheet: where it stands, what the cell says, of what, why the verdict, and the words."""

    place: str
    cell: str
    of: str
    why: str
    source: Cited | None = None
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of one verdict; `count` is how many there are, of which some are listed."""

    verdict: str
    means: str
    count: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A source that can't be read, why, and how many figures rest on it."""

    source: Cited
    why: str
    figures: int


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown of a check. `figures` is the number of cells that hold one, `columns` says which is what."""

    sheet: str
    copy: str
    rows: int
    figures: int
    sources: Sequence[str]
    columns: Sequence[str]
    notes: Sequence[str]
    sections: Sequence[Section]
    supported: Section
    unread: Sequence[Unread]
    read: int
    version: str

    @property
    def in_doubt(self) -> int:
        """Figures that their source doesn't support."""
        return sum(section.count for section in self.sections)


def alone(report: Report, reading: Reading, book: Sources) -> Context:
    """What may be shown of one report: its words, with the names of private persons masked."""
    record = Record(reports=(report,), claims=reading.claims, readings=(reading,))
    return Context.of(record, prepare(record, load_name_words(), book), book, None)


def render(page: Page) -> str:
    """The page as HTML."""
    style = joined("style.css", "check.css")
    return environment().get_template("check.html").render(page=page, style=style, policy=policy(style))
