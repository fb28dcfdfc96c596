"""The desk's two forms: a claim's fields to be corrected, and a missed claim to be added.

Input: a claim, or exact words of a report. Output: fields with what they hold now; and, while somebody types, the one
line that is wrong with them. Worked: the words "12 people died" marked in a report give a form for a claim of exactly
these words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from tollbook.dossiers.figures import GROUPS, MEASURES
from tollbook.errors import QuoteMismatch, TollbookError, UsageError
from tollbook.lexicon import load_taxonomy
from tollbook.model import Basis, Bound, Claim, Modality, Quantity, Report, Source, SourceKind, Span
from tollbook.model.spans import Part
from tollbook.pipeline.analyse import Overlays
from tollbook.pipeline.guessing import guess
from tollbook.review.marks import found_in
from tollbook.rulings import Value, corrected
from tollbook.rulings.actions import CORRECTABLE
from tollbook.rulings.corrections import check_corrected

# A field that a message names: 'value', "no bound 'x'".
_NAMED = re.compile(r"'(\w+)'|no (\w+) '")
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Choices:
    """What each closed field may hold."""

    bound: Sequence[str] = tuple(Bound)
    measure: Sequence[str] = ()
    group: Sequence[str] = ()
    basis: Sequence[str] = get_args(Basis)
    modality: Sequence[str] = get_args(Modality)
    kind: Sequence[str] = get_args(SourceKind)


def choices(also: Claim | None = None) -> Choices:
    """The choices, those of a claim among them whatever they are."""
    taxonomy = load_taxonomy()
    measures = sorted(
        {*taxonomy.measures, "other", *([also.measure] if also and also.measure else [])}, key=_rank(MEASURES)
    )
    groups = sorted({*taxonomy.within, "all", *([also.group] if also else [])}, key=_rank(GROUPS))
    return Choices(measure=measures, group=groups)


def _rank(order: Sequence[str]) -> Callable[[str], tuple[int, str]]:
    return lambda name: (order.index(name) if name in order else len(order), name)


@dataclass(frozen=True, slots=True)
class Words:
    """Exact words of a report between those beside them."""

    part: Part
    start: int
    end: int
    before: str
    said: str
    after: str


def exact(report: Report, part: Part, start: int, end: int, words: str) -> Words:
    """The words at a place. Raises QuoteMismatch where others stand there: a span is exact, or there is none."""
    text = (report.title or "") if part == "title" else report.text
    there = text[start:end] if 0 <= start < end <= len(text) else ""
    if not there or there != words:
        raise QuoteMismatch(
            f"at {start}–{end} stands “{there}”, not “{words}”", what=report.id, advice="select the words again"
        )
    return Words(part, start, end, text[max(0, start - _AROUND) : start], there, text[end : end + _AROUND])


def places(report: Report, words: str) -> list[Words]:
    """Each place of a report where typed words stand exactly so, those of the title first."""
    title = [exact(report, "title", at, at + len(words), words) for at in found_in(report.title or "", words)]
    return title + [exact(report, "text", at, at + len(words), words) for at in found_in(report.text, words)]


def proposed(report: Report, words: Words, overlays: Overlays) -> Claim:
    """What a reader would propose for words that no reader found: the defaults of a form, never a claim by
    themselves.
    """
    claim = unsaid(report)
    try:
        return corrected(claim, guess(report, Span(words.start, words.end, words.part), overlays))
    except UsageError:  # a reader's own reading need not be one that can be typed
        return claim


def unsaid(report: Report) -> Claim:
    """A claim of which nothing is known but its publisher."""
    publisher = (Source(report.publisher, "publisher"),) if report.publisher else ()
    quantity = Quantity(None, None, None, Bound.EXACT)
    return Claim("", report.id, Span(0, 1), "", "", "all", "person", quantity, attribution=publisher)


def wrong_with(claim: Claim, values: Mapping[str, Value]) -> tuple[str, str]:
    """What is wrong with corrected fields, and the field that it is about; two empty texts where nothing is."""
    try:
        now = corrected(claim, {name: value for name, value in values.items() if name in CORRECTABLE})
        check_corrected(now, values)
    except TollbookError as error:
        return str(error), field_of(str(error))
    measure = values.get("measure")
    if measure is not None and measure not in choices().measure:
        return f"no measure '{measure}'", "measure"
    return "", ""


def field_of(line: str) -> str:
    """The field that a line names: "'low' can't be above 'high'" is about low."""
    named = [one or other for one, other in _NAMED.findall(line)]
    return next((name for name in named if name in CORRECTABLE), "")


def part_of(text: str) -> Part:
    """The part of a report from a query. Raises UsageError where it is none."""
    if text == "text":
        return "text"
    if text == "title":
        return "title"
    raise UsageError(f"no part '{text}' of a report; there are: text, title")


def number_of(text: str, name: str) -> int:
    """An offset from a query. Raises UsageError where it is none."""
    if not text.isdecimal():
        raise UsageError(f"'{name}' needs an offset in the text")
    return int(text)
