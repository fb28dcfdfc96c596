"""Just enough of DER to put the certificates of a time stamp in order. Pure.

Input: the bytes of a reply. Output: the same, with the certificates it carries sorted by their bytes. DER wants a SET
OF sorted, CMS doesn't, and authorities, openssl among them, write them as they come; what reads them here is strict.
No signature covers their order.
"""

from __future__ import annotations

_FIRST = 0xA0  # [0]: the certificates of signed data
_LONG = 0x80


def in_order(reply: bytes) -> bytes:
    """The reply with its certificates sorted; of what is no reply the same bytes."""
    try:
        token = _parts(reply, *_inside(reply, 0))[1]
        content = _parts(reply, *_inside(reply, token[0]))[1]
        signed = _parts(reply, *_inside(reply, content[0]))[0]
        held = next(part for part in _parts(reply, *_inside(reply, signed[0])) if reply[part[0]] == _FIRST)
        start, end = _inside(reply, held[0])
        some = sorted(reply[at:until] for at, until in _parts(reply, start, end))
    except (IndexError, StopIteration, ValueError):
        return reply
    return reply[:start] + b"".join(some) + reply[end:]


def _inside(data: bytes, at: int) -> tuple[int, int]:
    """Where the content of the element at a place begins and ends."""
    size, start = data[at + 1], at + 2
    if size & _LONG:
        wide = size & ~_LONG
        size, start = int.from_bytes(data[start : start + wide], "big"), start + wide
    if start + size > len(data):
        raise ValueError("an element that ends beyond its bytes")
    return start, start + size


def _parts(data: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Where each element between two places begins and ends."""
    found = []
    while start < end:
        _, until = _inside(data, start)
        found.append((start, until))
        start = until
    return found
