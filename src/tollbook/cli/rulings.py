"""Commands over what people decided: history, rulings, reveal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tollbook.cli.console import echo, echo_json
from tollbook.cli.options import debug_option, json_option, project_option
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.model import Ruling
    from tollbook.pipeline.history import History, Step
    from tollbook.rulings import Fate


@click.command("history")
@click.argument("target", metavar="CLAIM|INCIDENT")
@project_option
@json_option
@debug_option
def history(target: str, folder: Path, as_json: bool) -> None:
    """Print what every field of a claim or an incident was, since when, by whom and why.

    A claim's field is first as the reader read it, then as each ruling made it, withdrawals too. Names stand as the
    reports have them: mask them before you pass it on.
    """
    from tollbook.pipeline.histories import history as told

    found = told(folder, target)
    if as_json:
        echo_json(asdict(found))
        return
    for line in _lines(found):
        echo(line)


def _lines(found: History) -> Iterator[str]:
    yield f"{found.kind} {found.id}: {found.title}"
    for read in found.readings:
        what = f"read by {read.reader}: {counted(read.claims, 'claim')} in the report"
        yield f"  event {read.number}, {read.when}, {read.who}: {what}"
    for field, steps in found.fields.items():
        yield f"{field}: {steps[-1].after}"
        # A field that nobody touched and that nothing changed says no more than that it was read so.
        yield from (f"  {_told(step)}" for step in steps if len(steps) > 1 or step.state or found.kind == "incident")


def _told(step: Step) -> str:
    change = step.after if step.before is None else f"{step.before} → {step.after}"
    why = f": {step.why}" if step.why else ""
    state = f" [{step.state}]" if step.state and step.state != "counts" else ""
    return f"#{step.number} {step.when} {step.who}, {step.what}: {change}{why}{state}"


@click.command("rulings")
@project_option
@json_option
@debug_option
def rulings(folder: Path, as_json: bool) -> None:
    """Print every ruling of a project in order: who, when, what, why, and whether it counts."""
    from tollbook.pipeline.project_folder import open_project
    from tollbook.rulings import fates

    with open_project(folder) as store, store.read() as unit:
        found = fates(unit.rulings())
    for one in found:
        if as_json:
            echo_json(row(one))
        else:
            made = one.ruling
            state = "" if one.withdrawn is None else f" [{one.state}]"
            echo(f"#{made.seq} {made.when} {made.who}: {about(made)}: {made.why}{state}")
    if not found and not as_json:
        echo(f"{folder}: no rulings")


def about(made: Ruling) -> str:
    """What a ruling says and of what: "correct 41f09c3a… value=68"."""
    place = ""
    if made.span is not None and made.claim is None:
        place = f"{made.span.part + ' ' if made.span.part == 'title' else ''}{made.span.start}:{made.span.end}"
    told = {"report", "name"} if made.action == "withhold" else made.values.keys()
    values = [f"{key}={'' if value is None else value}" for key, value in made.values.items() if key in told]
    return " ".join(filter(None, [made.action, made.claim, *values, place]))


def row(one: Fate) -> dict[str, Any]:
    """A ruling for a program, with the number of the one that took it back."""
    made = one.ruling
    return {
        "ruling": made.seq,
        "when": made.when,
        "who": made.who,
        "action": made.action,
        "claim": made.claim,
        "said": made.said,
        "values": made.values,
        "why": made.why,
        "counts": one.withdrawn is None,
        "withdrawn_by": None if one.withdrawn is None else one.withdrawn.seq,
    }


@click.command("reveal")
@click.argument("number", type=int, metavar="N")
@project_option
@debug_option
def reveal(number: int, folder: Path) -> None:
    """Print what ruling N withholds, with its salt, so that it alone can be shown and checked.

    Who gets this line and a bundle can check that the bundle's commitment for [withheld N] is to this and nothing else.
    Nothing else that is withheld can be opened with it.
    """
    from tollbook.pipeline.publish import reveal as open_one

    made = asdict(open_one(folder, number))
    echo_json({"withheld": made.pop("number"), **made})


COMMANDS = (history, rulings, reveal)
