"""What the desk keeps beside the record, in `desk.sqlite` of the folder, so that a restart needn't work it out anew.

Input: a project's folder. Output: rows of rulings by what they are about, and of claims in the order of the queue.
Nothing of it is truth: all follows from the log, `mark` says up to which event, and where the log is another, the code
is another or the file is damaged, it is thrown away and made anew.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tollbook.errors import OutputError

FILE = "desk.sqlite"
VERSION = 2
_SCHEMA = """
CREATE TABLE mark (one INTEGER PRIMARY KEY CHECK (one = 1), made_by TEXT NOT NULL, event INTEGER NOT NULL,
    hash TEXT NOT NULL) STRICT;
CREATE TABLE ruled (name TEXT NOT NULL, seq INTEGER NOT NULL, moves INTEGER NOT NULL, PRIMARY KEY (name, seq))
    STRICT, WITHOUT ROWID;
CREATE INDEX ruled_seq ON ruled (seq);
CREATE TABLE items (claim TEXT PRIMARY KEY, report TEXT NOT NULL, incident TEXT NOT NULL, measure TEXT NOT NULL,
    counted TEXT NOT NULL, language TEXT NOT NULL, publisher TEXT NOT NULL, state TEXT NOT NULL, rank REAL NOT NULL,
    confidence REAL NOT NULL, effect_words TEXT NOT NULL, seen INTEGER NOT NULL, who TEXT NOT NULL,
    folded TEXT NOT NULL, page TEXT NOT NULL) STRICT;
CREATE INDEX items_order ON items (state, rank, confidence, claim);
CREATE INDEX items_all ON items (rank, confidence, claim);
CREATE INDEX items_incident ON items (incident);
CREATE INDEX items_report ON items (report);
CREATE INDEX items_measure ON items (measure);
CREATE INDEX items_counted ON items (counted);
CREATE INDEX items_language ON items (language);
CREATE INDEX items_publisher ON items (publisher);
CREATE INDEX items_counts ON items (state, who, incident);
CREATE TABLE named (incident TEXT PRIMARY KEY, name TEXT NOT NULL, claims INTEGER NOT NULL, seed TEXT NOT NULL,
    line TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;
CREATE TABLE stale (kind TEXT NOT NULL, name TEXT NOT NULL, place INTEGER NOT NULL, times INTEGER NOT NULL,
    PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;
CREATE INDEX stale_place ON stale (kind, place);
"""
_TABLES = ("mark", "ruled", "items", "named", "stale")


class Kept:
    """The file, with a connection for each thread; one thread at a time changes it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._threads = threading.local()
        self._turn = threading.RLock()
        self._open: list[sqlite3.Connection] = []
        try:
            self._begin()
        except sqlite3.OperationalError as error:
            self.close()
            raise self._unwritten(error) from error
        except sqlite3.DatabaseError:  # damaged, or another's: nothing is lost by making it anew
            self.close()
            for ending in ("", "-wal", "-shm"):
                self._path.with_name(FILE + ending).unlink(missing_ok=True)
            self._begin()

    def _unwritten(self, error: sqlite3.Error) -> OutputError:
        advice = "let the app write to the project's folder, or free some space; what was ruled is in the log"
        return OutputError(f"can't be written ({error})", what=str(self._path), advice=advice)

    def _begin(self) -> None:
        with self.change() as kept:
            (version,) = kept.execute("PRAGMA user_version").fetchone()
            if version not in (0, VERSION):
                raise sqlite3.DatabaseError("of another release")
            if version == 0:
                for statement in _SCHEMA.split(";\n"):
                    kept.execute(statement)
                kept.execute(f"PRAGMA user_version = {VERSION}")

    def rows(self, statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Rows as of now; within `change`, as they are by then."""
        return self._connection().execute(statement, values)

    def one(self, statement: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row."""
        return next(iter(self.rows(statement, values)), None)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One transaction, kept whole or not at all; a power cut may take the last ones, which the log has still."""
        with self._turn:
            connection = self._connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.OperationalError):
                    raise self._unwritten(error) from error
                raise

    def clear(self) -> None:
        """Throw everything away."""
        with self.change() as kept:
            for table in _TABLES:
                kept.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        """Let go of the file."""
        with self._turn:
            for one in self._open:
                one.close()
            self._open.clear()
            self._threads = threading.local()

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if found is None:
            found = sqlite3.connect(self._path, isolation_level=None, timeout=60, check_same_thread=False)
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = NORMAL")
            found.execute("PRAGMA cache_size = -1000")
            self._threads.connection = found
            self._open.append(found)
        return found
