"""The desk: a report with each claim marked in its words, beside the matrix of the incident that they are about.

Input: `/incident/ID` or `/report/ID`, with the other, and a claim, in the query. Output: the page; and its pieces,
each by a path under `/desk/`, so that a ruling changes what it must and nothing is loaded anew. Rulings go to
`orders`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tollbook.model import Claim
from tollbook.pipeline.analyse import source_book
from tollbook.pipeline.project_folder import overlays_of
from tollbook.review.asked import desk_of
from tollbook.review.desk_forms import choices, exact, number_of, part_of, places, proposed, unsaid, wrong_with
from tollbook.review.desk_view import Paper, Side, listed, paper_of, side_of
from tollbook.review.orders import body_of, order_of
from tollbook.review.pages import render
from tollbook.review.people import Handler, needs
from tollbook.review.seen_claims import seen_rulings


def at(report: str = "", incident: str = "", claim: str = "") -> str:
    """The address of a report, else of an incident, with a claim chosen."""
    rest = {"incident": incident if report else "", "claim": claim}
    asked = urlencode({name: value for name, value in rest.items() if value})
    path = f"/report/{quote(report, safe='')}" if report else f"/incident/{quote(incident, safe='')}"
    return f"{path}?{asked}" if asked else path


def _side(request: Request, name: str, whole: Collection[str] = ()) -> Side:
    return side_of(desk_of(request), source_book(overlays_of(request.app.state.folder)), name, whole)


def _asked(request: Request, name: str) -> str:
    return request.query_params.get(name, "")


# ---- pages ----


@needs("reader")
async def incident(request: Request) -> Response:
    """An incident: its matrix, and the first of its reports or the one asked for."""

    def look() -> tuple[Paper | None, Side | None]:
        side = _side(request, request.path_params["name"])
        claim = _asked(request, "claim")
        home = next((one.report for one in side.record.claims if one.id == claim), side.first)
        report = _asked(request, "report") or home
        return (paper_of(desk_of(request), report, side.incident.id, claim) if report else None), side

    return _page(request, *await run_in_threadpool(look))


@needs("reader")
async def report(request: Request) -> Response:
    """A report, and the matrix of the incident that its claims, or the one chosen, are about."""

    def look() -> tuple[Paper | None, Side | None]:
        paper = paper_of(
            desk_of(request), request.path_params["name"], _asked(request, "incident"), _asked(request, "claim")
        )
        about = _asked(request, "incident") or paper.about
        return paper, _side(request, about) if about else None

    return _page(request, *await run_in_threadpool(look))


def _page(request: Request, paper: Paper | None, side: Side | None) -> Response:
    return render(request, "desk.html", paper=paper, side=side, at=at, beside=side.incident.id if side else "")


# ---- pieces ----


def _piece(template: str, look: Callable[[Request], dict[str, Any]]) -> Handler:
    """A handler that fills a template with what `look` finds."""

    @needs("reader")
    async def handler(request: Request) -> Response:
        return render(request, template, at=at, **await run_in_threadpool(look, request))

    return handler


def _sheet(request: Request) -> dict[str, Any]:
    """Another report in the place of one, where the incident beside it stays; a claim alone tells its report."""
    report, about, claim = (_asked(request, name) for name in ("report", "incident", "claim"))
    paper = paper_of(desk_of(request), report or desk_of(request).claim(claim)[1].report, about, claim)
    return {"paper": paper, "side": _side(request, about) if about else None, "beside": about}


def _block(request: Request) -> dict[str, Any]:
    """A block of a long text."""
    start = number_of(_asked(request, "start"), "start")
    paper = paper_of(desk_of(request), _asked(request, "report"))
    return {"paper": paper, "block": paper.marked.block(start), "states": paper.states}


def _claim(request: Request) -> dict[str, Any]:
    """One claim: its chain, what was ruled on it."""
    asked = (_asked(request, name) for name in ("report", "incident", "claim"))
    return {"paper": paper_of(desk_of(request), *asked), "beside": _asked(request, "incident")}


def _after(request: Request) -> dict[str, Any]:
    """All that a ruling may have changed; the incident beside may be gone by it."""
    about = _asked(request, "incident")
    if not _asked(request, "report"):
        return {"paper": None, "side": _side(request, about), "beside": about}
    about = about if about in {one.id for one in desk_of(request).incidents()} else ""
    paper = paper_of(desk_of(request), _asked(request, "report"), about, _asked(request, "claim"))
    about = about or paper.about
    return {"paper": paper, "side": _side(request, about) if about else None, "beside": about}


def _rows(request: Request) -> dict[str, Any]:
    """The matrix with all rows of one band."""
    side = _side(request, _asked(request, "incident"), request.query_params.getlist("band"))
    return {"side": side}


def _reports(request: Request) -> dict[str, Any]:
    """The reports of an incident, those whose title or publisher has some words."""
    after = _asked(request, "after")
    record, one = desk_of(request).incident(_asked(request, "incident"))
    found = listed(record, one, _asked(request, "q"))
    start = int(after) if after.isdecimal() else 0
    return {
        "found": found[start : start + 50],
        "start": start,
        "more": len(found) - start - 50,
        "incident": one.id,
        "q": _asked(request, "q"),
    }


_MOST = 30


def _incidents(request: Request) -> dict[str, Any]:
    """Incidents to choose from, by some words of their names; those of the report come first."""
    words = _asked(request, "q").casefold().split()
    but, report = _asked(request, "but"), _asked(request, "report")
    near = {one.id for one in desk_of(request).report(report).incidents} if report else set()
    some = [one for one in desk_of(request).incidents() if one.id != but]
    found = [one for one in some if all(word in f"{one.name} {one.id}".casefold() for word in words)]
    found.sort(key=lambda one: (one.id not in near, -one.claims, one.name, one.id))
    return {"found": found[:_MOST], "more": max(0, len(found) - _MOST), "near": near}


@needs("reader")
async def history(request: Request) -> Response:
    """Every field's history, of a claim or an incident: a piece for the panel, or a page of its own."""
    found = await run_in_threadpool(desk_of(request).history, request.path_params["name"])
    template = "desk_history.html" if "hx-request" in request.headers else "desk_history_page.html"
    return render(request, template, history=found)


def _notes(request: Request) -> dict[str, Any]:
    """What was ruled on an incident as a whole."""
    record, one = desk_of(request).incident(_asked(request, "incident"))
    return {"rulings": seen_rulings(record.rulings, incidents=(one.id, *one.aliases))}


# ---- forms ----


def _edit(request: Request) -> dict[str, Any]:
    """A claim's fields as they count."""
    record, read = desk_of(request).claim(_asked(request, "claim"))
    claim = next(one for one in desk_of(request).ruled(record).claims if one.id == read.id)
    span, report = claim.span, record.reports[0]
    gone = span.part == "text" and not report.text
    words = None if gone else exact(report, span.part, span.start, span.end, claim.said)
    return {
        "claim": claim, "choices": choices(claim), "words": words, "action": "correct", "target": claim.id,
        "heading": "Correct the claim", "why": "checked against the words", "verb": "Correct",
    }  # fmt: skip


@needs("coder")
async def add(request: Request) -> Response:
    """A form for a missed claim: of exact words, else one that looks for them."""

    def look() -> tuple[str, dict[str, Any]]:
        desk, about = desk_of(request), _asked(request, "incident")
        head = desk.head()
        record = desk.report(_asked(request, "report"))
        report = record.reports[0]
        if not _asked(request, "words"):
            sought = _asked(request, "find")
            return "desk_where.html", {"report": report.id, "words": sought, "found": places(report, sought)}
        start, end = (number_of(_asked(request, name), name) for name in ("start", "end"))
        words = exact(report, part_of(_asked(request, "part")), start, end, _asked(request, "words"))
        claim = proposed(report, words, overlays_of(request.app.state.folder))
        near = {one.id: one.name for one in record.incidents}
        if about and about not in near:
            near[about] = desk.incident(about)[1].name
        return "desk_form.html", {
            "claim": claim, "choices": choices(claim), "words": words, "action": "claim", "target": report.id,
            "heading": "Add a missed claim", "why": "the words say it", "verb": "Add", "beside": about, "head": head,
            "incidents": [{"id": name, "name": called} for name, called in near.items()],
        }  # fmt: skip

    template, values = await run_in_threadpool(look)
    return render(request, template, **values)


@needs("coder")
async def wrong(request: Request) -> Response:
    """What is wrong with the fields of a form, while it is filled in."""
    told = await body_of(request)
    values = order_of({"values": told.get("values")}).values

    def look() -> Claim:
        if told.get("claim"):
            return desk_of(request).claim(str(told["claim"]))[1]
        return unsaid(desk_of(request).report(str(told.get("report"))).reports[0])

    line, field = wrong_with(await run_in_threadpool(look), values)
    return JSONResponse({"line": line, "field": field})


ROUTES = (
    Route("/incident/{name}", incident),
    Route("/incident/{name}/history", history),
    Route("/claim/{name}/history", history),
    Route("/report/{name:path}", report),
    Route("/desk/sheet", _piece("desk_swap.html", _sheet)),
    Route("/desk/block", _piece("desk_block.html", _block)),
    Route("/desk/claim", _piece("desk_claim.html", _claim)),
    Route("/desk/after", _piece("desk_after.html", _after)),
    Route("/desk/matrix", _piece("desk_matrix.html", _rows)),
    Route("/desk/reports", _piece("desk_reports.html", _reports)),
    Route("/desk/incidents", _piece("desk_incidents.html", _incidents)),
    Route("/desk/edit", _piece("desk_form.html", _edit)),
    Route("/desk/add", add),
    Route("/desk/check", wrong, methods=["POST"]),
    Route("/desk/rulings", _piece("desk_rulings.html", _notes)),
)
