"""Blind coding: one claim of a sample after another, as it was read, without what anybody else made of it.

Input: `GET /coding`, with `task` and `claim` where one is wanted; `POST /coding` with what a coder makes of it. Output:
the claim in its sentence with three things to do; after each the next. Only who has a task sees its claims here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.dossiers.figures import GROUPS, MEASURES, sign
from tollbook.errors import TollbookError, UsageError
from tollbook.model import Claim, Record
from tollbook.pipeline.desk import Desk, Item
from tollbook.pipeline.figures import quote
from tollbook.quality import Coding, Part, Task
from tollbook.review.asked import desk_of, who_of
from tollbook.review.orders import now
from tollbook.review.pages import render
from tollbook.review.people import needs
from tollbook.review.queue_view import Seen, seen
from tollbook.rulings import Action, Value, fields_of, parse_values
from tollbook.store import Stamp

# What can be corrected here, in the order of the form.
EDITED = (
    "value", "low", "high", "bound", "word", "measure", "group", "unit", "chain", "date", "date_end", "place",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A claim before its coder: which one of how many, as it was read, and what they made of it before."""

    task: Task
    part: Part
    number: int
    done: int
    seen: Seen | None
    before: Coding | None
    fields: Mapping[str, Value]
    last: str
    next: str


@needs("coder")
async def coding(request: Request) -> Response:
    """The page."""
    return await _page(request, request.query_params.get("task", ""), request.query_params.get("claim", ""))


async def _page(
    request: Request, task: str, claim: str, error: TollbookError | None = None, typed: Mapping[str, str] | None = None
) -> Response:
    desk, who = desk_of(request), who_of(request).name

    def look() -> tuple[Sequence[Task], Sheet | None]:
        mine = [one for one in desk.blind.tasks() if one.is_open and who in one.coders]
        return mine, _sheet(desk, mine, who, task, claim)

    mine, sheet = await run_in_threadpool(look)
    values = {"mine": mine, "sheet": sheet, "error": error, "typed": typed or {}, "edited": EDITED}
    lists = {"all_measures": MEASURES, "all_groups": GROUPS}
    return render(request, "coding.html", error.status if error else 200, **values, **lists)


def _sheet(desk: Desk, mine: Sequence[Task], who: str, task: str, claim: str) -> Sheet | None:
    """The claim asked for, else the first that is left to code; None where nothing is."""
    one = next((one for one in mine if one.id == task), None) or next(
        (one for one in mine if one.done(who) < len(one.parts)), None
    )
    if one is None:
        return None
    claims = one.claims
    left = [name for name in claims if (name, who) not in one.codings]
    if claim not in claims and not left:
        return None
    name = claim if claim in claims else left[0]
    at = claims.index(name)
    part, found = one.parts[at], desk.blind.claim(one.parts[at])
    beside = (claims[at - 1] if at else "", claims[at + 1] if at + 1 < len(claims) else "")
    shown = seen(item_of(*found)) if found else None
    fields = fields_of(found[1]) if found else {}
    return Sheet(one, part, at + 1, one.done(who), shown, one.codings.get((name, who)), fields, *beside)


def item_of(record: Record, claim: Claim) -> Item:
    """A claim as it was read, as an item of the queue: nothing that anybody ruled is in it."""
    report = next(one for one in record.reports if one.id == claim.report)
    sentences = next((one.sentences for one in record.readings if one.report == report.id), ())
    return Item(
        claim.id, "", "", report.id, report.title or "", report.publisher or "", report.published or "",
        *quote(claim, report, sentences), claim.measure, claim.group, claim.unit, sign(claim.quantity),
        tuple(link.source for link in claim.attribution), claim.confidence, language=report.language or "",
        fields=fields_of(claim),
    )  # fmt: skip


@needs("coder")
async def code(request: Request) -> Response:
    """What a coder makes of a claim; then the next one."""
    form = await request.form()
    told = {name: str(value) for name, value in form.items()}
    task, claim, action = (told.get(name, "") for name in ("task", "claim", "action"))
    desk, by = desk_of(request), Stamp(who_of(request).name, now())

    def log() -> None:
        values = _changed(desk, task, claim, told) if action == Action.CORRECT else {}
        desk.blind.code(task, claim, action, values, told.get("note", ""), by)

    try:
        await run_in_threadpool(log)
    except TollbookError as error:
        return await _page(request, task, claim, error, told)
    return RedirectResponse(f"/coding?task={task}", 303)


def _changed(desk: Desk, task: str, claim: str, told: Mapping[str, str]) -> dict[str, Value]:
    """The fields that differ from what was read."""
    part = next((one for one in desk.blind.task(task).parts if one.claim == claim), None)
    found = desk.blind.claim(part) if part else None
    read = fields_of(found[1]) if found else {}
    before = {name: "" if read.get(name) is None else str(read[name]) for name in EDITED}
    some = [name for name in EDITED if name in told and told[name].strip() != before[name].strip()]
    if not some:
        raise UsageError("nothing was changed", advice="accept it as it is, or change what is wrong")
    return parse_values(f"{name}={told[name]}" for name in some)


ROUTES = (Route("/coding", coding), Route("/coding", code, methods=["POST"]))
