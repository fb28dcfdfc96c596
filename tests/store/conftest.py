"""One fixture for every backend, and records in PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import own_postgres
import pytest
from own_postgres import Server
from store_backends import NAMES, Backend, backend_of
from store_values import ANN, claim, reading, report, ruling

from tollbook.store import Store
from tollbook.store.address import Address, parse
from tollbook.store.postgres import create_postgres, open_postgres


@pytest.fixture(params=NAMES)
def backend(request: pytest.FixtureRequest) -> Backend:
    return backend_of(request.param, request)


@pytest.fixture
def place(tmp_path: Path, backend: Backend) -> Path:
    path = tmp_path / "record"
    backend.create(path)
    return path


@pytest.fixture
def store(place: Path, backend: Backend) -> Iterator[Store]:
    with backend.open(place) as store:
        yield store


@pytest.fixture
def address(server: Server, tmp_path: Path) -> Address:
    return parse(server.address(f"t_{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:20]}"))


@pytest.fixture
def record(address: Address) -> Address:
    """A record with a report, its reading, a place and a ruling."""
    create_postgres(address, "floods")
    text = report()
    figure = claim(text, "12 people", 12)
    with open_postgres(address) as store, store.write() as unit:
        unit.put_report(text, ANN)
        unit.put_reading(reading(text, figure), "hand@1", ANN)
        unit.put_homes("i1", [figure.id], ANN)
        unit.put_ruling(ruling(figure, text, "note", why="seen on the list"))
    return address


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server for one test, which may end it."""
    with own_postgres.server() as running:
        yield running
