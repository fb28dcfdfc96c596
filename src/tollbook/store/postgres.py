"""A schema of a PostgreSQL database as a record: opening, transactions, migrations, as `sqlite.py` does for a file.

Input: an `Address`; output: `Unit`s of work. `with store.write() as unit:` is one transaction: the end of the block is
the commit, an error leaves nothing. Who writes locks the table `tollbook` first, so writers come one after the other;
readers see the record as it was when they began, and go on beside a writer.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from tollbook.errors import StoreError, TollbookError
from tollbook.store.address import Address
from tollbook.store.log import Mismatch
from tollbook.store.migrations import Step, latest, steps
from tollbook.store.postgres_check import check
from tollbook.store.postgres_link import Forbidden
from tollbook.store.postgres_session import Session
from tollbook.store.sql import BUSY_SECONDS
from tollbook.store.unit import Unit
from tollbook.values import dataclass

_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class NoRecord(StoreError):
    """A server that answers, and holds no such record."""


class PostgresStore:
    """A record in a schema. Opened by `open_postgres` or `create_postgres`; `with` closes it."""

    # A server that finds a page damaged ends the transaction: no more can be read in it.
    errors: tuple[type[Exception], ...] = ()

    def __init__(self, session: Session, wait: float = BUSY_SECONDS) -> None:
        self.address = session.address
        self.session = session
        self._wait = wait

    def __enter__(self) -> PostgresStore:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the server; closing twice does no harm."""
        self.session.close()

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A unit of work: all of it is kept when the block ends, and none of it when an error leaves the block."""
        with self._transaction():
            try:
                self._lock()
            except Forbidden as error:
                raise StoreError(
                    "may only be read", what=str(self.address), advice="ask for the right to write there"
                ) from error
            yield Unit(self)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """One view of the record, whatever others write meanwhile."""
        with self._transaction(_READ):
            yield Unit(self)

    def rows(self, statement: str, values: Sequence[Any] = (), /) -> Iterator[tuple[Any, ...]]:
        """Rows of one statement, all fetched."""
        return iter(self.session.rows(statement, values))

    def stream(self, statement: str, values: Sequence[Any] = (), /) -> Iterator[tuple[Any, ...]]:
        """Rows of one statement, fetched in portions."""
        return self.session.stream(statement, values)

    def do(self, statement: str, /, *values: Any) -> None:
        """Do what one statement says, at the latest when rows are asked for or the unit of work ends."""
        self.session.do(statement, *values)

    def check(self) -> Iterator[Mismatch]:
        """What of the schema is not as tollbook makes it; ask within a `read()`."""
        return check(self.session, self.version())

    def salt(self) -> str:
        """Thirty-two hex digits that nobody can guess."""
        return secrets.token_hex(16)

    @contextmanager
    def _transaction(self, begin: str = "BEGIN READ WRITE") -> Iterator[None]:
        try:
            self.session.run(begin)
            yield
            self.session.flush()
            self.session.run("COMMIT")
        except Exception:
            self.session.forget()
            with suppress(TollbookError):  # a server that is gone has taken all back already
                self.session.run("ROLLBACK")
            raise
        except BaseException:  # stopped, perhaps in the middle of an answer: nothing more can be said here
            self.session.close()
            raise

    def _lock(self) -> None:
        """Wait for other writers, as long as SQLite would; from here on the record is what they left."""
        wait = max(1, round(self._wait * 1000))
        self.session.run(f"SET LOCAL lock_timeout TO {wait}; LOCK TABLE tollbook IN EXCLUSIVE MODE")

    def version(self) -> int:
        """The version of the schema, inside a transaction or outside."""
        return int(self.session.run("SELECT version FROM tollbook")[0][0])

    def migrate(self) -> None:
        """Bring the schema to the version of this release; each step and its record are one transaction."""
        for step in steps("postgresql"):
            with self._transaction():
                self._lock()
                if step.version > self.version():
                    self._take(step)

    def _take(self, step: Step) -> None:
        step.run(self.session.run, lambda script: [script])
        self.session.do("INSERT INTO migrations (version, name) VALUES (?, ?)", step.version, step.name)
        self.session.do("UPDATE tollbook SET version = ?", step.version)

    def begin(self, record: str, begin: Callable[[Unit], object] | None) -> None:
        """Make the schema and all that is in it from the start, in one transaction."""
        with self._transaction():
            schema = self.address.schema
            # Two that make the same record at once: the second one waits, and finds it made.
            self.session.rows("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))::text", [f"tollbook {schema}"])
            found = _look(self.session)
            _check_free(found, self.address)
            if not found.schema:
                self.session.run(f'CREATE SCHEMA "{schema}"')
            first, *others = steps("postgresql")
            first.run(self.session.run, lambda script: [script])
            self.session.do("INSERT INTO tollbook (one, record, version) VALUES (1, ?, ?)", record, first.version)
            self.session.do("INSERT INTO migrations (version, name) VALUES (?, ?)", first.version, first.name)
            for step in others:
                self._take(step)
            if begin:
                begin(Unit(self))


def create_postgres(address: Address, record: str = "", begin: Callable[[Unit], object] | None = None) -> None:
    """Make a record at an address: its schema and all in it, in one step; an existing one is an error.

    `record` is any name by which the record is known again. What `begin` does is in it from the start.
    """
    with PostgresStore(Session(address)) as store:
        try:
            store.begin(record, begin)
        except Forbidden as error:
            raise StoreError(
                "no schema may be made there by this user",
                what=str(address), advice="ask for the right, or for an empty schema of that name",
            ) from error  # fmt: skip


def open_postgres(address: Address, *, record: str | None = None, wait: float = BUSY_SECONDS) -> PostgresStore:
    """The record at an address, its schema brought up to date where it may be written.

    `wait` is how many seconds to wait for another process. Raises StoreError where no server answers or lets one in,
    there is no record or another one than `record`, it was made by a later release or is locked.
    """
    store = PostgresStore(Session(address), wait)
    try:
        _check_schema(store, record)
    except BaseException:
        store.close()
        raise
    return store


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands at an address: the schema, how much is in it, and whether that is a record."""

    schema: bool
    relations: int
    record: bool
    encoding: str


def _look(session: Session) -> _Found:
    """What stands at the address, asked of the catalogue, which everybody may read."""
    asked = """
        SELECT count(DISTINCT n.oid) > 0, count(DISTINCT c.oid),
            count(*) FILTER (WHERE c.relname = 'tollbook' AND a.attname IN ('record', 'version')) = 2,
            current_setting('server_encoding')
        FROM pg_namespace n LEFT JOIN pg_class c ON c.relnamespace = n.oid
            LEFT JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE n.nspname = ?
    """
    return _Found(*session.rows(asked, [session.address.schema])[0])


def _check_free(found: _Found, address: Address) -> None:
    """Refuse a place where something stands already."""
    what = str(address)
    if found.record:
        raise StoreError("is a project already", what=what, advice="nothing was changed")
    if found.relations:
        raise _foreign(address)
    if found.encoding != "UTF8":
        raise StoreError(
            f"keeps texts in {found.encoding}, which lacks letters", what=what,
            advice="make a database with 'createdb --encoding=UTF8 --template=template0'",
        )  # fmt: skip


def _foreign(address: Address) -> StoreError:
    return NoRecord(
        f"the schema '{address.schema}' is of another program", what=str(address), advice="name another: ?schema=NAME"
    )


def _check_schema(store: PostgresStore, record: str | None) -> None:
    address, found = store.address, _look(store.session)
    if found.relations and not found.record:
        raise _foreign(address)
    if not found.record:
        raise NoRecord(
            "holds no tollbook record", what=str(address),
            advice="check the address, or make a project with 'tollbook init DIR --store ADDRESS'",
        )  # fmt: skip
    name, version = store.session.run(f'SELECT record, version FROM "{address.schema}".tollbook')[0]
    if record is not None and name != record:
        raise NoRecord(
            "holds another record than this folder belongs to",
            what=str(address), advice="check the address in store.toml",
        )  # fmt: skip
    _bring_up(store, version, latest("postgresql"))


def _bring_up(store: PostgresStore, version: int, known: int) -> None:
    what = str(store.address)
    if version > known:
        raise StoreError(
            f"was made by a later tollbook (schema {version}; this one knows up to {known})",
            what=what, advice="update tollbook",
        )  # fmt: skip
    if version < known:
        try:
            store.migrate()
        except Forbidden as error:
            raise StoreError(
                f"has schema {version} and may not be written, so it can't be brought up to {known}",
                what=what, advice="ask who may change its tables to open it once",
            ) from error  # fmt: skip
