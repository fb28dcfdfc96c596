"""The same record gives the same bytes, wherever and whenever it is published; an earlier result alone is replaced."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import bundles_made as made
import pytest
from click.testing import CliRunner

from tollbook.bundles import is_bundle
from tollbook.cli import call, cli
from tollbook.dossiers.files import put
from tollbook.errors import OutputError
from tollbook.pipeline import project
from tollbook.store.keys import write_key
from tollbook.zips import open_zip


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_same_record_gives_the_same_bytes_under_any_hash_seed_in_any_folder(
    seed: str, bundle: Path, project_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(project_folder, tmp_path / "elsewhere" / "copy")
    write_key(tmp_path / "desk.key", made.DESK, "")
    command = ["publish", str(tmp_path / "out"), "--key", str(tmp_path / "desk.key"), "--project", "copy"]
    subprocess.run(
        [sys.executable, "-m", "tollbook", *command],
        cwd=tmp_path / "elsewhere",
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Kolkata", "LC_ALL": "C"}
        | {"PYTHONPATH": os.pathsep.join(sys.path)},
        check=True,
        capture_output=True,
    )
    assert bytes_of(tmp_path / "out") == bytes_of(bundle)


def test_publishing_again_changes_nothing_and_adds_no_event(bundle: Path, project_folder: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in project_folder.rglob("*") if path.is_file()}
    made.bundle(project_folder, tmp_path / "out")
    first = bytes_of(tmp_path / "out")
    made.bundle(project_folder, tmp_path / "out")
    assert bytes_of(tmp_path / "out") == first == bytes_of(bundle)
    kept = {path: path.read_bytes() for path in project_folder.rglob("*") if path.is_file()}
    assert {path.name for path in before.keys() ^ kept.keys()} <= {"tollbook.sqlite-wal", "tollbook.sqlite-shm"}
    assert all(
        kept[path] == content for path, content in before.items() if path in kept and path.suffix != ".sqlite-shm"
    )


def test_a_zip_holds_the_same_bytes_and_is_the_same_twice(bundle: Path, project_folder: Path, tmp_path: Path) -> None:
    first, second = (made.bundle(project_folder, tmp_path / name) for name in ("one.zip", "two.zip"))
    assert first.read_bytes() == second.read_bytes()
    with open_zip(first) as zipped:
        assert {name: zipped.read(name) for name in zipped.names} == bytes_of(bundle)


def test_another_order_of_adding_gives_the_same_data_up_to_log_and_keys(tmp_path: Path) -> None:
    made_in = {}
    for order in (1, -1):
        project.init(tmp_path / f"floods{order}", made.ANN)
        for name in sorted(made.TEXTS)[::order]:
            made.add(tmp_path / f"floods{order}", {name: made.TEXTS[name]})
        made_in[order] = bytes_of(made.bundle(tmp_path / f"floods{order}", tmp_path / f"out{order}"))
    here, other = made_in.values()
    assert other.keys() == here.keys()
    # Incidents stand in the order of their ids, which are those of the claims that came first.
    for name in ("totals.csv", "verify.py", "verify.html"):
        assert other[name] == here[name], name
    for name in ("findings.csv", "hxl.csv", "acled.csv"):
        assert sorted(other[name].splitlines()) == sorted(here[name].splitlines()), name
    for name in ("claims.jsonl", "figures.jsonl", "incidents.jsonl"):
        assert sorted(map(keyless, other[name].splitlines())) == sorted(map(keyless, here[name].splitlines())), name


def keyless(line: bytes) -> str:
    """A line without the keys that come from the project's own secret."""
    return json.dumps({name: value for name, value in json.loads(line).items() if name not in {"key", "aliases"}})


def test_what_the_data_files_tell(bundle: Path) -> None:
    def rows(name: str) -> list[dict[str, object]]:
        return [json.loads(line) for line in (bundle / name).read_text(encoding="utf-8").splitlines()]

    figures = {(one["measure"], one["group"], one["rules"], one["low"]): one for one in rows("figures.jsonl")}
    numbers = {one["said"]: one["claim"] for one in rows("claims.jsonl")}
    assert figures["killed", "all", "range@1", 40]["supports"] == [numbers["40 people"]]
    (evidence, *_) = rows("evidence.jsonl")
    assert evidence["hash_kind"] == "sha256"
    assert evidence["obtained"] == [
        {"how": "file", "obtained": made.ANN.when, "tool": f"tollbook {project_version()}", "media_type": ""}
    ]
    told = [(one["action"], one["counts"], one["said"]) for one in rows("rulings.jsonl")]
    assert told == [
        ("reject", False, "reject: the list was wrong (taken back on 10 May 2031: the list was right)"),
        ("note", True, "note: it is raining – still"),
        ("withdraw", True, f"withdraw (ruling {rows('rulings.jsonl')[0]['ruling']}): the list was right"),
        ("withhold", True, told[3][2]),
    ]
    assert rows("rulings.jsonl")[1]["claim"] == numbers["12 people"]
    keys = [one["key"] for name in ("claims.jsonl", "evidence.jsonl", "incidents.jsonl") for one in rows(name)]
    assert len(set(keys)) == len(keys)
    assert all(len(str(key)) == 40 for key in keys)
    assert hashlib.sha256((bundle / "SHA256SUMS").read_bytes()).hexdigest() in (bundle / "checkpoint").read_text()


def project_version() -> str:
    from tollbook import __version__

    return __version__


def test_no_path_person_or_payload_of_the_project_is_in_it(bundle: Path, project_folder: Path) -> None:
    for name, content in bytes_of(bundle).items():
        text = content.decode("utf-8").lower()
        for secret in (str(project_folder).lower(), '"ann"', '"ben"', "lindal", ".txt"):
            assert secret not in text, (name, secret)


# ---- places ----


def test_an_older_dossier_and_an_earlier_bundle_are_replaced(project_folder: Path, tmp_path: Path) -> None:
    put({"index.html": b"old"}.items(), tmp_path / "out")
    made.bundle(project_folder, tmp_path / "out")
    made.bundle(project_folder, tmp_path / "out", None)
    made.bundle(project_folder, tmp_path / "out.zip")
    made.bundle(project_folder, tmp_path / "out.zip", None)
    assert is_bundle(tmp_path / "out")
    assert is_bundle(tmp_path / "out.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.zip"]


def test_anything_else_in_its_place_is_refused_and_kept(project_folder: Path, tmp_path: Path) -> None:
    made.bundle(project_folder, tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds files that are not of an earlier dossier"):
        made.bundle(project_folder, tmp_path / "out")
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 mine")
    shutil.make_archive(str(tmp_path / "b"), "zip", tmp_path / "out")
    (tmp_path / "c.zip").mkdir()
    (tmp_path / "d.zip").symlink_to(tmp_path / "nowhere")
    kept = (tmp_path / "b.zip").read_bytes()
    for name, says in (("a", "is not an earlier bundle"), ("b", "is not an earlier bundle"), ("c", "is a folder, not"),
                       ("d", "is not an earlier bundle")):  # fmt: skip
        with pytest.raises(OutputError, match=says):
            made.bundle(project_folder, tmp_path / f"{name}.zip")
    assert (tmp_path / "b.zip").read_bytes() == kept


def test_a_log_that_does_not_add_up_is_not_published(
    project_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    shutil.copytree(project_folder, tmp_path / "bent")
    with sqlite3.connect(tmp_path / "bent" / "tollbook.sqlite") as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute("UPDATE events SET at = '2001-01-01T00:00:00Z' WHERE seq = 3")
    database.close()
    assert call(["publish", str(tmp_path / "out"), "--project", str(tmp_path / "bent")]) == 4
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "event 3" in said.err
    assert not (tmp_path / "out").exists()


def test_a_wrong_key_file_is_one_line_and_nothing_is_written(project_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.key").write_text("garbled")
    for name in ("wrong.key", "none.key"):
        status = call(
            ["publish", str(tmp_path / "out"), "--key", str(tmp_path / name), "--project", str(project_folder)]
        )
        assert status in {1, 2, 4}
        assert not (tmp_path / "out").exists()


def test_the_command_says_what_was_written(project_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.zip"
    result = CliRunner().invoke(cli, ["publish", str(out), "--project", str(project_folder)], standalone_mode=False)
    assert result.stdout.splitlines()[0] == f"bundle: {out}"
    assert "3 reports" in result.stdout
    assert result.stdout.rstrip().endswith("not signed")
