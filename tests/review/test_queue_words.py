"""Words of reports in the queue are text, whatever they are: markup, signs that turn direction, very long sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from queue_page import log, opened
from review_server import Review, reviewing, violations

from tollbook.pipeline import adding, project_folder
from tollbook.store import Stamp

BY = Stamp("Ann Example", "2031-05-09T12:00:00Z")
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
LONG = "in the lower town, " * 90


@pytest.fixture
def strange(tmp_path: Path, chromium: Browser) -> Iterator[Review]:
    """The app on reports that mean harm, or are only odd."""
    texts = {
        "markup": f"{MARKUP} 12 people were killed by a flood in Orvesk on 5 May 2031, said {MARKUP}.",
        "turned": "The Flood \u202eOffice\u202c said 14 people were injured by a flood in Orvesk on 5 May 2031.",
        "long": f"A flood in Orvesk on 5 May 2031 killed 17 people {LONG}the Flood Office said.",
    }
    rows = ({"id": name, "text": text, "publisher": MARKUP, "title": MARKUP} for name, text in texts.items())
    (tmp_path / "r.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in rows), encoding="utf-8")
    project_folder.init(tmp_path / "project", BY)
    adding.add(tmp_path / "project", [str(tmp_path / "r.jsonl")], BY)
    with reviewing(tmp_path / "project", chromium) as running:
        yield running


def test_hostile_words_are_shown_as_text(strange: Review) -> None:
    queue = opened(strange, path="/queue?measure=killed&text=12+people")
    item = queue.page.locator(".item:not([hidden])")
    expect(item.locator(".sentence")).to_contain_text("12 people were killed")
    expect(item.locator(".facts")).to_contain_text(MARKUP)
    assert queue.page.locator("main img, main script").count() == 0
    assert violations(queue.page) == []
    queue.press("e")
    queue.press("Escape", "a")
    queue.sent()
    assert [one.action for one in log(strange)] == ["accept"]
    assert strange.complaints == []


def test_signs_that_turn_words_are_named_and_stay_as_they_were(strange: Review) -> None:
    queue = opened(strange, path="/queue?measure=injured")
    expect(queue.page.locator(".sentence:visible")).to_contain_text("[U+202E]")
    queue.press("e")
    queue.page.keyboard.type("15")
    queue.press("Enter")
    queue.sent()
    assert [one.values for one in log(strange)] == [{"value": 15}]


def test_a_very_long_sentence_is_cut_around_the_claim(strange: Review) -> None:
    queue = opened(strange, path="/queue?text=17+people")
    words = queue.page.locator(".sentence:visible")
    expect(words.locator("mark")).to_contain_text("17")
    assert 700 < len(words.inner_text()) < 1000
    assert words.inner_text().endswith("…")
