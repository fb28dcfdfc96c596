"""Forms of time words with a value each: units without a number, parts of a year, holidays, and what looks ahead."""

from __future__ import annotations

import pytest

from tollbook.claims.dates import find
from tollbook.lexicon import load
from tollbook.model import Span, TimeMention


def only(text: str) -> TimeMention:
    found = find(text, Span(0, len(text)), load("en"))
    assert len(found) == 1, [mention.said for mention in found]
    return found[0]


LENGTHS = [
    ("They dug for weeks.", "weeks", "PXW"),
    ("in the hours before the flood", "hours", "PTXH"),
    ("in recent months", "recent months", "PXM"),
    ("over the coming days", "the coming days", "PXD"),
    ("half an hour of rain", "half an hour", "PT30M"),
    ("a year and a half of drought", "a year and a half", "P1Y6M"),
    ("for 3 1/2 hours", "3 1/2 hours", "PT3H30M"),
    ("three decades of peace", "three decades", "P30Y"),
    ("for a couple of weeks", "a couple of weeks", "P2W"),
    ("in the six months", "the six months", "P6M"),
    ("walked over three miles in over two hours", "two hours", "PT2H"),
    ("over an hour", "over an hour", "PT1H"),
    ("for the next year or so", "the next year or so", "XXXX"),
    ("in the year ended Oct", "the year", "P1Y"),
    ("a week-long search", "a week-long", "P1W"),
    ("a monthslong search", "monthslong", "PXM"),
    ("nearly a hundred years of peace", "nearly a hundred years", "P100Y"),
    ("two thousand years of peace", "two thousand years", "P2000Y"),
    ("a half-hour of rain", "a half-hour", "PT30M"),
    ("nine working days of rain", "nine working days", "P9D"),
    ("Over the years many left", "the years", "PXY"),
    ("in the first hours of the fire", "the first hours", "PTXH"),
    ("in the weeks ahead", "the weeks ahead", "PXW"),
    ("a few days later", "a few days later", "PXD"),
    ("half an hour later", "half an hour later", "PT30M"),
    ("over the last decade", "the last decade", "P10Y"),
]


@pytest.mark.parametrize(("text", "said", "value"), LENGTHS)
def test_lengths_of_time(text: str, said: str, value: str) -> None:
    found = only(text)
    assert (found.said, found.value) == (said, value)


POINTS = [
    ("for the year so far", "the year", "XXXX", (0, "year")),
    ("Over the weekend, two died", "the weekend", "XXXX-WXX-WE", (0, "weekend past")),
    ("by the end of the month", "the end of the month", "XXXX-XX", (0, "month")),
    ("by year-end", "year-end", "XXXX", (0, "year")),
    ("the first half of last year", "the first half of last year", "XXXX-H1", (-1, "year")),
    ("this year's third quarter", "this year's third quarter", "XXXX-Q3", (0, "year")),
    ("the fourth-quarter toll", "fourth-quarter", "XXXX-Q4", None),
    ("last summer", "last summer", "XXXX-SU", (-1, "season")),
    ("in spring the river rose", "spring", "XXXX-SP", None),
    ("by early fall", "early fall", "XXXX-FA", None),
    ("on Good Friday", "Good Friday", "XXXX-XX-XX", (-2, "easter")),
    ("on Thanksgiving", "Thanksgiving", "XXXX-XX-XX", (4, "weekday of month")),
    ("the May flood", "May", "XXXX-05", None),
    ("December's floods", "December", "XXXX-12", None),
    ("on Oct. 4 killed 12", "Oct. 4", "XXXX-10-04", None),
    ("an editorial of Sunday, June 7: the dam", "Sunday, June 7", "XXXX-06-07", None),
    ("On the 9th, a wall fell", "On the 9th"[3:], "XXXX-XX-09", None),
    ("the third of August", "third of August", "XXXX-08-03", None),
    ("in the '70s", "the '70s", "197", None),
    ("in nineteen eighty-four", "nineteen eighty-four", "1984", None),
    ("at 5 in the morning", "5 in the morning", "XXXX-XX-XXT05:00", None),
    ("at midday", "midday", "XXXX-XX-XXT12:00", None),
    ("every other day", "every other day", "P2D", None),
    ("on Friday nights", "Friday nights", "XXXX-WXX-5TNI", None),
    ("in the early hours of Friday", "the early hours of Friday", "XXXX-WXX-5TMO", None),
    ("in the early morning hours Friday", "the early morning hours Friday", "XXXX-WXX-5TMO", None),
    ("by mid-afternoon yesterday", "mid-afternoon yesterday", "XXXX-XX-XXTAF", (-1, "day")),
    ("in the early hours of 4 June", "the early hours of 4 June", "XXXX-06-04TMO", None),
    ("about 9 p.m. Friday night", "about 9 p.m. Friday night", "XXXX-WXX-5T21:00", None),
    ("the previous Friday", "the previous Friday", "XXXX-WXX-5", (-1, "week then")),
    ("this coming Sunday, June sixth", "this coming Sunday, June sixth", "XXXX-06-06", None),
    ("the end of next month", "the end of next month", "XXXX-XX", (1, "month")),
    ("in the late sixties", "the late sixties", "196", None),
    ("in the early nineteenth century", "the early nineteenth century", "18", None),
    ("in this century", "this century", "XX", (0, "century")),
    ("They may one day come back", "one day", "FUTURE_REF", None),
    ("on Monday evening, 4 June", "Monday evening, 4 June", "XXXX-06-04TEV", None),
    ("on Monday night, June 4", "Monday night, June 4", "XXXX-06-04TNI", None),
    ("on the night of Monday 4 June", "the night of Monday 4 June", "XXXX-06-04", None),
    ("in the small hours of Friday", "the small hours of Friday", "XXXX-WXX-5TMO", None),
    ("at 4.45pm", "4.45pm", "XXXX-XX-XXT16:45", None),
    ("the summer of last year", "the summer of last year", "XXXX-SU", (-1, "year")),
    ("It had rained the night before.", "the night before", "XXXX-XX-XXTNI", (-1, "day then")),
    ("most recently in a mill", "most recently", "PAST_REF", None),
]


@pytest.mark.parametrize(("text", "said", "value", "relative"), POINTS)
def test_points_in_time(text: str, said: str, value: str, relative: tuple[int, str] | None) -> None:
    found = only(text)
    assert (found.said, found.value, found.relative) == (said, value, relative)


@pytest.mark.parametrize(
    "text",
    [
        "the fall of the roof", "killed in the fall", "the year he was born", "Driver of the Year",
        "in the past three rounds",
        "three-quarters of the grain", "the March on the palace", "the day was hot", "the months were long",
    ],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert find(text, Span(0, len(text)), load("en")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The dam is to open on Monday", "Guards would leave on Monday", "On Monday, the court will hear him",
        "no sooner than Monday", "The talks, set to resume Monday", "the vote was postponed until Monday",
        "The ministry planned to pay on Monday", "ahead of Monday's vote", "It opens on Monday",
        "They planned a march on Monday", "It is shut until Monday", "has until noon Monday", "the mayors meet Monday",
    ],
)  # fmt: skip
def test_the_verb_that_governs_a_weekday_looks_ahead(text: str) -> None:
    assert only(text).relative == (0, "week ahead")


@pytest.mark.parametrize(
    "text",
    [
        "Guards said on Monday that they will leave", "Monday vowed to go", "He was held on Monday and will be tried",
        "they would look at Monday's ruling", "The lease had been due to end Monday", "On Monday he agreed to go",
        "They had scheduled a march on Monday", "It was closed until Monday", "They failed to meet Monday",
    ],
)  # fmt: skip
def test_the_verb_that_governs_a_weekday_looks_back(text: str) -> None:
    assert only(text).relative is None
