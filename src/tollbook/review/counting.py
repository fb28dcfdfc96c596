"""Pages that are given fewer claims than there are, while these are still being worked out: they say so and ask again.

Input: `GET /quality/second`, `/queue/counting`, by a page that said so. Output: the piece as it is now; it asks again
until all is there, and then tells that once.
"""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.pipeline.desk import Desk, Filters
from tollbook.review.asked import desk_of, who_of
from tollbook.review.pages import render
from tollbook.review.people import needs


def second_look(desk: Desk, who: str) -> dict[str, Any]:
    """How far the second look is, as somebody may see it, and whether claims are still missing from that."""
    return {"progress": desk.progress(Filters(), who), "counting": desk.counting()}


@needs("editor")
async def second(request: Request) -> Response:
    """How far the second look is."""
    told = await run_in_threadpool(second_look, desk_of(request), who_of(request).name)
    return render(request, "quality_second.html", **told, was=True)


@needs("reader")
async def line(request: Request) -> Response:
    """How far the claims are counted."""
    found = await run_in_threadpool(desk_of(request).counting)
    return render(request, "queue_counting.html", counting=found, was=True)


ROUTES = (Route("/quality/second", second), Route("/queue/counting", line))
