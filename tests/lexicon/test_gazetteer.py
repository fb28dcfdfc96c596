"""The gazetteer: look-ups by name and context, a user's overlay, and the file that the build makes."""

from __future__ import annotations

import pickle
import sqlite3
from pathlib import Path

import pytest

from tollbook.errors import UsageError
from tollbook.lexicon.gazetteer import SHIPPED, Gazetteer, place_key
from tollbook.model import Place


def test_a_town_of_a_few_thousand_is_found_with_its_country() -> None:
    best = Gazetteer().lookup("Khojaly")[0]
    assert (best.place.country, best.place.precision, best.kind) == ("AZ", 1, "town")
    assert best.place.lat == pytest.approx(39.91, abs=0.01)
    assert best.place.lon == pytest.approx(46.79, abs=0.01)


@pytest.mark.parametrize("name", ["BOGOTA", "Bogotá", "bogota", " Bogota "])
def test_case_and_accents_don_t_matter(name: str) -> None:
    assert Gazetteer().lookup(name)[0].place.country == "CO"


def test_the_largest_comes_first_and_a_capital_before_it() -> None:
    gazetteer = Gazetteer()
    assert gazetteer.lookup("London")[0].place.country == "GB"
    assert gazetteer.lookup("Washington")[0].kind == "town"
    assert {one.area for one in gazetteer.lookup("Paris")} >= {"US.TX", "CA.08"}


def test_areas_and_nations_are_known_by_code() -> None:
    gazetteer = Gazetteer()
    area, nation = gazetteer.area("US.PA"), gazetteer.nation("IR")
    assert area is not None
    assert nation is not None
    assert (area.place.name, nation.name) == ("Pennsylvania", "Iran")
    assert gazetteer.area("XX.1") is gazetteer.area("none") is gazetteer.nation("XX") is None


def test_a_county_lies_where_its_seat_lies() -> None:
    county = next(one for one in Gazetteer().lookup("Kern County") if one.area == "US.CA")
    assert county.place.lat == pytest.approx(35.4, abs=0.2)
    assert county.place.precision == 3


def test_countries_states_and_regions_have_their_precision() -> None:
    gazetteer = Gazetteer()
    kinds = {name: gazetteer.lookup(name)[0] for name in ("Iran", "U.S.", "Pennsylvania", "Karabakh")}
    assert [kinds[name].place.precision for name in kinds] == [6, 6, 4, 5]
    assert kinds["U.S."].place.name == "United States"


def test_many_places_of_one_name_are_cut_short_and_ordered() -> None:
    found = Gazetteer().lookup("San Antonio")
    assert 5 < len(found) <= 60
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)


@pytest.mark.parametrize("name", ["", "   ", "Tessavarandir", "\ud800", "İ", "---"])
def test_names_that_mean_nothing_find_nothing(name: str) -> None:
    assert name not in Gazetteer()
    assert Gazetteer().lookup(name) == ()


def test_an_overlay_comes_first_and_can_change_a_country(tmp_path: Path) -> None:
    overlay = tmp_path / "places.toml"
    overlay.write_text(
        '[[place]]\nname = "Marwen"\nnames = ["Marven"]\nlat = 1.5\nlon = 2.5\ncountry = "XX"\n'
        '[[place]]\nname = "Khojaly"\nlat = 39.9\nlon = 46.8\ncountry = "XK"\n',
        encoding="utf-8",
    )
    gazetteer = Gazetteer(overlay=overlay)
    assert gazetteer.lookup("MARVEN")[0].place == Place("Marwen", None, 1.5, 2.5, "XX", 1)
    assert gazetteer.lookup("Khojaly")[0].place.country == "XK"
    assert pickle.loads(pickle.dumps(gazetteer)).lookup("Marwen") == gazetteer.lookup("Marwen")


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "place = 3",
        "[[place]]\nlat = 1\n",
        '[[place]]\nname = "--"\n',
        '[[place]]\nname = "A"\nkind = "planet"\n',
        '[[place]]\nname = "A"\nnames = "B"\n',
        '[[place]]\nname = "A"\nlat = "1"\nlon = 2\n',
        '[[place]]\nname = "A"\nlat = 1\n',
        '[[place]]\nname = "A"\nlat = 91\nlon = 0\n',
        '[[place]]\nname = "A"\nlat = nan\nlon = 0\n',
        '[[place]]\nname = "A"\ncountry = 3\n',
        '[[place]]\nname = "A"\npopulation = -1\n',
    ],
)
def test_a_broken_overlay_is_refused_by_name(tmp_path: Path, text: str) -> None:
    overlay = tmp_path / "mine.toml"
    overlay.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.toml") as caught:
        Gazetteer(overlay=overlay)
    assert "\n" not in str(caught.value)


def test_a_missing_file_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="build_gazetteer"):
        Gazetteer(tmp_path / "none.sqlite").lookup("Khojaly")


def test_the_shipped_file_is_read_only_and_can_be_closed() -> None:
    gazetteer = Gazetteer()
    assert gazetteer.population(gazetteer.lookup("Khojaly")[0].place) == 5810
    assert gazetteer.population(Place("Nowhere")) is None
    connection = sqlite3.connect(f"{SHIPPED.as_uri()}?mode=ro&immutable=1", uri=True)
    assert connection.execute("SELECT count(*) FROM places WHERE kind = 'town'").fetchone()[0] > 200_000
    connection.close()
    gazetteer.close()
    assert "Khojaly" in gazetteer
    gazetteer.close()


def test_keys_ignore_signs() -> None:
    assert place_key("Saint-Étienne d'Albagnan") == "saint etienne dalbagnan"
    assert place_key("U.S.") == "us"
