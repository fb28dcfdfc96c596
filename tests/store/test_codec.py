"""Every model value comes back from its JSON equal to what went in, or not at all."""

from __future__ import annotations

import datetime as dt
import json
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.model import (
    Bound,
    Claim,
    DateRange,
    Quantity,
    Reading,
    Record,
    Report,
    Ruling,
    Setting,
    Source,
    Span,
    TimeMention,
)
from tollbook.store.codec import Misfit, decode, dumps, encode, loads

# Whatever a text may hold, lone surrogates too, which UTF-8 refuses and a report may still contain.
WORDS = st.text(st.characters(codec=None), max_size=12)
NUMBERS = st.one_of(st.integers(0, 10**12), st.floats(0, 1e12, allow_nan=False))
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 10**6), st.integers(1, 500))


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low, high = sorted([draw(NUMBERS), draw(NUMBERS)])
    kind = draw(st.sampled_from(list(Bound)))
    return Quantity(
        draw(st.none() | NUMBERS), draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None])), kind,
        draw(st.none() | WORDS),
    )  # fmt: skip


st.register_type_strategy(Quantity, quantities())
st.register_type_strategy(Span, SPANS)
st.register_type_strategy(str, WORDS)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize("kind", [Claim, Report, Reading, Ruling, Setting, Source, TimeMention, Record])
def test_a_value_comes_back_equal(kind: type[Any]) -> None:
    @settings(max_examples=25, deadline=None)
    @given(st.from_type(kind))
    def check(value: Any) -> None:
        text = dumps(value, kind)
        assert loads(text, kind) == value
        assert dumps(loads(text, kind), kind) == text
        assert text.isascii()

    check()


def test_whole_numbers_stay_whole_and_fractions_fractions() -> None:
    back = loads(dumps(Quantity(2, 2, 2.5, Bound.RANGE), Quantity), Quantity)
    assert [type(number) for number in (back.value, back.low, back.high)] == [int, int, float]


def test_only_empty_defaults_are_left_out() -> None:
    assert encode(Quantity.vague("dozens", 24), Quantity) == {
        "value": None, "low": 24, "high": None, "bound": "vague", "word": "dozens",
    }  # fmt: skip
    assert encode(Source("Ministry", "official"), Source) == {"source": "Ministry", "kind": "official"}
    # An empty tuple that is not the default is told, or it would come back as the default.
    assert encode(Record(rules=()), Record) == {"rules": []}


def test_an_old_row_reads_after_a_new_optional_field_joined() -> None:
    assert decode({"source": "Ministry", "kind": "official"}, Source) == Source("Ministry", "official", None, None)


@pytest.mark.parametrize(
    ("stored", "kind", "words"),
    [
        ({"source": "A", "kind": "oracle"}, Source, "kind: one of person"),
        ({"source": "A", "kind": "media", "colour": 1}, Source, "Source has no field 'colour'"),
        ({"source": "A"}, Source, "Source lacks field 'kind'"),
        ({"source": 4, "kind": "media"}, Source, "source: str wanted, found int 4"),
        ({"source": "A", "kind": "media", "span": {"start": 4, "end": 2}}, Source, "span: a span needs"),
        ({"start": 1, "end": True}, Span, "end: int wanted, found bool"),
        ([], Span, "Span wanted, found list"),
        ({"start": "1992-02-31", "end": "1992-03-01", "precision": "day", "rule": "x"}, DateRange, "start: ISO date"),
    ],
)
def test_what_does_not_fit_is_named(stored: Any, kind: type[Any], words: str) -> None:
    with pytest.raises(Misfit) as caught:
        decode(stored, kind)
    assert words in str(caught.value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), True, dt.datetime(2020, 1, 1), "12"])
def test_what_is_no_number_is_not_written(number: Any) -> None:
    with pytest.raises(Misfit):
        encode(Quantity(number, None, None, Bound.EXACT), Quantity)


@given(st.text(string.printable, max_size=40))
def test_no_text_is_taken_for_a_value_unless_it_is_one(text: str) -> None:
    try:
        value = loads(text, Source)
    except Misfit:
        return
    assert json.loads(text) == encode(value, Source)
