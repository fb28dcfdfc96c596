"""What must be known of a whole web archive before its captures are read, and what is kept while they are.

Input: records. Output: a `Survey` (redirects, revisits, chains of custody that came along) and `Originals`, the
contents that later captures of the same bytes refer to.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from tollbook.errors import InputError
from tollbook.reports.options import Failure
from tollbook.reports.skips import skipped
from tollbook.values import dataclass
from tollbook.warc import Record
from tollbook.warc.http import Response, response_of

CHAIN = "tollbook-custody/1"
_MAX_HOPS = 10
_IN_MEMORY = 20_000_000
_SHOWN = 300
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def skipped_capture(name: str, what: str) -> Failure:
    """The line that names a capture that was left out."""
    return skipped(name, what)


def charset_of(content_type: str) -> str | None:
    """The charset that a media type names: "text/html; charset=utf-8"."""
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def shown(uri: str) -> str:
    """A URI as a line may show it: signs that steer a terminal as escapes, and not without end."""
    cut = uri if len(uri) <= _SHOWN else f"{uri[:_SHOWN]}…"
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in cut)


def is_web_url(uri: str) -> bool:
    """Whether a capture is of an address of the web that can be written in one line."""
    try:
        return uri.isprintable() and urlsplit(uri).scheme.lower() in ("http", "https") and bool(urlsplit(uri).hostname)
    except ValueError:
        return False


@dataclass(slots=True)
class Survey:
    """Redirects by their target, keys that revisits ask for, chains of custody by the record they are about."""

    redirects: dict[str, str] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    software: str = ""

    def see(self, record: Record) -> None:
        """Take note of one record."""
        if record.kind == "revisit":
            self.wanted.update(_asked(record))
        elif record.kind == "response" and record.block[9:10] == b"3":
            self._redirect(record)
        elif record.kind == "metadata" and record.block.startswith(b"{"):
            self._chain(record)
        elif record.kind == "warcinfo" and not self.software:
            lines = record.block[:10_000].decode("utf-8", "replace").splitlines()
            self.software = next((line[9:].strip() for line in lines if line.lower().startswith("software:")), "")

    def hops(self, uri: str) -> tuple[str, ...]:
        """The URLs that led to one, asked-for first; none where nothing led there."""
        found = [uri]
        while len(found) <= _MAX_HOPS and (before := self.redirects.get(found[0])) and before not in found:
            found.insert(0, before)
        return tuple(found) if len(found) > 1 else ()

    def _redirect(self, record: Record) -> None:
        try:
            target = response_of(record.block, "").get("location")
            self.redirects.setdefault(urljoin(record.uri, target), record.uri)
        except (InputError, ValueError):
            return  # no answer, or no URL: nothing that leads anywhere

    def _chain(self, record: Record) -> None:
        try:
            told = json.loads(record.block)
        except (ValueError, RecursionError):
            return
        if isinstance(told, dict) and told.get("format") == CHAIN:
            self.told[record.get("WARC-Refers-To")] = told


@dataclass(slots=True)
class Originals:
    """Contents of captures that revisits refer to, on disk where they are many; made by `originals`."""

    _file: IO[bytes]
    _places: dict[str, tuple[int, int, Response | None]] = field(default_factory=dict)

    def keep(self, record: Record, data: bytes, answer: Response | None, wanted: set[str]) -> None:
        """Keep a content under what it may be asked for by, where anything asks."""
        keys = [key for key in _names(record) if key in wanted]
        if keys:
            place = self._file.seek(0, 2)
            self._file.write(data)
            head = Response(answer.status, answer.headers, b"", b"") if answer else None
            for key in keys:
                self._places.setdefault(key, (place, len(data), head))

    def of(self, revisit: Record) -> tuple[bytes, Response | None] | None:
        """The content that a revisit refers to and how it was answered, None where it has not been met."""
        for key in _asked(revisit):
            if key in self._places:
                place, size, head = self._places[key]
                self._file.seek(place)
                return self._file.read(size), head
        return None


@contextmanager
def originals() -> Iterator[Originals]:
    """An empty shelf for the time of a block."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        yield Originals(file)


def _names(record: Record) -> Iterator[str]:
    """What a capture may be referred to by: its id, its URL and date, its digest."""
    yield f"id {record.id}"
    yield f"at {record.uri} {record.date}"
    yield f"digest {record.get('WARC-Payload-Digest').lower()}"


def _asked(revisit: Record) -> Iterator[str]:
    """What a revisit refers to, the most exact first."""
    if refers := revisit.get("WARC-Refers-To"):
        yield f"id {refers}"
    if uri := revisit.get("WARC-Refers-To-Target-URI"):
        yield f"at {uri} {revisit.get('WARC-Refers-To-Date')}"
    if digest := revisit.get("WARC-Payload-Digest"):
        yield f"digest {digest.lower()}"


def links_of(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The links of a chain of custody that came with a capture; raises `InputError` where there are none."""
    links = told.get("links")
    if not isinstance(links, list) or not links or not all(isinstance(link, dict) for link in links):
        raise InputError("its chain of custody can't be read")
    return links
