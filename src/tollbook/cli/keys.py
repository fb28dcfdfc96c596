"""Commands over keys: `key new`, `key show`, and `checkpoint`, which signs how a project's log stands."""

from __future__ import annotations

from pathlib import Path

import click

from tollbook.cli.console import echo, echo_json
from tollbook.cli.options import debug_option, json_option, name_option, project_option
from tollbook.errors import UsageError

PASSPHRASE = "TOLLBOOK_PASSPHRASE"


@click.group("key")
@debug_option
def key() -> None:
    """Make the keys that sign checkpoints, or show them."""


@key.command("new")
@click.argument("name")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="FILE", help="File for the private half."
)
@click.option("--passphrase", is_flag=True, help=f"Ask for a passphrase; ${PASSPHRASE} holds one without being asked.")
@debug_option
def new(name: str, out: Path, passphrase: bool) -> None:
    """Make an Ed25519 key called NAME: the private half for its owner alone, the public one beside it.

    No file is ever overwritten. Give the public half, which is printed, to whoever shall check what you sign.
    """
    from tollbook.store import keys

    made = keys.new_key(name)
    keys.write_key(out, made, _chosen() if passphrase or _from_environment() else "")
    echo(str(made.public))
    click.echo(f"tollbook: {out} is the private half, keep it secret; {keys.public_path(out)} the public one", err=True)


@key.command("show")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@debug_option
def show(file: Path, as_json: bool) -> None:
    """Print the public half of the key in FILE, be that the private or the public one."""
    from tollbook.store import keys

    public = keys.public_of(file, passphrase)
    if as_json:
        echo_json({"name": public.name, "id": public.id.hex(), "key": str(public)})
    else:
        echo(str(public))


@click.command("checkpoint")
@click.option(
    "--key", "key_file", required=True, type=click.Path(path_type=Path), metavar="FILE",
    help="The private half of the key that signs.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file too, to keep elsewhere."
)
@project_option
@name_option
@json_option
@debug_option
def checkpoint(key_file: Path, out: Path | None, folder: Path, name: str | None, as_json: bool) -> None:
    """Sign how the log stands: its number of events and the root over them.

    The log gets it as an event. Keep the file of --out where nobody who may write to the project can reach it: with it
    'tollbook verify' finds a log that was cut off, rewritten or made anew.
    """
    from tollbook.cli.project import stamp
    from tollbook.pipeline.checkpoints import add_checkpoint
    from tollbook.store import keys

    made = add_checkpoint(folder, keys.read_private(key_file, passphrase), stamp(name), out=out)
    if as_json:
        echo_json({"event": made.event, "size": made.checkpoint.size, "signer": made.signer, "note": made.note})
    else:
        echo(f"{folder}: event {made.event} is a checkpoint of the {made.checkpoint.size} before it, by {made.signer}")


def _from_environment() -> str:
    import os

    return os.environ.get(PASSPHRASE, "")


def passphrase() -> str:
    """The passphrase of a key: from the environment, else asked for without showing it."""
    return _from_environment() or _asked("Passphrase", twice=False)


def _chosen() -> str:
    """A new one, asked for twice."""
    return _from_environment() or _asked("Passphrase for the new key", twice=True)


def _asked(what: str, *, twice: bool) -> str:
    import sys

    if not sys.stdin.isatty():
        raise UsageError("the key wants a passphrase and there is no terminal", advice=f"set ${PASSPHRASE}")
    return str(click.prompt(what, hide_input=True, confirmation_prompt=twice, err=True))


COMMANDS = (key, checkpoint)
