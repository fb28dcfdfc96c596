"""One's own account: another password, the second factor, an end to one's other sessions.

Input: forms of a person who has come in. Output: pages; whatever weakens or opens the account asks for the password
again, so that a screen left alone gives it to nobody.
"""

from __future__ import annotations

import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.errors import UsageError
from tollbook.review import accounts, door, second, sessions
from tollbook.review.asked import who_of
from tollbook.review.guard import session_of
from tollbook.review.pages import render
from tollbook.review.people import Person, Refused, needs

_DONE = {
    "password": "Your password is changed; all other sessions have ended.",
    "others": "All other sessions have ended.",
    "off": "The second factor is off.",
}


@needs("reader")
async def account(request: Request) -> Response:
    session, person = session_of(request), who_of(request)
    found = accounts.get(request.app.state.kept, person.name) if session and session.account else None
    return render(request, "account.html", account=found, done=_DONE.get(request.query_params.get("done", "")))


@needs("reader")
async def password(request: Request) -> Response:
    kept, person, form = request.app.state.kept, _account(request), await request.form()
    now, new = str(form.get("password", "")), str(form.get("new", ""))
    if new != form.get("again"):
        raise UsageError("the two new passwords differ", advice="go back and type the same one twice")
    await _proved(request, now)
    await run_in_threadpool(accounts.set_password, kept, person.name, new)
    return door.welcomed(request, person, "/account?done=password", account=True)


@needs("reader")
async def others(request: Request) -> Response:
    _end_others(request)
    return RedirectResponse("/account?done=others", 303)


# ---- the second factor ----


@needs("reader")
async def offer(request: Request) -> Response:
    """A new secret; it is no factor yet, for nobody has shown a code of it."""
    person, form = _account(request), await request.form()
    await _proved(request, str(form.get("password", "")))
    accounts.offer(request.app.state.kept, person.name)
    return RedirectResponse("/account/second", 303)


@needs("reader")
async def offered(request: Request) -> Response:
    secret = _offered(request)
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return render(request, "second.html", secret=spaced)


@needs("reader")
async def picture(request: Request) -> Response:
    text = second.address(_offered(request), who_of(request).name, request.app.state.settings.hosts[0])
    return Response(second.picture(text), media_type="image/svg+xml")


@needs("reader")
async def take_up(request: Request) -> Response:
    kept, person, form = request.app.state.kept, _account(request), await request.form()
    code = str(form.get("code", ""))
    codes = await request.app.state.door.tried(
        _keys(request), lambda: accounts.take_up(kept, person.name, code, time.time())
    )
    _end_others(request)
    return door.renewed(request, person, lambda: render(request, "recovery.html", codes=codes))


@needs("reader")
async def give_up(request: Request) -> Response:
    kept, person, form = request.app.state.kept, _account(request), await request.form()
    said, code = str(form.get("password", "")), str(form.get("code", ""))
    codes = request.app.state.door.codes(("own", person.name))
    right = await request.app.state.door.tried(
        _keys(request), lambda: accounts.came(kept, person.name, said, code, time.time(), codes)
    )
    if right is None:
        raise Refused("password or code is wrong; nothing was changed", advice="go back and try again")
    accounts.give_up(kept, person.name)
    _end_others(request)
    return RedirectResponse("/account?done=off", 303)


async def _proved(request: Request, said: str) -> None:
    """Raises Refused where it is not the password of who asks."""
    kept, name = request.app.state.kept, _account(request).name
    if not await request.app.state.door.tried(_keys(request), lambda: accounts.has_password(kept, name, said)):
        raise Refused("the password is wrong; nothing was changed", advice="go back and try again")


def _keys(request: Request) -> tuple[object, ...]:
    return ("own", who_of(request).name), request.scope["address"]


def _account(request: Request) -> Person:
    """Who asks, where that is an account. Raises Refused for who works alone."""
    session = session_of(request)
    if session is None or not session.account:
        raise Refused("you came in by a link, not by an account", advice="make one: tollbook account add")
    return session.person


def _offered(request: Request) -> str:
    secret = accounts.offered(request.app.state.kept, _account(request).name)
    if not secret:
        raise Refused("no second factor is being set up", advice="begin on the page of your account")
    return secret


def _end_others(request: Request) -> None:
    session = session_of(request)
    assert session is not None
    sessions.end_of(request.app.state.kept, session.person.name, but=session.id)


ROUTES = (
    Route("/account", account),
    Route("/account/password", password, methods=["POST"]),
    Route("/account/others", others, methods=["POST"]),
    Route("/account/second", offered),
    Route("/account/second", offer, methods=["POST"]),
    Route("/account/second.svg", picture),
    Route("/account/second/code", take_up, methods=["POST"]),
    Route("/account/second/off", give_up, methods=["POST"]),
)
