"""What SQLite itself can say of a record's file: pages, rows and indexes that don't fit, and a schema that is another.

Input: a connection; output: a `Mismatch` for each thing that is wrong. "table readings: page 33 cell 2: …".
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

from tollbook.store.log import Mismatch
from tollbook.store.migrations import HISTORY, steps

# SQLite tells a hundred things at most; after so many nobody reads on.
_MOST = 100
_TREE = re.compile(r"(?:Tree|On tree page) (\d+) (.*)")

Schema = dict[tuple[str, str], str]


def check(connection: sqlite3.Connection) -> Iterator[Mismatch]:
    """What doesn't fit within the file, and each table, index or trigger that is not as tollbook makes it."""
    try:
        names = dict(connection.execute("SELECT rootpage, type || ' ' || name FROM sqlite_schema WHERE rootpage > 0"))
        told = [
            str(line) for (text,) in connection.execute(f"PRAGMA integrity_check({_MOST})") for line in _lines(text)
        ]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        yield Mismatch("database", f"is damaged ({error})")
        return
    for line in told:
        tree = _TREE.fullmatch(line)
        yield Mismatch(names.get(int(tree[1]), f"tree {tree[1]}"), tree[2]) if tree else Mismatch("database", line)
    try:
        yield from _of_schema(connection)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        yield Mismatch("schema", f"can't be read ({error})")


def _lines(text: object) -> list[str]:
    """What is told, line by line, without "ok" and headings."""
    return [line for line in str(text).splitlines() if line != "ok" and not line.startswith("***")]


def _of_schema(connection: sqlite3.Connection) -> Iterator[Mismatch]:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    wanted, found = _made(version), _schema(connection)
    for kind, name in sorted(wanted.keys() | found.keys()):
        if (kind, name) not in found:
            yield Mismatch(f"{kind} {name}", "missing")
        elif (kind, name) not in wanted:
            yield Mismatch(f"{kind} {name}", "tollbook made none of this name")
        elif found[kind, name] != wanted[kind, name]:
            yield Mismatch(f"{kind} {name}", "it is not as tollbook makes it")
    done = list(connection.execute("SELECT version, name FROM migrations ORDER BY version"))
    if done != [(step.version, step.name) for step in steps("sqlite")[:version]]:
        yield Mismatch("table migrations", f"it doesn't tell the steps to schema {version}")


@cache
def _made(version: int) -> Schema:
    """The schema of a version, as its steps make it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for step in steps("sqlite")[:version]:
            step.run(connection.execute)
        connection.execute(HISTORY)
        return _schema(connection)


def _schema(connection: sqlite3.Connection) -> Schema:
    rows = connection.execute("SELECT type, name, coalesce(sql, tbl_name) FROM sqlite_schema")
    return {(str(kind), str(name)): " ".join(str(sql).split()) for kind, name, sql in rows}
