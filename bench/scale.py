"""What a large record costs: how long `show`, `add` and `rule` take in it, `verify`, and the room that a claim takes.

    python bench/scale.py --claims N [--keep DIR] [--seed N] [--jobs N]
    python bench/scale.py --again DIR [--verify]

The reports are those of growth.py, each with a tally of its incident behind it (who was killed, hurt, driven out, what
was destroyed, village by village), so that a report makes some seventeen claims: all reports of an incident tell from
one tally, each a part of it, beside figures of their own. They are added by `tollbook add`, in portions, and two
hundred more are put aside in more.jsonl. With `--keep` the project stays in DIR; `--again` measures one that was kept,
each time with other reports of those put aside. Nothing of it is a real report; the same seed gives the same reports.

`show` is asked for twenty incidents, drawn by the seed among all that have two reports or more: each in a process of
its own, then all inside one process that has shown one before. `add` brings ten reports one by one, `rule` notes
something on five claims; each in a process of its own. Times are by the clock, and of the processor in brackets.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import growth
from speed import Cost, spent

from tollbook.pipeline import asked
from tollbook.pipeline.project_folder import DATABASE, open_project

Row = dict[str, Any]
# Reports put aside, added at a time while building, asked for, added and ruled on when measuring.
MORE, PORTION, SHOWN, ADDED, RULED = 200, 3000, 20, 10, 5
TALLY = (
    "Of the dead, {women} were women and {children} were children.",
    "Some {displaced} people were displaced and {evacuated} were evacuated to schools.",
    "At least {homes} homes were destroyed and {damaged} were damaged.",
    "{missing} people were still missing and {rescued} had been rescued.",
    "In {one} {one_dead} people were killed and {one_hurt} were injured, the {office} said.",
    "In {two} {two_dead} people were killed and {two_hurt} were injured, according to {spokes}.",
    "Hospitals treated {treated} people, among them {hurt_children} children.",
    "Police arrested {arrested} people.",
    "The {office} said {families} families had lost their homes and {affected} people were affected.",
    "{soldiers} soldiers and {officers} police officers were injured.",
)
VILLAGES = ("Hill", "Ford", "Bridge", "Cross", "Fields")
OFFICES = ("district office", "relief committee", "health directorate", "civil defence service")
SMALL = [
    "women",
    "children",
    "homes",
    "damaged",
    "missing",
    "rescued",
    "one_dead",
    "one_hurt",
    "two_dead",
    "two_hurt",
    "treated",
    "hurt_children",
    "arrested",
    "families",
    "soldiers",
    "officers",
]


# ---- reports ----


def reports(seed: int) -> Iterator[Row]:
    """Reports without end."""
    world = growth.World.load()
    for row, incident in growth.reports(seed, world):
        yield _rich(row, incident, seed, world)


def _rich(row: Row, incident: str, seed: int, world: growth.World) -> Row:
    """A report with a part of the tally of its incident behind its text."""
    told, own = random.Random(f"{seed} tally {incident}"), random.Random(f"{seed} {row['id']}")
    values = _tally(told, world.words["names"])
    sentences = own.sample(TALLY, own.randint(6, len(TALLY)))
    return {**row, "text": " ".join([row["text"], *(one.format(**values) for one in sentences)])}


def _tally(rng: random.Random, names: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        **{name: rng.randint(2, 9) if rng.random() < 0.5 else rng.randint(10, 60) for name in SMALL},
        **{name: rng.randint(10, 400) * 10 for name in ("displaced", "evacuated", "affected")},
        "one": f"{_surname(rng, names)} {rng.choice(VILLAGES)}",
        "two": f"{_surname(rng, names)} {rng.choice(VILLAGES)}",
        "office": rng.choice(OFFICES),
        "spokes": f"{rng.choice(names['first'].split())} {_surname(rng, names)}",
    }


def _surname(rng: random.Random, names: Mapping[str, Any]) -> str:
    return f"{rng.choice(names['heads'].split())}{rng.choice(names['tails'].split())}"


# ---- a record ----


def program(*words: object) -> list[str]:
    return [sys.executable, "-m", "tollbook", *map(str, words)]


def build(folder: Path, claims: int, seed: int, jobs: int) -> None:
    """A project of so many claims, or a few more, and the reports put aside."""
    rows, portion = reports(seed), folder.with_name("portion.jsonl")
    spent(program("init", folder), 1)
    start, processor, there = time.perf_counter(), 0.0, 0
    while there < claims:
        left = max(100, min(PORTION, (claims - there) // 15))
        write(portion, list(islice(rows, left)))
        processor += spent(program("add", portion, "--project", folder, "--jobs", jobs), left)[0].processor
        there = counted(folder)[1]
        print(f"{there:,} claims after {time.perf_counter() - start:.0f} s ({processor:.0f})", file=sys.stderr)
    portion.unlink()
    write(folder / "more.jsonl", list(islice(rows, MORE)))


def write(path: Path, rows: Sequence[Row]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def counted(folder: Path) -> tuple[int, int, int]:
    """How many reports, claims and incidents there are; the claims are those that the log tells of."""
    with open_project(folder) as store, store.read() as unit:
        claims: dict[str, int] = {}
        for event in unit.events("reading"):
            told = json.loads(event.payload)
            claims[told["report"]] = told["claims"]
        return len(claims), sum(claims.values()), unit.derived().shown.size()


# ---- what it costs ----


def measure(folder: Path, seed: int, verify: bool) -> None:
    """A table of what a project costs."""
    told, claims, incidents = counted(folder)
    size = sum(path.stat().st_size for path in folder.glob(f"{DATABASE}*"))
    print(f"{told:,} reports, {claims:,} claims, {incidents:,} incidents; the file has {size / 1e6:,.0f} MB,")
    print(f"{size / claims:,.0f} bytes a claim\n\n| what | median s | worst s | peak MB |\n|---|---|---|---|")
    rng = random.Random(seed)
    with open_project(folder) as store, store.read() as unit:
        rows = [row for row in unit.derived().shown.all() if row.claims > 20]
        some = rng.sample(rows, min(SHOWN, len(rows)))
    tell("show, a process each", [spent(program("show", row.id, "--project", folder), 1)[0] for row in some])
    tell("show, inside a process", _inside(folder, [row.id for row in some]))
    with_claim = [f"{row.id}/killed" for row in some[:RULED]]
    tell("explain a figure", [spent(program("explain", one, "--project", folder), 1)[0] for one in with_claim])
    more = (folder / "more.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "more.jsonl").write_text("".join(more[ADDED:]), encoding="utf-8")
    tell("add of one report", [_added(folder, row) for row in more[:ADDED]])
    words = ["note", "--why", "looked at", "--name", f"bench {time.time_ns()}", "--project", folder]
    tell("rule on a claim", [spent(program("rule", row.seed, *words), 1)[0] for row in some[:RULED]])
    if verify:
        tell("verify", [spent(program("verify", "--project", folder), 1)[0]])


def _added(folder: Path, row: str) -> Cost:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.write(row)
        file.flush()
        return spent(program("add", file.name, "--project", folder, "--jobs", 1), 1)[0]


def _inside(folder: Path, ids: Sequence[str]) -> list[Cost]:
    """The dossier of each incident, made in this process after one was."""
    costs = []
    for one in (ids[0], *ids):
        clock, processor = time.perf_counter(), time.process_time()
        asked.dossier(folder, one, quoted=False)  # as `show` asks
        costs.append(Cost(1, time.perf_counter() - clock, time.process_time() - processor, 0.0))
    return costs[1:]


def tell(what: str, costs: Sequence[Cost]) -> None:
    clock, processor = [cost.clock for cost in costs], [cost.processor for cost in costs]
    peak = max(cost.peak for cost in costs)
    print(
        f"| {what} | {median(clock):.3f} ({median(processor):.3f}) | {max(clock):.3f} ({max(processor):.3f}) "
        f"| {f'{peak:.0f}' if peak else ''} |",
        flush=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=10_000, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="build the project here and leave it")
    parser.add_argument("--again", type=Path, metavar="DIR", help="measure a project that was kept")
    parser.add_argument("--verify", action="store_true", help="time verify too")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes that read while building (2)")
    args = parser.parse_args()
    if args.again:
        measure(args.again, args.seed, args.verify)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = args.keep or Path(scratch) / "project"
        build(folder, args.claims, args.seed, args.jobs)
        measure(folder, args.seed, args.verify)
    return 0


if __name__ == "__main__":
    sys.exit(main())
