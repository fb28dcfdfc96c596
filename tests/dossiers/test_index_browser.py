"""The index in a real browser: with one incident, and with two thousand in a thousand reports."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import dossier_records as made
import pytest
from opened_pages import Opener
from playwright.sync_api import Page, expect
from test_dossier_browser import own, violations
from wide_records import wide

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.dossiers.files import put
from tollbook.dossiers.site import drawing, feed, index, reports
from tollbook.dossiers.site.frame import Site
from tollbook.lexicon.towns import Towns
from tollbook.model import Place

ROWS = "#list > li"


@pytest.fixture(scope="session")
def wide_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of 2,000 incidents told in 1,000 reports by two rule sets; the incidents' own pages are left out."""
    dossier = build(wide(rules=("range@1", "acled@1")), atlas=Towns())
    site = Site(dossier, {report.ref: report for report in dossier.reports})
    folder = tmp_path_factory.mktemp("wide") / "dossier"
    put([one for kind in (index, reports, feed, drawing) for one in kind.files(site)], folder)
    return folder / "index.html"


@pytest.fixture
def shown(wide_index: Path, opened: Opener) -> Page:
    return opened(wide_index).page


def visible(page: Page) -> int:
    return page.locator(ROWS).filter(visible=True).count()


def test_two_thousand_incidents_are_less_than_a_megabyte(wide_index: Path) -> None:
    assert wide_index.stat().st_size <= 1_000_000


def test_it_asks_for_nothing_and_complains_of_nothing(wide_index: Path, opened: Opener) -> None:
    watched = opened(wide_index)
    watched.page.get_by_label("Find an incident").fill("office")
    assert watched.asked == own(wide_index)
    assert watched.complaints == []


def test_those_with_a_disputed_count_come_first_and_the_number_told_is_theirs(shown: Page) -> None:
    disputed = shown.locator(ROWS).evaluate_all("rows => rows.map(row => !!row.querySelector('em'))")
    assert len(disputed) == 2000
    assert disputed == sorted(disputed, reverse=True)
    expect(shown.locator(".lede")).to_contain_text(f"In {sum(disputed)} of them a count is disputed")


def test_words_find_incidents_by_place_and_by_source(shown: Page) -> None:
    source = shown.locator("#heard li b").first.text_content() or ""
    told = int((shown.locator("#heard li small").first.text_content() or "").split(" · ")[1].replace(",", ""))
    box = shown.get_by_label("Find an incident")
    box.fill(source.upper())
    expect(shown.get_by_role("status")).to_have_text(f"{told} of 2,000 incidents")
    assert visible(shown) == told
    box.fill("no such thing anywhere")
    expect(shown.get_by_role("status")).to_have_text("0 of 2,000 incidents")
    shown.get_by_role("button", name="Show all").click()
    expect(shown.get_by_role("status")).to_have_text("2,000 incidents")
    assert visible(shown) == 2000


def test_part_of_a_name_offers_sources_and_places_to_press(shown: Page) -> None:
    shown.get_by_label("Find an incident").fill("herald")
    offered = shown.locator("#also button")
    assert offered.count() == 6
    name = offered.first.text_content() or ""
    offered.first.click()
    expect(shown.get_by_label("Find an incident")).to_have_value(name)


def test_status_count_place_and_time_narrow_the_list(shown: Page) -> None:
    shown.get_by_label("Status", exact=True).select_option(label="disputed")
    disputed = visible(shown)
    assert 0 < disputed < 2000
    assert shown.locator(ROWS).filter(visible=True).filter(has=shown.locator("em")).count() == disputed
    shown.get_by_label("Count", exact=True).select_option(label="injured")
    injured = visible(shown)
    assert 0 < injured < disputed
    shown.get_by_label("From", exact=True).fill("2032-01-01")
    shown.get_by_label("To", exact=True).fill("2032-03-31")
    spring = shown.locator(ROWS).filter(visible=True)
    assert 0 < spring.count() < injured
    for days in spring.evaluate_all("rows => rows.map(row => row.dataset.d.split(' '))"):
        assert days[0] <= "2032-03-31"
        assert days[-1] >= "2032-01-01"
    shown.get_by_role("button", name="Show all").click()
    name = shown.get_by_label("Place", exact=True).locator("option").nth(3).text_content() or ""
    shown.get_by_label("Place", exact=True).select_option(label=name)
    for row in shown.locator(ROWS).filter(visible=True).all():
        expect(row.locator("h3")).to_contain_text(name)


def test_the_order_can_be_time_name_or_the_highest_figure(shown: Page) -> None:
    order = shown.get_by_label("Order", exact=True)
    order.select_option(label="oldest first")
    days = shown.locator(ROWS).evaluate_all("rows => rows.map(row => row.dataset.d.split(' ')[0])")
    assert days == sorted(days)
    order.select_option(label="by name")
    names = shown.locator(f"{ROWS} h3").all_text_contents()
    assert names == sorted(names)
    shown.get_by_label("Count", exact=True).select_option(label="killed")
    order.select_option(label="highest figure first")
    tops = shown.locator(ROWS).filter(visible=True).evaluate_all(
        "rows => rows.map(row => Number(row.dataset.m.split(' ').find(one => one.startsWith('0:')).slice(2)))"
    )  # fmt: skip
    assert tops == sorted(tops, reverse=True)
    order.select_option(label="disputed first")
    shown.get_by_role("button", name="Show all").click()
    assert shown.locator(ROWS).first.locator("em").count() == 1


def test_a_column_of_the_timeline_chooses_its_time(shown: Page) -> None:
    column = shown.locator("#when svg a").nth(4)
    told = (column.locator("title").text_content() or "").split(": ")[1].split(" ")[0]
    column.focus()
    shown.keyboard.press("Enter")
    expect(shown.get_by_label("From", exact=True)).to_have_value("2031-05-01")
    assert visible(shown) >= int(told)


def test_without_a_script_the_list_is_whole_and_the_controls_are_not_there(wide_index: Path, opened: Opener) -> None:
    page = opened(wide_index, java_script_enabled=False).page
    assert page.locator(ROWS).count() == 2000
    expect(page.locator("#find")).to_be_hidden()
    mark = page.locator("#where svg a[href^='#at-']").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#where .spots li:target")).to_be_in_viewport()


def test_where_rule_sets_differ_the_chosen_one_is_shown(shown: Page) -> None:
    assert shown.locator(f"{ROWS} [data-rules='acled@1']").filter(visible=True).count() == 0
    shown.get_by_role("radio", name="acled@1").check()
    assert shown.locator(f"{ROWS} [data-rules='acled@1']").filter(visible=True).count() > 0
    assert shown.locator(f"{ROWS} [data-rules='range@1']").filter(visible=True).count() == 0


@pytest.mark.parametrize("width", [1440, 768, 400, 320])
def test_it_never_scrolls_sideways(width: int, wide_index: Path, opened: Opener) -> None:
    page = opened(wide_index, viewport={"width": width, "height": 900}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_wrong_among_thousands(wide_index: Path, opened: Opener) -> None:
    # All 2,000 lines take axe four minutes; those beyond the first hundred are made alike. Colours are measured below.
    page = opened(wide_index).page
    alike = "#list > li:nth-child(n+101), #where .spots > li:nth-child(n+31)"
    page.evaluate("alike => document.querySelectorAll(alike).forEach(one => one.remove())", alike)
    assert violations(page, {"color-contrast": {"enabled": False}}) == []


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 400)])
def test_axe_finds_nothing_wrong_among_a_few(scheme: str, width: int, tmp_path: Path, opened: Opener) -> None:
    path = html.write(build(wide(5, 12), atlas=Towns()), tmp_path / "out")
    page = opened(path, color_scheme=scheme, viewport={"width": width, "height": 900}).page
    page.get_by_label("Find an incident").fill("office")
    assert violations(page) == []
    page = opened(path.parent / "reports.html", color_scheme=scheme).page
    assert violations(page) == []


# ---- the drawings ----


def test_marks_and_squares_are_reached_by_keyboard_and_lead_to_pages(tmp_path: Path, opened: Opener) -> None:
    path = html.write(build(wide(8, 12), atlas=Towns()), tmp_path / "out")
    page = opened(path, java_script_enabled=False).page
    links = page.locator("#where svg a, #when svg a")
    assert links.count() >= 12
    for link in links.all():
        assert link.locator("title").text_content()
        href = link.get_attribute("href") or ""
        assert (path.parent / href).is_file() or page.locator(href).count() == 1
    square = page.locator("#when svg a[href$='.html']").first
    square.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/incident-*.html")


def test_names_that_run_from_right_to_left_do_so(tmp_path: Path, opened: Opener) -> None:
    record = made.small()
    name = "سوق الورد، 6 مايو 2031"
    other = replace(record.incidents[0], id="i2", name=name, place=Place("سوق الورد", 3, 10.2, 20.4))
    some = tuple(replace(record.incidents[0], id=f"x{n}", name=f"Town {n}, 2031") for n in range(5))
    record = replace(record, incidents=(*record.incidents, other, *some))
    page = opened(html.write(build(record), tmp_path / "out")).page
    row = page.locator(ROWS, has_text="سوق")
    expect(row.locator("h3 bdi")).to_have_text(name)
    assert row.locator("h3 bdi").evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"
    page.get_by_label("Find an incident").fill("الورد")
    expect(page.get_by_role("status")).to_have_text("1 of 7 incidents")


def test_paper_has_the_list_and_not_the_controls(tmp_path: Path, opened: Opener) -> None:
    page = opened(html.write(build(wide(8, 12)), tmp_path / "out")).page
    page.emulate_media(media="print")
    expect(page.locator("#find")).to_be_hidden()
    expect(page.locator(ROWS).last).to_be_visible()
    expect(page.locator("#where svg")).to_be_visible()
