"""What a server answered, out of a record's block: status, headers, and the content as a reader of the page had it.

Input: the block of a `response` record. Output: a `Response`, whose `content` has chunks joined and gzip unpacked:
"HTTP/1.1 200 OK", its headers as they stand, and the page.
"""

from __future__ import annotations

import io
import zlib

from tollbook.errors import InputError
from tollbook.values import dataclass

_STATUS = 3
_DEFLATE = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


@dataclass(frozen=True, slots=True)
class Response:
    """A status line ("HTTP/1.1 200 OK"), headers in order, and the body as sent and with its chunks joined."""

    status: str
    headers: tuple[tuple[str, str], ...]
    sent: bytes
    joined: bytes

    @property
    def code(self) -> int:
        """The status code, 0 where there is none."""
        parts = self.status.split(" ")
        return int(parts[1]) if len(parts) > 1 and len(parts[1]) == _STATUS and parts[1].isdecimal() else 0

    def get(self, name: str) -> str:
        """A header's value, empty where there is none."""
        return next((value for own, value in self.headers if own.lower() == name), "")

    @property
    def media_type(self) -> str:
        return self.get("content-type").partition(";")[0].strip().lower()

    def content(self, name: str, most: int) -> bytes:
        """The content unpacked, one byte more than `most` at most; raises `InputError`, naming `name`."""
        data = self.joined
        for coding in reversed([each.strip().lower() for each in self.get("content-encoding").split(",")]):
            if coding not in ("", "identity"):
                data = _unpacked(data, coding, name, most)
        return data


def response_of(block: bytes, name: str) -> Response:
    """The answer in a block; raises `InputError`, naming `name`, where there is none."""
    from warcio.bufferedreaders import ChunkedDataReader
    from warcio.statusandheaders import StatusAndHeadersParser

    stream = io.BytesIO(block)
    try:
        head = StatusAndHeadersParser([], verify=False).parse(stream)
    except EOFError:
        raise InputError("holds no answer of a server", what=name) from None
    if not head.protocol.startswith("HTTP/"):
        raise InputError("holds no answer of a server", what=name)
    sent = stream.read()
    chunked = "chunked" in (head.get_header("transfer-encoding") or "").lower()
    joined = ChunkedDataReader(io.BytesIO(sent)).read() if chunked else sent
    return Response(f"{head.protocol} {head.statusline}".rstrip(), tuple(head.headers), sent, joined)


def _unpacked(data: bytes, coding: str, name: str, most: int) -> bytes:
    """Content less one coding; what is not packed although it is said to be stays as it is, as in every browser."""
    if coding == "br":
        return _brotli(data, name, most)
    if coding not in _DEFLATE:
        raise InputError(f"its content is packed as '{coding[:20]}', which is not read here", what=name)
    if coding != "deflate" and not data.startswith(b"\x1f\x8b"):
        return data
    for window in (_DEFLATE[coding], -zlib.MAX_WBITS):
        unpacking = zlib.decompressobj(window)
        try:
            found = unpacking.decompress(data, most + 1)
        except zlib.error:
            continue
        if unpacking.eof or len(found) > most:
            return found
    raise InputError(f"its {coding} content is damaged or cut off", what=name)


def _brotli(data: bytes, name: str, most: int) -> bytes:
    try:
        import brotli
    except ImportError:
        raise InputError("its content is packed as 'br'", what=name, advice="pip install brotli") from None
    try:
        found = brotli.Decompressor().process(data, output_buffer_limit=most + 1)
    except brotli.error:
        raise InputError("its br content is damaged", what=name) from None
    return bytes(found)
