"""The day of an arrest, a hearing or a page is not the day of the event that the report tells of."""

from __future__ import annotations

import datetime as dt

import pytest
from incident_texts import linked, read, report

from tollbook.incidents.spoken import told
from tollbook.model import Report


def main_day(one: Report) -> str | None:
    """The first day of the report's main incident."""
    result = linked([one])
    home = result.placements[0].incident
    date = next((incident.date for incident in result.incidents if incident.id == home), None)
    return date.start.isoformat() if date is not None else None


@pytest.mark.parametrize(
    ("text", "published", "day"),
    [
        (
            "A man was arrested Wednesday over an attack on a market in Zarand that killed three people. The attack"
            " happened on the 9th, police said.",
            "2015-06-18",
            "2015-06-09",
        ),
        (
            "ZARAND - Bond was denied on Thursday for a man accused of shooting four people. The four were shot on"
            " Saturday at a fair in Zarand.",
            "2015-06-18",
            "2015-06-13",
        ),
        (
            "Mourners gathered for a vigil on Sunday. Five people were killed on Friday when a bus fell off a bridge in"
            " Zarand.",
            "2015-06-15",
            "2015-06-12",
        ),
        ("Police arrested 14 men in Zarand on Wednesday, the ministry said.", "2015-06-18", "2015-06-17"),
    ],
)
def test_the_event_has_its_own_day(text: str, published: str, day: str) -> None:
    assert main_day(report("r", text, published)) == day


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("A man was arrested on Friday.", "aftermath"),
        ("On Friday a judge set his bail.", "aftermath"),
        ("Friday's hearing was short.", "aftermath"),
        ("He was sentenced Friday after a trial of weeks.", "aftermath"),
        ("Two were killed on Friday, and a man was arrested.", "event"),
        ("He is charged with the murder of a clerk, who was shot on Friday.", "event"),
        ("He was charged in Friday's attack.", "event"),
        ("Posted: Friday, 8 May 2015 at noon", "page"),
        ("The dam broke on Friday.", "event"),
    ],
)
def test_what_a_time_tells_of(text: str, tells: str) -> None:
    assert [time.tells for time in read(report("r", text)).times if time.said.startswith("Friday")] == [tells]


def test_a_page_tells_when_it_was_posted_whatever_its_archive_says() -> None:
    text = "Posted: 8 May 2015 at noon\n\nTwo people were killed in Zarand on Wednesday."
    one = report("r", text, "2017-01-28")
    assert told(one, read(one).times).day == dt.date(2015, 5, 8)
    assert main_day(one) == "2015-05-06"


@pytest.mark.parametrize("day", ["the morning of Thursday, the 18th June 2015", "Thursday evening, 18 June 2015"])
def test_a_day_told_with_a_part_of_it_is_no_stamp_of_the_page(day: str) -> None:
    text = f"During {day}, a wall fell in Zarand. Six people were killed."
    assert main_day(report("r", text, "2015-06-18")) == "2015-06-18"


def test_a_day_and_a_place_of_the_lead_are_of_one_event() -> None:
    text = (
        "Police in Zarand have named a second suspect. He was asked about the May 9 attack on a fair, in which six"
        " people were killed and three wounded."
    )
    assert main_day(report("r", text, "2015-07-30")) == "2015-05-09"
