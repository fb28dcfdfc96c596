"""Draw pairs of reports to be labelled as copies or not, over the whole band of likeness, without looking at a matcher.

    python bench/copies/draw.py GVA.jsonl... > pairs.csv

The files are the shooting benchmark's. Every pair of reports of one incident is a candidate, and of other pairs those
that share a run of eight words. The band is the share of the shorter text's runs of three words that the other has;
from each tenth of it, and of each of the two sorts, as many are drawn by a fixed seed. Rows hold ids, no text.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

SEED = 20261122
BANDS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
# Of each band so many pairs of one incident, and so many others.
SAME, OTHER = 15, 6
FEWEST_WORDS = 60
# A run of eight words in more reports than this is a page's furniture.
FURNITURE = 25
_WORD = re.compile(r"[a-z0-9']+")

Pair = tuple[str, str]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """All runs of so many words of a text."""
    words = _WORD.findall(text.lower())
    return set(zip(*(words[i:] for i in range(length)), strict=False))


def containment(left: set[tuple[str, ...]], right: set[tuple[str, ...]]) -> float:
    """The share of the smaller set that the other holds."""
    return len(left & right) / max(1, min(len(left), len(right)))


def candidates(rows: dict[str, dict[str, object]]) -> dict[Pair, bool]:
    """Pairs worth a look, each with whether both are of one incident."""
    members, holders = defaultdict(list), defaultdict(list)
    for name, row in rows.items():
        members[row["incident"]].append(name)
        for run in runs(str(row["text"]), 8):
            holders[run].append(name)
    pairs = {pair: True for names in members.values() for pair in combinations(sorted(names), 2)}
    for names in holders.values():
        if 1 < len(names) <= FURNITURE:
            for pair in combinations(sorted(names), 2):
                pairs.setdefault(pair, False)
    return pairs


def main() -> None:
    rows: dict[str, dict[str, object]] = {}
    for file in map(Path, sys.argv[1:]):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if len(row["text"].split()) >= FEWEST_WORDS and len(row["gold"]["incidents"]) == 1:
                incident = row["gold"]["incidents"][0]["incident_id"]
                rows[row["id"]] = {"text": row["text"], "incident": incident, "split": file.name.split(".")[1]}
    grams = {name: runs(str(row["text"]), 3) for name, row in rows.items()}
    bins: dict[tuple[int, bool], list[Pair]] = defaultdict(list)
    for (a, b), same in sorted(candidates(rows).items()):
        share = containment(grams[a], grams[b])
        bins[max(i for i, edge in enumerate(BANDS) if edge <= share), same].append((a, b))
    chance = random.Random(SEED)
    drawn = []
    used: Counter[str] = Counter()
    for (_, same), pairs in sorted(bins.items()):
        chance.shuffle(pairs)
        # No text stands in more than three pairs, so that no single story weighs much.
        kept = []
        for pair in pairs:
            if len(kept) < (SAME if same else OTHER) and all(used[name] < 3 for name in pair):
                kept.append(pair)
                used.update(pair)
        drawn += kept
    chance.shuffle(drawn)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["a", "b", "containment"])
    for a, b in drawn:
        writer.writerow([a, b, f"{containment(grams[a], grams[b]):.3f}"])


if __name__ == "__main__":
    main()
