"""Pages written from invented records, opened in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dossier_records as made
import pytest
from opened_pages import Opener
from playwright.sync_api import Browser

from tollbook.dossiers import html
from tollbook.dossiers.build import build


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Opener]:
    opener = Opener(chromium)
    yield opener
    for context in opener.contexts:
        context.close()  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small record's pages by two rule sets."""
    folder = tmp_path_factory.mktemp("small") / "dossier"
    html.write(build(made.small()), folder)
    return folder


@pytest.fixture(scope="session")
def large_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of 40 sources × 300 claims by two rule sets."""
    folder = tmp_path_factory.mktemp("large") / "dossier"
    html.write(build(made.large()), folder)
    return folder


@pytest.fixture
def small_page(small_folder: Path) -> Path:
    return next(small_folder.glob("incident-*.html"))


@pytest.fixture
def large_page(large_folder: Path) -> Path:
    return next(large_folder.glob("incident-*.html"))
