"""Reports a second of tollbook and of its peers on the same texts, with memory, and the cost of a report as runs grow.

    python bench/speed.py REPORTS [--peers PYTHON] [--reports N] [--sizes N ...] [--times N]

REPORTS is a .jsonl file of reports as `tollbook run` takes them. Each system is one fresh process on the same first N
reports (200): tollbook as the whole of `run --annotations --jobs 1`, its start and the writing included, and with
`--jobs 2`; a peer as one call for each text, its start left out. quantulum3 and recognizers-text read numbers with
their units, or numbers alone, and nothing else: no who, no what, no when. `--peers` is the interpreter of an
environment of their own (`quantulum3 recognizers-text-number emoji<2`); a peer that can't be imported is told missing.

`--sizes` (1000 10000 100000) are the sizes of run for the cost of a report, which is told beside that of the first; a
file with fewer reports is gone through again with other capital words, numbers and dates, so that none is a copy.
Reports a second are given by the clock and by processor time, the second of which doesn't suffer from what else the
machine does; the best of `--times` runs counts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Any

PEERS = ("quantulum3", "recognizers-text")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
_NUMBER = re.compile(r"(?<![\d.,:/-])\d{1,2}(?![\d.,:/-])")
_APART = 97  # days between a report and its next variant
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a number of reports took: seconds by the clock and of processor time, and peak resident memory in MB."""

    reports: int
    clock: float
    processor: float
    peak: float

    @property
    def rates(self) -> tuple[float, float]:
        """Reports a second by the clock and by processor time."""
        return self.reports / self.clock, self.reports / self.processor


# ---- texts ----


def read(path: Path) -> list[Row]:
    """The reports of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def endless(rows: Sequence[Row]) -> Iterator[Row]:
    """The reports, then the reports with other names, numbers and dates, over and over: no two are copies."""
    capitals = sorted({match[0] for row in rows for match in _CAPITAL.finditer(row["text"])})
    for turn in count():
        for row in rows:
            yield varied(row, turn, capitals) if turn else row


def varied(row: Row, turn: int, capitals: Sequence[str]) -> Row:
    """A report with other words of the same kinds, the same ones for the same turn."""
    rng = random.Random(f"{turn} {row['id']}")
    names: dict[str, str] = {}
    swap = lambda match: names.setdefault(match[0], rng.choice(capitals))  # noqa: E731
    text = _NUMBER.sub(lambda match: str(int(match[0]) + turn % 40), _CAPITAL.sub(swap, row["text"]))
    day = row.get("published")
    moved = (dt.date.fromisoformat(day[:10]) + dt.timedelta(days=_APART * turn)).isoformat() if day else None
    return {**row, "id": f"{row['id']}-{turn}", "text": text, "published": moved, "url": None}


# ---- processes ----


def spent(command: Sequence[str], reports: int) -> tuple[Cost, str]:
    """A fresh process, and what it printed. Peak memory is that of its largest process."""
    start = time.perf_counter()
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as installed
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=compiled) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - start
    if process.returncode not in (0, 1):  # 1: some reports could not be read
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return Cost(reports, clock, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6), said


def tollbook(reports: Path, size: int, jobs: int, times: int) -> Cost:
    """The whole of a run, the best of some."""
    costs = []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as out:
            words = [sys.executable, "-m", "tollbook", "run", str(reports), "--out", f"{out}/run", "--annotations"]
            costs.append(spent([*words, "--jobs", str(jobs)], size)[0])
    return min(costs, key=lambda cost: cost.clock)


def peer(python: str, name: str, reports: Path, size: int) -> Cost | None:
    """A peer over the texts in a process of its own; None where it can't be imported."""
    said = json.loads(spent([python, __file__, "--peer", name, str(reports)], size)[1])
    return None if said is None else Cost(size, said["clock"], said["processor"], said["peak"])


def reader(name: str) -> Callable[[str], object] | None:
    """A peer's own call for a text, warmed up; None where it can't be imported."""
    warnings.simplefilter("ignore")
    read_one: Callable[[str], object]
    try:
        if name == "quantulum3":
            read_one = importlib.import_module("quantulum3.parser").parse
        else:
            numbers = importlib.import_module("recognizers_number")
            read_one = partial(numbers.recognize_number, culture=numbers.Culture.English)
    except ImportError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return None
    read_one("At least 12 people were killed.")
    return read_one


def work(name: str, reports: Path) -> int:
    """The inside of a peer's process: seconds over all texts, as JSON."""
    texts, read_one = [row["text"] for row in read(reports)], reader(name)
    if read_one is None:
        print("null")
        return 0
    clock, processor, failed = time.perf_counter(), time.process_time(), 0
    for text in texts:
        try:
            read_one(text)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, ZeroDivisionError, OverflowError):
            failed += 1  # a peer's own slip on a text: it is told, and the text counts as read
    took = {"clock": time.perf_counter() - clock, "processor": time.process_time() - processor}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    if failed:
        print(f"{name}: failed on {failed} texts", file=sys.stderr)
    print(json.dumps({**took, "peak": peak}))
    return 0


# ---- the tables ----


def written(source: Path, size: int, path: Path) -> Path:
    """The first `size` reports, as a file, by a process of its own: a child's peak memory counts its parent's."""
    subprocess.run([sys.executable, __file__, str(source), "--reports", str(size), "--write", str(path)], check=True)
    return path


def write(source: Path, size: int, path: Path) -> int:
    """The inside of that process."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in islice(endless(read(source)), size))
    return 0


def against_peers(source: Path, size: int, python: str, times: int, scratch: Path) -> None:
    """Us and the peers on the same texts."""
    reports = written(source, size, scratch / "reports.jsonl")
    with reports.open(encoding="utf-8") as lines:
        words = sum(len(json.loads(line)["text"].split()) for line in lines) / size
    print(f"{size} reports of {words:.0f} words; {os.cpu_count()} cores\n")
    ours = {f"tollbook, {jobs} process{'es' * (jobs > 1)}": tollbook(reports, size, jobs, times) for jobs in (1, 2)}
    costs: dict[str, Cost | None] = {**ours, **{name: peer(python, name, reports, size) for name in PEERS}}
    one = next(iter(ours.values()))
    print("| system | reports/s | reports/s of processor time | tollbook is | peak MB |\n|---|---|---|---|---|")
    for name, cost in costs.items():
        if cost is None:
            print(f"| {name} | missing | | | |")
            continue
        ratio = "" if name in ours else f"{one.rates[1] / cost.rates[1]:.1f} ×"
        print(f"| {name} | {cost.rates[0]:.1f} | {cost.rates[1]:.1f} | {ratio} | {cost.peak:.0f} |", flush=True)


def as_runs_grow(source: Path, sizes: Sequence[int], scratch: Path) -> None:
    """The cost of a report in runs of several sizes, in one process and in two."""
    print(
        "\n| reports in the run | processes | reports/s | ms of processor time each | of the first run's | peak MB |"
        "\n|---|---|---|---|---|---|"
    )
    first: dict[int, float] = {}
    for size in sizes:
        reports = written(source, size, scratch / "many.jsonl")
        for jobs in (1, 2):
            cost = tollbook(reports, size, jobs, 1)
            each = 1000 / cost.rates[1]
            grown = f"{each / first.setdefault(jobs, each):.2f} ×"
            print(f"| {size:,} | {jobs} | {cost.rates[0]:.1f} | {each:.1f} | {grown} | {cost.peak:.0f} |", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path, help="a .jsonl file of reports")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON", help="an interpreter that has the peers")
    parser.add_argument("--reports", type=int, default=200, dest="size", metavar="N", help="how many texts (200)")
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000], metavar="N")
    parser.add_argument("--times", type=int, default=3, metavar="N", help="runs of which the best counts (3)")
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if not args.reports.is_file():
        parser.error(f"{args.reports}: no such file; give a .jsonl file of reports")
    if args.peer:
        return work(args.peer, args.reports)
    if args.write:
        return write(args.reports, args.size, args.write)
    with tempfile.TemporaryDirectory() as scratch:
        against_peers(args.reports, args.size, args.peers, args.times, Path(scratch))
        if args.sizes:
            as_runs_grow(args.reports, args.sizes, Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
