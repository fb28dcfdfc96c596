"""Pages that are given fewer claims than there are say so, go on by themselves, and tell once when all is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import large_records as large
import pytest
from playwright.sync_api import Browser, Page, expect
from review_server import Review, reviewing, violations

from tollbook.pipeline import project_folder
from tollbook.pipeline.desk import Counting, Desk
from tollbook.pipeline.desk.background import Worker

SO_FAR = "Still being worked out: 180 of 450 claims so far."
DONE = "All claims are counted."


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return large.many_reports(tmp_path_factory.mktemp("flood") / "project", 150)


@pytest.fixture
def waiting(flood: Path, chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Review]:
    """The app on it, in which nothing is worked out behind the pages until the test says so."""
    monkeypatch.setattr(Worker, "start", lambda worker: None)
    for file in flood.glob("desk.sqlite*"):
        file.unlink()
    with reviewing(flood, chromium) as running:
        yield running


def top(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"]


def test_pages_say_that_they_count_and_go_on_by_themselves(waiting: Review) -> None:
    quality, queue, home = (waiting.page(path) for path in ("/quality", "/queue", "/"))
    expect(quality.locator("#second")).to_contain_text("180 claims:")
    expect(quality.locator(".counting")).to_have_text(SO_FAR)
    expect(queue.locator(".counting")).to_have_text(SO_FAR)
    expect(home.locator(".counted")).to_contain_text(SO_FAR)
    expect(home.locator(".incidents")).to_contain_text("being worked out")
    assert all(violations(page) == [] for page in (quality, queue, home))
    places = top(quality, "#h-agree"), top(queue, ".work"), top(home, ".incidents")
    assert all(page.locator("#said").inner_text() == "" for page in (quality, queue, home))
    waiting.app.state.desk.work_off()
    for page in (quality, queue, home):
        expect(page.locator("#said")).to_have_text(DONE)
    expect(quality.locator("#second")).to_contain_text("450 claims:")
    expect(queue.locator("#progress [data-count=open]")).to_have_text("450")
    expect(home.locator(".counted")).to_have_text("1 incident")
    expect(home.locator(".range")).not_to_contain_text("being worked out")
    assert (top(quality, "#h-agree"), top(queue, ".work"), top(home, ".incidents")) == places
    assert waiting.complaints == []
    client = waiting.client()
    for path in ("/quality", "/queue", "/"):  # who comes now is told nothing of it, and nothing asks again
        assert "worked out" not in (text := client.get(path).text) and "load delay" not in text


def test_nobody_waits_for_what_rests_on_a_text_that_is_gone(flood: Path, tmp_path: Path) -> None:
    folder = large.many_reports(tmp_path / "project", 3)
    desk = Desk(folder)
    assert desk.counting() == Counting(0, 9, 0, 1)
    for text in (folder / project_folder.ARCHIVE / "text").rglob("*.txt"):
        text.unlink()
    desk.work_off()
    assert desk.left() > 0 and desk.counting() is None
    desk.close()
