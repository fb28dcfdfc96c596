"""Resolving time mentions: the incident's own year first, then the publication date, and the rule is kept."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from tollbook.claims.dates import find
from tollbook.incidents.dates import Resolved, dated, resolve
from tollbook.lexicon import load
from tollbook.model import Reading, Report, Span


def report(text: str, published: str | None = None) -> Report:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Report("r", text, sha, sha, published=published)


def resolved(text: str, published: str | None = None) -> list[Resolved]:
    return list(resolve(report(text, published), find(text, Span(0, len(text)), load("en"))))


CASES = [
    ("on 31 May", "2005-06-02", "2005-05-31", "2005-05-31", "day", "publication date"),
    ("on 28 December", "2006-01-03", "2005-12-28", "2005-12-28", "day", "publication date"),
    ("on Sunday", "2005-11-28", "2005-11-27", "2005-11-27", "day", "weekday before publication"),
    ("next Friday", "2005-11-28", "2005-12-02", "2005-12-02", "day", "weekday after publication"),
    ("last week", "2005-11-30", "2005-11-21", "2005-11-27", "week", "publication date"),
    ("25 years ago", "2017-02-23", "1992-01-01", "1992-12-31", "year", "publication date"),
    ("in the past two months", "2005-11-30", "2005-09-01", "2005-11-30", "days", "publication date"),
    ("six days after the roof fell in", "2019-03-18", "2019-03-12", "2019-03-12", "day", "so long before publication"),
    ("in the winter of 1944", None, "1944-12-01", "1945-02-28", "season", "date in the text"),
    ("in the third quarter", "1989-10-26", "1989-07-01", "1989-09-30", "season", "publication date"),
    ("in the fourth quarter", "1998-01-26", "1997-10-01", "1997-12-31", "season", "publication date"),
    ("in the fourth quarter", "1989-10-26", "1989-10-01", "1989-12-31", "season", "publication date"),
    ("in the latest period", "1989-10-26", "1989-07-01", "1989-09-30", "season", "publication date"),
    ("in 1988-94", None, "1988-01-01", "1994-12-31", "years", "date in the text"),
]


@pytest.mark.parametrize(("text", "published", "start", "end", "precision", "rule"), CASES)
def test_mentions_get_their_dates(
    text: str, published: str | None, start: str, end: str, precision: str, rule: str
) -> None:
    date = resolved(text, published)[0].date
    assert date is not None
    assert (date.start.isoformat(), date.end.isoformat(), date.precision, date.rule) == (start, end, precision, rule)


def test_the_incidents_own_year_comes_before_the_publications() -> None:
    found = resolved("It was struck on Feb. 25-26, 1992. The town fell on Feb. 26 after dark.", "2017-02-23")
    assert found[1].date is not None
    assert found[1].date.start == dt.date(1992, 2, 26)
    assert found[1].date.rule == "year of the incident"


def test_a_year_just_spoken_of_holds_for_a_month() -> None:
    found = resolved("In 1993 the talks failed. In April a town was taken.", "2017-02-23")
    assert found[1].date is not None
    assert (found[1].date.start.year, found[1].date.rule) == (1993, "year spoken of")


def test_the_next_day_counts_from_the_time_spoken_of() -> None:
    found = resolved("The wall fell on 3 May 2011. The next day 12 were found, the following day two.", "2015-01-01")
    days = [item.date.start.isoformat() for item in found if item.date]
    assert days == ["2011-05-03", "2011-05-04", "2011-05-05"]


@pytest.mark.parametrize("text", ["on 31 February 2020", "on Sunday", "25 years ago", "now", "for two days"])
def test_what_a_report_without_a_date_cannot_say_stays_open(text: str) -> None:
    assert [item.date for item in resolved(text)] == [None]


def test_a_report_of_1066_or_of_the_far_future_does_no_harm() -> None:
    assert resolved("three thousand years ago", "1066-10-14")[0].date is None
    found = resolved("in the year 2999 and 14 October 1066")
    assert all(item.date is None or item.date.start.year in (1066, 2999) for item in found)


def test_that_day_is_no_end_of_a_year_or_month() -> None:
    found = resolved("A mill burned in 1987. That day 12 died. In the summer of last year it burned.", "1989-10-26")
    assert [item.value for item in found] == ["1987", "XXXX-XX-XX", "1988-SU"]
    found = resolved("A mill burned on 3 May 2011. In June 2011 it was mended. That day 12 died.", "2015-01-01")
    assert found[2].value == "2011-05-03"


def test_timex_values_are_filled_in_as_far_as_the_report_tells() -> None:
    words = "On Friday; on 3 May; last month; this year; Monday night; daily."
    values = [item.value for item in resolved(words, "1998-01-09")]
    assert values == ["1998-01-09", "1997-05-03", "1997-12", "1998", "1998-01-05TNI", "P1D"]


def test_dated_gives_the_reading_its_calendar_fields() -> None:
    text = "It fell on Sunday."
    times = tuple(find(text, Span(0, len(text)), load("en")))
    filled = dated(report(text, "2005-11-28"), Reading("r", times=times)).times[0]
    assert (filled.year, filled.month, filled.day, filled.value) == (2005, 11, 27, "2005-11-27")
    assert times[0].year is None


def test_a_year_ago_is_a_quarter_where_a_quarter_is_spoken_of() -> None:
    found = resolved("In the third quarter output fell from a year earlier. In the quarter 12 died.", "1989-10-26")
    assert [item.value for item in found] == ["1989-Q3", "1988-Q3", "1989-Q3"]
    assert [item.value for item in resolved("Output fell from a year earlier.", "1989-10-26")] == ["1988"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It happened around 7:15 p.m.", "1998-02-12T19:15"),
        ("In the summer, it rained.", "1997-SU"),
        ("The trial will open in May.", "1998-05"),
        ("It opened in May.", "1997-05"),
        ("The fair would be held on May 24 and 25.", "1998-05-24"),
        ("In this decade it rained.", "199"),
        ("In this century it rained.", "19"),
        ("By the end of next month.", "1998-03"),
        ("Since early February, it rained.", "1998-02"),
    ],
)
def test_what_the_words_leave_open_is_of_the_day_told(text: str, value: str) -> None:
    assert resolved(text, "1998-02-12")[0].value == value
