"""`tollbook check`: an existing sheet held against the sources that it cites."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.console import Watcher, echo, echo_json, show_error
from tollbook.cli.options import debug_option, input_limits, input_options, jobs_option, json_option
from tollbook.errors import InputError
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.audit.columns import Layout


@click.command("check")
@click.argument("sheet", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to write.")
@click.option("--columns", type=click.Path(path_type=Path), metavar="FILE", help="Which column is what, as TOML.")
@click.option(
    "--sources", type=click.Path(path_type=Path), metavar="DIR",
    help="Folder from which cited paths count.  [default: the sheet's]",
)  # fmt: skip
@jobs_option
@input_options
@json_option
@debug_option
@click.pass_context
def check(
    ctx: click.Context,
    sheet: Path,
    out: Path,
    columns: Path | None,
    sources: Path | None,
    jobs: int | None,
    max_size: int | None,
    allow_hosts: tuple[str, ...],
    as_json: bool,
) -> None:
    """Hold the figures of a sheet against the sources that it cites.

    SHEET is a CSV file; a source is a path or an address. Columns are guessed by their headings and shown, or told by
    --columns. The exit status is 1 where a figure isn't supported by its source.
    """
    from tollbook.pipeline import checking

    with Watcher() as watcher:
        done = checking.check(
            sheet, out, columns=columns, sources=sources, options=input_limits(max_size, allow_hosts), jobs=jobs,
            progress=watcher, shown=_show,
        )  # fmt: skip
    for why in done.unread.values():
        show_error(InputError(why))
    if as_json:
        echo_json({"out": str(out), "rows": done.rows, "verdicts": done.counts, "unread": done.unread})
    else:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in done.counts.items())
        echo(f"{out / 'sheet.csv'}: {counted(done.rows, 'row')}: {kinds or 'no figure'}")
    ctx.exit(1 if done.faults else 0)


def _show(layout: Layout) -> None:
    """Which columns are taken for what, on standard error, before anything is read."""
    click.echo(f"sources: {', '.join(layout.sources)}", err=True)
    for figure in layout.figures:
        click.echo(f"figure: {figure.told}", err=True)


COMMANDS = (check,)
