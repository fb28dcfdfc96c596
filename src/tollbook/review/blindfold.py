"""Who codes claims blind sees nothing that others made of them, on whatever page of the app.

Input: a request with who asks. Output: the request goes on, or is refused in words: pages of a claim, its report and
its incident wait until all have coded. The desk leaves these claims out of the queue and takes no ruling on them.
"""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from tollbook.pipeline.desk import Desk
from tollbook.review.people import Person, Refused

_KINDS = ("claim", "report", "incident")
# Pages that show a thing named in their address behind "?".
_ASKING = ("/desk/", "/queue/item")
_NAMED = {"claim": "claim", "report": "report", "incident": "incident", "beside": "incident"}


class Blindfold:
    """A layer behind the guard, which has said who asks; routes that come later are behind it too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        person = scope.get("person")
        if scope["type"] == "http" and isinstance(person, Person):
            asked = _things(scope["path"], scope.get("query_string", b"").decode("latin-1"))
            if asked:
                await run_in_threadpool(_check, scope["app"].state.desk, person.name, asked)
        await self._app(scope, receive, send)


def _things(path: str, query: str) -> list[tuple[str, str]]:
    """The claims, reports and incidents that a page is about: (kind, name)."""
    kind, _, name = path.lstrip("/").partition("/")
    found = []
    if kind in _KINDS and name:
        found.append((kind, name if kind == "report" else name.partition("/")[0]))
    if kind in _KINDS or path.startswith(_ASKING):
        found += [(_NAMED[key], value) for key, value in parse_qsl(query) if key in _NAMED and value]
    return found


def _check(desk: Desk, who: str, asked: list[tuple[str, str]]) -> None:
    for kind, name in asked:
        if desk.blind.hidden.covers(who, kind, name):
            advice = "go on at the page Coding; it opens when all have coded"
            raise Refused(f"you code claims of this {kind} blind, with others", advice=advice)
