"""Who is asking, and what a person of that role may do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Literal
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from tollbook.errors import TollbookError

Role = Literal["reader", "coder", "editor", "admin"]
# Each may do all that those before it may.
ROLES: tuple[Role, ...] = ("reader", "coder", "editor", "admin")

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has come in: the name that rulings bear, and the role."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        return ROLES.index(self.role) >= ROLES.index(role)


class Refused(TollbookError):
    """What a request may not do; `status` is the one of HTTP."""

    def __init__(self, message: str, status: int = 403, *, advice: str | None = None) -> None:
        super().__init__(message, advice=advice)
        self.status = status


def person_of(request: Request) -> Person | None:
    """Who is asking; None before anybody has come in."""
    found = request.scope.get("person")
    return found if isinstance(found, Person) else None


def needs(role: Role) -> Callable[[Handler], Handler]:
    """A handler that only people of this role, or one above it, reach; others are sent to the door or refused."""

    def wrap(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request) -> Response:
            person = person_of(request)
            if person is None:
                if request.method == "GET" and "hx-request" not in request.headers:
                    to = f"?{urlencode({'to': request.url.path})}" if request.url.path != "/" else ""
                    return RedirectResponse(f"/login{to}", 303)
                raise Refused("you are not logged in", 401, advice="log in again; what you typed is kept in the page")
            if not person.may(role):
                raise Refused(f"this needs the role {role}; yours is {person.role}", advice="ask an admin")
            return await handler(request)

        return guarded

    return wrap
