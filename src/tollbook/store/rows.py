"""The rows of the tables that follow from the log, as they stand: for whoever holds them against it.

Input: a table, and a key where one row is asked for. Output: `Row`s, whatever is in them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tollbook.store.sql import Sql, key_of, name_of

# Of each table its key, and what it keeps beside the number of its event.
_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "reports": (("report",), ("particulars", "text_sha256")),
    "readings": (("report",), ("reading", "reader")),
    "incidents": (("incident",), ()),
    "homes": (("claim",), ("incident",)),
    "custody": (("report", "raw", "way"), ("sha256",)),
}


class Row(NamedTuple):
    """A row as it stands: its key, the number of its event, and what the table keeps beside these."""

    key: tuple[str, ...]
    event: int
    value: str = ""
    beside: str = ""


class Rows:
    """What can be asked of tables by their names."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def _one(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        return next(iter(list(self._sql.rows(statement, values))), None)

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What reading raises where what is stored is damaged."""
        return self._sql.errors

    def table(self, name: str) -> Iterator[Row]:
        """The rows of one of `_TABLES` as they stand."""
        keys, values = _TABLES[name]
        asked = f"SELECT {', '.join((*keys, 'event', *values))} FROM {name} ORDER BY {', '.join(keys)}"
        return (_row(row, len(keys)) for row in self._sql.stream(asked))

    def row(self, name: str, *key: str) -> Row | None:
        """One of these rows by its key."""
        keys, values = _TABLES[name]
        asked = (
            f"SELECT {', '.join((*keys, 'event', *values))} FROM {name} WHERE {' AND '.join(f'{k} = ?' for k in keys)}"
        )
        found = self._one(asked, *map(key_of, key))
        return None if found is None else _row(found, len(keys))

    def count(self, name: str) -> int:
        """How many rows one of these tables has."""
        found = self._one(f"SELECT count(*) FROM {name}") if name in _TABLES else None
        return 0 if found is None else int(found[0])


def _row(found: Sequence[Any], keys: int) -> Row:
    return Row(tuple(name_of(str(key)) for key in found[:keys]), *found[keys:])
