"""The desk's page as a coder uses it."""

from __future__ import annotations

from playwright.sync_api import Page

_QUIET = """() =>
  !document.querySelector(".htmx-request") &&
  JSON.parse(sessionStorage.getItem(`tollbook.outbox.${desk.dataset.who}`) ?? "[]").length === 0"""


def quiet(page: Page) -> None:
    """All that was ruled is in the log, and what came of it in the page: nothing is on its way any more."""
    page.wait_for_function(_QUIET)
