"""What a report costs as a record grows: reports with known truth, linked in records of several sizes.

    python bench/growth.py [--sizes 1000 10000 100000] [--seed N] [--words N] [--jobs N]
    python bench/growth.py --incremental [--sizes 1000 10000]
    python bench/growth.py --project [--sizes 300 1000 3000]
    python bench/growth.py --write FILE --sizes N

The reports are made from the words of growth.toml: an incident (kind, town, day, figures, names) is told by one to
eight reports of its day and the next ones, in other sentences and in part with other figures; one report in five is
a near-copy of an earlier one, trimmed and under another headline. Three in ten incidents happen in forty large cities,
several of them in one town and month; publishers, surnames and streets come again all the time. The record gets longer
as it grows: some sixty reports a day. Nothing of it is a real report. The same seed gives the same reports.

For each size, milliseconds a report by stage as `timing.json` has them, linking beside that of the first size, peak
memory of the run's largest process, and BCubed and pairwise F1 of the incidents against the truth. `--incremental`
tells what one more report costs in a record of each size once it is read: comparing it with those near it and grouping
anew what that touches, in processor time; whose copy it is is worked out beforehand. `--project` tells what `add` of
one more report to a project of each size costs, each in a process of its own (the median of ten): by the clock and in
processor time, of which the ratio is told, the start of the process, memory, and how large the project's file is.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, islice
from pathlib import Path
from statistics import median
from typing import Any

from speed import spent
from swap_places import Towns

from tollbook.incidents.copies import sampled
from tollbook.incidents.families import texts_of
from tollbook.incidents.index import Index
from tollbook.incidents.nodes import nodes_of, placed, told_of
from tollbook.incidents.traits import Node
from tollbook.lexicon.gazetteer import SHIPPED, Gazetteer
from tollbook.pipeline.analyse import NO_OVERLAYS, read_each, read_one
from tollbook.pipeline.run import RunOptions, collect
from tollbook.store.place import DATABASE

HERE = Path(__file__).parent
FIRST_DAY = dt.date(2005, 1, 3)
A_DAY = 18  # incidents, so some sixty reports
REPORTS = (1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8)  # of an incident
COPIES = 0.2
RECALLED = 0.15
MORE = 100  # reports that come to a record one by one
AGAIN = 10  # and to a project, each in a process of its own
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the gazetteer and its country's name."""

    name: str
    country: str


@dataclass(frozen=True, slots=True)
class World:
    """The words of growth.toml, and the towns where things happen."""

    words: Mapping[str, Any]
    large: Sequence[Town]
    small: Sequence[Town]

    @classmethod
    def load(cls) -> World:
        """The word lists, and towns of the gazetteer that the package ships."""
        words = tomllib.loads((HERE / "growth.toml").read_text(encoding="utf-8"))
        towns = Towns(SHIPPED)
        try:
            large, small = (_towns(towns, **words["places"][size]) for size in ("large", "small"))
        finally:
            towns.close()
        return cls(words, large, small)


def _towns(gazetteer: Towns, number: int, least: int, most: int, share: float = 0.0) -> list[Town]:
    found = [Town(name, country) for name, country in gazetteer.sized(least, most)]
    return sorted(random.Random(f"towns {least}").sample(found, number), key=lambda town: town.name)


# ---- incidents and reports ----


def reports(seed: int, world: World) -> Iterator[tuple[Row, str]]:
    """Reports without end, each with the name of its incident."""
    for number in count():
        rng = random.Random(f"{seed} {number}")
        yield from _told(_incident(rng, number, world), f"incident {number}", rng, world)


def _incident(rng: random.Random, number: int, world: World) -> Row:
    """What happened: everything that the sentences can ask for."""
    names, places = world.words["names"], world.words["places"]
    town = _zipf(rng, world.large) if rng.random() < places["large"]["share"] else rng.choice(world.small)
    past = rng.choice(world.small)
    day = FIRST_DAY + dt.timedelta(days=number // A_DAY)
    return {
        "kind": rng.choice(world.words["kind"]),
        "town": town.name,
        "country": town.country,
        "date": day,
        "K": int(2 + rng.paretovariate(1.1) * 2) % 400,
        "I": int(3 + rng.paretovariate(1.0) * 4) % 900,
        "n": rng.randint(2, 30),
        "m": rng.randint(31, 90),
        "farm": f"{_surname(rng, names)} {rng.choice(('Farm', 'Hill', 'Ford', 'Bridge', 'Cross'))}",
        "firm": f"{_surname(rng, names)} and Sons",
        "colour": rng.choice(names["colours"].split()),
        "goods": rng.choice(names["goods"].split()),
        "witness": _person(rng, names),
        "street": rng.choice(names["streets"].split()),
        "official": _person(rng, names),
        "victim": _person(rng, names),
        "other": _person(rng, names),
        "past": rng.randint(1980, 2003),
        "past_town": past.name,
        "past_K": rng.randint(5, 300),
        "past_event": rng.choice(world.words["kind"])["event"],
        "next_day": f"{day + dt.timedelta(days=5):%A}",
    }


def _zipf(rng: random.Random, towns: Sequence[Town]) -> Town:
    """The first towns come up most often."""
    return rng.choices(towns, [1 / (rank + 5) for rank in range(len(towns))])[0]


def _person(rng: random.Random, names: Mapping[str, Any]) -> str:
    return f"{rng.choice(names['first'].split())} {_surname(rng, names)}"


def _surname(rng: random.Random, names: Mapping[str, Any]) -> str:
    return f"{rng.choice(names['heads'].split())}{rng.choice(names['tails'].split())}"


def _told(incident: Row, name: str, rng: random.Random, world: World) -> Iterator[tuple[Row, str]]:
    """The reports of an incident, later ones with later figures; some are copies of an earlier one."""
    written: list[Row] = []
    for turn in range(rng.choice(REPORTS)):
        day = incident["date"] + dt.timedelta(days=min(turn, rng.choice((0, 1, 1, 2, 3))))
        row = _copy(rng.choice(written), rng, world) if written and rng.random() < COPIES else None
        row = row or _written(incident, turn, rng, world)
        row["id"] = hashlib.sha256(f"{name} {turn}".encode()).hexdigest()[:16]
        row["published"] = day.isoformat()
        row["publisher"] = rng.choice(world.words["names"]["publishers"])
        written.append(row)
        yield dict(row), name


def _written(incident: Row, turn: int, rng: random.Random, world: World) -> Row:
    words, kind = world.words["words"], incident["kind"]
    values = {**incident, "event": kind["event"], "K": incident["K"] + turn // 2, "I": incident["I"] + turn // 3}
    values["day"] = _day(incident["date"], rng)
    values["where"] = rng.choice(words["where"]).format(**values)
    values["who_said"] = rng.choice(words["said"]).format(**values)
    sentences = [rng.choice(kind["lead"])]
    sentences += rng.sample(kind["detail"], rng.randint(2, 4)) + rng.sample(words["after"], rng.randint(1, 4))
    if rng.random() < RECALLED:
        sentences += words["recalled"]
    filled = [one.format(**values) for one in sentences]
    return {"title": _capital(rng.choice(words["titles"]).format(**values)), "text": " ".join(map(_capital, filled))}


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _day(happened: dt.date, rng: random.Random) -> str:
    """The day as a report says it: mostly a weekday, sometimes a date."""
    return rng.choice(
        (f"{happened:%A}", f"{happened:%A}", f"{happened.day} {happened:%B}", f"{happened:%B} {happened.day}")
    )


def _copy(row: Row, rng: random.Random, world: World) -> Row:
    """The same text a sentence shorter, in part with a credit, under a headline of its own."""
    sentences = row["text"].split(". ")
    text = ". ".join(sentences[:-1]) + "." if len(sentences) > 3 else row["text"]
    if rng.random() < 0.5:
        text += " " + world.words["words"]["credit"].format(agency=rng.choice(world.words["names"]["agencies"]))
    return {"title": f"{row['title']} - report", "text": text}


# ---- scores ----


def scores(truth: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float]:
    """BCubed and pairwise F1, per cent; a report without an incident is one of its own."""
    sizes, gold, both = Counter(found.values()), Counter(truth.values()), Counter((found[r], truth[r]) for r in truth)
    precision = sum(n * n / sizes[cluster] for (cluster, _), n in both.items())
    recall = sum(n * n / gold[name] for (_, name), n in both.items())
    pairs = [sum(n * (n - 1) / 2 for n in counts.values()) for counts in (both, sizes, gold)]
    return 100 * 2 * precision * recall / (precision + recall) / len(truth), 200 * pairs[0] / (pairs[1] + pairs[2] or 1)


def _incidents(out: Path, truth: Iterable[str]) -> dict[str, str]:
    with (out / "reports.jsonl").open(encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        found = {row["report"]: row["incident"] or row["report"] for row in rows}
    return {report: found[report] for report in truth}


# ---- runs ----


def write(path: Path, size: int, seed: int) -> None:
    """The first `size` reports as a file, shuffled, and the truth beside it."""
    some = list(islice(reports(seed, World.load()), size))
    path.with_suffix(".truth").write_text(json.dumps({row["id"]: name for row, name in some}), encoding="utf-8")
    random.Random(seed).shuffle(some)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row, _ in some)


def measure(sizes: Sequence[int], seed: int, jobs: int, scratch: Path) -> None:
    """A table with a line for each size."""
    print(
        "| reports | ms to read one | ms to link one | of the first | ms for findings and files | peak MB "
        "| BCubed | pairwise |"
        "\n|---|---|---|---|---|---|---|---|"
    )
    first = 0.0
    for size in sizes:
        path, out = scratch / "reports.jsonl", scratch / "out"
        subprocess.run(
            [sys.executable, __file__, "--write", str(path), "--sizes", str(size), "--seed", str(seed)], check=True
        )
        words = [sys.executable, "-m", "tollbook", "run", str(path), "--out", str(out), "--jobs", str(jobs)]
        cost, _ = spent(words, size)
        seconds: dict[str, float] = json.loads((out / "timing.json").read_text())["seconds"]
        each = {name: 1000 * value / size for name, value in seconds.items()}
        first = first or each["incidents"]
        truth = json.loads(path.with_suffix(".truth").read_text(encoding="utf-8"))
        cubed, pairwise = scores(truth, _incidents(out, truth))
        print(
            f"| {size:,} | {each['claims']:.1f} | {each['incidents']:.2f} | {each['incidents'] / first:.2f} × "
            f"| {each['findings'] + each['files']:.2f} | {cost.peak:.0f} | {cubed:.1f} | {pairwise:.1f} |",
            flush=True,
        )


def one_more(sizes: Sequence[int], seed: int, jobs: int, scratch: Path) -> None:
    """A table of what a report costs that comes to a record of each size, over a hundred of them."""
    first = 0.0
    print("| reports in the record | ms to link one more | of the first | others compared |\n|---|---|---|---|")
    for size in sizes:
        path = scratch / "reports.jsonl"
        write(path, size + MORE, seed)
        some = collect([str(path)], RunOptions()).reports
        versions = texts_of(some, [sampled(report.text) for report in some]).versions
        made: list[list[Node]] = []
        gazetteer, index, number = Gazetteer(), Index(), 0
        readings = read_each(partial(read_one, overlays=NO_OVERLAYS), some, jobs)
        for place, (report, reading) in enumerate(zip(some, readings, strict=True)):
            own = nodes_of(report, reading, told_of(report, reading), gazetteer)
            made.append(placed(own, number, versions.get(place)))
            number += len(made[-1])
        index.add([node for own in made[:size] for node in own])
        index.regroup()
        start, compared = time.process_time(), index.compared
        for own in made[size:]:
            index.add(own)
            index.regroup()
        each = 1000 * (time.process_time() - start) / MORE
        first = first or each
        print(
            f"| {size:,} | {each:.2f} | {each / first:.2f} × | {(index.compared - compared) / MORE:.0f} |", flush=True
        )


def add_one(sizes: Sequence[int], seed: int, jobs: int, scratch: Path) -> None:
    """A table of what `add` of one more report to a project of each size costs."""
    print(
        "| reports in the project | ms a report to add them all | ms to add one more | of that processor time "
        "| of the first | of that the start | peak MB | kB of the file a report |\n|---|---|---|---|---|---|---|---|"
    )
    first = 0.0
    program = [sys.executable, "-m", "tollbook"]
    start = median(spent([*program, "--version"], 1)[0].processor for _ in range(AGAIN))
    for size in sizes:
        folder, path = scratch / f"project{size}", scratch / "reports.jsonl"
        write(path, size + AGAIN, seed)
        rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(rows[:size]), encoding="utf-8")
        spent([*program, "init", str(folder)], 1)
        add = [*program, "add", str(path), "--project", str(folder), "--jobs"]
        whole, _ = spent([*add, str(jobs)], size)
        costs = []
        for row in rows[size:]:
            path.write_text(row, encoding="utf-8")
            costs.append(spent([*add, "1"], 1)[0])
        one = median(cost.processor for cost in costs)
        first = first or one
        file = (folder / DATABASE).stat().st_size
        print(
            f"| {size:,} | {1000 * whole.processor / size:.1f} | {1000 * median(cost.clock for cost in costs):.0f} "
            f"| {1000 * one:.0f} | {one / first:.2f} × "
            f"| {1000 * start:.0f} | {max(cost.peak for cost in costs):.0f} | {file / size / 1000:.1f} |",
            flush=True,
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes that read (2)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="only write the reports of the first size")
    parser.add_argument("--incremental", action="store_true", help="what one more report costs, once it is read")
    parser.add_argument("--project", action="store_true", help="what adding one more to a project costs")
    args = parser.parse_args()
    if args.write:
        write(args.write, args.sizes[0], args.seed)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        table = one_more if args.incremental else add_one if args.project else measure
        table(args.sizes, args.seed, args.jobs, Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
