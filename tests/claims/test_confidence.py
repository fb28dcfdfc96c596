"""Confidence: a probability by the traits of a reading, the same for the same traits."""

from __future__ import annotations

from claims_reading import reading_of

from tollbook.lexicon import load


def confidence(text: str, measure: str) -> float:
    return next(claim.confidence for claim in reading_of(text).claims if claim.measure == measure)


def test_a_number_with_a_plain_verb_is_surer_than_a_lone_boy() -> None:
    number = confidence("The storm killed 12 people.", "killed")
    assert 0.9 < number < 1
    assert confidence("Nobody could say why the boy was killed.", "killed") < number


def test_a_vague_word_is_less_sure_than_a_number() -> None:
    assert confidence("Dozens were injured.", "injured") < confidence("Forty people were injured.", "injured")


def test_distance_makes_no_difference() -> None:
    near = confidence("Twelve people were killed.", "killed")
    assert confidence("Twelve people in the village on the lake were killed.", "killed") == near


def test_every_claim_has_a_probability() -> None:
    text = "Oster, 3 May. Six died, two of them children; 12 houses burned. Costs of $40,000 are feared."
    claims = reading_of(text).claims
    assert claims
    assert all(0 < claim.confidence < 1 for claim in claims)


def test_weights_are_numbers_by_trait() -> None:
    table = load("en").table("confidence")
    assert isinstance(table["base"], float)
    assert {"death", "lone", "vague", "other"} <= table["weights"].keys()
    assert all(isinstance(weight, float) for weight in table["weights"].values())
