"""The fit of confidences: calibration error, ranking, and weights that an event left out doesn't see."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = Path(__file__).parents[2] / "tools" / "fit_confidence.py"
    spec = importlib.util.spec_from_file_location("fit_confidence", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fit_confidence"] = module
    spec.loader.exec_module(module)
    return module


def claims(tool: ModuleType, event: str, trait: str, right: int, wrong: int) -> list[object]:
    return [tool.Judged(event, frozenset({trait}), 0.5, at < right) for at in range(right + wrong)]


def test_the_error_is_the_gap_between_confidence_and_share_right(tool: ModuleType) -> None:
    assert tool.calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0)
    assert tool.calibration_error([0.95, 0.95, 0.15, 0.15], [True, False, False, False]) == pytest.approx(0.3)
    assert tool.bins([1.0, 0.05], [True, False]) == [(1, 0.05, 0.0), (1, 1.0, 1.0)]


def test_ranking_counts_pairs_of_right_and_wrong(tool: ModuleType) -> None:
    assert tool.ranked([0.9, 0.8, 0.1], [True, True, False]) == 1
    assert tool.ranked([0.5, 0.5], [True, False]) == 0.5


def test_a_trait_gets_the_share_right_that_it_has(tool: ModuleType) -> None:
    some = claims(tool, "a", "near", 90, 10) + claims(tool, "a", "far", 40, 60) + claims(tool, "a", "rare", 0, 3)
    weights = tool.fit(some)
    assert weights["near"] > weights["far"]
    assert "rare" not in weights
    assert tool.believed(weights, some[0]) == pytest.approx(0.9, abs=0.03)
    assert tool.believed(weights, some[100]) == pytest.approx(0.4, abs=0.03)


def test_an_event_left_out_has_no_say_in_its_own_confidence(tool: ModuleType) -> None:
    some = claims(tool, "a", "near", 40, 0) + claims(tool, "b", "near", 10, 30)
    believed = tool.left_out(some)
    assert believed[0] == pytest.approx(0.25, abs=0.03)
    assert believed[-1] > 0.9


def test_the_table_is_toml(tool: ModuleType) -> None:
    made = tomllib.loads(tool.table({"base": 1.25, "how noun": -0.5}))
    assert made == {"base": 1.25, "weights": {"how noun": -0.5}}
