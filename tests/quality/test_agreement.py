"""Alpha against the figures that Krippendorff published, and what is said where it is undefined."""

from __future__ import annotations

import pytest

from tollbook.quality import Agreement, agreement, alpha
from tollbook.quality.agreement import Scale

# Four coders, twelve units, values 1 to 5, a dot where somebody said nothing (Krippendorff 2011, section E).
FOUR = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}
# Two coders, ten units, two values (section A).
TWO = {"Meg": "0 1 0 0 0 0 0 0 1 0", "Owen": "1 1 1 0 0 1 0 0 0 0"}
# Two coders, twelve units, five names (section B).
NAMES = {"Ben": "a a b b d c c c e d d a", "Gerry": "b a b b b c c c e d d d"}


def told(table: dict[str, str]) -> list[tuple[str, str, str | float]]:
    """(coder, unit, answer) of a table; numbers are numbers."""
    return [
        (coder, f"u{unit:02}", float(answer) if answer.isdecimal() else answer)
        for coder, row in table.items()
        for unit, answer in enumerate(row.split(), 1)
        if answer != "."
    ]


@pytest.mark.parametrize(
    ("table", "scale", "published"),
    [
        (TWO, "nominal", 0.095),
        (NAMES, "nominal", 0.692),
        (FOUR, "nominal", 0.743),
        (FOUR, "interval", 0.849),
        (FOUR, "ratio", 0.797),
    ],
)
def test_alpha_is_the_published_one(table: dict[str, str], scale: Scale, published: float) -> None:
    found = agreement("value", told(table), scale)
    assert found.alpha is not None and round(found.alpha, 3) == published
    assert found.low is not None and found.high is not None and found.low <= found.alpha <= found.high <= 1


def test_what_one_alone_answered_for_counts_for_nothing() -> None:
    found = agreement("value", told(FOUR))
    assert (found.units, found.answers, found.differ) == (11, 40, 3)  # the twelfth unit has one answer
    more = [*told(FOUR), ("A", "u99", 5.0)]
    assert agreement("value", more) == found


def test_the_interval_is_the_same_each_time_and_in_any_order() -> None:
    some = told(FOUR)
    assert agreement("value", some) == agreement("value", some[::-1])


def test_alpha_may_lie_below_chance() -> None:
    assert alpha([("A", "1", "x"), ("B", "1", "y"), ("A", "2", "y"), ("B", "2", "x")]) < 0


@pytest.mark.parametrize(
    ("some", "why"),
    [
        ([], "no claim has an answer of two"),
        ([("A", "1", "x"), ("B", "2", "y")], "no claim has an answer of two"),
        ([("A", "1", "x"), ("B", "1", "x"), ("A", "2", "x"), ("B", "2", "x")], "all answers are the same"),
    ],
)
def test_undefined_is_said_in_words(some: list[tuple[str, str, str]], why: str) -> None:
    found = agreement("group", some)
    assert (found.alpha, found.low, found.high) == (None, None, None)
    assert why in found.why


def test_an_alpha_of_too_little_has_no_interval() -> None:
    found = agreement("group", [("A", "1", "x"), ("B", "1", "y")])
    assert isinstance(found, Agreement) and found.alpha == 0 and found.low is None
    assert found.why.startswith("no interval")


def test_counts_far_apart_by_their_size_agree_less() -> None:
    """12 and 14 are farther apart than 112 and 114; nothing and nothing not at all."""
    small = [("A", "1", 12), ("B", "1", 14), ("A", "2", 0), ("B", "2", 0)]
    large = [("A", "1", 112), ("B", "1", 114), ("A", "2", 0), ("B", "2", 0)]
    assert alpha(small, "ratio") < alpha(large, "ratio") < 1
