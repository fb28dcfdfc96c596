"""The world's land as rings of longitude and latitude, and the part of it that lies in a window.

Input: a window in degrees. Output: closed rings clipped to it. Worked: the window 170–190° E, 15–20° S holds the
islands on both sides of the 180th meridian, those beyond it at 180 to 190. Natural Earth, 1:50m, land and water only.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]

SHIPPED = Path(__file__).with_name("land.npz")
# Whole steps in a degree: one is some 550 m, finer than the map of 1:50m is drawn.
PER_DEGREE = 200
_TURN = 360.0


@cache
def rings() -> tuple[tuple[Floats, ...], Floats]:
    """All rings as (points × 2) degrees, and the bounds of each: west, south, east, north."""
    with np.load(SHIPPED) as packed:
        sizes, steps = packed["sizes"], packed["steps"]
    found = tuple(np.cumsum(part, axis=0) / PER_DEGREE for part in np.split(steps, np.cumsum(sizes)[:-1]))
    return found, np.array([[*ring.min(axis=0), *ring.max(axis=0)] for ring in found])


def within(west: float, south: float, east: float, north: float) -> list[Floats]:
    """The land in a window of degrees; `east` may lie beyond 180, `west` beyond -180."""
    found = []
    shapes, bounds = rings()
    for turn in (-2 * _TURN, -_TURN, 0.0, _TURN, 2 * _TURN):
        some = (
            (bounds[:, 0] + turn < east)
            & (bounds[:, 2] + turn > west)
            & (bounds[:, 1] < north)
            & (bounds[:, 3] > south)
        )
        for at in np.flatnonzero(some):
            ring = shapes[at] + (turn, 0.0)
            for axis, bound, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
                ring = half(ring, axis, bound, sign)
            if len(ring) > 2:
                found.append(ring)
    return found


def half(ring: Floats, axis: int, bound: float, sign: int) -> Floats:
    """The part of a closed ring on one side of a line across `axis`, closed along it (Sutherland and Hodgman)."""
    off = sign * (ring[:, axis] - bound)
    inside = off >= 0
    if inside.all() or not inside.any():
        return ring if inside.all() else ring[:0]
    after = np.roll(ring, -1, axis=0)
    crossing = inside != np.roll(inside, -1)
    way = np.where(crossing, off - np.roll(off, -1), 1.0)
    met = ring + (np.where(crossing, off, 0.0) / way)[:, None] * (after - ring)
    both = np.stack([ring, met], axis=1).reshape(-1, 2)
    kept: Floats = both[np.stack([inside, crossing], axis=1).ravel()]
    return kept
