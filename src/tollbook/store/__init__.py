"""The record of a project: an append-only log of what was added and decided, and what it implies.

Input: model values, who and when; output: model values, the same again. One `with` block is one unit of work:

    with open_in(folder) as store, store.write() as unit:
        unit.put_report(report, Stamp("ann", "2030-05-01T10:00:00Z"))

SQLite is the default, PostgreSQL is for teams: both give the same `Store` and pass the same behaviour test.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Protocol, Self

from tollbook.store.derived import Derived, Garbled, Mark
from tollbook.store.log import Event, Mismatch, Stamp
from tollbook.store.place import create_in, open_in
from tollbook.store.shown import ShownIncident
from tollbook.store.sqlite import create_store, open_store
from tollbook.store.unit import Unit, other_text
from tollbook.store.verify import verify


class Store(Protocol):
    """What a backend is: units of work to write in, views to read from, and an end.

    `check` tells what the database itself finds wrong with what it holds, and with its schema.
    """

    def write(self) -> AbstractContextManager[Unit]: ...

    def read(self) -> AbstractContextManager[Unit]: ...

    def check(self) -> Iterator[Mismatch]: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *error: object) -> None: ...


__all__ = [
    "Derived",
    "Event",
    "Garbled",
    "Mark",
    "Mismatch",
    "ShownIncident",
    "Stamp",
    "Store",
    "Unit",
    "create_in",
    "create_store",
    "open_in",
    "open_store",
    "other_text",
    "verify",
]
