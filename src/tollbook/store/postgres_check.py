"""What PostgreSQL's catalogue says of a record's schema: what is missing, turned off, or not as tollbook makes it.

Input: a session; output: a `Mismatch` for each such thing. "trigger events_stay: turned off". Pages that don't fit are
for the server to find: its checksums, and `pg_amcheck`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tollbook.store.log import Mismatch
from tollbook.store.migrations import steps
from tollbook.store.postgres_session import Session

# What a step makes: kind, name, and the body of a function.
_MADE = re.compile(r"CREATE (TABLE|INDEX|TRIGGER|FUNCTION) (\w+)(?:[^;$]*\$\$(.*?)\$\$)?", re.DOTALL)
_HELD = """
    SELECT 'table', relname, '' FROM pg_class WHERE relnamespace = ?::regnamespace AND relkind NOT IN ('i', 't')
    UNION ALL SELECT 'index', c.relname, '' FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
        WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'i'
            AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = c.oid)
    UNION ALL SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = ?::regnamespace
    UNION ALL SELECT 'trigger', t.tgname, t.tgenabled::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = ?::regnamespace AND NOT t.tgisinternal
"""
_OFF = ("D", "R")


def check(session: Session, version: int) -> Iterator[Mismatch]:
    """Each table, index, function or trigger that is not as the steps to `version` make it."""
    wanted, schema = _wanted(version), session.address.schema
    found = {(str(kind), str(name)): str(held) for kind, name, held in session.rows(_HELD, [f'"{schema}"'] * 4)}
    for kind, name in sorted(wanted.keys() | found.keys()):
        if (kind, name) not in found:
            yield Mismatch(f"{kind} {name}", "missing")
        elif (kind, name) not in wanted:
            yield Mismatch(f"{kind} {name}", "tollbook made none of this name")
        elif kind == "trigger" and found[kind, name] in _OFF:
            yield Mismatch(f"{kind} {name}", "turned off")
        elif kind == "function" and found[kind, name] != wanted[kind, name]:
            yield Mismatch(f"{kind} {name}", "it is not as tollbook makes it")
    done = session.run("SELECT version, name FROM migrations ORDER BY version")
    if done != [(step.version, step.name) for step in steps("postgresql")[:version]]:
        yield Mismatch("table migrations", f"it doesn't tell the steps to schema {version}")


@cache
def _wanted(version: int) -> dict[tuple[str, str], str]:
    """What the steps to a version make, by kind and name."""
    return {
        (made[1].lower(), made[2]): made[3] or ""
        for step in steps("postgresql")[:version]
        for made in _MADE.finditer(step.source.read_text(encoding="utf-8"))
    }
