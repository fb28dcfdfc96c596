"""A report whose text is gone from the disk: said so, with its claims, which the record still holds.

Input: the error that names the text. Output: a page of the reports that had this text, where it should lie, and each
claim in its own words; or one line, where a piece of a page was asked for. Nothing is worked out without the text: a
figure from a part of the evidence would be another figure.
"""

from __future__ import annotations

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tollbook.dossiers.figures import stated
from tollbook.model import Claim, Report
from tollbook.pipeline.project_folder import ARCHIVE, TextGone, open_project
from tollbook.reports import Archive
from tollbook.review.pages import render, told
from tollbook.review.people import person_of

Lost = tuple[Report, list[Claim]]


async def told_of(request: Request, error: TextGone) -> Response:
    """The page, or the line, for whoever has come in."""
    folder: Path = request.app.state.folder
    lost = await run_in_threadpool(_lost, folder, error.text_sha256)
    named = ", ".join(report.id for report, _ in lost)
    error.what = f"report {named}" if named else error.what
    if "hx-request" in request.headers or person_of(request) is None:
        return told(request, error)
    place = Archive(folder / ARCHIVE).text_path(error.text_sha256).relative_to(folder)
    return render(request, "gone.html", error.status, error=error, lost=lost, place=place, stated=stated)


def _lost(folder: Path, text_sha256: str) -> list[Lost]:
    with open_project(folder) as store, store.read() as unit:
        found = ((unit.report(name), unit.claims_in(name)[0]) for name in unit.reports_of(text_sha256))
        return [(report, claims) for report, claims in found if report is not None]
