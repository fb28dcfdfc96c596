"""The desk at the sizes it must bear: three hundred claims of forty sources, many copies, a text of a million."""

from __future__ import annotations

import json
from pathlib import Path

import large_records as large
import pytest
from playwright.sync_api import Browser, expect
from review_server import reviewing, violations

from tollbook.pipeline import adding, project_folder

SIZES = ({"width": 1440, "height": 900}, {"width": 400, "height": 900})
MOST = 1 << 20


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return large.many_sources(tmp_path_factory.mktemp("sources") / "project")


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return large.many_reports(tmp_path_factory.mktemp("reports") / "project", 160)


@pytest.fixture(scope="session")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One report of a million signs with a claim in every ten thousand."""
    folder = tmp_path_factory.mktemp("long") / "project"
    calm = "The river Sarn rises in the hills above Velm and passes the mills of Tarn before it meets the sea. " * 10
    said = "On 6 May 2031 at least {} people were killed in Orvesk, the Flood Office said."
    text = "\n\n".join(f"{calm}\n\n{said.format(12 + n)}" if n % 10 == 0 else calm for n in range(1050))
    given = folder.with_suffix(".jsonl")
    given.write_text(json.dumps({"id": "long", "text": text, "published": "2031-05-07"}), encoding="utf-8")
    project_folder.init(folder, large.BY)
    adding.add(folder, (str(given),), large.BY)
    return folder


@pytest.mark.parametrize("name", ["sources", "reports"])
def test_a_large_incident_is_one_page_of_less_than_a_megabyte(
    name: str, request: pytest.FixtureRequest, chromium: Browser
) -> None:
    with reviewing(request.getfixturevalue(name), chromium) as review:
        incident = review.app.state.desk.incidents()[0]
        assert incident.claims >= 300
        assert len(review.client().get(f"/incident/{incident.id}").content) < MOST
        for size in SIZES:
            page = review.page(f"/incident/{incident.id}", viewport=size)
            expect(page.locator("#matrix a.here")).to_have_count(1)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="All ").click()
        expect(page.locator("#panel-body li").first).to_be_visible()
        page.get_by_label("Find a report").fill("nothing like it")
        expect(page.locator("#panel-body")).to_contain_text("No report has these words")
        assert review.complaints == []


def test_rows_beyond_the_first_of_a_band_come_at_a_click(sources: Path, chromium: Browser) -> None:
    with reviewing(sources, chromium) as review:
        page = review.page(f"/incident/{review.app.state.desk.incidents()[0].id}", viewport=SIZES[0])
        expect(page.locator("#matrix a.here")).to_have_count(1)
        before = page.locator("#matrix tbody tr").count()
        page.get_by_role("button", name="more sources").first.click()
        expect(page.locator("#matrix tbody tr").nth(before + 1)).to_be_attached()


def test_a_text_of_a_million_signs_comes_in_blocks(long: Path, chromium: Browser) -> None:
    with reviewing(long, chromium) as review:
        assert len(review.client().get("/report/long").content) < MOST
        page = review.page("/report/long", viewport=SIZES[0])
        far = page.locator("#text .far")
        assert far.count() > 100
        page.locator("#claims summary").click()
        page.locator("#claim-list button").last.click()
        expect(page.locator("#claim h2")).to_contain_text("at least 1,052")
        chosen = page.locator("#text mark.chosen")
        expect(chosen).to_be_in_viewport()
        start = int(chosen.get_attribute("data-at") or 0)
        report = review.app.state.desk.report("long").reports[0]
        words = chosen.text_content() or ""
        assert report.text[start : start + len(words)] == words
        assert far.count() > 100
