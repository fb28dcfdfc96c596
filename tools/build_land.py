"""Make the file of the world's land: Natural Earth's 1:50m coastlines, small enough to be packed.

    python tools/build_land.py land-50m.json [OUT]

Reads `land-50m.json` of the package world-atlas 2.0.2 (TopoJSON, made from Natural Earth, public domain). Nothing of
countries is read: maps here show land and water and no border. Each ring is unwound, so that one that passes the 180th
meridian goes on beyond 180 degrees, and one that goes round a pole is closed over it: whoever draws needs plane
geometry alone. Without OUT the file goes where the package looks for it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "src"))

from tollbook.dossiers.site.land import PER_DEGREE, SHIPPED  # noqa: E402

Points = np.ndarray[Any, np.dtype[np.float64]]


def main(source: Path, out: Path) -> None:
    """Write the land of a TopoJSON file to `out`."""
    rings = [closed(unwound(ring)) for ring in rings_of(json.loads(source.read_text(encoding="utf-8")))]
    sizes, steps = packed(rings)
    with out.open("wb") as file:
        np.savez_compressed(file, sizes=sizes, steps=steps)
    print(f"{len(sizes)} rings, {len(steps)} points, {out.stat().st_size} bytes")


def rings_of(topology: dict[str, Any]) -> list[Points]:
    """Every ring of the land in degrees of longitude and latitude, outer ones and those of inland seas alike."""
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    rings = []
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            parts = [arcs[at] if at >= 0 else arcs[~at][::-1] for at in ring]
            rings.append(np.vstack([parts[0], *(part[1:] for part in parts[1:])]))
    return rings


def unwound(ring: Points) -> Points:
    """A ring whose longitude never leaps: 179, -179 becomes 179, 181."""
    found = ring.copy()
    found[:, 0] = np.unwrap(ring[:, 0], period=360)
    return found


def closed(ring: Points) -> Points:
    """A ring without its last point where that is its first; one that goes round a pole is led over it."""
    if abs(ring[-1, 0] - ring[0, 0]) < 180:
        return ring[:-1]
    pole = np.copysign(90.0, ring[:, 1].mean())
    return np.vstack([ring, [[ring[-1, 0], pole], [ring[0, 0], pole]]])


def packed(rings: list[Points]) -> tuple[Any, Any]:
    """How many points each ring has, and all points as whole steps from the one before; the first from 0, 0."""
    sizes, steps = [], []
    for ring in rings:
        whole = np.rint(ring * PER_DEGREE).astype(np.int32)
        whole = whole[np.any(whole != np.roll(whole, 1, axis=0), axis=1)]
        if len(whole) > 2:
            sizes.append(len(whole))
            steps.append(np.diff(whole, axis=0, prepend=np.zeros((1, 2), np.int32)))
    return np.array(sizes, np.int32), np.vstack(steps).astype(np.int32)


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else SHIPPED)
