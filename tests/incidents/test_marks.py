"""Streets, blocks, ages and hours: what tells two small events of one town apart."""

from __future__ import annotations

import pytest
from incident_texts import read, report

from tollbook.incidents.marks import Marks, marks, minutes_apart


def found(text: str) -> Marks:
    one = report("r", text, "2014-05-06")
    return marks(one, read(one).times)


@pytest.mark.parametrize(
    ("text", "streets", "blocks"),
    [
        ("in the 2300 block of North Wexmoor Street", {"wexmoor"}, {"2300 wexmoor"}),
        ("in the 41-hundred block of S. 9th Ave.", {"9th"}, set()),
        ("on Wexmoor St. near Tallin Road", {"wexmoor", "tallin"}, set()),
        ("at Wexmoor and East Tallin avenues", {"wexmoor", "tallin"}, set()),
        ("on the street where he lived", set(), set()),
    ],
)
def test_streets_and_blocks_by_name(text: str, streets: set[str], blocks: set[str]) -> None:
    own = found(f"Two people were hurt {text}, police said.")
    assert (own.streets, own.blocks) == (streets, blocks)


def test_ages_in_the_order_told_each_once() -> None:
    own = found("A seven-year-old girl and Orla Venn, 34, were hurt. A 19-year-old man and a 34-year-old aunt fled.")
    assert own.ages == (7, 34, 19)


def test_hours_as_minutes_of_the_day() -> None:
    assert found("The roof fell in about 8:15 p.m. and burned until 1 a.m., they said.").clock == {1215, 60}


def test_hours_are_near_over_midnight() -> None:
    assert minutes_apart({1430, 700}, {10}) == 20
    assert minutes_apart({0}, {720}) == 720
