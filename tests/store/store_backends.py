"""The backends of the store, as the behaviour test takes them: a new one joins `BACKENDS` and passes the same test."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from own_postgres import Server

from tollbook.store import Store, create_store, open_store
from tollbook.store.address import Address, parse
from tollbook.store.postgres import create_postgres, open_postgres


@dataclass(frozen=True)
class Backend:
    """How a test makes a record and opens it again, as another process would; a path stands for its place."""

    name: str
    create: Callable[[Path], None]
    open: Callable[..., Store]


def sqlite() -> Backend:
    """A record in a file."""
    return Backend("sqlite", create_store, open_store)


def postgresql(server: Server) -> Backend:
    """A record in a schema of a server, named after the path that stands for it."""

    def create(path: Path) -> None:
        create_postgres(schema_of(server, path))

    def open_(path: Path, wait: float = 5.0) -> Store:
        return open_postgres(schema_of(server, path), wait=wait)

    return Backend("postgresql", create, open_)


def schema_of(server: Server, path: Path) -> Address:
    """The address of the schema that stands for a path."""
    return parse(server.address(f"s_{hashlib.sha256(str(path).encode()).hexdigest()[:20]}"))


NAMES = ["sqlite", "postgresql"]


def backend_of(name: str, request: pytest.FixtureRequest) -> Backend:
    """A backend by its name; a server is started where it needs one."""
    return sqlite() if name == "sqlite" else postgresql(request.getfixturevalue("server"))
