"""Projects of invented reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from project_values import ANN, PLAIN, TEXTS, write

from tollbook.pipeline.project import add, init


@pytest.fixture
def inputs(tmp_path: Path) -> list[str]:
    return [str(path) for path in write(tmp_path / "in", TEXTS)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init(tmp_path / "floods", ANN)
    return tmp_path / "floods"


@pytest.fixture
def filled(folder: Path, inputs: list[str]) -> Path:
    add(folder, inputs, ANN, reader=PLAIN)
    return folder
