"""Quality, for editors: the second look, samples coded blind, how far coders agree and where they differ.

Input: forms that draw a sample, end one, or make a ruling of what somebody coded. Output: the page, by `sample` and
`field`; the same as `/quality/agreement.csv`, `.json` and `/quality/codings.csv`. Of a sample that is still being
coded it tells how far each coder is, and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.errors import UsageError
from tollbook.pipeline.desk import Desk, Filters, Order
from tollbook.pipeline.desk.blind import Wanted
from tollbook.pipeline.desk.compared import Compared, agreements
from tollbook.quality import FIELDS, Coding
from tollbook.review import accounts
from tollbook.review.asked import desk_of, who_of
from tollbook.review.counting import second_look
from tollbook.review.differing import agreed, agreement_table, as_shown, choices_of, chosen, codings_table
from tollbook.review.orders import now
from tollbook.review.pages import render
from tollbook.review.people import ROLES, Refused, needs
from tollbook.store import Stamp

_AT_ONCE = 40
# What a sample can be drawn of.
_STATES = ("open", "all", "coded", "confirmed", "rejected")


@needs("editor")
async def quality(request: Request) -> Response:
    """The page."""
    sample, field, start = (request.query_params.get(name, "") for name in ("sample", "field", "from"))
    desk = desk_of(request)

    def look() -> dict[str, Any]:
        tasks, some = chosen(desk, sample, who_of(request).name)
        split = [one for one in some if (field in one.differ if field else one.differ)]
        at = int(start) if start.isdecimal() and len(start) < 9 else 0
        return {
            "tasks": tasks,
            "agreements": agreements(some),
            "compared": len(some),
            "differ": [as_shown(one) for one in split[at : at + _AT_ONCE]],
            "found": len(split),
            "next": at + _AT_ONCE if at + _AT_ONCE < len(split) else 0,
            "agreed": len(agreed(some)),
            **second_look(desk, who_of(request).name),
            "choices": desk.choices(),
            "people": _coders(request),
        }

    told = await run_in_threadpool(look)
    return render(
        request,
        "quality.html",
        **told,
        was=False,
        sample=sample,
        field=field,
        fields=FIELDS,
        states=_STATES,
        who=who_of(request),
    )


def _coders(request: Request) -> list[str]:
    """Who can be given a sample: members who may code, or whoever is here alone."""
    if request.app.state.settings.alone is not None:
        return []
    able = ROLES[ROLES.index("coder") :]
    return [one.name for one in accounts.everyone(request.app.state.kept) if one.role in able]


# ---- what editors do ----


@needs("editor")
async def draw(request: Request) -> Response:
    """Draw a sample and give it to its coders."""
    form = await request.form()
    told = {
        name: str(form.get(name, "")) for name in ("name", "size", "seed", "state", "measure", "publisher", "others")
    }
    people = _coders(request)
    coders = [str(one) for one in form.getlist("coder")]
    if people and not set(coders) <= set(people):
        raise UsageError("only members who may code can be given a sample", advice="choose among them")
    coders += [] if people else told["others"].split(",")
    if told["state"] not in _STATES:
        raise UsageError(f"no state '{told['state']}'; there are: {', '.join(_STATES)}")
    asked = Filters(state=told["state"], measure=told["measure"], publisher=told["publisher"].strip())
    by_measure = form.get("by_measure") is not None
    wanted = Wanted(told["name"], told["size"], told["seed"], tuple(coders), asked, by_measure)
    await run_in_threadpool(desk_of(request).blind.draw, wanted, _by(request))
    return RedirectResponse("/quality#samples", 303)


@needs("editor")
async def end(request: Request) -> Response:
    """End a sample before all have coded."""
    sample = str((await request.form()).get("sample", ""))
    await run_in_threadpool(desk_of(request).blind.end, sample, _by(request))
    return RedirectResponse(f"/quality?sample={sample}", 303)


@needs("editor")
async def decide(request: Request) -> Response:
    """Make a ruling of what somebody coded, where coders differ."""
    form = await request.form()
    sample, claim, number = (str(form.get(name, "")) for name in ("sample", "claim", "choice"))
    back = str(form.get("back", ""))
    desk, by = desk_of(request), _by(request)

    def rule() -> None:
        head = desk.head()
        one = next((one for one in _ended(desk, sample, by.who) if one.part.claim == claim), None)
        choice = next((two for two in choices_of(one) if str(two.number) == number), None) if one else None
        if one is None or choice is None:
            raise UsageError("there is no such coding", advice="reload the page")
        _rule(desk, one, choice.coding, "decided after blind coding by several people", by, head)

    await run_in_threadpool(rule)
    return RedirectResponse(f"/quality?{_back(sample, back)}#differ", 303)


@needs("editor")
async def agree(request: Request) -> Response:
    """Make rulings of all that was coded alike."""
    sample = str((await request.form()).get("sample", ""))
    desk, by = desk_of(request), _by(request)

    def rule() -> None:
        head = desk.head()
        for one in agreed(_ended(desk, sample, by.who)):
            _rule(desk, one, one.codings[0], "coded alike by several people who coded blind", by, head)

    await run_in_threadpool(rule)
    return RedirectResponse(f"/quality?sample={sample}", 303)


def _ended(desk: Desk, sample: str, who: str) -> list[Compared]:
    if desk.blind.task(sample).is_open:
        raise Refused("this sample is still being coded", 409, advice="wait until all have coded, or end it")
    return chosen(desk, sample, who)[1]


def _rule(desk: Desk, one: Compared, coding: Coding, why: str, by: Stamp, head: int) -> None:
    if one.claim is None:
        raise UsageError("these words are no longer read as this claim", advice="look at the report")
    if not one.ruled:  # sent twice, it is one ruling
        desk.rule(Order(one.claim.id, coding.action, coding.values, why, seen=head), by)


def _back(sample: str, field: str) -> str:
    return f"sample={sample}" + (f"&field={field}" if field in FIELDS else "")


def _by(request: Request) -> Stamp:
    return Stamp(who_of(request).name, now())


# ---- as files ----


@needs("editor")
async def agreement_csv(request: Request) -> Response:
    """Alpha by field, as CSV."""
    text = await run_in_threadpool(lambda: agreement_table(_asked(request)))
    return _file(text, "agreement.csv", "text/csv")


@needs("editor")
async def agreement_json(request: Request) -> Response:
    """Alpha by field, as JSON."""
    rows = await run_in_threadpool(lambda: [asdict(one) for one in agreements(_asked(request))])
    return _file(json.dumps(rows, indent=1), "agreement.json", "application/json")


@needs("editor")
async def codings_csv(request: Request) -> Response:
    """Every coding of samples that are coded, a row each."""
    text = await run_in_threadpool(lambda: codings_table(_asked(request)))
    return _file(text, "codings.csv", "text/csv")


def _asked(request: Request) -> list[Compared]:
    return chosen(desk_of(request), request.query_params.get("sample", ""), who_of(request).name)[1]


def _file(text: str, name: str, kind: str) -> Response:
    told = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text.encode("utf-8", "replace"), media_type=kind, headers=told)


ROUTES = (
    Route("/quality", quality),
    Route("/quality/draw", draw, methods=["POST"]),
    Route("/quality/end", end, methods=["POST"]),
    Route("/quality/decide", decide, methods=["POST"]),
    Route("/quality/agree", agree, methods=["POST"]),
    Route("/quality/agreement.csv", agreement_csv),
    Route("/quality/agreement.json", agreement_json),
    Route("/quality/codings.csv", codings_csv),
)
