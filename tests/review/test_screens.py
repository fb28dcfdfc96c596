"""The main screens on the sample, as the documentation shows them.

`pytest tests/review/test_screens.py --screens docs/screens` makes the pictures anew. Without `--screens` they are made
all the same and thrown away, and those of the documentation must be there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from review_server import Review

from tollbook.pipeline.demo import demo
from tollbook.pipeline.desk import Filters
from tollbook.pipeline.desk.blind import Wanted
from tollbook.store import Stamp

DOCS = Path(__file__).parent.parent.parent / "docs" / "screens"
SIZE = {"width": 1280, "height": 800}
DAY = "2031-05-09T12:00:00Z"
NAMES = ("incidents", "queue", "desk", "missed-claim", "quality", "dossier")
HEAD = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def out(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where pictures go."""
    given = request.config.getoption("--screens")
    folder = Path(given) if given else tmp_path / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def picture(page: Page, folder: Path, name: str) -> None:
    """A picture of what is on the screen once all has come."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{name}.png", animations="disabled")
    made, shown = (folder / f"{name}.png").read_bytes(), (DOCS / f"{name}.png").read_bytes()
    assert len(made) > 20_000
    assert made[:24] == shown[:24]  # a PNG of the same size, so that the documentation's is of this screen


def test_the_screens_of_the_app(review: Review, out: Path) -> None:
    desk = review.app.state.desk
    desk.work_off()
    picture(review.page("/", viewport=SIZE), out, "incidents")
    picture(review.page("/queue", viewport=SIZE), out, "queue")
    largest = max(desk.incidents(), key=lambda one: one.claims)
    page = review.page(f"/incident/{largest.id}", viewport=SIZE)
    picture(page, out, "desk")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", name="Add a missed claim")).to_be_visible()
    picture(page, out, "missed-claim")


def test_the_screen_of_agreement(team: Review, out: Path) -> None:
    for name in ("Ann", "Ben"):
        team.came_in(name, "coder")
    blind = team.app.state.desk.blind
    task = blind.draw(Wanted("May", "10", "spring", ("Ann", "Ben"), Filters(state="all")), Stamp("Eda", DAY))
    for number, claim in enumerate(task.claims):
        blind.code(task.id, claim, "accept" if number % 3 else "reject", {}, "as the words say", Stamp("Ann", DAY))
        blind.code(task.id, claim, "accept" if number % 4 else "reject", {}, "as the words say", Stamp("Ben", DAY))
    picture(team.page("/quality", "Eda", "editor", viewport=SIZE), out, "quality")


def test_the_screen_of_a_dossier(chromium: Browser, tmp_path: Path, out: Path) -> None:
    done = demo(tmp_path / "demo")
    page = chromium.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
    page.goto(done.index.as_uri())
    picture(page, out, "dossier")
    page.close()


def test_the_documentation_shows_every_screen() -> None:
    told = (DOCS.parent / "review.md").read_text(encoding="utf-8") + (DOCS.parent / "dossiers.md").read_text("utf-8")
    assert [name for name in NAMES if f"screens/{name}.png" not in told] == []
    assert {path.name for path in DOCS.iterdir()} == {f"{name}.png" for name in NAMES}
