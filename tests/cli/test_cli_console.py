"""How the command line speaks: errors in one line, progress only where watched, text that any terminal takes."""

from __future__ import annotations

import io
import json
import sys

import click
import pytest

from tollbook.cli import call, cli
from tollbook.cli.console import Watcher, echo, echo_json, from_click, printable, show_error
from tollbook.cli.options import Size
from tollbook.errors import InputError, UsageError


def errors_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    status = call(arguments)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1, captured.err
    return status, captured.err


def test_a_wrong_command_names_the_close_one_and_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = errors_of(capsys, "rnu")
    assert status == 2
    assert said.startswith("tollbook: no command 'rnu'; did you mean 'run'? there are: account, add, ")


def test_a_command_like_no_other_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    _, said = errors_of(capsys, "zzzzz")
    assert said.startswith("tollbook: no command 'zzzzz'; there are: account, add,")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["run", "--outt", "x"], "no such option '--outt'; did you mean '--out'; see 'tollbook run --help'"),
        (["run"], "missing argument 'INPUT...'; see 'tollbook run --help'"),
        (["run", "x"], "missing option '--out'; see 'tollbook run --help'"),
        (["run", "x", "--out", "y", "--as-of", "May"], "'May' is no day; write it as 2024-05-31"),
        (["run", "x", "--out", "y", "--max-size", "3 elephants"], "'3 elephants' is no size; write it as 50m or 2g"),
        (["run", "x", "--out", "y", "--jobs", "0"], "0 is not in the range x>=1"),
        (["completion", "basic"], "'basic' is not one of 'bash', 'fish', 'zsh'"),
    ],
)
def test_a_wrong_option_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    status, said = errors_of(capsys, *arguments)
    assert status == 2
    assert says in said


def test_debug_shows_the_trace_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["run", "x", "--debug"]) == 2
    captured = capsys.readouterr()
    assert "Traceback" in captured.err
    assert captured.err.splitlines()[-1].startswith("tollbook: missing option '--out'")


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert call([]) == 0
    alone = capsys.readouterr().out
    assert call(["--help"]) == 0
    assert capsys.readouterr().out == alone
    for name in cli.list_commands(click.Context(cli)):
        assert f"\n  {name} " in alone


@pytest.mark.parametrize("name", cli.list_commands(click.Context(cli)))
def test_each_command_has_help_and_takes_debug(capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert call([name, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Usage: tollbook {name}")
    assert "--debug" in said or name == "completion"


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["--version"]) == 0
    assert capsys.readouterr().out.startswith("tollbook ")


@pytest.mark.parametrize("shell", ["bash", "fish", "zsh"])
def test_completion_scripts(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert call(["completion", shell]) == 0
    assert f"_TOLLBOOK_COMPLETE={shell}_complete" in capsys.readouterr().out


def test_an_interruption_is_no_trace(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", stop)
    status, said = errors_of(capsys, "run")
    assert status == 130
    assert said == "tollbook: stopped; nothing was left half-written\n"


def test_an_error_names_the_input_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    show_error(InputError("empty:\nnothing to read", what="a\udc80\x1b[31m.txt", advice="leave it out"))
    assert capsys.readouterr().err == "tollbook: a\\udc80\\x1b[31m.txt: empty: nothing to read; leave it out\n"


def test_what_click_says_without_a_command() -> None:
    told = from_click(click.ClickException("Broken."))
    assert isinstance(told, UsageError)
    assert str(told) == "broken; see 'tollbook --help'"


def test_results_are_printable(capsys: pytest.CaptureFixture[str]) -> None:
    assert printable("a\x00b\u202ec é") == "a\\x00b\\u202ec é"
    echo("line\tone")
    echo_json({"said": "\udc80", "share": 1 / 3})
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "line\tone"
    assert json.loads(out[1]) == {"said": "\udc80", "share": 0.333}


@pytest.mark.parametrize(
    ("text", "size"), [("50m", 50_000_000), ("2 GiB", 2 * 1024**3), ("1.5k", 1500), ("12", 12), ("3MB", 3_000_000)]
)
def test_sizes(text: str, size: int) -> None:
    assert Size().convert(text, None, None) == size


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def watched(stream: io.StringIO, seconds_a_step: float, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    times = iter(seconds_a_step * step for step in range(100))
    with Watcher(clock=lambda: next(times)) as watcher:
        for done in range(1, 11):
            watcher("reading reports", done, 10)
    return stream.getvalue()


def test_progress_shows_after_two_seconds_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "reading reports" in watched(Terminal(), 1.0, monkeypatch)


def test_progress_is_quiet_at_first_and_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    assert watched(Terminal(), 0.1, monkeypatch) == ""
    assert watched(io.StringIO(), 1.0, monkeypatch) == ""
