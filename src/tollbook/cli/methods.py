"""`tollbook rules`: which rule sets there are, and what one of them does, with its source and clauses.

Input: nothing, or what `--rules` takes; output: a list, or the text of one rule set. Of what installed packages offer
the names are listed; their code runs only where one is asked for.
"""

from __future__ import annotations

from pathlib import Path

import click

from tollbook.cli.console import echo, echo_json
from tollbook.cli.options import debug_option, json_option, project_option


@click.command("rules")
@click.argument("name", required=False)
@project_option
@json_option
@debug_option
def rules(name: str | None, folder: Path, as_json: bool) -> None:
    """List the rule sets, or print what one does, its source and its clauses.

    NAME is what --rules takes: a name, your own file (./mine.toml) or Python function (module:function). A project's
    own lie in its folder as rules/NAME.toml.
    """
    from tollbook.findings import RULES
    from tollbook.pipeline.methods import from_file, methods, offered, own

    if name:
        sets = list(methods([name], folder))
    else:
        sets = [*RULES.values(), *(from_file(path) for path in own(folder).values())]
    for one in sets:
        told = {"rules": one.id, "about": one.about, "source": one.source, "sha256": one.sha256}
        if as_json:
            echo_json({**told, "text": one.told} if name else told)
        elif name:
            where = f"\n{one.source}, SHA-256 {one.sha256}" if one.source else ""
            echo(f"{one.id}: {one.about}{where}\n\n{one.told.strip()}")
        else:
            echo(f"{one.id:<16} {one.about}{f' ({one.source})' if one.source else ''}")
    if not name and not as_json:
        for package in offered().values():
            echo(f"{package.name:<16} offered by {package.value}")


COMMANDS = (rules,)
