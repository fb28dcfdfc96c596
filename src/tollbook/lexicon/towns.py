"""Towns around a place, for orientation on a map, and how far a place reaches that is no point.

Input: degrees, or a `Place`. Output: the largest towns nearby; kilometres. Worked: around 12.1° N, 15° E lies
N'Djamena; a country reaches as far as 19 of 20 of its towns lie from where the gazetteer puts it. Read once from the
shipped gazetteer (GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tollbook.lexicon.gazetteer import SHIPPED
from tollbook.lexicon.nearby import REACH, Town
from tollbook.model import Place

_EARTH = 6371.0
_SCALES = (40.0, 120.0, 400.0, 1200.0, 4000.0)  # km: maps are drawn at any of these
_MOST = 10  # towns at each
_AREA, _NATION = 4, 6
_SHARE, _LEAST, _ROUND = 0.95, 50.0, 10.0
_FEW = 5  # towns, of which nobody can tell how far a country reaches


@dataclass(slots=True)
class _Table:
    """All towns, the largest first: their ids, where they are on a globe of radius 1, their areas."""

    ids: list[int]
    at: np.ndarray[Any, np.dtype[np.float64]]
    country: np.ndarray[Any, np.dtype[np.str_]]
    area: np.ndarray[Any, np.dtype[np.str_]]
    areas: dict[int, tuple[str, str]]


@dataclass
class Towns:
    """The gazetteer's towns; the file is read when first asked."""

    path: Path = SHIPPED
    _known: dict[int, Town] = field(default_factory=dict)

    def near(self, lat: float, lon: float) -> tuple[Town, ...]:
        """The largest towns around a place at each of several distances, the largest first."""
        close = self._table.at @ _globe(lat, lon)
        found: set[int] = set()
        for km in _SCALES:
            found.update(np.flatnonzero(close > np.cos(km / _EARTH))[:_MOST].tolist())
        return tuple(self._town(at) for at in sorted(found))

    def reach(self, place: Place) -> float:
        """How far from its degrees a place may lie, in km: 0 for a point."""
        told = REACH.get(place.precision, REACH[5])
        if place.lat is None or place.lon is None or place.precision not in {_AREA, _NATION}:
            return told
        table = self._table
        if place.precision == _NATION:
            own = table.country == (place.country or "")
        else:
            country, area = table.areas.get(place.geonames or 0, ("", ""))
            own = (table.country == country) & (table.area == area)
        if own.sum() < _FEW:
            return told
        close = np.clip(table.at[own] @ _globe(place.lat, place.lon), -1, 1)
        far = float(np.quantile(np.arccos(close), _SHARE)) * _EARTH
        return max(round(far / _ROUND) * _ROUND, _LEAST)

    @cached_property
    def _table(self) -> _Table:
        connection = self._open()
        try:
            rows = connection.execute(
                "SELECT id, lat, lon, country, admin1 FROM places WHERE kind = 'town' ORDER BY population DESC, id"
            ).fetchall()
            areas = connection.execute("SELECT id, country, admin1 FROM places WHERE kind = 'admin1'").fetchall()
        finally:
            connection.close()
        ids, lat, lon, country, area = zip(*rows, strict=True)
        return _Table(
            list(ids), _globe(np.array(lat), np.array(lon)).T.copy(), np.array([one or "" for one in country]),
            np.array([one or "" for one in area]), {id: (nation or "", part or "") for id, nation, part in areas},
        )  # fmt: skip

    def _town(self, at: int) -> Town:
        id = self._table.ids[at]
        if id not in self._known:
            connection = self._open()
            try:
                row = connection.execute("SELECT name, lat, lon, population FROM places WHERE id = ?", (id,)).fetchone()
            finally:
                connection.close()
            self._known[id] = Town(*row)
        return self._known[id]

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(f"{self.path.as_uri()}?mode=ro", uri=True)


def _globe(lat: Any, lon: Any) -> Any:
    up, turn = np.radians(lat), np.radians(lon)
    return np.array([np.cos(up) * np.cos(turn), np.cos(up) * np.sin(turn), np.sin(up)])
