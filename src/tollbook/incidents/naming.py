"""What an incident is called: its place and date, nothing else.

Input: a place name and a `DateRange`. Output: "Khojaly, 25–26 February 1992"; a label somebody gives is never adopted.
"""

from __future__ import annotations

from tollbook.model import DateRange

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def name_of(place: str | None, date: DateRange | None) -> str:
    """The neutral name of an incident."""
    return ", ".join((place or "place not known", date_words(date) if date else "date not known"))


def date_words(date: DateRange) -> str:
    """A date in plain words: "25–26 February 1992", "November 2005", "1988–1994"."""
    start, end = date.start, date.end
    if date.precision in ("year", "years", "season"):
        if date.precision == "season":
            return f"{_MONTHS[start.month - 1]} {start.year} – {_MONTHS[end.month - 1]} {end.year}"
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if date.precision == "month":
        first = f"{_MONTHS[start.month - 1]} {start.year}"
        last = f"{_MONTHS[end.month - 1]} {end.year}"
        return first if first == last else f"{first} – {last}"
    if start == end:
        return _day(start.day, start.month, start.year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{_day(end.day, end.month, end.year)}"
    return f"{_day(start.day, start.month, start.year)} – {_day(end.day, end.month, end.year)}"


def _day(day: int, month: int, year: int) -> str:
    return f"{day} {_MONTHS[month - 1]} {year}"
