"""Cold start, start of `--help` and peak memory, each against its limit.

    python bench/cold.py [REPORTS] [--times N]

REPORTS is a file or folder as `tollbook run` takes it; without one the sample's reports are used. Each command is a
fresh process, run N times (5); the median counts, for a first run also fills the system's file cache. Peak memory is
the largest resident set among all children. Exit status 1 where a limit is passed.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

TOLLBOOK = [sys.executable, "-m", "tollbook"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure, its unit and the limit that it must keep."""

    name: str
    value: float
    limit: float
    unit: str

    @property
    def row(self) -> str:
        verdict = "ok" if self.value <= self.limit else "OVER"
        share = self.value / self.limit
        measured = f"{self.value:>9.2f} {self.unit:<3}{self.limit:>9.2f} {self.unit:<3}"
        return f"{self.name:<36}{measured}{share:>8.0%}  {verdict}"


def median_seconds(command: list[str], times: int) -> float:
    """Median wall seconds of `times` fresh processes; a process that breaks is an error, failed inputs are none."""
    return statistics.median(seconds(command) for _ in range(times))


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    spent = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.strip()}")
    return spent


def peak_megabytes() -> float:
    """The largest resident set of any child so far; Linux counts in kibibytes."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6


def measure(reports: str, times: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as work:
        run = [*TOLLBOOK, "run", reports, "--out", str(Path(work) / "out"), "--annotations"]
        help_seconds = median_seconds([*TOLLBOOK, "--help"], times)
        run_seconds = median_seconds(run, times)
    return [
        Figure("tollbook --help", help_seconds, 0.3, "s"),
        Figure("cold tollbook run, --annotations", run_seconds, 3.0, "s"),
        Figure("peak memory", peak_megabytes(), 500.0, "MB"),
    ]


def main() -> None:
    """Measure, print the table, fail where a limit is passed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("reports", nargs="?", default=str(files("tollbook.sample") / "reports"))
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    figures = measure(given.reports, given.times)
    print(f"{'':<36}{'median':>9} {'':<3}{'limit':>9} {'':<3}{'share':>8}")
    for figure in figures:
        print(figure.row)
    sys.exit(any(figure.value > figure.limit for figure in figures))


if __name__ == "__main__":
    main()
