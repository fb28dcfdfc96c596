"""What is proposed for words that a person marks."""

from __future__ import annotations

import pytest

from tollbook.model import Report, Span
from tollbook.model.spans import digest
from tollbook.pipeline.guessing import guess, numerals
from tollbook.rulings import Value

TEXT = (
    "A ferry went down off Tessavar on 4 June 2032. At least 31 passengers were killed, the Harbour Office said. "
    "Boats took 250 to the quay."
)


def report(text: str) -> Report:
    return Report("r", text, "0" * 64, digest(text, length=64), published="2032-06-05")


def at(words: str, text: str = TEXT) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_the_readers_own_claim_is_proposed_for_its_words() -> None:
    told = guess(report(TEXT), at("31"))
    assert (told["measure"], told["value"], told["bound"], told["unit"]) == ("killed", 31, "at_least", "person")
    assert (told["date"], told["as_of"]) == ("2032-06-04", "2032-06-05")
    assert "Harbour Office" in str(told["chain"])


def test_a_number_of_which_no_claim_was_made_is_proposed_alone() -> None:
    told = guess(report(TEXT), at("250"))
    assert (told["value"], told["bound"]) == (250, "exact")
    assert "measure" not in told, "the sentence tells of no harm"


def test_in_a_language_that_no_reader_knows_only_the_number_is_proposed() -> None:
    text = "\u0642\u062a\u0644 \u0661\u0662 \u0634\u062e\u0635\u0627 \u0641\u064a \u0628\u064a\u062a"
    assert guess(report(text), Span(4, 11)) == {"value": 12, "bound": "exact"}
    assert guess(report(text), Span(0, 3)) == {}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("\u06f1\u06f2 \u0646\u0641\u0631", {"value": 12, "bound": "exact"}),
        ("\u0967\u0968 \u0932\u094b\u0917", {"value": 12, "bound": "exact"}),
        ("\u0661\u066c\u0662\u0663\u0664", {"value": 1234, "bound": "exact"}),
        ("1\u202f250 morts", {"value": 1250, "bound": "exact"}),
        ("1,00,000", {"value": 100000, "bound": "exact"}),
        ("10\u201312", {"low": 10, "high": 12, "bound": "range"}),
        ("12 und 13", {}),
        ("viele", {}),
    ],
)
def test_digits_of_any_script_are_numbers(words: str, told: dict[str, Value]) -> None:
    assert numerals(words) == told
