"""The pages in a real browser, from disk: what they ask for, what they say, what opens, with and without a script."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import dossier_records as made
import pytest
from axe_playwright_python.sync_playwright import Axe
from opened_pages import Opener, own, refused
from playwright.sync_api import Page, expect
from waiting import until

from tollbook.dossiers import html
from tollbook.dossiers.build import build
from tollbook.model import Quantity

SOBER = pytest.mark.parametrize("scheme", ["light", "dark"])
BOTH = pytest.mark.parametrize("name", ["small_folder", "large_folder"])


def pages_of(folder: Path) -> list[Path]:
    """Index and incidents, the lists, and of many pages of a kind the largest."""
    lists = ("index", "reports", "sources", "counts", "methods", "corrections")
    largest = (max(folder.glob(f"{kind}-*.html"), key=lambda path: path.stat().st_size) for kind in ("source", "count"))
    return [*(folder / f"{name}.html" for name in lists), *sorted(folder.glob("incident-*.html")), *largest]


@BOTH
def test_a_page_asks_for_nothing_and_complains_of_nothing(
    name: str, request: pytest.FixtureRequest, opened: Opener
) -> None:
    for path in pages_of(request.getfixturevalue(name)):
        watched = opened(path)
        assert watched.asked == own(path)
        assert watched.complaints == []


def test_the_policy_is_in_force(small_page: Path, opened: Opener) -> None:
    watched = opened(small_page)
    watched.page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.broken = 1';"
        " document.body.append(s);"
        " const i = new Image(); i.src = 'https://tallow.example/x.png'; document.body.append(i); }"
    )
    until(lambda: len(refused(watched)) == 2, "two refusals", watched.page)
    assert watched.page.evaluate("window.broken") is None


# ---- the words of a cell ----


def figure(page: Page, row: str, text: str) -> str:
    """The id of the link of a figure in the matrix."""
    link = page.locator("#matrix tbody tr", has_text=row).locator("td a", has_text=text).first
    found = link.get_attribute("id")
    assert found
    return found


def test_a_cell_opens_its_exact_words_by_keyboard_and_gives_the_focus_back(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    ref = figure(page, "Flood Office", "31")
    page.locator(f"#{ref}").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    expect(panel.locator("mark").last).to_have_text("31 people")
    expect(panel.locator(".sentence").last).to_have_text(
        "The Flood Office said on Friday that 31 people had died, including 14 women."
    )
    expect(panel.get_by_role("heading")).to_contain_text("Flood Office")
    expect(panel.locator(".chain").last).to_contain_text("Flood Office")
    expect(panel.locator(".chain").last).to_contain_text("Tallow Wire")
    link = panel.get_by_role("link", name="publisher’s page").last
    expect(link).to_have_attribute("href", "https://tallow.example/2031/05/09/toll")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == ref


def test_the_close_button_and_a_click_beside_the_words_close_them(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    link = page.locator(f"#{figure(page, 'Flood Office', '31')}")
    for close in (lambda: page.get_by_role("button", name="Close").click(), lambda: page.mouse.click(5, 450)):
        link.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        close()
        expect(page.get_by_role("dialog")).to_be_hidden()


def test_every_figure_of_the_matrix_opens_words_that_hold_it(large_page: Path, opened: Opener) -> None:
    page = opened(large_page).page
    ids = page.locator("#matrix td a").evaluate_all("links => links.map(link => link.id)")
    assert len(ids) > 150
    for ref in ids[::17]:
        wanted = page.locator(f"#{ref} b").last.text_content() or ""
        page.locator(f"#{ref}").focus()
        page.keyboard.press("Enter")
        digits = wanted.strip("≥>≈ ()")
        expect(page.locator("#panel mark").last).to_contain_text(digits)
        page.keyboard.press("Escape")


def test_a_line_of_the_timeline_opens_that_claim_alone(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    page.locator("#time a", has_text="≥ 12").click()
    expect(page.locator("#panel mark")).to_have_count(1)
    expect(page.locator("#panel mark")).to_have_text("At least 12 people")


def test_copies_are_folded_into_one_line_that_counts_them(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    ref = figure(page, "Flood Office", "31")
    expect(page.locator(f"#{ref}")).to_contain_text("+1 copy")
    page.locator(f"#{ref}").click()
    expect(page.locator("#panel .copies")).to_contain_text("The same again in 1 copy, counted once")
    expect(page.locator("#panel .copies")).to_contain_text("Cadmer Post")
    assert page.locator("#words mark", has_text="At least 12 people").count() == 1


def test_conflicts_are_told_in_a_sign_and_in_words(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    union = page.locator("#matrix tbody tr", has_text="Boatmen").locator("td a").first
    assert union.inner_text().replace("\n", " ").startswith("44")
    assert "≠ conflicts" in " ".join((union.text_content() or "").split()).replace("≠conflicts", "≠ conflicts")
    expect(page.locator("#figures .count").first).to_contain_text("≠ disputed")


# ---- rule sets ----


def test_the_rule_set_can_be_switched_by_keyboard(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    results = page.locator("#figures .count").first.locator(".result")
    expect(results.filter(visible=True)).to_have_count(1)
    expect(results.filter(visible=True)).to_contain_text("≥ 31")
    page.get_by_role("radio", name="range@1").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="acled@1")).to_be_checked()
    expect(page.locator("#methods h3", has_text="acled@1")).to_be_visible()
    expect(page.locator("#methods h3", has_text="range@1")).to_be_hidden()
    expect(page.locator("#matrix .computed").filter(visible=True)).to_have_count(1)
    page.get_by_role("radio", name="side by side").check()
    expect(page.locator("#matrix .computed").filter(visible=True)).to_have_count(2)
    expect(results.filter(visible=True)).to_have_count(2)


# ---- without a script ----


def test_without_a_script_all_rule_sets_show_and_a_cell_leads_to_its_words(small_page: Path, opened: Opener) -> None:
    watched = opened(small_page, java_script_enabled=False)
    page = watched.page
    expect(page.locator("#switch")).to_be_hidden()
    expect(page.locator("#matrix .computed").filter(visible=True)).to_have_count(2)
    for rules in ("range@1", "acled@1"):
        expect(page.locator("#methods h3", has_text=rules)).to_be_visible()
    link = page.locator("#matrix tbody tr", has_text="Boatmen").locator("td a").first
    link.focus()
    page.keyboard.press("Enter")
    words = page.locator("article.words:target")
    expect(words).to_be_in_viewport()
    expect(words.locator("mark")).to_have_text("44 dead")
    words.get_by_role("link", name="Back to the matrix").click()
    expect(link).to_be_in_viewport()


# ---- reach ----


@SOBER
def test_axe_finds_nothing_wrong(scheme: str, small_folder: Path, opened: Opener) -> None:
    for path in pages_of(small_folder):
        assert violations(opened(path, color_scheme=scheme).page) == []


def test_axe_finds_nothing_wrong_in_a_large_page(large_page: Path, opened: Opener) -> None:
    # Colours are those of the small page, and their contrast takes 20 of 25 seconds to measure here.
    assert violations(opened(large_page).page, {"color-contrast": {"enabled": False}}) == []


def violations(page: Page, rules: dict[str, object] | None = None) -> list[tuple[str, list[str]]]:
    """What axe finds, by rule, with the first places."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules or {}})
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:2]]) for one in found.response["violations"]]


def test_axe_finds_nothing_wrong_in_open_words_and_side_by_side(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    page.get_by_role("radio", name="side by side").check()
    for summary in page.locator("details > summary").all():
        summary.click()
    assert violations(page) == []
    page.locator("#matrix td a").first.click()
    assert violations(page) == []


def test_the_first_tab_skips_to_the_figures_and_focus_is_seen(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    expect(page.locator(".skip")).to_be_in_viewport()
    page.locator("#matrix td a").first.focus()
    page.keyboard.press("Tab")
    style = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"{style}.outlineStyle") == "solid"
    assert page.evaluate(f"parseFloat({style}.outlineWidth)") >= 2


def test_headings_do_not_skip_a_level(small_page: Path, opened: Opener) -> None:
    levels = (
        opened(small_page)
        .page.locator("main :is(h1, h2, h3, h4)")
        .evaluate_all("all => all.map(one => Number(one.tagName[1]))")
    )
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


# ---- size and shape ----


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (768, 1024), (390, 844), (320, 640)])
@BOTH
def test_the_page_never_scrolls_sideways(
    name: str, width: int, height: int, request: pytest.FixtureRequest, opened: Opener
) -> None:
    for path in pages_of(request.getfixturevalue(name)):
        page = opened(path, viewport={"width": width, "height": height}).page
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_source_and_count_stay_in_sight_in_a_large_matrix(width: int, large_page: Path, opened: Opener) -> None:
    page = opened(large_page, viewport={"width": width, "height": 900}).page
    box = page.locator("#matrix .scroll")
    box.scroll_into_view_if_needed()
    box.evaluate("one => one.scrollTo(600, 900)")
    frame = box.bounding_box()
    head = page.locator("#matrix thead th").nth(1).bounding_box()
    row = page.locator("#matrix tbody tr th[scope=row]").nth(20).bounding_box()
    assert frame
    assert head
    assert row
    assert abs(head["y"] - frame["y"]) < 3
    assert abs(row["x"] - frame["x"]) < 3


def test_a_large_page_is_laid_out_a_few_times_before_it_is_ready(large_page: Path, opened: Opener) -> None:
    """No script of it measures and changes the page in turns: each turn would lay thousands of elements out anew."""
    page = opened(large_page).page
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.reload()
    told = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    assert 0 < told["LayoutCount"] < 30


# ---- paper ----


def test_print_opens_what_is_folded_and_drops_what_only_a_screen_can_do(small_page: Path, opened: Opener) -> None:
    page = opened(small_page).page
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("details:not([open])")).to_have_count(0)
    expect(page.locator(".toc")).to_be_hidden()
    expect(page.locator("#switch")).to_be_hidden()
    expect(page.locator("#words mark").first).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_print_without_a_script_shows_derivations_too(small_page: Path, opened: Opener) -> None:
    page = opened(small_page, java_script_enabled=False).page
    page.emulate_media(media="print")
    item = page.locator("#methods details li").first
    expect(item).to_be_visible()
    box = item.bounding_box()
    assert box
    assert box["height"] > 5


# ---- text of all kinds ----


def test_right_to_left_words_stand_right_to_left(tmp_path: Path, opened: Opener) -> None:
    one = made.report("r", "قتل 12 شخصا في السوق.", language="ar", publisher="جريدة", published="2031-05-07")
    claim = made.claim(one, "12 شخصا", Quantity.exact(12))
    folder = html.write(build(made.record([one], [claim])), tmp_path / "out").parent
    page = opened(next(folder.glob("incident-*.html"))).page
    side = page.locator("#words .sentence").first.evaluate("one => getComputedStyle(one).direction")
    assert side == "rtl"
    expect(page.locator("#words mark")).to_have_text("12 شخصا")
    # What stands in place of words that are held back is this record's own, and its brackets stay where they belong.
    held = page.locator("#words .sentence bdi").first
    assert held.evaluate("one => getComputedStyle(one).direction") == "ltr"


def test_hostile_text_runs_nothing(tmp_path: Path, opened: Opener) -> None:
    from test_dossier_files import hostile

    folder = html.write(build(hostile()), tmp_path / "out").parent
    for path in pages_of(folder):
        watched = opened(path)
        watched.page.on("dialog", lambda box: pytest.fail(f"a script ran: {box.message}"))
        for link in watched.page.locator("#matrix td a").all():
            link.click()
            watched.page.keyboard.press("Escape")
        assert watched.asked == own(path)
        assert watched.complaints == []
        strange = "img, script:not(body > script, head > script[src='figures.js']), iframe, object"
        assert watched.page.locator(strange).count() == 0


def test_an_incident_is_found_by_name_among_many(tmp_path: Path, opened: Opener) -> None:
    record = made.small()
    towns = ("Abel", "Bruna", "Calde", "Dorna", "Elvis", "Farn", "Gorse", "Halm", "Inver")
    many = tuple(replace(record.incidents[0], id=f"x{i}", name=f"{town}, 2031") for i, town in enumerate(towns))
    index = html.write(build(replace(record, incidents=(*record.incidents, *many))), tmp_path / "out")
    page = opened(index).page
    page.get_by_label("Find an incident, place, source or count").fill("gorse")
    expect(page.locator("#list > li").filter(visible=True)).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 of 10 incidents")
