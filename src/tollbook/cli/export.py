"""Two commands under one name: a project in formats of the field, masked, and the whole project to carry away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from tollbook.cli.carry import export_whole
from tollbook.cli.console import echo, show_notes
from tollbook.cli.options import as_of_option, debug_option, project_option, rules_option
from tollbook.errors import UsageError
from tollbook.text import counted

_FORMATS = "every format, masked: tollbook export all --out DIR"
_WHOLE = "the whole project, unmasked: tollbook export --all DIR"


@click.command("export")
@click.argument("name", metavar="[FORMAT]", required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="File or folder to write a FORMAT to.")
@click.option(
    "--all", "whole", type=click.Path(path_type=Path), metavar="DIR",
    help="No format: carry the whole project, private as it is, into the new folder DIR, for 'tollbook import'.",
)  # fmt: skip
@project_option
@rules_option
@as_of_option
@debug_option
def export(
    name: str | None, out: Path | None, whole: Path | None, folder: Path, rules: tuple[str, ...], as_of: dt.date | None
) -> None:
    """Write a project as one file in a format of the field, or in all formats; names are masked as in a dossier.

    FORMAT is acled, airwars, followthemoney, geojson, hxl, json-ld or ucdp-ged; or claims-csv, claims-jsonl,
    findings-csv, reports-csv or totals-csv; or claims-parquet, findings-parquet or reports-parquet, which need the
    extra 'parquet'; or all, for which FILE is a folder. The tables of a house (acled, airwars, ucdp-ged) hold figures
    by its own rule set; --rules adds others to the formats that hold several.

    With --all in place of FORMAT nothing is masked: it is the project itself, to keep or to move.
    """
    if whole is not None:
        if name or out or rules or as_of or str(whole).startswith("-"):
            raise UsageError(
                "--all is followed by the folder to write and goes with no FORMAT, --out, --rules or --as-of",
                advice=f"for {_FORMATS}; for {_WHOLE}",
            )
        return export_whole(folder, whole)
    if name is None or out is None:
        raise UsageError(
            "no FORMAT is named" if name is None else "missing option '--out'", advice=f"for {_FORMATS}; for {_WHOLE}"
        )
    return _export_format(name, out, folder, rules, as_of)


def _export_format(name: str, out: Path, folder: Path, rules: tuple[str, ...], as_of: dt.date | None) -> None:
    from tollbook.pipeline.publish import export as write
    from tollbook.pipeline.publish import export_all

    if name == "all":
        dossier, lacking = export_all(folder, out, rules=rules, as_of=as_of)
        show_notes(
            [f"{file}: left out, as Parquet needs pyarrow" for file in lacking], "pip install 'tollbook[parquet]'"
        )
    else:
        dossier, _ = write(folder, name, out, rules=rules, as_of=as_of)
    pages, masked = counted(len(dossier.pages), "incident"), counted(dossier.masked, "name")
    echo(f"{out}: {pages} by {', '.join(dossier.rules)}, {masked} masked")


COMMANDS = (export,)
