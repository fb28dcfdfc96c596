"""The texts for long runs differ from each other, and a peer that isn't there is told, not feared."""

import json
import subprocess
import sys
from itertools import islice
from pathlib import Path

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import speed  # noqa: E402

ROWS = [
    {"id": "a", "text": "Yesterday in Orvella, Mayor Velbrand said 12 people died.", "published": "2015-03-01"},
    {"id": "b", "text": "Police in Karsk arrested Oskari over 3 deaths.", "published": None},
]


def test_texts_go_on_without_copies() -> None:
    rows = list(islice(speed.endless(ROWS), 20))
    assert rows[:2] == ROWS
    assert len({row["id"] for row in rows}) == 20
    assert len({row["text"] for row in rows}) >= 18
    assert rows[2]["published"] == "2015-06-06" and "13 people died" in rows[2]["text"]
    assert rows == list(islice(speed.endless(ROWS), 20))


def test_a_peer_that_is_missing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    words = [sys.executable, "-S", str(BENCH / "speed.py"), "--peer", "quantulum3", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert done.stdout == "null\n" and done.stderr.startswith("quantulum3: ")


def test_a_run_is_timed_and_its_memory_known(tmp_path: Path) -> None:
    source = tmp_path / "some.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    path = speed.written(source, 5, tmp_path / "reports.jsonl")
    cost = speed.tollbook(path, 5, 1, 1)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 5
    assert cost.clock > 0.05 and cost.peak > 10 and cost.rates[0] == 5 / cost.clock
