"""Two people at the same incident, at the desk: who comes second sees what was ruled, and nothing is overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from review_server import Review, violations

from tollbook.pipeline import project_folder
from tollbook.pipeline.importing.bringing import import_sheet
from tollbook.store import Stamp

BY = Stamp("Ann Example", "2031-05-09T12:00:00Z")
WIDE = {"width": 1440, "height": 900}


@pytest.fixture
def project(three_project: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(three_project, tmp_path / "project"))


def opened(review: Review, name: str, report: str = "flood") -> Page:
    page = review.page(f"/report/{report}", name, "coder", viewport=WIDE)
    expect(page.locator("#matrix a.here")).to_have_count(1)
    return page


def ruled(review: Review) -> list[tuple[str, str]]:
    """Who ruled what."""
    return [(one.who, one.action) for one in project_folder.record(review.folder).rulings]


def merge(page: Page, name: str) -> None:
    page.keyboard.press("m")
    expect(page.locator("#ask-list [role=option]").first).to_be_visible()
    page.locator("#ask-query").press_sequentially(name)
    expect(page.locator("#ask-list [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#ask-words")).to_contain_text("will count under")
    page.keyboard.press("Enter")


def split(page: Page) -> None:
    page.keyboard.press("s")
    expect(page.locator("#ask-words")).to_contain_text("will start an incident of its own")
    page.keyboard.press("Enter")


def test_who_splits_what_was_merged_meanwhile_sees_the_merge_and_decides_again(review: Review) -> None:
    bo, cy = opened(review, "Bo"), opened(review, "Cy")
    merge(bo, "tarn")
    expect(bo.locator("#side-head")).to_contain_text("Tarnvil")
    split(cy)
    expect(cy.locator("#toast")).to_contain_text("Not made: Bo has ruled on this meanwhile (merge: they are one event)")
    expect(cy.locator("#clash")).to_contain_text("Yours was not made: split")
    expect(cy.locator("#side-head")).to_contain_text("Tarnvil")
    assert violations(cy) == []
    assert ruled(review) == [("Bo", "merge")]
    cy.get_by_role("button", name="Make mine too").click()
    expect(cy.locator("#targets li[data-drop-incident]")).to_have_count(1)
    assert ruled(review) == [("Bo", "merge"), ("Cy", "split")]


def test_who_merges_what_was_split_meanwhile_sees_the_split_and_stays_there(review: Review) -> None:
    bo, cy = opened(review, "Bo"), opened(review, "Cy")
    split(cy)
    expect(cy.locator("#targets li[data-drop-incident]")).to_have_count(1)
    merge(bo, "tarn")
    expect(bo.locator("#clash")).to_contain_text("Cy: split, “it tells of another event”")
    expect(bo.locator("#side-head h2")).not_to_contain_text("Tarnvil")
    assert ruled(review) == [("Cy", "split")]
    bo.get_by_role("button", name="Leave it as it is").click()
    expect(bo.locator("#clash")).to_be_empty()
    assert ruled(review) == [("Cy", "split")]


def add(page: Page) -> None:
    """The claim that no reader found, by its words."""
    page.keyboard.press("i")
    page.locator("#f-words").fill("left its bed")
    page.get_by_role("button", name="Find the words").click()
    page.locator("#found [data-found]").click()
    page.locator("#f-measure").select_option("missing")
    page.locator("#f-bound").select_option("exact")
    page.locator("#f-value").fill("3")


def test_the_same_missed_claim_of_two_is_one_and_the_second_is_told(review: Review) -> None:
    bo, cy = opened(review, "Bo"), opened(review, "Cy")
    add(bo)
    add(cy)
    bo.get_by_role("button", name="Add Ctrl Enter").click()
    expect(bo.locator("#toast")).to_contain_text("Added")
    expect(bo.locator("#form-body")).to_have_count(0)
    expect(bo.locator("#claim-list > li")).to_have_count(3)
    cy.get_by_role("button", name="Add Ctrl Enter").click()
    expect(cy.locator("#toast")).to_contain_text("Not made: Bo has ruled on this meanwhile (claim: the words say it)")
    expect(cy.locator("#clash")).to_contain_text("Bo: claim")
    expect(cy.locator("#claim-list > li")).to_have_count(3)
    assert ruled(review) == [("Bo", "claim")]
    assert violations(cy) == []
    cy.get_by_role("button", name="Make mine too").click()
    expect(cy.locator("#toast")).to_contain_text("reads these words as missing already")
    assert ruled(review) == [("Bo", "claim")]


def test_a_row_that_was_ruled_on_meanwhile_is_tied_by_nobody_unseen(review: Review, tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("Date,Town,Killed\n2031-05-06,Orvesk,12\n", encoding="utf-8")
    import_sheet(review.folder, tmp_path / "s.csv", BY)
    row = next(one for one in project_folder.record(review.folder).claims if one.is_of_sheet)
    said = next(one for one in review.app.state.desk.report("flood").claims if one.measure == "killed")
    page = review.page(f"/claim/{row.id}/tie", "Bo", "coder")
    order = {"target": row.id, "action": "reject", "why": "of another list", "key": "0123456789abcdef"}
    assert review.client("Cy", "coder").post("/rule", json=order).status_code == 200
    page.get_by_label("Another claim").fill(said.id)
    page.get_by_role("button", name="It repeats this").click()
    expect(page.locator(".error")).to_contain_text("Cy has ruled on this meanwhile (reject: of another list)")
    expect(page.locator(".ruled")).to_contain_text("Cy rejected it: of another list")
    assert violations(page) == []
    assert ruled(review) == [("Cy", "reject")]
    page.get_by_label("Another claim").fill(said.id)
    page.get_by_role("button", name="It repeats this").click()
    expect(page.locator("main")).to_contain_text("Killed: 12")
    assert ruled(review) == [("Cy", "reject"), ("Bo", "tie")]
