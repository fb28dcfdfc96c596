"""Pages opened in a browser, with an eye on all that a page asks for or complains of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import waiting
from playwright.sync_api import Browser, Page


@dataclass
class Watched:
    """A page, what it asked for beyond its own file, and what it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def refused(watched: Watched) -> list[str]:
    """What the page's policy refused, so far."""
    return [line for line in watched.complaints if "Content Security Policy" in line]


def own(path: Path) -> list[str]:
    """All that a page may ask for: itself, and where it has a figure the script that draws it, which lies beside it."""
    draws = "data-figure=" in path.read_text(encoding="utf-8")
    return [path.as_uri(), *([path.with_name("figures.js").as_uri()] if draws else [])]


class Opener:
    """Opens pages from disk, each in a context of its own."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[object] = []

    def __call__(self, path: Path, **options: object) -> Watched:
        given: dict[str, object] = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
        context = self.browser.new_context(**given)  # type: ignore[arg-type]
        context.set_default_timeout(1_000 * waiting.MOST)
        self.contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.on("request", lambda request: watched.asked.append(request.url))
        watched.page.on("console", lambda message: watched.complaints.append(message.text))
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        watched.page.goto(path.as_uri())
        return watched
