"""The weights of the traits of names: that what is always marked weighs more than what never is."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import fit_places


def test_marked_names_get_the_larger_weights(tmp_path: Path) -> None:
    text = "It rained in Nairobi. Mr. Nairobi spoke."
    row = {"id": "a", "url": None, "text": text, "places": [{"start": 13, "end": 20}]}
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    judged = list(fit_places.judged(gold))
    assert [right for _, right in judged] == [True, False]
    _, weights = fit_places.fit([(traits, right, 1.0) for traits, right in judged])
    assert weights["located"] > 0 > weights["title"]
