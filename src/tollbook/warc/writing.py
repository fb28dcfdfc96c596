"""Records become a WARC file whose bytes depend on nothing but them: no clock, no host, no random id.

Input: `Entry` values. Output: bytes in a file, packed record by record as replay needs it, and where each record lies.
The digests of block and payload are sha256. Written by warcio, which asks for what it isn't given: so all is given.
"""

from __future__ import annotations

import hashlib
import io
import re
import uuid
from typing import Protocol

from tollbook.values import dataclass

_SPACE = uuid.UUID("f1d1c3a4-6f0e-5c51-9a53-6b1f5d6f3a10")
_STEERING = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")
VERSION = "WARC/1.1"
REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


@dataclass(frozen=True, slots=True)
class Entry:
    """A record to be written: `head` is what comes before the payload in its block (an answer's status and headers).

    `stated` is the digest of a payload that isn't there (a revisit's); `headers` are WARC headers of its own.
    """

    kind: str
    id: str
    date: str
    uri: str = ""
    media_type: str = ""
    head: bytes = b""
    payload: bytes = b""
    stated: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def digest(self) -> str:
        return self.stated or sha256(self.payload)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a record lies in the file: first byte and number of bytes, packed."""

    offset: int
    length: int


class Out(Protocol):
    """Where a WARC is written: it must tell how many bytes it has had."""

    def write(self, data: bytes, /) -> int: ...

    def tell(self) -> int: ...

    def flush(self) -> None: ...


class Writer:
    """Writes entries into an open file; `packed` compresses each on its own."""

    def __init__(self, out: Out, *, packed: bool) -> None:
        from warcio.warcwriter import WARCWriter

        self._out = out
        self._writer = WARCWriter(out, gzip=packed, warc_version=VERSION)

    def write(self, entry: Entry) -> Placed:
        from warcio.recordloader import ArcWarcRecord
        from warcio.statusandheaders import StatusAndHeaders

        start = self._out.tell()
        block = entry.head + entry.payload
        named = [("WARC-Type", entry.kind), ("WARC-Record-ID", entry.id), ("WARC-Date", entry.date)]
        if entry.uri:
            named.append(("WARC-Target-URI", entry.uri))
        named += [(name, one_line(value)) for name, value in entry.headers]
        if entry.kind != "warcinfo":
            named.append(("WARC-Payload-Digest", entry.digest))
        named.append(("WARC-Block-Digest", sha256(block)))
        head = StatusAndHeaders("", named, protocol=VERSION)
        # Called a response whatever it is: of a revisit warcio would write no block that it hasn't parsed itself.
        record = ArcWarcRecord("warc", "response", head, io.BytesIO(block), None, entry.media_type or None, len(block))
        self._writer.write_record(record)
        return Placed(start, self._out.tell() - start)


def record_id(*about: str) -> str:
    """An id that is the same for the same thing: "<urn:uuid:…>"."""
    return f"<urn:uuid:{uuid.uuid5(_SPACE, chr(0).join(about))}>"


def answer_head(status: str, headers: tuple[tuple[str, str], ...], size: int) -> bytes:
    """Status line and headers of an answer as it was, for a payload of `size` bytes that is unpacked by now.

    Headers that no longer fit the payload keep their words under `X-Archive-Orig-…`, as archives of the web do.
    """
    lines = [one_line(status)]
    for name, value in headers:
        fits = name.lower() not in _CODINGS and not (name.lower() == "content-length" and value.strip() != str(size))
        lines.append(f"{one_line(name if fits else f'X-Archive-Orig-{name}')}: {one_line(value)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


_CODINGS = {"transfer-encoding", "content-encoding"}


def fields(**values: str) -> bytes:
    """The lines of a `warcinfo` record: "software: tollbook 1.0"."""
    return "".join(f"{name}: {one_line(value)}\r\n" for name, value in values.items()).encode()


def one_line(value: str) -> str:
    """A header's value without what would end the header."""
    return _STEERING.sub(" ", value).strip()


def sha256(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
