"""Every case of tests/cases/annotations.toml; texts made to be hard have all numerals in rows, at a cost in step."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from claims_reading import assert_linear, numerals_passed_over, reading_of

from tollbook.model import Number, NumberMention

CASES = Path(__file__).parents[1] / "cases" / "annotations.toml"
HARD = {
    "a long sentence": "word " * 20_000,
    "many numbers": "7 " * 10_000,
    "many amounts": "$5 a day, " * 2_000,
    "ends of ranges": "from 5 to 6% " * 2_000,
    "digits alone": "9" * 5_000,
    "numbers of 400 digits": ("8" * 400 + " people, ") * 20,
    "Arabic-Indic digits": "٣٤ people and " * 500,
    "full-width digits": "１２ people and " * 500,
    "mixed scripts": "Морва 12 человек שלום ٣ 東京 ５人 " * 200,
    "digits glued to signs": "-5$1,2.3%" * 500,
    "powers": "5 x 10^99 " * 300,
    "currencies": "RM$EUR5£" * 300,
    "quotes fifty deep": "“a ‘b " * 25 + "12 died" + "’ c” " * 25,
    "a sentence of 100,000 signs": "a boy of 9 saw 4 men, " * 4_600,
    "digits of all scripts": "१२ ১২ ๑๒ ೧೨ 𝟙𝟚 ½ Ⅻ ② ³ 三 " * 100,
    "number words": "twelve hundred and one dozen, no one, each one, million, half, ninety-nine " * 100,
    "digits of a lone report": "0 00 007 1 1.5 1,5 1,500 1.2.3 5e5 0x1F " * 100,
}


def cases() -> list[Any]:
    rows = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["text"][:60]) for row in rows]


def plain(number: Number | None) -> str:
    return "" if number is None else f"{number:g}" if isinstance(number, float) else str(number)


def shown(amount: NumberMention) -> str:
    quantity = amount.quantity
    values = ", ".join(map(plain, (quantity.value, quantity.low, quantity.high)))
    return f"{amount.said} | {values} | {quantity.bound} | {amount.unit or ''}"


@pytest.mark.parametrize("case", cases())
def test_a_text_gives_its_amounts(case: dict[str, Any]) -> None:
    reading = reading_of(case["text"])
    assert [shown(one) for one in sorted(reading.numbers, key=lambda one: one.span.start)] == case["amounts"]
    ignored = sorted(reading.ignored, key=lambda one: one.span.start)
    assert [f"{one.said} | {one.why}" for one in ignored] == case["ignored"]
    assert [one.said for one in reading.times] == case["times"]


@pytest.mark.parametrize("text", HARD.values(), ids=HARD.keys())
def test_hard_texts_have_every_numeral_in_a_row_with_its_exact_words(text: str) -> None:
    reading = reading_of(text)
    assert numerals_passed_over(text, reading) == []
    for row in [*reading.numbers, *reading.times, *reading.ignored, *reading.claims]:
        assert text[row.span.start : row.span.end] == row.said


@pytest.mark.parametrize(
    "piece", ["$5 a day ", "from 5 to 6% ", "one in three ", "9", "(5 ", "minus 5 ", "'30' ", "-5"]
)
def test_the_work_of_amounts_grows_with_length_alone(piece: str) -> None:
    assert_linear(piece)


def test_a_rate_takes_its_time_into_the_unit() -> None:
    reading = reading_of("They pay $35 a month and $5 a month earlier.")
    assert next((one.said, one.unit) for one in reading.numbers) == ("$35 a month", "dollar per month")
    assert all(one.span.start > 20 for one in reading.times)
