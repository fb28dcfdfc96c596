"""Commands over what people decided: reveal."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from tollbook.cli.console import echo_json
from tollbook.cli.options import debug_option, project_option


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


COMMANDS = (reveal,)
