"""Tying a row of a spreadsheet to the claim of a report that it repeats: candidates are shown, a person chooses.

Input: the id of a row's claim. Output: a page with the row and, of the same incident, the reports' claims of what the
row counts; any other is named by its id. Both ways it is a ruling like all others, and so is rejecting the row.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.errors import TollbookError, UsageError
from tollbook.model import Claim, Record, Report
from tollbook.pipeline.desk import Desk, Order
from tollbook.review.asked import who_of
from tollbook.review.orders import now
from tollbook.review.pages import render
from tollbook.review.people import needs
from tollbook.review.seen_claims import seen_rulings
from tollbook.store import Stamp
from tollbook.values import dataclass

# Words on either side of a figure that a person needs to know it by.
_AROUND = 120


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim of a report that a row may repeat, in its words."""

    id: str
    report: str
    published: str
    before: str
    said: str
    after: str


@needs("coder")
async def page(request: Request) -> Response:
    return await _page(request)


@needs("coder")
async def tie(request: Request) -> Response:
    """One ruling: it repeats that claim, or it is rejected."""
    form = await request.form()
    claim, why = str(form.get("other", "")).strip() or str(form.get("claim", "")), str(form.get("why", "")).strip()
    desk: Desk = request.app.state.desk
    name = request.path_params["claim"]
    seen, head = (_number(str(form.get(key, ""))) for key in ("seen", "head"))
    try:
        if form.get("reject") is not None:
            order = Order(name, "reject", {}, why, seen=seen, head=head)
        elif claim:
            order = Order(name, "tie", {"claim": claim}, why or "says the same", seen=seen, head=head)
        else:
            raise UsageError("no claim is chosen", advice="choose one, or write its id")
        if form.get("reject") is not None and not why:
            raise UsageError("a row is rejected for a reason", advice="write why")
        await run_in_threadpool(desk.rule, order, Stamp(who_of(request).name, now()))
    except TollbookError as error:
        return await _page(request, error)
    _, row = await run_in_threadpool(desk.claim, name)
    return RedirectResponse(f"/report/{quote(row.report)}", 303)


async def _page(request: Request, error: TollbookError | None = None) -> Response:
    desk: Desk = request.app.state.desk
    head = await run_in_threadpool(desk.head)
    record, row = await run_in_threadpool(desk.claim, request.path_params["claim"])
    if not row.is_of_sheet:
        raise UsageError("this claim is of a report, no row of a spreadsheet", advice="rule on it at the desk")
    report = next(one for one in record.reports if one.id == row.report)
    said = candidates(record, row)
    status = error.status if error is not None else 200
    rulings = seen_rulings(record.rulings, row.id)
    known = max((one.number for one in rulings), default=0)
    values = {"row": row, "report": report, "candidates": said, "error": error}
    return render(request, "tie.html", status, **values, rulings=rulings, seen=known, head=head)


def _number(text: str) -> int | None:
    """What a form brings of the log's numbers; None where it brings none."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def candidates(record: Record, row: Claim) -> list[Candidate]:
    """The claims of reports, in the incident of a row, that count what it counts: equal figures first, then by day."""
    reports = {one.id: one for one in record.reports}
    what = (row.incident, row.measure, row.group, row.unit)
    same = [
        one
        for one in record.claims
        if not one.is_of_sheet and (one.incident, one.measure, one.group, one.unit) == what and one.report in reports
    ]
    same.sort(key=lambda one: (one.quantity != row.quantity, reports[one.report].published or "", one.report, one.span))
    return [_candidate(one, reports[one.report]) for one in same]


def _candidate(claim: Claim, report: Report) -> Candidate:
    text = (report.title or "") if claim.span.part == "title" else report.text
    start, end = claim.span.start, claim.span.end
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Candidate(claim.id, report.title or report.id, (report.published or "")[:10], before, claim.said, after)


ROUTES = (Route("/claim/{claim}/tie", page), Route("/claim/{claim}/tie", tie, methods=["POST"]))
