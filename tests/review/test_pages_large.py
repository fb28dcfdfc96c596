"""Every page of the app on forty sources of three hundred claims, and on a thousand reports: below a megabyte, and
without a fault that axe finds, on a wide screen in light and a narrow one in dark.
"""

from __future__ import annotations

import time
from pathlib import Path

import large_records as large
import pytest
from playwright.sync_api import Browser
from review_server import reviewing, violations

from tollbook.errors import UsageError
from tollbook.pipeline.desk import Desk, Filters
from tollbook.pipeline.desk.blind import Wanted
from tollbook.quality import Task
from tollbook.store import Stamp

SCREENS = (
    {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    {"viewport": {"width": 400, "height": 900}, "color_scheme": "dark"},
)
PAGES = (
    "/",
    "/queue",
    "/queue?state=all&measure=killed",
    "/quality",
    "/coding",
    "/add",
    "/import",
    "/publish",
    "/members",
    "/account",
)
MADE = {"forty sources": large.many_sources, "a thousand reports": large.many_reports}
DAY = "2031-05-09T12:00:00Z"
# Milliseconds: a history is worked out while the queue's order is, on a machine that may be busy.
LONG = 300_000
# What they reach is reached by small records too; measuring coverage makes a thousand reports take three times as long.
pytestmark = pytest.mark.no_cover


def drawn(desk: Desk, wanted: Wanted) -> Task:
    """The sample, as soon as all reports have been looked at."""
    while True:
        try:
            return desk.blind.draw(wanted, Stamp("Eda", DAY))
        except UsageError as error:
            assert "still being looked at" in str(error)
            time.sleep(0.2)


@pytest.mark.parametrize("name", MADE)
def test_every_page_bears_a_large_record(name: str, tmp_path: Path, chromium: Browser) -> None:
    with reviewing(MADE[name](tmp_path / "project"), chromium, alone=None) as review:
        desk = review.app.state.desk
        for who in ("Ann", "Ben"):
            review.came_in(who, "coder")
        wanted = Wanted("May", "6", "spring", ("Ann", "Ben"), Filters(state="all"))
        task = drawn(desk, wanted)
        for number, claim in enumerate(task.claims):
            desk.blind.code(task.id, claim, "accept", {}, "as the words say", Stamp("Ann", DAY))
            desk.blind.code(task.id, claim, ("accept", "reject")[number % 2], {}, "as it stands", Stamp("Ben", DAY))
        incident = desk.incidents()[0]
        report = desk.claim(task.claims[0])[0].reports[0].id
        for screen in SCREENS:
            page = review.page("/", "Eda", "admin", **screen)
            page.set_default_navigation_timeout(LONG)
            for path in (*PAGES, f"/incident/{incident.id}/history", f"/report/{report}"):
                answer = page.goto(f"{review.url}{path}")
                assert answer is not None and answer.status == 200, path
                assert len(answer.body()) < 1 << 20, path
                assert violations(page) == [], path
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert review.complaints == []
