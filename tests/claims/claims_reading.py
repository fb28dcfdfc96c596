"""Reads a text as a report of its own: what the claim tests share."""

from __future__ import annotations

import hashlib
import sys
from types import FrameType
from typing import Any

from tollbook.claims import read
from tollbook.claims.numerals import number_words
from tollbook.lexicon import load
from tollbook.model import Reading, Report
from tollbook.text import tokens


def report_of(text: str, title: str | None = None) -> Report:
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(id="r1", text=text, sha256=sha, text_sha256=sha, title=title, language="en")


def reading_of(text: str, title: str | None = None) -> Reading:
    return read(report_of(text, title), load("en"))


def numerals_passed_over(text: str, reading: Reading) -> list[str]:
    """The numerals of a text, digits of any script, fractions and number words, that lie in no row."""
    rows = [*reading.numbers, *reading.times, *reading.ignored]
    covered = {at for row in rows if row.span.part == "text" for at in range(row.span.start, row.span.end)}
    words = number_words(load("en")).cardinals
    signs = [(at, sign) for at, sign in enumerate(text) if sign.isnumeric()]
    said = [(token.start, token.text) for token in tokens(text) if token.low in words]
    return [f"{numeral} at {at}" for at, numeral in [*signs, *said] if at not in covered]


def steps_of_reading(text: str) -> int:
    """How many lines of Python a reading runs: the same on every machine, unlike its seconds."""
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        reading_of(text)
    finally:
        sys.settrace(before)
    return steps


def assert_linear(piece: str, signs: int = 400) -> None:
    """Four times the text may take little more than four times the steps; were they quadratic, sixteen times."""
    short, long = (steps_of_reading(piece * (length // len(piece) + 1)) for length in (signs, 4 * signs))
    assert long < 4.6 * short, f"{piece[:40]!r}: {short} steps, then {long}"
