"""Lines of JSONL become reports, one at a time.

Input: a stream of bytes, one JSON object a line. Output: a `Report` or a `Failure` for each line that is not blank; a
broken line names its place ("reports.jsonl:7") and the rest goes on. `text` is taken exactly as given.

Lines end at a line feed and nowhere else: U+2028 inside a text is a letter like any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from tollbook.errors import InputError, TollbookError
from tollbook.lexicon.sources import SourceBook
from tollbook.reports.assemble import assemble
from tollbook.reports.formats import empty, too_large
from tollbook.reports.options import Failure, InputOptions
from tollbook.reports.particulars import particulars_of
from tollbook.reports.sources import Extract, Item, Raw

_BOM = b"\xef\xbb\xbf"


def read_rows(stream: IO[bytes], name: str, options: InputOptions, first: bytes = b"") -> Iterator[Item | Failure]:
    """The reports of a JSONL stream, in its order. `first` is a line already taken from it."""
    number = found = 0
    line = first or stream.readline(options.max_size + 1)
    while line:
        number += 1
        where = f"{name}:{number}"
        if len(line) > options.max_size and not line.endswith(b"\n"):
            found += 1
            yield Failure(where, too_large(where, options.max_size))
            _skip_line(stream)
        else:
            bare = (line.removeprefix(_BOM) if number == 1 else line).strip()
            if bare:
                found += 1
                yield _item(bare, where, options.book)
        line = stream.readline(options.max_size + 1)
    if not found:
        yield Failure(name, empty(name))


def _skip_line(stream: IO[bytes]) -> None:
    while True:
        piece = stream.readline(1 << 20)
        if not piece or piece.endswith(b"\n"):
            return


def _item(line: bytes, where: str, book: SourceBook) -> Item | Failure:
    try:
        return row_item(line, where, book)
    except TollbookError as error:
        return Failure(where, error)


def row_item(line: bytes, where: str, book: SourceBook) -> Item:
    """The report of one row; raises `InputError`, naming `where`."""
    values = _object(line, where)
    text = values.get("text")
    if not isinstance(text, str):
        problem = "'text' is missing" if text is None else "'text' is no text"
        raise InputError(problem, what=where, advice='a row looks like {"id": "r1", "text": "..."}')
    if not text.strip():
        raise InputError("empty: 'text' holds nothing to read", what=where)
    known, notices = particulars_of(values)
    raw = Raw(name=where, data=line, how="row")
    made = Extract(text, "text", notices=notices)
    return Item(where, raw, assemble(raw, made, known, book=book, report_id=_id(values, where)))


def _object(line: bytes, where: str) -> dict[str, object]:
    try:
        values = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(
            f"byte {error.start + 1} of the line is no UTF-8", what=where, advice="save it as UTF-8"
        ) from error
    except RecursionError as error:
        raise InputError("JSON nested too deeply", what=where) from error
    except ValueError as error:
        raise InputError(_no_json(error), what=where) from error
    if not isinstance(values, dict):
        raise InputError("no JSON object", what=where, advice='a row looks like {"id": "r1", "text": "..."}')
    return values


def _no_json(error: ValueError) -> str:
    """Where a line stops to be JSON; Python counts lines too, but a row is one line."""
    if not isinstance(error, json.JSONDecodeError):
        return f"no JSON ({error})"
    return f"no JSON from column {error.colno} on ({error.msg[:1].lower()}{error.msg[1:]})"


def _id(values: dict[str, object], where: str) -> str | None:
    """The id as given; a number is read as its digits, none or an empty one leaves it to the text's hash."""
    given = values.get("id")
    if isinstance(given, int) and not isinstance(given, bool):
        return str(given)
    if given is not None and not isinstance(given, str):
        raise InputError("'id' is no text", what=where)
    return given or None
