r"""Rows as lines of JSON in UTF-8, the same bytes on every machine.

Input: a row, with floats already rounded to what its format says. Output: a line. A lone surrogate, which UTF-8 can't
hold, is written as JSON's own escape (`\udc80`), so that no text stops a run and every offset still counts the same
code points.
"""

from __future__ import annotations

import json
from typing import Any

Row = dict[str, Any]
DECIMALS = 3  # of all floats but those that a text states
_STATED = ("value", "low", "high")  # of a row with a bound
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def line(row: Row) -> str:
    """One row as compact JSON in one line, without its line feed; infinities and NaN are an error."""
    return _ENCODER.encode(row)


def rounded(value: Any) -> Any:
    """A value that is no row of a file with its floats rounded as there; what a figure states stays as it is."""
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        stated = _STATED if "bound" in value else ()
        return {key: inner if key in stated else rounded(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(inner) for inner in value]
    return value


def encoded(text: str) -> bytes:
    r"""JSON text as UTF-8 bytes; a lone surrogate becomes `\udXXX`, which JSON reads back as the same code point."""
    return text.encode("utf-8", "backslashreplace")
