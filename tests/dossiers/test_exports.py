"""Tables of the field: their columns in order, unknown empty, no side taken, and read back as they were."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType

import dossier_records as made
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.dossiers.build import build
from tollbook.dossiers.formats import FORMATS, acled, airwars, claims, findings, geojson, hxl, ucdp
from tollbook.dossiers.formats.tables import Columns, Row, as_csv, columns, harmless, read, restored
from tollbook.dossiers.value import Dossier, Graded
from tollbook.model import DateRange, Finding, Place, Quantity, Record

GED = """
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources
source_article source_office source_date source_headline source_original where_prec where_coordinates
where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity
date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
"""
ACLED = """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1
actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location
latitude longitude geo_precision source source_scale notes fatalities tags timestamp
"""
WHOSE = ("side", "actor", "inter", "deaths_a", "deaths_b", "gwno", "dyad", "belligerents")
RULES = ("range@1", "ucdp@1", "acled@1", "airwars@1")


def clash(*figures: tuple[str, str, str, int | None, int | None, int | None], **of_incident: object) -> Dossier:
    """A dossier of one clash with these findings: rule set, measure, group, low, best, high."""
    one = made.report(
        "r", "12 people died.", title="=Clash at Orvesk", publisher="Radio Sarn", url="https://r.example/1"
    )
    told = made.record([one], [made.claim(one, "12 people", Quantity.exact(12))], rules=RULES)
    findings = tuple(
        Finding("i1", measure, group, "person", f"{rules}@1", low, best, high, "single", supports=("x",))
        for rules, measure, group, low, best, high in figures
    )
    incident = replace(told.incidents[0], **{"kind": "clash", **of_incident})  # type: ignore[arg-type]
    return build(replace(told, incidents=(incident,), findings=findings))


KILLED = ("ucdp", "killed", "all", 30, 34, 41)
CIVILIANS = ("ucdp", "killed", "civilians", 20, 20, 25)


def only(rows: Iterator[Row]) -> Row:
    (row,) = rows
    return row


# ---- columns ----


@pytest.mark.parametrize(("table", "names", "count"), [(ucdp, GED, 49), (acled, ACLED, 31)])
def test_columns_stand_in_the_order_of_the_house(table: ModuleType, names: str, count: int) -> None:
    head = next(csv.reader(io.StringIO(table.write(clash(KILLED)))))
    assert head == list(table.COLUMNS) == names.split()
    assert len(head) == count


@pytest.mark.parametrize("table", [ucdp, acled, airwars])
def test_sides_and_actors_stay_empty(table: ModuleType) -> None:
    row = only(table.rows(clash(KILLED, CIVILIANS)))
    assert {name: row[name] for name in row if any(word in name for word in WHOSE) and row[name] is not None} == {}


# ---- ucdp-ged ----


def test_deaths_add_up_to_the_best() -> None:
    row = only(ucdp.rows(clash(KILLED, CIVILIANS)))
    assert [row[name] for name in ("low", "best", "high")] == [30, 34, 41]
    assert (row["deaths_civilians"], row["deaths_unknown"]) == (20, 14)


@pytest.mark.parametrize(
    ("figures", "civilians", "unknown"),
    [
        ([KILLED], None, 34),
        ([("ucdp", "killed", "all", 1, None, None), CIVILIANS], None, None),
        ([("ucdp", "killed", "all", 2, 3, 4), CIVILIANS], None, 3),
    ],
)
def test_parts_that_cannot_be_known_stay_empty(figures: list[object], civilians: object, unknown: object) -> None:
    row = only(ucdp.rows(clash(*figures)))  # type: ignore[arg-type]
    assert (row["deaths_civilians"], row["deaths_unknown"]) == (civilians, unknown)


@pytest.mark.parametrize("figures", [[], [("ucdp", "killed", "all", 0, 0, 0)], [("ucdp", "injured", "all", 3, 3, 3)]])
def test_without_a_death_there_is_no_row(figures: list[object]) -> None:
    assert list(ucdp.rows(clash(*figures))) == []  # type: ignore[arg-type]


def test_when_and_where_in_ucdps_grades() -> None:
    row = only(ucdp.rows(clash(KILLED)))
    assert [row[name] for name in ("year", "date_prec", "date_start", "date_end")] == [
        2031,
        1,
        "2031-05-06",
        "2031-05-06",
    ]
    assert (row["geom_wkt"], row["where_prec"], row["country"]) == ("POINT (20.0 10.0)", 1, None)
    assert (row["number_of_sources"], row["source_date"]) == (1, "2031-05-07")


@pytest.mark.parametrize(
    ("precision", "last", "wanted"),
    [("days", (5, 9), 2), ("days", (5, 12), 3), ("week", (5, 12), 3), ("month", (5, 31), 4), ("years", (5, 31), None)],
)
def test_precision_of_dates(precision: str, last: tuple[int, int], wanted: int | None) -> None:
    date = DateRange(dt.date(2031, 5, 6), dt.date(2031, *last), precision, "told")  # type: ignore[arg-type]
    assert only(ucdp.rows(clash(KILLED, date=date)))["date_prec"] == wanted


def test_an_incident_of_two_years_and_no_place_has_neither() -> None:
    date = DateRange(dt.date(2030, 12, 31), dt.date(2031, 1, 1), "days", "told")
    row = only(ucdp.rows(clash(KILLED, date=date, place=None)))
    assert [row[name] for name in ("year", "latitude", "geom_wkt", "priogrid_gid", "where_prec")] == [None] * 5


@pytest.mark.parametrize(
    ("lat", "lon", "cell"), [(-89.9, -179.9, 1), (89.9, 179.9, 259200), (90.0, 180.0, 259200), (0.1, 0.1, 129961)]
)
def test_cells_of_the_grid(lat: float, lon: float, cell: int) -> None:
    assert ucdp.priogrid(lat, lon) == cell


# ---- acled, airwars ----


@pytest.mark.parametrize(
    ("figures", "wanted"),
    [
        ([("range", "killed", "all", 5, 7, 9), ("acled", "killed", "all", 5, 5, 5)], 5),
        ([("acled", "killed", "all", 5, None, None)], 5),
        ([("range", "killed", "all", 5, 7, 9)], None),
        ([("acled", "injured", "all", 5, 5, 5)], None),
    ],
)
def test_fatalities_are_of_the_rule_set_of_the_house(figures: list[object], wanted: int | None) -> None:
    row = only(acled.rows(clash(*figures)))  # type: ignore[arg-type]
    assert (row["fatalities"], row["event_date"], row["time_precision"]) == (wanted, "2031-05-06", 1)


def test_notes_hold_every_rule_set() -> None:
    row = only(acled.rows(clash(("range", "killed", "all", 5, 7, 9), ("acled", "killed", "all", 5, 5, 5))))
    assert row["notes"] == "Orvesk, 6 May 2031: killed 5–9 by range@1 (single); killed 5 by acled@1 (single)."


@pytest.mark.parametrize(("precision", "wanted"), [(1, 1), (3, 2), (6, 3), (7, None)])
def test_precision_of_places(precision: int, wanted: int | None) -> None:
    row = only(acled.rows(clash(KILLED, place=Place("Orvesk", 1, 10.0, 20.0, None, precision))))
    assert row["geo_precision"] == wanted


def test_groups_have_a_minimum_and_a_maximum_and_all_are_no_civilians() -> None:
    row = only(
        airwars.rows(clash(("airwars", "killed", "all", 9, None, 9), ("airwars", "killed", "women", 2, None, 3)))
    )
    assert (row["women_killed_min"], row["women_killed_max"], row["civilians_killed_min"]) == (2, 3, None)


def test_the_grading_is_the_incidents() -> None:
    dossier = clash(("airwars", "killed", "women", 2, None, 3))
    graded = replace(dossier.pages[0], grade=Graded("fair", "two sources", "airwars-grades@1"))
    assert only(airwars.rows(dossier))["grading"] is None
    assert only(airwars.rows(replace(dossier, pages=(graded,))))["grading"] == "fair"


@pytest.mark.parametrize("table", [ucdp, acled, airwars])
@pytest.mark.parametrize("kind", ["flood", "explosion", "other"])
def test_what_may_be_an_accident_is_no_violence(table: ModuleType, kind: str) -> None:
    assert list(table.rows(clash(KILLED, kind=kind))) == []


# ---- hxl, geojson ----


def test_tags_stand_in_the_second_line() -> None:
    head, tags = list(csv.reader(io.StringIO(hxl.write(build(made.small())))))[:2]
    assert dict(zip(head, tags, strict=True))["killed_women_low"] == "#affected+killed+f+min"
    assert "injured_all_low" not in head


def test_an_incident_without_a_place_is_a_feature_without_geometry() -> None:
    (feature,) = geojson.features(clash(KILLED, place=None))
    assert feature["geometry"] is None
    assert feature["properties"]["findings"][0]["best"] == 34


# ---- what nobody knows ----


def test_open_ends_and_unknown_groups_stay_as_they_are() -> None:
    dossier = clash(("ucdp", "killed", "all", 30, None, None), ("ucdp", "killed", "fisherfolk", 4, 4, None))
    row = only(ucdp.rows(dossier))
    ends = ("low", "best", "high", "deaths_civilians", "deaths_unknown")
    assert [row[name] for name in ends] == [30, None, None, None, None]
    found = {(row["group"], row["low"], row["best"], row["high"]) for row in findings.rows(dossier)}
    assert found == {("all", 30, None, None), ("fisherfolk", 4, 4, None)}
    assert not any("fisherfolk" in name for row in hxl.rows(dossier) for name in row)


def test_without_a_day_no_day_is_written() -> None:
    dossier = clash(KILLED, ("acled", "killed", "all", 5, 5, 5), date=None, place=None)
    row = {**only(ucdp.rows(dossier)), **only(acled.rows(dossier))}
    unknown = ("year", "date_prec", "date_start", "date_end", "event_date", "time_precision", "location", "latitude")
    assert [row[name] for name in unknown] == [None] * len(unknown)


# ---- there and back ----


@pytest.mark.parametrize("table", [ucdp, acled, airwars])
def test_rows_come_back_as_they_went_in(table: ModuleType) -> None:
    dossier = clash(KILLED, CIVILIANS, ("airwars", "killed", "civilians", 3, None, None))
    assert list(read(table.write(dossier), table.COLUMNS)) == list(table.rows(dossier))


@pytest.mark.parametrize("record", [made.small, made.large])
def test_claims_come_back_as_they_went_in(record: Callable[[], Record]) -> None:
    dossier = build(record())
    went_in = [
        {name: row[name] if row[name] != "" else None for name in claims.COLUMNS} for row in claims.rows(dossier)
    ]
    assert list(read(claims.write_csv(dossier), claims.COLUMNS)) == went_in


def test_hxl_comes_back_as_it_went_in() -> None:
    dossier = build(made.small())
    back = [{k: v for k, v in row.items() if v is not None} for row in read(hxl.write(dossier), hxl.COLUMNS, skip=1)]
    assert back == [{k: v for k, v in row.items() if v is not None} for row in hxl.rows(dossier)]


def test_geojson_comes_back_as_it_went_in() -> None:
    dossier = build(made.small())
    assert json.loads(geojson.write(dossier)) == {
        "type": "FeatureCollection",
        "features": list(geojson.features(dossier)),
    }


@pytest.mark.parametrize(
    ("name", "kinds", "rows"),
    [
        ("claims", claims.COLUMNS, claims.rows),
        ("findings", findings.COLUMNS, findings.rows),
        ("reports", findings.REPORTS, findings.reports),
    ],
)
def test_csv_and_parquet_come_back_alike(name: str, kinds: Columns, rows: Callable[[Dossier], Iterator[Row]]) -> None:
    dossier = build(made.small(), salt=b"x" * 32)
    went_in = [{key: None if row[key] == "" else row[key] for key in kinds} for row in rows(dossier)]
    assert list(read(FORMATS[f"{name}-csv"].content(dossier).decode(), kinds)) == went_in
    content = FORMATS[f"{name}-parquet"].content(dossier)
    assert pq.read_table(io.BytesIO(content)).to_pylist() == went_in
    assert [one for one in (b"Lindal", b"Tessaly", b"Birk") if one in content] == []


CELL = st.text(alphabet="=+-@'\t\r\n ＝a1,\"", max_size=6)


@given(CELL)
def test_any_text_comes_back_and_none_runs(text: str) -> None:
    safe = harmless(text)
    assert isinstance(safe, str)
    assert restored(safe) == text
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert list(read(as_csv(["a", "b"], [{"a": text, "b": "x"}]), columns("a b"))) == [{"a": text or None, "b": "x"}]


def test_a_formula_in_a_title_is_text_in_every_table() -> None:
    dossier = clash(KILLED)
    for name, form in FORMATS.items():
        if form.file.endswith(".csv"):
            for line in csv.reader(io.StringIO(form.content(dossier).decode())):
                assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in line), name
    assert "Radio Sarn, 2031-05-07, =Clash" in ucdp.write(dossier)
    assert "'=Clash" in ucdp.write(dossier)


@pytest.mark.parametrize("table", [ucdp, acled, airwars])
def test_no_figure_stands_under_the_name_of_another_method(table: ModuleType) -> None:
    counts = ("best", "low", "high", "fatalities", "deaths_unknown", "civilians_killed_min", "civilians_killed_max")
    for row in table.rows(clash(("range", "killed", "all", 5, 7, 9), ("range", "killed", "civilians", 5, 7, 9))):
        assert [row[name] for name in counts if row.get(name) is not None] == []
