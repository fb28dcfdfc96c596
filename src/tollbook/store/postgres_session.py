"""One connection to PostgreSQL: statements with `?` as SQLite takes them, rows, and what goes wrong as one clear line.

Input: an `Address`. Output: rows. Statements that give no rows are sent together with the next one that does, or at the
end: PostgreSQL does them in order, and an error leaves the transaction that they are in with nothing done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import count
from typing import Any, TypeVar

from tollbook.store.address import Address
from tollbook.store.postgres_link import connected, explained, lost
from tollbook.values import dataclass

T = TypeVar("T")
# So many statements are sent at once, so many rows fetched: enough that the way there and back hardly counts.
_TOGETHER, _FETCHED = 250, 500
# PostgreSQL's texts have no NUL. It is written as DLE 0, and DLE (data link escape) as DLE DLE; all else stays.
_NUL, _DLE = "\x00", "\x10"

_SETTINGS = """
    SET search_path TO "{schema}";
    SET bytea_output TO hex;
    SET idle_in_transaction_session_timeout TO 0;
    SET tcp_keepalives_idle TO 60; SET tcp_keepalives_interval TO 10; SET tcp_keepalives_count TO 3;
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
"""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A statement that the server knows by a name."""

    name: bytes
    columns: Any
    readers: Any
    text: str


class Session:
    """A connection whose statements act in the schema of its address; errors are lines that name the address."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._connection = connected(address)
        self._prepared: dict[str, _Prepared] = {}
        self._ahead: list[tuple[_Prepared, list[str | None]]] = []
        self._cursors = count(1)
        try:
            self.run(_SETTINGS.format(schema=address.schema))
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the server; closing twice does no harm."""
        from pg8000.exceptions import InterfaceError

        with suppress(InterfaceError, OSError):
            self._connection.close()

    def run(self, script: str) -> list[tuple[Any, ...]]:
        """Do a script of statements without values; rows of the last one that gives any."""
        self.flush()
        return _tuples(self._asked(self._connection.execute_simple, script).rows)

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one statement."""
        found = self._known(statement)
        self._ahead.append((found, [_out(value) for value in values]))
        return _tuples(self.flush())

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows of one statement, a portion at a time; the transaction's end is theirs too."""
        self.flush()
        name = f"stream_{next(self._cursors)}"
        declared = f"DECLARE {name} NO SCROLL CURSOR FOR {numbered(statement)}"
        self._asked(self._connection.execute_unnamed, declared, [_out(value) for value in values])
        return self._fetched(name)

    def _fetched(self, name: str) -> Iterator[tuple[Any, ...]]:
        portion = self.run(f"FETCH {_FETCHED} FROM {name}")
        while portion:
            yield from portion
            portion = self.run(f"FETCH {_FETCHED} FROM {name}") if len(portion) == _FETCHED else []
        self.run(f"CLOSE {name}")

    def do(self, statement: str, *values: Any) -> None:
        """Do one statement now or with the next ones."""
        found = self._known(statement)
        self._ahead.append((found, [_out(value) for value in values]))
        if len(self._ahead) >= _TOGETHER:
            self.flush()

    def flush(self) -> list[Any]:
        """Have all that was asked done; rows of the last statement."""
        if not self._ahead:
            return []
        ahead, self._ahead = self._ahead, []
        found: list[Any] = self._asked(self._sent, ahead).rows or []
        return found

    def forget(self) -> None:
        """Take back what was not sent yet."""
        self._ahead.clear()

    def _known(self, statement: str) -> _Prepared:
        found = self._prepared.get(statement)
        if found is None:
            text = numbered(statement)
            self.flush()  # an answer is to be that of this one
            name, columns, readers = self._asked(self._connection.prepare_statement, text, ())
            found = self._prepared[statement] = _Prepared(name, columns, readers, text)
        return found

    def _sent(self, ahead: list[tuple[_Prepared, list[str | None]]]) -> Any:
        """Send statements in one go and wait once; pg8000 has the messages, and waits after each by itself."""
        from pg8000.core import SYNC_MSG, Context

        connection, last = self._connection, ahead[-1][0]
        for prepared, values in ahead:
            connection.send_BIND(prepared.name, values)
            connection.send_EXECUTE()
        connection._sock.write(SYNC_MSG)
        connection._sock.flush()
        context = Context(last.text, columns=last.columns, input_funcs=last.readers)
        connection.handle_messages(context)
        return context

    def _asked(self, ask: Callable[..., T], *values: Any) -> T:
        from pg8000.exceptions import DatabaseError, InterfaceError

        try:
            return ask(*values)
        except DatabaseError as error:
            raise explained(error.args[0], self.address) from error
        except (InterfaceError, OSError, AttributeError) as error:  # AttributeError: it was closed before
            raise lost(self.address) from error


@cache
def numbered(statement: str) -> str:
    """A statement with $1, $2 … for each `?` outside quotes: "a = ? AND b = '?'" becomes "a = $1 AND b = '?'"."""
    numbers = count(1)
    parts = statement.split("'")
    for place in range(0, len(parts), 2):
        pieces = parts[place].split("?")
        parts[place] = pieces[0] + "".join(f"${next(numbers)}{piece}" for piece in pieces[1:])
    return "'".join(parts)


def _out(value: Any) -> str | None:
    """A value as PostgreSQL reads it. A lone surrogate is a UnicodeEncodeError, as with SQLite."""
    if value is None:
        return None
    if isinstance(value, str):
        value.encode()
        return value.replace(_DLE, _DLE + _DLE).replace(_NUL, f"{_DLE}0") if _DLE in value or _NUL in value else value
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def _in(value: Any) -> Any:
    if isinstance(value, str) and _DLE in value:
        return _DLE.join(part.replace(f"{_DLE}0", _NUL) for part in value.split(_DLE + _DLE))
    return value


def _tuples(rows: list[list[Any]] | None) -> list[tuple[Any, ...]]:
    return [tuple([_in(value) for value in row]) for row in rows or ()]
