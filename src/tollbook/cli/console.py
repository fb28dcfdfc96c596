"""How tollbook speaks on a terminal: errors in one line, progress only where somebody watches, JSON for programs.

Everything for people goes to standard error but the result itself, so that a pipe gets results alone.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import click

from tollbook.errors import TollbookError, UsageError
from tollbook.text import counted

if TYPE_CHECKING:
    from rich.progress import Progress

    from tollbook.cli.tabular import Table

# Below two seconds a bar only flickers.
PATIENCE_SECONDS = 2.0
_PIPE_WIDTH = 160


def show_error(error: TollbookError) -> None:
    """The one function that shows an error: one line, what is wrong, with which input, what to do."""
    click.echo(f"tollbook: {printable(str(error))}", err=True)


# More would push the errors off the screen.
_NOTES = 20


def show_notes(lines: Sequence[str], more: str) -> None:
    """Notes on inputs, to standard error, one line each; beyond twenty their number and where to read them."""
    for line in lines[:_NOTES]:
        click.echo(f"tollbook: note: {printable(line)}", err=True)
    if len(lines) > _NOTES:
        click.echo(f"tollbook: and {counted(len(lines) - _NOTES, 'note')} more; {more}", err=True)


def from_click(error: click.ClickException) -> TollbookError:
    """What click says of a wrong command line, as an error of ours, with close matches where it knows some."""
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "tollbook"
    message = " ".join(error.format_message().split()).rstrip(".?").replace(". Did you mean", "; did you mean")
    return UsageError(message[:1].lower() + message[1:], advice=f"see '{command} --help'")


def printable(text: str) -> str:
    """Text that any terminal takes: lone surrogates and control characters are escaped."""
    safe = text.encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode() for c in safe)


def echo(text: str = "") -> None:
    """A line of the result, to standard output."""
    click.echo(printable(text))


def echo_json(value: Any) -> None:
    """One JSON value in one line, to standard output, with the same rounding as the public files."""
    from tollbook.rows import encoded, line, rounded

    click.echo(encoded(line(rounded(value))))


class Screen:
    """Standard output for people: as wide as the terminal; where it is none, as wide as a table needs."""

    def __init__(self, width: int | None = None) -> None:
        shown = shutil.get_terminal_size().columns if sys.stdout.isatty() else _PIPE_WIDTH
        self.width = shown if width is None else width

    def line(self, text: str = "") -> None:
        """A line as it is, however long."""
        click.echo(text, file=sys.stdout)  # named, else click writes UTF-8 to a terminal that has only ASCII

    def table(self, table: Table) -> None:
        """A table, the names of its columns in bold on a terminal."""
        for line in table.head(self.width):
            click.secho(line, file=sys.stdout, bold=True)
        for line in table.body(self.width, "─" if _writes("─") else "-"):
            self.line(line)


def _writes(sign: str) -> bool:
    """Whether standard output has a sign in its encoding."""
    try:
        sign.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


class Watcher:
    """Progress as a bar on standard error: nothing before two seconds have gone, nothing where it is no terminal.

    `with Watcher() as watcher: run(…, progress=watcher)`.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()
        self._watched = sys.stderr.isatty()
        self._bar: Progress | None = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        if not self._watched or self._clock() - self._start < PATIENCE_SECONDS:
            return
        if self._bar is None:
            self._bar = self._open()
        if stage not in self._tasks:
            self._tasks[stage] = self._bar.add_task(stage, total=total or None)
        self._bar.update(self._tasks[stage], completed=done)

    @staticmethod
    def _open() -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        return bar
