"""The application: routes in the order of the flow, one state, one desk, errors told in one place.

Input: a project's folder and settings. Output: the ASGI application. `request.app.state` has `desk`, the running view
of the project, `kept`, the app's own tables, and `settings`.
"""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Mount, Router
from starlette.staticfiles import StaticFiles

from tollbook.errors import TollbookError
from tollbook.pipeline.desk import Desk
from tollbook.pipeline.project_folder import TextGone
from tollbook.review import (
    add,
    coding,
    counting,
    desk,
    door,
    gone,
    home,
    importing,
    members,
    orders,
    own,
    publish,
    quality,
    queue,
    tying,
)
from tollbook.review.blindfold import Blindfold
from tollbook.review.guard import Guard, Sealed, sealed
from tollbook.review.jobs import Jobs
from tollbook.review.pages import told
from tollbook.review.people import Refused
from tollbook.review.screens import Screens
from tollbook.review.settings import Settings
from tollbook.review.state import State
from tollbook.store import Stamp

STATIC = Path(__file__).parent / "static"
# Who comes in; what there is, and what is decided; what comes and goes.
ROUTES = (
    *(*door.ROUTES, *own.ROUTES, *members.ROUTES),
    *(*home.ROUTES, *queue.ROUTES, *desk.ROUTES, *orders.ROUTES),
    *(*coding.ROUTES, *quality.ROUTES, *counting.ROUTES),
    *(*add.ROUTES, *importing.ROUTES, *tying.ROUTES, *publish.ROUTES),
)


def build(folder: Path, settings: Settings) -> Starlette:
    """The app on one project. Raises StoreError where `folder` is none."""
    state = State(folder)
    app = Starlette(
        routes=[
            Mount("/static", StaticFiles(directory=STATIC)),
            Mount("/", Guard(Blindfold(Router(ROUTES, redirect_slashes=False)), state, settings)),
        ],
        middleware=[Middleware(Sealed, settings=settings)],
        exception_handlers={TollbookError: _told, HTTPException: _http, ClientDisconnect: _gone, Exception: _broken},
    )
    app.state.desk = desk = Desk(folder)
    desk.link(Stamp(settings.alone or "review", orders.now()))
    desk.start()
    app.state.screens = Screens(desk)
    app.state.folder, app.state.kept, app.state.settings = folder, state, settings
    app.state.sheets = importing.Sheets()
    app.state.door, app.state.jobs, app.state.shown = door.Door(settings), Jobs(), publish.Shown()
    return app


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, TollbookError)
    return await gone.told_of(request, error) if isinstance(error, TextGone) else told(request, error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "there is no such page", 405: "this page takes no such request"}
    return told(request, Refused(words.get(error.status_code, error.detail), error.status_code))


async def _gone(request: Request, error: Exception) -> Response:
    """Whoever asked has gone in the middle of it; nobody reads this."""
    return Response(status_code=400)


async def _broken(request: Request, error: Exception) -> Response:
    """A fault of ours: its trace is on the terminal, never in a page."""
    fault = Refused("something went wrong in tollbook itself; nothing more was done", 500, advice="please report it")
    answer = told(request, fault)
    sealed(answer.headers, request.url.path, request.app.state.settings.secure)  # no layer is left to do it
    return answer
