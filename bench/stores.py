"""What a project costs in either store: adding reports, adding one more, showing all, verifying.

    python bench/stores.py [--size 200] [--times 3]

The reports are those of `growth.py`. PostgreSQL runs beside it on this machine, with fsync on. For each command, the
best of some: seconds of processor time, for PostgreSQL with that of the server's processes, and by the clock; then the
processor time in PostgreSQL beside that in SQLite.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools"), str(ROOT / "bench")]

from growth import write  # noqa: E402
from own_postgres import Server, server  # noqa: E402
from speed import Cost, spent  # noqa: E402

PROGRAM = [sys.executable, "-m", "tollbook"]
Measured = dict[str, tuple[Cost, float]]


def used(running: Server) -> float:
    """Processor seconds of a server and of all its processes that have ended."""
    told = Path(f"/proc/{running.process.pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


def measured(running: Server, scratch: Path, size: int, store: str, turn: int) -> Measured:
    """Each command's cost once, in a new project."""
    folder, most, one = scratch / f"{store}{turn}", scratch / "most.jsonl", scratch / "one.jsonl"
    where = ["--store", running.address(f"bench_{turn}")] if store == "postgresql" else []
    spent([*PROGRAM, "init", str(folder), *where], 1)
    asked = {
        f"add of {size}": ["add", str(most), "--jobs", "1"], "add of one more": ["add", str(one), "--jobs", "1"],
        "show": ["show", "--json"], "verify": ["verify"],
    }  # fmt: skip
    costs = {}
    for name, command in asked.items():
        before = used(running)
        cost, _ = spent([*PROGRAM, *command, "--project", str(folder)], size)
        costs[name] = cost, used(running) - before
    return costs


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=200, metavar="N")
    parser.add_argument("--times", type=int, default=3, metavar="N")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, server() as running:
        scratch = Path(place)
        write(scratch / "most.jsonl", args.size + 1, 1)
        *rows, last = (scratch / "most.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        (scratch / "most.jsonl").write_text("".join(rows), encoding="utf-8")
        (scratch / "one.jsonl").write_text(last, encoding="utf-8")
        found = {
            store: [measured(running, scratch, args.size, store, turn) for turn in range(args.times)]
            for store in ("sqlite", "postgresql")
        }
    print("| | SQLite: processor s | clock s | PostgreSQL: processor s | of that the server | clock s | ratio |")
    print("|---|---|---|---|---|---|---|")
    for name in found["sqlite"][0]:
        file = min((turn[name][0] for turn in found["sqlite"]), key=lambda cost: cost.processor)
        cost, served = min((turn[name] for turn in found["postgresql"]), key=lambda one: one[0].processor + one[1])
        whole = cost.processor + served
        print(
            f"| {name} | {file.processor:.2f} | {file.clock:.2f} | {whole:.2f} | {served:.2f} | {cost.clock:.2f} "
            f"| {whole / file.processor:.2f} × |"
        )


if __name__ == "__main__":
    main()
