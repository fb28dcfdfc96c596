"""An undated report is dated by how long after its event it says that it speaks."""

from __future__ import annotations

import datetime as dt

import pytest

from tollbook.claims.dates import find
from tollbook.incidents.telling import told_on
from tollbook.lexicon import load
from tollbook.model import DatePrecision, DateRange, Span

EVENT = (dt.date(1992, 2, 25), dt.date(1992, 2, 26))


def told(text: str, precision: DatePrecision = "day") -> dt.date | None:
    times = find(text, Span(0, len(text)), load("en"))
    return told_on(times, DateRange(*EVENT, precision, "date in the text"))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Thirty-two years ago the town was taken.", dt.date(2024, 2, 26)),
        ("It happened 25 years ago, on Feb. 25-26, 1992.", dt.date(2017, 2, 26)),
        ("The party was founded 10 years ago; in 2021 it met.", None),
        ("It was rebuilt two years ago.", None),
        ("The town was taken.", None),
    ],
)
def test_the_years_since_the_event_date_the_report(text: str, day: dt.date | None) -> None:
    assert told(text) == day


def test_an_event_known_by_its_year_only_dates_nothing() -> None:
    assert told("Thirty-two years ago the town was taken.", "year") is None
