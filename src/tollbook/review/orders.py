"""A ruling that a page sends, as one order to the desk; what came of it, as JSON.

Input: `POST /rule` with `{target, action, values, why, key, seen, head}`. Output: `{"number": 41, "head": 41, "again":
false}`, or one line that says what was wrong with it. The same `key` sent twice is one event. Where somebody ruled on
the same thing since the page saw it (`seen`, `head`), nothing is written and the answer has what they ruled.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tollbook.errors import StoreError, TollbookError, UsageError
from tollbook.model import Ruling
from tollbook.pipeline.desk import Changed, Desk, Order, Outcome
from tollbook.pipeline.project_folder import TextGone
from tollbook.review.people import Refused, needs, person_of
from tollbook.rulings import Action, Value
from tollbook.store import Stamp

# An order is a few names and a reason; a note may be long.
_MOST = 1 << 18
# The second look is for editors.
_EDITORS = frozenset({Action.CONFIRM, Action.RETURN})


@needs("reader")
async def rule(request: Request) -> Response:
    """One ruling."""
    desk: Desk = request.app.state.desk
    try:
        person = person_of(request)
        if person is None or not person.may("coder"):
            raise Refused("readers can't rule", advice="ask an admin for the role coder")
        order = order_of(await body_of(request))
        if order.action in _EDITORS and not person.may("editor"):
            raise Refused(
                f"to {order.action} a claim needs the role editor; yours is {person.role}", advice="ask an admin"
            )
        outcome = await run_in_threadpool(_ruled, desk, order, person.name)
    except TollbookError as error:
        since = error.since if isinstance(error, Changed) else ()
        told = {"line": str(error), "changed": bool(since), "since": list(map(_told, since))}
        # What only can't be written now is no refusal: the page keeps it and sends it again.
        waits = isinstance(error, StoreError) and not isinstance(error, TextGone)
        return JSONResponse(told, 503 if waits else error.status)
    return JSONResponse({"number": outcome.ruling.seq, "head": outcome.head, "again": outcome.again})


def _ruled(desk: Desk, order: Order, who: str) -> Outcome:
    """What came of an order; an answer shows nobody rulings on what they code blind."""
    try:
        return desk.rule(order, Stamp(who, now()))
    except Changed as error:
        hidden = desk.blind.hidden.claims(who)
        shown = [one for one in error.since if one.claim not in hidden]
        if len(shown) == len(error.since):
            raise
        said = "somebody has ruled meanwhile on a claim that you code blind"
        raise Changed(said, advice="send it again", since=shown) from None


def now() -> str:
    """The moment, as the log writes it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _told(one: Ruling) -> dict[str, object]:
    told = {"number": one.seq, "who": one.who, "when": one.when, "action": one.action, "why": one.why}
    return {**told, "values": one.values}


async def body_of(request: Request) -> Mapping[str, Any]:
    """The JSON object of a request. Raises UsageError for anything else, Refused where it is too long."""
    body = b""
    async for portion in request.stream():
        body += portion
        if len(body) > _MOST:
            raise Refused("that is too long for a ruling", 413)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise UsageError("a ruling comes as JSON") from None
    if not isinstance(found, dict):
        raise UsageError("a ruling comes as one JSON object")
    return found


def order_of(told: Mapping[str, Any]) -> Order:
    """The order that a page means. Raises UsageError for a value of another kind."""
    values = told.get("values") or {}
    if not isinstance(values, dict):
        raise UsageError("'values' needs names and values")
    return Order(
        _text(told, "target"),
        _text(told, "action"),
        {str(name): _value(str(name), value) for name, value in values.items()},
        _text(told, "why"),
        _text(told, "key"),
        _number(told, "seen"),
        _number(told, "head"),
    )


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise UsageError(f"'{name}' needs text")
    return value


def _number(told: Mapping[str, Any], name: str) -> int | None:
    value = told.get(name)
    if value is not None and (type(value) is not int or not 0 <= value < 1 << 62):
        raise UsageError(f"'{name}' needs the number of a ruling")
    return value


def _value(name: str, value: object) -> Value:
    """A text, a finite number, or nothing."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise UsageError(f"'{name}' needs a text or a number")
    return value


ROUTES = (Route("/rule", rule, methods=["POST"]),)
