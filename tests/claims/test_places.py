"""Place mentions, with real towns from the gazetteer and invented ones from an overlay."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.claims.places import find
from tollbook.lexicon import load
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Report

LEXICON = load("en")
GAZETTEER = Gazetteer()


def report(text: str, title: str | None = None, url: str | None = None, publisher: str | None = None) -> Report:
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report("r", text, sha, sha, title=title, url=url, publisher=publisher)


def said(text: str, gazetteer: Gazetteer | None = GAZETTEER) -> list[str]:
    return [mention.said for mention in find(report(text), LEXICON, gazetteer) if not mention.context]


def context(text: str) -> list[tuple[str, str]]:
    found = find(report(text), LEXICON, GAZETTEER)
    return [(one.said, one.place.name) for one in found if one.context and one.place is not None]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ten people were killed in Qeshm, officials in Tehran said.", ["Qeshm", "Tehran"]),
        ("It struck Iran's Qeshm island on Sunday.", ["Iran", "Qeshm"]),
        ("A quake hit the southern town of Zarand in Iran.", ["Zarand", "Iran"]),
        ("It happened in Wilkinsburg, Pa., on Wednesday.", ["Wilkinsburg"]),
        ("Azeri citizens fled.", []),
        ("President Jordan spoke to Mr. Washington.", []),
        ("Cheron Shelton was charged. Police say Shelton fled.", []),
        ("The UN and IRNA said so.", []),
        ("May he rest. Police in March said so.", []),
        ("There is no place here.", []),
    ],
)
def test_places_are_told_from_persons_bodies_and_demonyms(text: str, places: list[str]) -> None:
    assert said(text) == places


@pytest.mark.parametrize("event", ["massacre", "Massacre", "earthquake"])
def test_a_small_town_of_the_country_is_known_where_an_event_is_called_by_it(event: str) -> None:
    text = "Iran mourned. Iranian officials spoke of the Masuleh {} in Tehran."
    assert said(text.format(event)) == ["Iran", "Masuleh", "Tehran"]
    assert said(text.format("festival")) == ["Iran", "Tehran"]


def test_a_text_in_capitals_gives_its_towns_and_no_other_words() -> None:
    text = (
        "BOGOTA, 6 DEC 89 (XYZ) -- AT LEAST SEVEN PERSONS WERE KILLED IN THE CENTER OF BOGOTA TODAY. THE HEADQUARTERS"
        " IN FRONT OF THE AREA WERE HIT. OFFICIALS IN COLOMBIA SENT SECURITY FORCES TO MAKE THIS CLEAR."
    )
    assert set(said(text)) == {"BOGOTA", "COLOMBIA"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("GUNMEN CAME TO ZARAND EARLY THIS MORNING. THE SHOTS IN IRAN WERE HEARD BY ALL.", ["ZARAND", "IRAN"]),
        ("REBELS AMBUSHED A PATROL NEAR MASULEH, IRAN, AND RETURNED TO THE HILLS.", ["MASULEH", "IRAN"]),
        ("HE WAS FOUND IN THE YORVANE NEIGHBORHOOD OF TORONTO.", ["YORVANE NEIGHBORHOOD", "TORONTO"]),
        ("THE PATROL WENT FROM TORONTO TO TARNHOLT DISTRICT.", ["TORONTO", "TARNHOLT"]),
        ("IT WENT FROM SALT LAKE CITY AND LITTLE ROCK TO CHINA.", ["SALT LAKE CITY", "LITTLE ROCK", "CHINA"]),
        ("TORONTO POLICE WANT THE MEN TO GO AT ONCE. THEY LIVE IN SHANTYTOWNS NEAR THE STATION.", []),
    ],
)
def test_in_capitals_a_name_ends_where_plain_words_begin(text: str, places: list[str]) -> None:
    assert said(text) == places


def test_the_country_spoken_of_decides_between_towns_of_one_name() -> None:
    text = "Police in London, Ontario, said the Canadian man was held. Canada's government and Toronto knew."
    place = find(report(text), LEXICON, GAZETTEER)[0].place
    assert place is not None
    assert place.country == "CA"


def test_demonyms_and_the_state_after_a_town_are_context() -> None:
    assert context("Azeri citizens and Kenyan soldiers; azeri food.") == [
        ("Azeri", "Azerbaijan"),
        ("Kenyan", "Kenya"),
    ]
    assert context("Texans and European guests came.") == [("Texans", "Texas"), ("European", "Europe")]
    assert context("It happened in Wilkinsburg, Pa., on Wednesday.") == [("Pa", "Pennsylvania")]


def test_a_place_within_another_name_is_context() -> None:
    text = "Police in Toronto said so. The Toronto Harbour Gazette did not."
    assert said(text) == ["Toronto"]
    assert context(text) == [("Toronto", "Toronto")]


def test_each_name_of_a_list_is_of_the_kind_that_the_list_says() -> None:
    found = find(report("Floods in Arkansas hit Clay, Benton and Scott counties."), LEXICON, GAZETTEER)
    assert [(one.said, one.place.name, one.place.precision) for one in found if one.place is not None] == [
        ("Arkansas", "Arkansas", 4), ("Clay", "Clay County", 3), ("Benton", "Benton County", 3),
        ("Scott", "Scott County", 3),
    ]  # fmt: skip
    assert said("Shells fell on the villages of Tarnholt, Yorvane and Orvesk at noon.") == [
        "Tarnholt", "Yorvane", "Orvesk",
    ]  # fmt: skip
    assert said("The petition that Arlene Yorvane states was heard.") == []


def test_a_town_of_a_state_that_has_none_of_its_name_is_in_that_state_wherever() -> None:
    town = find(report("A mill burned in Wilkinsburg, Ohio, on Monday."), LEXICON, GAZETTEER)[0]
    assert town.place is not None
    assert (town.place.name, town.place.geonames, town.place.precision) == ("Wilkinsburg", None, 4)
    assert (town.place.lat, town.place.country) == (pytest.approx(40.3, abs=0.5), "US")


@pytest.mark.parametrize(("country", "code"), [("India", "IN"), ("Pakistan", "PK")])
def test_an_area_is_in_the_country_that_its_own_words_name(country: str, code: str) -> None:
    text = f"A mill burned in Punjab, {country}, on Monday. Pakistani and Indian envoys met Pakistani mayors."
    place = find(report(text), LEXICON, GAZETTEER)[0].place
    assert place is not None
    assert (place.name, place.country, place.precision) == ("Punjab", code, 4)


def test_an_unknown_name_that_the_words_call_a_place_is_kept_without_a_point() -> None:
    found = find(report("Bombs fell on the Yorvane refugee camp and in the village of Tarnholt."), LEXICON, GAZETTEER)
    assert [(mention.said, mention.place) for mention in found] == [("Yorvane", None), ("Tarnholt", None)]


def own(tmp_path: Path, *places: tuple[str, str, float, float, str, str]) -> Gazetteer:
    """A gazetteer with places of one's own: name, kind, degrees, country and area."""
    overlay = tmp_path / "own.toml"
    entry = '[[place]]\nname = "{}"\nkind = "{}"\nlat = {}\nlon = {}\ncountry = "{}"\nadmin1 = "{}"\n'
    overlay.write_text("".join(entry.format(*place) for place in places), encoding="utf-8")
    return Gazetteer(overlay=overlay)


# Three towns of one name, a town near the second of them, and the area of the third.
TARNHOLTS = (
    ("Tarnholt", "town", 10.0, 10.0, "XA", "1"),
    ("Tarnholt", "town", 20.0, 20.0, "XB", "1"),
    ("Tarnholt", "town", 30.0, 30.0, "XB", "2"),
    ("Orvesk", "town", 20.3, 20.2, "XB", "1"),
    ("Upper Lorn", "admin1", 30.0, 31.0, "XB", "2"),
    ("Quellmark", "country", 10.0, 11.0, "XA", ""),
)


@pytest.mark.parametrize(
    ("text", "lat"),
    [
        ("A mine caved in near Orvesk. Miners from Tarnholt came to help.", 20.0),
        ("A mine caved in at Tarnholt, Upper Lorn, on Monday.", 30.0),
        ("Officials in Quellmark spoke of a mine in Tarnholt.", 10.0),
        ("A mine caved in at Tarnholt, Upper Lorn. Tarnholt mourns with Orvesk.", 30.0),
    ],
)
def test_what_a_report_speaks_of_decides_between_towns_of_one_name(tmp_path: Path, text: str, lat: float) -> None:
    found = find(report(text), LEXICON, own(tmp_path, *TARNHOLTS))
    assert {one.place.lat for one in found if one.place is not None and one.said == "Tarnholt"} == {lat}


def test_the_publisher_s_country_decides_where_the_text_does_not() -> None:
    text = "The fire in Perth was put out."
    for url, country in ((None, "AU"), ("https://news.example.co.uk/fire", "GB")):
        place = find(report(text, url=url), LEXICON, GAZETTEER)[0].place
        assert place is not None
        assert place.country == country


@pytest.mark.parametrize(
    ("country", "url", "found"),
    [(None, None, "AU"), ("GB", None, "GB"), ("AU", "https://news.example.co.uk/fire", "GB")],
)
def test_the_publisher_s_own_country_decides_where_its_address_does_not(
    country: str | None, url: str | None, found: str
) -> None:
    place = find(report("The fire in Perth was put out.", url=url), LEXICON, GAZETTEER, country)[0].place
    assert place is not None
    assert place.country == found


def test_a_name_of_forty_countries_keeps_one_meaning_and_never_fails(tmp_path: Path) -> None:
    towns = [("Tarnholt", "town", float(n), float(n), f"X{n:02}", "1") for n in range(1, 81)]
    found = find(report("Two died in Tarnholt. Tarnholt mourns."), LEXICON, own(tmp_path, *towns))
    assert len({one.place for one in found}) == 1


@pytest.mark.parametrize(
    ("text", "sites"),
    [
        ("A car burned in Elm Street in Toronto.", {"Elm Street": ("Elm Street", 2)}),
        ("In Toronto a car burned. It stood on Highway 19.", {"Highway 19": ("Highway 19", 2)}),
        ("A car burned in Elm Street.", {"Elm Street": None}),
    ],
)
def test_a_street_has_the_point_of_its_town_and_a_lower_precision(
    text: str, sites: dict[str, tuple[str, int] | None]
) -> None:
    found = {one.said: one.place for one in find(report(text), LEXICON, GAZETTEER) if one.said != "Toronto"}
    assert {name: place and (place.name, place.precision) for name, place in found.items()} == sites
    assert all(place is None or place.lat == pytest.approx(43.7, abs=0.1) for place in found.values())


@pytest.mark.parametrize(
    ("text", "precision"),
    [("in Kandahar", 1), ("in Kandahar Province", 4), ("in Sindh", 4), ("in the Black Sea", 7), ("in Kenya", 6)],
)
def test_the_precision_is_that_of_the_kind_of_place(text: str, precision: int) -> None:
    place = find(report(f"A ship was lost {text}."), LEXICON, GAZETTEER)[0].place
    assert place is not None
    assert place.precision == precision


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ships left Tonga and Fiji.", ["Tonga", "Fiji"]),
        ("Ships left Bosnia and Herzegovina.", ["Bosnia and Herzegovina"]),
        ("Ada Orr of Toronto spoke.", ["Toronto"]),
        ("The Department of Works spoke.", []),
        ("A New Delhi-based group spoke.", ["New Delhi"]),
        ("NAIROBI, Kenya (XYZ) -- It rained.", ["NAIROBI", "Kenya"]),
    ],
)
def test_names_are_parted_at_their_joints(text: str, places: list[str]) -> None:
    assert [mention.said for mention in find(report(text), LEXICON, GAZETTEER)] == places


def test_an_overlay_s_town_is_found(tmp_path: Path) -> None:
    overlay = tmp_path / "places.toml"
    overlay.write_text('[[place]]\nname = "Tarnholt"\nlat = 1.0\nlon = 2.0\ncountry = "XX"\n', encoding="utf-8")
    mention = find(report("Two died in Tarnholt."), LEXICON, Gazetteer(overlay=overlay))[0]
    assert mention.place is not None
    assert (mention.place.country, mention.place.lat) == ("XX", 1.0)


def test_without_a_gazetteer_only_the_words_count() -> None:
    assert said("Two died in the town of Qeshm. He met Joss Kelvane.", None) == ["Qeshm"]


def test_the_title_comes_first_with_its_own_offsets() -> None:
    found = find(report("Ten died in Qeshm.", "Quake hits Qeshm"), LEXICON, GAZETTEER)
    assert [(mention.span.part, mention.said) for mention in found] == [("title", "Qeshm"), ("text", "Qeshm")]


WORDS = [
    "in",
    "Qeshm",
    "the",
    "İzmir",
    "New",
    "York",
    "Mr.",
    "of",
    "San",
    "Salvador",
    "\ud800",
    "\u2028",
    "e\u0301",
    "Paris,",
    "Pa.",
]


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)))
def test_spans_are_exact_on_any_text(text: str) -> None:
    for mention in find(report(text), LEXICON, GAZETTEER):
        assert mention.span.of(text) == mention.said
