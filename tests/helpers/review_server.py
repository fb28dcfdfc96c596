"""The review app as it runs for people: a real server on a free port, browsers and plain HTTP clients that came in."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import uvicorn
import waiting
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from starlette.applications import Starlette

from tollbook.review import Settings, accounts, build, sessions
from tollbook.review.people import Person, Role
from tollbook.review.server import configured


@dataclass
class Review:
    """A running app on a project of its own. `page` and `client` come in as somebody; `opened` is a stranger's page."""

    folder: Path
    url: str
    app: Starlette
    browser: Browser | None = None
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)
    _clients: list[httpx.Client] = field(default_factory=list)

    def page(self, path: str = "/", name: str = "Ann Example", role: Role = "admin", **options: object) -> Page:
        """A page in a browser of its own, logged in; one call, one person at one screen."""
        context = self._context(**options)
        context.add_cookies([{"name": self.cookie, "value": self.came_in(name, role), "url": self.url}])
        return self._watched(context, path)

    def opened(self, path: str = "/", **options: object) -> Page:
        """A page of somebody who has not come in."""
        return self._watched(self._context(**options), path)

    def client(self, name: str = "Ann Example", role: Role = "admin") -> httpx.Client:
        """Plain HTTP as that person, with the form secret in each request; redirects aren't followed."""
        secret = self.came_in(name, role)
        session = sessions.find(self.app.state.kept, secret)
        assert session is not None
        client = self.stranger()
        client.cookies.set(self.cookie, secret)
        client.headers["x-csrf-token"] = session.csrf
        return client

    def stranger(self) -> httpx.Client:
        """Plain HTTP as nobody."""
        client = httpx.Client(base_url=self.url, trust_env=False, timeout=waiting.MOST)
        self._clients.append(client)
        return client

    def came_in(self, name: str, role: Role) -> str:
        """The cookie's value of a new session of that person."""
        kept, team = self.app.state.kept, self.app.state.settings.alone is None
        if team and all(one.name != name for one in accounts.everyone(kept)):
            accounts.add(kept, name, role)
        return sessions.begin(kept, Person(name, role), account=team)

    @property
    def cookie(self) -> str:
        return str(self.app.state.settings.cookie)

    def close(self) -> None:
        for one in (*self._contexts, *self._clients):
            one.close()

    def _context(self, **options: object) -> BrowserContext:
        assert self.browser is not None
        given: dict[str, object] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**given)  # type: ignore[arg-type]
        context.set_default_timeout(1_000 * waiting.MOST)
        self._contexts.append(context)
        return context

    def _watched(self, context: BrowserContext, path: str) -> Page:
        page = context.new_page()
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{self.url}{path}")
        return page


@contextmanager
def reviewing(folder: Path, browser: Browser | None = None, alone: str | None = "Ann Example") -> Iterator[Review]:
    """The app on a project, served on a free port of the loopback address for the length of a block.

    Without `alone` it serves a team: people come in by accounts.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        at = f"127.0.0.1:{listening.getsockname()[1]}"
        app = build(folder, Settings(alone, (at,)))
        server = uvicorn.Server(configured(app))
        # The socket listens already: a request that comes before the server does waits for it.
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        review = Review(folder, f"http://{at}", app, browser)
        try:
            yield review
        finally:
            review.close()
            app.state.jobs.close()
            server.should_exit = True
            thread.join()
            app.state.desk.close()


def violations(page: Page, rules: dict[str, object] | None = None) -> list[tuple[str, list[str]]]:
    """What axe finds in a page, by rule, with the first places; `[]` is what each page must give."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules or {}})
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:2]]) for one in found.response["violations"]]
