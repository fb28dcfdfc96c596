"""What a person should know of how a report was resolved: dates that are none, places that may be many, many events.

Input: a report's reading, and the places and number of its events. Output: `Notice`s. "On 31 February 12 died in
Tarnholt" gives "'31 February' is no day of the calendar: no date is read from it".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from tollbook.model import Notice, Place, PlaceMention, Reading, TimeMention

# So many of one kind are told, and from so many events on that a report tells of them.
TOLD, EVENTS = 20, 50
_LEAP = 2000
_COUNTRY = 6


def notices_of(reading: Reading, places: Collection[Place], events: int) -> tuple[Notice, ...]:
    """The notices of a report whose figures take `places` and tell of so many `events`."""
    return (*_days(reading), *_places(reading, places), *_events(events))


def _days(reading: Reading) -> Iterator[Notice]:
    wrong = {time.said: time for time in reversed(reading.times) if not _is_of_calendar(time)}
    for said, time in sorted(wrong.items(), key=lambda item: item[1].span)[:TOLD]:
        message = f"'{' '.join(said.split())}' is no day of the calendar: no date is read from it"
        yield _notice("date", message, time)


def _is_of_calendar(time: TimeMention) -> bool:
    """False for "31 February"; a day without its year may be of a leap year."""
    days = [(time.year, time.month, time.day), (time.end_year or time.year, time.end_month, time.end_day)]
    try:
        for year, month, day in days:
            if month is not None and day is not None:
                dt.date(year or _LEAP, month, day)
    except ValueError:
        return False
    return True


def _places(reading: Reading, places: Collection[Place]) -> Iterator[Notice]:
    unsure = {one.said: one for one in reversed(reading.places) if one.others and one.place in places}
    for said, one in sorted(unsure.items(), key=lambda item: item[1].span)[:TOLD]:
        assert one.place is not None
        known = "country" if one.place.precision >= _COUNTRY else "area"
        name = one.place.name if one.place.country is None else f"{one.place.name} ({one.place.country})"
        message = (
            f"'{' '.join(said.split())}' may be any of {one.others} places or more: taken for {name}, but at most its"
            f" {known} is likely: precision {one.place.precision}"
        )
        yield _notice("place", message, one)


def _events(events: int) -> Iterator[Notice]:
    if events >= EVENTS:
        yield Notice("events", f"it tells of {events} events; each is linked by itself")


def _notice(code: str, message: str, at: TimeMention | PlaceMention) -> Notice:
    """A notice has a place in the text only, not in a title."""
    inside = at.span.part == "text"
    return Notice(code, message, at.span.start if inside else None, at.span.end if inside else None)
