"""Chains of custody become the records of an evidence file.

Input: chains, and the archive that holds their bytes and texts. Output: `Entry` values in a fixed order: what was
captured (the same bytes again as a `revisit`), its chain as `metadata`, its text as `conversion`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from tollbook import __version__
from tollbook.errors import InputError, StoreError
from tollbook.model import Report
from tollbook.pipeline.chain import Chain, Link
from tollbook.reports import Archive
from tollbook.reports.captured import CHAIN
from tollbook.reports.formats import format_of
from tollbook.reports.sources import Raw
from tollbook.values import dataclass
from tollbook.warc.writing import REVISIT, Entry, answer_head, fields, record_id, sha256

_MEDIA = {"html": "text/html", "pdf": "application/pdf", "text": "text/plain"}
_ANSWER = "application/http; msgtype=response"
_FIRST = "1970-01-01T00:00:00Z"
WARNING = "Texts and names unmasked, withheld ones too: evidence for those who check it, not for publication"


@dataclass(slots=True)
class Exhibits:
    """The records of an evidence file, made one after the other; `written` are the bytes that are in it by now."""

    archive: Archive
    written: dict[str, Entry] = field(default_factory=dict)
    texts: set[tuple[str, str]] = field(default_factory=set)

    def records(self, chains: Sequence[Chain]) -> Iterator[tuple[Entry, Report | None]]:
        """All records; the report beside those that are captures."""
        about = _about(chains)
        yield about, None
        for chain in chains:
            for link in chain.obtained:
                capture = self._capture(chain.report, link)
                yield _within(capture, about), chain.report
                for entry in self._beside(chain, link, capture):
                    yield _within(entry, about), None

    def _capture(self, report: Report, link: Link) -> Entry:
        """The bytes as they were obtained: an answer of a server, a thing, or the same as one further up."""
        data = self._raw(report, link)
        uri, media_type, head = _uri(link), _media_type(link, data), _head(link, len(data))
        known = self.written.get(link.raw)
        record = record_id("capture", report.id, link.raw, link.way)
        if known is not None:
            refers = (
                ("WARC-Profile", REVISIT),
                ("WARC-Refers-To", known.id),
                ("WARC-Refers-To-Target-URI", known.uri),
                ("WARC-Refers-To-Date", known.date),
            )
            return Entry("revisit", record, date_of(link), uri, _ANSWER, head, stated=sha256(data), headers=refers)
        kind, media_type = ("response", _ANSWER) if head else ("resource", media_type)
        entry = Entry(kind, record, date_of(link), uri, media_type, head, data)
        self.written[link.raw] = Entry(kind, record, entry.date, uri)
        return entry

    def _beside(self, chain: Chain, link: Link, capture: Entry) -> Iterator[Entry]:
        """The chain of a capture, and the text made of it, each once."""
        refers = (("WARC-Refers-To", capture.id),)
        told = json.dumps(told_of(chain, link), ensure_ascii=True, indent=1).encode()
        own = record_id("chain", chain.report.id, link.raw, link.way)
        yield Entry("metadata", own, capture.date, capture.uri, "application/json", b"", told, headers=refers)
        key = link.raw, chain.report.text_sha256
        if key not in self.texts:
            self.texts.add(key)
            text = self._text(chain.report)
            plain = "text/plain; charset=utf-8"
            yield Entry(
                "conversion", record_id("text", *key), capture.date, capture.uri, plain, b"", text, headers=refers
            )

    def _raw(self, report: Report, link: Link) -> bytes:
        if link.fault:
            raise StoreError(f"custody {link.raw}.{link.way}: {link.fault}", what=f"report {report.id}", advice=_ADVICE)
        try:
            return self.archive.raw(link.raw)
        except InputError as error:
            raise _gone(report, "raw bytes", error) from error

    def _text(self, report: Report) -> bytes:
        try:
            return self.archive.text(report.text_sha256).encode("utf-8", "surrogatepass")
        except InputError as error:
            raise _gone(report, "text", error) from error


_ADVICE = "restore the file from a copy; 'tollbook verify' names all such files"


def _gone(report: Report, what: str, error: InputError) -> StoreError:
    return StoreError(f"{what} {error.what}: {error.message}", what=f"report {report.id}", advice=_ADVICE)


def told_of(chain: Chain, link: Link) -> dict[str, Any]:
    """What is told of one way of coming by a report's bytes: links that came with them first, then this, then later."""
    report = chain.report
    own = {name: value for name, value in link.told.items() if name != "earlier"}
    event = {"event": _event(link)} if link.event else {}
    later = [
        {"link": "timestamped", **{name: value for name, value in one.told.items() if name != "covers"}}
        for one in chain.links
        if one.kind == "timestamped" and link.event and link.event.seq in one.told["covers"]
    ]
    return {
        "format": CHAIN,
        "report": report.id,
        "particulars": particulars_of(report),
        "sha256": link.raw,
        "text_sha256": report.text_sha256,
        "extractor": report.extractor,
        "links": [*link.earlier, {"link": link.name, **own, "custody_sha256": link.sha256, **event}, *later],
    }


def _event(link: Link) -> dict[str, Any]:
    assert link.event is not None
    return {"seq": link.event.seq, "hash": link.event.hash, "who": link.event.who, "when": link.event.when}


def particulars_of(report: Report) -> dict[str, str]:
    """What is known of a report beside its text, less what only the text says."""
    from_text = any(notice.code == "published_from_text" for notice in report.notices)
    known = {
        "title": report.title,
        "published": None if from_text else report.published,
        "publisher": report.publisher,
        "url": report.url,
        "author": report.author,
    }
    return {name: value for name, value in known.items() if value is not None}


def date_of(link: Link) -> str:
    """When the bytes were obtained, as a WARC dates its records: "2031-05-07T08:30:00Z"."""
    for text in (link.told.get("obtained"), link.told.get("added"), link.event.when if link.event else None):
        try:
            found = dt.datetime.fromisoformat(str(text))
        except ValueError:
            continue
        found = (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
        return found.isoformat(timespec="microseconds" if found.microsecond else "seconds").replace("+00:00", "Z")
    return _FIRST


def _about(chains: Sequence[Chain]) -> Entry:
    """The `warcinfo` record; its date is that of the last thing obtained, for there is no clock in the bytes."""
    last = max((date_of(link) for chain in chains for link in chain.obtained), default=_FIRST)
    told = fields(
        software=f"tollbook {__version__}",
        format="WARC File Format 1.1",
        conformsTo="http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        description=WARNING,
    )
    names = [f"{link.raw}.{link.way}" for chain in chains for link in chain.obtained]
    return Entry("warcinfo", record_id("about", *names), last, "", "application/warc-fields", b"", told)


def _within(entry: Entry, about: Entry) -> Entry:
    head = (("WARC-Warcinfo-ID", about.id), *entry.headers)
    return Entry(
        entry.kind, entry.id, entry.date, entry.uri, entry.media_type, entry.head, entry.payload, entry.stated, head
    )


def _uri(link: Link) -> str:
    """The URL that bytes came from; of a file or a row, which have none, the name of their hash."""
    url = link.told.get("url")
    if isinstance(url, str) and url and url.isprintable() and " " not in url:
        return url
    return f"urn:sha256:{link.raw}"


def _head(link: Link, size: int) -> bytes:
    """Status and headers of the answer that the bytes came by, nothing where they came by none."""
    given = link.told.get("headers")
    headers = tuple(
        (str(pair[0]), str(pair[1])) for pair in given or () if isinstance(pair, list) and len(pair) == 2
    ) if isinstance(given, list) else ()  # fmt: skip
    status = link.told.get("status")
    if not _uri(link).lower().startswith(("http://", "https://")) or not (headers or status):
        return b""
    return answer_head(str(status or "HTTP/1.1 200 OK"), headers, size)


def _media_type(link: Link, data: bytes) -> str:
    """What a thing is: as a server or record said, else by its look; of a row, JSON."""
    said = link.told.get("media_type")
    if isinstance(said, str) and said:
        return said
    if link.told.get("how") == "row":
        return "application/json"
    return _MEDIA[format_of(Raw(str(link.told.get("input") or ""), data))]
