"""Every field's history: as read, then as each ruling made it, and what became of that ruling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from project_values import ANN, BEN, PLAIN, TEXTS, WIDE, claim, write

from tollbook.errors import UsageError
from tollbook.pipeline.histories import history
from tollbook.pipeline.history import Step
from tollbook.pipeline.project import add, record, rule
from tollbook.pipeline.regroup import split_id
from tollbook.rulings import fates


def steps(folder: Path, target: str, field: str) -> list[tuple[str, str | None, str, str]]:
    return [(one.what, one.before, one.after, one.state) for one in history(folder, target).fields[field]]


def test_a_field_is_told_as_read_then_as_each_ruling_made_it(filled: Path) -> None:
    twelve = claim(record(filled), "12 people").id
    one = rule(filled, twelve, "correct", {"value": 14, "group": "women"}, "recounted", ANN)
    two = rule(filled, twelve, "correct", {"value": 15}, "a second list", BEN)
    told = history(filled, twelve[:8])
    read, first, second = told.fields["quantity"]
    assert (read.what, read.before, "value 12" in read.after) == ("read by plain@1", None, True)
    assert first == Step(
        one.seq, ANN.when, "ann", "correct", "recounted", read.after, read.after.replace("12", "14"), "counts"
    )
    assert (second.number, second.who, second.why, "value 15" in second.after) == (
        two.seq,
        "ben",
        "a second list",
        True,
    )
    assert steps(filled, twelve, "group")[1:] == [("correct", "all", "women", "counts")]
    assert steps(filled, twelve, "stands")[1:] == [("correct", "as read, nobody ruled", "accepted", "counts")]
    assert len(told.fields["measure"]) == 1


def test_a_ruling_on_two_fields_of_which_one_is_overruled_keeps_the_other_when_that_is_withdrawn(filled: Path) -> None:
    twelve = claim(record(filled), "12 people").id
    rule(filled, twelve, "correct", {"value": 14, "group": "women"}, "recounted", ANN)
    two = rule(filled, twelve, "correct", {"value": 15}, "a second list", BEN)
    rule(filled, f"#{two.seq}", "withdraw", {}, "the same list", ANN)
    values = [after.partition("value ")[2].partition(",")[0] for _, _, after, _ in steps(filled, twelve, "quantity")]
    assert values == ["12", "14", "15", "14"]
    assert [state for *_, state in steps(filled, twelve, "quantity")] == [
        "", "counts", f"taken back by #{two.seq + 1}", "counts",
    ]  # fmt: skip
    assert [after for _, _, after, _ in steps(filled, twelve, "group")] == ["all", "women"]


def test_a_withdrawal_that_is_withdrawn_puts_the_field_back(filled: Path) -> None:
    twelve = claim(record(filled), "12 people").id
    one = rule(filled, twelve, "reject", {}, "rescued", ANN)
    two = rule(filled, f"#{one.seq}", "withdraw", {}, "not rescued", BEN)
    rule(filled, f"#{two.seq}", "withdraw", {}, "rescued after all", ANN)
    assert [(what, after) for what, _, after, _ in steps(filled, twelve, "stands")] == [
        ("read by plain@1", "as read, nobody ruled"),
        ("reject", "rejected"),
        (f"withdraw #{one.seq}", "as read, nobody ruled"),
        (f"withdraw #{two.seq}", "rejected"),
    ]
    assert [one.state for one in fates(record(filled).rulings)] == [
        "counts", f"taken back by #{two.seq + 1}", "counts",
    ]  # fmt: skip


def test_a_claim_is_followed_from_incident_to_incident(filled: Path) -> None:
    now = record(filled)
    forty, twelve = claim(now, "40 people"), claim(now, "12 people")
    rule(filled, forty.id, "link", {"incident": twelve.incident or ""}, "the same river", ANN)
    made = rule(filled, forty.incident or "", "merge", {"into": twelve.incident or ""}, "one event", ANN)
    rule(filled, f"#{made.seq}", "withdraw", {}, "two events", BEN)
    rule(filled, forty.id, "unlink", {}, "no event at all", BEN)
    where = [after.partition(" ")[0] for _, _, after, _ in steps(filled, forty.id, "incident")]
    assert where == [forty.incident, twelve.incident, "none"]
    five = next(one for one in now.claims if one.said == "5 people")
    assert [after.partition(" ")[0] for _, _, after, _ in steps(filled, five.id, "incident")] == [
        five.incident, twelve.incident, five.incident,
    ]  # fmt: skip
    assert [one.id for one in record(filled).incidents] == [one.id for one in now.incidents]


def test_a_merge_that_is_taken_back_gives_the_ids_back(filled: Path) -> None:
    before = record(filled)
    arvelle, dorn = claim(before, "12 people").incident or "", claim(before, "40 people").incident or ""
    made = rule(filled, dorn, "merge", {"into": arvelle}, "one event", ANN)
    merged = history(filled, dorn)
    assert merged.id == arvelle
    assert [(one.what, one.after) for one in merged.fields["merged"]] == [("merge", f"{dorn} is one with {arvelle}")]
    rule(filled, f"#{made.seq}", "withdraw", {}, "two events", BEN)
    assert record(filled).incidents == before.incidents
    assert [one.state for one in history(filled, dorn).fields["merged"]] == [f"taken back by #{made.seq + 1}", "counts"]


def test_an_incident_that_a_split_began_tells_of_that_and_computes_nothing_of_the_log(filled: Path) -> None:
    forty = claim(record(filled), "40 people")
    made = rule(filled, forty.id, "split", {}, "another river", ANN)
    told = history(filled, split_id(forty.id)).fields
    assert [(one.number, one.what, one.after) for one in told["decided"]] == [(made.seq, "split", f"split {forty.id}")]
    assert "claims" not in told


def test_the_date_of_a_merged_incident_is_its_own(filled: Path) -> None:
    before = record(filled)
    arvelle, dorn = claim(before, "12 people").incident or "", claim(before, "40 people").incident or ""
    alone = history(filled, arvelle).fields
    rule(filled, dorn, "merge", {"into": arvelle}, "one event", ANN)
    both = history(filled, arvelle).fields
    assert (both["date"], both["place"]) == (alone["date"], alone["place"])


def test_an_incident_tells_of_its_birth_what_joined_and_its_date_over_time(folder: Path, tmp_path: Path) -> None:
    texts = dict(TEXTS)
    paths = [str(path) for path in write(tmp_path / "in", texts)]
    add(folder, paths[:1], ANN, reader=PLAIN)
    (first,) = record(folder).incidents
    add(folder, paths[1:], replace(BEN, when="2031-05-11T08:00:00Z"), reader=PLAIN)
    told = history(folder, first.id).fields
    assert [one.what for one in told["claims"]] == ["born", "joined"]
    assert told["claims"][0].after == f"{first.id}: 2 claims of 1 report"
    assert told["place"][0].after.startswith("Arvelle")
    assert told["date"][0].number == told["claims"][0].number
    rule(folder, first.id, "grade", {"grade": "fair"}, "two sources", ANN)
    rule(folder, first.id, "note", {}, "see the map", BEN)
    told = history(folder, first.id).fields
    assert [(one.before, one.after) for one in told["grade"]] == [(None, "fair")]
    assert [one.after for one in told["notes"]] == ["see the map"]


def test_readers_and_their_versions_are_told_and_rulings_stay(filled: Path, inputs: list[str]) -> None:
    twelve = claim(record(filled), "12 people").id
    rule(filled, twelve, "correct", {"value": 14}, "recounted", ANN)
    add(filled, inputs, BEN, reader=WIDE)
    now = next(one for one in record(filled).claims if one.said.startswith("12 people"))
    told = history(filled, now.id)
    assert [one.reader for one in told.readings] == ["plain@1", "plain@2"]
    assert [one.what for one in told.fields["quantity"]] == ["read by plain@2", "correct"]


def test_what_is_nowhere_is_one_line(filled: Path) -> None:
    with pytest.raises(UsageError, match="no incident 'nowhere'; there are: "):
        history(filled, "nowhere")
