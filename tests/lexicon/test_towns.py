"""Towns around a place, and how far a place reaches."""

from __future__ import annotations

import pytest

from tollbook.lexicon.nearby import REACH
from tollbook.lexicon.towns import Towns
from tollbook.model import Place


@pytest.fixture(scope="module")
def towns() -> Towns:
    return Towns()


def test_the_largest_come_first_and_one_beside_the_place_is_among_them(towns: Towns) -> None:
    found = towns.near(64.15, -21.94)
    assert [town.population for town in found] == sorted((town.population for town in found), reverse=True)
    assert "Reykjavík" in {town.name for town in found}
    assert found == Towns().near(64.15, -21.94)


def test_both_sides_of_the_180th_meridian_have_the_same_neighbours(towns: Towns) -> None:
    assert set(towns.near(-17.0, 179.999)) == set(towns.near(-17.0, -179.999))


@pytest.mark.parametrize("precision", [1, 2, 3, 5, 7])
def test_other_places_reach_as_far_as_their_precision_tells(precision: int, towns: Towns) -> None:
    assert towns.reach(Place("Orvesk", None, 10.0, 20.0, "XX", precision)) == REACH[precision]


def test_a_country_reaches_as_far_as_its_towns(towns: Towns) -> None:
    small, large = Place("A", None, 49.66, 6.13, "LU", 6), Place("B", None, 60.0, 100.0, "RU", 6)
    assert towns.reach(small) == 50
    assert towns.reach(large) > 2000
    assert towns.reach(Place("Nowhere", None, 10.0, 20.0, "XX", 6)) == REACH[6]
    assert towns.reach(Place("Nowhere", None, None, None, "RU", 6)) == REACH[6]
