"""What takes long, in a process of its own: adding reports, making a bundle. The app stays quick and small meanwhile.

Input: a `Task`. Output: what it tells on its way through a pipe: ("stage", name, done, total), and last ("done", told)
or ("failed", error). Killed in the middle it leaves what a killed command leaves: nothing half-written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from tollbook.errors import OutputError, TollbookError
from tollbook.store import Stamp
from tollbook.text import counted

Links = tuple[tuple[str, str], ...]  # words, and a path of the app


@dataclass(frozen=True, slots=True)
class Adding:
    """Inputs for a project, who adds them, and what stands for the folder of an upload in what is told."""

    folder: Path
    inputs: tuple[str, ...]
    by: Stamp
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Importing:
    """A sheet for a project, who brings it in, what each of its columns holds, and what else was said of it."""

    folder: Path
    path: Path
    by: Stamp
    fields: tuple[tuple[str, str], ...]
    order: Literal["day-first", "month-first"] | None = None
    worksheet: str | None = None
    said_by: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Publishing:
    """A bundle of a project: where to, by which rule sets, as of when, signed by the key of a file's text."""

    folder: Path
    out: Path
    rules: tuple[str, ...]
    as_of: dt.date | None = None
    key: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What a task came to: its chief line, further lines, what failed, and what to look at, under headings."""

    line: str
    notes: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    links: tuple[tuple[str, Links], ...] = ()


Task = Adding | Importing | Publishing
_BUNDLE: Links = (("Open it", "/publish/open"), ("Download it", "/publish/bundle.zip"))
_SHOWN = 50  # links; a page of thousands helps nobody


def run(pipe: Connection, task: Task) -> None:
    """Do a task and tell of it; for a process that was started for it."""

    def stage(name: str, done: int, total: int, /) -> None:
        pipe.send(("stage", name, done, total))

    try:
        pipe.send(("done", _done(task, stage)))
    except TollbookError as error:
        pipe.send(("failed", error.message, error.what, error.advice, error.status))
    except OSError as error:
        said = OutputError(f"could not be done ({error.strerror or error})", advice="is the disk full?")
        pipe.send(("failed", said.message, said.what, said.advice, said.status))


def _done(task: Task, stage: Callable[[str, int, int], None]) -> Told:
    if isinstance(task, Adding):
        return _add(task, stage)
    return _import(task, stage) if isinstance(task, Importing) else _publish(task)


# ---- reports ----


def _add(task: Adding, stage: Callable[[str, int, int], None]) -> Told:
    from tollbook.pipeline import adding

    reader = adding.reader_of(task.folder, progress=stage)
    added = adding.add(task.folder, task.inputs, task.by, reader=reader, progress=stage)
    named = ("new", "changed", "known already", "read again")
    kinds = zip((added.new, added.changed, added.known, added.reread), named, strict=True)
    parts = [f"{len(ids)} {what}" for ids, what in kinds if ids]
    born = f"; {counted(len(added.incidents), 'new incident')}" if added.incidents else ""
    failed = [_plain(str(one.error), task) for one in added.failed]
    failed += [f"{one}: has no text that could be read" for one in added.textless]
    return Told(
        f"Reports: {', '.join(parts) or 'nothing added'}{born}.",
        tuple(_plain(one, task) for one in added.notes),
        tuple(failed),
        _links(task.folder, added.incidents, (*added.new, *added.changed)),
    )


def _import(task: Importing, stage: Callable[[str, int, int], None]) -> Told:
    from tollbook.pipeline.importing.bringing import import_sheet

    made = import_sheet(
        task.folder, task.path, task.by, worksheet=task.worksheet, fields=dict(task.fields), order=task.order,
        said_by=task.said_by, published=task.published, progress=stage,
    )  # fmt: skip
    added = made.added
    born = f"; {counted(len(added.incidents), 'new incident')}" if added.incidents else ""
    line = (
        f"Rows: {len(added.new)} new, {len(added.known)} known already{born}. Each figure is still to be tied to words."
    )
    failed = tuple(str(one.error) for one in added.failed)
    return Told(line, made.notes, failed, _links(task.folder, added.incidents, added.new))


def _plain(line: str, task: Adding) -> str:
    """A line in terms of the page: without the folder where uploads lay, and without options of the command line."""
    told = line.replace(f"{task.hidden}/", "").replace(task.hidden, "the upload") if task.hidden else line
    before, _, advice = told.rpartition("; ")
    return f"{before}; save the page by hand and add the file" if "--allow-host" in advice else told


def _links(folder: Path, incidents: tuple[str, ...], reports: tuple[str, ...]) -> tuple[tuple[str, Links], ...]:
    from tollbook.pipeline.project_folder import open_project

    with open_project(folder) as store, store.read() as unit:
        named = {one.id: one.name for one in unit.derived().shown.all()}
    places = tuple((named.get(one, one), f"/incident/{one}") for one in incidents[:_SHOWN])
    texts = tuple((one, f"/report/{quote(one)}") for one in reports[:_SHOWN])
    return tuple(one for one in (("New incidents", places), ("New reports", texts)) if one[1])


# ---- bundles ----


def _publish(task: Publishing) -> Told:
    from tollbook.pipeline.publish import publish
    from tollbook.store import keys

    key = keys.private_of(task.key, lambda: task.passphrase, "the key") if task.key else None
    dossier = publish(task.folder, task.out, rules=task.rules, as_of=task.as_of, key=key)
    pages, reports = counted(len(dossier.pages), "incident"), counted(len(dossier.reports), "report")
    signed = f"signed by {key.name}" if key else "not signed"
    line = f"Bundle: {pages}, {reports}, {counted(dossier.masked, 'name')} masked, {signed}."
    return Told(line, links=(("Bundle", _BUNDLE),))
