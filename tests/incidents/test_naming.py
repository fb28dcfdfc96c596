"""An incident's name is its place and date, nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from tollbook.incidents.naming import name_of
from tollbook.model import DatePrecision, DateRange


@pytest.mark.parametrize(
    ("start", "end", "precision", "name"),
    [
        ("1992-02-25", "1992-02-26", "day", "Orune, 25–26 February 1992"),
        ("1992-02-25", "1992-02-25", "day", "Orune, 25 February 1992"),
        ("1992-02-25", "1992-03-03", "days", "Orune, 25 February 1992 – 3 March 1992"),
        ("1992-02-01", "1992-02-29", "month", "Orune, February 1992"),
        ("1991-10-01", "1992-04-30", "month", "Orune, October 1991 – April 1992"),
        ("1988-01-01", "1994-12-31", "years", "Orune, 1988–1994"),
        ("2004-01-01", "2004-12-31", "year", "Orune, 2004"),
        ("1944-12-01", "1945-02-28", "season", "Orune, December 1944 – February 1945"),
    ],
)
def test_names(start: str, end: str, precision: DatePrecision, name: str) -> None:
    date = DateRange(dt.date.fromisoformat(start), dt.date.fromisoformat(end), precision, "date in the text")
    assert name_of("Orune", date) == name


def test_what_is_not_known_is_said() -> None:
    assert name_of(None, None) == "place not known, date not known"
