"""Projects of invented reports. A test module with `STORES = BOTH` runs once with each kind of store."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from project_values import ANN, PLAIN, TEXTS, write

from tollbook.pipeline.project import add, init


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    chosen = any("folder" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "folder" in metafunc.fixturenames and not chosen:
        metafunc.parametrize("folder", getattr(metafunc.module, "STORES", ["sqlite"]), indirect=True)


@pytest.fixture
def inputs(tmp_path: Path) -> list[str]:
    return [str(path) for path in write(tmp_path / "in", TEXTS)]


@pytest.fixture
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    store = None
    if request.param == "postgresql":
        schema = f"p_{hashlib.sha256(str(tmp_path).encode()).hexdigest()[:20]}"
        store = request.getfixturevalue("server").address(schema)
    init(tmp_path / "floods", ANN, store)
    return tmp_path / "floods"


@pytest.fixture
def filled(folder: Path, inputs: list[str]) -> Path:
    add(folder, inputs, ANN, reader=PLAIN)
    return folder
