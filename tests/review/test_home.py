"""The list of incidents: found while somebody types, sorted, a page at a time, with what is left to do."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from review_server import Review, reviewing, violations
from waiting import Held, hold_down

from tollbook.pipeline import adding, project_folder
from tollbook.store import Stamp

BY = Stamp("Ann Example", "2031-05-09T12:00:00Z")
NUMBERS = {"March": "03", "June": "06", "September": "09"}
MONTHS = tuple(NUMBERS)
YEARS = range(2011, 2031)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 60 incidents, each told of by one report; the first by two that disagree."""
    folder = tmp_path_factory.mktemp("many")
    told = [(year, month, year - 2000) for year in YEARS for month in MONTHS]
    lines = [_report(*one) for one in (*told, (YEARS[0], MONTHS[0], 44))]
    (folder / "reports.jsonl").write_text("".join(lines), encoding="utf-8")
    project_folder.init(folder / "project", BY)
    adding.add(folder / "project", [str(folder / "reports.jsonl")], BY)
    return folder / "project"


def _report(year: int, month: str, killed: int) -> str:
    """A report of the day after a flood."""
    text = f"{killed} people were killed by a flood in Orvesk on 5 {month} {year}, the Flood Office said."
    told = {"id": f"r-{year}-{month}-{killed}", "text": text, "published": f"{year}-{NUMBERS[month]}-06"}
    return json.dumps({**told, "publisher": f"Paper {killed}", "title": f"Flood of {month}"}) + "\n"


@pytest.fixture
def listed(many: Path, chromium: Browser) -> Iterator[Review]:
    """The app on it."""
    with reviewing(many, chromium) as running:
        running.app.state.desk.work_off()
        yield running


def test_a_list_is_found_sorted_and_paged(listed: Review) -> None:
    page = listed.page("/", "Bo", "coder")
    rows = page.locator(".incidents tbody tr")
    expect(page.locator(".counted")).to_contain_text("60 incidents, 1–50 shown")
    expect(rows).to_have_count(50)
    first = rows.first
    expect(first).to_contain_text("Orvesk, 5 March 2011")  # the one in dispute
    expect(first.locator(".range")).to_have_text("11–44 killed")
    expect(first.locator(".chip")).to_have_text("≠ disputed")
    page.get_by_role("link", name="Next ›").click()
    expect(rows).to_have_count(10)
    page.get_by_label("Find").press_sequentially("june")
    expect(rows).to_have_count(20)
    expect(page).to_have_url(f"{listed.url}/?q=june&sort=disputed")
    page.get_by_label("Order").select_option("newest")
    expect(rows.first).to_contain_text("5 June 2030")
    page.get_by_label("Find").fill("no such place")
    expect(page.locator(".counted")).to_contain_text("No incident has “no such place” in its name or id.")
    assert violations(page) == []
    assert listed.complaints == []


def test_a_list_that_comes_while_a_line_is_pressed_waits_for_the_click(listed: Review) -> None:
    page = listed.page("/", "Bo", "coder")
    found = Held(page, "**/?q=june*")
    page.get_by_label("Find").press_sequentially("june")
    found.wait()
    line = page.get_by_role("link", name="Orvesk, 5 March 2011", exact=True)
    leads = str(line.get_attribute("href"))
    hold_down(page, line)
    found.answered()
    page.mouse.up()
    expect(page).to_have_url(re.compile(re.escape(leads)))


def test_a_list_that_waited_comes_after_the_press(listed: Review) -> None:
    page = listed.page("/", "Bo", "coder")
    found = Held(page, "**/?q=june*")
    page.get_by_label("Find").press_sequentially("june")
    found.wait()
    hold_down(page, page.get_by_role("heading", name="Incidents"))
    found.answered()
    expect(page.locator(".incidents tbody tr")).to_have_count(50)
    page.mouse.up()
    expect(page.locator(".incidents tbody tr")).to_have_count(20)
    expect(page).to_have_url(f"{listed.url}/?q=june&sort=disputed")
    assert listed.complaints == []


def test_what_is_open_leads_to_the_queue_of_that_incident(listed: Review) -> None:
    page = listed.page("/?q=march+2011", "Bo", "coder", viewport={"width": 400, "height": 800}, color_scheme="dark")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("[data-label=open] a").first.click()
    expect(page.locator("#rows li")).to_have_count(2)
    expect(page.get_by_role("list", name="Filters in force")).to_contain_text("incident Orvesk, 5 March 2011")
    assert listed.complaints == []


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("sort=worst", "no order 'worst'; there are: disputed, claims, open, newest, name"),
        ("page=0", "'page' needs a number from 1 on, not '0'"),
        ("page=x", "'page' needs a number from 1 on, not 'x'"),
    ],
)
def test_a_wrong_address_is_one_line(served: Review, query: str, line: str) -> None:
    answer = served.client().get(f"/?{query}")
    assert answer.status_code == 400
    assert line in answer.text.replace("&#39;", "'")


def test_a_page_behind_the_last_is_the_last(served: Review) -> None:
    answer = served.client().get("/?page=99")
    assert answer.status_code == 200
    assert "4 incidents" in answer.text
