"""Coming in and going out. Alone on one machine by a link that works once; in a team by name, password and code.

Input: the link's token, or what a person types. Output: a new session, its cookie out of reach of scripts and other
sites. What is wrong is not told ("name, password or code"), and takes as much work as what is right.
"""

from __future__ import annotations

import asyncio
import hmac
import math
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.errors import UsageError
from tollbook.review import accounts, sessions
from tollbook.review.limits import Limit
from tollbook.review.pages import render
from tollbook.review.people import Person, Refused, person_of
from tollbook.review.settings import Settings
from tollbook.text import counted

_LINK_LASTS = 10 * 60.0
# Tries at once, and seconds until one more: some 1,450 a day at one name.
_BY_NAME, _BY_ADDRESS = (10, 60.0), (40, 15.0)
# Second factors of whoever has the password: some 24 a day of a million, three of which are right at a time.
_BY_CODE = (10, 3600.0)
_WAITING = 60  # two seconds' work: who comes after would wait longer than anybody does
_Found = TypeVar("_Found")


class Door:
    """The one-time links of a run, which are kept nowhere: a restart makes a new one; and how often who has tried."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._links: dict[str, float] = {}
        self._by_name, self._by_address, self._by_code = Limit(*_BY_NAME), Limit(*_BY_ADDRESS), Limit(*_BY_CODE)
        # Two at once, apart from the threads that pages are made in: a crowd at the door holds nobody up inside.
        self._threads = ThreadPoolExecutor(2, "door")
        self._waiting = 0

    def link(self) -> str:
        """The path of a new link, for whoever started the app."""
        token = secrets.token_urlsafe(24)
        self._links[token] = time.monotonic() + _LINK_LASTS
        return f"/enter?token={token}"

    def enter(self, token: str) -> Person:
        """Who comes in by a link, which no longer works then. Raises Refused where it doesn't work."""
        given = token.encode("utf-8", "surrogatepass")
        found = next((one for one in self._links if hmac.compare_digest(one.encode(), given)), None)
        until = self._links.pop(found) if found else 0.0
        if self._settings.alone is None or until < time.monotonic():
            raise Refused("this link has been used, or is too old", advice="start 'tollbook review' again")
        return Person(self._settings.alone, "admin")

    async def tried(self, keys: tuple[object, ...], check: Callable[[], _Found]) -> _Found:
        """What a check gives; where that is nothing, it counts against the keys, the last of which is an address.

        Raises Refused where there were too many. The tries come back with time, whoever has made them.
        """
        limits = [(self._by_name, key) for key in keys[:-1]] + [(self._by_address, keys[-1])]
        for limit, key in reversed(limits):  # an address that has none left uses up nobody's name
            if wait := limit.take(key):
                minutes = counted(math.ceil(wait / 60), "minute")
                raise Refused(f"too many tries; wait {minutes}", 429, advice="or use a browser you came in with before")
        if self._waiting >= _WAITING:
            raise Refused("too many people are at the door", 503, advice="try again in a minute")
        self._waiting += 1
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, check)
        finally:
            self._waiting -= 1
        if found:
            for limit, key in limits:
                limit.give_back(key)
        return found

    def codes(self, key: object) -> accounts.Codes:
        """How second factors are tried for a key: whether one more may be, and that it was no guess."""
        return accounts.Codes(lambda: not self._by_code.take(key), lambda: self._by_code.give_back(key))


async def enter(request: Request) -> Response:
    person = request.app.state.door.enter(request.query_params.get("token", ""))
    return welcomed(request, person, "/")


async def login(request: Request) -> Response:
    to = own_path(request.query_params.get("to", ""))
    if person_of(request):
        return RedirectResponse(to, 303)
    return _login_page(request, to)


async def come_in(request: Request) -> Response:
    form, kept, now = await request.form(), request.app.state.kept, time.time()
    name, password, code, to = (_said(form.get(field)) for field in ("name", "password", "code", "to"))
    known = accounts.remembers(kept, request.cookies.get(_device(request), ""), name, now)
    keys = ((accounts.folded(name), known), request.scope["address"])
    codes = request.app.state.door.codes(keys[0])
    found = await request.app.state.door.tried(keys, lambda: accounts.came(kept, name, password, code, now, codes))
    if found is None:
        return _login_page(request, own_path(to), name, "Name, password or code is wrong.", 401)
    answer = welcomed(request, found.person, own_path(to), account=True)
    return answer if known else _remembered(request, answer, found.name)


async def leave(request: Request) -> Response:
    cookie = request.app.state.settings.cookie
    sessions.end(request.app.state.kept, request.cookies.get(cookie, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie, secure=request.app.state.settings.secure, httponly=True, samesite="lax")
    return answer


async def invitation(request: Request) -> Response:
    """The page behind a one-time link; looking at it doesn't use it up, since mail programs look at links too."""
    token = request.query_params.get("token", "")
    return render(request, "invite.html", account=_invited(request, token), token=token)


async def accept(request: Request) -> Response:
    form, kept = await request.form(), request.app.state.kept
    token, password = _said(form.get("token")), _said(form.get("password"))
    account = _invited(request, token)
    if password != _said(form.get("again")):
        raise UsageError("the two passwords differ", advice="go back and type the same one twice")

    def check() -> bool:
        return accounts.set_password(kept, account.name, password, token)

    if not await request.app.state.door.tried((request.scope["address"],), check):
        _invited(request, token)
    if account.second:
        return RedirectResponse("/login", 303)
    return _remembered(request, welcomed(request, account.person, "/account", account=True), account.name)


def _invited(request: Request, token: str) -> accounts.Account:
    found = accounts.invited(request.app.state.kept, token)
    if found is None:
        raise Refused("this link has been used, or is too old", advice="ask an admin for a new one")
    return found


def _login_page(request: Request, to: str, name: str = "", wrong: str = "", status: int = 200) -> Response:
    alone = request.app.state.settings.alone is not None
    return render(request, "login.html", status, alone=alone, to=to, name=name, wrong=wrong)


def welcomed(request: Request, person: Person, to: str, *, account: bool = False) -> Response:
    """A new session for somebody who has shown who they are; the one that the browser had ends. `to` is of the app."""
    kept, settings = request.app.state.kept, request.app.state.settings
    if settings.cookie in request.cookies:
        sessions.end(kept, request.cookies[settings.cookie])
    answer = RedirectResponse(to, 303)
    _put(request, answer, settings.cookie, sessions.begin(kept, person, account=account))
    return answer


def renewed(request: Request, person: Person, page: Callable[[], Response]) -> Response:
    """A page under a new session of the same person: what was known of the old one is worth nothing from here on."""
    kept, settings = request.app.state.kept, request.app.state.settings
    sessions.end(kept, request.cookies.get(settings.cookie, ""))
    secret = sessions.begin(kept, person, account=True)
    request.scope["session"] = sessions.find(kept, secret)
    answer = page()
    _put(request, answer, settings.cookie, secret)
    return answer


def _remembered(request: Request, answer: Response, name: str) -> Response:
    """A browser that this person may try in, however often strangers have tried that name elsewhere."""
    secret = accounts.remember(request.app.state.kept, name, time.time())
    _put(request, answer, _device(request), secret, int(accounts.REMEMBERED))
    return answer


def _put(request: Request, answer: Response, name: str, secret: str, lasts: int | None = None) -> None:
    """A cookie that no script reads and that other sites' forms don't bring.

    Not "strict": a colleague's link to an incident would then open the door to somebody who is in already.
    """
    secure = request.app.state.settings.secure
    answer.set_cookie(name, secret, max_age=lasts, httponly=True, samesite="lax", secure=secure)


def _device(request: Request) -> str:
    return f"{request.app.state.settings.cookie}-known"


def own_path(to: str) -> str:
    """Where to go next: a page of the app, never another site, which "//elsewhere" would be."""
    return to if to.startswith("/") and to[1:2] not in {"/", "\\"} and to.isprintable() else "/"


def _said(value: object) -> str:
    return value if isinstance(value, str) else ""


ROUTES = (
    Route("/enter", enter),
    Route("/login", login),
    Route("/login", come_in, methods=["POST"]),
    Route("/invite", invitation),
    Route("/invite", accept, methods=["POST"]),
    Route("/leave", leave, methods=["POST"]),
)
