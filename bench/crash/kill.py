"""Kill tollbook a thousand times, each time inside a named point, and look at what it leaves.

    python bench/crash/kill.py --kills 1000

Output: a table by point: how often a process died inside it, how often the folder was looked at, how often anything
was lost or half there; with status 1 where it was. The same seed kills at the same points. Needs a C compiler.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from jobs import JOBS, Job
from points import POINTS, Point
from shim import under_shim
from trial import Bench, Outcome, warm
from trial import asked as answers


def plan(kills: int, passed: dict[int, int], seed: int) -> list[tuple[int, int, int]]:
    """Which point each kill dies at, at which pass of it, and its number; points in turn, the pass by chance."""
    chance = random.Random(seed)
    points = sorted(passed)
    return [(points[n % len(points)], chance.randint(1, passed[points[n % len(points)]]), n) for n in range(kills)]


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table into this page, between its marks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--job", action="append", help="only this job; may be given again")
    parser.add_argument("--point", action="append", help="only points with this in their name; may be given again")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(given)
    under_shim()
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        return _run(asked, Path(folder))


def _run(asked: argparse.Namespace, folder: Path) -> int:
    warm(folder / "warm")
    start = time.perf_counter()

    def share(worker: int) -> list[Outcome]:
        bench = Bench(folder / f"worker{worker}", _jobs(asked))
        mine = plan(asked.kills, _chosen(bench.passed, asked), asked.seed)[worker :: asked.processes]
        return [bench.kill(point, nth, random.Random(f"{asked.seed} {number}")) for point, nth, number in mine]

    works = [lambda worker=worker: share(worker) for worker in range(asked.processes)]
    outcomes: list[Outcome] = [one for some in answers(*works, patience=0) for one in some]
    lost = report(outcomes)
    print(f"{len(outcomes)} kills, {lost} lost or half kept; {time.perf_counter() - start:.0f} s, seed {asked.seed}")
    if asked.write:
        write(asked.write, outcomes, f"{len(outcomes)} kills, seed {asked.seed}: {lost} lost or half kept.")
    return 1 if lost or any(not one.landed for one in outcomes) else 0


def _jobs(asked: argparse.Namespace) -> list[Job]:
    return [job for job in JOBS if not asked.job or job.name in asked.job]


def _chosen(passed: dict[int, int], asked: argparse.Namespace) -> dict[int, int]:
    """The points to die at. One that no job passes any more is an error: the table would lack it unseen."""
    unmet = [POINTS[number].name for number, times in passed.items() if not times]
    if unmet:
        raise SystemExit(f"no job passes: {'; '.join(unmet)}")
    wanted = asked.point or [""]
    return {number: times for number, times in passed.items() if any(word in POINTS[number].name for word in wanted)}


def table(outcomes: Iterable[Outcome], points: Sequence[Point] = POINTS) -> str:
    """A line for each point: how often a process died there, was looked at, and had lost anything."""
    rows: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for one in outcomes:
        counted = {"landed": one.landed, "states": one.states, "lost": bool(one.wrong)}
        rows[one.point].update(kills=1, **{name: int(number) for name, number in counted.items()})
    lines = ["| job | point | kills | landed inside | states looked at | lost |", "|---|---|---|---|---|---|"]
    for number, row in sorted(rows.items()):
        told = (points[number].job, points[number].name, *(row[name] for name in ("kills", "landed", "states", "lost")))
        lines.append(f"| {' | '.join(map(str, told))} |")
    return "\n".join(lines)


def report(outcomes: Sequence[Outcome], points: Sequence[Point] = POINTS) -> int:
    """Print the table, and what was wrong; returns how many kills lost anything or left a half."""
    print(table(outcomes, points))
    told = Counter((one.point, state, _alike(line)) for one in outcomes for state, line in one.wrong)
    for (number, state, line), times in sorted(told.items()):
        print(f"{points[number].job}: {points[number].name}; {state} ({times} times): {line}", file=sys.stderr)
    return sum(bool(one.wrong) for one in outcomes)


_MARKS = ("<!-- kills: written by kill.py -->\n", "<!-- end of kills -->")


def write(page: Path, outcomes: Sequence[Outcome], told: str) -> None:
    """Put the table into a page, in place of an earlier one."""
    before, _, rest = page.read_text().partition(_MARKS[0])
    behind = rest.partition(_MARKS[1])[2]
    page.write_text(f"{before}{_MARKS[0]}\n{table(outcomes)}\n\n{told}\n\n{_MARKS[1]}{behind}")


def _alike(line: str) -> str:
    """What is wrong without the names that differ from one kill to the next."""
    short = re.sub(r"[0-9a-f]{16,}|(?<=part-)\w+|(?<=\.out\.)\d+", "…", line.partition("\n")[0])
    return short if len(short) < 150 else f"{short[:150]}…"


if __name__ == "__main__":
    sys.exit(main())
