"""Merging, splitting, linking at the desk, by keys and by dragging; and rulings made while the connection is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from desk_page import quiet
from playwright.sync_api import Page, Route, expect
from review_server import Review, violations
from waiting import Held, by_hand, offline, route, try_now

WIDE = {"width": 1440, "height": 900}


@pytest.fixture
def project(three_project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(three_project, tmp_path / "project"))


@pytest.fixture
def flood(review: Review) -> Page:
    page = review.page("/report/flood", viewport=WIDE)
    expect(page.locator("#matrix a.here")).to_have_count(1)
    return page


def names(review: Review) -> list[tuple[str, int]]:
    """The incidents with how many claims each has."""
    return sorted((one.name, one.claims) for one in review.app.state.desk.incidents())


def test_incidents_are_merged_by_keys_and_taken_apart_again(review: Review, flood: Page) -> None:
    before = names(review)
    flood.keyboard.press("m")
    expect(flood.locator("#ask-list [role=option]").first).to_be_visible()
    flood.locator("#ask-query").press_sequentially("tarn")
    expect(flood.locator("#ask-list [role=option]")).to_have_count(1)
    expect(flood.locator("#ask-list [aria-selected=true]")).to_have_count(1)
    assert violations(flood) == []
    flood.keyboard.press("Enter")
    expect(flood.locator("#ask-words")).to_contain_text("will count under Tarnvil")
    flood.keyboard.press("Enter")
    expect(flood.locator("#side-head")).to_contain_text("Tarnvil")
    expect(flood.locator("#side-head")).to_contain_text("3 claims in 2 reports")
    assert len(names(review)) == len(before) - 1
    flood.keyboard.press("u")
    expect(flood.locator("#toast")).to_contain_text("Undone: Merged into Tarnvil")
    expect(flood.locator("#side-head")).to_contain_text("1 claim in 1 report")
    assert names(review) == before
    assert review.complaints == []


def test_a_claim_is_split_off_and_brought_back(review: Review, flood: Page) -> None:
    before = names(review)
    flood.keyboard.press("s")
    expect(flood.locator("#ask-words")).to_contain_text("will start an incident of its own")
    assert violations(flood) == []
    flood.keyboard.press("Enter")
    expect(flood.locator("#targets li[data-drop-incident]")).to_have_count(1)
    assert len(names(review)) == len(before) + 1
    flood.keyboard.press("u")
    expect(flood.locator("#targets li[data-drop-incident]")).to_have_count(0)
    assert names(review) == before


def test_a_claim_dragged_onto_an_incident_is_linked_to_it_once_confirmed(review: Review, flood: Page) -> None:
    flood.keyboard.press("s")
    flood.keyboard.press("Enter")
    expect(flood.locator("#targets li[data-drop-incident]")).to_have_count(1)
    quiet(flood)
    first = flood.locator("#targets li[data-drop-incident]").get_attribute("data-drop-incident")
    flood.locator("#claims summary").click()
    other = flood.locator(f"#claim-list li:has(button:not([data-incident='{first}']))").first
    claim = other.get_attribute("data-drag-claim")
    other.drag_to(flood.locator("#targets li[data-drop-incident]"))
    expect(flood.locator("#ask-words")).to_contain_text("will belong to")
    flood.get_by_role("button", name="Link", exact=True).last.click()
    expect(flood.locator("#toast")).to_contain_text("Linked to")
    expect(flood.locator(f"#claim-list [data-claim='{claim}'][data-incident='{first}']")).to_have_count(1)
    _, linked = review.app.state.desk.claim(claim)
    assert linked.incident == first


def test_an_incident_dragged_onto_another_is_merged_once_confirmed(review: Review, flood: Page) -> None:
    before = names(review)
    flood.keyboard.press("s")
    flood.keyboard.press("Enter")
    target = flood.locator("#targets li[data-drop-incident]")
    expect(target).to_have_count(1)
    quiet(flood)
    flood.locator("#side-head h2").drag_to(target)
    expect(flood.locator("#ask-words")).to_contain_text("stays as another name of it")
    flood.get_by_role("button", name="Merge", exact=True).last.click()
    expect(flood.locator("#targets li[data-drop-incident]")).to_have_count(0)
    assert [claims for _, claims in names(review)] == [claims for _, claims in before]


def test_a_ruling_made_without_a_connection_is_kept_and_sent_once(review: Review, flood: Page) -> None:
    head = review.app.state.desk.head()
    offline(flood)
    flood.keyboard.press("a")
    expect(flood.locator("#outbox")).to_contain_text("No connection. 1 ruling is kept here")
    expect(flood.locator("#claim .which .state")).to_have_text("accepted")
    assert violations(flood) == []
    assert review.app.state.desk.head() == head
    flood.context.set_offline(False)
    expect(flood.locator("#outbox")).to_be_hidden()
    expect(flood.locator("#claim .rulings li")).to_have_count(1)
    assert review.app.state.desk.head() == head + 1


def test_a_ruling_whose_answer_was_lost_is_one_event(review: Review, flood: Page) -> None:
    head = review.app.state.desk.head()
    lost = []

    def swallow(one: Route) -> None:
        if lost:
            return one.continue_()
        lost.append(one.fetch().status)  # the server has it, the page never hears of it
        return one.abort("connectionreset")

    route(flood, "**/rule", swallow)
    flood.keyboard.press("a")
    expect(flood.locator("#claim .rulings li")).to_have_count(1)
    assert lost == [200]
    assert review.app.state.desk.head() == head + 1


def test_what_waits_outlives_a_reload(review: Review, flood: Page) -> None:
    route(flood, "**/rule", lambda one: one.abort("internetdisconnected"))
    flood.keyboard.press("a")
    expect(flood.locator("#outbox")).to_contain_text("1 ruling is kept here")
    flood.on("dialog", lambda dialog: dialog.accept())
    flood.unroute("**/rule")
    flood.reload()
    expect(flood.locator("#claim .rulings li")).to_have_count(1)


def test_a_claim_by_keys_is_undone_before_it_leaves(review: Review, flood: Page) -> None:
    head = review.app.state.desk.head()
    offline(flood)
    flood.keyboard.press("a")
    expect(flood.locator("#outbox")).to_be_visible()
    flood.keyboard.press("n")
    flood.locator("#ask-why").fill("seen by two")
    flood.keyboard.press("Enter")
    expect(flood.locator("#outbox")).to_contain_text("2 rulings are kept here")
    flood.keyboard.press("u")
    expect(flood.locator("#toast")).to_contain_text("Not sent: Noted")
    expect(flood.locator("#outbox")).to_contain_text("1 ruling is kept here")
    flood.context.set_offline(False)
    expect(flood.locator("#outbox")).to_be_hidden()
    assert review.app.state.desk.head() == head + 1


def test_an_undo_of_what_is_on_its_way_takes_that_back_and_nothing_before_it(review: Review, flood: Page) -> None:
    flood.keyboard.press("a")
    quiet(flood)
    held = Held(flood, "**/rule")
    flood.keyboard.press("n")
    flood.locator("#ask-why").fill("ask the office")
    flood.keyboard.press("Enter")
    held.wait()
    flood.keyboard.press("u")
    expect(flood.locator("#toast")).to_contain_text("To be undone: Noted")
    held.go()
    expect(flood.locator("#claim .rulings li")).to_have_count(3)
    quiet(flood)
    accepted, noted, taken = review.app.state.desk.report("flood").rulings
    assert (accepted.action, noted.action, taken.action) == ("accept", "note", "withdraw")
    assert taken.values["ruling"] == noted.seq
    expect(flood.locator("#claim .which .state")).to_have_text("accepted")


def test_a_slow_answer_leaves_the_claim_that_was_gone_to_last_with_its_cell(review: Review, flood: Page) -> None:
    held = Held(flood, "**/desk/claim?*")
    flood.keyboard.press("j")
    held.wait()
    flood.keyboard.press("k")
    held.go()
    quiet(flood)
    expect(flood.locator("#claim .which")).to_contain_text("Claim 1 of")
    expect(flood.locator("#in-cell")).to_contain_text("In the matrix")
    assert review.complaints == []


def test_on_a_full_disk_what_is_ruled_is_told_kept_and_sent_once_there_is_room(
    review: Review, flood: Page, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    desk = review.app.state.desk
    head = desk.head()
    by_hand(flood)
    with file_limit(1024):
        flood.keyboard.press("a")
        expect(flood.locator("#outbox")).to_contain_text("1 ruling is kept here")
        expect(flood.locator("#outbox")).to_contain_text("no space left, or the disk fails")
        flood.keyboard.press("n")
        flood.locator("#ask-why").fill("seen by two")
        flood.keyboard.press("Enter")
        expect(flood.locator("#outbox")).to_contain_text("2 rulings are kept here")
        assert violations(flood) == []
        assert desk.head() == head
    try_now(flood)
    expect(flood.locator("#claim .rulings li")).to_have_count(2)
    quiet(flood)
    assert [one.action for one in desk.report("flood").rulings] == ["accept", "note"]
    assert desk.head() == head + 2
