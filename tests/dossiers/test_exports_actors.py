"""Sides and actors in exports: whom a ruling names, as said by whom, and nobody else."""

from __future__ import annotations

import json
from dataclasses import replace
from types import ModuleType

import dossier_records as made
import pytest
from test_exports import WHOSE, only

from tollbook.dossiers.build import build
from tollbook.dossiers.formats import acled, airwars, geojson, jsonld, ucdp
from tollbook.dossiers.value import Dossier
from tollbook.model import Finding, Quantity, Ruling
from tollbook.rulings import Value

ALL = {
    "side_a": "River Guard", "side_b": "Hill Guard", "actor1": "River Guard", "assoc_actor_1": "Boatmen",
    "actor2": "Hill Guard", "assoc_actor_2": "Herders", "suspected_belligerents": "River Guard",
    "known_belligerents": "Hill Guard",
}  # fmt: skip


def ruling(seq: int, action: str = "actors", **values: Value) -> Ruling:
    return Ruling(seq, action, "Ann", "2031-06-01T10:00:00Z", "its statement", None, values=values)


def actors(seq: int, incident: str = "i1", **values: Value) -> Ruling:
    return ruling(seq, incident=incident, said_by="Flood Office", **values)


def clash(*rulings: Ruling) -> Dossier:
    """A clash in which Orsa Lindal, aged nine, was among 12 killed, and these rulings on it."""
    text = "12 people died. Orsa Lindal, 9, was among the dead."
    one = made.report("r", text, title="Clash at Orvesk", publisher="Radio Sarn")
    told = made.record([one], [made.claim(one, "12 people", Quantity.exact(12))], findings=tuple(
        Finding("i1", "killed", "all", "person", f"{rules}@1", 12, 12, 12, "single", supports=("x",))
        for rules in ("ucdp", "acled", "airwars")
    ))  # fmt: skip
    incident = replace(told.incidents[0], kind="clash", aliases=("i0",))
    return build(replace(told, incidents=(incident,), rulings=rulings))


@pytest.mark.parametrize("table", [ucdp, acled, airwars])
def test_a_ruling_fills_the_columns_it_names(table: ModuleType) -> None:
    row = only(table.rows(clash(actors(1, **ALL))))
    named = [column for column in ALL if column in table.COLUMNS]
    assert len(named) in {2, 4}
    assert {column: row[column] for column in named} == {column: ALL[column] for column in named}
    others = [
        name for name in row if any(word in name for word in WHOSE) and name not in {*named, "belligerents_said_by"}
    ]
    assert [name for name in others if row[name] is not None] == []


@pytest.mark.parametrize(
    ("table", "where", "says"),
    [
        (ucdp, "source_original", "Radio Sarn; side_a as said by Flood Office"),
        (acled, "notes", "; actor1 as said by Flood Office."),
        (airwars, "belligerents_said_by", "known_belligerents as said by Flood Office"),
    ],
)
def test_whose_word_it_is_stands_beside_it(table: ModuleType, where: str, says: str) -> None:
    dossier = clash(actors(1, side_a="River Guard", actor1="River Guard", known_belligerents="River Guard"))
    assert str(only(table.rows(dossier))[where]).endswith(says)


@pytest.mark.parametrize(
    "undone",
    [
        (actors(1, side_a="River Guard"), ruling(2, "withdraw", ruling=1)),
        (actors(1, side_a="River Guard"), actors(2, side_a=None)),
        (actors(1, incident="i9", side_a="River Guard"),),
    ],
)
def test_taken_back_or_of_another_incident_it_names_nobody(undone: tuple[Ruling, ...]) -> None:
    row = only(ucdp.rows(clash(*undone)))
    assert (row["side_a"], row["source_original"]) == (None, "Radio Sarn")


def test_a_ruling_on_an_incident_that_was_merged_stays() -> None:
    assert only(ucdp.rows(clash(actors(1, incident="i0", side_b="Hill Guard"))))["side_b"] == "Hill Guard"


@pytest.mark.parametrize("name", ["Orsa Lindal", "Lindal", "the Lindal family"])
def test_a_person_who_is_masked_stays_so(name: str) -> None:
    dossier = clash(actors(1, side_a=name, actor1=name))
    for text in (ucdp.write(dossier), acled.write(dossier), geojson.write(dossier), jsonld.write(dossier)):
        assert "Lindal" not in text
        assert "[name 1]" in text


def test_json_says_who_is_named_as_what_and_by_whom() -> None:
    dossier = clash(actors(1, side_a="River Guard"))
    told = [{"column": "side_a", "name": "River Guard", "said_by": "Flood Office"}]
    (feature,) = geojson.features(dossier)
    assert feature["properties"]["named"] == told
    assert [node["named"] for node in json.loads(jsonld.write(dossier))["@graph"] if "named" in node] == [told]
