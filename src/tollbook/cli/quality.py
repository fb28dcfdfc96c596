"""The command that tells how far coders agree."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.console import echo, echo_json
from tollbook.cli.options import debug_option, json_option, project_option
from tollbook.errors import UsageError
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.quality import Agreement


@click.command("agreement")
@click.option("--sample", metavar="ID", help="One sample; all whose coders are done without.")
@project_option
@json_option
@debug_option
def agreement(sample: str | None, folder: Path, as_json: bool) -> None:
    """Print how far coders agree who coded the same claims blind: Krippendorff's alpha of each field.

    Samples are drawn, coded and adjudicated in the app ('tollbook review'). Of one that is still being coded nothing is
    told.
    """
    from tollbook.pipeline.desk import Desk
    from tollbook.pipeline.desk.compared import agreements, compared

    desk = Desk(folder)
    try:
        tasks = desk.blind.tasks() if sample is None else (desk.blind.task(sample),)
        done = [one for one in tasks if not one.is_open]
        told = agreements(compared(desk.blind, done))
    except ModuleNotFoundError as error:
        raise UsageError(f"agreement needs {error.name}", advice="pip install 'tollbook[review]'") from None
    finally:
        desk.close()
    if as_json:
        for one in told:
            echo_json(asdict(one))
        return
    waiting = len(tasks) - len(done)
    echo(f"{counted(len(done), 'sample')}{f'; {waiting} still being coded' if waiting else ''}")
    for one in told:
        echo(f"{one.field:<9} {line(one)}")


def line(one: Agreement) -> str:
    """ "alpha 0.743 (0.459 to 0.952), 11 claims, 40 answers, 5 differ"."""
    counts = f"{counted(one.units, 'claim')}, {counted(one.answers, 'answer')}, {one.differ} differ"
    if one.alpha is None:
        return f"alpha {one.why}; {counts}"
    between = one.why if one.low is None or one.high is None else f"{one.low:.3f} to {one.high:.3f}"
    return f"alpha {one.alpha:.3f} ({between}), {counts}"


COMMANDS = (agreement,)
