"""backup, restore, export --all and import as a person types them, and what tells the two kinds of export apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tollbook.cli import call

TEXT = "Flood in the valley\n\nOn 3 May 2031, 12 people were killed in Leipzig, the town council said.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)
    assert call(["init", "atlas"]) == 0
    assert call(["add", "a.txt", "--project", "atlas"]) == 0
    capsys.readouterr()
    return tmp_path / "atlas"


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = call(words)
    told = capsys.readouterr()
    return status, told.out, told.err


def test_there_and_back_by_both_ways(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = said(capsys, "show", "--project", "atlas")
    status, told, _ = said(capsys, "backup", "atlas.zip", "--project", "atlas")
    first, second = told.splitlines()
    assert status == 0
    assert first.startswith("atlas.zip: the whole project, ")
    assert second.startswith("private: names stand unmasked in it, and the project's secrets; ")
    assert said(capsys, "restore", "atlas.zip", "two")[0] == 0
    assert said(capsys, "export", "--all", "set", "--project", "two")[1].endswith(f"{second}\n")
    status, told, _ = said(capsys, "import", "set", "three")
    assert (status, told.split(": ")[0]) == (0, "three")
    assert said(capsys, "show", "--project", "three") == figures
    assert said(capsys, "verify", "--project", "three")[0] == 0
    assert said(capsys, "backup", "again.zip", "--project", "three")[0] == 0
    assert Path("again.zip").read_bytes() == Path("atlas.zip").read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        ["--all", "set", "--out", "x"],
        ["all", "--all", "set"],
        ["--all", "--out", "set"],
        ["--all", "set", "--rules", "acled"],
        ["--all", "set", "--as-of", "2031-05-09"],
    ],
)
def test_the_two_exports_are_not_mixed(folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    status, out, told = said(capsys, "export", *words, "--project", "atlas")
    assert (status, out) == (2, "")
    assert told == (
        "tollbook: --all is followed by the folder to write and goes with no FORMAT, --out, --rules or --as-of; for "
        "every format, masked: tollbook export all --out DIR; for the whole project, unmasked: "
        "tollbook export --all DIR\n"
    )
    assert not Path("set").exists()


@pytest.mark.parametrize(("words", "line"), [([], "no FORMAT is named"), (["all"], "missing option '--out'")])
def test_half_an_export_names_both(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], line: str
) -> None:
    status, _, told = said(capsys, "export", *words, "--project", "atlas")
    assert status == 2
    assert told.startswith(f"tollbook: {line}; for every format, masked: tollbook export all --out DIR; for the whole ")


def test_bad_ones_are_one_line_and_nothing_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("set.zip").write_bytes(b"PK\x03\x04 cut")
    before = sorted(Path().iterdir())
    lines = {
        ("restore", "set.zip", "two"): (1, "set.zip: was cut off"),
        ("restore", "nowhere.zip", "two"): (1, "nowhere.zip: can't be read"),
        ("import", "atlas", "two"): (1, "atlas: is no carried project; name what 'tollbook backup' or"),
        ("backup", "x.zip", "--project", "nowhere"): (4, "nowhere: is no folder"),
        ("backup", "set.zip", "--project", "atlas"): (5, "set.zip: is there already; choose another name"),
        ("export", "--all", "atlas", "--project", "atlas"): (5, "atlas: holds files that are not of this export"),
    }
    for words, (wanted, line) in lines.items():
        status, out, told = said(capsys, *words)
        assert (status, out) == (wanted, ""), words
        assert told.startswith(f"tollbook: {line}"), told
        assert told.count("\n") == 1
    assert sorted(Path().iterdir()) == before
