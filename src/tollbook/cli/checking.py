"""`tollbook check`: an existing sheet held against the sources that it cites."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.console import Watcher, echo, echo_json, show_error, show_notes
from tollbook.cli.options import debug_option, input_limits, input_options, jobs_option, json_option
from tollbook.errors import InputError
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.audit.columns import Layout

# More lines on sources would push the result off the screen.
_UNREAD = 20


@click.command("check")
@click.argument("sheet", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to write.")
@click.option("--sheet", "worksheet", metavar="NAME", help="Worksheet of a workbook that has several.")
@click.option("--columns", type=click.Path(path_type=Path), metavar="FILE", help="Which column is what, as TOML.")
@click.option(
    "--sources", type=click.Path(path_type=Path), metavar="DIR",
    help="Folder of the cited files, or JSONL file of the reports.  [default: the sheet's folder]",
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
    worksheet: str | None,
    columns: Path | None,
    sources: Path | None,
    jobs: int | None,
    max_size: int | None,
    allow_hosts: tuple[str, ...],
    as_json: bool,
) -> None:
    """Hold the figures of a sheet against the sources that it cites.

    SHEET is a CSV, XLSX, ODS or Parquet file; a source is a path, an id or an address. Columns are guessed by their
    headings and shown, or told by --columns. The exit status is 1 where a figure isn't supported by its source.
    """
    from tollbook.pipeline import checking

    with Watcher() as watcher:
        done = checking.check(
            sheet, out, worksheet=worksheet, columns=columns, sources=sources, jobs=jobs, progress=watcher, shown=_show,
            options=input_limits(max_size, allow_hosts),
        )  # fmt: skip
    show_notes([f"{sheet.name}: {note}" for note in done.notes], "")
    for why in islice(done.unread.values(), _UNREAD):
        show_error(InputError(why))
    if len(done.unread) > _UNREAD:
        show_error(InputError(f"and {counted(len(done.unread) - _UNREAD, 'source')} more that can't be read"))
    if as_json:
        echo_json(
            {
                "out": str(out),
                "files": list(done.files),
                "rows": done.rows,
                "verdicts": done.counts,
                "unread": done.unread,
                "notes": list(done.notes),
            }
        )
    else:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in done.counts.items())
        echo(f"{counted(done.rows, 'row')}: {kinds or 'no figure'}")
        echo(" ".join(str(out / name) for name in done.files))
    ctx.exit(1 if done.faults else 0)


def _show(layout: Layout) -> None:
    """Which columns are taken for what, on standard error, before anything is read."""
    click.echo(f"sources: {', '.join(layout.sources)}", err=True)
    for figure in layout.figures:
        click.echo(f"figure: {figure.told}", err=True)


COMMANDS = (check,)
