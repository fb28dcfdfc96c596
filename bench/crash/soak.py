"""Many people at one record: some add and rule, more look, and nothing may fail or be lost.

    python bench/crash/soak.py --store sqlite --minutes 10 --writers 6 --readers 20
    python bench/crash/soak.py --store postgresql       a server of its own beside them, with fsync on

Each is a process of its own and does what the command line does. Output: a table of what was done, the longest wait for
each command, and what went wrong; with status 1 where anything failed, an acknowledged event is missing, or the log
does not add up in the end.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from inside import tollbook
from own_postgres import server
from trial import asked, warm

PROJECT = "p"
_PLACES = ("Orlen", "Torvik", "Maresh", "Dunmere", "Holt Bay")


@dataclass
class Told:
    """What one process did: how often and how long each command took, what it was told, and what failed."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    reports: list[str] = field(default_factory=list)
    rulings: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def ask(self, *command: str) -> str:
        """One command, timed; a failure is kept."""
        start = time.perf_counter()
        status, said = tollbook((*command, "--project", PROJECT))
        self.times[command[0]].append(time.perf_counter() - start)
        if status:
            self.failed.append(f"{command[0]}: {said.strip()}")
        return "" if status else said


def text_of(worker: int, number: int) -> str:
    """An invented report; no two are the same, some tell of the same event."""
    place, day = _PLACES[(worker + number) % len(_PLACES)], 1 + number % 27
    return (
        f"Water rose in {place} on {day} May 2031. At least {number % 90 + 2} people were killed in {place} on "
        f"{day} May 2031, the Flood Board said in note {worker}-{number}."
    )


def write(worker: int, until: float) -> Told:
    """Add reports one by one, and rule on what they say, until the time is over."""
    told = Told()
    folder = Path(f"in{worker}")
    folder.mkdir()
    for number in range(1_000_000):
        if time.monotonic() > until:
            return told
        name = f"w{worker}n{number}.txt"
        (folder / name).write_text(text_of(worker, number))
        if told.ask("add", str(folder / name), "--jobs", "1", "--name", f"writer {worker}", "--json"):
            told.reports.append(name)
            claim = _claim_of(name)
            said = told.ask("rule", claim, "note", "--why", f"seen in note {number}", "--json") if claim else ""
            told.rulings += [json.loads(said)["ruling"]] if said else []
    return told


def _claim_of(report: str) -> str | None:
    from tollbook.pipeline.project import open_project

    with open_project(Path(PROJECT)) as store, store.read() as unit:
        found = unit.reading(report)
    return found.claims[0].id if found and found.claims else None


def look(worker: int, until: float) -> Told:
    """Look at the record in all ways, again and again."""
    told = Told()
    chance = random.Random(worker)
    while time.monotonic() < until:
        told.ask(*chance.choice((("show", "--json"), ("verify",), ("show",))))
    return told


def lost(told: Sequence[Told]) -> Iterator[str]:
    """What was acknowledged and isn't there, and what is wrong with the whole."""
    from tollbook.pipeline.project import open_project

    with open_project(Path(PROJECT)) as store, store.read() as unit:
        reports = set(unit.readers())
        rulings = {event.seq for event in unit.events("ruling")}
    for one in told:
        for missing in sorted({*one.reports} - reports):
            yield f"report {missing} is lost"
        for number in sorted({*one.rulings} - rulings):
            yield f"ruling {number} is lost"
    status, said = tollbook(("verify", "--project", PROJECT))
    if status:
        yield f"verify: {said.strip()}"


def run(store: str, seconds: float, writers: int, readers: int, folder: Path) -> tuple[list[Told], list[str], int]:
    """Let them work on a new project: what each did, what was wrong, and how many events the log has in the end."""
    if store == "postgresql":
        with server() as running:
            return _worked(running.address("soak"), seconds, writers, readers, folder)
    return _worked(None, seconds, writers, readers, folder)


def _worked(
    address: str | None, seconds: float, writers: int, readers: int, folder: Path
) -> tuple[list[Told], list[str], int]:
    warm(folder / "warm")
    root = folder / "root"
    root.mkdir()
    os.chdir(root)
    asked(partial(begin, address))
    until = time.monotonic() + seconds
    jobs: list[Callable[[], Told]] = [partial(write, number, until) for number in range(writers)]
    jobs += [partial(look, number, until) for number in range(readers)]
    told: list[Told] = asked(*jobs, patience=int(seconds * 3) + 300)
    wrong, events = asked(partial(_ended, told), patience=0)[0]
    return told, [line for one in told for line in one.failed] + wrong, events


def begin(address: str | None) -> None:
    """Make the project, in a file or at a PostgreSQL address."""
    status, said = tollbook(("init", PROJECT, *(("--store", address) if address else ())))
    if status:
        raise RuntimeError(said)


def _ended(told: Sequence[Told]) -> tuple[list[str], int]:
    from tollbook.pipeline.project import open_project

    with open_project(Path(PROJECT)) as store, store.read() as unit:
        head = unit.head()
    return list(lost(told)), head.seq if head else 0


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--writers", type=int, default=6)
    parser.add_argument("--readers", type=int, default=20)
    given_ = parser.parse_args(given)
    here = Path.cwd()
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        told, wrong, events = run(given_.store, given_.minutes * 60, given_.writers, given_.readers, Path(folder))
        os.chdir(here)
    print(f"{given_.store}: {given_.writers} writers, {given_.readers} readers, {given_.minutes:g} minutes")
    print("| command | done | longest wait, s | typical wait, s |\n|---|---|---|---|")
    for name in ("add", "rule", "show", "verify"):
        times = sorted(spent for one in told for spent in one.times.get(name, ()))
        if times:
            print(f"| {name} | {len(times)} | {times[-1]:.2f} | {times[len(times) // 2]:.2f} |")
    kept = sum(len(one.reports) for one in told), sum(len(one.rulings) for one in told)
    print(f"{kept[0]} reports and {kept[1]} rulings acknowledged, {events} events; {len(wrong)} errors or losses")
    for line, times_ in Counter(wrong).most_common(12):
        print(f"{times_} times: {line[:300]}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
