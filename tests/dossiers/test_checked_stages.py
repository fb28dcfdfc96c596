"""How far each claim was checked, on pages and in every export that has a place for it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import dossier_records as made

from tollbook.dossiers.build import build
from tollbook.dossiers.checks import checked, checks
from tollbook.dossiers.formats import FORMATS
from tollbook.dossiers.value import Dossier, Entry
from tollbook.model import Ruling


def ruled() -> Dossier:
    """The small record: two claims coded, the first of them confirmed, the second rejected, a third sent back."""
    record = made.small()
    one, two, three = (claim.id for claim in record.claims if claim.said in SAID)
    told = [(one, "accept", "Ann"), (two, "reject", "Ann"), (three, "accept", "Ann")]
    told += [(one, "confirm", "Ben"), (three, "return", "Ben")]
    rulings = (Ruling(seq, action, who, "", "read", claim) for seq, (claim, action, who) in enumerate(told, 1))
    return build(replace(record, rulings=tuple(rulings)))


def unique() -> list[str]:
    """Three claims by their words, which no other claim has and in which nothing is masked."""
    shown = {one.words.said for one in build(made.small()).entries}
    every = [claim.said for claim in made.small().claims]
    return [said for said in every if said in shown and every.count(said) == 1][:3]


SAID = unique()


def of(dossier: Dossier) -> list[Entry]:
    return [next(one for one in dossier.entries if one.words.said == said) for said in SAID]


def test_each_export_of_claims_tells_the_stage_and_what_was_decided() -> None:
    dossier = ruled()
    told = {(one.words.said, str(one.stage), one.decision or None) for one in of(dossier)}
    assert {(stage, decision) for _, stage, decision in told} == {
        ("confirmed", "accepted"), ("coded", "rejected"), ("returned", "accepted"),
    }  # fmt: skip
    lines = [json.loads(line) for line in FORMATS["claims-jsonl"].content(dossier).decode().splitlines()]
    rows = list(csv.DictReader(io.StringIO(FORMATS["claims-csv"].content(dossier).decode(), newline="")))
    graph = json.loads(FORMATS["json-ld"].content(dossier))["@graph"]
    for said, stage, decision in told:
        line = next(one for one in lines if one["said"] == said)
        assert (line["stage"], line["decision"]) == (stage, decision)
        assert next((one["stage"], one["decision"]) for one in rows if one["said"] == said) == (stage, decision)
        assert sum(one.get("stage") == stage and one.get("decision") == decision for one in graph) == 1
    assert {one["stage"] for one in rows} == {"open", "coded", "confirmed", "returned"}
    described = FORMATS["followthemoney"].content(dossier).decode()
    assert "(rejected, checked by one person)" in described
    assert "confirmed by a second person" not in FORMATS["followthemoney"].content(build(made.small())).decode()


def test_new_columns_stand_behind_the_old_ones() -> None:
    header = FORMATS["claims-csv"].content(build(made.small())).decode().split("\r\n")[0]
    assert header.endswith(",key,stage,decision")


def test_pages_say_it_beside_each_claim_and_count() -> None:
    dossier = ruled()
    rest = len(list(dossier.entries)) - 3
    words = f"1 confirmed by a second person, 1 checked by one, 1 sent back by a second, {rest} not checked."
    assert checks(dossier.entries) == f"{rest + 3} claims: {words}"
    assert checks([]) == ""
    assert sorted(map(checked, of(dossier))) == [
        "confirmed by a second person", "rejected, checked by one person", "sent back by a second person",
    ]  # fmt: skip
