"""What holds for any text: exact words, every numeral accounted for, time linear in length."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from claims_reading import assert_linear, numerals_passed_over, reading_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

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
NUMERALS = ["twelve", "one", "each one", "no one", "hundred", "a dozen", "half a million", "ninety-nine", "the third",
            "½", "2½", "Ⅻ", "²", "②", "三", "１２", "१२", "𝟙𝟚", "007", "1.2.3", "1,5", ".5", "5m", "3D", "#4", "0x1F",
            "1e5", "10:30", "3-2", "12/5", "1992", "two thirds of", "40 percent of the", "5'10"]  # fmt: skip
PIECES = st.sampled_from(WORDS + SIGNS + PHRASES)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map(" ".join)
# Numerals of every kind, with or without a space between them and letters, signs or other numerals.
DIGITS = st.text(st.characters(categories=["Nd", "Nl", "No"]), min_size=1, max_size=5)
GLUE = st.sampled_from([" ", " ", "", "-", "/", ".", ",", ":", "x", "\n", " of ", " and "])
NUMBERED = st.lists(
    st.one_of(st.sampled_from(NUMERALS), DIGITS, PIECES, st.text(max_size=4)).flatmap(
        lambda piece: GLUE.map(lambda glue: piece + glue)
    ),
    max_size=25,
).map("".join)


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


@settings(max_examples=400, deadline=None)
@example("1992 hundred in 1993")
@given(st.one_of(TEXTS, NUMBERED))
def test_every_numeral_is_accounted_for(text: str) -> None:
    assert numerals_passed_over(text, reading_of(text)) == []


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_parts_name_claims_of_the_same_report(text: str) -> None:
    claims = reading_of(text).claims
    known = {claim.id for claim in claims}
    assert all(claim.part_of in known for claim in claims if claim.part_of is not None)


PIECES_OF_LENGTH = [
    "12 people were killed and ", "7 ", "word ", '"', "“a ‘b ", "no one ", "at least 1,000 women, ", "7 of the ", "(5 ",
    "half of the 9 men, ", "two thirds of whom ", "the fifth person to ", "40 percent of ", "and three and ",
    "a dozen ", "between 5 and ", "5 to ", "5-", "9", "8" * 400 + " people, ", "٣٤ people and ", "½ ",
    "１２ people and ", "3-2, ", "020 7946 0018 ", "10:30 ", "on 12 May 1992 ", "Ann Lee, 34, ", "hundred ",
    "two million and a half ", "the toll rose to ", "including 3 women, ", "5 dead (3 children) ", "FOUR DEAD ",
    "weredisplaced ", "fami-lies ", "...", ",", "12 dead\n", "12 people died.\n\n", "12 people died. ", "minus 5 ",
    "Lee's ", "http://a/b-12-c ", "a man whose barn was a mill was arrested and ",
    "two teachers who met the 3 men and were ",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES_OF_LENGTH)
def test_the_work_of_reading_grows_with_length_alone(piece: str) -> None:
    assert_linear(piece)


def test_the_work_of_reading_who_says_so_grows_with_length_alone() -> None:
    assert_linear("a man said that ", 8_000)  # sentences of more tokens than a window


def test_the_word_tables_hold_only_folded_words() -> None:
    folder = Path(__file__).parents[2] / "src" / "tollbook" / "lexicon" / "en"
    for name in ("measures", "groups", "grammar"):
        text = (folder / f"{name}.toml").read_text(encoding="utf-8")
        tomllib.loads(text)
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        assert "\n".join(lines) == "\n".join(lines).lower(), name
