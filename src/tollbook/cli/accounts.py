"""Commands over the accounts of a team: `account add`, `list`, `role`, `reset`, `remove`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tollbook.cli.console import echo, echo_json
from tollbook.cli.options import debug_option, json_option, project_option
from tollbook.errors import UsageError

if TYPE_CHECKING:
    from tollbook.review.state import State

_invite = click.option("--invite", is_flag=True, help="Print a link by which they choose a password; it works once.")


@click.group("account")
@debug_option
def account() -> None:
    """Say who may come into the review app, and what they may do there.

    Roles, each with all rights of those before it: reader (looks), coder (rules, adds reports), editor (confirms,
    publishes), admin (invites).
    """


@account.command("add")
@click.argument("name")
@click.option("--role", default="coder", metavar="ROLE", help="reader, coder, editor or admin.  [default: coder]")
@_invite
@click.option("--again", is_flag=True, help="Who had this name before comes back.")
@project_option
@debug_option
def add(name: str, role: str, invite: bool, again: bool, folder: Path) -> None:
    """Make an account called NAME, which their rulings will bear; the password is asked for, or chosen by a link."""
    from tollbook.review import accounts

    state = _state(folder)
    password = "" if invite else _password(name)
    made = accounts.add(state, name, role, again=again)
    if password:
        accounts.set_password(state, made.name, password)
    echo(f"{folder}: {made.name}, {made.role}")
    if invite:
        _tell_link(state, accounts.invite(state, made.name))
    echo("if 'tollbook review' runs without accounts, start it again: it then asks everybody to log in")


@account.command("list")
@project_option
@json_option
@debug_option
def list_(folder: Path, as_json: bool) -> None:
    """Print who has an account: name, role, whether a password and a second factor are set."""
    from tollbook.review import accounts

    people = accounts.everyone(_state(folder))
    for one in people:
        if as_json:
            told = {"name": one.name, "role": one.role, "password": one.active, "second_factor": one.second}
            echo_json(told)
        else:
            without = "" if one.active else ", invited" if one.invited else ", no password"
            echo(f"{one.name}, {one.role}{without}{', second factor' if one.second else ''}")
    if not people and not as_json:
        echo(f"{folder}: no accounts; 'tollbook review' serves this machine alone")


@account.command("role")
@click.argument("name")
@click.argument("role")
@project_option
@debug_option
def role(name: str, role: str, folder: Path) -> None:
    """Give NAME another ROLE; their sessions end."""
    from tollbook.review import accounts

    changed = accounts.set_role(_state(folder), name, role)
    echo(f"{folder}: {changed.name}, {changed.role}")


@account.command("reset")
@click.argument("name")
@_invite
@project_option
@debug_option
def reset(name: str, invite: bool, folder: Path) -> None:
    """Begin NAME's account anew: another password, no second factor, all sessions ended."""
    from tollbook.review import accounts

    state = _state(folder)
    found = accounts.get(state, name)
    password = "" if invite else _password(found.name)
    token = accounts.reset(state, found.name)
    if password:
        accounts.set_password(state, found.name, password)
    echo(f"{folder}: {found.name} has begun anew; all their sessions have ended")
    if invite:
        _tell_link(state, token)


@account.command("remove")
@click.argument("name")
@project_option
@debug_option
def remove(name: str, folder: Path) -> None:
    """Let NAME in no longer; what they decided stays, under their name."""
    from tollbook.review import accounts

    state = _state(folder)
    found = accounts.get(state, name)
    accounts.remove(state, found.name)
    echo(f"{folder}: {found.name} has no account any more; their rulings stay")


def _state(folder: Path) -> State:
    try:
        import argon2  # noqa: F401
        import pyotp  # noqa: F401
    except ModuleNotFoundError as error:
        raise UsageError(f"accounts need {error.name}", advice="pip install 'tollbook[review]'") from None
    from tollbook.review.state import State
    from tollbook.store import open_in

    with open_in(folder):
        pass  # accounts are kept in a project, and nothing is made elsewhere
    return State(folder)


def _password(name: str) -> str:
    """A new password, asked for twice without showing it, or read from a pipe as one line."""
    import sys

    from tollbook.review.passwords import checked

    ask: Callable[[], str] = sys.stdin.readline
    if sys.stdin.isatty():
        text = f"Password for {name}"

        def ask() -> str:
            return str(click.prompt(text, hide_input=True, confirmation_prompt=True, err=True))

    return checked(ask().rstrip("\r\n"), name)


def _tell_link(state: State, token: str) -> None:
    rows = state.rows("SELECT value FROM told WHERE key = 'url'")
    at = str(rows[0][0]) if rows else "the address of the app, then "
    echo(f"{at}/invite?token={token}")
    echo("the link works once, for three days; give it to them by a way that you trust")


COMMANDS = (account,)
