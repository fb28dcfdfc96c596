"""Time mentions: a table of words and what they name, the traps, and exact spans on any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.claims.dates import find
from tollbook.lexicon import load
from tollbook.model import Span, TimeMention

LEXICON = load("en")


def mentions(text: str) -> list[TimeMention]:
    return find(text, Span(0, len(text)), LEXICON) if text else []


def only(text: str) -> TimeMention:
    found = mentions(text)
    assert len(found) == 1, [mention.said for mention in found]
    return found[0]


CALENDAR = [
    ("It happened on Feb. 25-26, 1992, at dawn.", "Feb. 25-26, 1992", "1992-02-25", (1992, 2, 25), (1992, 2, 26)),
    ("over the night of 25 to 26 February 1992.", "25 to 26 February 1992", "1992-02-25", (1992, 2, 25), (1992, 2, 26)),
    ("25 February – 3 March 1992", "25 February – 3 March 1992", "1992-02-25", (1992, 2, 25), (1992, 3, 3)),
    ("September 24 – October 1, 2023", "September 24 – October 1, 2023", "2023-09-24", (2023, 9, 24), (2023, 10, 1)),
    ("on 2020-07-14 at noon,", "2020-07-14", "2020-07-14", (2020, 7, 14), (None, None, None)),
    ("on November 10th.", "November 10th", "XXXX-11-10", (None, 11, 10), (None, None, None)),
    ("ORUNE, 6 DEC 89 (XYZ)", "6 DEC 89", "1989-12-06", (1989, 12, 6), (None, None, None)),
    ("IN MAY 1990", "MAY 1990", "1990-05", (1990, 5, None), (None, None, None)),
    ("Jan. 2003", "Jan. 2003", "2003-01", (2003, 1, None), (None, None, None)),
    ("in January 2003.", "January 2003", "2003-01", (2003, 1, None), (None, None, None)),
    ("from April to June 2003", "April to June 2003", "2003-04", (2003, 4, None), (2003, 6, None)),
    ("killed in 2004 by", "2004", "2004", (2004, None, None), (None, None, None)),
    ("in 1988-94", "1988-94", "1988", (1988, None, None), (1994, None, None)),
    ("between 1988 and 1994", "1988 and 1994", "1988", (1988, None, None), (1994, None, None)),
    ("in the late 1970s", "the late 1970s", "197", (1970, None, None), (1979, None, None)),
    ("11/02/89", "11/02/89", "1989-11-02", (1989, 11, 2), (None, None, None)),
    ("24.02.2018", "24.02.2018", "2018-02-24", (2018, 2, 24), (None, None, None)),
]


@pytest.mark.parametrize(("text", "said", "value", "start", "end"), CALENDAR)
def test_calendar_dates(
    text: str, said: str, value: str, start: tuple[int | None, ...], end: tuple[int | None, ...]
) -> None:
    found = next(mention for mention in mentions(text) if mention.said == said)
    assert found.type == "DATE"
    assert found.value == value
    assert (found.year, found.month, found.day) == start
    assert (found.end_year, found.end_month, found.end_day) == end


RELATIVE = [
    ("It happened 25 years ago", "25 years ago", "DATE", "XXXX", (-25, "year")),
    ("Thirty-two years ago, a wall fell", "Thirty-two years ago", "DATE", "XXXX", (-32, "year")),
    ("two decades ago", "two decades ago", "DATE", "XXXX", (-20, "year")),
    ("nearly two weeks ago", "nearly two weeks ago", "DATE", "XXXX-WXX", (-2, "week")),
    ("last month", "last month", "DATE", "XXXX-XX", (-1, "month")),
    ("yesterday morning", "yesterday morning", "TIME", "XXXX-XX-XXTMO", (-1, "day")),
    ("the following day", "the following day", "DATE", "XXXX-XX-XX", (1, "day then")),
    ("a day earlier", "a day earlier", "DATE", "XXXX-XX-XX", (-1, "day then")),
    ("in the past two months", "the past two months", "DURATION", "P2M", (-2, "month")),
    ("six days after the roof fell in", "six days", "DURATION", "P6D", (-6, "day after")),
    ("last night", "last night", "TIME", "XXXX-XX-XXTNI", (-1, "day")),
]


@pytest.mark.parametrize(("text", "said", "kind", "value", "relative"), RELATIVE)
def test_distances(text: str, said: str, kind: str, value: str, relative: tuple[int, str]) -> None:
    found = only(text)
    assert (found.said, found.type, found.value, found.relative) == (said, kind, value, relative)


OTHER = [
    ("a two-hour offensive", "two-hour", "DURATION", "PT2H"),
    ("the 44-day war", "44-day", "DURATION", "P44D"),
    ("50,000 people a week", "a week", "SET", "P1W"),
    ("less than a week passed", "less than a week", "DURATION", "P1W"),
    ("every Thursday", "every Thursday", "SET", "XXXX-WXX-4"),
    ("10 p.m. Wednesday", "10 p.m. Wednesday", "TIME", "XXXX-WXX-3T22:00"),
    ("AT 0735 THE", "0735", "TIME", "XXXX-XX-XXT07:35"),
    ("the winter of 1944", "the winter of 1944", "DATE", "1944-WI"),
    ("the third quarter of 1989", "the third quarter of 1989", "DATE", "1989-Q3"),
]


@pytest.mark.parametrize(("text", "said", "kind", "value"), OTHER)
def test_durations_sets_and_clock_times(text: str, said: str, kind: str, value: str) -> None:
    found = only(text)
    assert (found.said, found.type, found.value) == (said, kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "1,990 people fled", "1990 people fled", "in 1990 cases", "12 may have died", "We march on", "12 MAY HAVE DIED",
        "the second time", "a 76-year-old man", "the sun sat low", "page 1992", "more than 1200 children",
        "wed the bride",
        "$2004", "Flight 1948",
    ],
)  # fmt: skip
def test_counts_and_other_words_are_no_times(text: str) -> None:
    assert mentions(text) == []


def test_weekdays_look_back_unless_the_clause_looks_ahead() -> None:
    assert only("The wall fell on Tuesday night.").relative is None
    assert only("Another 200 will be sent to Orune on Thursday").relative == (0, "week ahead")
    assert only("last Tuesday").relative == (-1, "week")


def test_since_and_after_open_a_period() -> None:
    assert only("killed since January").since
    assert only("since the start of 2004").since
    assert only("killed by mines after November 10, 2020").since
    assert not only("killed in January").since


def test_offsets_count_from_the_whole_text_and_keep_the_part() -> None:
    text = "Nothing here. It fell on 3 May 2011."
    found = find(text, Span(14, len(text), "title"), LEXICON)
    assert [(mention.span, mention.said) for mention in found] == [(Span(25, 35, "title"), "3 May 2011")]


WORDS = [
    "3",
    "May",
    "1992",
    "25-26",
    "February",
    "last",
    "İ",
    "a",
    "two",
    "years",
    "ago",
    "since",
    "\u2028",
    "é",
    "–",
    "10:30",
    "\ud800",
]


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)))
def test_spans_are_exact_and_apart_on_any_text(text: str) -> None:
    found = mentions(text)
    assert all(mention.span.of(text) == mention.said for mention in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
