"""An extract becomes a Report: hashes, language, dateline, credits.

Input: the bytes as obtained, the text extracted from them, and what is known beside it. Output: a `Report`. A plain
text that opens "HARIM, 6 May 2019 (XYZ) --" and came without particulars is published 2019-05-06, its origin XYZ.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from tollbook.lexicon.sources import SourceBook, source_key
from tollbook.model import Notice, Report, Span
from tollbook.reports.credits import find_credits
from tollbook.reports.dateline import find_dateline
from tollbook.reports.language import language_notice, language_of
from tollbook.reports.publication import Line, day_of_publication, top
from tollbook.reports.sources import Extract, Particulars, Raw


def text_hash(text: str) -> str:
    """The sha256 of a text in UTF-8; lone surrogates, which UTF-8 has no place for, pass as they are."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def assemble(
    raw: Raw, extract: Extract, known: Particulars, *, book: SourceBook, report_id: str | None = None
) -> Report:
    """The report that `extract` makes; `known` (a sidecar, a row) stands before what the document says of itself."""
    text = extract.text
    about = known.over(extract.particulars)
    lines = top(text)
    published, told = _published(about.published, text, lines)
    dateline = find_dateline(text, lines, _day(published))
    if published is None and dateline and dateline.date:
        published, told = dateline.date.isoformat(), _from_text(dateline.date, dateline.span)
    credited = find_credits(text, lines, dateline.agency if dateline else None, book)
    language = language_of(text) if text.strip() else None
    hashed = text_hash(text)
    return Report(
        id=report_id or hashed,
        text=text,
        sha256=hashlib.sha256(raw.data).hexdigest(),
        text_sha256=hashed,
        title=about.title,
        published=published,
        publisher=about.publisher,
        author=about.author or credited.author,
        url=about.url,
        language=language,
        origins=_others(credited.origins, about.publisher, book),
        notices=(*extract.notices, *(notice for notice in (told, language_notice(language)) if notice)),
        extractor=extract.extractor,
        dateline=dateline,
    )


def _others(origins: tuple[str, ...], publisher: str | None, book: SourceBook) -> tuple[str, ...]:
    """The credits less the publisher itself: an agency that signs its own report credits nobody."""
    own = source_key(book.name(publisher)) if publisher else None
    return tuple(name for name in origins if source_key(name) != own)


def _published(given: str | None, text: str, lines: list[Line]) -> tuple[str | None, Notice | None]:
    """When it was published: as given, else as a line near the top says."""
    found = None if given else day_of_publication(text, lines)
    return (found[1].isoformat(), _from_text(found[1], found[0].span)) if found else (given, None)


def _from_text(day: dt.date, span: Span) -> Notice:
    return Notice("published_from_text", f"published {day.isoformat()}, as the text says", span.start, span.end)


def _day(published: str | None) -> dt.date | None:
    return dt.date.fromisoformat(published[:10]) if published else None
