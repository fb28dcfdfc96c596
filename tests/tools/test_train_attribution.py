"""Learning which cues are meant: pairing candidates with marked attributions, and weights that tell them apart."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

TEXT = "The council lambasted the plan. The crew found nine boats. The council lambasted the bridge."


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = Path(__file__).parents[2] / "tools" / "train_attribution.py"
    spec = importlib.util.spec_from_file_location("train_attribution", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["train_attribution"] = module
    spec.loader.exec_module(module)
    return module


def article(at: int) -> dict[str, object]:
    def spans(*pieces: str) -> list[list[object]]:
        return [[TEXT.index(piece), TEXT.index(piece) + len(piece), piece] for piece in pieces]

    marked = {"source": spans("The council"), "cue": spans("lambasted"), "content": spans("the plan")}
    return {"id": f"a{at}", "text": TEXT, "attributions": [marked]}


def test_what_is_marked_gets_weight(tool: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(json.dumps(article(at)) + "\n" for at in range(20))
    (tmp_path / "in.jsonl").write_text(rows, encoding="utf-8")
    paths = [str(tmp_path / "in.jsonl"), str(tmp_path / "in.jsonl"), str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", ["train_attribution.py", *paths, "--epochs", "3"])
    tool.main()
    first = (tmp_path / "out" / "weights.json").read_text(encoding="utf-8")
    held = json.loads(first)
    assert "lambast" in held["stems"]
    assert held["signs"]["+2 plan"] > 0 > held["signs"]["+2 bridge"]
    assert "seed 7, 3 epochs" in (tmp_path / "out" / "CARD.md").read_text(encoding="utf-8")
    tool.main()
    assert (tmp_path / "out" / "weights.json").read_text(encoding="utf-8") == first
