"""Inside the process that will be killed: one command of tollbook runs, watched from outside, and dies at its point.

Input: a job's commands, the points to look for, and at which match of which to die. Output: lines on a pipe: `A seq
hash` for each event known to be kept (its COMMIT has returned), `D n` when command n has told that it is done, `K n` at
the very moment of dying at point n, `N n times` at the end of a run that nothing killed.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import io
import os
import re
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from points import Call, Function, Point, Statement
from shim import AFTER, BEFORE, Shim

_HEAD = "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1"


class Watch:
    """The points that a process looks for, and the one that it dies at: its number and which match."""

    def __init__(
        self,
        points: Mapping[int, Point],
        folder: Path,
        journal: int,
        pipe: int,
        die: tuple[int, int],
        act: Callable[[], None] | None = None,
    ) -> None:
        self.points, self._pipe, self._die = points, pipe, die
        self._act = act or self._end
        self._seen: Counter[int] = Counter()
        self._shim = Shim()
        self._shim.watch(folder, journal, pipe)
        for number, point in points.items():
            if isinstance(point.at, Call):
                self._shim.rule(number, point.at.kind, point.at.path, point.at.when, self._nth(number))

    def _nth(self, number: int) -> int:
        return self._die[1] if number == self._die[0] else 0

    def tell(self, line: str) -> None:
        """A line for the harness, written before anything else happens."""
        os.write(self._pipe, f"{line}\n".encode())

    def pass_by(self, number: int) -> None:
        """Count a match of a point that the library can't see; die where it is the one."""
        self._seen[number] += 1
        if self._seen[number] == self._nth(number):
            self.tell(f"K {number}")
            self._act()

    def _end(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, text: str, when: int) -> None:
        """A statement is about to be done, or was."""
        for number, point in self.points.items():
            if isinstance(point.at, Statement) and point.at.when == when and re.search(point.at.text, text):
                self.pass_by(number)

    def done(self) -> None:
        """Say how often each point was passed."""
        for number, point in self.points.items():
            seen = self._shim.count(number) if isinstance(point.at, Call) else self._seen[number]
            self.tell(f"N {number} {seen}")


def _watched(watch: Watch) -> type[sqlite3.Connection]:
    class Connection(sqlite3.Connection):
        """SQLite's connection; each statement is told to the watch, and each event that a COMMIT has kept."""

        def __init__(self, database: str, *given: Any, **named: Any) -> None:
            super().__init__(database, *given, **named)
            self._is_named = ".partial" not in database  # a record in the making is nobody's yet

        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            text = f"{sql} {parameters!r:.99}"
            watch.statement(text, BEFORE)
            found = super().execute(sql, parameters)
            watch.statement(text, AFTER)
            if sql == "COMMIT" and self._is_named:
                with contextlib.suppress(sqlite3.OperationalError):  # a record without a log yet
                    for seq, mark in super().execute(_HEAD):
                        watch.tell(f"A {seq} {mark}")
            return found

    return Connection


def _watch_sessions(watch: Watch) -> None:
    """The same for connections to PostgreSQL."""
    from tollbook.store.postgres_session import Session

    rows = Session.rows

    def watched(name: str) -> None:
        real = getattr(Session, name)

        def asked(self: Session, text: str, *values: Any) -> Any:
            told = f"{text.strip()} {values!r:.99}"
            watch.statement(told, BEFORE)
            found = real(self, text, *values)
            watch.statement(told, AFTER)
            if text == "COMMIT":
                with contextlib.suppress(Exception):  # a record in the making, or a server that is gone
                    for seq, mark in rows(self, _HEAD):
                        watch.tell(f"A {seq} {mark}")
            return found

        setattr(Session, name, asked)

    for name in ("run", "rows", "do"):
        watched(name)


def _around(number: int, watch: Watch, point: Function) -> None:
    module = importlib.import_module(point.module)
    real: Callable[..., Any] = getattr(module, point.name)

    @functools.wraps(real)
    def wrapped(*given: Any, **named: Any) -> Any:
        if point.when == BEFORE:
            watch.pass_by(number)
        found = real(*given, **named)
        if point.when == AFTER:
            watch.pass_by(number)
        return found

    setattr(module, point.name, wrapped)


def run(watch: Watch, commands: Sequence[Sequence[str]], settings: Mapping[str, Any]) -> None:
    """Do the commands one after another, as the command line does them, and say which are done."""
    connect = sqlite3.connect
    sqlite3.connect = functools.partial(connect, factory=_watched(watch))  # type: ignore[assignment]
    _watch_sessions(watch)
    for number, point in watch.points.items():
        if isinstance(point.at, Function):
            _around(number, watch, point.at)
    for name, value in settings.items():
        module, _, attribute = name.rpartition(".")
        setattr(importlib.import_module(module), attribute, value)
    for number, command in enumerate(commands):
        status, told = tollbook(command)
        if status:
            watch.tell(f"E {number} {status} {told!r}")
        elif told:
            watch.tell(f"D {number}")
    watch.done()


def tollbook(command: Sequence[str]) -> tuple[int, str]:
    """One command, within this process: its exit status and all that it printed."""
    from tollbook.cli import call

    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        status = call(command)
    return status, printed.buffer.getvalue().decode()
