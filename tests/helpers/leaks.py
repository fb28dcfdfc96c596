"""Looks for names and texts in published files, in each spelling, encoding and hash that a guesser would try.

Input: a folder or zip, names, secret texts. Output: what was found, each with its file. What is packed is unpacked
first: members of a zip, the columns of Parquet.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import io
import json
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote, quote_plus

from ahocorasick_rs import BytesAhoCorasick

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "blake2b", "sha3_256")
KEYS = (b"", b"\0", bytes(32), b"tollbook", b"salt", b"secret", b"key", b"password", b"0" * 32)
_HEX = re.compile(rb"[0-9a-fA-F]{8,}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{11,}={0,2}")


def files(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file in a folder or zip, unpacked, and the names of the files themselves."""
    if path.is_dir():
        for one in sorted(path.rglob("*")):
            yield str(one.relative_to(path)), str(one.relative_to(path)).encode()
            if one.is_file():
                yield from _unpacked(str(one.relative_to(path)), one.read_bytes())
    else:
        yield from _unpacked(path.name, path.read_bytes())


def _unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield f"{name} (comment)", packed.comment
            for info in packed.infolist():
                yield f"{name}: names", info.filename.encode() + info.comment + info.extra
                yield from _unpacked(f"{name}: {info.filename}", packed.read(info))
    if content[:4] == b"PAR1":
        import pyarrow.parquet as parquet

        rows = parquet.read_table(io.BytesIO(content)).to_pylist()
        yield f"{name} (rows)", json.dumps(rows, ensure_ascii=False, default=str).encode()


# ---- what is sought ----


def spellings(name: str) -> set[str]:
    """A name as people and machines write it."""
    words = name.split()
    last = [" ".join([words[-1] + ",", *words[:-1]]), " ".join([words[-1], *words[:-1]])] if len(words) > 1 else []
    orders = {name, *last}
    spaced = {sign.join(one.split()) for one in orders for sign in (" ", "", "-", "_", "+", ".", "\u00a0", "  ", "\n")}
    plain = {form for one in spaced for form in (one, _bare(one), one.replace("’", "'"), one.replace("'", "’"))}
    cased = {form for one in plain for form in (one, one.lower(), one.upper(), one.title())}
    return {form for one in cased for form in (one, unicodedata.normalize("NFD", one))}


def _bare(text: str) -> str:
    strokes = text.translate(str.maketrans("øłđØŁĐ", "oldOLD"))
    return "".join(sign for sign in unicodedata.normalize("NFKD", strokes) if not unicodedata.combining(sign))


def encodings(text: str) -> set[bytes]:
    """The bytes of a text as files hold them: encoded, escaped, packed into base64 at each of its three offsets."""
    utf8 = text.encode()
    found = {utf8, text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode("utf-32-le")}
    found |= {text.encode("latin-1")} if all(ord(sign) < 256 for sign in text) else set()
    escaped = [
        quote(text), quote_plus(text), quote(text).lower(), html.escape(text), json.dumps(text)[1:-1],
        "".join(f"&#{ord(sign)};" for sign in text), "".join(f"&#x{ord(sign):x};" for sign in text),
        "".join(sign if ord(sign) < 128 else f"&#{ord(sign)};" for sign in text),
        text.encode("ascii", "xmlcharrefreplace").decode(), text.encode("unicode_escape").decode(), utf8.hex(),
        "".join(f"\\u{ord(sign):04x}" for sign in text),
    ]  # fmt: skip
    found |= {one.encode() for one in escaped}
    for pad in range(3):
        packed = base64.b64encode(b"\0" * pad + utf8)
        # The first and the last group mix with what stands beside.
        core = packed[4 if pad else 0 : -4 if (pad + len(utf8)) % 3 else None]
        found |= {core, core.replace(b"+", b"-").replace(b"/", b"_")} if len(core) >= 8 else set()
    return found


def digests(texts: Iterable[str], keys: Iterable[bytes] = KEYS) -> dict[str, str]:
    """Hex digest → what it is of, for every text plain and under guessable keys."""
    found: dict[str, str] = {}
    for text in texts:
        raw = text.encode("utf-8", "surrogatepass")
        for name in ALGORITHMS:
            found[hashlib.new(name, raw).hexdigest()] = f"{name} of {text[:40]!r}"
        for name, key in product(("md5", "sha1", "sha256", "sha512"), (*keys, raw)):
            found[hmac.new(key, raw, name).hexdigest()] = f"hmac-{name} of {text[:40]!r} under {key[:20]!r}"
    return found


# ---- looking ----


def found_names(path: Path, names: Iterable[str]) -> list[str]:
    """Each (file, spelling) in which a name stands."""
    wanted = {code: form for name in names for form in spellings(name) for code in encodings(form)}
    codes = sorted(wanted)
    seeker = BytesAhoCorasick(codes)
    hits = []
    for file, content in files(path):
        for number, start, end in seeker.find_matches_as_indexes(content, overlapping=True):
            hits.append(f"{file}: {wanted[codes[number]]!r} in {content[max(0, start - 30) : end + 20]!r}")
    return hits


def found_hashes(path: Path, texts: Iterable[str], keys: Iterable[bytes] = KEYS) -> list[str]:
    """Each (file, digest) by which somebody who guesses a text sees that the guess is right; cut ones from 8 digits."""
    known = digests(texts, (*KEYS, *keys))
    by_head: dict[bytes, list[tuple[bytes, str]]] = defaultdict(list)
    for digest, what in known.items():
        packed = base64.b64encode(bytes.fromhex(digest)).rstrip(b"=")
        for form in {digest.encode(), packed, packed.replace(b"+", b"-").replace(b"/", b"_")}:
            by_head[form[:8]].append((form, what))
    hits = []
    for file, content in files(path):
        for token in {*(one.lower() for one in _HEX.findall(content)), *_BASE64.findall(content)}:
            bare = token.rstrip(b"=")
            for form, what in by_head.get(bare[:8], ()):
                if form.startswith(bare) or bare.startswith(form[:16]):
                    hits.append(f"{file}: {token.decode()} is {what}")
    return hits
