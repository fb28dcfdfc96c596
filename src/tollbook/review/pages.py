"""Pages: templates with escaping always on, filled with what they show and who looks.

Input: a request, a template's name and values. Output: a response. A text that comes from a report, a file or a form
is put out as text; signs that turn the direction of text, or can't be seen, are named, as in a dossier.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

import tollbook
from tollbook.dossiers.figures import label, number
from tollbook.dossiers.site.frame import unseen_named
from tollbook.errors import TollbookError
from tollbook.review.guard import session_of
from tollbook.review.people import person_of
from tollbook.text import counted


@cache
def environment() -> Environment:
    """The app's templates; nothing in them is marked safe."""
    folder = files(__package__) / "templates"
    sources = {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir() if item.is_file()}
    env = Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=unseen_named,
    )
    env.filters.update(count=counted, number=number, label=label)
    env.globals.update(version=tollbook.__version__)
    return env


def render(request: Request, template: str, /, status: int = 200, **values: object) -> HTMLResponse:
    """A whole page, or a piece of one for htmx, in the name of who looks."""
    session = session_of(request)
    text = (
        environment()
        .get_template(template)
        .render(**values, person=person_of(request), csrf=session.csrf if session else "", path=request.url.path)
    )
    return HTMLResponse(text.encode("utf-8", "replace"), status)


def told(request: Request, error: TollbookError) -> Response:
    """An error in words: in the page's own frame, or as one line where a piece of a page was asked for."""
    template = "error_line.html" if "hx-request" in request.headers else "error.html"
    return render(request, template, error.status, error=error)
