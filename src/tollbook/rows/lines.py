r"""Rows as lines of JSON in UTF-8, the same bytes on every machine.

Input: a row. Output: a line, its floats rounded to three decimals but for the numbers that a figure states. A lone
surrogate, which UTF-8 can't hold, is written as JSON's own escape (`\udc80`), so that no text stops a run and every
offset still counts the same code points.
"""

from __future__ import annotations

import json
from typing import Any

Row = dict[str, Any]
_PLAIN = frozenset({str, int, bool, type(None)})
_STATED = ("value", "low", "high")  # of a row with a bound
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def line(row: Row) -> str:
    """One row as compact JSON in one line, without its line feed; infinities and NaN are an error."""
    return _ENCODER.encode(_rounded(row))


def encoded(text: str) -> bytes:
    r"""JSON text as UTF-8 bytes; a lone surrogate becomes `\udXXX`, which JSON reads back as the same code point."""
    return text.encode("utf-8", "backslashreplace")


def _rounded(value: Any) -> Any:
    """The value with its floats rounded to three decimals; what a figure states ("0.0025 %") stays as it is."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        stated = _STATED if "bound" in value else ()
        return {
            key: inner if type(inner) in _PLAIN or key in stated else _rounded(inner) for key, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_rounded(inner) for inner in value]
    return value
