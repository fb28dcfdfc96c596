"""How many faults of a sheet `tollbook check` finds, and how many rows it faults that are right.

    python bench/check/score.py CORPUS SHEET...

CORPUS is the folder from which `faults.py` made the sheets, each SHEET a folder that it wrote. A fault is found where
the verdict is any but "supported"; "named" counts those whose verdict tells the kind of fault, for what is transposed
or above its whole.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SUPPORTED = "supported"
NAMES = {"swapped digits": "looks transposed", "part over whole": "exceeds its whole"}


def verdicts(sheet: Path, corpus: Path) -> list[tuple[str, str]]:
    """The fault of each row, or none, and its verdict."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out"
        words = ["-m", "tollbook", "check", str(sheet / "sheet.csv"), "--sources", str(corpus), "--out", str(out)]
        done = subprocess.run([sys.executable, *words], cwd=ROOT / "src", capture_output=True, text=True, check=False)
        if not (out / "sheet.csv").exists():
            raise SystemExit(done.stderr)
        with (out / "sheet.csv").open(encoding="utf-8") as rows, (sheet / "key.csv").open(encoding="utf-8") as key:
            pairs = zip(csv.DictReader(rows), csv.DictReader(key), strict=True)
            return [(fault["fault"], cells["figure: verdict"]) for cells, fault in pairs]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("sheets", type=Path, nargs="+")
    given = parser.parse_args()
    print("| sheet | rows | faults | found | of these named | false alarms | missed |")
    print("|---|---|---|---|---|---|---|")
    for sheet in given.sheets:
        found = verdicts(sheet.resolve(), given.corpus.resolve())
        faulty = [(fault, verdict) for fault, verdict in found if fault]
        hit = [(fault, verdict) for fault, verdict in faulty if verdict != SUPPORTED]
        named = sum(NAMES.get(fault) == verdict for fault, verdict in hit)
        alarms = sum(not fault and verdict != SUPPORTED for fault, verdict in found)
        missed = Counter(fault for fault, verdict in faulty if verdict == SUPPORTED)
        told = ", ".join(f"{fault} {count}" for fault, count in sorted(missed.items()))
        print(f"| {sheet.name} | {len(found)} | {len(faulty)} | {len(hit)} | {named} | {alarms} | {told} |")


if __name__ == "__main__":
    main()
