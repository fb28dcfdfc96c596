"""Web archives become reports: each capture of a page, PDF or text in a WARC or WACZ.

Input: a WARC or WACZ. Output: an `Item` for each capture that can be a report; what can't (pictures, scripts, answers
other than 200) is named and left out. "https://courier.example/flood", captured twice with one text, is one report
with two ways of coming by it. The whole file is looked through first: of one that is cut or altered nothing is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from tollbook.errors import InputError, TollbookError
from tollbook.model import Notice
from tollbook.reports.captured import Originals, Survey, charset_of, is_web_url, originals, shown, skipped_capture
from tollbook.reports.formats import is_readable, too_large
from tollbook.reports.items import item_of
from tollbook.reports.options import Failure, InputOptions
from tollbook.reports.restored import restored
from tollbook.reports.sources import Item, Particulars, Raw
from tollbook.values import dataclass
from tollbook.warc import Limits, Record, read_records
from tollbook.warc.digests import agrees
from tollbook.warc.http import Response, response_of
from tollbook.warc.wacz import warcs_in
from tollbook.zips import open_zip

WARCS, WACZ = (".warc", ".warc.gz"), ".wacz"
_HEADERS = 1 << 20
_PLACES = ("http://", "https://", "ftp://", "file:")
_SAME = frozenset({0, 200, 304})

Opener = Callable[[], AbstractContextManager[BinaryIO]]


def is_web_archive(name: str) -> bool:
    """Whether a file's name says that it is a WARC or a WACZ."""
    return name.lower().endswith((*WARCS, WACZ))


def read_web_archive(path: Path, name: str, options: InputOptions) -> Iterator[Item | Failure]:
    """The captures of one file; raises `InputError`, naming it, where it is cut, damaged or altered."""
    if path.suffix.lower() != WACZ:
        yield from _Reading(name, options).read([(name, lambda: path.open("rb"))])
        return
    with open_zip(path) as zipped:
        parts: list[tuple[str, Opener]] = [
            (f"{name}: {own}", partial(zipped.open, own)) for own in warcs_in(zipped, name)
        ]
        yield from _Reading(name, options).read(parts)


@dataclass(slots=True)
class _Reading:
    """One web archive as it is read: what the look through it found, and contents that later captures refer to."""

    name: str
    options: InputOptions
    survey: Survey = field(default_factory=Survey)
    _shelf: Originals = field(init=False)

    def read(self, parts: Sequence[tuple[str, Opener]]) -> Iterator[Item | Failure]:
        hashes = {part: self._look_through(part, opener) for part, opener in parts}
        waiting: list[tuple[Record, str]] = []
        with originals() as self._shelf:
            for part, opener in parts:
                with opener() as file:
                    for record in read_records(file, part, self._limits):
                        found = self._capture(record, hashes[part])
                        if found is not None:
                            yield found
                        elif record.kind == "revisit":  # its original may stand further on
                            waiting.append((record, hashes[part]))
            for record, sha256 in waiting:
                left = skipped_capture(self._named(record), "a capture of bytes that are in another file")
                yield self._capture(record, sha256) or left

    @property
    def _limits(self) -> Limits:
        return Limits(block=self.options.max_size + _HEADERS)

    def _look_through(self, part: str, opener: Opener) -> str:
        hashed = hashlib.sha256()
        with opener() as file:
            for record in read_records(file, part, self._limits, hashed):
                self.survey.see(record)
        return hashed.hexdigest()

    def _named(self, record: Record) -> str:
        return f"{self.name}: {shown(record.uri or record.id or f'record {record.number}')}"

    def _capture(self, record: Record, sha256: str) -> Item | Failure | None:
        """What a record holds; None where it is no capture, or one of bytes that have not been met."""
        kinds = {"response": self._response, "resource": self._resource, "revisit": self._revisit}
        make = kinds.get(record.kind)
        try:
            return make(record, sha256) if make else None
        except TollbookError as error:
            return Failure(self._named(record), error)

    def _response(self, record: Record, sha256: str) -> Item | Failure:
        name = self._named(record)
        if not is_web_url(record.uri):
            return skipped_capture(name, "no page of the web")
        if unread := self._unreadable(record, name):
            return unread
        answer = response_of(record.block, name)
        media_type = answer.media_type
        if answer.code != 200:
            return skipped_capture(name, f"answered {answer.code or 'without a status'}")
        if not record.is_whole:
            if is_readable(media_type, b""):
                raise too_large(name, self.options.max_size)
            return skipped_capture(name, media_type or "larger than any report")
        _check(record.get("WARC-Payload-Digest"), (answer.sent, answer.joined), name)
        data = answer.content(name, self.options.max_size)
        if not is_readable(media_type, data):
            return skipped_capture(name, media_type or "of no known type")
        if not data.strip():
            return skipped_capture(name, "empty")
        return self._item(record, sha256, data, answer)

    def _resource(self, record: Record, sha256: str) -> Item | Failure:
        name = self._named(record)
        if unread := self._unreadable(record, name):
            return unread
        media_type = record.get("Content-Type").partition(";")[0].strip().lower()
        ours = record.id in self.survey.told
        if not ours and not (record.uri.lower().startswith(_PLACES) and is_readable(media_type, record.block)):
            return skipped_capture(name, media_type or "of no known type")
        if not record.is_whole:
            raise too_large(name, self.options.max_size)
        _check(record.get("WARC-Payload-Digest"), (record.block,), name)
        return self._item(record, sha256, record.block, None)

    def _revisit(self, record: Record, sha256: str) -> Item | Failure | None:
        """A capture that found the same bytes again; None where they have not been met."""
        known = self._shelf.of(record)
        if known is None:
            return None
        name, (data, answer) = self._named(record), known
        if record.block.startswith(b"HTTP/"):
            own = response_of(record.block, name)
            if own.code not in _SAME:
                return skipped_capture(name, f"answered {own.code}")
            answer = replace(own, headers=own.headers or (answer.headers if answer else ()))
        return self._item(record, sha256, data, answer)

    def _unreadable(self, record: Record, name: str) -> Failure | None:
        """What rules out a record before its content is looked at; a wrong digest raises `InputError`."""
        if record.get("WARC-Segment-Number"):
            return skipped_capture(name, "split over several records")
        if record.is_whole:
            _check(record.get("WARC-Block-Digest"), (record.block,), name)
        return None

    def _item(self, record: Record, sha256: str, data: bytes, answer: Response | None) -> Item | Failure:
        if len(data) > self.options.max_size:
            raise too_large(self._named(record), self.options.max_size)
        if record.kind != "revisit":
            self._shelf.keep(record, data, answer, self.survey.wanted)
        raw = self._raw(record, sha256, data, answer)
        told = self.survey.told.get(record.id)
        if told is not None:
            return restored(raw, told, self.options)
        cut = record.get("WARC-Truncated")
        notices = (Notice("truncated", f"cut short when it was captured ({cut[:20]})"),) if cut else ()
        item = item_of(raw, Particulars(url=record.uri), self.options, notices)
        if isinstance(item, Failure):
            return item
        return replace(item, report=replace(item.report, id=f"{record.uri}#{item.report.text_sha256[:16]}"))

    def _raw(self, record: Record, sha256: str, data: bytes, answer: Response | None) -> Raw:
        sent_as = answer.get("content-type") if answer else record.get("Content-Type")
        capture = {
            "file": self.name,
            "file_sha256": sha256,
            "record": record.id,
            "type": record.kind,
            "date": record.date,
            "digest": record.get("WARC-Payload-Digest"),
            "ip": record.get("WARC-IP-Address"),
            "software": self.survey.software,
        }
        return Raw(
            name=self._named(record),
            data=data,
            how="warc",
            url=record.uri,
            media_type=sent_as.partition(";")[0].strip().lower() or None,
            charset=charset_of(sent_as),
            headers=answer.headers if answer else (),
            hops=self.survey.hops(record.uri),
            status=answer.status if answer else None,
            obtained=record.date or None,
            capture={key: value for key, value in capture.items() if value},
        )


def _check(stated: str, contents: tuple[bytes, ...], name: str) -> None:
    if agrees(stated, contents) is False:
        message = f"its bytes don't have the digest that its record states ({stated[:80]})"
        raise InputError(message, what=name, advice="get the file again")
