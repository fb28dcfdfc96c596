"""Making the dossier and its bundle, to be opened here or carried away.

Input: a form: rule sets, a day, the private key that shall sign. Output: one zip in the project's folder, in place of
the one before, whole or not at all. The key is used for that one signature and kept nowhere. The bundle's pages have
scripts of their own: they are opened under an address that nobody guesses, as an origin of its own, so that nothing
in them could act in the name of whoever looks.
"""

from __future__ import annotations

import datetime as dt
import mimetypes
import secrets
import time
from contextlib import ExitStack
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from tollbook.errors import UsageError
from tollbook.findings.rules import RULES
from tollbook.pipeline.methods import own
from tollbook.review.asked import desk_of, who_of
from tollbook.review.jobs import Job
from tollbook.review.pages import render
from tollbook.review.people import Refused, needs, person_of
from tollbook.review.work import Publishing
from tollbook.zips import open_zip

_PLACE = Path("published") / "bundle.zip"
_USUAL = ("range", "acled")
_KEY = 4_096  # bytes; a key is one line
_OPEN = 12 * 3600.0
# No `allow-same-origin`: the pages are no part of the app, whatever a script in them should try.
_APART = {
    "content-security-policy": "sandbox allow-scripts allow-downloads allow-popups; frame-ancestors 'none'",
    "cross-origin-resource-policy": "cross-origin",
    "referrer-policy": "no-referrer",
}


class Shown:
    """The addresses under which bundles are open in this run of the app, each for one person."""

    def __init__(self) -> None:
        self._open: dict[str, tuple[float, str]] = {}

    def open(self, who: str) -> str:
        """A new one, good for twelve hours."""
        now = time.monotonic()
        self._open = {token: one for token, one in self._open.items() if one[0] > now}
        token = secrets.token_urlsafe(24)
        self._open[token] = (now + _OPEN, who)
        return token

    def whose(self, token: str) -> str | None:
        """Who opened it; None where it is open no longer."""
        until, who = self._open.get(token, (0.0, ""))
        return who if until > time.monotonic() else None


@needs("editor")
async def page(request: Request) -> Response:
    person = person_of(request)
    assert person is not None
    return _page(request, request.app.state.jobs.last(person.name, Publishing))


@needs("editor")
async def make(request: Request) -> Response:
    app, person = request.app.state, person_of(request)
    assert person is not None
    async with request.form(max_files=1, max_fields=50, max_part_size=100_000) as form:
        chosen = tuple(str(one) for one in form.getlist("rules"))
        key = form.get("key")
        text = (await key.read(_KEY)).decode("utf-8", "replace") if isinstance(key, UploadFile) else ""
        day, passphrase = str(form.get("as_of", "")), str(form.get("passphrase", ""))
    unknown = [one for one in chosen if one not in _sets(app.folder)]
    if unknown or not chosen:
        raise UsageError("choose a rule set", what=unknown[0] if unknown else None, advice="at least one of the list")
    task = Publishing(app.folder, app.folder / _PLACE, chosen, _day(day), text, passphrase)
    return _page(request, app.jobs.start(person.name, task, ExitStack()))


@needs("editor")
async def download(request: Request) -> Response:
    await run_in_threadpool(_check_sighted, request, who_of(request).name)
    return FileResponse(_bundle(request), media_type="application/zip", filename="bundle.zip")


@needs("editor")
async def look(request: Request) -> Response:
    who = who_of(request).name
    await run_in_threadpool(_check_sighted, request, who)
    _bundle(request)
    return RedirectResponse(f"/published/{request.app.state.shown.open(who)}/index.html", 303)


async def shown(request: Request) -> Response:
    """A file of the bundle, for whoever has the address; it asks for no session, since pages apart have none."""
    who = request.app.state.shown.whose(request.path_params["token"])
    if who is None:
        raise Refused("this address is no longer open", 404, advice="open the bundle from the page 'Publish'")
    await run_in_threadpool(_check_sighted, request, who)
    name = request.path_params["name"]
    content = await run_in_threadpool(_member, _bundle(request), name)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(content, media_type=kind, headers=_APART)


def _check_sighted(request: Request, who: str) -> None:
    """Raises Refused for who codes claims blind: a bundle has the whole log, with what others made of them."""
    if desk_of(request).blind.hidden.claims(who):
        raise Refused(
            "you code claims blind, and a bundle shows what others made of them",
            advice="go on at the page Coding; the bundle opens when all have coded",
        )


def _member(bundle: Path, name: str) -> bytes:
    with open_zip(bundle) as zipped:
        if name not in zipped.members:
            raise HTTPException(404)
        return zipped.read(name, most=zipped.size(name))


def _bundle(request: Request) -> Path:
    path = Path(request.app.state.folder) / _PLACE
    if not path.is_file():
        raise Refused("nothing was published yet", 404, advice="make a bundle first")
    return path


def _sets(folder: Path) -> tuple[str, ...]:
    """The rule sets that can be asked for here: those that come with tollbook and the project's; never code by name."""
    return (*RULES, *(name for name in own(folder) if name not in RULES))


def _day(given: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(given) if given else None
    except ValueError:
        raise UsageError("is no day", what=given[:40], advice="write it as 2024-05-31") from None


def _page(request: Request, job: Job | None) -> Response:
    if "hx-request" in request.headers:
        return render(request, "job.html", job=job, left_out=())
    path = Path(request.app.state.folder) / _PLACE
    made = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC) if path.is_file() else None
    sets = [(name, name in _USUAL) for name in _sets(request.app.state.folder)]
    return render(request, "publish.html", job=job, left_out=(), sets=sets, made=made and f"{made:%Y-%m-%d %H:%M} UTC")


ROUTES = (
    Route("/publish", page),
    Route("/publish", make, methods=["POST"]),
    Route("/publish/bundle.zip", download),
    Route("/publish/open", look),
    Route("/published/{token}/{name:path}", shown),
)
