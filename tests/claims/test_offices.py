"""Which state an official or a body speaks for, told by the words of the report alone."""

from __future__ import annotations

import pytest
from claims_reading import report_of

from tollbook.claims import offices
from tollbook.lexicon import load
from tollbook.lexicon.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("The President of the Republic of Iceland, Ada Orr, spoke.", "Ada Orr", "Iceland"),
        ("Foreign Minister of Chile Ivo Dask spoke.", "Ivo Dask", "Chile"),
        ("Norwegian Foreign Minister Ivo Dask said so.", "Ivo Dask", "Norway"),
        ("Portugal's health minister, Ada Orr, said so.", "Ada Orr", "Portugal"),
        ("Ada Orr, the president of Ghana, said so.", "Ada Orr", "Ghana"),
        ("President Ada Orr came. The president of Ghana said 12 had died.", "Ada Orr", "Ghana"),
    ],
)
def test_an_official_is_given_the_state_that_the_text_names(text: str, name: str, state: str) -> None:
    assert (name, state) in offices.find(report_of(text), load("en"), Gazetteer())


@pytest.mark.parametrize(
    "text",
    [
        "Ada Orr, a trader from Ghana, said so.",
        "The president of the club, Ada Orr, said so.",
        "Ghana's president met. Ada Orr was there.",
    ],
)
def test_nobody_else_is_given_a_state(text: str) -> None:
    assert offices.find(report_of(text), load("en"), Gazetteer()) == ()


def test_one_who_is_given_two_states_is_given_none() -> None:
    text = "Norwegian Foreign Minister Ivo Dask spoke. Chilean Foreign Minister Ivo Dask spoke."
    assert offices.find(report_of(text), load("en"), Gazetteer()) == ()


def test_a_body_is_told_by_its_own_name() -> None:
    names = ["Norwegian Foreign Ministry", "Foreign Ministry", "Norwegian Football Club"]
    assert offices.bodies(names, load("en"), Gazetteer()) == (("Norwegian Foreign Ministry", "Norway"),)
