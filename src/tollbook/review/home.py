"""The list of incidents: found by words, sorted by what is asked for, a page at a time.

Input: `/?q=WORDS&sort=open&page=2`. Output: the page, or the list alone where the page asks while somebody types.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.errors import UsageError
from tollbook.pipeline.desk import Desk, Summary
from tollbook.review.asked import who_of
from tollbook.review.pages import render
from tollbook.review.people import needs

_A_PAGE = 50
# What comes first in each order; ties by name. The first is the one where none is asked for.
SORTS: Mapping[str, Callable[[Summary], Any]] = {
    "disputed": lambda one: (-one.disputed, -one.claims),
    "claims": lambda one: -one.claims,
    "open": lambda one: (-one.open, -one.claims),
    "newest": lambda one: _later(one.day),
    "name": lambda one: "",
}
SORT_WORDS = {
    "disputed": "figures in dispute",
    "claims": "most claims",
    "open": "most open claims",
    "newest": "newest",
    "name": "name",
}


def _later(day: str) -> tuple[int, ...]:
    """Sorts later days first, and those without one last."""
    return tuple(-int(part) for part in day.split("-")) if day else (1,)


def sought(desk: Desk, who: str, words: str, sort: str = "claims") -> list[Summary]:
    """The incidents with all of these words in their name or id, sorted, as `who` may see them.

    Nothing is worked out for it: one incident of 3,000 claims would keep the page for half a minute.
    """
    wanted = words.casefold().split()
    some = desk.summaries(who)
    found = (
        [one for one in some if all(word in f"{one.name} {one.id}".casefold() for word in wanted)] if wanted else some
    )
    return sorted(found, key=lambda one: (SORTS[sort](one), one.name.casefold(), one.id))


@needs("reader")
async def home(request: Request) -> Response:
    """The list."""
    asked = {name: request.query_params.get(name, "").strip() for name in ("q", "sort", "page")}
    sort, number = asked["sort"] or next(iter(SORTS)), asked["page"] or "1"
    if sort not in SORTS:
        raise UsageError(f"no order '{sort}'; there are: {', '.join(SORTS)}")
    if not number.isdecimal() or len(number) > 6 or number.startswith("0"):
        raise UsageError(f"'page' needs a number from 1 on, not '{number}'")
    desk: Desk = request.app.state.desk
    found = await run_in_threadpool(sought, desk, who_of(request).name, asked["q"], sort)
    counting = await run_in_threadpool(desk.counting)
    pages = max(1, -(-len(found) // _A_PAGE))
    page = min(int(number), pages)
    return render(
        request, "home_list.html" if "hx-request" in request.headers else "home.html",
        rows=found[(page - 1) * _A_PAGE : page * _A_PAGE], found=len(found), first=(page - 1) * _A_PAGE + 1, page=page,
        pages=pages, q=asked["q"], sort=sort, sorts=SORT_WORDS, address=_address,
        counting=counting, was="was" in request.query_params,
    )  # fmt: skip


def _address(q: str, sort: str, page: int = 1) -> str:
    """The list's address; what is as without being asked for is left out."""
    asked = {"q": q, "sort": "" if sort == next(iter(SORTS)) else sort, "page": str(page) if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/?{query}" if query else "/"


ROUTES = (Route("/", home),)
