"""`tollbook completion SHELL`: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "fish", "zsh")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    In the start-up file of bash or zsh: eval "$(tollbook completion bash)"; of fish: tollbook completion fish | source
    """
    from tollbook.cli import cli

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(cli, {}, "tollbook", "_TOLLBOOK_COMPLETE").source())


COMMANDS = (completion,)
