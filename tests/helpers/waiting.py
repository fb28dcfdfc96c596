"""Waiting until something holds, however long a busy machine takes; what never comes fails and says what it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

MOST = 60.0
_PAUSE = 0.02
# A file of the app that no test asks for.
_PROBE = "/static/htmx.LICENSE.txt"


def until(holds: Callable[[], bool], what: str, page: Page | None = None) -> None:
    """Wait until `holds()`; with a page, what that page tells comes in meanwhile."""
    end = time.monotonic() + MOST
    while not holds():
        assert time.monotonic() < end, f"this never came: {what}"
        if page is None:
            time.sleep(_PAUSE)
        else:
            page.wait_for_timeout(1_000 * _PAUSE)


def route(page: Page, where: str, handler: Callable[[Route], object]) -> None:
    """`page.route`, in force when it returns: a key pressed right after it may else come before it."""
    caught: list[Route] = []

    def probe(one: Route) -> None:
        caught.append(one)
        one.continue_()

    page.route(where, handler)
    page.route(f"**{_PROBE}", probe)
    until(lambda: _reaches(page) and bool(caught), f"requests to {where} being caught", page)
    page.unroute(f"**{_PROBE}", probe)


def offline(page: Page) -> None:
    """The page has no connection from now on."""
    page.context.set_offline(True)
    until(lambda: not _reaches(page), "the connection's end", page)


def by_hand(page: Page) -> None:
    """From now on the page tries nothing again by itself: a second or more is never over. See `try_now`."""
    page.evaluate("""() => {
      const real = window.setTimeout;
      window.setTimeout = (go, pause = 0, ...more) => (pause < 1000 ? real(go, pause, ...more) : 0);
    }""")


def try_now(page: Page) -> None:
    """Press the button that sends what waits, until nothing waits: a try that is on its way can fail yet."""
    press = "line => { line.querySelector('button').click(); return line.hidden; }"
    until(lambda: bool(page.locator("#outbox").evaluate(press)), "what waits being sent", page)


def _reaches(page: Page) -> bool:
    """Whether a request of the page comes back."""
    return bool(page.evaluate("path => fetch(path, { cache: 'no-store' }).then(() => true, () => false)", _PROBE))


class Held:
    """Requests to an address, kept on their way until `go` lets them on: `Held(page, "**/rule")`."""

    def __init__(self, page: Page, where: str) -> None:
        self._page, self._where = page, where
        self._waiting: list[Route] = []
        self._open = False
        route(page, where, self._came)

    def _came(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._waiting.append(route)

    def wait(self, count: int = 1) -> None:
        """Until so many are held."""
        until(lambda: len(self._waiting) >= count, f"{count} requests to {self._where}", self._page)

    def go(self) -> None:
        """Let on all that are held, and all that come from now on."""
        self._open = True
        for route in self._waiting:
            route.continue_()

    def answered(self) -> None:
        """Let on all that are held; when it returns, the page has done with an answer what it does at once."""
        with self._page.expect_response(self._where):
            self.go()
        self._page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def submit(page: Page, button: str, exact: bool = False) -> None:
    """Press the button of a form; when it returns, the page that answers is there and its scripts listen."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=exact).click()


def hold_down(page: Page, thing: Locator) -> None:
    """The pointer is on it and its button is down; `page.mouse.up()` ends the press."""
    thing.scroll_into_view_if_needed()
    box = thing.bounding_box()
    assert box is not None, f"{thing} can't be seen"
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
