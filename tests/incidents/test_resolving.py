"""A table of every kind of time words: the value, the days and the rule that resolved them."""

from __future__ import annotations

import hashlib

import pytest

from tollbook.claims.dates import find
from tollbook.incidents.dates import Resolved, resolve
from tollbook.incidents.weekdays import easter
from tollbook.lexicon import load
from tollbook.model import Report, Span


def resolved(text: str, published: str | None) -> list[Resolved]:
    sha = hashlib.sha256(text.encode()).hexdigest()
    report = Report("r", text, sha, sha, published=published)
    return list(resolve(report, find(text, Span(0, len(text)), load("en"))))


# Words, the day they are read on, and of the last time in them: value, day or first and last day, rule.
TOLD, SAID, THEN = "publication date", "date in the text", "time spoken of"
OWN, YEAR = "year of the incident", "year spoken of"
BEFORE, AFTER = "weekday before publication", "weekday after publication"
TABLE = [
    # points
    ("on 4 May 2011", None, "2011-05-04", "2011-05-04", SAID),
    ("on May 4", "2011-06-01", "2011-05-04", "2011-05-04", TOLD),
    ("on 2011-05-04", "2015-01-01", "2011-05-04", "2011-05-04", SAID),
    ("In 1993 a dam broke. On 4 May it gave way", "2011-01-01", "1993-05-04", "1993-05-04", YEAR),
    ("On 3 May 1993 it rained. On 4 May it gave way", "2011-01-01", "1993-05-04", "1993-05-04", OWN),
    ("It fell on 3 May 2011. On the 9th, two died", "2012-01-01", "2011-05-09", "2011-05-09", THEN),
    ("On the 9th, two died", "2012-01-05", "2011-12-09", "2011-12-09", TOLD),
    # ranges and nights
    ("from 4 to 6 May 2011", None, "2011-05-04", "2011-05-04/2011-05-06", SAID),
    ("on the night of 30 April to 1 May 2011", None, "2011-04-30", "2011-04-30/2011-05-01", SAID),
    ("ON THE NIGHT OF 4 TO 5 MAY 2011", None, "2011-05-04", "2011-05-04/2011-05-05", SAID),
    ("from 1988 to 1994", None, "1988", "1988-01-01/1994-12-31", SAID),
    ("last night", "2011-05-04", "2011-05-03TNI", "2011-05-03", TOLD),
    # weekdays
    ("last Tuesday", "2011-05-04", "2011-05-03", "2011-05-03", BEFORE),
    ("last Wednesday", "2011-05-04", "2011-04-27", "2011-04-27", BEFORE),
    ("on Wednesday", "2011-05-04", "2011-05-04", "2011-05-04", BEFORE),
    ("The court will sit on Friday", "2011-05-04", "2011-05-06", "2011-05-06", AFTER),
    ("The court will sit on Wednesday", "2011-05-04", "2011-05-04", "2011-05-04", AFTER),
    ("It fell on 4 May 2011. The following Monday it rained", "2012-01-01", "2011-05-09", "2011-05-09", THEN),
    # from the time spoken of
    ("It fell on 4 May 2011, a day earlier than", "2012-01-01", "2011-05-03", "2011-05-03", THEN),
    ("It fell on 4 May 2011 and the same day", "2012-01-01", "2011-05-04", "2011-05-04", THEN),
    ("It fell on 4 May 2011; two weeks later", "2012-01-01", "2011-W20", "2011-05-16/2011-05-22", THEN),
    # from the day of speaking
    ("25 years ago", "2011-05-04", "1986", "1986-01-01/1986-12-31", TOLD),
    ("in the past week", "2011-05-04", "P1W", "2011-04-25/2011-05-04", TOLD),
    ("over the weekend", "2011-05-04", "2011-W17-WE", "2011-04-30/2011-05-01", TOLD),
    ("this weekend", "2011-05-04", "2011-W18-WE", "2011-05-07/2011-05-08", TOLD),
    ("over the weekend", "2011-05-01", "2011-W17-WE", "2011-04-30/2011-05-01", TOLD),
    # parts of the year
    ("last summer", "2011-05-04", "2010-SU", "2010-06-01/2010-08-31", TOLD),
    ("last spring", "2011-10-04", "2011-SP", "2011-03-01/2011-05-31", TOLD),
    ("last winter", "2011-10-04", "2010-WI", "2010-12-01/2011-02-28", TOLD),
    ("next summer", "2011-10-04", "2012-SU", "2012-06-01/2012-08-31", TOLD),
    ("Tuesday of last week", "2011-05-04", "2011-04-26", "2011-04-26", TOLD),
    ("the week of May 2", "2011-05-04", "2011-W18", "2011-05-02/2011-05-08", TOLD),
    ("in the past decade", "2011-05-04", "P10Y", "2001-01-01/2011-05-04", TOLD),
    ("this winter", "2011-01-04", "2010-WI", "2010-12-01/2011-02-28", TOLD),
    ("in the first half of 1990", None, "1990-H1", "1990-01-01/1990-06-30", SAID),
    ("in the second half of last year", "2011-05-04", "2010-H2", "2010-07-01/2010-12-31", TOLD),
    ("last year's third quarter", "2011-05-04", "2010-Q3", "2010-07-01/2010-09-30", TOLD),
    ("in early May 2011", None, "2011-05", "2011-05-01/2011-05-10", SAID),
    # anniversaries and holidays
    ("on Good Friday", "2011-05-04", "2011-04-22", "2011-04-22", TOLD),
    ("on Thanksgiving", "2011-02-04", "2010-11-25", "2010-11-25", TOLD),
    ("on Memorial Day 2010", None, "2010-05-31", "2010-05-31", SAID),
    ("on New Year's Eve", "2011-02-04", "2010-12-31", "2010-12-31", TOLD),
    # partial dates
    ("in May", "2011-06-01", "2011-05", "2011-05-01/2011-05-31", TOLD),
    ("in the 1970s", None, "197", "1970-01-01/1979-12-31", SAID),
    ("by year-end", "2011-06-01", "2011", "2011-01-01/2011-12-31", TOLD),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "value", "days", "rule"), TABLE)
def test_time_words_resolve(text: str, published: str | None, value: str, days: str, rule: str) -> None:
    last = resolved(text, published)[-1]
    assert last.date is not None
    first, _, end = days.partition("/")
    found = (last.value, last.date.start.isoformat(), last.date.end.isoformat(), last.date.rule)
    assert found == (value, first, end or first, rule)


def test_a_clock_time_is_of_the_day_told() -> None:
    assert [one.value for one in resolved("at 5 in the morning", "2011-05-04")] == ["2011-05-04T05:00"]


@pytest.mark.parametrize(("year", "day"), [(1999, "04-04"), (2008, "03-23"), (2011, "04-24"), (2038, "04-25")])
def test_easter(year: int, day: str) -> None:
    assert easter(year).isoformat() == f"{year}-{day}"


def test_a_month_shortly_before_the_publication_is_of_its_year() -> None:
    text = "Fires of August 1988 and the dam of 1987 are remembered. On Aug. 6 a mill burned; in August, a dozen died."
    assert [one.value for one in resolved(text, "1990-08-15")][-2:] == ["1990-08-06", "1990-08"]
