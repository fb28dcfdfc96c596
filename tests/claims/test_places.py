"""Place mentions, with real towns from the gazetteer and invented ones from an overlay."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.claims.places import countries, find
from tollbook.lexicon import load
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.model import Report

LEXICON = load("en")
GAZETTEER = Gazetteer()


def report(text: str, title: str | None = None) -> Report:
    sha = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report("r", text, sha, sha, title=title)


def said(text: str, gazetteer: Gazetteer | None = GAZETTEER) -> list[str]:
    return [mention.said for mention in find(report(text), LEXICON, gazetteer)]


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


def test_the_country_spoken_of_decides_between_towns_of_one_name() -> None:
    text = "Police in London, Ontario, said the Canadian man was held. Canada's government and Toronto knew."
    place = find(report(text), LEXICON, GAZETTEER)[0].place
    assert place is not None
    assert place.country == "CA"


def test_demonyms_give_context() -> None:
    assert countries(report("Azeri citizens and two Armenian soldiers; azeri food."), LEXICON) == {"AZ": 1, "AM": 1}


def test_an_unknown_name_that_the_words_call_a_place_is_kept_without_a_point() -> None:
    found = find(report("Bombs fell on the Yorvane refugee camp and in the village of Tarnholt."), LEXICON, GAZETTEER)
    assert [(mention.said, mention.place) for mention in found] == [("Yorvane", None), ("Tarnholt", None)]


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
