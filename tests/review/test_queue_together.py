"""The queue where something is in the way: no connection, another coder, a full disk. Nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from playwright.sync_api import APIResponse, Page, Route, expect
from queue_page import FOCUS, Queue, log, opened, told
from review_server import Review, reviewing, violations
from waiting import Held, by_hand, offline, route, try_now, until

from tollbook.pipeline.desk import Filters


def test_without_a_connection_rulings_are_kept_and_sent_once(review: Review) -> None:
    queue = opened(review)
    first, second, third = queue.claims[:3]
    offline(queue.page)
    queue.press("a", "r", "2", "a")
    waiting = queue.page.locator("#outbox")
    expect(waiting).to_contain_text("No connection. 3 rulings are kept here")
    assert violations(queue.page) == []
    queue.press("u")
    expect(waiting).to_contain_text("2 rulings are kept here")
    queue.at(third)
    queue.page.context.set_offline(False)
    queue.sent()
    expect(waiting).to_be_hidden()
    assert [(one.claim, one.action) for one in log(review)] == [(first, "accept"), (second, "reject")]


def test_what_waits_survives_a_reload(review: Review) -> None:
    queue = opened(review)
    first = queue.focus
    route(queue.page, "**/rule", lambda one: one.abort("connectionfailed"))
    queue.press("a")
    expect(queue.page.locator("#outbox")).to_contain_text("1 ruling is kept here")
    queue.page.unroute("**/rule")
    queue.page.on("dialog", lambda dialog: dialog.accept())  # "leave the page?": what waits would be told twice
    queue.reload()
    queue.sent()
    assert first not in queue.claims
    assert [(one.claim, one.action) for one in log(review)] == [(first, "accept")]


def test_a_ruling_whose_answer_was_lost_is_one_event(review: Review) -> None:
    queue = opened(review)
    lost = []

    def lose_first(one: Route) -> None:
        """The server has it, the page never hears so."""
        if lost:
            return one.continue_()
        lost.append(one.fetch())
        return one.abort("connectionreset")

    route(queue.page, "**/rule", lose_first)
    queue.press("a")
    queue.sent()
    assert len(lost) == 1
    queue.page.unroute("**/rule")
    assert [action for _, action, _ in told(review)] == ["accept"]


def test_taken_back_before_the_server_had_it_comes_to_nothing(review: Review) -> None:
    queue = opened(review)
    first = queue.focus
    by_hand(queue.page)
    route(queue.page, "**/rule", lambda one: one.abort("connectionfailed"))
    queue.press("a")
    expect(queue.page.locator("#outbox")).to_be_visible()
    queue.press("u")  # whether the server has it nobody knows: it is taken back as soon as it is known
    queue.at(first)
    queue.page.unroute("**/rule")
    try_now(queue.page)
    queue.sent()
    assert [action for _, action, _ in told(review)] == ["accept", "withdraw"]


def test_taken_back_on_its_way_it_is_withdrawn_before_what_is_ruled_next(review: Review) -> None:
    queue = opened(review)
    first, second = queue.claims[:2]
    held = Held(queue.page, "**/rule")
    queue.press("a")
    held.wait()
    queue.press("u")
    queue.at(first)
    queue.press("r", "2", "a")  # another ruling on it, and one on the next
    held.go()
    queue.sent()
    assert [(one.action, one.claim or one.values["ruling"]) for one in log(review)] == [
        ("accept", first),
        ("withdraw", log(review)[0].seq),
        ("reject", first),
        ("accept", second),
    ]
    assert queue.page.locator("#wrong").is_hidden()


def test_enter_links_to_no_incident_but_one_that_is_shown_for_what_was_typed(review: Review) -> None:
    queue = opened(review)
    queue.press("l")
    expect(queue.page.locator("#link-list [aria-selected=true]")).to_have_count(1)
    held = Held(queue.page, "**/queue/incidents?*")
    queue.page.keyboard.type("no such town")
    queue.press("Enter")
    assert queue.page.locator("#ask-link").is_visible()
    held.wait()
    held.go()
    expect(queue.page.locator("#link-list")).to_contain_text("No incident has these words")
    queue.press("Enter")
    assert queue.page.locator("#ask-link").is_visible()
    assert told(review) == []


def test_what_another_ruled_meanwhile_is_shown_and_not_overwritten(review: Review) -> None:
    queue = opened(review)
    first, second = queue.claims[:2]
    other = {"target": first, "action": "reject", "why": "named as rescued", "key": "0123456789abcdef"}
    assert review.client("Cy", "coder").post("/rule", json=other).status_code == 200
    queue.press("a")
    expect(queue.page.locator("#wrong")).to_contain_text("Cy reject: named as rescued")
    queue.at(second)  # no key meant for one claim falls on another
    assert told(review) == [("Cy", "reject", "named as rescued")]
    assert violations(queue.page) == []
    queue.press("j")
    queue.at(first)
    expect(queue.page.locator(f"#item-{first} .clash")).to_contain_text("Not recorded (accepted)")
    queue.press("a")  # having seen it
    queue.sent()
    assert told(review)[-1] == ("Bo", "accept", "checked against the words")


def test_a_correction_that_does_not_fit_comes_back_with_what_was_typed(review: Review) -> None:
    queue = opened(review)
    page, first = queue.page, queue.focus
    queue.press("e")
    page.locator("#ask-edit [name=bound]").select_option("range")
    page.locator("#ask-edit [name=low]").fill("40")
    page.locator("#ask-edit [name=high]").fill("12")
    queue.press("Enter")
    expect(page.locator("#wrong")).to_contain_text("'low' can't be above 'high': 40, 12")
    queue.press("j")
    queue.at(first)
    queue.press("e")
    expect(page.locator("#ask-edit [name=high]")).to_have_value("12")
    page.locator("#ask-edit [name=high]").fill("44")
    queue.press("Enter")
    queue.sent()
    assert [one.values for one in log(review)] == [{"bound": "range", "low": 40, "high": 44}]


def test_a_full_disk_is_told_and_the_ruling_kept(
    review: Review, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    queue = opened(review)
    by_hand(queue.page)
    with file_limit(1024):
        queue.press("a")
        expect(queue.page.locator("#outbox")).to_contain_text("1 ruling is kept here")
        expect(queue.page.locator("#outbox")).not_to_contain_text("No connection")
    assert told(review) == []
    try_now(queue.page)
    queue.sent()
    assert [action for _, action, _ in told(review)] == ["accept"]


def test_a_claim_whose_report_is_gone_from_the_disk_stays_and_is_ruled_on_or_left(review: Review) -> None:
    desk = review.app.state.desk
    desk.work_off()
    queue = opened(review)
    first, second = queue.claims[:2]
    there = {one.claim for one in desk.queue(Filters(), "Cy", 500)} | set(queue.claims)
    for text in (review.folder / "archive" / "text").rglob("*.txt"):
        text.unlink()
    with reviewing(review.folder, review.browser) as again:
        queue = opened(again)
        assert {one.claim for one in again.app.state.desk.queue(Filters(), "Bo", 500)} == there
        queue.press("j")
        queue.at(second)
        queue.press("k", "a")
        queue.sent()
        assert [(one.claim, one.action) for one in log(again)] == [(first, "accept")]
        page = queue.page
        page.goto(f"{again.url}{page.locator(FOCUS).get_attribute('data-desk')}")
        expect(page.get_by_role("alert").first).to_contain_text("gone from the archive")
        assert violations(page) == []


def _all(queue: Queue) -> set[str]:
    return set(queue.claims)


def test_two_coders_never_get_the_same_claim(review: Review) -> None:
    bo, cy = opened(review, "Bo"), opened(review, "Cy")
    seen = {"Bo": _all(bo), "Cy": _all(cy)}
    assert seen["Bo"]
    assert seen["Cy"]
    for _ in range(16):  # each goes on and is given more
        bo.press("a")
        cy.press("a")
        seen["Bo"] |= _all(bo)
        seen["Cy"] |= _all(cy)
        assert not seen["Bo"] & seen["Cy"]
    bo.sent()
    cy.sent()
    rulings = log(review)
    assert len(rulings) == len({one.claim for one in rulings}) == 32


def test_a_ping_beside_the_next_ones_gives_none_of_them_away(review: Review) -> None:
    """The next ones are given and on their way to the page when the page tells what it shows, which is without them."""
    review.app.state.desk.work_off()
    bo = opened(review, "Bo")
    given = _answers_kept(bo.page, "**/queue/more**")
    bo.press(*("a" * 13))  # fewer than a dozen are left
    until(lambda: bool(given), "the next ones", bo.page)
    bo.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    cy = opened(review, "Cy")
    assert _all(cy)
    before = _all(bo)
    for one, answer in given:
        one.fulfill(response=answer)
    until(lambda: bool(_all(bo) - before), "the next ones in the list", bo.page)
    assert not _all(bo) & _all(cy)


def _answers_kept(page: Page, where: str) -> list[tuple[Route, APIResponse]]:
    """What the server answers at an address from now on, kept from the page until `fulfill`."""
    given: list[tuple[Route, APIResponse]] = []
    route(page, where, lambda one: given.append((one, one.fetch())))
    return given


def test_what_is_taken_back_is_nobody_elses(review: Review) -> None:
    review.app.state.desk.work_off()
    bo = opened(review, "Bo")
    bo.page.evaluate("() => { for (let one = 1; one < 99; one += 1) clearInterval(one) }")  # none comes by the minute
    first = bo.focus
    bo.press("a")
    bo.sent()
    with bo.page.expect_response("**/queue/ping"):  # what was ruled on is no longer held
        bo.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    with bo.page.expect_response("**/queue/ping"):
        bo.press("u")
    bo.sent()
    bo.at(first)
    cy = opened(review, "Cy")
    assert _all(cy)
    assert first not in _all(cy)


def test_what_somebody_had_is_free_when_they_leave(review: Review) -> None:
    review.app.state.desk.work_off()  # the order is another while it is being worked out
    bo = opened(review, "Bo")
    had = _all(bo)
    cy = opened(review, "Cy")
    assert not _all(cy) & had
    bo.page.goto(f"{review.url}/account")
    desk, left = review.app.state.desk, len(_all(cy))  # a goodbye comes after the next page's first words
    until(lambda: desk.progress(Filters()).held == left, "Bo's goodbye", cy.page)
    cy.reload()
    assert bo.page.url.endswith("/account")
    assert _all(cy) & had


def test_a_reload_and_a_second_tab_keep_what_one_has(review: Review) -> None:
    review.app.state.desk.work_off()  # the order is another while it is being worked out
    queue = opened(review, "Bo")
    had = queue.claims
    queue.reload()
    assert queue.claims == had
    tab = queue.page.context.new_page()
    tab.goto(f"{review.url}/queue")
    assert Queue(tab).ready().claims == had
    tab.close()
    with queue.page.expect_response("**/queue/ping") as told:
        queue.page.evaluate("dispatchEvent(new Event('online'))")
    assert set(told.value.json()["mine"]) >= set(had)
    assert queue.claims[: len(had)] == had
    assert not set(opened(review, "Cy").claims) & set(had)
