"""What the documentation says exists: commands with their options, make targets, pages, measures, rule sets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tollbook.cli import cli
from tollbook.findings.rules import RULES
from tollbook.lexicon import load_taxonomy
from tollbook.pipeline import parquet
from tollbook.rulings import ACTIONS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def code_lines(page: Path) -> Iterator[str]:
    """Lines of code blocks: indented by four, or fenced."""
    fenced = False
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif fenced or line.startswith("    "):
            yield line.strip().removeprefix("$ ")


def shown(program: str) -> list[tuple[str, str]]:
    """(page, command line) for every use of a program in the documentation, without synopses ("[--x]", "...")."""
    found = []
    for page in PAGES:
        for line in code_lines(page):
            words = line.removeprefix(".venv/bin/")
            if words.startswith(f"{program} ") and not re.search(r"\[|\.\.\.|…", words):
                found.append((page.name, words))
    return found


@pytest.mark.parametrize(("page", "line"), shown("tollbook"))
def test_each_command_line_shown_can_be_parsed(page: str, line: str) -> None:
    words = shlex.split(re.split(r"\s[|>&]\s|\)", line)[0], comments=True)[1:]
    context = cli.make_context("tollbook", words, resilient_parsing=False)
    name, command, rest = cli.resolve_command(context, [*context._protected_args, *context.args])
    assert command is not None, f"{page}: {line}"
    if "--help" not in rest:
        assert command.make_context(name, rest, parent=context).params is not None


@pytest.mark.parametrize(("page", "line"), shown("make"))
def test_each_make_target_shown_exists(page: str, line: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in shlex.split(line, comments=True)[1:]:
        if "=" not in target:
            assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), f"{page}: make {target}"


def test_the_first_screen_of_the_readme_has_picture_and_both_commands() -> None:
    first = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:30])
    assert "make demo" in first
    assert "make test" in first
    picture = re.search(r"!\[[^\]]+\]\(([^)]+)\)", first)
    assert picture is not None
    assert (ROOT / picture[1]).is_file()


@pytest.mark.parametrize("name", cli.list_commands(click.Context(cli)))
def test_each_command_and_option_is_documented(name: str) -> None:
    section = re.search(rf"^## `tollbook {name}(?![\w-]).*?(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert section is not None, f"docs/commands.md has no section on {name}"
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    for parameter in command.params:
        if isinstance(parameter, click.Option) and "--debug" not in parameter.opts:
            assert f"`{parameter.opts[0]}" in section[0], f"docs/commands.md: {name} lacks {parameter.opts[0]}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)", text):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_every_page_stands_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for path in sorted((ROOT / "docs").glob("*.md")):
        assert f": {path.name}\n" in navigation, f"mkdocs.yml lacks {path.name}"


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("measure", sorted(load_taxonomy().measures))
def test_each_measure_is_documented(measure: str) -> None:
    assert re.search(rf"\b{measure}\b", page("formats"))


@pytest.mark.parametrize("rules", sorted(RULES))
def test_each_rule_set_is_documented(rules: str) -> None:
    assert re.search(rf"^## `{rules}@\d+`$", page("rules"), re.MULTILINE)


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_each_action_of_a_ruling_is_documented(action: str) -> None:
    assert f"`{action}" in page("rulings")


@pytest.mark.parametrize("name", sorted(parquet.SHAPES))
def test_each_public_file_is_documented_with_its_columns(name: str) -> None:
    section = re.search(rf"^## .*`{name}\.jsonl`.*?(?=^## |\Z)", page("formats"), re.MULTILINE | re.DOTALL)
    assert section is not None
    for column in parquet.SHAPES[name]:
        assert re.search(rf"\b{column}\b", section[0]), f"docs/formats.md: {name}.jsonl lacks {column}"
