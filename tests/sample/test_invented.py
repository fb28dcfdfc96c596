"""Nothing in the sample is real: no place in the gazetteer, no outlet, agency or office of the lexicon is in it."""

from __future__ import annotations

import tomllib

import pytest

from tollbook import sample
from tollbook.lexicon import load_sources
from tollbook.lexicon.gazetteer import Gazetteer
from tollbook.text import fold

# Offices that many countries have by this very name: the words alone name nobody.
COMMON = {"interior ministry", "health ministry", "defence ministry", "ministry of health", "ministry of the interior"}


@pytest.mark.parametrize(
    "name", ["Tessavar", "Brinholt", "Cadrine", "Moranthe", "Norvelia", "Ostermere", "Tarrow", "Wexmoor", "Aldermoor"]
)
def test_places_are_in_no_gazetteer(name: str) -> None:
    assert name not in Gazetteer()


def test_sources_are_in_no_list_of_real_ones() -> None:
    real = {
        fold(name) for source in load_sources()["source"] for name in (source["name"], *source.get("aliases", ()))
    } - COMMON
    invented = {
        fold(name)
        for source in tomllib.loads(sample.sources())["source"]
        for name in (source["name"], *source.get("aliases", ()))
    }
    assert invented & real == set()


def test_every_parent_is_listed() -> None:
    sources = tomllib.loads(sample.sources())["source"]
    names = {source["name"] for source in sources}
    assert {source["parent"] for source in sources if "parent" in source} <= names


def test_every_publisher_is_listed() -> None:
    names = {source["name"] for source in tomllib.loads(sample.sources())["source"]}
    assert {row["publisher"] for row in sample.expected("reports")} <= names
