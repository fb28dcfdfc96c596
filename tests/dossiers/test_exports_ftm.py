"""followthemoney reads the entities: its own model takes every value as it stands, and every link leads somewhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import dossier_records as made
import followthemoney
import pytest
from hypothesis import given
from test_exports_properties import NAMES, SLOW, records

from tollbook.dossiers.build import build
from tollbook.dossiers.formats import ftm
from tollbook.dossiers.value import Dossier
from tollbook.model import Quantity, Record, Ruling

SALT = b"k" * 32


def unplaced() -> Record:
    """A record in which nothing is known of when and where, and one claim is of no incident."""
    one = made.report("r", "12 people died. 3 were hurt.", title=None, publisher=None, published=None, url=None)
    claims = [
        made.claim(one, "12 people", Quantity.exact(12), date=None),
        made.claim(one, "3 were", Quantity.exact(3), measure="injured", incident=None, date=None),
    ]
    record = made.record([one], claims, findings=())
    return replace(record, incidents=tuple(replace(each, date=None, place=None) for each in record.incidents))


RECORDS: list[Callable[[], Record]] = [made.small, made.large, unplaced, lambda: made.record([], [])]


def read(dossier: Dossier) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ftm.write(dossier).splitlines()]


@pytest.mark.parametrize("record", RECORDS)
def test_the_model_takes_every_value_as_it_stands(record: Callable[[], Record]) -> None:
    come_back(build(record(), salt=SALT))


@SLOW
@given(records())
def test_the_model_takes_every_value_of_any_record(record: Callable[[str], Record]) -> None:
    come_back(build(record(NAMES[0]), salt=SALT))


def come_back(dossier: Dossier) -> None:
    for data in read(dossier):
        proxy = followthemoney.model.get_proxy(data, cleaned=False)
        proxy.schema.validate(data)
        back = proxy.to_dict()
        assert (back["id"], back["schema"]) == (data["id"], data["schema"])
        assert {name: sorted(values) for name, values in back["properties"].items()} == {
            name: sorted(set(values)) for name, values in data["properties"].items()
        }


@pytest.mark.parametrize("record", RECORDS)
def test_every_link_leads_to_an_entity_of_its_range(record: Callable[[], Record]) -> None:
    entities = {data["id"]: data for data in read(build(record(), salt=SALT))}
    for data in entities.values():
        schema = followthemoney.model.get(data["schema"])
        for name, values in data["properties"].items():
            prop = schema.get(name)
            for value in values if prop.range else ():
                assert followthemoney.model.get(entities[value]["schema"]).is_a(prop.range), (data["id"], name)


@pytest.mark.parametrize("record", RECORDS)
def test_nothing_of_the_dossier_is_lost(record: Callable[[], Record]) -> None:
    dossier = build(record(), salt=SALT)
    data = read(dossier)
    assert len({one["id"] for one in data}) == len(data)
    count = Counter(one["schema"] for one in data)
    entries = [entry for page in dossier.pages for entry in page.entries]
    findings = sum(len(column.ruled) for page in dossier.pages for column in page.columns)
    assert (count["Article"], count["Event"]) == (len(dossier.reports), len(dossier.pages))
    assert (count["Documentation"], count["Note"]) == (len(entries), findings + len(dossier.loose))
    told = {one["properties"]["recordId"][0]: one["properties"] for one in data if one["schema"] == "Documentation"}
    for entry in entries:
        assert told[entry.ref]["summary"][0].endswith(f"{entry.words.said}{entry.words.after}".strip())
        assert entry.stated in told[entry.ref]["description"][0]


def test_ids_are_the_same_when_more_is_added_and_tell_nothing() -> None:
    small = made.small()
    later = {report.id for report in small.reports[2:]}
    fewer = made.record(small.reports[2:], [claim for claim in small.claims if claim.report in later])
    some = {one["id"]: one for one in read(build(fewer, salt=SALT)) if one["schema"] in {"Article", "Documentation"}}
    every = {one["id"]: one for one in read(build(small, salt=SALT))}
    assert len(some) > 5 and some.keys() <= every.keys()
    other = {one["id"] for one in read(build(small, salt=b"o" * 32))}
    assert other.isdisjoint(every)
    text = ftm.write(build(small, salt=SALT))
    assert not any(claim.id in text for claim in small.claims)


def test_nobody_is_a_person_and_nobody_is_involved() -> None:
    values = {"incident": "i1", "side_a": "River Guard", "said_by": "x"}
    named = Ruling(1, "actors", "Ann", "", "seen", None, values=values)
    record = replace(made.small(), rulings=(named,))
    data = read(build(record, salt=SALT))
    assert {one["schema"] for one in data} == {
        "Address", "Article", "Documentation", "Event", "Mention", "Note", "PublicBody",
    }  # fmt: skip
    assert not any("involved" in one["properties"] for one in data)
    assert {one["properties"]["name"][0] for one in data if one["schema"] == "PublicBody"} == {"Flood Office"}
    assert "River Guard" not in ftm.write(build(record, salt=SALT))
