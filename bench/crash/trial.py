"""One kill: a job begins, its process dies inside a point, and what it leaves is looked at, with and without power.

Input: a job, a point and which match of it. Output: an `Outcome`. Each step is a process of its own, forked from one
that has loaded everything and opened nothing.
"""

from __future__ import annotations

import gc
import os
import pickle
import random
import signal
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import checks
import inside
from disk import Disk, Tree, calls, read_tree, write_tree
from jobs import Job, prepared
from points import POINTS

# Nothing here takes more than a second; a process that hangs must not hold up the rest.
_PATIENCE = 30


@dataclass(frozen=True)
class Outcome:
    """What a kill came to: whether the process died where it should, and what was wrong afterwards, by how it was left.

    `wrong` says it for the folder as the kill left it ("killed") and as a disk might hold it after the power failed.
    """

    point: int
    landed: bool
    wrong: tuple[tuple[str, str], ...] = ()
    states: int = 0


def begin(work: Callable[[int], None], patience: int = 0) -> tuple[int, int]:
    """Start something in a process of its own, which gets a pipe to write on: its number, and the pipe's other end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    status = 1
    try:
        os.close(reading)
        signal.alarm(patience)
        work(writing)
        status = 0
    except BaseException:  # what went wrong must reach the parent, whatever it was
        _say(writing, b"! " + traceback.format_exc().encode())
    finally:
        os._exit(status)


def end(child: int, pipe: int) -> tuple[int, bytes]:
    """How a process ended, and what it wrote."""
    with os.fdopen(pipe, "rb") as told:
        heard = told.read()
    return os.waitpid(child, 0)[1], heard


def asked(*works: Callable[[], Any], patience: int = _PATIENCE) -> list[Any]:
    """What functions return, each in a process of its own and all at once; an error is raised here."""

    def answer(work: Callable[[], Any], pipe: int) -> None:
        _say(pipe, pickle.dumps(work()))

    begun = [begin(partial(answer, work), patience) for work in works]
    answers = []
    for status, told in [end(*one) for one in begun]:
        if status:
            raise RuntimeError(told.decode() or f"ended with {status}")
        answers.append(pickle.loads(told))
    return answers


def _say(pipe: int, data: bytes) -> None:
    while data:
        data = data[os.write(pipe, data) :]


class Bench:
    """A place for kills: a folder that each begins anew, and the jobs as they are without any."""

    def __init__(self, folder: Path, jobs: Iterable[Job]) -> None:
        self._root, self._journal = folder / "root", folder / "journal"
        self._root.mkdir(parents=True)
        self.jobs: dict[str, Job] = {}
        self.wanted: dict[str, dict[str, Any]] = {}
        self.passed: dict[int, int] = {}
        for job in jobs:
            self._prepare(job)

    def _prepare(self, job: Job) -> None:
        (commands,) = asked(lambda: list(prepared(job, self._root).commands))
        ready = self.jobs[job.name] = replace(job, commands=commands, tree=read_tree(self._root))
        self.wanted[job.name] = self._in_root(lambda: checks.undisturbed(ready))
        heard = self._run(ready, (-1, 0))[1]
        for line in heard:
            if line[0] == "N":
                self.passed[int(line[1])] = int(line[2])
        problems = [line for line in heard if line[0] in "E!"]
        if problems:
            raise RuntimeError(f"{job.name} does not go well undisturbed: {problems}")

    def _in_root(self, work: Callable[[], Any]) -> Any:
        def there() -> Any:
            os.chdir(self._root)
            return work()

        return asked(there)[0]

    def _run(self, job: Job, die: tuple[int, int]) -> tuple[int, list[list[str]]]:
        """Run a job in its folder as it begins: how it ended, and the lines that it told."""
        write_tree(job.tree, self._root)

        def work(pipe: int) -> None:
            os.chdir(self._root)
            journal = os.open(self._journal, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_APPEND)
            points = dict(job.points)
            watch = inside.Watch(points, self._root, journal, pipe, die)
            inside.run(watch, job.commands, job.settings)

        status, heard = end(*begin(work, _PATIENCE))
        return status, [line.split() for line in heard.decode().splitlines()]

    def kill(self, point: int, nth: int, chance: random.Random) -> Outcome:
        """Kill a job in its n-th pass of a point, and look at what is left."""
        ready = self.jobs[POINTS[point].job]
        status, heard = self._run(ready, (point, nth))
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL and heard[-1:] == [["K", str(point)]]):
            return Outcome(point, False, (("run", str(heard[-3:])),))
        kept = {int(line[1]): line[2] for line in heard if line[0] == "A"}
        told = sum(line[0] == "D" for line in heard)
        disk = Disk(ready.tree)
        disk.play(calls(self._journal.read_bytes()))
        left = read_tree(self._root)
        wrong = [] if disk.now() == left else [("journal", f"it misses {_apart(disk.now(), left)}")]
        states = {"killed": left, "power lost": disk.after_power_loss(chance.choice((None, chance)))}
        for name, tree in states.items():
            wrong += [(name, line) for line in self._look(ready, tree, kept, told)]
        return Outcome(point, True, tuple(wrong), len(states))

    def _look(self, job: Job, tree: Tree, kept: dict[int, str], told: int) -> list[str]:
        """What is wrong with a folder that was left so: at once, and after going on."""
        write_tree(tree, self._root)
        wanted = self.wanted[job.name]

        def work() -> list[str]:
            found = list(checks.stands(kept, told, job))
            return found + list(checks.goes_on(job, told, wanted))

        try:
            found: list[str] = self._in_root(work)
        except RuntimeError as error:
            return [str(error).strip().splitlines()[-1]]
        return found


def _apart(left: Tree, right: Tree) -> list[str]:
    return sorted(path for path in {*left, *right} if left.get(path, b"-") != right.get(path, b"-"))


def warm(folder: Path) -> None:
    """Go through all commands once, so that no fork has to load what they need."""
    from jobs import ADD_FIRST, PUBLISH, done

    (folder / "first").mkdir(parents=True)
    (folder / "first" / "a.txt").write_text("At least 12 people were killed in Orlen on 1 May 2031, the Board said.")
    here = Path.cwd()
    os.chdir(folder)
    for command in (("init", "p"), ADD_FIRST, ("show", "--json", "--project", "p"), PUBLISH):
        done(command)
    os.chdir(here)
    gc.collect()
    gc.freeze()
