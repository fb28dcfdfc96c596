"""Kill tollbook, and then the server, in the middle of writing a record that PostgreSQL keeps.

    python bench/crash/pg.py --kills 60 --servers 12

A client dies by SIGKILL inside a named point, as in `kill.py`. A server is ended as if the power failed (SIGQUIT, what
`pg_ctl stop -m immediate` sends) while a client is inside one; the client says so in one line, or was told
already. Then the server is started again. Output: a table by point; status 1 where anything was lost or half there.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import checks
import inside
import own_postgres
from jobs import ADD_FIRST, ADD_REST, PROJECT, Job, noted, prepared
from kill import report
from points import SERVED, Point
from shim import under_shim
from trial import Outcome, asked, begin, end, warm


class Served:
    """Kills beside a server: each in a new folder, with a new schema."""

    def __init__(self, folder: Path, server: own_postgres.Server) -> None:
        self._folder, self.server, self._number = folder, server, 0
        self.wanted, self.passed = {}, dict[int, int]()
        for name in dict.fromkeys(point.job for point in SERVED):
            job = self._begin(name)
            heard = self._run(job, (-1, 0), self._none)[1]
            self.passed.update({int(line[1]): int(line[2]) for line in heard if line[0] == "N"})
            self.wanted[name] = self._there(checks.summary)

    def _none(self) -> None:
        """Nothing dies in an undisturbed run."""

    def _begin(self, name: str) -> Job:
        """A folder for a job, with what comes before it done."""
        self._number += 1
        self._root = self._folder / f"root{self._number}"
        self._root.mkdir()
        init = ("init", PROJECT, "--store", self.server.address(f"k{self._number}"))
        jobs = {
            "init": Job("init", (), (init,)),
            "add": Job("add", (init, ADD_FIRST), (noted(), ADD_REST)),
        }
        job = jobs[name]
        return Job(name, job.before, asked(lambda: list(prepared(job, self._root).commands))[0])

    def _there(self, work: Callable[[], Any]) -> Any:
        def inner() -> Any:
            os.chdir(self._root)
            return work()

        return asked(inner)[0]

    def _run(self, job: Job, die: tuple[int, int], act: Callable[[], None] | None) -> tuple[int, list[list[str]]]:
        def work(pipe: int) -> None:
            os.chdir(self._root)
            points = {number: point for number, point in enumerate(SERVED) if point.job == job.name}
            watch = inside.Watch(points, self._root, os.open(os.devnull, os.O_WRONLY), pipe, die, act)
            inside.run(watch, job.commands, {"tollbook.pipeline.settling.PORTION": 1})

        status, heard = end(*begin(work, 60))
        return status, [line.split() for line in heard.decode().splitlines()]

    def kill(self, number: int, nth: int, *, server: bool) -> Outcome:
        """Kill the client, or the server, in a pass of a point, and look at what is left."""
        job = self._begin(SERVED[number].job)
        act = partial(os.kill, self.server.process.pid, signal.SIGQUIT) if server else None
        status, heard = self._run(job, (number, nth), act)
        landed = ["K", str(number)] in heard and (server or os.WIFSIGNALED(status))
        if server:
            self._start_again()
        kept = {int(line[1]): line[2] for line in heard if line[0] == "A"}
        told = sum(line[0] == "D" for line in heard)
        errors = [" ".join(line) for line in heard if line[0].startswith("!") or (line[0] == "E" and not server)]
        wrong = [("run", line) for line in errors]

        def look() -> list[str]:
            found = list(checks.stands(kept, told, job))
            return found + list(checks.goes_on(job, told, self.wanted[job.name]))

        try:
            wrong += [("killed", line) for line in self._there(look)]
        except RuntimeError as error:
            wrong.append(("killed", str(error).strip().splitlines()[-1]))
        return Outcome(number, landed, tuple(wrong), 1)

    def _start_again(self) -> None:
        """The same server again, at another port: the projects' addresses follow."""
        self.server.process.wait()
        before, self.server = self.server.port, own_postgres.start(self.server.folder)
        settings = self._root / PROJECT / "store.toml"
        if settings.exists():
            settings.write_text(settings.read_text().replace(f":{before}/", f":{self.server.port}/"))


def run(kills: int, servers: int, seed: int, folder: Path) -> tuple[list[Outcome], list[Outcome]]:
    """Clients killed, and servers: what each came to. Each point in turn, its pass by chance."""
    warm(folder / "warm")
    chance = random.Random(seed)
    with own_postgres.server() as server:
        bench = Served(folder, server)
        numbers = list(range(len(SERVED)))
        unmet = [SERVED[number].name for number in numbers if not bench.passed.get(number)]
        if unmet:
            raise SystemExit(f"no job passes: {'; '.join(unmet)}")
        both = []
        for times, whole in ((kills, False), (servers, True)):
            some = [n for n in numbers if SERVED[n].job == "add"] if whole else numbers
            chosen = [some[each % len(some)] for each in range(times)]
            both.append([bench.kill(n, chance.randint(1, bench.passed[n]), server=whole) for n in chosen])
        if bench.server.process.poll() is None:
            bench.server.stop()
    return both[0], both[1]


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--servers", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args(given)
    under_shim()
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        clients, servers = run(wanted.kills, wanted.servers, wanted.seed, Path(folder))
    points: Sequence[Point] = SERVED
    lost = 0
    for name, outcomes in (("clients", clients), ("servers", servers)):
        print(f"\n{len(outcomes)} {name} killed\n")
        lost += report(outcomes, points)
    print(f"\n{lost} lost or half kept, seed {wanted.seed}")
    return 1 if lost or not all(one.landed for one in (*clients, *servers)) else 0


if __name__ == "__main__":
    sys.exit(main())
