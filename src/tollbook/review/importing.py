"""Importing a spreadsheet: its columns shown with what they are taken for, corrected by a person, then brought in.

Input: a file from the browser, then a field for each column. Output: a page that shows the columns, the first rows as
they would be kept and every cell that can't be read; nothing is written before a person says so. A file is held for
whoever sent it until it is brought in, let go, or another comes.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.errors import TollbookError, UsageError
from tollbook.lexicon import load, load_taxonomy
from tollbook.pipeline.importing.days import ORDERS, Order
from tollbook.pipeline.importing.layout import ENDS, FIELDS, SKIP, guessed
from tollbook.pipeline.importing.preview import Preview, opened, preview, refused
from tollbook.review.asked import who_of
from tollbook.review.guard import LARGE
from tollbook.review.orders import now
from tollbook.review.pages import render
from tollbook.review.people import Refused, needs
from tollbook.review.uploads import received
from tollbook.review.work import Importing
from tollbook.sheets import shown
from tollbook.store import Stamp

_SEND = "/import/file"
LARGE[_SEND] = 50_000_000
_EXAMPLES, _BRIEF = 3, 40
# Groups that sheets of the field count apart, offered beside each measure.
_GROUPS = ("children", "women", "men", "civilians")


@dataclass(slots=True)
class Held:
    """A sheet that somebody sent, and what they said of it so far; `stack` closes the folder it lies in.

    `seen` is what it shows, and of what was said: a long sheet is read once, not with each look at the page.
    """

    path: Path
    stack: ExitStack
    fields: dict[str, str] = field(default_factory=dict)
    order: Order | None = None
    worksheet: str | None = None
    said_by: str = ""
    published: str = ""
    seen: tuple[object, Seen] | None = None

    @property
    def said(self) -> object:
        """What was said of it that changes what it shows."""
        return tuple(self.fields.items()), self.order, self.worksheet


class Sheets:
    """The sheets that people have sent and not yet brought in, one each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, Held] = {}

    def of(self, who: str) -> Held | None:
        """The sheet of this person."""
        return self._held.get(who)

    def put(self, who: str, held: Held | None) -> Held | None:
        """Hold another in place of the one before, which is let go and returned."""
        with self._lock:
            before = self._held.pop(who, None)
            if held is not None:
                self._held[who] = held
        return before

    def close(self) -> None:
        """Let all go."""
        for who in list(self._held):
            _let_go(self.put(who, None))


def _let_go(held: Held | None) -> None:
    if held is not None:
        held.stack.close()


# ---- handlers ----


@needs("coder")
async def page(request: Request) -> Response:
    who, app = who_of(request), request.app.state
    held = app.sheets.of(who.name)
    seen = await run_in_threadpool(seen_of, held) if held is not None else None
    job = app.jobs.last(who.name, Importing)
    most = LARGE[_SEND] // 1_000_000
    return render(request, "import.html", job=job, left_out=(), seen=seen, choices=_choices(), orders=ORDERS, most=most)


@needs("coder")
async def send(request: Request) -> Response:
    """A file comes in and is held; what it holds is for the page to tell."""
    who, app = who_of(request), request.app.state
    with ExitStack() as stack:
        came = await received(request, stack, app.folder, LARGE[_SEND])
        there = came.files
        if len(there) != 1:
            raise UsageError("no sheet came", what=came.why, advice="choose one file, then send it")
        if not _is_workbook(there[0]):
            await run_in_threadpool(_opened, there[0])
        _let_go(app.sheets.put(who.name, Held(there[0], stack.pop_all())))
    return _to_page(request)


@needs("coder")
async def columns(request: Request) -> Response:
    """What a person says of the columns; the page then shows what comes of it."""
    held, form = _held(request), await request.form()
    await run_in_threadpool(_take, held, form)
    return _to_page(request)


@needs("coder")
async def bring(request: Request) -> Response:
    """The rows come in, by a process of their own."""
    who, app, held = who_of(request), request.app.state, _held(request)
    seen = await run_in_threadpool(seen_of, held)
    if seen.error is not None or seen.preview is None:
        raise seen.error or Refused("there is no sheet any more", 404, advice="send the file again")
    app.jobs.check_free(who.name)
    app.sheets.put(who.name, None)
    stamp = Stamp(who.name, now())
    more = (held.order, held.worksheet, held.said_by or None, held.published or None)
    task = Importing(app.folder, held.path, stamp, tuple(seen.preview.fields.items()), *more)
    app.jobs.start(who.name, task, held.stack)
    return _to_page(request)


@needs("coder")
async def drop(request: Request) -> Response:
    """The file is let go; nothing of it was kept."""
    await run_in_threadpool(_let_go, request.app.state.sheets.put(who_of(request).name, None))
    return _to_page(request)


# ---- what a sheet shows ----


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is shown: its heading, the first cells, and what it is taken for."""

    heading: str
    examples: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A sheet as its page shows it; `error` is what keeps it from being read, `preview` what it would give."""

    held: Held
    columns: tuple[Column, ...] = ()
    error: TollbookError | None = None
    preview: Preview | None = None

    @property
    def ready(self) -> bool:
        return self.preview is not None and self.error is None


def seen_of(held: Held) -> Seen:
    """What a sheet shows, looked at anew where a person has said something else."""
    said = held.said
    if held.seen is None or held.seen[0] != said:
        held.seen = said, _looked_at(held)
    return held.seen[1]


def _looked_at(held: Held) -> Seen:
    try:
        sheet = opened(held.path, held.worksheet)
        rows = [row for row, _ in zip(sheet.rows(), range(_EXAMPLES), strict=False)]
    except TollbookError as error:
        return Seen(held, error=_plain(error))
    fields = guessed(sheet.headings, load("en")) | held.fields
    shown_as = tuple(
        Column(one, tuple(text for row in rows if (text := _brief(shown(row[one])))), fields.get(one, SKIP))
        for one in sheet.headings
    )
    try:
        found = _preview(held)
    except TollbookError as error:
        return Seen(held, shown_as, _plain(error))
    wrong = refused(found)
    return Seen(held, shown_as, None if wrong is None else _plain(wrong), found)


def _preview(held: Held) -> Preview:
    return preview(held.path, worksheet=held.worksheet, fields=held.fields, order=held.order)


def _opened(path: Path) -> None:
    try:
        opened(path, None)
    except TollbookError as error:
        raise _plain(error) from error


def _plain(error: TollbookError) -> TollbookError:
    """An error in terms of the page: without the place where the upload lies, and without options of the command."""
    advice = error.advice
    if advice and ("--column" in advice or "--dates" in advice):
        advice = "correct it below"
    advice = advice and advice.replace("by --sheet", "below")
    return UsageError(error.message, advice=advice, what=error.what.rpartition("/")[2] if error.what else None)


def _brief(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _BRIEF else f"{plain[: _BRIEF - 1]}…"


def _take(held: Held, form: FormData) -> None:
    worksheet = str(form.get("worksheet", "")).strip() or None
    if worksheet == held.worksheet:
        headings = opened(held.path, worksheet).headings
        given = {one: " ".join(str(form.get(f"column-{at}", "")).split()) for at, one in enumerate(headings)}
        held.fields = {one: what or SKIP for one, what in given.items()}
    else:
        held.fields = {}
    held.worksheet = worksheet
    order = str(form.get("dates", ""))
    held.order = next((one for one in ORDERS if one == order), None)
    held.said_by = " ".join(str(form.get("said_by", "")).split())[:200]
    held.published = str(form.get("published", "")).strip()[:10]


def _choices() -> tuple[str, ...]:
    """What a column may be taken for."""
    measures = load_taxonomy().measures.values()
    grouped = (f"{one.name}/{group}" for one in measures if one.people for group in _GROUPS)
    ends = (f"{one.name} {end}" for one in measures for end in ENDS)
    return (*FIELDS, *(one.name for one in measures), *ends, *grouped)


def _is_workbook(path: Path) -> bool:
    """True for what may hold several worksheets, of which the page asks."""
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _held(request: Request) -> Held:
    held: Held | None = request.app.state.sheets.of(who_of(request).name)
    if held is None:
        raise Refused("there is no sheet any more", 404, advice="send the file again")
    return held


def _to_page(request: Request) -> Response:
    if "hx-request" in request.headers:
        return Response(status_code=204, headers={"HX-Redirect": "/import"})
    return RedirectResponse("/import", 303)


ROUTES = (
    Route("/import", page),
    Route(_SEND, send, methods=["POST"]),
    Route("/import/columns", columns, methods=["POST"]),
    Route("/import/bring", bring, methods=["POST"]),
    Route("/import/drop", drop, methods=["POST"]),
)
