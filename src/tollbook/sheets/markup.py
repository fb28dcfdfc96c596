"""The XML of a workbook's large parts as events, a piece at a time; no document type and so no entity is taken.

Input: a stream, and what to do where an element starts, ends, or has text. Output: a pause after each piece, in which
the caller takes what has come up. Worked: `for _ in heard(stream, start, end, text): yield from rows`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import IO, NoReturn
from xml.parsers import expat

_PIECE = 1 << 18
# The longest text that Excel writes into a cell is 32,767 characters.
_LONGEST = 10_000_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Start = Callable[[str, Mapping[str, str]], None]
Named = Callable[[str], None]


def heard(stream: IO[bytes], start: Start, end: Named, text: Named, *, separator: str | None = None) -> Iterator[None]:
    """Tell of every element and text of a stream; BadZipFile where it is no XML of a workbook.

    With a separator, names are those of their spaces: "urn:…:table:1.0 table-row", whatever prefix the file has.
    """
    parser = expat.ParserCreate(namespace_separator=separator)
    parser.buffer_text = True
    parser.buffer_size = _PIECE
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refused
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:  # the latter of an encoding that nobody knows
        raise zipfile.BadZipFile(str(error)) from error
    yield


def _refused(*_: object) -> NoReturn:
    raise zipfile.BadZipFile("a document type")


@lru_cache(1_000)
def local(name: str) -> str:
    """The name of an element without the prefix of its space: "x:row" is "row"."""
    return name.rpartition(":")[2]


def whole(parts: list[str]) -> str:
    """The text of an element from its pieces."""
    text = "".join(parts)
    if len(text) > _LONGEST:
        raise zipfile.BadZipFile("a text without end")
    return text


def joined(parts: list[str]) -> str:
    """The text of an element of XLSX from its pieces, with signs that XML can't hold as they were: "_x000D_"."""
    text = whole(parts)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
