"""The command line: thin commands over `tollbook.pipeline`.

Input: arguments; output: files, tables or JSON lines, and an exit status. `tollbook run reports/ --out record` writes
the files of FORMATS into `record/`. Nothing heavy is imported before a command that needs it runs.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from tollbook import __version__
from tollbook.cli.console import from_click, show_error
from tollbook.errors import TollbookError, UsageError

# Modules of this package and their commands; one is imported when a command of it is called, all when they are listed.
MODULES = {
    "accounts": ("account",),
    "bundle": ("diff", "publish"),
    "carry": ("backup", "import", "restore"),
    "checking": ("check",),
    "completion": ("completion",),
    "evidence": ("custody", "evidence", "timestamp"),
    "export": ("export",),
    "keys": ("checkpoint", "key"),
    "methods": ("rules",),
    "project": ("add", "explain", "init", "rule", "show"),
    "quality": ("agreement",),
    "record": ("demo", "run"),
    "review": ("review",),
    "rulings": ("history", "reveal", "rulings"),
    "sheets": ("import-sheet",),
    "totals": ("total",),
    "verifying": ("verify",),
}
_HOMES = {name: module for module, names in MODULES.items() for name in names}


class ReaderGone(Exception):
    """The reader of a pipe (`| head`) has gone; click would end with status 1, which here says that an input failed."""


class Commands(click.Group):
    """A group that imports a command when it is called, and in which a wrong one names the close ones and lists all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _HOMES:
            return None
        commands: Sequence[click.Command] = import_module(f"tollbook.cli.{_HOMES[cmd_name]}").COMMANDS
        return next(command for command in commands if command.name == cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None:
            import difflib

            names = self.list_commands(ctx)
            close = difflib.get_close_matches(args[0], names, n=2)
            meant = f"did you mean {' or '.join(repr(name) for name in close)}? " if close else ""
            raise UsageError(f"no command {args[0]!r}", advice=f"{meant}there are: {', '.join(names)}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the trace of an error.")
@click.pass_context
def cli(ctx: click.Context, debug: bool) -> None:
    """Turn many reports of an event into one record that anyone can check."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def call(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; errors are shown in one line, with `--debug` as a trace too."""
    try:
        status = cli.main(args=list(arguments), prog_name="tollbook", standalone_mode=False)
    except (TollbookError, click.ClickException) as error:
        told = error if isinstance(error, TollbookError) else from_click(error)
        if "--debug" in arguments:
            sys.excepthook(type(error), error, error.__traceback__)
        show_error(told)
        return told.exit_code
    except (click.Abort, KeyboardInterrupt):
        show_error(TollbookError("stopped; nothing was left half-written"))
        return 130
    except ReaderGone:
        # What is left to say has nowhere to go, and that is no error.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status if isinstance(status, int) else 0


def main() -> None:
    """The entry point of the `tollbook` command."""
    gc.set_threshold(50_000, 20, 100)  # as it comes, a twentieth of a short command goes into looking for garbage
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without "≥" gets \u2265, not a trace
    sys.exit(call(sys.argv[1:]))
