"""The fit of links: what is shared weighs for, what differs weighs against, and nothing has the wrong sign."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = Path(__file__).parents[2] / "tools" / "fit_links.py"
    spec = importlib.util.spec_from_file_location("fit_links", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fit_links"] = module
    spec.loader.exec_module(module)
    return module


def test_reasons_weigh_by_what_they_tell_and_never_against_their_sense(tool: ModuleType) -> None:
    told = [({"same day": 1.0}, True, 8), ({"same day": 1.0}, False, 2), ({"other street": 1.0}, False, 9),
            ({"other street": 1.0}, True, 1), ({"same hour": 1.0}, False, 9), ({"same hour": 1.0}, True, 1),
            ({}, True, 5), ({}, False, 5)]  # fmt: skip
    weights = tool.fit([tool.Pair(amounts, same, 1.0) for amounts, same, n in told for _ in range(n)])
    assert weights["same day"] > 0 > weights["other street"]
    assert weights["same hour"] == 0


def test_a_pair_counts_as_much_as_its_weight(tool: ModuleType) -> None:
    one = tool.fit([tool.Pair({}, True, 3.0), tool.Pair({"same day": 1.0}, True, 1.0), tool.Pair({}, False, 1.0)])
    many = [tool.Pair({}, True, 1.0)] * 3 + [tool.Pair({"same day": 1.0}, True, 1.0), tool.Pair({}, False, 1.0)]
    assert one["base"] == pytest.approx(tool.fit(many)["base"], abs=0.2)


def test_the_table_keeps_what_is_set_by_hand(tool: ModuleType) -> None:
    made = tomllib.loads(tool.table({"base": -4.0, "words": 19.123, "near": 0.0}, {"base": -2.0, "same day": 1.8}))
    assert made["whole"] == {"base": pytest.approx(-4.0 + tool.LEAN, abs=0.005), "words": 19.12, **tool.BY_HAND}
    assert made["part"] == {"base": -2.0, "same day": 1.8}


def test_signs_are_told_by_names(tool: ModuleType) -> None:
    assert tool.speaks_against("firm dates apart")
    assert tool.speaks_against("other street")
    assert not tool.speaks_against("same street")
