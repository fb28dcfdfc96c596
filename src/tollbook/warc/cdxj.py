"""The index by which replay finds a capture: a line a capture, sorted by URL and time, in packed blocks.

Input: captures and where they lie. Output: `index.cdx.gz` and `index.idx`, as py-wacz writes them. A URL is keyed in
SURT form, the host turned round: "https://www.courier.example/Flood?b=2&a=1" is "example,courier)/flood?a=1&b=2".
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from urllib.parse import quote, unquote_to_bytes, urlsplit

_BLOCK = 300
_WWW = re.compile(r"^www\d*\.")
_PORTS = {"http": 80, "https": 443, "ftp": 21}
_SAFE = "!\"$&'()*+,-./:;<=>?@[\\]_`{|}~^"


def surt(url: str) -> str:
    """The key of a URL; of what is no address of a host the URL itself, less its spaces."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
        port = parts.port
    except ValueError:
        return "%20".join(url.split())
    if not host:
        return "%20".join(url.split())
    turned = ",".join(reversed(_WWW.sub("", host.lower()).split(".")))
    if port is not None and port != _PORTS.get(parts.scheme.lower()):
        turned += f":{port}"
    path = _folded(parts.path) or "/"
    query = "&".join(sorted(_folded(parts.query).split("&"))) if parts.query else ""
    return f"{turned}){path}{'?' + query if query else ''}"


def _folded(part: str) -> str:
    """A part of a URL in lower case and in one spelling of its escapes."""
    return quote(unquote_to_bytes(part), safe=_SAFE).lower()


def line(url: str, date: str, about: dict[str, str]) -> str:
    """One line of the index: key, time as 20310507083000, and what is told of the capture."""
    time = re.sub(r"\D", "", date)[:14]
    return f"{surt(url)} {time} {json.dumps({'url': url, **about}, ensure_ascii=True)}\n"


def packed(lines: Iterable[str], name: str) -> tuple[bytes, bytes]:
    """The lines, sorted and packed in blocks, and the list of these blocks."""
    ordered = sorted(set(lines))
    data, index = b"", [f"!meta 0 {json.dumps({'format': 'cdxj-gzip-1.0', 'filename': name})}\n"]
    for start in range(0, len(ordered), _BLOCK):
        some = ordered[start : start + _BLOCK]
        packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        block = packing.compress("".join(some).encode()) + packing.flush()
        key = some[0].partition("{")[0].strip()
        index.append(f"{key} {json.dumps({'offset': len(data), 'length': len(block)})}\n")
        data += block
    return data, "".join(index).encode()
