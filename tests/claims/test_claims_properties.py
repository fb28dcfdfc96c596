"""What holds for any text: exact words, every numeral accounted for, time linear in length."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from claims_reading import reading_of, seconds_of_reading
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.model import Reading

WORDS = [
    "At least",
    "12",
    "1,000",
    "two dozen",
    "hundreds of",
    "people",
    "women",
    "were killed",
    "and",
    "injured",
    "no one",
]
SIGNS = [
    "e\u0301",
    "\ud800",
    "\u202e",
    "\u2028",
    "\n\n",
    ".",
    '"',
    "“",
    "%",
    "$",
    "-",
    "İstanbul",
    "שלום",
    "١٢",
    "9" * 400,
]
PHRASES = [", including", "said", "76-year-old man", "a woman", "page 172", "366th", "10 p.m.", "the toll rose to",
           "on 25-26 February 1992"]  # fmt: skip
PIECES = st.sampled_from(WORDS + SIGNS + PHRASES)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map(" ".join)


def spans(reading: Reading) -> list[tuple[int, int]]:
    rows = [*reading.numbers, *reading.times, *reading.ignored]
    return [(row.span.start, row.span.end) for row in rows if row.span.part == "text"]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_the_words_of_a_claim_are_the_words_of_the_text(text: str) -> None:
    reading = reading_of(text)
    for claim in reading.claims:
        assert text[claim.span.start : claim.span.end] == claim.said
        for link in claim.attribution:
            assert link.span is None or link.span.of(text)
    for row in [*reading.numbers, *reading.times, *reading.ignored, *reading.places]:
        assert text[row.span.start : row.span.end] == row.said


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_numeral_is_accounted_for(text: str) -> None:
    covered = {at for start, end in spans(reading_of(text)) for at in range(start, end)}
    assert [at for at, sign in enumerate(text) if sign.isdecimal() and at not in covered] == []


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_parts_name_claims_of_the_same_report(text: str) -> None:
    claims = reading_of(text).claims
    known = {claim.id for claim in claims}
    assert all(claim.part_of in known for claim in claims if claim.part_of is not None)


@pytest.mark.parametrize(
    "piece", ["12 people were killed and ", "7 ", "word ", '"', "no one ", "a man said that ", "at least 1,000 women, "]
)
def test_time_is_linear_in_the_length_of_a_sentence(piece: str) -> None:
    def seconds(count: int) -> float:
        return seconds_of_reading(piece * count)

    seconds(50)
    short, long = seconds(400), seconds(3200)
    assert long < 8 * short * 4 + 0.2  # quadratic time would be 64 times as long


def test_the_word_tables_hold_only_folded_words() -> None:
    folder = Path(__file__).parents[2] / "src" / "tollbook" / "lexicon" / "en"
    for name in ("measures", "groups", "grammar"):
        text = (folder / f"{name}.toml").read_text(encoding="utf-8")
        tomllib.loads(text)
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        assert "\n".join(lines) == "\n".join(lines).lower(), name
