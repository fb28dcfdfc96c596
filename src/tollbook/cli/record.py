"""Commands that need no project: `run` over any inputs, and `demo` on the sample."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.console import Watcher, echo, echo_json, show_error, show_notes
from tollbook.cli.options import (
    as_of_option,
    debug_option,
    input_limits,
    input_options,
    jobs_option,
    json_option,
    overlay_options,
    rules_option,
)
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.pipeline.run import Summary


@click.command("run")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR", help="Folder to write.")
@rules_option
@as_of_option
@click.option("--annotations", is_flag=True, help="Write statements.jsonl and annotations.jsonl too.")
@click.option("--parquet", is_flag=True, help="Write the same columns as Parquet too (needs the extra 'parquet').")
@click.option("--strict", is_flag=True, help="Stop at the first input that fails.")
@jobs_option
@input_options
@overlay_options
@json_option
@debug_option
@click.pass_context
def run(
    ctx: click.Context,
    inputs: tuple[str, ...],
    out: Path,
    rules: tuple[str, ...],
    as_of: dt.date | None,
    annotations: bool,
    parquet: bool,
    strict: bool,
    jobs: int | None,
    max_size: int | None,
    allow_hosts: tuple[str, ...],
    sources: Path | None,
    places: Path | None,
    as_json: bool,
) -> None:
    """Read reports and write their record into a folder.

    INPUT is a file (text, HTML, PDF, JSONL), a folder, a URL or - for standard input. Nothing but the folder is left
    behind; an earlier run there is replaced. The exit status is 1 where an input failed or holds no text; the others
    are in the record.
    """
    from tollbook.pipeline.analyse import Overlays
    from tollbook.pipeline.run import RunOptions
    from tollbook.pipeline.run import run as run_inputs

    limits, overlays = input_limits(max_size, allow_hosts), Overlays(sources, places)
    options = RunOptions(rules or ("range",), as_of, annotations, parquet, strict, jobs, overlays, limits)
    with Watcher() as watcher:
        summary = run_inputs(inputs, out, options, watcher)
    _tell(summary, as_json)
    ctx.exit(1 if summary.failed or summary.textless else 0)


def _tell(summary: Summary, as_json: bool) -> None:
    """Notes and failures on standard error, one line each; what was written on standard output."""
    show_notes(summary.notes, f"see {summary.out / 'reports.jsonl'} and {summary.out / 'run.json'}")
    for failure in summary.failed:
        show_error(failure.error)
    if as_json:
        failed = [{"input": one.input, "error": str(one.error)} for one in summary.failed]
        echo_json({"out": str(summary.out), "counts": summary.counts, "failed": failed})
        return
    parts = [counted(summary.counts[f"{noun}s"], noun) for noun in ("report", "claim", "incident", "finding")]
    failed_too = f"; {len(summary.failed)} of the inputs failed" if summary.failed else ""
    echo(f"{summary.out}: {', '.join(parts)}{failed_too}")


@click.command("demo")
@click.option("--out", type=click.Path(path_type=Path), default="demo-out", show_default=True, metavar="DIR")
@debug_option
def demo(out: Path) -> None:
    """Build the record of an invented incident, print its figures and write its dossier.

    The sample comes with the package: reports in four formats, by outlets and of a place that don't exist.
    """
    from tollbook.cli.console import Screen
    from tollbook.cli.tables import print_dossier
    from tollbook.pipeline.demo import RECORD
    from tollbook.pipeline.demo import demo as make

    with Watcher() as watcher:
        made = make(out, watcher)
    print_dossier(made.dossier, Screen())
    echo(f"record:  {out / RECORD}")
    echo(f"dossier: {made.index.resolve().as_uri()}")


COMMANDS = (run, demo)
