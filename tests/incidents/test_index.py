"""The index of happenings: the same groups in whatever order they come, and as many steps for the last as the first."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from incident_texts import GAZETTEER, read, report

from tollbook.incidents import blocks, index
from tollbook.incidents.index import Index
from tollbook.incidents.nodes import nodes_of, placed, told_of
from tollbook.incidents.traits import Node
from tollbook.model import DateRange

TOWNS = ("Zarand", "Qeshm", "Bam", "Ravar")
DEEDS = ("A fire in a mill in {town} killed {n} people on {day}.", "On {day} a flood in {town} left {n} people dead.")
PEOPLE = ("Mahin Rastvand", "Orlo Tessan", "Belda Kuroy")


def stories(seed: int, size: int) -> list[Node]:
    """Nodes of reports of a few fires and floods of a month in a few towns."""
    rng, nodes = random.Random(seed), list[Node]()
    for number in range(size):
        day = rng.randint(1, 12)
        said = rng.choice(DEEDS).format(town=rng.choice(TOWNS), n=rng.choice((12, 31, 47)), day=f"{day} March 2011")
        text = f"{said} Governor {rng.choice(PEOPLE)} said so."
        one = report(f"r{number}", text, f"2011-03-{day + 1:02}")
        nodes += placed(nodes_of(one, read(one), told_of(one, read(one)), GAZETTEER), len(nodes), None)
    return nodes


STORIES = stories(1, 40)


def many(size: int, copies: int = 1) -> list[Node]:
    """So many nodes, some for each day, and the days more than a year apart."""
    node, made = STORIES[0], []
    for number in range(size):
        day = dt.date(2011, 3, 1) + dt.timedelta(days=400 * (number // copies))
        date = DateRange(day, day, "day", "date in the text")
        made.append(replace(node, index=number, report=f"r{number:05}", date=date))
    return made


def by_chance(left: Node, right: Node) -> float:
    """A score that only the two nodes decide, of all sizes, whatever real reasons weigh."""
    return crc32(f"{left.key} {right.key}".encode()) % 100 / 10 - 6.5


def told(made: Index) -> set[frozenset[tuple[str, int, str]]]:
    return {frozenset(made.nodes[number].key for number in group) for group in made.groups}


def indexed(portions: Sequence[Sequence[Node]], *, each: bool = False) -> Index:
    made = Index()
    for nodes in portions:
        made.add(nodes)
        if each:
            made.regroup()
    made.regroup()
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False), st.lists(st.integers(1, 9), max_size=12), st.booleans())
def test_any_order_and_portions_give_the_groups_of_all_at_once(
    monkeypatch: pytest.MonkeyPatch, rng: random.Random, sizes: list[int], each: bool
) -> None:
    monkeypatch.setattr(blocks, "LARGEST_OF_WORDS", 4)  # so that words are dropped and windows overflow
    monkeypatch.setattr(blocks, "WINDOW", 3)
    monkeypatch.setattr(index, "PART", 6)
    monkeypatch.setattr(index, "value", by_chance)
    shuffled = rng.sample(STORIES, len(STORIES))
    numbered = [replace(node, index=number) for number, node in enumerate(shuffled)]
    portions, start = [], 0
    for size in sizes:
        portions.append(numbered[start : start + size])
        start += size
    portions.append(numbered[start:])
    whole = told(indexed([STORIES]))
    assert told(indexed(portions, each=each)) == whole
    assert 1 < len(whole) < len(STORIES)


def test_what_is_untouched_is_not_grouped_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "value", by_chance)
    made = indexed([STORIES[:-1]])
    before = set(made.groups)
    made.add(STORIES[-1:])
    changes = made.regroup()
    assert changes.new
    assert set(made.groups) == before - set(changes.gone) | set(changes.new)
    assert not made.regroup().new


def test_the_last_report_meets_no_more_than_the_first_hundred() -> None:
    steps = []
    for size in (202, 1002):
        nodes = many(size + 1, copies=4)
        made = indexed([nodes[:size]])
        before = made.compared
        made.add([nodes[size]])
        made.regroup()
        steps.append(made.compared - before)
    assert 0 < steps[1] <= steps[0] + blocks.WINDOW


def test_a_thousand_copies_of_one_story_are_not_compared_pair_by_pair() -> None:
    made = indexed([[replace(node, family=1) for node in many(1000, copies=1000)]])
    assert len(made.groups) == 1
    assert made.compared < 1000 * 200
