"""A report comes back out of an evidence file that tollbook wrote: read from its bytes as it was read the first time.

Input: the bytes of a capture and the chain of custody that came with them. Output: an `Item` with the report's id and
particulars as told there, its text made anew from the bytes: what an evidence file says of itself is never taken for
its content. Where another text came of the same bytes then, a notice says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tollbook.errors import InputError, TollbookError
from tollbook.model import Notice
from tollbook.reports.captured import charset_of, links_of
from tollbook.reports.items import item_of
from tollbook.reports.options import Failure, InputOptions
from tollbook.reports.particulars import particulars_of
from tollbook.reports.rows import row_item
from tollbook.reports.sources import Item, Particulars, Raw


def restored(raw: Raw, told: Mapping[str, Any], options: InputOptions) -> Item | Failure:
    """The report that `told` is about; `raw` is what its bytes are kept as: a capture."""
    try:
        links = links_of(told)
        if told.get("sha256") != hashlib.sha256(raw.data).hexdigest():
            raise InputError("its bytes are not those that its chain of custody tells of")
        item = _read_as_before(raw, _origin(links[0], raw.data), told, options)
    except TollbookError as error:
        return Failure(raw.name, InputError(error.message, what=raw.name, advice=error.advice))
    if isinstance(item, Failure):
        return item
    report = item.report
    if told.get("text_sha256") not in (None, report.text_sha256):
        was = _text(told, "extractor") or "another extractor"
        report = report.noticed(Notice("text_differs", f"another text was made of these bytes before, by {was}"))
    return Item(raw.name, replace(raw, earlier=tuple(links)), report)


def _read_as_before(raw: Raw, origin: Raw, told: Mapping[str, Any], options: InputOptions) -> Item | Failure:
    report_id = _text(told, "report")
    if origin.how == "row":
        item = row_item(raw.data, raw.name, options.book)
        return replace(item, report=replace(item.report, id=report_id or item.report.id))
    particulars = told.get("particulars")
    known, notices = particulars_of(particulars) if isinstance(particulars, dict) else (Particulars(), ())
    return item_of(origin, known, options, notices, report_id)


def _origin(link: Mapping[str, Any], data: bytes) -> Raw:
    """The bytes as they were first obtained, as far as that bears on how they are read."""
    headers = tuple(
        (pair[0], pair[1])
        for pair in link.get("headers") or ()
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)
    )
    sent_as = next((value for own, value in headers if own.lower() == "content-type"), "")
    how = link.get("how")
    return Raw(
        name=_text(link, "input") or "",
        data=data,
        how=how if how in ("file", "stdin", "row", "url", "warc") else "file",
        url=_text(link, "url"),
        media_type=_text(link, "media_type"),
        charset=charset_of(sent_as),
        headers=headers,
    )


def _text(values: Mapping[str, Any], name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) and value else None
