"""One SQLite file as a record: opening, transactions, and what goes wrong as one clear line.

Input: a path; output: `Unit`s of work. `with store.write() as unit:` is one transaction: the end of the block is the
commit, an error leaves nothing. WAL lets readers go on beside a writer; every commit is synced before it is told.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from tollbook.errors import OutputError, StoreError, TollbookError
from tollbook.files import beside, put_new
from tollbook.locks import opened, wait_alone
from tollbook.store.log import Mismatch
from tollbook.store.migrations import HISTORY, latest, steps
from tollbook.store.sql import BUSY_SECONDS
from tollbook.store.sqlite_check import check
from tollbook.store.unit import Unit

# "toll" in ASCII: tells a record from any other SQLite file.
APPLICATION_ID = 0x746F6C6C


class SqliteStore:
    """A record in one SQLite file. Opened by `open_store` or `create_store`; `with` closes it."""

    # The last two where a number or a text is damaged, be it the name of what SQLite complains about.
    errors: tuple[type[Exception], ...] = (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError)

    def __init__(
        self, path: Path, connection: sqlite3.Connection, *, writable: bool, wait: float = BUSY_SECONDS
    ) -> None:
        self.path = path
        self._wait = wait
        self._connection = connection
        self._writable = writable

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        with suppress(sqlite3.Error):
            self._connection.close()

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit of work: all of it is kept when the block ends, and none of it when an error leaves the block."""
        if not self._writable:
            raise StoreError("may only be read", what=str(self.path.parent), advice="ask for the right to write there")
        with ExitStack() as turn:
            self._wait_for_turn(turn)
            with self._transaction("BEGIN IMMEDIATE") as unit:
                turn.close()
                yield unit

    def _wait_for_turn(self, turn: ExitStack) -> None:
        """Stand in line behind who waits already: one alone asks SQLite, which knows no line and lets the quickest in.

        Without it a process that commits again and again lets nobody else in between. The line is a lock on the folder.
        """
        with suppress(OSError):  # a folder that may not be listed has no line
            wait_alone(turn.enter_context(opened(self.path.parent)), self._wait)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """One view of the record, whatever others write meanwhile."""
        with explained(self.path):
            self._connection.execute("BEGIN")
            try:
                yield Unit(self)
            finally:
                # There is nothing to keep; and where the file is damaged, its end could not be told from its middle.
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")

    def rows(self, statement: str, values: Sequence[Any] = (), /) -> Iterator[tuple[Any, ...]]:
        """Rows of one statement."""
        return iter(self._connection.execute(statement, values))

    def stream(self, statement: str, values: Sequence[Any] = (), /) -> Iterator[tuple[Any, ...]]:
        """Rows of one statement, which SQLite gives one by one anyway."""
        return self.rows(statement, values)

    def do(self, statement: str, /, *values: Any) -> None:
        """Do what one statement says."""
        self._connection.execute(statement, values)

    def check(self) -> Iterator[Mismatch]:
        """What SQLite finds wrong with the file, and what of its schema is not as tollbook makes it."""
        return check(self._connection)

    def salt(self) -> str:
        """Thirty-two hex digits that nobody can guess."""
        return secrets.token_hex(16)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Unit]:
        with explained(self.path):
            self._connection.execute(begin)
            try:
                yield Unit(self)
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk has rolled back already: then there is nothing to take back, and SQLite says so.
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def migrate(self) -> None:
        """Bring the schema to the version of this release; each step and its record are one transaction."""
        for step in steps("sqlite"):
            with self._transaction("BEGIN IMMEDIATE"):
                if step.version <= _pragma(self._connection, "user_version"):
                    continue
                step.run(self._connection.execute)
                self._connection.execute(HISTORY)
                self._connection.execute("INSERT INTO migrations VALUES (?, ?)", (step.version, step.name))
                self._connection.execute(f"PRAGMA user_version = {step.version}")


def create_store(path: Path, begin: Callable[[Unit], object] | None = None) -> None:
    """Make a record at `path`, beside it first and then in one step; an existing one is an error.

    What `begin` does is in it from the start: nobody sees the record without.
    """
    if not path.parent.is_dir():
        raise StoreError("is no folder", what=str(path.parent), advice="make one with 'tollbook init'")
    with explained(path), beside(path) as made:
        connection = _connect(f"{made.absolute().as_uri()}?mode=rwc", made)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        # Nobody else knows of it yet, and its folder may be held by who makes it: there is no line to stand in.
        with SqliteStore(made, connection, writable=True, wait=0) as store:
            store.migrate()
            if begin:
                with store.write() as unit:
                    begin(unit)
        if not put_new(made, path):
            raise StoreError("is a project already", what=str(path.parent), advice="nothing was changed")


def open_store(path: Path, *, wait: float = BUSY_SECONDS) -> SqliteStore:
    """The record at `path`, its schema brought up to date where it may be written.

    `wait` is how many seconds to wait for another process. Raises StoreError where there is no record, the file is
    none of ours, was made by a later release, is damaged or locked.
    """
    if not path.is_file():
        raise no_project(path.parent)
    writable = may_write(path) and may_write(path.parent)
    with explained(path):
        connection = _connect(_uri(path, writable), path, wait)
        try:
            _check_schema(connection, path, writable)
            store = SqliteStore(path, connection, writable=writable, wait=wait)
            if _pragma(connection, "user_version") < latest():
                store.migrate()
        except BaseException:
            connection.close()
            raise
    return store


def no_project(folder: Path) -> StoreError:
    what = "the current folder" if folder == Path() else str(folder)
    wrong = "is no project" if folder.is_dir() else "is no folder"
    return StoreError(
        wrong, what=what, advice="name a project with --project DIR, or make one with 'tollbook init DIR'"
    )


def may_write(path: Path) -> bool:
    """True where this process may write; as the user it acts for, where that can be told apart."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _uri(path: Path, writable: bool) -> str:
    base = path.absolute().as_uri()
    if writable:
        return f"{base}?mode=rw"
    # Where nobody can write, SQLite can't keep the files it shares with writers; without them it must be told that
    # nobody writes, which holds unless a writer left its log behind.
    with_log = path.with_name(f"{path.name}-wal").exists()
    return f"{base}?mode=ro" if with_log or may_write(path.parent) else f"{base}?mode=ro&immutable=1"


def _connect(uri: str, path: Path, wait: float = BUSY_SECONDS) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=wait)
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if "mode=ro" not in uri:
            connection.execute("PRAGMA synchronous = FULL")
            if "mode=rwc" in uri:
                connection.execute("PRAGMA journal_mode = WAL")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_schema(connection: sqlite3.Connection, path: Path, writable: bool) -> None:
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise StoreError("is an SQLite file, but not a tollbook record", what=str(path), advice="choose another folder")
    version, known = _pragma(connection, "user_version"), latest()
    if version > known:
        raise StoreError(
            f"was made by a later tollbook (schema {version}; this one knows up to {known})",
            what=str(path), advice="update tollbook",
        )  # fmt: skip
    if version < known and not writable:
        raise StoreError(
            f"has schema {version} and may not be written, so it can't be brought up to {known}",
            what=str(path), advice="copy it to where it may be written",
        )  # fmt: skip


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


_PRIMARY = 0xFF
_LINES: dict[int, tuple[type[TollbookError], str, str]] = {
    sqlite3.SQLITE_BUSY: (StoreError, "is in use by another process", "try again when it is done"),
    sqlite3.SQLITE_LOCKED: (StoreError, "is in use by another process", "try again when it is done"),
    sqlite3.SQLITE_READONLY: (StoreError, "may only be read", "ask for the right to write there"),
    sqlite3.SQLITE_PERM: (StoreError, "may not be opened", "ask for the right to read it"),
    sqlite3.SQLITE_CANTOPEN: (StoreError, "can't be opened", "check that the folder may be read and written"),
    sqlite3.SQLITE_NOTADB: (StoreError, "is not a tollbook record", "choose another folder"),
    sqlite3.SQLITE_CORRUPT: (StoreError, "is damaged", "restore it from a copy"),
    sqlite3.SQLITE_CONSTRAINT: (StoreError, "refuses a change that its log does not allow", "restore it from a copy"),
    sqlite3.SQLITE_FULL: (OutputError, "no space left; this step was not kept", "free some space, then run it again"),
    sqlite3.SQLITE_IOERR: (OutputError, "no space left, or the disk fails; this step was not kept", "check the disk"),
}  # fmt: skip


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the file system as one line that names the record."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
        if str(error).startswith("Could not decode"):  # bytes that are no text, as only damage leaves them
            code = sqlite3.SQLITE_CORRUPT
        if code not in _LINES:
            raise StoreError(f"can't be used ({error})", what=str(path)) from error
        kind, message, advice = _LINES[code]
        raise kind(message, what=str(path), advice=advice) from error
    except UnicodeDecodeError as error:
        _, message, advice = _LINES[sqlite3.SQLITE_CORRUPT]
        raise StoreError(message, what=str(path), advice=advice) from error
    except PermissionError as error:
        raise StoreError("may not be read or written", what=str(path), advice="check who may") from error
