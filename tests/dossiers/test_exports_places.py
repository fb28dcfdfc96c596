"""The geometry engine of geographic tools reads the places of GeoJSON and of UCDP's table alike."""

from __future__ import annotations

import json

import pytest
import shapely
from test_exports import KILLED, clash, only

from tollbook.dossiers.formats import geojson, ucdp
from tollbook.model import Place


@pytest.mark.parametrize(("lat", "lon"), [(10.0, 20.0), (-89.99999, 179.5), (0.0, 0.0), (46.616670000001, -1e-7)])
def test_places_are_the_same_point_everywhere(lat: float, lon: float) -> None:
    dossier = clash(KILLED, place=Place("Orvesk", 1, lat, lon, None, 1))
    (feature,) = json.loads(geojson.write(dossier))["features"]
    point = shapely.geometry.shape(feature["geometry"])
    assert (point.is_valid, point.y, point.x) == (True, lat, lon)
    assert shapely.from_wkt(only(ucdp.rows(dossier))["geom_wkt"]).equals(point)


def test_a_place_without_degrees_has_no_geometry() -> None:
    dossier = clash(KILLED, place=Place("Orvesk", 1, None, None, None, 5))
    (feature,) = json.loads(geojson.write(dossier))["features"]
    assert feature["geometry"] is None
    row = only(ucdp.rows(dossier))
    assert (row["geom_wkt"], row["where_coordinates"], row["where_prec"]) == (None, "Orvesk", 5)
