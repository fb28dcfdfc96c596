"""The toll over time in a real browser: drawn under the policy, from disk, at 4 and at 40 sources."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from opened_pages import Opener, refused
from playwright.sync_api import Page, expect
from waiting import until

from tollbook.dossiers.site.drawing import PLOT_STYLE


def drawn(page: Page) -> Page:
    expect(page.locator("#toll svg")).to_be_visible()
    return page


def test_it_is_drawn_in_steps_that_are_level_and_upright_and_nothing_else(large_page: Path, opened: Opener) -> None:
    """No line of the drawing leads from one claim to another: each has one x or one y, but for what leads to a name."""
    watched = opened(large_page)
    page = drawn(watched.page)
    lines = page.locator("#toll svg .src line").evaluate_all(
        "all => all.map(l => ['x1', 'x2', 'y1', 'y2'].map(k => Number(l.getAttribute(k))))"
    )
    assert len(lines) > 40
    assert all(x1 == x2 or y1 == y2 for x1, x2, y1, y2 in lines)
    assert (
        page.locator("#toll svg path:not(.lead)").evaluate_all("all => all.filter(one => one.closest('.src')).length")
        == page.locator("#toll svg .src path:not(.lead)").count()
    )
    assert watched.complaints == []


def test_the_style_that_plot_writes_is_the_one_that_the_policy_allows(small_page: Path, opened: Opener) -> None:
    page = drawn(opened(small_page).page)
    assert page.locator("#toll svg style").text_content() == PLOT_STYLE
    assert page.locator("#toll svg").evaluate("one => getComputedStyle(one).display") == "block"


def test_what_has_no_upper_end_fades_upwards_and_what_ended_is_light(small_page: Path, opened: Opener) -> None:
    page = drawn(opened(small_page).page)
    bands = page.locator("#toll svg rect").evaluate_all("all => all.map(r => r.parentElement.getAttribute('fill'))")
    assert bands == ["url(#toll-up)"] * 2
    widths = page.locator("#toll svg .s1 line").evaluate_all("all => all.map(l => getComputedStyle(l).strokeWidth)")
    assert "1.25px" in widths
    assert "2px" in widths


def test_a_source_can_be_picked_by_keyboard_and_the_others_grow_calm(large_page: Path, opened: Opener) -> None:
    page = drawn(opened(large_page).page)
    page.locator("#toll-source").focus()
    page.keyboard.press("ArrowDown")
    name = page.locator("#toll-source option:checked").text_content() or ""
    expect(page.locator("#toll-said b")).to_contain_text(name)
    lit = page.locator("#toll svg.lit")
    assert lit.locator(".src.on").count() > 0
    opacity = lit.locator(".src:not(.on)").evaluate_all(
        "all => [...new Set(all.map(o => getComputedStyle(o).opacity))]"
    )
    assert all(float(one) < 0.5 for one in opacity)
    page.locator("#toll-said a").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_step_tells_of_its_source_and_opens_its_words(small_page: Path, opened: Opener) -> None:
    page = drawn(opened(small_page).page)
    union = page.locator("#toll svg text.src", has_text="44")
    union.hover()
    expect(page.locator("#toll-said")).to_have_text(
        "Boatmen’s Union of Orvesk (publisher): 44 from 10 May 2031 on, and stands"
    )
    union.click()
    expect(page.locator("#panel mark")).to_have_text("44 dead")


def test_a_count_and_a_rule_set_are_chosen(large_page: Path, opened: Opener) -> None:
    page = drawn(opened(large_page).page)
    first = page.locator("#toll svg").get_attribute("aria-label") or ""
    assert "range@1" in first
    page.locator("#toll-count").select_option(index=1)
    second = page.locator("#toll svg").get_attribute("aria-label") or ""
    assert first.split(" over time")[0] != second.split(" over time")[0]
    before = page.locator("#toll svg .result line").count()
    page.get_by_role("radio", name="side by side").check()
    assert page.locator("#toll svg .result line").count() > before


def test_what_has_no_place_in_time_is_listed(small_page: Path, opened: Opener) -> None:
    page = drawn(opened(small_page).page)
    page.locator("#toll-apart summary").click()
    expect(page.locator("#toll-apart li")).to_have_text(re.compile("60.*denied by this source"))


def test_without_a_script_there_is_no_empty_frame_and_the_table_has_it_all(small_page: Path, opened: Opener) -> None:
    page = opened(small_page, java_script_enabled=False).page
    expect(page.locator("#toll")).to_be_hidden()
    expect(page.locator("#time table")).to_contain_text("≥ 12")


@pytest.mark.parametrize("width", [1440, 400])
def test_no_name_runs_out_of_the_drawing_and_none_lies_on_another(width: int, large_page: Path, opened: Opener) -> None:
    page = drawn(opened(large_page, viewport={"width": width, "height": 900}).page)
    box = page.locator("#toll .drawn").bounding_box()
    assert box
    boxes = page.locator("#toll svg text.src").evaluate_all(
        "all => all.map(t => { const b = t.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; })"
    )
    assert all(right <= box["x"] + box["width"] + 1 for _, right, _, _ in boxes)
    tops = sorted(top for _, _, top, _ in boxes)
    assert all(after - before >= 13 for before, after in pairwise(tops))


def test_nothing_but_the_file_beside_it_can_be_loaded(small_page: Path, opened: Opener) -> None:
    watched = opened(small_page)
    page = drawn(watched.page)
    page.evaluate(
        "() => { for (const src of ['https://tallow.example/x.js', 'data:text/javascript,window.broken=2']) {"
        " const s = document.createElement('script'); s.src = src; document.body.append(s); }"
        " document.body.insertAdjacentHTML('beforeend', '<b onclick=\"window.broken = 3\">x</b>'); }"
    )
    page.locator("body > b").click()
    until(lambda: len(refused(watched)) >= 3, "three refusals", page)
    assert page.evaluate("window.broken") is None
