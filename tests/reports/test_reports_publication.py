from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports_reading import Read

from tollbook.reports.dateline import find_dateline
from tollbook.reports.publication import day_of_publication, top

REST = "At least two people were hurt in the old town, officials said.\n\nMore was not known.\n"


def day(text: str) -> dt.date | None:
    found = day_of_publication(text, top(text))
    return found[1] if found else None


@pytest.mark.parametrize(
    "rows",
    [
        "| Place | Harim | \n|---|---|\n| Date | 12 March 2019 | \n| Deaths | 34 | \n",
        "Place | Harim\nDate | 12 March 2019\nDeaths | 34\n",
        "Place\tHarim\nDate\t12 March 2019\nDeaths\t34\n",
        "Location: Harim\nDate: 12 March 2019\n",
        "Date: 12 March 2019\nDeaths: 34\n",
        "Date 12 March 2019\nDeaths 34+\n",
        "Location\nHarim\nDate\n12 March 2019\nDeaths\n34\n",
        "| 12 March 2019 | 34 | \n",
        "Published | 12 March 2019\n",
    ],
)
def test_a_row_of_a_table_or_info_box_dates_the_event(rows: str) -> None:
    text = f"What is known of the fire\nThe note was written by the desk.\n{rows}{REST}"
    assert day(text) is None
    assert find_dateline(text, top(text), dt.date(2019, 3, 19)) is None


@pytest.mark.parametrize(
    "line",
    [
        "Date: 12 March 2019",
        "12 March 2019 | 14:00",
        "Updated: March 12, 2019 | 5:30 PM",
        "Dated 12 March 2019",
        "12 March 2019",
    ],
)
def test_a_line_of_publication_is_taken(line: str) -> None:
    assert day(f"Two hurt in Harim\n{line}\n\n{REST}") == dt.date(2019, 3, 12)


TIMELINES = [
    "Harim fire\nJanuary 20, 1990\n{0}\nBela flood\nApril 2–3, 1993\n{0}",
    "Harim fire\nJanuary 13–19, 1990\n{0}\nBela flood\nApril 3, 1993\n{0}",
    "Harim fire\nJanuary 20, 1990\n" + "{0}" * 40 + "\nBela flood\nApril 3, 1993\n{0}",
    "# Harim fire\n## 20 January 1990\n{0}\n# Bela flood\n## Friday, 3 April 1993\n{0}",
    "Bela flood\nMay 1995\n{0}\nHarim fire\n2 February 1991\n{0}",
]


@pytest.mark.parametrize("form", TIMELINES)
def test_the_dates_of_a_timeline_s_sections_are_not_the_report_s(form: str) -> None:
    assert day(form.format(REST)) is None


def test_a_labelled_day_over_a_timeline_is_the_report_s() -> None:
    text = "Ten years of fires\nPublished: 5 June 2001\n" + TIMELINES[0].format(REST)
    assert day(text) == dt.date(2001, 6, 5)


def test_one_day_said_twice_makes_no_timeline() -> None:
    text = f"Two hurt\n30 July 2020    Read: 1597\nTwo hurt\n{REST}\nJuly 30, 2020\n"
    assert day(text) == dt.date(2020, 7, 30)


def test_dates_inside_sentences_make_no_timeline() -> None:
    text = (
        f"Two hurt\n30 July 2020\n{REST}On 3 May 2019 a wall fell.\nIt was rebuilt in June 2019.\nIn May\n1,200 came.\n"
    )
    assert day(text) == dt.date(2020, 7, 30)


def test_an_entry_of_a_timeline_has_no_published(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(TIMELINES[0].format(REST), encoding="utf-8")
    (report,), _ = read(tmp_path / "a.txt")
    assert (report.published, report.dateline, report.notices) == (None, None, ())


@given(
    st.lists(
        st.sampled_from(["May ", "12 ", "1990", "–", ".", ", ", "and ", "x", "|", "\n", "Date", ": "]), max_size=60
    )
)
def test_any_lines_of_dates_can_be_asked(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = day_of_publication(text, top(text))
    assert found is None or found[0].span.of(text) == found[0].text


def test_a_long_row_of_dashes_ends_in_time() -> None:
    assert day("Two hurt\n12 March 2019\n" + ("1" + "-" * 57 + "x\n") * 2000) == dt.date(2019, 3, 12)
