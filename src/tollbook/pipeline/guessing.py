"""What a reader would propose for words that a person marks: the defaults of a form, never a claim by themselves.

Input: a report and a span of it. Output: fields by the names that the action `claim` takes, those left out of which
nothing is known. Worked: "seven" in "Of those aboard, seven were killed, the clinic said" gives killed, 7, exact, who
says so, and the day and place that the report gives its event. In a language that no reader knows only the number is
proposed, in whatever digits: "١٢" is 12.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tollbook.incidents.outlines import Draft, Drafted
from tollbook.lexicon import load_taxonomy
from tollbook.model import Number, Report, Span
from tollbook.pipeline.analyse import NO_OVERLAYS, Overlays, outline, read_one
from tollbook.rulings import Value, fields_of

# Digits of any script, with what sets thousands apart between them; a sign of decimals and its digits.
_NUMERAL = re.compile(r"\d{1,3}(?:[,٬.'’\u00a0\u202f ]\d{2,3})*[,٬.'’\u00a0\u202f ]\d{3}(?!\d)|\d+")
_APART = re.compile(r"\D")
# Two numbers with one of these between them are a range.
_DASH = re.compile(r"\s*[-–—]\s*")
_AMOUNT = ("value", "low", "high", "bound", "word")
_OF_EVENT = ("chain", "date", "date_end", "place", "country")


def guess(report: Report, span: Span, overlays: Overlays = NO_OVERLAYS) -> dict[str, Value]:
    """The fields that a reader would give a claim of the words at `span`; raises QuoteMismatch outside of the text."""
    words = report.words(span)
    reading = read_one(report, overlays)
    _, draft = outline(report, reading, overlays)
    read = _nearest(draft, span)
    if read is not None and read.claim.span.overlaps(span):
        return _told(read)
    fields = _told(read) if read is not None and _beside(read.claim.span, span, reading.sentences) else {}
    kept = {name: fields[name] for name in (*_OF_EVENT, "measure") if name in fields}
    said = next((one for one in reading.numbers if one.span.overlaps(span)), None)
    if said is None or read is None:
        return {**kept, **numerals(words)}
    like = replace(read.claim, quantity=said.quantity)
    amount = {
        name: value for name, value in fields_of(like).items() if name in ("value", "low", "high", "bound", "word")
    }
    people = {"unit": "person"} if said.unit is None else {"unit": said.unit}
    return {name: value for name, value in {**kept, **amount, **people}.items() if value is not None}


def numerals(words: str) -> dict[str, Value]:
    """The number that digits of any script give, or the two ends of a range: "१०–१२" is low 10, high 12.

    Empty where there is none, or more than these.
    """
    found = list(_NUMERAL.finditer(words))
    numbers = [_number(one[0]) for one in found]
    if len(numbers) == 1:
        return {"value": numbers[0], "bound": "exact"}
    if len(numbers) == 2 and _DASH.fullmatch(words[found[0].end() : found[1].start()]) and numbers[0] < numbers[1]:
        return {"low": numbers[0], "high": numbers[1], "bound": "range"}
    return {}


def _number(said: str) -> Number:
    """`int` reads the decimal digits of every script."""
    return int(_APART.sub("", said))


def _nearest(draft: Draft, span: Span) -> Drafted | None:
    """The claim that shares most words with a span, else the one that stands nearest to it in the same part."""
    own = [one for one in draft.claims if one.claim.span.part == span.part]
    return min(own, key=lambda one: (-_shared(one.claim.span, span), _apart(one.claim.span, span)), default=None)


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _apart(one: Span, other: Span) -> int:
    return max(0, other.start - one.end, one.start - other.end)


def _beside(one: Span, other: Span, sentences: Sequence[Span]) -> bool:
    """True for spans of one sentence."""
    return any(sentence.covers(one) and sentence.covers(other) for sentence in sentences)


def _told(read: Drafted) -> dict[str, Value]:
    fields = fields_of(replace(read.claim, date=read.date, place=read.place, as_of=read.as_of))
    known = fields["measure"] in (*load_taxonomy().measures, "other")
    return {name: value for name, value in fields.items() if value is not None and (known or name != "measure")}
