"""`tollbook init --store`: the record in PostgreSQL, by the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from own_postgres import PASSWORD, Server

from tollbook import sample
from tollbook.cli import call
from tollbook.store import open_in


def test_a_project_in_postgresql_is_made_filled_and_shown(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, report = tmp_path / "floods", tmp_path / "a.txt"
    report.write_text("Arvelle, 2 May 2031. A flood killed 12 people in Arvelle on 1 May 2031, the mayor said.\n")
    assert call(["init", str(folder), "--store", server.port_address("cli_floods", password=PASSWORD)]) == 0
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert call(["add", str(report), "--project", str(folder)]) == 0
    assert "1 new; 1 new incident" in capsys.readouterr().out
    assert call(["verify", "--project", str(folder)]) == 0
    assert call(["show", "--project", str(folder)]) == 0
    assert "Arvelle, 1 May 2031" in capsys.readouterr().out
    assert not [path for path in folder.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]
    assert sorted(path.name for path in folder.iterdir()) == ["archive", "store.toml"]
    # The folder itself, read as a folder of reports, is told apart.
    assert call(["add", str(folder), "--project", str(folder)]) == 1
    assert "a project's own files, left out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("floods", 2, "floods: is no address of a record; write it as postgresql://"),
        ("postgresql://ann:geheim@h", 2, "postgresql://ann@h: names no database; write it as postgresql://"),
        ("postgresql://ann:geheim@/db?host=/nowhere", 4, "no PostgreSQL server answers at /nowhere/.s.PGSQL.5432"),
    ],
)
def test_a_store_that_can_not_be_used_is_one_line_and_makes_no_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, status: int, told: str
) -> None:
    assert call(["init", str(tmp_path / "floods"), "--store", address]) == status
    said = capsys.readouterr().err
    assert told in said and "geheim" not in said and said.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_either_store_tells_the_same(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLLBOOK_NAME", "ann")
    told: dict[str, list[str]] = {"file": [], "schema": []}
    for name, said in told.items():
        store = ["--store", server.address("cli_same")] if name == "schema" else []
        assert call(["init", str(tmp_path / name), *store]) == 0
        with sample.inputs() as inputs:
            for path in sorted(Path(inputs[0]).iterdir()):
                if path.suffix != ".json":
                    assert call(["add", str(path), "--project", str(tmp_path / name)]) == 0
        capsys.readouterr()

        def ask(*command: str, folder: str = name) -> str:
            assert call([*command, "--project", str(tmp_path / folder)]) == 0
            return capsys.readouterr().out.replace(str(tmp_path / folder), "")

        found = [json.loads(line)["incident"]["incident"] for line in ask("show", "--json").splitlines()]
        ask("rule", f"{found[0]}", "note", "--why", "seen on the list")
        said += [ask("show", "--json"), *(ask("show", one, "--json") for one in found), ask("total", "--json")]
        said += [ask("explain", found[0]), ask("history", found[0])]
        with open_in(tmp_path / name) as kept, kept.read() as unit:
            said += [f"{event.seq} {event.kind} {event.payload}" for event in unit.events() if event.kind != "custody"]
    timeless = {name: [re.sub(r"\d{4}-\d\d-\d\dT[\d:]+Z", "", line) for line in said] for name, said in told.items()}
    assert timeless["file"] == timeless["schema"]
