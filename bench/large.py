"""What large things cost the review app and the dossier: an incident of 1,000 reports, a long sheet, 2,000 incidents.

    python bench/large.py [incident] [sheet] [dossier] [--reports N] [--rows N] [--incidents N]

Without a name all three are run. Told are seconds of processor time and by the clock; the records are the invented ones
that the tests use. `incident`: N reports of one incident at the desk: its page opened first, all that the queue shows
worked out, and what one ruling costs until all of it is worked out again; then 300 claims coded blind by two people,
and the page Quality asked for over HTTP, first and again. `sheet`: a CSV of N rows with two figures each, brought in
by the command, and again. `dossier`: N incidents in 1,000 reports written as pages by one rule set, and the largest
page of each kind; then 40 sources with 300 claims by two.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from speed import spent

TESTS = Path(__file__).parent.parent / "tests"
sys.path += [str(TESTS / "helpers"), str(TESTS / "dossiers")]  # the tests' own records, so that both look at the same

import dossier_records  # noqa: E402
import large_records  # noqa: E402
import wide_records  # noqa: E402
from review_server import reviewing  # noqa: E402

from tollbook.dossiers import html  # noqa: E402
from tollbook.dossiers.build import build  # noqa: E402
from tollbook.model import Record  # noqa: E402
from tollbook.pipeline.desk import Desk, Filters, Order  # noqa: E402
from tollbook.pipeline.desk.blind import Wanted  # noqa: E402
from tollbook.store import Stamp  # noqa: E402

BY = large_records.BY
SAMPLE = 300


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Tells what a block costs."""
    start, clock = time.process_time(), time.perf_counter()
    yield
    print(
        f"{what}: {time.process_time() - start:.2f} s of processor time, {time.perf_counter() - clock:.2f} s",
        flush=True,
    )


def incident(folder: Path, options: argparse.Namespace) -> None:
    """One incident of many reports."""
    project = large_records.many_reports(folder / "project", options.reports)
    desk = Desk(project)
    name = desk.incidents()[0].id
    with timed(f"an incident of {options.reports:,} reports, its page first"):
        record, _ = desk.incident(name)
    with timed(f"all of it worked out, {len(record.claims):,} claims"):
        desk.work_off()
    for number, claim in enumerate(record.claims[:3]):
        with timed("a ruling, and all of it worked out again"):
            desk.rule(Order(claim.id, "reject", {}, "as it was told", f"bench-{number:04}"), BY)
            desk.work_off()
    desk.close()
    with reviewing(project, alone=None) as review:
        desk = review.app.state.desk
        for who in ("Ann", "Ben"):
            review.came_in(who, "coder")
        desk.work_off()
        task = desk.blind.draw(Wanted("May", str(SAMPLE), "spring", ("Ann", "Ben"), Filters(state="all")), BY)
        for claim in task.claims:
            for who in ("Ann", "Ben"):
                desk.blind.code(task.id, claim, "accept", {}, "as the words say", Stamp(who, BY.when))
    with reviewing(project, alone=None) as review:
        client = review.client("Eda", "editor")
        for look in ("first", "again"):
            with timed(f"the page Quality of {SAMPLE} claims, {look}"):
                assert client.get("/quality").status_code == 200


def sheet(folder: Path, options: argparse.Namespace) -> None:
    """A long sheet."""
    project, path = folder / "project", folder / "sheet.csv"
    tollbook = [sys.executable, "-m", "tollbook"]
    spent([*tollbook, "init", str(project), "--name", "Ann Example"], 0)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Date", "Place", "Killed", "Injured"])
        for row in range(options.rows):
            out.writerow([f"2031-{row % 12 + 1:02}-{row % 28 + 1:02}", f"Orvesk {row % 400}", row % 90 + 1, row % 70])
    command = [*tollbook, "import-sheet", str(path), "--yes", "--project", str(project), "--name", "Ann Example"]
    for look in ("first", "again"):
        cost, _ = spent(command, options.rows)
        took = f"{cost.processor:.1f} s of processor time, {cost.clock:.1f} s"
        print(f"a sheet of {options.rows:,} rows, {look}: {took}", flush=True)


def dossier(folder: Path, options: argparse.Namespace) -> None:
    """The pages of many incidents, and of one that many tell of."""
    wide = wide_records.wide(1000, options.incidents)
    written(f"{options.incidents:,} incidents in 1,000 reports", wide, folder / "wide")
    written("40 sources × 300 claims by two rule sets", dossier_records.large(), folder / "large")


def written(what: str, record: Record, folder: Path) -> None:
    """Writes the pages; tells the cost, and the largest of each kind."""
    with timed(f"{what} written as pages"):
        html.write(build(record), folder)
    sizes: dict[str, int] = defaultdict(int)
    for page in folder.glob("*.html"):
        kind = page.stem.split("-")[0]
        sizes[kind] = max(sizes[kind], page.stat().st_size)
    print(
        "    largest, MB: " + ", ".join(f"{kind} {size / 1e6:.2f}" for kind, size in sorted(sizes.items())), flush=True
    )


PARTS: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    "incident": incident,
    "sheet": sheet,
    "dossier": dossier,
}


def main() -> None:
    """The parts that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help="incident, sheet or dossier; all without one")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--incidents", type=int, default=2000)
    options = parser.parse_args()
    if unknown := {*options.parts} - PARTS.keys():
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    for name in options.parts or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder), options)


if __name__ == "__main__":
    main()
