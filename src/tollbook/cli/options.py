"""Options that several commands share, and the types that turn words into values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from tollbook.reports import InputOptions

Command = TypeVar("Command", bound=Callable[..., Any])

_UNITS = {"": 1, "b": 1, "k": 1000, "m": 1000**2, "g": 1000**3, "kib": 1024, "mib": 1024**2, "gib": 1024**3}


class Day(click.ParamType[dt.date]):
    """A calendar day, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is no day; write it as 2024-05-31", param, ctx)


class Size(click.ParamType[int]):
    """A size in bytes, or with a unit: 80m, 2GiB."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([a-z]*)", value.strip().lower())
        unit = found and _UNITS.get(found[2], _UNITS.get(found[2].removesuffix("b")))
        if not found or not unit:
            self.fail(f"'{value}' is no size; write it as 50m or 2g", param, ctx)
        return int(float(found[1]) * unit)


def debug_option(command: Command) -> Command:
    """`--debug` after the command too; `tollbook.cli.call` looks for it."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show the trace of an error.")(command)


def json_option(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line, for a program.")(
        command
    )


def rules_option(command: Command) -> Command:
    """`--rules NAME`, as often as wanted; the order stands."""
    says = (
        "Rule set by which figures are worked out: a name ('tollbook rules' lists them), your file (./mine.toml) or "
        "Python function (module:function); may be given more than once.  [default: range]"
    )
    return click.option("--rules", "rules", metavar="NAME", multiple=True, help=says)(command)


def as_of_option(command: Command) -> Command:
    """`--as-of DATE`: the record as it was on that day."""
    says = "What was known on that day (YYYY-MM-DD): reports published later are left out."
    return click.option("--as-of", type=Day(), metavar="DATE", help=says)(command)


def jobs_option(command: Command) -> Command:
    says = "Processes that read reports; by default one for a few reports, else one a processor."
    return click.option("--jobs", type=click.IntRange(min=1), metavar="N", help=says)(command)


def input_options(command: Command) -> Command:
    """Bounds on what is read: `--max-size`, `--allow-host`."""
    size = "Refuse an input larger than this (50m, 2g).  [default: 50m]"
    host = "A host that may be fetched though its address is not a public one; may be given more than once."
    command = click.option("--allow-host", "allow_hosts", metavar="NAME", multiple=True, help=host)(command)
    return click.option("--max-size", type=Size(), metavar="SIZE", help=size)(command)


def input_limits(max_size: int | None, allow_hosts: tuple[str, ...]) -> InputOptions:
    """The settings of reading that `input_options` gave."""
    from tollbook.reports import InputOptions

    hosts = frozenset(allow_hosts)
    return InputOptions(allow_hosts=hosts) if max_size is None else InputOptions(max_size, hosts)


def overlay_options(command: Command) -> Command:
    """A user's own files: `--sources`, `--places`."""
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    sources = "Names, kinds and parents of outlets and offices, over those that come with tollbook."
    command = click.option("--places", type=file, metavar="FILE", help="Places, over the gazetteer.")(command)
    return click.option("--sources", type=file, metavar="FILE", help=sources)(command)


def project_option(command: Command) -> Command:
    """`--project DIR`: which project; without it `$TOLLBOOK_PROJECT`, else the folder one stands in."""
    return click.option(
        "--project", "folder", envvar="TOLLBOOK_PROJECT", default=".", metavar="DIR", type=click.Path(path_type=Path),
        help="The project's folder.  [default: $TOLLBOOK_PROJECT or the current folder]",
    )(command)  # fmt: skip


def store_option(command: Command) -> Command:
    """`--store ADDRESS`: where a new project's record is kept."""
    says = "A PostgreSQL schema for the record: postgresql://HOST/DB?schema=NAME."
    return click.option("--store", metavar="ADDRESS", help=says)(command)


def name_option(command: Command) -> Command:
    """`--name NAME`: who does this, for the log."""
    says = "Who does this, for the project's log.  [default: $TOLLBOOK_NAME or the login name]"
    return click.option("--name", envvar="TOLLBOOK_NAME", metavar="NAME", help=says)(command)
