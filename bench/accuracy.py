"""Run the independent scorers on this checkout and print their table for docs/benchmarks.md.

    python bench/accuracy.py SCOREBOARD [--only NAME ...] [--data DIR]

SCOREBOARD is the scorers' `scoreboard.py`; it reads only the public files that `tollbook run` writes. A row is printed
for each figure, with the commit it was taken on (and "+" where the checkout holds changes).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
COMMAND = f"{sys.executable} -m tollbook run {{reports}} --out {{out}} --annotations"


def commit() -> str:
    """The short id of HEAD."""
    head = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True
    )
    dirty = subprocess.run(
        ["git", "-C", str(ROOT), "status", "--porcelain", "src"], capture_output=True, text=True, check=True
    )
    return head.stdout.strip() + ("+" if dirty.stdout.strip() else "")


def score(scoreboard: Path, only: list[str], data: Path | None) -> list[dict[str, Any]]:
    """The scorers' results, one for each benchmark."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "scoreboard.json"
        words = [sys.executable, str(scoreboard), "--command", COMMAND, "--write", str(out), "--json"]
        words += ["--only", *only] if only else []
        words += ["--data", str(data)] if data else []
        subprocess.run(words, stdout=subprocess.DEVNULL, check=False)
        found: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
        return found


def rows(results: list[dict[str, Any]], at: str) -> list[str]:
    """Markdown rows: benchmark, figure, value, what others reached, commit."""
    lines = []
    for result in results:
        if "failed" in result:
            lines.append(f"| {result['benchmark']} | failed: {result['failed']} | | | {at} |")
        for row in result.get("rows", []):
            plain = row["metric"].split()[-1] in ("km", "rmse", "each")
            shown = "–" if row["score"] is None else f"{row['score']:.1f}" if plain else f"{100 * row['score']:.1f}"
            other = "" if row["reference"] is None else f"{100 * row['reference']:.1f} {row['whose']}"
            lines.append(f"| {row['benchmark']} | {row['metric']} | {shown} | {other} | {at} |")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scoreboard", type=Path, help="the scorers' scoreboard.py")
    parser.add_argument("--only", nargs="+", default=[], help="benchmarks by name")
    parser.add_argument("--data", type=Path, help="another data folder, such as a held-out one")
    args = parser.parse_args()
    if not args.scoreboard.is_file():
        parser.error(f"{args.scoreboard}: no such file; give the path of the scorers' scoreboard.py")
    results = score(args.scoreboard, args.only, args.data)
    print("| benchmark | figure | value | others | commit |\n|---|---|---|---|---|")
    print("\n".join(rows(results, commit())))
    return 1 if any("failed" in result for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
