"""Bytes become a report in one place, however they came.

Input: a `Raw` and what is known beside it. Output: an `Item`, or a `Failure` that names the input.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from tollbook.errors import TollbookError
from tollbook.model import Notice
from tollbook.reports.assemble import assemble
from tollbook.reports.formats import extract
from tollbook.reports.options import Failure, InputOptions
from tollbook.reports.sources import Item, Particulars, Raw


def item_of(
    raw: Raw,
    known: Particulars,
    options: InputOptions,
    notices: tuple[Notice, ...] = (),
    report_id: str | None = None,
) -> Item | Failure:
    """The report that the bytes make, as read by the reader of their format."""
    try:
        made = extract(raw, options)
    except TollbookError as error:
        return Failure(raw.name, error)
    about = made.particulars.over(Particulars(publisher=_host(raw)))
    made = replace(made, particulars=about, notices=(*notices, *made.notices))
    return Item(raw.name, raw, assemble(raw, made, known, book=options.book, report_id=report_id))


def _host(raw: Raw) -> str | None:
    """The host of a page that names no publisher."""
    try:
        host = urlsplit(raw.url).hostname if raw.how in ("url", "warc") and raw.url else None
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
