"""What the app keeps beside the record: accounts, and who has come in. Nothing of it is evidence, and no figure rests
on it.

Input: a project's folder. Output: `review.sqlite` in it, readable by its owner alone, opened per thread. It can be
deleted while the app is down: then accounts must be made anew, and nothing of the record is lost.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from tollbook.errors import OutputError, StoreError, TollbookError

FILE = "review.sqlite"
_VERSION = 1
_NONE, _IN_USE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT), (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class State:
    """The app's own tables, `schema.sql`. One connection a thread; `change()` is one transaction, synced at its end.

    Raises StoreError where the file is none of ours, OutputError where it can't be written.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._threads = threading.local()
        with suppress(FileExistsError):
            try:
                os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            except OSError as error:
                if isinstance(error, FileExistsError):
                    raise
                raise OutputError(f"can't be made ({error.strerror})", what=str(self._path)) from error
        with self.change() as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise StoreError("was made by a later tollbook", what=str(self._path), advice="update tollbook")
            if version < _VERSION:
                for statement in files(__package__).joinpath("schema.sql").read_text(encoding="utf-8").split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_VERSION}")

    def rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """What is kept as of now."""
        try:
            return self._connection().execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._told(error) from error

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One transaction: kept whole, or not at all. Raises OutputError where the disk is full."""
        connection: sqlite3.Connection | None = None
        try:
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            _undone(connection)
            raise self._told(error) from error
        except BaseException:
            _undone(connection)
            raise

    def _told(self, error: sqlite3.Error) -> TollbookError:
        what, code = str(self._path), getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _NONE:
            return StoreError(
                f"can't be read ({error})", what=what, advice="restore it from a copy, or delete it: no ruling is lost"
            )
        if code in _IN_USE:
            return StoreError("is in use by another process", what=what, advice="try again")
        said = f"no space left, or the disk fails ({error}); nothing was written"
        return OutputError(said, what=what, advice="free some space, then send it again")

    def _connection(self) -> sqlite3.Connection:
        found = getattr(self._threads, "connection", None)
        if found is None:
            found = sqlite3.connect(self._path, isolation_level=None, timeout=10)
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA foreign_keys = ON")
            self._threads.connection = found
        return found


def _undone(connection: sqlite3.Connection | None) -> None:
    if connection is not None and connection.in_transaction:
        connection.execute("ROLLBACK")
