"""Commands that carry a whole project away and take it in again: backup and restore, import; `export --all` too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.console import echo
from tollbook.cli.options import debug_option, project_option, store_option
from tollbook.text import counted

if TYPE_CHECKING:
    from tollbook.pipeline.carrying import Load

_PRIVATE = "private: names stand unmasked in it, and the project's secrets; 'tollbook publish' makes what can be shown"


@click.command("backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@project_option
@debug_option
def backup(file: Path, folder: Path) -> None:
    """Write the whole project, as it is, into one new zip; others may go on writing meanwhile.

    It is private: it holds names unmasked, all evidence and the project's secrets. 'tollbook restore' makes a project
    of it again, with the same log to the byte.
    """
    from tollbook.pipeline import carrying

    _tell_out(file, carrying.backup(folder, file))


def export_whole(folder: Path, out: Path) -> None:
    """What `tollbook export --all DIR` does."""
    from tollbook.pipeline import carrying

    _tell_out(out, carrying.export(folder, out))


@click.command("restore")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEWPROJECT", type=click.Path(path_type=Path))
@store_option
@debug_option
def restore(file: Path, new: Path, store: str | None) -> None:
    """Make a new project of a zip that 'tollbook backup' wrote.

    Everything is checked first, as 'tollbook verify' does; what doesn't match is named, and nothing is written.
    """
    from tollbook.pipeline import carrying

    _tell_in(new, carrying.restore(file, new, store))


@click.command("import")
@click.argument("source", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEWPROJECT", type=click.Path(path_type=Path))
@store_option
@debug_option
def take(source: Path, new: Path, store: str | None) -> None:
    """Make a new project of a folder that 'tollbook export --all' wrote.

    Everything is checked first, as 'tollbook verify' does; what doesn't match is named, and nothing is written.
    """
    from tollbook.pipeline import carrying

    _tell_in(new, carrying.take(source, new, store))


def _tell_out(out: Path, load: Load) -> None:
    echo(f"{out}: the whole project, {_counted(load)}")
    echo(_PRIVATE)


def _tell_in(new: Path, load: Load) -> None:
    echo(f"{new}: a project with {_counted(load)}")


def _counted(load: Load) -> str:
    return f"{counted(load.events, 'event')} and {counted(load.evidence, 'file')} of evidence; last hash {load.hash}"


COMMANDS = (backup, restore, take)
