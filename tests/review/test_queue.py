"""The queue by keyboard alone: one key accepts, the next is there at once, all can be taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from queue_page import log, opened, told
from review_server import Review, violations
from waiting import offline

from tollbook.pipeline.desk import Filters

WHY = "checked against the words"


def test_one_key_accepts_and_the_next_is_there_without_asking(review: Review) -> None:
    queue = opened(review)
    first, second = queue.claims[:2]
    offline(queue.page)  # what comes next is here already
    queue.press("a")
    queue.at(second)
    assert first not in queue.claims
    queue.page.context.set_offline(False)
    queue.sent()
    assert [(one.claim, one.who, one.action, one.why) for one in log(review)] == [(first, "Bo", "accept", WHY)]


def test_a_session_by_keyboard_alone(review: Review) -> None:
    queue = opened(review)
    first, second, third, fourth = queue.claims[:4]
    queue.press("r", "Enter")
    queue.says("Rejected")
    queue.press("r", "3", "e")
    expect(queue.page.locator("#ask-edit [name=value]")).to_be_focused()
    queue.page.keyboard.type("7777")
    queue.press("Enter", "n")
    queue.page.keyboard.type("ask the clinic")
    queue.press("Enter", "l")
    expect(queue.page.locator("#link-list [aria-selected=true]")).to_have_count(1)
    queue.press("Enter", "a")
    queue.sent()
    rulings = log(review)
    assert [(one.claim, one.action, one.why) for one in rulings] == [
        (first, "reject", "the words don't say this"),
        (second, "reject", "it is no total of its own"),
        (third, "correct", "read from the words"),
        (fourth, "note", "ask the clinic"),
        (fourth, "link", "its words are about that one"),
        (fourth, "accept", WHY),
    ]
    assert rulings[2].values == {"value": 7777}  # only what was changed
    assert review.complaints == []


def test_several_are_taken_back_the_last_first(review: Review) -> None:
    queue = opened(review)
    before = queue.claims
    queue.press("a", "r", "Enter", "u")
    queue.at(before[1])
    queue.says("Taken back: rejected")
    queue.press("u")
    queue.at(before[0])
    assert queue.claims[:3] == before[:3]
    queue.sent()
    made = log(review)
    standing = {one.seq for one in made} - {int(one.values["ruling"] or 0) for one in made if one.action == "withdraw"}
    assert [one.action for one in made if one.seq in standing and one.action != "withdraw"] == []
    queue.press("a")  # what was taken back can be ruled on again
    queue.sent()
    assert (log(review)[-1].claim, log(review)[-1].action) == (before[0], "accept")


def test_what_was_ruled_can_be_taken_back_after_a_reload(review: Review) -> None:
    queue = opened(review)
    first = queue.focus
    queue.press("a")
    queue.sent()
    queue.reload()
    assert first not in queue.claims
    queue.press("u")
    queue.at(first)
    queue.sent()
    assert [one.action for one in log(review)] == ["accept", "withdraw"]


def test_every_key_is_a_button_too(review: Review) -> None:
    queue = opened(review)
    page, first = queue.page, queue.focus
    page.get_by_role("button", name="j Next").click()
    queue.at(queue.claims[1])
    page.get_by_role("button", name="k Before").click()
    page.get_by_role("button", name="a Accept").click()
    expect(page.get_by_role("button", name="a Accept")).to_be_focused()  # so that Enter goes on
    page.locator("#told").get_by_role("button", name="Undo").click()
    queue.at(first)
    page.get_by_role("button", name="r Reject").click()
    page.get_by_role("button", name="4 it is counted already").click()
    queue.sent()
    # An acceptance that had left before it was undone is in the log too, withdrawn before anything else.
    *undone, last = told(review)
    assert last == ("Bo", "reject", "it is counted already")
    assert [action for _, action, _ in undone] in ([], ["accept", "withdraw"])
    now = review.app.state.desk.progress(Filters())
    assert (now.rejected, now.coded) == (1, 0)


def test_keys_do_nothing_while_somebody_types_and_can_be_switched_off(review: Review) -> None:
    queue = opened(review)
    page, first = queue.page, queue.focus
    queue.press("f")
    page.keyboard.type("aru")
    expect(page.locator("#filter-text")).to_have_value("aru")
    queue.press("Escape", "?")
    page.get_by_label("Single keys do things on this page").uncheck()
    queue.press("Escape", "a", "r", "j")
    assert (queue.focus, told(review)) == (first, [])
    page.get_by_role("button", name="a Accept").click()
    queue.sent()
    assert [action for _, action, _ in told(review)] == ["accept"]


def test_a_key_held_down_rules_once(review: Review) -> None:
    queue = opened(review)
    claims = queue.claims
    queue.page.keyboard.down("a")
    queue.page.keyboard.down("a")
    queue.page.keyboard.up("a")
    queue.at(claims[1])
    queue.sent()
    assert len(told(review)) == 1


def test_filters_are_in_the_address(review: Review) -> None:
    queue = opened(review)
    queue.press("f")
    with queue.page.expect_navigation():
        queue.page.locator("#filters [name=measure]").select_option("injured")
    expect(queue.ready().page).to_have_url(f"{review.url}/queue?measure=injured")
    labels = queue.page.locator("#rows .of").all_inner_texts()
    assert labels
    assert all(one.startswith("injured") for one in labels)
    queue.page.get_by_role("link", name="measure injured").click()
    expect(queue.page).to_have_url(f"{review.url}/queue")


def test_one_report_alone(review: Review) -> None:
    queue = opened(review)
    report = queue.page.locator(".item:not([hidden])").get_attribute("data-report")
    with queue.page.expect_navigation():
        queue.page.get_by_role("link", name="only this one of the reports").click()
    expect(queue.ready().page.get_by_role("list", name="Filters in force")).to_contain_text(f"report {report}")
    shown = queue.page.locator(".item").evaluate_all("some => some.map((one) => one.dataset.report)")
    assert set(shown) == {report}
    assert violations(queue.page) == []


def test_an_empty_queue_says_so(review: Review) -> None:
    queue = opened(review, path="/queue?text=no+such+words")
    expect(queue.page.locator("#none")).to_contain_text("No open claim fits these filters")
    queue.press("a", "r", "e", "j", "o")  # nothing to rule on
    assert told(review) == []
    assert violations(queue.page) == []
    assert review.complaints == []


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("state=done", "no state 'done'; there are: open, coded, confirmed, returned, rejected, all"),
        ("confidence=7", "'confidence' needs a number from 0 to 1, not '7'"),
    ],
)
def test_a_wrong_filter_is_one_line(served: Review, query: str, line: str) -> None:
    answer = served.client().get(f"/queue?{query}")
    assert answer.status_code == 400
    assert line in answer.text.replace("&#39;", "'")


@pytest.mark.parametrize("width", [1440, 400])
def test_nothing_is_wrong_with_any_state_of_the_page(review: Review, width: int) -> None:
    queue = opened(review, viewport={"width": width, "height": 900}, color_scheme="dark" if width < 900 else "light")
    for keys in ("j", "r", "Escape e", "Escape l", "Escape n", "Escape f", "Escape a", "?"):
        queue.press(*keys.split())
        assert violations(queue.page) == [], keys
        assert queue.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), keys
    assert review.complaints == []


def test_a_reader_looks_on(review: Review) -> None:
    page = review.page("/queue", "Cy", "reader")
    expect(page.locator(".item:not([hidden])")).to_have_count(1)
    page.keyboard.press("a")
    page.keyboard.press("j")
    assert page.get_by_role("button", name="Accept").count() == 0
    assert told(review) == []
    assert violations(page) == []
    assert review.complaints == []
