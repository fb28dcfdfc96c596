r"""Bytes become text, and no byte is lost in silence.

Input: the bytes of a text or page. Output: a string, the encoding it was read by, and notices. The bytes
`b"caf\xe9 in Harim"` are no UTF-8: they give "café in Harim" and a notice `encoding` that names windows-1252.

The order: a byte order mark, UTF-8, the charset a server or page names, UTF-16 without a mark, then a guess among the
legacy encodings, always told by a notice. Damaged UTF-8 keeps its place: each broken sequence stands as one U+FFFD. A
byte order mark is no part of the text: offsets count from the code point after it. What is no text is refused.
"""

from __future__ import annotations

import codecs
import re

from tollbook.errors import InputError
from tollbook.model import Notice
from tollbook.values import dataclass

_MARKS = (  # UTF-32's little-endian mark starts with UTF-16's, so it comes first
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"PK\x03\x04": "a ZIP archive (or a Word or Excel file)",
    b"\x1f\x8b": "gzip data",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"{\\rtf": "an RTF file",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "an SQLite database",
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LEGACY_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
# One stray control sign in a hundred is a broken text, more is no text: random bytes have twelve.
_JUNK_SHARE = 0.01
# The web reads these names as windows-1252, which has curly quotes where Latin-1 has control signs.
_AS_1252 = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
# Python's codecs that are no encodings of documents: a server may not choose them.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"})
_ADVICE = "give the text itself, or a page or PDF"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read by, and what a person should know of that."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, name: str, *, charset: str | None = None) -> Decoded:
    """The text of `data`; `name` is the input for messages, `charset` what a server or page says.

    Raises `InputError` where the bytes are no text. Offsets of notices count into the text.
    """
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"no text but {what}", what=name, advice=_ADVICE)
    decoded = _decode(data, charset)
    pattern = _CONTROL if decoded.encoding.startswith("utf") else _LEGACY_CONTROL
    if len(pattern.findall(decoded.text)) > _JUNK_SHARE * len(decoded.text):
        raise InputError("no text but binary data", what=name, advice=_ADVICE)
    return decoded


def _decode(data: bytes, charset: str | None) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _damaged(data[len(mark) :], encoding)
    wide = _unmarked_wide(data)
    if wide:
        return Decoded(data.decode(wide), wide, (_guessed(wide),))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    return _named(data, charset) or _mostly_utf8(data) or _legacy(data)


def _damaged(data: bytes, encoding: str) -> Decoded:
    """Text whose encoding is known; each undecodable sequence stands as U+FFFD, told by a notice."""
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    first = _first_broken(data, encoding)
    broken = _broken(data, text, encoding)
    said = "place is no valid {} and stands" if broken == 1 else "places are no valid {} and stand"
    message = f"{broken} {said.format(encoding.upper())} as U+FFFD"
    return Decoded(text, encoding, (Notice("encoding", message, first, first + 1),))


def _first_broken(data: bytes, encoding: str) -> int:
    """The offset, in the text, of the first U+FFFD that stands for broken bytes."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return len(data[: error.start].decode(encoding))
    return 0


def _broken(data: bytes, text: str, encoding: str) -> int:
    """How many U+FFFD of `text` stand for broken bytes; those that were in the data don't count."""
    given = len(data.decode(encoding, "ignore").split("\ufffd")) - 1
    return text.count("\ufffd") - given


def _named(data: bytes, charset: str | None) -> Decoded | None:
    """By the charset that a server or page names, where the data really is that."""
    if not charset:
        return None
    try:
        encoding = codecs.lookup("windows-1252" if charset.lower() in _AS_1252 else charset).name
        usable = encoding != "utf-8" and encoding.replace("_", "-") not in _NO_CHARSETS
        return Decoded(data.decode(encoding), encoding) if usable else None
    except (LookupError, UnicodeDecodeError, ValueError):
        return None


def _mostly_utf8(data: bytes) -> Decoded | None:
    """Damaged UTF-8: more sequences beyond ASCII are whole than broken."""
    text = data.decode("utf-8", "replace")
    broken = _broken(data, text, "utf-8")
    whole = len(re.findall("[^\x00-\x7f]", text)) - broken
    return _damaged(data, "utf-8") if whole > broken else None


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without a mark: letters of ASCII have a zero byte on one side, always the same."""
    sample = data[:4096]
    if len(data) < 8 or len(data) % 2 or not sample.count(0):
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for few, many, encoding in ((even, odd, "utf-16-le"), (odd, even, "utf-16-be")):
        if many > 0.3 * len(sample) / 2 and not few and _decodes(data, encoding):
            return encoding
    return None


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _legacy(data: bytes) -> Decoded:
    """An encoding older than UTF-8, guessed: windows-1252 where accents are rare, else as the detector says."""
    encoding = "windows-1252"
    if not _few_accents(data):
        from resiliparse.parse.encoding import detect_encoding  # 30 ms, and few reports need it

        found = detect_encoding(data)
        if found and found != "utf-8" and _decodes(data, found):
            encoding = found
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    notices: tuple[Notice, ...] = (_guessed(encoding),)
    if lost:
        first = text.index("\ufffd")
        notices += (Notice("encoding", f"{lost} bytes are no {encoding} and stand as U+FFFD", first, first + 1),)
    return Decoded(text, encoding, notices)


def _few_accents(data: bytes) -> bool:
    """Text of a Latin alphabet: fewer than one byte in twenty is beyond ASCII. A detector errs on so little."""
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    return high * 20 < len(data)


def _guessed(encoding: str) -> Notice:
    return Notice("encoding", f"no UTF-8, read as {encoding}; check letters with accents")
