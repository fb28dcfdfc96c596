"""The field's own tools read the exports: libhxl takes the tags, geojson finds the features valid."""

from __future__ import annotations

import io

import dossier_records as made
import geojson
import hxl as libhxl

from tollbook.dossiers.build import build
from tollbook.dossiers.formats import FORMATS, hxl


def test_libhxl_reads_tags_and_rows() -> None:
    dossier = build(made.small())
    content = FORMATS["hxl"].content(dossier)
    table = libhxl.data(libhxl.make_input(io.BytesIO(content), libhxl.InputOptions(allow_local=True)))
    found = list(table)
    went_in = list(hxl.rows(dossier))
    assert len(found) == len(went_in)
    for row, wanted in zip(found, went_in, strict=True):
        assert row.get("#affected+killed+f+min") == str(wanted["killed_women_low"])
        assert row.get("#meta+method") == wanted["rules"]
    assert all(column.tag for column in table.columns)


def test_geojson_finds_every_feature_valid() -> None:
    read = geojson.loads(FORMATS["geojson"].content(build(made.small())).decode())
    assert read.is_valid, read.errors()
    assert read["features"][0]["geometry"]["coordinates"] == [20.0, 10.0]
