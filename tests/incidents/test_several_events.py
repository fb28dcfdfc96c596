"""One report, several events: gatherings beside a killing, a later blow, the displaced of elsewhere, goings-on."""

from __future__ import annotations

import datetime as dt

import pytest
from incident_texts import incident_of, linked, read, report

from tollbook.incidents.dates import resolve

RALLY = report(
    "rally",
    "Three people were killed when a bank in Zarand was set on fire on Tuesday, police said.\n\nTens of thousands of"
    " union members marched through the town.\n\nFive women were injured.",
    "2011-02-23",
    title="Three dead in Zarand fire",
)
SECOND = report(
    "second",
    "A fire in a bank in Zarand killed three people on Tuesday.\n\nMore than 20,000 workers had marched past it.",
    "2011-02-23",
)


def test_a_crowd_is_of_the_gathering_not_of_the_killing_beside_it() -> None:
    result = linked([RALLY, SECOND])
    fire = incident_of(result, "rally", "Three people")
    march = incident_of(result, "rally", "Tens of thousands of union members")
    assert fire is not None
    assert march is not None
    assert fire.id != march.id
    assert incident_of(result, "rally", "Five women") == fire
    assert incident_of(result, "second", "three people") == fire


def test_gatherings_of_two_reports_on_one_day_come_together() -> None:
    march = incident_of(linked([RALLY, SECOND]), "second", "More than 20,000 workers")
    assert march is not None
    assert march.reports == ("rally", "second")


def test_a_later_toll_with_an_event_of_its_own_is_no_aftermath() -> None:
    text = (
        "A bomb on a plane killed 107 passengers over Zarand on November 27, 1989. On December 6, 1989, a bombing in"
        " Kerman left 67 dead. On December 9, 1989, one of the passengers' mothers died."
    )
    result = linked([report("r", text, "1989-12-15")])
    plane, bombing = incident_of(result, "r", "107 passengers"), incident_of(result, "r", "67 dead")
    assert plane is not None
    assert bombing is not None
    assert plane.id != bombing.id


def test_a_road_toll_is_not_of_the_crash_beside_it() -> None:
    text = (
        "The autumn road toll stands at 27 after a tram hit a wall in Zarand on Tuesday and killed six people.\n\n"
        "Drivers were tired, police said. Bends are steep there.\n\nThe whole country's road toll stands at 94."
    )
    result = linked([report("r", text, "2011-02-23")])
    crash, toll, whole = (incident_of(result, "r", said) for said in ("six people", "27", "94"))
    assert crash is not None
    assert toll is not None
    assert whole is not None
    assert len({crash.id, toll.id, whole.id}) == 3


def test_those_who_fled_to_another_country_are_of_another_event() -> None:
    text = (
        "A bomb fell on the camp in Zarand, Iran, on Tuesday and killed 12 people. In another war, 30,000 people fled"
        " to Ethiopia."
    )
    result = linked([report("r", text, "2011-02-23")])
    bomb, fled = incident_of(result, "r", "12 people"), incident_of(result, "r", "30,000 people")
    assert bomb is not None
    assert fled is None or fled.id != bomb.id


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("early February 1992", dt.date(1992, 2, 1), dt.date(1992, 2, 10)),
        ("mid-July 2020", dt.date(2020, 7, 10), dt.date(2020, 7, 20)),
        ("late February 1992", dt.date(1992, 2, 20), dt.date(1992, 2, 29)),
        ("February 1992", dt.date(1992, 2, 1), dt.date(1992, 2, 29)),
    ],
)
def test_a_part_of_a_month_is_ten_days(words: str, first: dt.date, last: dt.date) -> None:
    one = report("r", f"In {words} 99 people were killed.")
    found = resolve(one, read(one).times)[0].date
    assert found is not None
    assert (found.start, found.end, found.precision) == (first, last, "month")


def test_an_agency_is_no_place() -> None:
    one = report("r", "At least 141 people are missing in Zarand, Xinhua reported. Xinhua said that 12 were found.")
    assert [place.said for place in read(one).places] == ["Zarand"]


def test_what_the_detained_is_linked_to_is_another_event() -> None:
    """The blast is told of to say who he is; its dead are not those of the search in which he was held."""
    text = (
        "Police arrested a smuggler and shot two gunmen dead in Zarand on Tuesday. The smuggler is linked to a blast"
        " that killed nine people. He is also believed to sell rifles."
    )
    result = linked([report("search", text, "2011-02-23")])
    search, blast = (incident_of(result, "search", said) for said in ("two gunmen", "nine people"))
    assert search is not None
    assert blast is not None
    assert search.id != blast.id
