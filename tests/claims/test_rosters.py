"""People told of one by one: who is named, of what sex and age, what they came to, and that nobody counts twice."""

from __future__ import annotations

import pytest
from claims_reading import assert_linear, reading_of

from tollbook.claims.persons import persons
from tollbook.lexicon import load
from tollbook.text import tokens


def told(text: str) -> list[str]:
    """Each person as "words | group", several as "words | group | count"."""
    sentence = tokens(text)
    found = persons(sentence, load("en"))
    said = [text[sentence[one.start].start : sentence[one.end - 1].end] for one in found]
    counts = ["" if one.count == 1 else f" | {one.count}" for one in found]
    return [f"{words} | {one.group}{count}" for words, one, count in zip(said, found, counts, strict=True)]


def rows(text: str) -> list[str]:
    """Each claim of a roster as "words | measure | group | low", in the order of the text."""
    claims = sorted((c for c in reading_of(text).claims if c.roster), key=lambda c: (c.span.start, c.span.end))
    return [f"{c.said} | {c.measure} | {c.group} | {c.quantity.low}" for c in claims]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("his wife, 32-year-old Oda Birk,", ["his wife, 32-year-old Oda Birk | women"]),
        ("their son Tem, who was only eight years old.", ["their son Tem, who was only eight years old | children"]),
        ("Oda Birk (child),", ["Oda Birk (child) | children"]),
        ("a nine-month-old girl named Una Birk.", ["a nine-month-old girl named Una Birk | children"]),
        ("their son Tem Birk (19 years old),", ["their son Tem Birk (19 years old) | men"]),
        ("a 40- or 41-year-old Tem Birk.", ["a 40- or 41-year-old Tem Birk | all"]),
        ("Tem (Tim) Birk, aged 12,", ["Tem (Tim) Birk, aged 12 | children"]),
        ("Oda Birk, wife of Tem Birk,", ["Oda Birk, wife of Tem Birk | women"]),
        ("Tem Lindal's sister, Oda al-Birk,", ["Tem Lindal's sister, Oda al-Birk | women"]),
        ("Oda Birk, Tem Lindal's sister, was", ["Oda Birk, Tem Lindal's sister | women"]),
        ("her mother-in-law, Oda Birk,", ["her mother-in-law, Oda Birk | women"]),
        ("her daughter or niece Oda Birk,", ["her daughter or niece Oda Birk | women"]),
        ("Abu Birk and Umm Birk", ["Abu Birk | men", "Umm Birk | women"]),
        ("Mrs. Lindal and Maria Birk", ["Mrs. Lindal | women", "Maria Birk | women"]),
        ("Ivo Birk, also known as Umm Tem,", ["Ivo Birk, also known as Umm Tem | women"]),
        ("her two daughters and a son", ["her two daughters | children | 2", "a son | children"]),
        ("the father of the family Tem Birk", ["the father of the family Tem Birk | men"]),
        ("two Danes at 11:40 PM in Orne", []),
        ("the Birk family, the Orne Rescue Unit and @BirkNews", []),
        ("a nurse at the Lindal Hospital", []),
        ("Oda Birk, 28, from the North Birk Governorate,", ["Oda Birk, 28 | all"]),
    ],
)
def test_a_person_is_read_with_sex_and_age(text: str, people: list[str]) -> None:
    assert told(text) == people


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Tem Birk (41), his wife Oda and their son Ivo, 6, were killed in Orne.",
            ["Tem Birk (41) | killed | men | 1", "his wife Oda | killed | women | 1", "their son | killed | boys | 1"],
        ),
        (
            "The victims were identified as Tem Birk, 41, Oda Lindal, 15, and her brother Ivo Lindal, 9.",
            [
                "Tem Birk, 41 | killed | all | 1",
                "Oda Lindal, 15, and her brother Ivo Lindal, 9 | killed | children | 2",
            ],
        ),
        (
            "Sources named those killed: Oda Birk, Una Birk (4), Ivo Birk (3).",
            ["Oda Birk | killed | all | 1", "Una Birk (4), Ivo Birk (3) | killed | children | 2"],
        ),
        (
            "Four people died in Orne. They were identified by friends as Una Birk (4) and Ivo Birk (3).",
            ["Una Birk (4) and Ivo Birk (3) | killed | children | 2"],
        ),
        (
            "The fire killed Una Birk, 7, and Ivo Birk, 5, and three neighbours.",
            ["Una Birk, 7, and Ivo Birk, 5 | killed | children | 2"],
        ),
        ("Una Birk (4) and Ivo Birk (3) were hurt.", ["Una Birk (4) and Ivo Birk (3) | injured | children | 2"]),
        ("Una Birk (4) and Ivo Birk (3) were not hurt.", []),
        ("Neighbours who posted lists of those killed included: Tem Birk, Oda Birk.", []),
        ("Two people were killed and nine hurt, Tem Birk and Oda Lindal said.", []),
        ("“My cousins Una Birk (4) and Ivo Birk (3) were killed,” she wrote.", []),
    ],
)
def test_what_happened_is_said_before_or_behind_a_list(text: str, claims: list[str]) -> None:
    assert rows(text) == claims


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("Oda Birk and her four children, two sons, Tem and Ivo, and two daughters, Una and Ada, died.", 4),
        ("Oda Birk died with her three children: Una, aged 4, Tem, aged 6, and Ivo, aged 8.", 3),
        ("Oda Birk and her five children, among them a son, Tem (8), were killed.", 5),
        ("Oda Birk and her sons were killed. Oda Birk's sons Tem (8) and Ivo (9) were killed in Orne.", 4),
        ("Oda Birk and her son Tem (8) were killed. Tem Birk (8) was killed at noon.", 1),
        ("Youssef Birk (8) and Una Birk (9) were killed. Yousef Birk was killed at noon.", 2),
        ("Oda Birk and her sons Tem (33), Ivo (30) and Bo were killed with Una Lindal (4).", 1),
        ("Oda Birk and her son Tem were killed. Tem's wife Una was killed with Ada Lindal (4).", 1),
        ("Oda Birk and her son Tem (8) were hurt. Tem and Una Lindal (4) were killed in the second fire.", 2),
    ],
)
def test_nobody_counts_twice(text: str, children: int) -> None:
    claims = reading_of(text).claims
    named = [claim for claim in claims if claim.roster and claim.measure == "killed"]
    young = [claim for claim in named if claim.group in ("children", "boys", "girls")]
    assert sum(int(claim.quantity.low or 0) for claim in young) == children


def test_a_list_is_a_part_that_says_at_least() -> None:
    (claim,) = [c for c in reading_of("Una Birk (4) and Ivo Birk (3) were killed.").claims if c.roster == "row"]
    assert (claim.basis, claim.quantity.bound.value, claim.quantity.high) == ("part", "at_least", None)
    assert claim.trigger is not None


def test_each_list_names_the_one_before() -> None:
    text = "Una Birk (4) and Ivo Birk (3) were killed. Also killed were Ada Lindal (5) and Tem Lindal (2)."
    first, second = sorted((c for c in reading_of(text).claims if c.roster), key=lambda c: c.span.start)
    assert (first.beside, second.beside) == (None, first.id)


def test_a_figure_of_the_report_needs_no_list_of_names() -> None:
    assert rows("Two people were killed in Orne. The dead were named as Tem Birk, 41, and Ivo Lindal, 52.") == []


@pytest.mark.parametrize(
    "piece",
    [
        "Una Birk (4), ", "Una Birk's ", "his wife, ", "Birk ", "Tem (", "killed along with ", "al-", "a 4-year-old ",
        "Una Birk (4) was killed. ", "their two sons and ", "who was Una, ",
    ],
)  # fmt: skip
def test_reading_lists_takes_linear_steps(piece: str) -> None:
    assert_linear(piece)
