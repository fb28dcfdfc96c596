"""The timeline: each incident as wide as what is known of its date, and every one counted once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import dossier_records as made
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.dossiers.build import build
from tollbook.dossiers.site.timeline import WIDTH, timeline
from tollbook.dossiers.value import Page
from tollbook.model import DateRange

PAGE = build(made.small()).pages[0]


def on(start: dt.date, end: dt.date | None = None, precision: str = "day") -> Page:
    date = DateRange(start, end or start, precision, "named")  # type: ignore[arg-type]
    return replace(PAGE, date=date, slug=f"incident-{start}-{end}")


def test_a_month_among_days_is_a_bar_and_a_month_among_years_a_column() -> None:
    days = [on(dt.date(2031, 5, 2)), on(dt.date(2031, 5, 9)), on(dt.date(2031, 5, 1), dt.date(2031, 5, 31), "month")]
    near = timeline(days)
    assert near is not None
    assert [bar.words for bar in near.bars] == ["May 2031"]
    assert [column.words for column in near.listed] == ["2 May 2031", "9 May 2031"]
    far = timeline([*days, on(dt.date(2028, 1, 3))])
    assert far is not None
    assert far.bars == ()
    assert [(column.words, len(column.pages)) for column in far.listed] == [("January 2028", 1), ("May 2031", 3)]


def test_a_few_are_squares_and_many_are_columns() -> None:
    few = timeline([on(dt.date(2031, 5, day)) for day in range(1, 9)])
    assert few is not None
    assert (len(few.squares), few.columns) == (8, ())
    many = timeline([on(dt.date(2031, 5, day % 9 + 1)) for day in range(200)])
    assert many is not None
    assert many.squares == ()
    assert many.most == 23
    assert many.columns[0].title == "1 May 2031: 23 incidents, 1 disputed"


def test_what_has_no_date_is_counted_apart_and_one_date_is_no_timeline() -> None:
    found = timeline([on(dt.date(2031, 5, 1)), on(dt.date(2031, 6, 1)), replace(PAGE, date=None)])
    assert found is not None
    assert found.undated == 1
    assert timeline([on(dt.date(2031, 5, 1)), replace(PAGE, date=None)]) is None


DATES = st.lists(st.tuples(st.dates(), st.integers(0, 4000)), min_size=2, max_size=30)


@settings(max_examples=60)
@given(DATES)
def test_every_incident_is_drawn_or_counted_within_the_drawing(dates: list[tuple[dt.date, int]]) -> None:
    pages = []
    for start, length in dates:
        end = dt.date.fromordinal(min(start.toordinal() + length, dt.date.max.toordinal()))
        pages.append(on(start, end, "days"))
    found = timeline(pages)
    assert found is not None
    drawn = sum(len(span.pages) for span in (*found.listed, *found.bars))
    assert drawn + found.more + found.undated == len(pages)
    for span in (*found.listed, *found.bars):
        assert span.x >= 0
        assert span.x + span.width <= WIDTH
        assert span.y + span.height <= found.height


@pytest.mark.parametrize("year", [1, 1999, 9999])
def test_the_first_and_the_last_year_of_the_calendar_have_a_place(year: int) -> None:
    found = timeline(
        [on(dt.date(year, 1, 1)), on(dt.date(year, 12, 31)), on(dt.date(year, 1, 1), dt.date(year, 12, 31))]
    )
    assert found is not None
    assert len(found.bars) == 1
