"""Adding reports: files from the browser, pages by their address. Reading goes on in a process of its own.

Input: an upload, or lines of URLs. Output: a page that tells how far it is, and then what became of each: what was new,
what was known, every notice, and what could not be read and why. Only addresses of the web are fetched, never a path of
this machine, and never a host that is not public.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.errors import UsageError
from tollbook.reports.options import MAX_SIZE
from tollbook.review.asked import who_of
from tollbook.review.guard import LARGE
from tollbook.review.jobs import Job
from tollbook.review.orders import now
from tollbook.review.pages import render
from tollbook.review.people import needs
from tollbook.review.uploads import received
from tollbook.review.work import Adding
from tollbook.store import Stamp

_FILES = "/add/files"
LARGE[_FILES] = 500_000_000
_MOST_URLS = 200
_LONGEST = 4_000


@needs("coder")
async def page(request: Request) -> Response:
    return _page(request, request.app.state.jobs.last(who_of(request).name, Adding))


@needs("coder")
async def files(request: Request) -> Response:
    who, app = who_of(request), request.app.state
    app.jobs.check_free(who.name)
    with ExitStack() as stack:
        came = await received(request, stack, app.folder, MAX_SIZE)
        if not came.files:
            raise UsageError("no file to add", what=came.why, advice="choose some files, then send them")
        task = Adding(app.folder, (str(came.folder),), Stamp(who.name, now()), str(came.folder))
        job = app.jobs.start(who.name, task, stack.pop_all())
    return _page(request, job, came.left_out)


@needs("coder")
async def urls(request: Request) -> Response:
    who, form = who_of(request), await request.form()
    given = addresses_of(str(form.get("urls", "")))
    task = Adding(request.app.state.folder, given, Stamp(who.name, now()))
    return _page(request, request.app.state.jobs.start(who.name, task, ExitStack()))


def addresses_of(text: str) -> tuple[str, ...]:
    """The addresses of a text, one a line. Raises UsageError for what is none: it might be a path of this machine."""
    given = tuple(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
    if not given:
        raise UsageError("no address", advice="give one a line, as https://example.org/page")
    if len(given) > _MOST_URLS:
        raise UsageError(f"more than {_MOST_URLS} addresses", advice="send them in smaller parts")
    for one in given:
        if len(one) > _LONGEST or not one.isprintable() or not re.match(r"https?://[^/\s]", one, re.IGNORECASE):
            shown = one if len(one) < 100 else f"{one[:100]}…"
            raise UsageError("is no address of the web", what=shown, advice="give one as https://example.org/page")
    return given


@needs("coder")
async def job(request: Request) -> Response:
    found = request.app.state.jobs.of(who_of(request).name, request.path_params["id"])
    return render(request, "job.html", job=found, left_out=())


@needs("coder")
async def stop(request: Request) -> Response:
    found = request.app.state.jobs.of(who_of(request).name, request.path_params["id"])
    request.app.state.jobs.stop(found)
    return render(request, "job.html", job=found, left_out=())


def _page(request: Request, job: Job | None, left_out: Sequence[str] = ()) -> Response:
    template = "job.html" if "hx-request" in request.headers else "add.html"
    return render(request, template, job=job, left_out=left_out, most=LARGE[_FILES] // 1_000_000)


ROUTES = (
    Route("/add", page),
    Route(_FILES, files, methods=["POST"]),
    Route("/add/urls", urls, methods=["POST"]),
    Route("/jobs/{id:str}", job),
    Route("/jobs/{id:str}/stop", stop, methods=["POST"]),
)
