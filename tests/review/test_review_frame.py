"""The frame of the app in a real browser: who has come in sees the incidents, others the door."""

from __future__ import annotations

from playwright.sync_api import expect
from review_server import Review, violations


def test_who_has_come_in_sees_the_incidents(review: Review) -> None:
    page = review.page()
    expect(page.get_by_role("heading", level=1)).to_have_text("Incidents")
    assert page.locator("main tbody tr").count() >= 1
    assert violations(page) == []
    assert review.complaints == []


def test_who_has_not_come_in_sees_the_door(review: Review) -> None:
    page = review.opened()
    expect(page).to_have_url(f"{review.url}/login")
    assert violations(page) == []


def test_a_link_works_once(review: Review) -> None:
    link = review.app.state.door.link()
    expect(review.opened(link).get_by_role("heading", level=1)).to_have_text("Incidents")
    expect(review.opened(link).locator("main")).to_contain_text("this link has been used")
