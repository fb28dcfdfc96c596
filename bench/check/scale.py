"""What `tollbook check` takes for a sheet of a million rows: seconds, rows a second of processor time, peak memory.

    python bench/check/scale.py [--rows 1000000] [--sources 300] [--kinds csv xlsx parquet]

The sheet and its sources are made by a seeded draw: invented reports, each of a few figures, and rows that cite one of
them at random with a right or a wrong number. Nothing is kept. Peak memory is of the largest process.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADINGS = ("Event", "Day", "Place", "Killed", "Women killed", "Injured", "Source")
PLACES = ("Marwen", "Orune", "Sella", "Dorn", "Tarrow", "Aldwen")
Row = tuple[str, str, str, int, int, str, str]


def report(number: int) -> tuple[str, tuple[int, int, int]]:
    """An invented report, and the figures that it gives."""
    draw = random.Random(number)
    killed, injured = draw.randrange(20, 900), draw.randrange(20, 900)
    women, place = draw.randrange(3, killed), draw.choice(PLACES)
    text = (
        f"A dam broke near {place} on Tuesday. At least {killed} people, including {women} women, were killed, the "
        f"governor said.\n\nA clinic in {place} treated {injured} people who were injured. The search goes on.\n"
    )
    return text, (killed, women, injured)


def rows(count: int, sources: int) -> Iterator[Row]:
    """Rows of which one in five has a wrong number."""
    draw = random.Random(0)
    figures = [report(number)[1] for number in range(sources)]
    for number in range(count):
        source = draw.randrange(sources)
        killed, women, injured = figures[source]
        killed += draw.choice((0, 0, 0, 0, 7))
        yield f"E{number}", "2021-05-04", PLACES[number % 6], killed, women, str(injured), f"r{source}.txt"


def as_csv(path: Path, count: int, sources: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(HEADINGS) + "\n")
        file.writelines(",".join(map(str, row)) + "\n" for row in rows(count, sources))


def as_xlsx(path: Path, count: int, sources: int) -> None:
    sys.path.insert(0, str(ROOT / "src"))
    from tollbook.sheets.xlsx_writing import writing

    with writing(path, "Data", HEADINGS, ()) as sheet:
        for row in rows(count, sources):
            sheet.row(dict(zip(HEADINGS, row, strict=True)), ())


def as_parquet(path: Path, count: int, sources: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, pa.int64() if name in ("Killed", "Women killed") else pa.string()) for name in HEADINGS])
    made = rows(count, sources)
    with pq.ParquetWriter(path, schema) as writer:  # by the piece: a child's peak memory counts what its parent held
        while piece := list(islice(made, 10_000)):
            writer.write_batch(pa.record_batch(list(map(list, zip(*piece, strict=True))), schema=schema))


MAKE = {"csv": as_csv, "xlsx": as_xlsx, "parquet": as_parquet}


def measured(kind: str, count: int, sources: int) -> str:
    """A line of the table for a sheet of one kind."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number in range(sources):
            (folder / f"r{number}.txt").write_text(report(number)[0], encoding="utf-8")
        made = folder / f"sheet.{kind}"
        MAKE[kind](made, count, sources)
        words = [sys.executable, "-m", "tollbook", "check", str(made), "--out", str(folder / "out"), "--jobs", "1"]
        start = time.perf_counter()
        quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
        process = subprocess.Popen(words, cwd=ROOT / "src", **quiet)
        told = process.stdout.read().splitlines()[:1] if process.stdout else []
        _, status, used = os.wait4(process.pid, 0)
        seconds, spent = time.perf_counter() - start, used.ru_utime + used.ru_stime
        page = folder / "out" / "report.html"
        if not page.exists():
            raise SystemExit(f"{kind}: the check ended with {os.waitstatus_to_exitcode(status)}: {told}")
        return (
            f"| {kind} | {count:,} | {made.stat().st_size / 1e6:.0f} MB | {seconds:.0f} s | {spent:.0f} s "
            f"| {count / spent:,.0f} | {used.ru_maxrss / 1024:.0f} MB | {page.stat().st_size / 1e6:.1f} MB |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sources", type=int, default=300)
    parser.add_argument("--kinds", nargs="+", choices=sorted(MAKE), default=list(MAKE))
    given = parser.parse_args()
    print("| kind | rows | file | by the clock | processor time | rows a second of it | peak memory | page |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in given.kinds:
        print(measured(kind, given.rows, given.sources), flush=True)


if __name__ == "__main__":
    main()
