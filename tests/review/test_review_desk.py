"""The desk in a real browser: a claim chosen, its words and chain marked, ruled on by keys, the matrix with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from review_server import Review, violations

WIDE = {"width": 1440, "height": 900}


@pytest.fixture
def largest(review: Review) -> str:
    """The incident of the sample that most claims are about."""
    return str(review.app.state.desk.incidents()[0].id)


@pytest.fixture
def desk(review: Review, largest: str) -> Page:
    page = review.page(f"/incident/{largest}", viewport=WIDE)
    expect(page.locator("#in-cell")).to_be_visible()
    return page


def state(page: Page) -> str:
    return page.locator("#claim .which .state").text_content() or ""


def test_the_words_of_a_claim_and_its_chain_are_marked(desk: Page) -> None:
    chosen = desk.locator("#text mark.chosen")
    expect(chosen.first).to_be_visible()
    assert "".join(chosen.all_text_contents()).split() == ["AT", "LEAST", "NINE", "PEOPLE"]
    expect(desk.locator("#text mark.run-on.chosen")).to_have_css("white-space-collapse", "collapse")
    assert desk.locator("#text .source").count() >= 1
    assert desk.locator("#claim .chain li").count() >= 2
    expect(desk.locator("#matrix a.here")).to_have_count(1)
    assert violations(desk) == []


def test_keys_go_from_claim_to_claim_and_say_which(desk: Page) -> None:
    desk.keyboard.press("j")
    expect(desk.locator("#claim .which")).to_contain_text("Claim 2 of")
    expect(desk.locator("#spoken")).to_contain_text("Claim 2 of")
    desk.keyboard.press("k")
    expect(desk.locator("#claim .which")).to_contain_text("Claim 1 of")


def test_a_key_rules_on_the_claim_gone_to_though_the_page_is_behind(review: Review, desk: Page) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    expect(desk.locator("#claim .rulings")).to_contain_text("accepted it")
    expect(desk.locator("#claim .which")).to_contain_text("Claim 3 of")
    expect(desk.locator("#claim-list [data-state=accepted]")).to_have_count(1)
    assert desk.locator("#claim-list button").nth(2).get_attribute("data-state") == "accepted"


def test_accepted_and_undone(desk: Page, review: Review) -> None:
    desk.keyboard.press("a")
    expect(desk.locator("#claim .rulings")).to_contain_text("accepted it")
    assert state(desk) == "accepted"
    desk.keyboard.press("u")
    expect(desk.locator("#claim .rulings")).to_contain_text("took back")
    assert state(desk) == "open"
    assert review.complaints == []


def highest(review: Review, incident: str) -> tuple[str, int]:
    """A claim that alone makes the upper end of a figure, and that end."""
    record, _ = review.app.state.desk.incident(incident)
    claims = {one.id: one for one in record.claims}
    for finding in record.findings:
        top = [one for one in finding.supports if claims[one].quantity.high == finding.high]
        if len(top) == 1 and len(finding.supports) > 1 and finding.high != finding.low:
            return top[0], finding.high
    raise AssertionError("the sample has no disputed figure")


def test_a_rejected_figure_changes_the_range_without_a_reload(review: Review, largest: str) -> None:
    claim, high = highest(review, largest)
    desk = review.page(f"/incident/{largest}?claim={claim}", viewport=WIDE)
    expect(desk.locator("#claim")).to_have_attribute("data-claim", claim)
    expect(desk.locator("#matrix a.here")).to_have_count(1)
    desk.evaluate("window.here = true")
    scroll = desk.evaluate("document.getElementById('matrix').scrollLeft")
    desk.keyboard.press("r")
    expect(desk.locator("#ask")).to_be_visible()
    assert violations(desk) == []
    desk.keyboard.press("2")
    expect(desk.locator("#claim .rulings")).to_contain_text("it is about another event")
    changed = desk.locator("#matrix .computed td.changed")
    expect(changed.first).to_be_visible()
    assert all(f"–{high}" not in text for text in changed.all_text_contents())
    assert desk.evaluate("document.getElementById('matrix').scrollLeft") == scroll
    assert desk.evaluate("window.here") is True


def test_a_cell_opens_its_words_and_they_lead_back(desk: Page) -> None:
    desk.keyboard.press("c")
    desk.keyboard.press("ArrowDown")
    cell = desk.evaluate("document.activeElement.id")
    assert cell.startswith("x-")
    desk.keyboard.press("Enter")
    expect(desk.locator(f"#{cell}")).to_have_class("here")
    desk.keyboard.press("w")
    assert desk.evaluate("document.activeElement.matches('mark.chosen')")
    desk.keyboard.press("c")
    assert desk.evaluate("document.activeElement.id") == cell


def test_keys_are_silent_in_fields_and_where_they_are_switched_off(desk: Page) -> None:
    desk.keyboard.press("n")
    desk.keyboard.type("jar")
    expect(desk.locator("#ask-why")).to_have_value("jar")
    desk.keyboard.press("Escape")
    desk.keyboard.press("?")
    desk.get_by_label("Single keys do things on this page").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    expect(desk.locator("#claim .which")).to_contain_text("Claim 1 of")
    assert state(desk) == "open"


def test_a_field_is_corrected_and_a_wrong_value_is_told_beside_it(desk: Page) -> None:
    desk.keyboard.press("e")
    expect(desk.locator("#form-body")).to_be_visible()
    assert violations(desk) == []
    desk.get_by_label("Bound").select_option("exact")
    desk.get_by_label("Number", exact=True).fill("-4")
    desk.get_by_label("Reason").press("Enter")
    expect(desk.locator("#wrong-value")).to_have_text("'value' can't be negative: -4.")
    desk.get_by_label("Number", exact=True).fill("1,010")
    desk.get_by_role("button", name="Correct").click()
    expect(desk.locator("#claim h2")).to_contain_text("1,010")
    assert state(desk) == "corrected"


def test_two_at_once_on_one_claim_and_nothing_is_overwritten(review: Review, desk: Page, largest: str) -> None:
    other = review.page(f"/incident/{largest}", "Bo Example", "coder", viewport=WIDE)
    other.keyboard.press("r")
    other.keyboard.press("1")
    expect(other.locator("#claim .rulings")).to_contain_text("rejected it")
    head = review.app.state.desk.head()
    desk.keyboard.press("a")
    expect(desk.locator("#clash")).to_contain_text("Bo Example: reject")
    expect(desk.locator("#clash")).to_contain_text("Yours was not made: accept")
    assert state(desk) == "rejected"
    assert review.app.state.desk.head() == head
    assert violations(desk) == []
    desk.get_by_role("button", name="Make mine too").click()
    expect(desk.locator("#claim .rulings li").first).to_contain_text("accepted it")
    assert state(desk) == "accepted"


def test_an_editor_confirms_what_another_coded(review: Review, desk: Page, largest: str) -> None:
    desk.keyboard.press("a")
    expect(desk.locator("#claim .rulings")).to_contain_text("accepted it")
    assert desk.get_by_role("button", name="Confirm").count() == 0
    claim = desk.locator("#claim").get_attribute("data-claim")
    editor = review.page(f"/incident/{largest}?claim={claim}", "Ed Example", "editor", viewport=WIDE)
    expect(editor.get_by_role("button", name="Confirm")).to_be_visible()
    editor.keyboard.press("y")
    expect(editor.locator("#claim .rulings")).to_contain_text("confirmed it")
    assert state(editor) == "confirmed"


def test_a_history_is_a_page_of_its_own_too(review: Review, desk: Page, largest: str) -> None:
    claim = desk.locator("#claim").get_attribute("data-claim")
    for path in (f"/claim/{claim}/history", f"/incident/{largest}/history"):
        page = review.page(path)
        expect(page.get_by_role("heading", level=1)).to_contain_text("History of a")
        assert violations(page) == []


def test_readers_look_and_rule_nothing(review: Review, largest: str) -> None:
    page = review.page(f"/incident/{largest}", "Cy Example", "reader", viewport=WIDE)
    page.keyboard.press("a")
    assert page.get_by_role("button", name="Accept").count() == 0
    page.keyboard.press("h")
    expect(page.locator("#panel-body table")).to_be_visible()
    assert violations(page) == []
