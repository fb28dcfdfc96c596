"""A WARC file becomes its records, one at a time; one that is cut or damaged is an error, never a shorter record.

Input: a file that is open for reading, plain or gzipped. Output: `Record`s with headers and block. warcio and its kin
take a file that ends in the middle of a record for one with a short record; as evidence that won't do, so that the
frame (lengths, ends of records, checksums of gzip) is checked here.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from tollbook.errors import InputError
from tollbook.values import dataclass

_CHUNK = 1 << 16
_LINE, _HEADERS = 1 << 16, 1 << 20
_VERSIONS = (b"WARC/1.1", b"WARC/1.0", b"WARC/0.18", b"WARC/0.17")
_GZIP = b"\x1f\x8b"
_ADVICE = "get the whole file again"


@dataclass(frozen=True, slots=True)
class Limits:
    """A block is kept up to `block` bytes; beyond `free` a file may unpack to `ratio` times its size at most."""

    block: int = 50_000_000
    ratio: int = 200
    free: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers as they stand, and its block; of a longer one than allowed only the beginning.

    `number` counts from 1, `size` is the length of the whole block in bytes.
    """

    number: int
    headers: tuple[tuple[str, str], ...]
    block: bytes
    size: int

    def get(self, name: str) -> str:
        """A header's value, empty where there is none."""
        return next((value for own, value in self.headers if own.lower() == name.lower()), "")

    @property
    def kind(self) -> str:
        return self.get("WARC-Type").lower()

    @property
    def id(self) -> str:
        return self.get("WARC-Record-ID")

    @property
    def uri(self) -> str:
        """The URI, less the angle brackets that some writers put around it."""
        return self.get("WARC-Target-URI").removeprefix("<").removesuffix(">")

    @property
    def date(self) -> str:
        return self.get("WARC-Date")

    @property
    def is_whole(self) -> bool:
        return len(self.block) == self.size


class Hash(Protocol):
    """What is told of all bytes of the file as they are read: a `hashlib` hash."""

    def update(self, data: bytes, /) -> None: ...


def read_records(
    file: BinaryIO, name: str, limits: Limits | None = None, hashed: Hash | None = None
) -> Iterator[Record]:
    """The records in order; raises `InputError`, one line that names the file and the record, where one is not whole.

    `hashed` is told the file's bytes; after the last record it has had all of them.
    """
    limits = limits or Limits()
    source = _Source(file, name, limits, hashed)
    number = 0
    while line := source.line():
        if not line.strip():
            continue
        source.record = number = number + 1
        if not line.startswith(b"WARC/"):
            raise source.damaged("begins in no way a record does") if number > 1 else source.foreign()
        if line.strip() not in _VERSIONS:
            raise InputError(
                f"is of another version of WARC ({_shown(line)})", what=name, advice="1.0 and 1.1 are read"
            )
        headers = tuple(_headers(source))
        size = _length(source, headers)
        block = source.take(min(size, limits.block))
        source.skip(size - len(block))
        yield Record(number, headers, block, size)
    if not number:
        raise InputError("empty: there is nothing to read", what=name)


def _headers(source: _Source) -> Iterator[tuple[str, str]]:
    """The headers of a record up to the blank line; a line that begins with a space belongs to the one before."""
    own, value, size = "", "", 0
    while line := source.line():
        size += len(line)
        if size > _HEADERS:
            raise source.damaged("has headers without an end")
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in (" ", "\t") and own:
            value = f"{value} {text.strip()}"
            continue
        if own:
            yield own, value
        if not text.strip():
            return
        own, colon, value = (part.strip() for part in text.partition(":"))
        if not colon or not own:
            raise source.damaged("has a header line that is none")
    raise source.cut()


def _length(source: _Source, headers: tuple[tuple[str, str], ...]) -> int:
    given = [value for own, value in headers if own.lower() == "content-length"]
    if len(given) != 1 or not (given[0].isascii() and given[0].isdecimal()) or len(given[0]) > 18:
        raise source.damaged("does not say how long it is")
    return int(given[0])


class _Source:
    """The bytes of a WARC, unpacked where it is gzipped, in lines and pieces."""

    def __init__(self, file: BinaryIO, name: str, limits: Limits, hashed: Hash | None) -> None:
        self.record = 0
        self._name = name
        self._limits = limits
        self._hashed = hashed
        self._file = file
        self._packed = self._out = 0
        self._buffer = b""
        self._at = 0
        first = self._read()
        self._pieces = self._gunzip(first) if first.startswith(_GZIP) else self._plain(first)

    def line(self) -> bytes:
        """The next line with its end, empty at the end of the file."""
        parts: list[bytes] = []
        size = 0
        while self._fill():
            end = self._buffer.find(b"\n", self._at) + 1
            parts.append(self._buffer[self._at : end or len(self._buffer)])
            self._at = end or len(self._buffer)
            size += len(parts[-1])
            if size > _LINE:
                raise self.damaged("has a line without an end") if self.record else self.foreign()
            if end:
                break
        line = b"".join(parts)
        if line.strip() and not line.endswith(b"\n"):
            raise self.cut() if self.record or line.startswith(b"WARC/") else self.foreign()
        return line

    def take(self, size: int) -> bytes:
        """So many bytes, and no fewer."""
        return b"".join(self._parts(size))

    def skip(self, size: int) -> None:
        for _ in self._parts(size):
            pass

    def _parts(self, size: int) -> Iterator[bytes]:
        while size:
            if not self._fill():
                raise self.cut()
            part = self._buffer[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            yield part

    def _fill(self) -> bool:
        while self._at >= len(self._buffer):
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self._buffer, self._at = piece, 0
        return True

    def _read(self) -> bytes:
        data = self._file.read(_CHUNK)
        self._packed += len(data)
        if self._hashed:
            self._hashed.update(data)
        return data

    def _plain(self, data: bytes) -> Iterator[bytes]:
        while data:
            yield data
            data = self._read()

    def _gunzip(self, data: bytes) -> Iterator[bytes]:
        """Member by member; zlib holds each against its checksum and length."""
        while data:
            member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            while not member.eof:
                if not data:
                    raise self.cut()
                try:
                    piece = member.decompress(data, _CHUNK)
                except zlib.error:
                    raise self.damaged("can't be unpacked") from None
                self._bounded(len(piece))
                yield piece
                data = member.unconsumed_tail or (b"" if member.eof else self._read())
            data = (member.unused_data or self._read()).lstrip(b"\0")  # some fill up with zeros
            while not data and (data := self._read()):
                data = data.lstrip(b"\0")
            if data[:1] == _GZIP[:1] and len(data) == 1:
                data += self._read()
            if data and not data.startswith(_GZIP):
                raise self.damaged("is followed by bytes of no record")

    def _bounded(self, size: int) -> None:
        self._out += size
        if self._out > self._limits.free and self._out > self._limits.ratio * self._packed:
            raise InputError(
                f"unpacks to more than {self._limits.ratio} times its size",
                what=self._name,
                advice="don't unpack it; ask who made it for another",
            )

    def cut(self) -> InputError:
        where = f"in record {self.record}" if self.record else "before its first record"
        return InputError(f"was cut off {where}; nothing of it is read", what=self._name, advice=_ADVICE)

    def damaged(self, how: str) -> InputError:
        message = f"is damaged: record {self.record or 1} {how}; nothing of it is read"
        return InputError(message, what=self._name, advice=_ADVICE)

    def foreign(self) -> InputError:
        return InputError("is no WARC", what=self._name, advice="a WARC begins with 'WARC/1.0' or 'WARC/1.1'")


def _shown(line: bytes) -> str:
    return ascii(line.strip()[:20].decode("ascii", "replace"))[1:-1]
