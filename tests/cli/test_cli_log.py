"""Keys, checkpoints and verify as commands: what they print, what they refuse, and in one line."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tollbook.cli import call, cli

STORY = "At least 40 people were killed when a roof fell in at Tessavar on 3 March 2019, the Civil Office said.\n"


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "a.txt").write_text(STORY)
    assert call(["init", str(tmp_path / "roof"), "--name", "ann"]) == 0
    assert call(["add", str(tmp_path / "a.txt"), "--project", str(tmp_path / "roof"), "--name", "ann"]) == 0
    return str(tmp_path / "roof")


@pytest.fixture
def key(tmp_path: Path) -> str:
    assert call(["key", "new", "desk", "--out", str(tmp_path / "desk.key")]) == 0
    return str(tmp_path / "desk.key")


def test_from_key_to_checkpoint_to_verify(folder: str, tmp_path: Path) -> None:
    secret, note = str(tmp_path / "desk.key"), str(tmp_path / "one.note")
    made = invoke("key", "new", "desk", "--out", secret)
    public = made.stdout.strip()
    assert public.startswith("desk+")
    assert made.stderr.startswith(f"tollbook: {secret} is the private half, keep it secret; {secret}.pub the public")
    assert stat.S_IMODE(Path(secret).stat().st_mode) == 0o600
    assert [invoke("key", "show", one).stdout.strip() for one in (secret, f"{secret}.pub")] == [public, public]
    (told,) = map(json.loads, invoke("key", "show", secret, "--json").stdout.splitlines())
    assert f"{told['name']}+{told['id']}+" == public[: len("desk+") + 9]
    done = invoke("checkpoint", "--key", secret, "--project", folder, "--out", note, "--name", "ann")
    assert "is a checkpoint of the " in done.stdout
    seen = invoke("verify", "--project", folder, "--key", public, "--checkpoint", note)
    assert (seen.return_value, seen.stderr) == (0, "")
    assert seen.stdout.startswith(f"{folder}: all as the log says\nchecked: ")
    (told,) = map(
        json.loads, invoke("verify", "--project", folder, "--key", f"{secret}.pub", "--json").stdout.splitlines()
    )
    assert told["checked"]["checkpoints"] == 1
    assert told["mismatches"] == []
    quick = json.loads(invoke("verify", "--project", folder, "--quick", "--json").stdout)
    assert told["checked"].keys() - quick["checked"].keys() == {"derived rows"}


def test_a_passphrase_from_the_environment(folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = str(tmp_path / "desk.key")
    monkeypatch.setenv("TOLLBOOK_PASSPHRASE", "grün")
    assert call(["key", "new", "desk", "--out", secret]) == 0
    assert call(["checkpoint", "--key", secret, "--project", folder]) == 0
    monkeypatch.setenv("TOLLBOOK_PASSPHRASE", "blau")
    assert call(["checkpoint", "--key", secret, "--project", folder]) == 4
    monkeypatch.delenv("TOLLBOOK_PASSPHRASE")
    assert call(["checkpoint", "--key", secret, "--project", folder]) == 2


def test_each_wrong_thing_is_one_line(
    folder: str, key: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "garbled.note").write_text("tollbook/x\n12\n")
    (tmp_path / "there").write_text("")
    for arguments, status, says in (
        (["key", "new", "desk", "--out", key], 5, "is there already; a key is never overwritten"),
        (["key", "new", "a b", "--out", str(tmp_path / "b")], 2, "is no name for a key"),
        (["key", "show", str(tmp_path / "none")], 2, "can't be read (No such file or directory)"),
        (["checkpoint", "--key", f"{key}.pub", "--project", folder], 4, "is the public half of a key"),
        (["checkpoint", "--key", key, "--project", str(tmp_path)], 4, "is no project"),
        (["checkpoint", "--key", key, "--project", folder, "--out", str(tmp_path / "there")], 5, "is there already"),
        (["verify", "--project", folder, "--key", key], 4, "is a private key; keep it to yourself"),
        (["verify", "--project", folder, "--key", "desk+00+x"], 4, "is no whole public key"),
        (["verify", "--project", folder, "--key", f"{key}.pub"], 4, "no checkpoint here is signed by it"),
        (["verify", "--project", folder, "--checkpoint", str(tmp_path / "garbled.note")], 4, "is no signed note"),
        (["verify", "--project", folder, "--checkpoint", str(tmp_path / "none")], 2, "can't be read"),
    ):
        capsys.readouterr()
        assert call(arguments) == status, arguments
        (line,) = capsys.readouterr().err.splitlines()
        assert says in line, arguments
        assert line.startswith("tollbook: "), arguments
    assert call(["verify", "--project", folder]) == 0
