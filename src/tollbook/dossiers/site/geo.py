"""From degrees to a flat drawing: equal-area projections, and a view that holds some places.

Input: places with how far each may reach, in kilometres. Output: a `View`, which knows where on the drawing a place is
and what land is under it. Worked: places at 179° E and 179° W, 17° S, give a view about the 180th meridian, 214 km
apart, with no seam. A region is drawn by Lambert's azimuthal projection about its middle, so that it may lie at a pole
as well; what is wider than half the world, by Equal Earth.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from tollbook.dossiers.site.land import Floats, half, within

Whole = np.ndarray[Any, np.dtype[np.int64]]

EARTH = 6371.0  # km, its mean radius
# Half the diagonal of the widest region, on a sphere of radius 1: some 100 degrees from its middle.
_WIDEST = 1.53
_TILE = 40.0
_LONG = 1.0  # an edge longer than so many degrees is bent with the projection
_EDGE = 4.0  # units beyond the drawing to which land is cut, so that no cut is seen
_OPPOSITE = 11.0
_MARGIN, _FLAT, _HIGH = 1.16, 0.5, 0.75  # room around places; a drawing's height by its width
_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)


@dataclass(frozen=True, slots=True)
class Region:
    """Lambert's azimuthal equal-area projection about a middle, in degrees; true in scale there."""

    lon: float
    lat: float

    def forward(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """East and north of the middle, on a sphere of radius 1."""
        turn, up, middle = np.radians(lon - self.lon), np.radians(lat), math.radians(self.lat)
        near = math.sin(middle) * np.sin(up) + math.cos(middle) * np.cos(up) * np.cos(turn)
        scale = np.sqrt(2 / np.maximum(1 + near, 1e-9))
        north = math.cos(middle) * np.sin(up) - math.sin(middle) * np.cos(up) * np.cos(turn)
        return scale * np.cos(up) * np.sin(turn), scale * north

    def backward(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Degrees of longitude from the middle's, and of latitude."""
        far = np.minimum(np.hypot(x, y), 1.9999)
        angle, middle = 2 * np.arcsin(far / 2), math.radians(self.lat)
        part = np.divide(np.sin(angle), far, out=np.ones_like(far), where=far > 0)
        up = np.cos(angle) * math.sin(middle) + y * part * math.cos(middle)
        turn = np.arctan2(x * part, math.cos(middle) * np.cos(angle) - y * part * math.sin(middle))
        return np.degrees(turn), np.degrees(np.arcsin(np.clip(up, -1, 1)))


@dataclass(frozen=True, slots=True)
class World:
    """Equal Earth about a meridian: areas are true, distances only along the equator."""

    lon: float
    lat: float = 0.0

    def forward(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """East and north of where the meridian crosses the equator, on a sphere of radius 1."""
        a, b, c, d = _EQUAL_EARTH
        tilt = np.arcsin(math.sqrt(3) / 2 * np.sin(np.radians(lat)))
        square = tilt * tilt
        width = a + 3 * b * square + square**3 * (7 * c + 9 * d * square)
        turn = np.radians(lon - self.lon)
        return 2 * turn * np.cos(tilt) / (math.sqrt(3) * width), tilt * (a + b * square + square**3 * (c + d * square))


@dataclass(frozen=True, slots=True)
class View:
    """A drawing of `width` × `height` units: the projection, the point of it in the drawing's middle, units a radius.

    `window` is the west, south, east and north of all that it shows, in degrees.
    """

    projection: Region | World
    x: float
    y: float
    scale: float
    width: int
    height: int
    window: tuple[float, float, float, float]

    @property
    def km(self) -> float:
        """Units of the drawing in a kilometre, in its middle."""
        return self.scale / EARTH

    @property
    def is_world(self) -> bool:
        return isinstance(self.projection, World)

    def at(self, lon: Sequence[float] | Floats, lat: Sequence[float] | Floats) -> tuple[Floats, Floats]:
        """Where places are, in units from the left and from the top."""
        lons, lats = np.asarray(lon, float), np.asarray(lat, float)
        if self.is_world:
            lons = (lons - self.projection.lon + 180) % 360 - 180 + self.projection.lon
        return self._drawn(lons, lats)

    def _drawn(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        x, y = self.projection.forward(lon, lat)
        return self.width / 2 + (x - self.x) * self.scale, self.height / 2 - (y - self.y) * self.scale

    def land(self) -> str:
        """The land as the `d` of an SVG path, in half units: whole numbers are shorter."""
        return _land(self)


def view_of(lon: Sequence[float], lat: Sequence[float], reach: Sequence[float], *, width: int, least: float) -> View:
    """The view that holds all places with what they reach (km) and a margin, `least` km from its middle to its edge.

    It is `width` units wide, and as high as suits the places, between half of that and three quarters.
    """
    lons, lats, far = np.asarray(lon, float), np.asarray(lat, float), np.asarray(reach, float) / EARTH
    region = _towards(lons, lats)
    if region is None:
        return _world(lats, width)
    for _ in range(2):
        x, y, _wide, _high = _box(region, lons, lats, far)
        turn, up = region.backward(np.array([x]), np.array([y]))
        region = Region(round((region.lon + float(turn[0]) + 180) % 360 - 180, 6), round(float(up[0]), 6))
    x, y, wide, high = _box(region, lons, lats, far)
    wide, high = (max(one * _MARGIN, least / EARTH) for one in (wide, high))
    height = round(width * min(max(high / wide, _FLAT), _HIGH))
    scale = min(width / 2 / wide, height / 2 / high)
    if math.hypot(width, height) / 2 / scale > _WIDEST:
        return _world(lats, width)
    window = _window(region, (x, y), width / 2 / scale, height / 2 / scale)
    return View(region, x, y, scale, width, height, window)


def _box(region: Region, lon: Floats, lat: Floats, far: Floats) -> tuple[float, float, float, float]:
    """The box around some places and what they reach: its middle, half its width, half its height."""
    x, y = region.forward(lon, lat)
    west, east = float((x - far).min()), float((x + far).max())
    south, north = float((y - far).min()), float((y + far).max())
    return (west + east) / 2, (south + north) / 2, (east - west) / 2, (north - south) / 2


def _towards(lon: Floats, lat: Floats) -> Region | None:
    """The middle of some places on the globe; None where they lie all round it."""
    turn, up = np.radians(lon), np.radians(lat)
    x, y, z = (np.cos(up) * np.cos(turn)).mean(), (np.cos(up) * np.sin(turn)).mean(), np.sin(up).mean()
    if math.hypot(x, y, z) < 0.2:
        return None
    return Region(math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y))))


def _window(region: Region, middle: tuple[float, float], wide: float, high: float) -> tuple[float, float, float, float]:
    """Degrees that a region's drawing shows, all round where a pole is in it."""
    x, y = np.meshgrid(np.linspace(-wide, wide, 33) + middle[0], np.linspace(-high, high, 33) + middle[1])
    turn, up = region.backward(x.ravel(), y.ravel())
    west, east, south, north = (float(one) for one in (turn.min(), turn.max(), up.min(), up.max()))
    for pole in (-90.0, 90.0):
        px, py = region.forward(np.array([region.lon]), np.array([pole]))
        if abs(px[0] - middle[0]) <= wide and abs(py[0] - middle[1]) <= high:
            west, east = -180.0, 180.0
            south, north = min(south, pole), max(north, pole)
    edge = 0.02 * (north - south)
    return region.lon + west - edge, max(south - edge, -90.0), region.lon + east + edge, min(north + edge, 90.0)


def _world(lat: Floats, width: int) -> View:
    """The world about the meridian opposite to the Bering Strait, so that its edge cuts no land."""
    world = World(_OPPOSITE)
    south, north = max(min(-57.0, float(lat.min()) - 4), -90.0), min(max(78.0, float(lat.max()) + 4), 90.0)
    x, y = world.forward(np.array([_OPPOSITE + 180, _OPPOSITE, _OPPOSITE]), np.array([0.0, south, north]))
    scale = width / 2 / float(x[0])
    height = math.ceil(scale * float(y[2] - y[1]))
    window = (_OPPOSITE - 180, south, _OPPOSITE + 180, north)
    return View(world, 0.0, float(y[1] + y[2]) / 2, scale, width, height, window)


# ---- land ----


@lru_cache(maxsize=512)
def _land(view: View) -> str:
    sides = ((0, -_EDGE, 1), (0, view.width + _EDGE, -1), (1, -_EDGE, 1), (1, view.height + _EDGE, -1))
    parts = []
    for tile in _tiles(view):
        for ring in within(*tile):
            drawn = np.column_stack(view._drawn(*_bent(ring).T))
            for side in sides:
                drawn = half(drawn, *side)
            parts.append(_path(np.rint(2 * drawn).astype(int)))
    return "".join(parts)


def _tiles(view: View) -> list[tuple[float, float, float, float]]:
    """The window in parts small enough that none goes round the far side of the globe, where nothing can be drawn."""
    west, south, east, north = view.window
    if view.is_world:
        return [view.window]
    across, down = math.ceil((east - west) / _TILE), math.ceil((north - south) / _TILE)
    lons, lats = np.linspace(west, east, across + 1), np.linspace(south, north, down + 1)
    found = []
    for left, right in pairwise(lons):
        for low, high in pairwise(lats):
            x, y = view.projection.forward(np.array([(left + right) / 2]), np.array([(low + high) / 2]))
            if math.hypot(x[0], y[0]) < 1.8:
                found.append((float(left), float(low), float(right), float(high)))
    return found


def _bent(ring: Floats) -> Floats:
    """A ring whose long edges are parted, so that they follow the curve that the projection makes of them."""
    steps = np.roll(ring, -1, axis=0) - ring
    counts = np.maximum(np.ceil(np.abs(steps).max(axis=1) / _LONG), 1).astype(int)
    if counts.max() == 1:
        return ring
    at = np.repeat(np.arange(len(ring)), counts)
    part = (np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[at]
    found: Floats = ring[at] + part[:, None] * steps[at]
    return found


def _path(ring: Whole) -> str:
    """A ring of whole units as a path of relative steps, without points that change nothing; a speck is left out."""
    ring = ring[np.any(ring != np.roll(ring, 1, axis=0), axis=1)]
    came, goes = ring - np.roll(ring, 1, axis=0), np.roll(ring, -1, axis=0) - ring
    straight = (came[:, 0] * goes[:, 1] == came[:, 1] * goes[:, 0]) & ((came * goes).sum(axis=1) > 0)
    ring = ring[~straight]
    if len(ring) < 3:
        return ""
    steps = " ".join(map(str, np.diff(ring, axis=0).ravel().tolist())).replace(" -", "-")
    return f"M{ring[0, 0]} {ring[0, 1]}l{steps}z"
