"""Reports as read, and the passages they are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

from tollbook.model.spans import Span
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about a report: a code, one sentence, and where in the text."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


def is_publishing_day(day: dt.date) -> bool:
    """False before printing, and near the calendar's end, where one can't count days ahead."""
    return 1450 <= day.year < 9000


@dataclass(frozen=True, slots=True)
class Report:
    """A source as read: its text exactly as given or extracted, and its particulars.

    `published` is an ISO date or time as given; `sha256` is of the raw bytes, `text_sha256` of the text in UTF-8;
    `origins` are the wires or offices credited for the report as a whole, nearest first; `extractor` names what made
    the text and its version; `dateline` is what a dateline plainly says (place, date), else None.
    """

    id: str
    text: str
    sha256: str
    text_sha256: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    origins: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    extractor: str = "text"
    dateline: Dateline | None = None

    def words(self, span: Span) -> str:
        """The exact words of a span, in the text or in the title."""
        return span.of((self.title or "") if span.part == "title" else self.text)

    @property
    def published_date(self) -> dt.date | None:
        """The day of `published`, None where it is missing, no date, or of a year in which nothing is published."""
        try:
            day = dt.date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None
        return day if is_publishing_day(day) else None

    @property
    def is_row(self) -> bool:
        """True for the text of a row of a spreadsheet."""
        return self.extractor == "sheet@1"

    def noticed(self, *notices: Notice) -> Report:
        return replace(self, notices=(*self.notices, *notices))


def sheet_of(report: str) -> str | None:
    """The sheet whose row a report is, by its id: "deaths.csv@0f…" of "deaths.csv@0f…/row 12"; None for any other."""
    sheet, row, number = report.rpartition("/row ")
    return sheet if row and "@" in sheet and number.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Dateline:
    """A line such as "SAN MARTIN, 6 May (XYZ) -": place, day and agency, each None where not plainly said."""

    span: Span
    place: str | None = None
    date: dt.date | None = None
    agency: str | None = None


PassageKind = Literal["sentence", "headline", "item", "infobox", "dateline", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, headline, list item or info-box line: a span, the paragraph it stands in, and who speaks.

    `speaker` is the span of a transcript's speaker label that governs it ("Female resident:"), None elsewhere.
    """

    span: Span
    kind: PassageKind
    paragraph: int
    speaker: Span | None = None
