"""The steps from one schema to the next: numbered files, each done and recorded in one transaction.

A step is `schema/<backend>/NNNN_name.sql`, or `NNNN_name.py` with a function `migrate(execute)`, where `execute` runs
one statement. Steps are never edited once released: a record made by any release opens in any later one. A version
means the same in every backend: a step has its file under the same number and name in each.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from tollbook.values import dataclass

BACKENDS = ("sqlite", "postgresql")
Execute = Callable[..., Any]
# Where a SQLite file keeps which steps were done.
HISTORY = "CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT"
_NAME = re.compile(r"(\d{4})_(\w+)\.(sql|py)")


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: its number, counting from 1 without a gap, its name, and where its text stands."""

    version: int
    name: str
    source: Traversable

    def run(self, execute: Execute, apart: Callable[[str], Iterable[str]] | None = None) -> None:
        """Do the step by `execute`, inside the caller's transaction; `apart` cuts a script, by default as SQLite's."""
        text = self.source.read_text(encoding="utf-8")
        if self.source.name.endswith(".py"):
            scope: dict[str, Any] = {}
            exec(compile(text, self.source.name, "exec"), scope)
            scope["migrate"](execute)
        else:
            for statement in (apart or statements)(text):
                execute(statement)


@cache
def steps(backend: str = "sqlite") -> tuple[Step, ...]:
    """All steps of a backend, in order."""
    folder = files("tollbook.store") / "schema" / backend
    named = [(match, item) for item in folder.iterdir() if (match := _NAME.fullmatch(item.name))]
    found = sorted((Step(int(match[1]), match[2], item) for match, item in named), key=lambda step: step.version)
    if [step.version for step in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"migrations of {backend} are not numbered 1, 2, 3 …: {[step.version for step in found]}")
    return tuple(found)


def latest(backend: str = "sqlite") -> int:
    """The schema version that this release writes."""
    return len(steps(backend))


def statements(script: str) -> Iterator[str]:
    """The statements of an SQL script. `executescript` would end the transaction that a step must stay in."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    if statement.strip():
        raise ValueError(f"a statement without an end: {statement.strip()[:60]}")
