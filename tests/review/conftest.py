"""The review app on a copy of the sample's project, with a browser: `review.page("/queue", "Bo", "coder")`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from review_server import Review, reviewing

from tollbook import sample
from tollbook.pipeline import adding, project_folder
from tollbook.store import Stamp

BY = Stamp("Ann Example", "2031-05-09T12:00:00Z")
TEXTS = {
    "flood": "Orvesk, May 7 - At least 12 people were killed and 30 were injured when the river Sarn left its bed in "
    "Orvesk on 6 May 2031, the Flood Office said.",
    "fire": "Tarnvil, June 3 - A fire in a mill in Tarnvil killed 4 people on 2 June 2031, the Fire Brigade said.",
    "quake": "Harsk, July 9 - An earthquake near Harsk killed 31 people on 8 July 2031, the Rescue League said.",
}


@pytest.fixture(scope="session")
def sample_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's reports in a project, read once; tests take copies."""
    folder = tmp_path_factory.mktemp("sample") / "project"
    project_folder.init(folder, BY)
    (folder / "sources.toml").write_text(sample.sources(), encoding="utf-8")
    with sample.inputs() as inputs:
        adding.add(folder, inputs, BY)
    return folder


@pytest.fixture(scope="session")
def three_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports of three incidents."""
    folder = tmp_path_factory.mktemp("three") / "project"
    project_folder.init(folder, BY)
    given = tmp_path_factory.mktemp("given") / "three.jsonl"
    lines = [{"id": name, "text": text, "published": "2031-07-10"} for name, text in TEXTS.items()]
    given.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    adding.add(folder, (str(given),), BY)
    return folder


@pytest.fixture
def project(sample_project: Path, tmp_path: Path) -> Path:
    """A copy of the sample's project that a test may change."""
    return Path(shutil.copytree(sample_project, tmp_path / "project"))


@pytest.fixture
def review(project: Path, chromium: Browser) -> Iterator[Review]:
    """The app as it runs, on a project of the test's own."""
    with reviewing(project, chromium) as running:
        yield running


@pytest.fixture
def served(project: Path) -> Iterator[Review]:
    """The app as it runs, for tests that need no browser."""
    with reviewing(project) as running:
        yield running


@pytest.fixture
def team(project: Path, chromium: Browser) -> Iterator[Review]:
    """The app as it runs for a team: people log in."""
    with reviewing(project, chromium, alone=None) as running:
        yield running
