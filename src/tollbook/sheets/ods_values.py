"""What a cell of an OpenDocument sheet holds: its value by its type, else its text. Pure.

Input: the attributes of a cell, and the text that it shows. Output: a `Cell`, and whether there is any value. Worked:
the type "date" with the value 2031-05-04 is that day, however the text shows it; a formula that failed is its text,
"#DIV/0!", never the nought that stands behind it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from tollbook.sheets.cells import Cell
from tollbook.sheets.grid import number_in

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
FORMULA = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 formula"
_FAILED = re.compile(r"Err:\d+|#[A-Z0-9/]+[!?]?")
_HOUR = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,](\d+))?S")


def value_of(given: Mapping[str, str], text: str) -> tuple[Cell, bool]:
    """The value of a cell, None for an empty one; and True where the cell has a value or a type of one."""
    kind = given.get(f"{_OFFICE}value-type", "")
    if FORMULA in given and _FAILED.fullmatch(text):
        return text, True
    return _typed(kind, given, text), bool(kind or text)


def _typed(kind: str, given: Mapping[str, str], text: str) -> Cell:
    if kind in ("float", "currency"):
        return number_in(given[f"{_OFFICE}value"])
    if kind == "percentage":  # 100 % of something is no count of one
        return text or f"{float(given[f'{_OFFICE}value']):.0%}"
    if kind == "date":
        return _day(given[f"{_OFFICE}date-value"], text)
    if kind == "time":
        return _hour(given[f"{_OFFICE}time-value"], text)
    if kind == "boolean":
        return given[f"{_OFFICE}boolean-value"] == "true"
    return text or given.get(f"{_OFFICE}string-value") or None


def _day(told: str, text: str) -> Cell:
    """A day, or a moment; as text where no calendar here has it."""
    try:
        return dt.datetime.fromisoformat(told)
    except ValueError:
        return text or told


def _hour(told: str, text: str) -> Cell:
    """An hour of the day; a longer time is the text that shows it."""
    found = _HOUR.fullmatch(told)
    if found is None or int(found[1]) >= 24:
        return text or told
    return dt.time(int(found[1]), int(found[2]), int(found[3]), int((found[4] or "0")[:6].ljust(6, "0")))
