"""Copies and links are kept up as reports come, go and come again: what is left is what all at once would give."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from incident_texts import report
from test_index import STORIES, by_chance, indexed, told

from tollbook.incidents import blocks, copies, index
from tollbook.incidents.copies import Copies, sampled
from tollbook.incidents.index import Index
from tollbook.incidents.versions import Texts
from tollbook.model import Report

DEEDS = (
    "The {thing} of {town} came down in the night and nobody had heard it fall until the baker went out for water.",
    "A cart with {thing} stood across the road at {town} for an hour while its driver looked for the other wheel.",
    "Three sisters who sell {thing} on the quay of {town} say that the pump was dry before the bells had rung noon.",
    "The clerk of {town} wrote the price of {thing} on the gate and went home, for it had begun to snow by then.",
)
FORMULA = "Whoever saw what happened may come to the old toll house beside the bridge before the lamps are lit again."
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def texts(seed: int, size: int) -> list[Report]:
    """Reports in stories that go round whole, cut short, or with another's sentence; some with a formula."""
    rng, made = random.Random(seed), list[Report]()
    stories = [
        [deed.format(thing=thing, town=town) for deed in rng.sample(DEEDS, 3)]
        for thing, town in (("tower", "Hamm"), ("salt", "Brin"), ("timber", "Orle"), ("barley", "Tarn"))
    ]
    for number in range(size):
        told = list(rng.choice(stories))
        cut = rng.choice((told, told, told[:2], told[1:], [*told[:2], rng.choice(stories)[0]]))
        day = f"2031-04-{rng.randint(1, 9):02}" if rng.random() < 0.9 else None
        text = " ".join([*cut, FORMULA] if rng.random() < 0.6 else cut)
        made.append(report(f"r{number:02}", text, day, publisher=rng.choice(("Post", "Wire", None))))
    return made


SOME = texts(3, 26)


def state(texts: Texts, reports: Sequence[Report]) -> tuple[object, ...]:
    """Ties and versions by the names of reports."""
    name = [one.id for one in reports]
    ties = {
        (name[tie.shorter], name[tie.longer], tie.words, tie.copy, tie.version)
        for some in texts.ties.values()
        for tie in some.values()
    }
    versions: dict[int, set[str]] = {}
    for number, version in texts.versions.items():
        assert version in texts.versions
        versions.setdefault(version, set()).add(name[number])
    return ties, {frozenset(some) for some in versions.values()}, set(texts.formulas)


def portions(rng: random.Random, numbers: Sequence[int]) -> list[list[int]]:
    left, made = list(numbers), []
    while left:
        size = rng.randint(1, len(left))
        made.append(left[:size])
        left = left[size:]
    return made


@QUIET
@given(st.randoms(use_true_random=False), st.booleans())
def test_copies_are_those_of_all_at_once_whatever_came_and_went(
    monkeypatch: pytest.MonkeyPatch, rng: random.Random, each: bool
) -> None:
    monkeypatch.setattr(copies, "BESIDE", 2)
    monkeypatch.setattr(copies, "DAYS", 4)
    shuffled = rng.sample(SOME, len(SOME))
    stay = [number for number in range(len(SOME)) if rng.random() < 0.8]
    whole, grown = Texts(), Texts()
    once = Copies(shuffled.__getitem__, whole)
    once.add({number: sampled(shuffled[number].text) for number in stay})
    once.regroup()
    growing = Copies(shuffled.__getitem__, grown)
    for portion in portions(rng, range(len(SOME))):
        growing.add({number: sampled(shuffled[number].text) for number in portion})
        if each:
            growing.regroup()
        gone = [number for number in portion if rng.random() < 0.3]
        growing.remove(gone)
        if each:
            growing.regroup()
        growing.add({number: sampled(shuffled[number].text) for number in gone})
    growing.remove(set(range(len(SOME))).difference(stay))
    growing.regroup()
    assert state(grown, shuffled) == state(whole, shuffled)
    assert whole.versions


@QUIET
@given(st.randoms(use_true_random=False), st.booleans())
def test_groups_are_those_of_what_is_there_whatever_came_and_went(
    monkeypatch: pytest.MonkeyPatch, rng: random.Random, each: bool
) -> None:
    monkeypatch.setattr(blocks, "LARGEST_OF_WORDS", 4)
    monkeypatch.setattr(blocks, "WINDOW", 3)
    monkeypatch.setattr(index, "PART", 6)
    monkeypatch.setattr(index, "value", by_chance)
    numbered = [replace(node, index=number) for number, node in enumerate(rng.sample(STORIES, len(STORIES)))]
    kept = {node.index for node in numbered if rng.random() < 0.7}
    made = Index()
    for portion in portions(rng, range(len(numbered))):
        made.add([numbered[number] for number in portion])
        if each:
            made.regroup()
        made.remove([number for number in portion if number not in kept])
        if each:
            made.regroup()
    made.regroup()
    assert told(made) == told(indexed([[numbered[number] for number in sorted(kept)]]))


def test_what_changed_names_the_groups_that_are_gone_and_those_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "value", by_chance)
    made = indexed([STORIES])
    before = set(made.groups)
    made.remove([STORIES[5].index])
    changes = made.regroup()
    assert any(STORIES[5].index in group for group in changes.gone)
    assert set(made.groups) == before - set(changes.gone) | set(changes.new)
