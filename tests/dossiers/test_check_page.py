"""The page of a check in a real browser: it opens from disk, fits a phone, and axe finds nothing wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from opened_pages import Opener

from tollbook.dossiers.checked import Cited, Finding, Page, Section, Unread, render
from tollbook.dossiers.value import Words

WORDS = Words("A dam broke; ", "at least 47 people", " were killed, the governor said.")
LONG = "reports/" + "a-long-name-of-a-file-" * 8 + ".html"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = Finding("D5", "74", "killed, women", "the source says “at least 47 people”", Cited(LONG), WORDS)
    page = Page(
        sheet="<b>deaths</b>.csv",
        copy="sheet.csv",
        rows=1_200_000,
        figures=2_000_000,
        sources=["Link 1", "Link 2"],
        columns=["Killed: killed", "Women: killed, women, a part of Killed"],
        notes=["2 merged ranges: A2:A4, A5:A9: the value counts for each cell of its range"],
        sections=[
            Section("looks transposed", "Two digits the other way.", 1_234, (found, found)),
            Section("source not readable", "It is missing.", 40, ()),
        ],
        supported=Section("supported", "A claim gives the number.", 1_998_726, (found,)),
        unread=[Unread(Cited("https://a.example/1", "https://a.example/1"), "the server answered 404 Not Found", 40)],
        read=300,
        version="0",
    )
    (tmp_path / "report.html").write_text(render(page), encoding="utf-8")
    return tmp_path / "report.html"


def test_it_asks_for_nothing_and_complains_of_nothing(path: Path, opened: Opener) -> None:
    watched = opened(path)
    assert watched.asked == [path.as_uri()]
    assert watched.complaints == []
    assert watched.page.locator("h1").inner_text() == "<b>deaths</b>.csv"
    assert watched.page.locator("mark").first.inner_text() == "at least 47 people"
    assert watched.page.get_by_text("And 1,232 more of this kind: see sheet.csv").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(scheme: str, path: Path, opened: Opener) -> None:
    page = opened(path, color_scheme=scheme).page
    page.locator("summary").click()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_it_never_scrolls_sideways(width: int, path: Path, opened: Opener) -> None:
    page = opened(path, viewport={"width": width, "height": 900}).page
    page.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
