"""Degrees on a flat drawing: poles, the 180th meridian, areas, and land that is where it should be."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.dossiers.site.geo import EARTH, Region, World, view_of
from tollbook.dossiers.site.land import half, rings, within

DEGREES = st.tuples(st.floats(-180, 180), st.floats(-89.5, 89.5))


def area(ring: np.ndarray) -> float:  # type: ignore[type-arg]
    x, y = ring.T
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


@given(DEGREES, st.tuples(st.floats(-60, 60), st.floats(-60, 60)))
def test_a_region_leads_back_from_where_it_leads(middle: tuple[float, float], off: tuple[float, float]) -> None:
    region = Region(*middle)
    turn, up = region.backward(np.array([math.radians(off[0])]), np.array([math.radians(off[1])]))
    x, y = region.forward(turn + region.lon, up)
    assert x[0] == pytest.approx(math.radians(off[0]), abs=1e-6)
    assert y[0] == pytest.approx(math.radians(off[1]), abs=1e-6)


@pytest.mark.parametrize("projection", [Region(15, 40), Region(-175, -70), World(11)])
def test_a_square_degree_keeps_its_area(projection: Region | World) -> None:
    for lon, lat in ((15.0, 40.0), (20.0, 55.0), (0.0, 5.0)):
        square = np.array([[lon, lat], [lon + 0.1, lat], [lon + 0.1, lat + 0.1], [lon, lat + 0.1]])
        drawn = area(np.column_stack(projection.forward(*square.T)))
        globe = math.radians(0.1) * (math.sin(math.radians(lat + 0.1)) - math.sin(math.radians(lat)))
        assert drawn == pytest.approx(globe, rel=1e-3)


@given(st.lists(DEGREES, min_size=1, max_size=6), st.sampled_from([0.0, 40.0, 900.0]))
def test_a_view_holds_every_place_wherever_on_the_globe(places: list[tuple[float, float]], reach: float) -> None:
    lons, lats = zip(*places, strict=True)
    view = view_of(lons, lats, [reach] * len(places), width=720, least=75)
    x, y = view.at(lons, lats)
    assert x.min() >= 0
    assert x.max() <= view.width
    assert y.min() >= 0
    assert y.max() <= view.height
    assert view.height <= 0.75 * view.width + 1


def test_two_places_on_both_sides_of_the_180th_meridian_are_near_each_other() -> None:
    view = view_of([179.0, -179.0], [-17.0, -17.0], [0, 0], width=720, least=75)
    x, y = view.at([179.0, -179.0], [-17.0, -17.0])
    assert math.hypot(x[1] - x[0], y[1] - y[0]) / view.km == pytest.approx(212.7, rel=0.01)
    assert "M" in view.land()


def test_a_view_at_a_pole_is_whole() -> None:
    lons, lats = [0.0, 120.0, -120.0], [-80.0, -80.0, -80.0]
    view = view_of(lons, lats, [0, 0, 0], width=720, least=75)
    west, south, east, north = view.window
    assert east - west >= 360
    assert south == -90
    x, _ = view.at([0.0], [-90.0])
    assert abs(x[0] - 360) < 60
    assert north < -60
    # All three lie on Antarctica: the land is one piece about the middle of the drawing.
    assert max(map(int, re.findall(r"-?\d+", view.land()))) > 700


def test_what_is_wider_than_half_the_world_is_drawn_as_the_world() -> None:
    view = view_of([-74, 116, 151, 2], [4, 39, -33, 48], [0] * 4, width=720, least=75)
    assert view.is_world
    left, _ = view.at([-168.0], [60.0])
    right, _ = view.at([-170.0], [60.0])
    assert left[0] < 100
    assert right[0] > 620


def test_a_kilometre_has_its_length() -> None:
    view = view_of([21.0], [45.0], [0], width=720, least=75)
    _, y = view.at([21.0, 21.0], [45.0, 45.5])
    assert (y[0] - y[1]) / view.km == pytest.approx(math.radians(0.5) * EARTH, rel=1e-3)


def test_every_ring_is_closed_over_its_pole_and_none_leaps() -> None:
    shapes, bounds = rings()
    assert len(shapes) > 1400
    for ring, (_, south, _, _) in zip(shapes, bounds, strict=True):
        steps = np.abs(np.diff(ring[:, 0], append=ring[0, 0]))
        assert steps.max() < 180 or south == -90


def test_half_a_plane_of_a_square() -> None:
    square = np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]])
    cut = half(square, 0, 1.0, 1)
    assert area(cut) == pytest.approx(12)
    assert len(half(square, 0, 9.0, 1)) == 0
    assert half(square, 0, -1.0, 1) is square


@given(st.floats(-180, 150), st.floats(-85, 60))
def test_land_within_a_window_is_within_it_and_no_more_than_it(west: float, south: float) -> None:
    window = (west, south, west + 30, south + 25)
    found = within(*window)
    for ring in found:
        assert ring[:, 0].min() >= window[0] - 1e-9
        assert ring[:, 0].max() <= window[2] + 1e-9
        assert ring[:, 1].min() >= window[1] - 1e-9
        assert ring[:, 1].max() <= window[3] + 1e-9
    assert sum(map(area, found)) <= 30 * 25 * 1.7


def test_the_window_may_lie_beyond_180_degrees() -> None:
    one, other = within(170, -20, 190, -10), within(-190, -20, -170, -10)
    assert len(one) == len(other) > 3
    assert sum(map(area, one)) == pytest.approx(sum(map(area, other)))
