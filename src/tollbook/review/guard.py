"""What every request passes before a handler sees it: its host, how many there are, its size and pace, who it is from,
whether a form is its own.

Input: an ASGI application. Output: one around it. Every answer bears a policy under which nothing but the app's own
files is loaded, no script stands in a page, and no other site may frame it.
"""

from __future__ import annotations

import asyncio
import ipaddress
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tollbook.review import sessions
from tollbook.review.limits import Limit
from tollbook.review.people import Refused
from tollbook.review.settings import Settings
from tollbook.review.state import State

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With none at all, browsers say "null" for where a form comes from, and it couldn't be told from another site's.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SECURE = {"strict-transport-security": "max-age=31536000"}
# A form's fields. Handlers that take files say in LARGE how much: `LARGE["/import"] = 50_000_000`.
MOST = 1 << 20
LARGE: dict[str, int] = {}
# Seconds: from one piece of a body to the next, and for the whole of a body at the slowest pace that is waited for.
_PIECE, _WHOLE, _BYTES_A_SECOND = 20.0, 60.0, 20_000
_MOST_FIELDS = 1000
FORM = "application/x-www-form-urlencoded"
# A coder at the keyboard makes three requests a second at the very most; strangers see the door alone.
_BY_SESSION, _BY_ADDRESS = (400, 1 / 40), (120, 1 / 5)


def sealed(headers: MutableHeaders, path: str, secure: bool) -> None:
    """Put the policy on an answer; what is no file of the app's own is kept by no cache."""
    for name, value in {**_HEADERS, **(_SECURE if secure else {})}.items():
        headers.setdefault(name, value)
    if not path.startswith("/static/"):
        headers["cache-control"] = "no-store"


class Sealed:
    """The outermost layer: every answer, a refusal's too, bears the policy."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._secure = app, settings.secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                sealed(MutableHeaders(scope=message), scope["path"], self._secure)
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)


class Guard:
    """The layer around the routes; they run only for requests that pass, others are told why by the error page."""

    def __init__(self, app: ASGIApp, state: State, settings: Settings) -> None:
        self._app, self._state, self._settings = app, state, settings
        self._by_session, self._by_address = Limit(*_BY_SESSION), Limit(*_BY_ADDRESS)
        self._origins = {f"{settings.scheme}://{host}" for host in settings.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            self._check_host(headers)
            receive = await self._known(scope, headers, _Bounded(receive, headers, scope["path"]).receive)
        await self._app(scope, receive, send)

    def _check_host(self, headers: Headers) -> None:
        """Raises Refused for another name: a page elsewhere that lets its own name point here is none of ours."""
        if headers.getlist("host") not in [[host] for host in self._settings.hosts]:
            raise Refused("this app isn't reached by that name", 421, advice=f"open {self._settings.url}")

    async def _known(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        """Who it is from; a request that changes something must bring the session's secret, in a header or the form."""
        scope["address"] = _address(scope, headers, self._settings)
        secret = cookie_parser(headers.get("cookie", "")).get(self._settings.cookie, "")
        session = sessions.find(self._state, secret)
        if session and self._settings.alone is None and not session.account:
            session = None  # of a run that had no accounts yet
        if session and session.due:
            await run_in_threadpool(sessions.note, self._state, session)
        scope["session"], scope["person"] = session, session.person if session else None
        wait = self._by_session.take(session.id) if session else self._by_address.take(scope["address"])
        if wait:
            raise Refused("that is too much at once", 429, advice="wait a moment, then send it again")
        if scope["method"] in {"GET", "HEAD"}:
            return receive
        return await self._own(session, headers, receive)

    async def _own(self, session: sessions.Session | None, headers: Headers, receive: Receive) -> Receive:
        """Raises Refused for what another site sent, or another session's page."""
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
        if site not in {"same-origin", "none"} or (origin is not None and origin not in self._origins):
            raise Refused("this was sent by another site; nothing was done", advice=f"open {self._settings.url}")
        if session is None:
            return receive
        token = headers.get("x-csrf-token")
        if token is None and headers.get("content-type", "").split(";")[0].strip().lower() == FORM:
            body = await _body(receive)
            receive = _replayed(body)
            token = _field(body, "csrf")
        if not session.sent(token or ""):
            raise Refused("this form isn't from this session; nothing was done", advice="reload the page")
        return receive


class _Bounded:
    """A body that is no larger than its page takes, and that comes at a pace at which it ends."""

    def __init__(self, receive: Receive, headers: Headers, path: str) -> None:
        self._receive, self._most, self._got = receive, LARGE.get(path, MOST), 0
        self._from: float | None = None
        self._done = False
        said = headers.get("content-length", "")
        if said.isdecimal() and (len(said) > 15 or int(said) > self._most):
            raise self._too_large()

    async def receive(self) -> Message:
        if self._done:
            return await self._receive()  # that the browser has gone: it may be long before that
        now = asyncio.get_running_loop().time()
        self._from = now if self._from is None else self._from
        if now - self._from > _WHOLE + self._got / _BYTES_A_SECOND:
            raise _too_slow()
        try:
            message = await asyncio.wait_for(self._receive(), _PIECE)
        except TimeoutError:
            raise _too_slow() from None
        self._got, self._done = self._got + len(message.get("body", b"")), not message.get("more_body")
        if self._got > self._most:
            raise self._too_large()
        return message

    def _too_large(self) -> Refused:
        size = f"{self._most / 1e6:,.0f} MB"
        return Refused(f"that is larger than {size}; nothing was kept", 413, advice="send it in smaller parts")


def _too_slow() -> Refused:
    return Refused("that came too slowly to wait for it; nothing was kept", 408, advice="send it again")


def _address(scope: Scope, headers: Headers, settings: Settings) -> str:
    """Who asks, as far as the network tells, or the proxy on this machine, where one stands before the app."""
    told = str((scope.get("client") or ("",))[0])
    if settings.behind and told in {"127.0.0.1", "::1"}:
        told = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()[:64] or told
    try:
        parsed = ipaddress.ip_address(told)
    except ValueError:
        return told
    # Whoever has one address of IPv6 has all of its network.
    return told if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))


async def _body(receive: Receive) -> bytes:
    """All of a form."""
    pieces = []
    while True:
        message = await receive()
        pieces.append(bytes(message.get("body", b"")))
        if not message.get("more_body"):
            return b"".join(pieces)


def _field(body: bytes, name: str) -> str:
    """A field of a form. Raises Refused for one of more fields than any page has: reading them would hold others up."""
    try:
        return parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS).get(name, [""])[0]
    except ValueError:
        raise Refused("that form has too many fields; nothing was done", 413) from None


def _replayed(body: bytes) -> Receive:
    """What gives a body that was read already once more."""
    told = False

    async def receive() -> Message:
        nonlocal told
        if told:
            return {"type": "http.disconnect"}
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def session_of(request: Request) -> sessions.Session | None:
    """The session of a request that has passed."""
    found = request.scope.get("session")
    return found if isinstance(found, sessions.Session) else None
