"""The command that brings a spreadsheet's rows into a project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.console import echo, echo_json, show_notes
from tollbook.cli.options import debug_option, json_option, name_option, project_option
from tollbook.cli.project import stamp
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.pipeline.importing.preview import Preview


@click.command("import-sheet")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--column", "columns", multiple=True, metavar="HEADING=FIELD", help="What a column holds; repeatable.")
@click.option("--sheet", "worksheet", metavar="NAME", help="The worksheet of a workbook that has several.")
@click.option(
    "--dates", "order", type=click.Choice(("day-first", "month-first")), help="Which comes first in 03/04/2031."
)
@click.option("--said-by", metavar="NAME", help="Who compiled the sheet; by default its file name.")
@click.option("--published", metavar="DATE", help="The day on which the sheet was made known, YYYY-MM-DD.")
@click.option("--yes", is_flag=True, help="Bring the rows in; without it they are only shown.")
@project_option
@name_option
@json_option
@debug_option
def import_sheet(
    file: Path,
    columns: tuple[str, ...],
    worksheet: str | None,
    order: str | None,
    said_by: str | None,
    published: str | None,
    yes: bool,
    folder: Path,
    name: str | None,
    as_json: bool,
) -> None:
    """Bring the rows of a spreadsheet in as incidents and figures, still to be tied to words of reports.

    FILE is CSV, TSV, XLSX, ODS or Parquet with a row of headings. Its columns are taken for what their headings say,
    and shown with the first rows; nothing is written without --yes. FIELD is date, date_end, place, country, lat, lon,
    name, source, skip, or MEASURE[/GROUP], with low or high behind it where a column gives one end of it.
    """
    from tollbook.pipeline.importing.bringing import import_sheet as bring
    from tollbook.pipeline.importing.layout import parsed
    from tollbook.pipeline.importing.preview import preview, refused

    fields = parsed(columns)
    if not yes:
        found = preview(file, worksheet=worksheet, fields=fields, order=order)  # type: ignore[arg-type]
        for line in _preview(found):
            echo(line)
        wrong = refused(found)
        if wrong is not None:
            raise wrong
        show_notes(found.notes, "look at the sheet")
        echo("nothing is brought in yet; add --yes, or correct with --column HEADING=FIELD")
        return
    made = bring(
        folder,
        file,
        stamp(name),
        worksheet=worksheet,
        fields=fields,
        order=order,  # type: ignore[arg-type]
        said_by=said_by,
        published=published,
    )
    show_notes(made.notes, "look at the sheet")
    added = made.added
    if as_json:
        echo_json({"new": added.new, "known": added.known, "incidents": added.incidents, "failed": len(added.failed)})
        return
    told = f"{counted(len(added.new), 'row')} new, {len(added.known)} already there"
    echo(f"{folder}: {told}; {counted(made.sheet.figures, 'figure')}, {counted(len(added.incidents), 'new incident')}")
    echo("each figure is open until it is tied to words of a report: tollbook rule CLAIM tie claim=ID --why …")


def _preview(found: Preview) -> Iterator[str]:
    width = max(len(heading) for heading in found.headings)
    for heading, field in found.fields.items():
        yield f"{heading:{width}}  {field}"
    yield f"{counted(found.rows, 'row')} with {counted(found.figures, 'figure')}"
    for row in found.sample:
        yield f"row {row.number}"
        yield from (f"  {line.text}" for line in row.lines)


COMMANDS = (import_sheet,)
