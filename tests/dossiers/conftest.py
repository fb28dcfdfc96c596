"""A real headless Chromium, pages written from invented records, and an eye on all that a page asks for or complains
of.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import dossier_records as made
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tollbook import dossiers
from tollbook.dossiers import html


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; where it is missing the tests fail and say so."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install chromium"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, what it asked for beyond its own file, and what it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class Opener:
    """Opens pages from disk, each in a context of its own."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[object] = []

    def __call__(self, path: Path, **options: object) -> Watched:
        given: dict[str, object] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**given)  # type: ignore[arg-type]
        self.contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.on("request", lambda request: watched.asked.append(request.url))
        watched.page.on("console", lambda message: watched.complaints.append(message.text))
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        watched.page.goto(path.as_uri())
        return watched


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
    html.write(dossiers.build(made.small()), folder)
    return folder


@pytest.fixture(scope="session")
def large_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of 40 sources × 300 claims by two rule sets."""
    folder = tmp_path_factory.mktemp("large") / "dossier"
    html.write(dossiers.build(made.large()), folder)
    return folder


@pytest.fixture
def small_page(small_folder: Path) -> Path:
    return next(small_folder.glob("incident-*.html"))


@pytest.fixture
def large_page(large_folder: Path) -> Path:
    return next(large_folder.glob("incident-*.html"))
