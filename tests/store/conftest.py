"""One fixture for every backend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_backends import NAMES, Backend, backend_of

from tollbook.store import Store


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
