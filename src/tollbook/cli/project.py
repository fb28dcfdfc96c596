"""Commands over a project folder: init, add, show, explain, rule."""

from __future__ import annotations

import datetime as dt
import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.console import Screen, Watcher, echo, echo_json, show_error, show_notes
from tollbook.cli.options import (
    as_of_option,
    debug_option,
    input_limits,
    input_options,
    jobs_option,
    json_option,
    name_option,
    project_option,
    rules_option,
    store_option,
)
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.store import Stamp


def stamp(name: str | None) -> Stamp:
    """Who does this, and the time now in UTC; the only clock of the project commands."""
    from tollbook.store import Stamp

    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Stamp(name or login_name(), now)


def login_name() -> str:
    """The login name; where the system knows none (a bare container) the user's number."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return f"user {os.getuid()}"


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@store_option
@name_option
@debug_option
def init(folder: Path, store: str | None, name: str | None) -> None:
    """Make an empty project: one SQLite file and a folder for the evidence.

    A team keeps the record in PostgreSQL by --store, and shares the folder. The password is taken from PGPASSWORD or
    ~/.pgpass, and is written nowhere.
    """
    from tollbook.pipeline import project_folder

    project_folder.init(folder, stamp(name), store)
    echo(f"{folder}: an empty project; add reports with: tollbook add INPUT... --project {folder}")


@click.command("add")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@project_option
@name_option
@jobs_option
@input_options
@json_option
@debug_option
@click.pass_context
def add(
    ctx: click.Context,
    inputs: tuple[str, ...],
    folder: Path,
    name: str | None,
    jobs: int | None,
    max_size: int | None,
    allow_hosts: tuple[str, ...],
    as_json: bool,
) -> None:
    """Read reports into a project.

    INPUT is a file, a folder, a URL or - for standard input. Adding the same again changes nothing, and no order of
    adding changes a figure. The exit status is 1 where an input failed; the others are kept.
    """
    from tollbook.pipeline import adding

    limits = input_limits(max_size, allow_hosts)
    with Watcher() as watcher:
        reader = adding.reader_of(folder, jobs=jobs, progress=watcher)
        added = adding.add(folder, inputs, stamp(name), options=limits, reader=reader, progress=watcher)
    show_notes(added.notes, "a dossier lists them with their reports")
    for failure in added.failed:
        show_error(failure.error)
    if as_json:
        kinds = ("new", "changed", "known", "reread", "incidents")
        failed = [{"input": one.input, "error": str(one.error)} for one in added.failed]
        echo_json({**{kind: list(getattr(added, kind)) for kind in kinds}, "failed": failed})
    else:
        told = [
            (added.new, "new"),
            (added.changed, "changed"),
            (added.known, "known already"),
            (added.reread, "read again"),
        ]
        parts = [f"{len(ids)} {what}" for ids, what in told if ids]
        told_of = f"; {counted(len(added.incidents), 'new incident')}" if parts else ""
        echo(f"{folder}: {', '.join(parts) or 'nothing added'}{told_of}")
    ctx.exit(1 if added.failed or added.textless else 0)


@click.command("show")
@click.argument("incident", required=False)
@project_option
@rules_option
@as_of_option
@json_option
@debug_option
def show(incident: str | None, folder: Path, rules: tuple[str, ...], as_of: dt.date | None, as_json: bool) -> None:
    """Print the figure matrix, who says what, of one incident or of all.

    INCIDENT is an id, enough of its beginning, or enough of the incident's name. Names of private persons are masked,
    as in a dossier.
    """
    from tollbook.cli.tables import incident_json, print_dossier, print_record
    from tollbook.pipeline import asked
    from tollbook.pipeline.analyse import source_book
    from tollbook.pipeline.project_folder import overlays_of
    from tollbook.pipeline.project_folder import record as whole_record

    sets = rules or ("range",)
    if incident and as_json:
        echo_json(incident_json(*asked.incident(folder, incident, rules=sets, as_of=as_of)))
        return
    if incident:
        print_dossier(asked.dossier(folder, incident, rules=sets, as_of=as_of, quoted=False), Screen())
        return
    record = whole_record(folder, rules=sets, as_of=as_of)
    if as_json:
        for one in record.incidents:
            echo_json(incident_json(record, one))
    elif record.incidents:
        print_record(record, {one.id for one in record.incidents}, Screen(), source_book(overlays_of(folder)))
    else:
        by_then = f" published by {as_of}" if as_of else ""
        echo(f"{folder}: {counted(len(record.reports), 'report')}{by_then} and no incident")


@click.command("explain")
@click.argument("target")
@project_option
@rules_option
@as_of_option
@json_option
@debug_option
def explain(target: str, folder: Path, rules: tuple[str, ...], as_of: dt.date | None, as_json: bool) -> None:
    """Print how a figure came about, or why the reports of an incident are taken together.

    TARGET is a figure, [INCIDENT/]MEASURE[/GROUP[/UNIT]] such as killed/children, the id of a claim, or an incident's
    id or name. Names stand as the reports have them: mask them before you pass it on.
    """
    from tollbook.cli import explain as shown
    from tollbook.model import Incident
    from tollbook.pipeline import asked, figures
    from tollbook.pipeline.membership import members_of

    record, found = asked.target(folder, target, rules=rules or ("range",), as_of=as_of)
    if not as_json:
        shown.tell_day(as_of)
    if isinstance(found, Incident):
        shown.tell_membership(members_of(record, found), as_json)
    else:
        shown.tell_figure(figures.explain(record, found), as_json)


@click.command("rule")
@click.argument("target")
@click.argument("action")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is kept and shown.")
@project_option
@name_option
@json_option
@debug_option
def rule(
    target: str, action: str, values: tuple[str, ...], why: str, folder: Path, name: str | None, as_json: bool
) -> None:
    """Decide about a claim or an incident: accept, reject, correct, link and others.

    TARGET is the id of a claim or incident, or enough of its beginning; "#12" is ruling 12, to withdraw it. Figures are
    computed anew from claims and rulings each time; a ruling is never edited or deleted.
    """
    from tollbook.cli.rulings import about
    from tollbook.pipeline.ruling import rule as decide
    from tollbook.pipeline.withholding import still_shown
    from tollbook.rulings import parse_values

    made = decide(folder, target, action, parse_values(values), why, stamp(name))
    if as_json:
        echo_json(
            {"ruling": made.seq, "action": made.action, "claim": made.claim, "values": made.values, "who": made.who}
        )
    else:
        echo(f"ruling #{made.seq} by {made.who}: {about(made)}")
    if made.action == "withhold":
        show_notes(still_shown(folder, made), "withhold them too")


COMMANDS = (init, add, show, explain, rule)
