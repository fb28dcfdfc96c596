"""Fit how much each trait of a name says that it is a place, to texts whose places were marked by hand.

    python tools/fit_places.py OUT GOLD...

OUT is the lexicon's placetraits.toml, each GOLD a file of JSON lines with `id`, `url`, `text` and `places`
([{start, end}]). A logistic regression over the traits that `claims/placetraits.py` gives each part of a name, held
small by PENALTY; a smaller GOLD weighs more, and nothing is drawn by
chance.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from tollbook.claims.places import survey  # noqa: E402
from tollbook.claims.placewords import place_words  # noqa: E402
from tollbook.lexicon import load  # noqa: E402
from tollbook.lexicon.gazetteer import Gazetteer  # noqa: E402
from tollbook.model import Report  # noqa: E402

Floats = npt.NDArray[np.float64]
PENALTY, STEPS, ENOUGH = 3.0, 60, 1e-4
SAME = 0.5  # of the characters of both, so that "Walker" is not the marked "Walker County"
HEADER = """# Made by tools/fit_places.py from names told apart by hand: the weight of each trait of a name (logistic).
# What the traits are is in claims/placetraits.py, how well it does in decision 28.
"""


def judged(gold: Path) -> Iterator[tuple[frozenset[str], bool]]:
    """The parts of names that the gazetteer knows, with their traits, and whether a person marked them."""
    words, gazetteer = place_words(load()), Gazetteer()
    for line in gold.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        marked = [(place["start"], place["end"]) for place in row["places"]]
        sha = hashlib.sha256(row["text"].encode()).hexdigest()
        scene = survey(Report(row["id"], row["text"], sha, sha, url=row.get("url")), words, gazetteer)
        for one in scene.spotted:
            for option in one.options if not one.name.shouted else ():
                start = one.name.start + option.skip
                is_place = any(_same(start, start + len(option.said), *span) for span in marked)
                yield frozenset(scene.traits(one, option)), is_place


def _same(start: int, end: int, left: int, right: int) -> bool:
    return min(end, right) - max(start, left) >= SAME * (max(end, right) - min(start, left))


def fit(rows: list[tuple[frozenset[str], bool, float]]) -> tuple[float, dict[str, float]]:
    """The base and the weight of each trait: Newton's method on the penalised likelihood."""
    traits = sorted({trait for found, _, _ in rows for trait in found})
    x = np.array([[1.0, *(float(trait in found) for trait in traits)] for found, _, _ in rows])
    y, much = np.array([float(right) for _, right, _ in rows]), np.array([weight for _, _, weight in rows])
    small = np.eye(len(traits) + 1) * PENALTY
    small[0, 0] = 0.0
    w: Floats = np.zeros(len(traits) + 1)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ ((p - y) * much) + small @ w
        step = np.linalg.solve((x * (much * p * (1 - p))[:, None]).T @ x + small + 1e-6 * np.eye(len(w)), slope)
        w -= step
        if np.abs(step).max() < ENOUGH:
            break
    return float(w[0]), {trait: float(weight) for trait, weight in zip(traits, w[1:], strict=True)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    args = parser.parse_args()
    sets = [list(judged(gold)) for gold in args.gold]
    most = max(map(len, sets))
    base, weights = fit([(traits, right, (most / len(found)) ** 0.5) for found in sets for traits, right in found])
    lines = [HEADER, f"base = {base:.2f}", "", "[weights]", *(f'"{name}" = {w:.2f}' for name, w in weights.items())]
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
