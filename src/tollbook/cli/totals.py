"""`tollbook total`: sums over the incidents of a project, minima and maxima apart, by grade, year, country or place.

Input: a project and what to sum by; output: a table of sums with what they rest on, and below it what they leave out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tollbook.cli.console import Screen, echo, echo_json, printable
from tollbook.cli.options import as_of_option, debug_option, json_option, project_option, rules_option
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.model import Total

_BY = "What to sum by: grade, year, country, place or kind; may be given more than once."


@click.command("total")
@click.option("--by", "by", metavar="WHAT", multiple=True, help=_BY)
@click.option("--measure", "measures", metavar="NAME", multiple=True, help="Only this measure (killed, injured ...).")
@click.option("--group", "groups", metavar="NAME", multiple=True, help="Only this group (all, civilians, women ...).")
@project_option
@rules_option
@as_of_option
@json_option
@debug_option
def total(
    by: tuple[str, ...],
    measures: tuple[str, ...],
    groups: tuple[str, ...],
    folder: Path,
    rules: tuple[str, ...],
    as_of: dt.date | None,
    as_json: bool,
) -> None:
    """Sum the figures of all incidents, minima and maxima apart.

    An incident without a figure adds nothing and is counted apart: unknown is not zero. A figure without an upper end
    leaves the sum without one. Groups and measures are never added up, and an incident that lies within another is not
    added onto it.
    """
    from tollbook.pipeline import project

    found = project.totals(folder, by, measures=measures, groups=groups, rules=rules or ("range",), as_of=as_of)
    if as_json:
        for one in found:
            echo_json(as_row(one))
    elif found:
        _print(found)
    else:
        echo(f"{folder}: no figure to sum")


def as_row(one: Total) -> dict[str, Any]:
    """A sum as a row of JSON: the ends, how many incidents, and which."""
    return {
        "rules": one.rules,
        **one.by,
        "measure": one.measure,
        "group": one.group,
        "unit": one.unit,
        "low": one.low,
        "best": one.best,
        "high": one.high,
        "incidents": list(one.incidents),
        "unknown": list(one.unknown),
        "open": list(one.open),
        "within": list(one.within),
        "elsewhere": list(one.elsewhere),
    }


def _print(found: Sequence[Total]) -> None:
    from tollbook.cli.tabular import Table
    from tollbook.dossiers.figures import interval, label, number

    names = ["", *found[0].by, "rules", "min–max", "best", "incidents", "without a figure"]
    rows = []
    for one in found:
        best = "" if one.best is None else number(one.best)
        figure = label(one.measure, one.group, one.unit)
        said = (figure, *one.by.values(), one.rules, interval(one.low, one.high), best)
        rows.append([*map(printable, said), str(len(one.incidents)), str(len(one.unknown))])
    right = frozenset(names.index(name) for name in ("min–max", "best", "incidents"))
    Screen().table(Table(names, rows, right, rule=False))
    for line in notes(found):
        echo(line)


def notes(found: Sequence[Total]) -> list[str]:
    """What a reader must know of the sums: open ends, incidents within others, incidents without a figure."""
    ends = {one for each in found for one in each.open}
    within = {one for each in found for one in each.within}
    elsewhere = {one for each in found for one in each.elsewhere}
    lines = []
    if any(each.unknown for each in found):
        lines.append("Incidents without a figure add nothing: unknown is not zero.")
    if ends:
        lines.append(f"A sum has no upper end (≥) where an incident has none: {counted(len(ends), 'incident')}.")
    if within:
        lines.append(f"Of {counted(len(within), 'incident')} within another the larger of both counts, not the sum.")
    if elsewhere:
        lines.append(f"Rows overlap in {counted(len(elsewhere), 'incident')} that lie in one of another row.")
    return lines


COMMANDS = (total,)
