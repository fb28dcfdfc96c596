"""Dates that are none, and reports told on impossible days: no crash, null or a sensible range."""

from __future__ import annotations

import hashlib

import pytest

from tollbook.claims.dates import find
from tollbook.incidents.dates import Resolved, dated, resolve
from tollbook.lexicon import load
from tollbook.model import Reading, Report, Span


def resolved(text: str, published: str | None) -> list[Resolved]:
    sha = hashlib.sha256(text.encode()).hexdigest()
    report = Report("r", text, sha, sha, published=published)
    times = tuple(find(text, Span(0, len(text)), load("en")))
    dated(report, Reading("r", times=times))
    return list(resolve(report, times))


@pytest.mark.parametrize(
    "text",
    [
        "on 31 February", "on Feb. 30-31", "on the night of 31 April", "from 31 April to 2 May 2011", "ON 31 JUNE 1991",
        f"{'9' * 400} years ago", "3,000 years ago", "in 10,000 decades", "10,000 centuries earlier",
    ],
)  # fmt: skip
@pytest.mark.parametrize("published", [None, "1066-10-14", "2024-02-29"])
def test_what_is_no_date_gives_none(text: str, published: str | None) -> None:
    assert [item.date for item in resolved(text, published) if item.mention.type == "DATE"] in ([None], [])


RELATIVE = (
    "On Monday, a day earlier, last week, over the weekend, two weeks later, last spring, next winter, this summer, the"
    " following Friday, on the 31st, on Good Friday, on Thanksgiving, 25 years ago, since January, in the past decade,"
    " the third quarter, the first half of next year, next century, by year-end, in the week of March 6, overnight."
)


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-05", "1066-10-14", "9999-12-26", "9999-12-31", "3024-02-29"])
def test_a_report_of_a_day_at_the_end_of_all_calendars_is_resolved_as_far_as_it_goes(day: str) -> None:
    found = resolved(RELATIVE, day)
    assert len(found) > 15
    assert all(item.date is None or item.date.start <= item.date.end for item in found)


def test_a_report_of_1066_has_no_day_to_count_from() -> None:
    values = [item.value for item in resolved("It fell on Sunday, a year ago, on 3 May.", "1066-10-14")]
    assert values == ["XXXX-WXX-7", "XXXX", "XXXX-05-03"]


def test_a_report_of_the_future_counts_from_its_own_day() -> None:
    assert [item.value for item in resolved("It fell yesterday and last spring.", "2999-07-02")] == [
        "2999-07-01",
        "2999-SP",
    ]


def test_ten_thousand_dates_are_each_looked_up_once() -> None:
    text = " ".join(f"{i % 28 + 1} May{f' {1900 + i % 90}' if i % 2 else ''}." for i in range(10_000))
    found = resolved(text, "1999-01-01")
    assert len(found) == 10_000
    assert all(item.date is not None for item in found)


def test_the_ends_of_a_range_are_two_expressions() -> None:
    text = "from 30 April to 1 May 2011, and on Feb. 3-4, and from 1988 to 1994"
    sha = hashlib.sha256(text.encode()).hexdigest()
    times = tuple(find(text, Span(0, len(text)), load("en")))
    report = Report("r", text, sha, sha, published="2012-05-01")
    filled = dated(report, Reading("r", times=times)).times
    assert [(time.said, time.value) for time in filled] == [
        ("30 April", "2011-04-30"), ("1 May 2011", "2011-05-01"), ("Feb. 3-4", "2012-02-03"), ("1988", "1988"),
        ("1994", "1994"),
    ]  # fmt: skip
    assert all(time.span.of(text) == time.said for time in filled)
