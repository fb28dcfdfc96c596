"""Bundles that are none, or that could do harm: one clear line each, by the file inside and by the command alike."""

from __future__ import annotations

import json
import shutil
import stat
import zipfile
from pathlib import Path

import bundles_made as made
import pytest
from test_verify import lines, resigned

from tollbook.cli import call

Member = tuple[str, bytes]


def zipped(path: Path, bundle: Path, *more: Member, mode: int = 0o100644, top: str = "") -> Path:
    """A zip of a bundle, with more in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for one in sorted(bundle.iterdir()):
            file.writestr(top + one.name, one.read_bytes())
        for name, content in more:
            info = zipfile.ZipInfo("x" * len(name))
            info.filename = info.orig_filename = name
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, mode << 16
            file.writestr(info, content)
    return path


def refused(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line by which verify.py, `tollbook verify` and `tollbook diff` refuse a path."""
    status, said = lines(path)
    assert (status, said.count("\n")) == (2, 1), said
    capsys.readouterr()
    assert call(["verify", str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.removeprefix("tollbook") == said.removeprefix("verify")
    assert call(["diff", str(path), str(path)]) == 1
    assert capsys.readouterr().err == told.err
    return said


@pytest.mark.parametrize(
    ("member", "says"),
    [
        (("../x", b""), "'../x' is no plain name of a file"),
        (("/etc/x", b""), "'/etc/x' is no plain name of a file"),
        (("a\\x", b""), "is no plain name of a file"),
        (("C:x", b""), "'C:x' is no plain name of a file"),
        (("inner/x", b""), "'inner/x' is no plain name of a file"),
        (("a\nx", b""), "is no plain name of a file"),
        (("claims.csv", b""), "'claims.csv' comes twice"),
        (("bomb.csv", bytes(12_000_000)), "'bomb.csv' unpacks to more than 200 times its size"),
        (("bomb.csv", bytes(90_000_000)), "holds too much for its size"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_harmful_zip_is_refused(
    member: Member, says: str, bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refused(zipped(tmp_path / "set.zip", bundle, member), capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["set.zip"]


def test_a_link_in_a_zip_is_refused(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = zipped(tmp_path / "set.zip", bundle, ("link.html", b"/etc/passwd"), mode=stat.S_IFLNK | 0o777)
    assert "'link.html' is a link" in refused(path, capsys)


def test_a_cut_or_damaged_zip_is_refused(bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = zipped(tmp_path / "whole.zip", bundle).read_bytes()
    path = tmp_path / "set.zip"
    for end in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:end])
        assert "is no whole zip" in refused(path, capsys)
    inside = whole.index(b"claims.jsonl") + 40
    path.write_bytes(whole[:inside] + b"\xff" * 40 + whole[inside + 40 :])
    assert "claims.jsonl can't be read" in refused(path, capsys)


def test_a_zip_with_its_folder_around_it_is_taken(bundle: Path, tmp_path: Path) -> None:
    path = zipped(tmp_path / "set.zip", bundle, ("floods/.DS_Store", b"x"), top="floods/")
    assert lines(path)[0] == 0
    path = zipped(tmp_path / "set.zip", bundle, ("other/x", b"x"), top="floods/")
    assert lines(path)[0] == 2


def test_what_is_no_bundle_is_said(
    bundle: Path, project_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is a project, no bundle; check it with: tollbook verify --project" in refused(project_folder, capsys)
    assert "no such file or folder" in refused(tmp_path / "none", capsys)
    assert "is no whole zip" in refused(bundle / "claims.csv", capsys)
    (tmp_path / "empty").mkdir()
    assert "is no bundle: it has no SHA256SUMS" in refused(tmp_path / "empty", capsys)
    shutil.copytree(bundle, tmp_path / "dossier")
    for name in ("bundle.json", "checkpoint", "log.jsonl"):
        (tmp_path / "dossier" / name).unlink()
    (tmp_path / "dossier" / "verify.py").write_bytes((bundle / "verify.py").read_bytes())
    assert "is no bundle: it has no log; check its files with: sha256sum -c" in refused(tmp_path / "dossier", capsys)


def test_a_bundle_of_a_later_format_is_told_from_an_altered_one(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = {**json.loads((bundle / "bundle.json").read_text(encoding="utf-8")), "format": "tollbook-bundle/2"}
    copy = made.altered(bundle, tmp_path / "copy", "bundle.json", json.dumps(later).encode())
    assert "bundle.json: is altered" in lines(copy)[1]
    resigned(copy)
    assert "was made by a later tollbook (its format is 'tollbook-bundle/2'" in refused(copy, capsys)


def test_the_command_prints_what_the_file_inside_does(
    bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = made.altered(bundle, tmp_path / "copy", "findings.csv")
    key = str(made.DESK.public)
    for path, wanted in ((bundle, 0), (copy, 1), (zipped(tmp_path / "set.zip", bundle), 0)):
        capsys.readouterr()
        assert call(["verify", str(path), "--key", key, "--checkpoint", str(bundle)]) == wanted
        assert capsys.readouterr().out == lines(path, "--key", key, "--checkpoint", str(bundle))[1]
    assert call(["verify", str(copy), "--json"]) == 1
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0]["check"] == "files"
    assert told[0]["wrong"] == ["findings.csv: is altered, its SHA-256 is not the one in SHA256SUMS"]
    assert call(["diff", str(bundle), str(copy)]) == 1
    assert "is not what it says it is: findings.csv: is altered" in capsys.readouterr().err


def test_a_garbled_key_is_one_line(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["verify", str(bundle), "--key", "desk+12+34"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
