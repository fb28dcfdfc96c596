"""What is said of inputs that were read though something is odd with them, or that were left out."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
from click.testing import CliRunner, Result

from tollbook.cli import cli

STORY = "At least 40 people were killed when a roof fell in at Tessavar on 3 March 2019, the Civil Office said.\n"
LATIN = STORY.encode() + b"Caf\xe9s were closed.\n"
ENCODING = "no UTF-8, read as windows-1252; check letters with accents"


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False)


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:02}.txt").write_bytes(LATIN)
    return folder


def test_run_tells_notices_and_what_it_left_out_and_has_not_failed(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 1)
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = invoke("run", str(folder), "--strict", "--out", str(tmp_path / "out"))
    assert done.return_value == 0
    assert done.stderr.splitlines() == [
        f"tollbook: note: 00.txt: {ENCODING}",
        "tollbook: note: photo.png: a picture, left out",
    ]
    told = json.loads((tmp_path / "out" / "run.json").read_text())
    assert (told["failed"], told["skipped"]) == ([], [{"input": "photo.png", "why": "a picture, left out"}])


def test_a_scan_is_told_and_ends_with_status_1(tmp_path: Path) -> None:
    scan = pypdfium2.PdfDocument.new()
    scan.new_page(200, 200)
    scan.save(str(tmp_path / "scan.pdf"))
    invoke("init", str(tmp_path / "project"))
    for words in (["run", "--out", str(tmp_path / "out")], ["add", "--project", str(tmp_path / "project")]):
        done = invoke(*words, str(tmp_path / "scan.pdf"))
        assert done.return_value == 1
        assert done.stderr.splitlines() == [
            "tollbook: note: scan.pdf: the PDF holds no text, it may be a scan; make it searchable and read it again"
        ]


def test_beyond_twenty_notes_their_number_and_place_are_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 23)
    (folder / "empty.txt").write_text("")
    done = invoke("run", str(folder), "--out", str(tmp_path / "out"))
    told = done.stderr.splitlines()
    assert done.return_value == 1
    assert told[19] == f"tollbook: note: 19.txt: {ENCODING}"
    out = tmp_path / "out"
    assert told[20] == f"tollbook: and 3 notes more; see {out / 'reports.jsonl'} and {out / 'run.json'}"
    assert told[21:] == ["tollbook: empty.txt: empty: there is nothing to read"]


def test_add_tells_a_notice_once(tmp_path: Path) -> None:
    folder, project = folder_of(tmp_path, 1), str(tmp_path / "project")
    invoke("init", project)
    first = invoke("add", str(folder), "--project", project)
    assert first.return_value == 0
    assert first.stderr == f"tollbook: note: 00.txt: {ENCODING}\n"
    assert invoke("add", str(folder), "--project", project).stderr == ""
