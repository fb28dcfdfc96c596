"""What a backend gives a unit of work: rows for one statement, in SQL that SQLite and PostgreSQL share.

Input: a statement with `?` in place of its values. Output: rows. Ids go in and out as `key_of` and `name_of` have them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from tollbook.store.codec import canonical

# How long one who writes waits for others. Long enough for several who add much: each portion of reports that is linked
# holds the record for seconds.
BUSY_SECONDS = 60.0


class Sql(Protocol):
    """Rows for one statement, statements without any, and salts for the log.

    `rows` is for few, which may all be fetched at once; `stream` is for as many as a record has, fetched in portions.
    `errors` are those that reading raises where what is stored is damaged.
    """

    errors: tuple[type[Exception], ...]

    def rows(self, statement: str, values: Sequence[Any] = (), /) -> Iterator[tuple[Any, ...]]: ...

    def stream(self, statement: str, values: Sequence[Any] = (), /) -> Iterator[tuple[Any, ...]]: ...

    def do(self, statement: str, /, *values: Any) -> None: ...

    def salt(self) -> str: ...


def key_of(name: str) -> str:
    """An id as any database takes it: ASCII, with the escapes of JSON, so that a lone surrogate survives."""
    return canonical(name)[1:-1]


def name_of(key: str) -> str:
    """The id that `key_of` made a key of."""
    try:
        return str(json.loads(f'"{key}"'))
    except ValueError:
        return key
