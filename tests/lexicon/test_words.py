"""Every expression of measures.toml and groups.toml gives its measure or group in the sentence that words.toml has."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from claims_reading import reading_of

from tollbook.lexicon import load

SENTENCES = tomllib.loads((Path(__file__).parents[1] / "cases" / "words.toml").read_text(encoding="utf-8"))
FORMS = ("base", "third", "past", "participle", "ing")
EXPRESSIONS = [
    (measure, kind, expression)
    for measure, kinds in load("en").table("measures").items()
    for kind, expressions in kinds.items()
    for expression in expressions
]


def sentences(measure: str, kind: str, expression: str) -> list[str]:
    """The sentences of a kind with an expression in them; its own or its measure's come before those of any."""
    spelled = [form.replace("_", " ") for form in expression.split()]
    words = dict(zip(FORMS, spelled, strict=True)) if len(spelled) == len(FORMS) else {"words": spelled[0]}
    words |= {"Ing": words["ing"].capitalize()} if "ing" in words else {}
    words["things"] = SENTENCES["things"].get(measure, "people")
    table = SENTENCES[kind]
    return [sentence.format(**words) for sentence in table.get(expression, table.get(measure, table.get("any", ())))]


@pytest.mark.parametrize(("measure", "kind", "expression"), EXPRESSIONS)
def test_an_expression_gives_its_measure(measure: str, kind: str, expression: str) -> None:
    for sentence in sentences(measure, kind, expression):
        read = {(claim.measure, claim.quantity.value) for claim in reading_of(sentence).claims}
        said = (1,) if kind == "fate" else (12, 42, 12000)
        assert any((measure, value) in read for value in said), (sentence, read)


def test_every_kind_has_a_sentence() -> None:
    assert not [row for row in EXPRESSIONS if not sentences(*row)]


PEOPLE = load("en").table("groups")
NAMED = [
    *((group, noun.split()[-1].replace("_", " ")) for group, nouns in PEOPLE["people"].items() for noun in nouns),
    *((group, word.replace("_", " ") + " people") for group, words in PEOPLE["modifiers"].items() for word in words),
]


@pytest.mark.parametrize(("group", "words"), NAMED)
def test_a_noun_gives_its_group(group: str, words: str) -> None:
    sentence = SENTENCES["groups"].get(words, SENTENCES["groups"]["any"]).format(words=words)
    (claim,) = reading_of(sentence).claims
    assert (claim.quantity.value, claim.group) == (12, group)


def test_a_noun_belongs_to_one_group() -> None:
    nouns = [noun for nouns in PEOPLE["people"].values() for noun in nouns]
    assert len(nouns) == len(set(nouns))
