"""Tables as CSV, and back: cells that no spreadsheet runs as a formula, and a reader that restores what went in.

Input: rows by column name; columns with their kind. Output: CSV text, or rows again. Worked: the text "=1+1" is
written `'=1+1`, and "'=1+1" is written `''=1+1`: one apostrophe more for whatever would run, or looks as if it had been
given one, so that `read` takes exactly one away and every text comes back as it was. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from tollbook.model import Number
from tollbook.text import harmless as harmless_text
from tollbook.text import restored

Value = str | Number | None
Row = dict[str, Value]
Kind = Literal["text", "number"]
Columns = Mapping[str, Kind]


def columns(text: str, numbers: str = "") -> dict[str, Kind]:
    """Columns in the order of `text`, those also named in `numbers` being numbers: `columns("a b", "b")`."""
    counted = set(numbers.split())
    return {name: "number" if name in counted else "text" for name in text.split()}


def as_csv(names: Iterable[str], rows: Iterable[Row], *, above: Sequence[str] = ()) -> str:
    """CSV with a header, CRLF line ends as RFC 4180 has them; `above` is a second head line such as HXL's tags."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    keys = list(names)
    writer.writerow(keys)
    if above:
        writer.writerow(above)
    writer.writerows([harmless(row.get(key)) for key in keys] for row in rows)
    return out.getvalue()


def harmless(value: Value) -> Value:
    """A value whose text a spreadsheet can't take for a formula; numbers stay."""
    return harmless_text(value) if isinstance(value, str) else value


def read(text: str, kinds: Columns, *, skip: int = 0) -> Iterator[Row]:
    """The rows of a CSV that `as_csv` wrote; an empty cell is None, `skip` lines after the header are passed over."""
    lines = csv.reader(io.StringIO(text, newline=""))
    keys = next(lines, [])
    for at, line in enumerate(lines):
        if at >= skip:
            yield {key: _value(cell, kinds.get(key, "text")) for key, cell in zip(keys, line, strict=True)}


def _value(cell: str, kind: Kind) -> Value:
    if not cell:
        return None
    if kind == "text":
        return restored(cell)
    return float(cell) if "." in cell or "e" in cell else int(cell)
