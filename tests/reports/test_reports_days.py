from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.reports.days import days

SAID = {
    "6 DEC 89 (XYZ)": (1989, 12, 6),
    "15 Dec. 2019": (2019, 12, 15),
    "December 6, 1989": (1989, 12, 6),
    "Nov. 16 (Xyz)": (None, 11, 16),
    "November 28th, 2005, 09:11 GMT": (2005, 11, 28),
    "11/28/05": (2005, 11, 28),
    "28/11/2005": (2005, 11, 28),
    "5/5/2011": (2011, 5, 5),
    "2013-04-24": (2013, 4, 24),
    "2013-04-24T10:00Z": (2013, 4, 24),
    "May 11, 2016 - 5:30 PM": (2016, 5, 11),
    "Thu, 10 Nov 2011 02:45 PM": (2011, 11, 10),
    "7:00pm UK, Wednesday 05 May 2010": (2010, 5, 5),
    "29 February 2012": (2012, 2, 29),
    "1 MAY 68 --": (2068, 5, 1),
}
NOT_SAID = [
    "January 13–19, 1990",
    "February 25-26, 1992",
    "13 - 19 May 1990",
    "05/06/07",
    "31 February 2012",
    "29 February 2011",
    "13 May 1990 - 15 May 1990",
    "page 1204",
    "45 May 2012",
    "12-2016-11",
    "May 2016",
    "from 3 May 2019",
]


@pytest.mark.parametrize(("line", "day"), SAID.items())
def test_a_plain_day_is_read(line: str, day: tuple[int | None, int, int]) -> None:
    found = list(days(line))
    assert [(item.year, item.month, item.day) for item in found] == [day]


@pytest.mark.parametrize("line", NOT_SAID)
def test_what_is_no_plain_day_is_left(line: str) -> None:
    assert not any(day.year for day in days(line))


def test_two_digits_before_a_noun_are_no_year() -> None:
    (day,) = days("6 May 20 people were hurt")
    assert (day.year, day.month, day.day) == (None, 5, 6)


def test_a_day_without_year_is_the_last_before_publication() -> None:
    (day,) = days("HARIM, Dec. 30 (Xyz) --")
    assert day.date() is None
    assert day.date(dt.date(2017, 1, 2)) == dt.date(2016, 12, 30)
    assert day.date(dt.date(2016, 12, 29)) == dt.date(2016, 12, 30)
    (leap,) = days("HARIM, Feb. 29 (Xyz) --")
    assert leap.date(dt.date(2015, 3, 1)) is None
    assert leap.date(dt.date(2016, 3, 1)) == dt.date(2016, 2, 29)


@given(st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)))
def test_every_day_is_read_in_every_form(date: dt.date) -> None:
    month = ["January", "February", "March", "April", "May", "June", "July", "August", "September"]
    month += ["October", "November", "December"]
    name = month[date.month - 1]
    for said in (
        f"{date.day} {name} {date.year}",
        f"{name} {date.day}, {date.year}",
        f"{date.day} {name[:3].upper()} {date.year}",
        date.isoformat(),
    ):
        assert [day.date() for day in days(said)] == [date]


@given(st.text(alphabet="0123456789 MayJunDec/-–.,:()'", max_size=60))
def test_any_line_can_be_asked(line: str) -> None:
    for day in days(line):
        assert 0 <= day.start < day.end <= len(line)
