"""What people rule in a project, and what becomes of its figures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from project_values import ANN, BEN, BOTH, PLAIN, claim, figure, log

from tollbook.errors import UsageError
from tollbook.pipeline.project import add, explain, find_figure, record, rule, verify
from tollbook.pipeline.regroup import split_id

STORES = BOTH


def test_a_rejected_claim_supports_nothing_and_comes_back_when_that_is_withdrawn(filled: Path) -> None:
    before = record(filled)
    twelve = claim(before, "12 people")
    assert twelve.id in figure(before).supports
    made = rule(filled, twelve.id, "reject", {}, "the board withdrew it", ANN)
    after = record(filled)
    assert twelve.id not in figure(after).supports
    assert "the board withdrew it" in next(one.why for one in figure(after).set_aside if one.claim == twelve.id)
    rule(filled, f"#{made.seq}", "withdraw", {}, "the board confirmed it", BEN)
    assert record(filled).findings == before.findings
    assert verify(filled) == ()


def test_a_corrected_claim_counts_as_corrected_and_keeps_its_words(filled: Path) -> None:
    forty = claim(record(filled), "40 people")
    rule(filled, forty.id[:8], "correct", {"value": 41, "bound": "at_least"}, "recounted", ANN)
    found = figure(record(filled), year=2030)
    assert (found.low, found.best) == (41, 41)
    assert claim(record(filled), "40 people").said == "40 people"


def test_the_same_ruling_again_is_one_event(filled: Path) -> None:
    target = claim(record(filled), "12 people").id
    made = rule(filled, target, "reject", {}, "seen", ANN)
    events = log(filled)
    assert rule(filled, target, "reject", {}, " seen ", replace(ANN, when="2032-01-01T00:00:00Z")) == made
    assert log(filled) == events
    assert rule(filled, target, "reject", {}, "seen", BEN).seq == made.seq + 1
    assert rule(filled, target, "accept", {}, "seen after all", ANN).seq == made.seq + 2
    assert rule(filled, target, "reject", {}, "seen", ANN).seq == made.seq + 3


def test_a_claim_is_linked_elsewhere_and_split_off(filled: Path) -> None:
    before = record(filled)
    forty, twelve = claim(before, "40 people"), claim(before, "12 people")
    rule(filled, forty.id, "link", {"incident": twelve.incident or ""}, "the same river", ANN)
    assert claim(record(filled), "40 people").incident == twelve.incident
    assert figure(record(filled)).high == 40
    rule(filled, forty.id, "split", {}, "after all another", ANN)
    assert claim(record(filled), "40 people").incident == split_id(forty.id)
    rule(filled, forty.id, "unlink", {}, "no event at all", BEN)
    assert claim(record(filled), "40 people").incident is None


def test_merged_incidents_stay_merged_when_more_is_added(folder: Path, inputs: list[str]) -> None:
    add(folder, inputs[:3], ANN, reader=PLAIN)
    before = record(folder)
    dorn, arvelle = claim(before, "40 people").incident or "", claim(before, "12 people").incident or ""
    rule(folder, dorn, "merge", {"into": arvelle[:6]}, "one and the same", ANN)
    add(folder, inputs[3:], ANN, reader=PLAIN)
    (one,) = record(folder).incidents
    assert (one.id, one.aliases) == (arvelle, (dorn,))
    rule(folder, dorn, "note", {}, "found by its old name", ANN)
    assert record(folder).rulings[-1].values == {"incident": arvelle}


def test_a_ruling_on_a_title_does_not_pass_to_another_title(folder: Path, tmp_path: Path) -> None:
    def add_titled(title: str) -> None:
        row = {"id": "r", "text": "Rescuers went on searching in Tessavar on Monday.", "title": title}
        (tmp_path / "in.jsonl").write_text(json.dumps({**row, "published": "2031-05-02"}) + "\n", encoding="utf-8")
        assert add(folder, [str(tmp_path / "in.jsonl")], ANN).failed == ()

    add_titled("12 people killed in Tessavar flood")
    (before,) = record(folder).claims
    made = rule(folder, before.id, "reject", {}, "another flood", ANN)
    assert [one.set_aside[0].why for one in record(folder).findings] == ["rejected by ann: another flood"]
    add_titled("14 people killed in Tessavar flood")
    after = record(folder)
    assert [one.said for one in after.claims] == ["14 people"]
    assert [(one.low, one.set_aside) for one in after.findings] == [(14, ())]
    (notice,) = [one for one in after.reports[0].notices if one.code == "loose_ruling"]
    assert (f"ruling {made.seq} (reject)" in notice.message, notice.start) == (True, None)
    add_titled("12 people killed in Tessavar flood")
    assert record(folder).findings[0].supports == ()


@pytest.mark.parametrize(
    ("target", "action", "values", "line"),
    [
        ("ffff", "accept", {}, "no claim or incident 'ffff'"),
        ("12 people", "aprove", {}, "no action 'aprove'; there are: accept"),
        ("12 people", "correct", {"value": -2}, "'value' can't be negative"),
        ("12 people", "correct", {"measure": "drowned"}, "no measure 'drowned'; there are:"),
        ("12 people", "correct", {"group": "wommen"}, "no group 'wommen'; did you mean 'women'?"),
        ("12 people", "correct", {"measure": None}, "'measure' can't be empty"),
        ("12 people", "correct", {"word": "dozens"}, "'word' is of a vague figure; write bound=vague low=… too"),
        ("12 people", "correct", {"country": "Arvelle"}, "'country' needs a code of two capitals, not 'Arvelle'"),
        ("12 people", "correct", {"chain": "A", "source": "B"}, "'correct' takes either the whole chain or its source"),
        ("12 people", "unmask", {"name": "Orsa Lindal"}, "no report has the name 'Orsa Lindal'"),
        ("12 people", "link", {"incident": "ffff"}, "no incident 'ffff'"),
        ("12 people", "merge", {"into": "x"}, "'merge' is about an incident, not a claim"),
        ("#99", "withdraw", {}, "no ruling '#99'; there are: none"),
        ("#1", "withdraw", {}, "no ruling '#1'"),
        ("incident", "accept", {}, "'accept' is about a claim, not an incident"),
        ("incident", "merge", {"into": "itself"}, "an incident can't be merged into itself"),
    ],
)
def test_a_ruling_that_does_not_fit_is_one_line_and_no_event(
    filled: Path, target: str, action: str, values: dict[str, str | int | None], line: str
) -> None:
    found = record(filled)
    ids = {"12 people": claim(found, "12 people").id, "incident": found.incidents[0].id}
    given = {name: found.incidents[0].id if value == "itself" else value for name, value in values.items()}
    events = log(filled)
    with pytest.raises(UsageError) as caught:
        rule(filled, ids.get(target, target), action, given, "because", ANN)
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)
    assert log(filled) == events


def test_corrections_that_do_not_go_together_never_enter_the_log(filled: Path) -> None:
    target = claim(record(filled), "12 people").id
    rule(filled, target, "correct", {"low": 10, "high": 14}, "two lists", ANN)
    for values in ({"high": 5}, {"low": 20}, {"value": 3, "bound": "exact", "low": 10, "high": 2}):
        with pytest.raises(UsageError):
            rule(filled, target, "correct", values, "a slip", ANN)
    assert [one.values for one in record(filled).rulings] == [{"low": 10, "high": 14}]


def test_a_figure_of_a_project_is_explained_with_its_ruling(filled: Path) -> None:
    twelve = claim(record(filled), "12 people")
    rule(filled, twelve.id, "accept", {}, "seen the list", ANN)
    told = explain(record(filled), find_figure(record(filled), twelve.id))
    quote = next(one for one in told.quotes if one.claim.id == twelve.id)
    assert quote.before + quote.words + quote.after == "12 people were killed in Arvelle on 1 May 2031, Board said."
    assert [one.why for one in told.rulings] == ["seen the list"]
