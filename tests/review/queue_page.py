"""The queue's page as a coder uses it: keys, what is in focus, and what the log has of it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect
from review_server import Review

from tollbook.model import Ruling
from tollbook.pipeline.project_folder import open_project

FOCUS = ".item:not([hidden])"


@dataclass
class Queue:
    """One coder at one screen; `focus` is the claim before them, `claims` those in the list."""

    page: Page

    def ready(self) -> Queue:
        """The page is there and its first item in focus, or it says that there is none: from now on keys are heard."""
        self.page.wait_for_load_state("load")
        expect(self.page.locator(".item:not([hidden]), #none:not([hidden])")).to_have_count(1)
        return self

    @property
    def focus(self) -> str:
        return str(self.page.locator(FOCUS).get_attribute("data-claim"))

    def at(self, claim: str) -> None:
        """That claim comes to focus."""
        expect(self.page.locator(FOCUS)).to_have_attribute("data-claim", claim)

    @property
    def claims(self) -> list[str]:
        rows = self.page.locator("#rows li").evaluate_all("rows => rows.map((row) => row.dataset.claim)")
        return [str(one) for one in rows]

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def says(self, words: str) -> None:
        """What was just done is told, and can be undone."""
        expect(self.page.locator("#told")).to_contain_text(words)

    def reload(self) -> None:
        """The page anew, as soon as it is ready."""
        self.page.reload()
        self.ready()

    def sent(self) -> None:
        """Nothing waits to be sent: what was ruled is in the log, or came back with the reason."""
        self.page.wait_for_function(
            "() => JSON.parse(sessionStorage.getItem(`tollbook.outbox.${queue.dataset.who}`) ?? '[]').length === 0"
        )


def opened(review: Review, name: str = "Bo", path: str = "/queue", **options: object) -> Queue:
    """The queue before a coder, its first item in focus."""
    return Queue(review.page(path, name, "coder", **options)).ready()


def log(review: Review) -> list[Ruling]:
    """All rulings in the log."""
    with open_project(review.folder) as store, store.read() as unit:
        return list(unit.rulings())


def told(review: Review) -> list[tuple[str, str, str]]:
    """Each ruling's person, action and reason."""
    return [(one.who, one.action, one.why) for one in log(review)]
