"""The queue: one claim after another, those first whose ruling could change most. Rulings go to `orders`.

Input: `GET /queue` with filters in its address. Output: the page with the first items, which nobody else gets while it
is open. `POST /queue/more` has the next ones, `/queue/ping` says that the page is still there, `/queue/leave` that it
is gone; `GET /queue/item` one item as it is now, `/queue/incidents` incidents to link it to.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tollbook.dossiers.figures import GROUPS, MEASURES
from tollbook.errors import UsageError
from tollbook.model import Bound
from tollbook.pipeline.desk import Desk, Filters, Item, Progress
from tollbook.pipeline.desk.values import STATES
from tollbook.review.asked import desk_of, who_of
from tollbook.review.home import sought
from tollbook.review.orders import body_of
from tollbook.review.pages import render
from tollbook.review.people import Person, needs
from tollbook.review.queue_view import address, filters_of, named, seen
from tollbook.review.screens import MOST, Screens

# Items that a page is given at once; it asks for more while some are left.
_AT_ONCE = 24
_FOUND = 30
_OF_REPORT = 5000
_SCREEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_BOUNDS = {
    Bound.EXACT: "exactly",
    Bound.AT_LEAST: "at least",
    Bound.MORE_THAN: "more than",
    Bound.AT_MOST: "at most",
    Bound.LESS_THAN: "fewer than",
    Bound.ABOUT: "about",
    Bound.RANGE: "from … to …",
    Bound.VAGUE: "a vague word",
    Bound.NONE: "none",
}


def _screens(request: Request) -> Screens:
    screens: Screens = request.app.state.screens
    return screens


@needs("reader")
async def queue(request: Request) -> Response:
    """The page."""
    asked, person, screen = filters_of(request.query_params), who_of(request), secrets.token_urlsafe(12)

    def look() -> dict[str, Any]:
        desk = desk_of(request)
        head = desk.head()
        items = _taken(request, person, screen, asked, "", ())
        return {
            "head": head,
            "items": [seen(one) for one in items],
            "progress": desk.progress(asked, person.name),
            "choices": desk.choices(),
            "called": _called(desk, asked),
            "counting": desk.counting(),
        }

    return render(
        request, "queue.html", **await run_in_threadpool(look), asked=named(asked), state=asked.state, screen=screen,
        was=False, address=address, bounds=_BOUNDS, states=STATES, all_measures=MEASURES, all_groups=GROUPS,
    )  # fmt: skip


def _called(desk: Desk, asked: Filters) -> dict[str, str]:
    """What the incident and the report asked for are called."""
    found = {one.id: one.name for one in desk.incidents()} if asked.incident else {}
    return {"incident": found.get(asked.incident, asked.incident)}


def _taken(
    request: Request, person: Person, screen: str, asked: Filters, after: str, have: Sequence[str]
) -> list[Item]:
    """The next items, from now on this person's; readers look on and hold nothing."""
    desk, screens = desk_of(request), _screens(request)
    if not person.may("coder"):
        return desk.queue(asked, person.name, _AT_ONCE, after)
    ready = desk.prepared(asked)  # may take seconds, which nobody else shall wait for
    return screens.give(person.name, screen, have, lambda: desk.queue(ready, person.name, _AT_ONCE, after))


@needs("reader")
async def more(request: Request) -> Response:
    """The items that come after the page's last one."""
    asked, person = filters_of(request.query_params), who_of(request)
    form = await request.form()
    have, screen = [str(one) for one in form.getlist("have")][:MOST], _screen(str(form.get("screen", "")))
    after = str(form.get("after", ""))

    def look() -> dict[str, Any]:
        desk = desk_of(request)
        head = desk.head()
        items = _taken(request, person, screen, asked, after, have)
        return {"items": [seen(one) for one in items], "progress": desk.progress(asked, person.name), "head": head}

    return render(request, "queue_items.html", **await run_in_threadpool(look), shown=False)


@needs("reader")
async def item(request: Request) -> Response:
    """One item as it is now: after somebody else ruled on it, or after a ruling was taken back."""
    claim, report = (request.query_params.get(name, "") for name in ("claim", "report"))

    def look() -> tuple[int, list[Item]]:
        head = desk_of(request).head()
        some = desk_of(request).queue(Filters(report=report, state="all"), who_of(request).name, _OF_REPORT)
        return head, [one for one in some if one.claim == claim]

    head, found = await run_in_threadpool(look)
    if not found:
        raise UsageError(f"claim '{claim}' is before somebody else, or no longer there", advice="go on with the next")
    items = [seen(one) for one in found]
    return render(request, "queue_items.html", items=items, progress=None, shown=False, head=head)


@needs("coder")
async def ping(request: Request) -> Response:
    """The page is still there and shows these claims: which of them are this person's, and how far all are."""
    asked, person, told = filters_of(request.query_params), who_of(request), await body_of(request)
    have, screen = told.get("have"), _screen(told.get("screen"))
    if not isinstance(have, list) or not all(isinstance(one, str) for one in have):
        raise UsageError("'have' needs the ids of claims")

    def look() -> tuple[set[str], Progress]:
        mine = _screens(request).hold(person.name, screen, have)
        return mine, desk_of(request).progress(asked, person.name)

    mine, progress = await run_in_threadpool(look)
    counts = {name: getattr(progress, name) for name in (*STATES, "held")}
    return JSONResponse({"mine": sorted(mine.intersection(have)), "counts": counts, "by": dict(progress.by)})


@needs("coder")
async def leave(request: Request) -> Response:
    """The page is gone; comes as a form, for a page that is being closed can send nothing else."""
    form = await request.form()
    await run_in_threadpool(_screens(request).leave, who_of(request).name, _screen(str(form.get("screen", ""))))
    return Response(status_code=204)


def _screen(told: Any) -> str:
    if not isinstance(told, str) or not _SCREEN.fullmatch(told):
        raise UsageError("'screen' needs the name of a page", advice="reload the page")
    return told


@needs("reader")
async def incidents(request: Request) -> Response:
    """Incidents to choose from, by some words of their names."""
    words, but = (request.query_params.get(name, "") for name in ("q", "but"))
    found = await run_in_threadpool(sought, desk_of(request), who_of(request).name, words)
    found = [one for one in found if one.id != but]
    return render(request, "queue_incidents.html", found=found[:_FOUND], more=max(0, len(found) - _FOUND))


ROUTES = (
    Route("/queue", queue),
    Route("/queue/more", more, methods=["POST"]),
    Route("/queue/item", item),
    Route("/queue/ping", ping, methods=["POST"]),
    Route("/queue/leave", leave, methods=["POST"]),
    Route("/queue/incidents", incidents),
)
