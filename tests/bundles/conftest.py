"""One project and its signed bundle, which tests copy before they alter it."""

from __future__ import annotations

from pathlib import Path

import bundles_made as made
import pytest


@pytest.fixture(scope="session")
def project_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.make(tmp_path_factory.mktemp("bundles") / "floods")


@pytest.fixture(scope="session")
def bundle(project_folder: Path) -> Path:
    return made.bundle(project_folder, project_folder.parent / "bundle")
