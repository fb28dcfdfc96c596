"""Every case of tests/cases/{quantities,claims}.toml, asserted exactly."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from claims_reading import reading_of

from tollbook.claims import quantities
from tollbook.lexicon import load
from tollbook.model import Claim
from tollbook.text import tokens

CASES = Path(__file__).parents[1] / "cases"


def cases(name: str) -> list[Any]:
    rows = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(row, id=row["text"][:60]) for row in rows]


@pytest.mark.parametrize("case", cases("quantities"))
def test_a_figure_is_read_with_its_bound(case: dict[str, Any]) -> None:
    sentence = tokens(case["text"])
    (figure,) = quantities.find(sentence, load("en"))
    read = figure.quantity
    said = case["text"][sentence[figure.first].start : sentence[figure.last - 1].end]
    assert (said, read.value, read.low, read.high, str(read.bound)) == (
        case["said"], case.get("value"), case["low"], case.get("high"), case["bound"],
    )  # fmt: skip


def shown(claim: Claim) -> str:
    low, high = claim.quantity.low, claim.quantity.high
    interval = f"{claim.quantity.bound} {low}-{'' if high is None else high}"
    return " | ".join([claim.said, claim.measure, claim.group, interval, claim.basis, claim.modality])


@pytest.mark.parametrize("case", cases("claims"))
def test_a_text_gives_its_claims(case: dict[str, Any]) -> None:
    typed = [claim for claim in reading_of(case["text"]).claims if claim.measure != "other"]
    assert sorted(map(shown, typed)) == sorted(case["claims"])


def test_a_part_names_its_whole() -> None:
    claims = {claim.said: claim for claim in reading_of("The fire killed 9 people, including 4 children.").claims}
    assert claims["4 children"].part_of == claims["9 people"].id
    assert claims["9 people"].part_of is None


def test_a_share_names_the_figure_it_is_worked_out_from() -> None:
    claims = {claim.said: claim for claim in reading_of("Two thirds of the 90 passengers were killed.").claims}
    share, whole = claims["Two thirds"], claims["the 90 passengers"]
    assert (share.quantity.value, share.unit, share.computed_from) == (60, "person", (whole.id,))
    assert (whole.measure, whole.computed_from) == ("other", ())


def test_a_bound_of_open_scope_keeps_the_other_reading() -> None:
    claims = {claim.said: claim for claim in reading_of("At least 12 people were killed and 20 wounded.").claims}
    (other,) = claims["20 wounded"].alternatives
    assert (other.low, other.high, str(other.bound)) == (20, None, "at_least")


def test_the_trigger_stands_on_its_words() -> None:
    text = "In all, 12 people were badly hurt."
    (claim,) = reading_of(text).claims
    assert claim.trigger is not None
    assert claim.trigger.of(text) == "hurt"


def test_the_title_is_read_as_its_own_part() -> None:
    reading = reading_of("Nothing more is known.", title="Three killed in Morva fire")
    (claim,) = reading.claims
    assert (claim.span.part, claim.said, claim.measure) == ("title", "Three killed", "killed")


def test_an_unread_language_gives_no_claims() -> None:
    from dataclasses import replace

    from claims_reading import report_of

    from tollbook.claims import read

    assert read(replace(report_of("12 people were killed."), language="fr"), load("en")).claims == ()
