"""PDFs written by hand, small enough to read: pages of text, pages without, none at all, and one behind a password."""

from __future__ import annotations

import hashlib
import zlib


def pdf(pages: list[str | None], *, title: str | None = None, password: str | None = None) -> bytes:
    """A PDF of one line of text a page; None makes a page that holds a drawn box and no text."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, words in enumerate(pages):
        drawn = b"10 10 100 100 re f" if words is None else _lines(words)
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {font} /Contents {5 + 2 * number} 0 R >>".encode()
        )
        drawn = zlib.compress(drawn)
        bodies.append(b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    trailer = "/Root 1 0 R"
    if title is not None:
        bodies.append(f"<< /Title ({title}) >>".encode("latin-1"))
        trailer += f" /Info {len(bodies)} 0 R"
    if password is not None:
        bodies.append(_encryption(password))
        trailer += f" /Encrypt {len(bodies)} 0 R /ID [<00> <00>]"
    return _file(bodies, trailer)


def _lines(words: str) -> bytes:
    shown = b" T* ".join(b"(%s) Tj" % line.encode("cp1252") for line in words.split("\n"))
    return b"BT /F1 12 Tf 14 TL 20 700 Td " + shown + b" ET"


def _file(bodies: list[bytes], trailer: str) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = f"trailer\n<< /Size {len(bodies) + 1} {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + table + end


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _encryption(password: str) -> bytes:
    """The dictionary of the standard handler, revision 2 (40 bits): enough for a reader to ask for the password."""
    user = (password.encode() + _PAD)[:32]
    owner = _rc4(hashlib.md5(user, usedforsecurity=False).digest()[:5], user)
    rights = (-4 & 0xFFFFFFFF).to_bytes(4, "little")
    key = hashlib.md5(user + owner + rights + b"\x00", usedforsecurity=False).digest()[:5]
    check = _rc4(key, _PAD)
    return f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{owner.hex()}> /U <{check.hex()}> >>".encode()


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)
