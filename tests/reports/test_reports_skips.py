from __future__ import annotations

import json
from pathlib import Path

import pytest
from reports_reading import Read

from tollbook.model import Notice, Report
from tollbook.pipeline.run import run
from tollbook.reports import gather
from tollbook.reports.notes import notes

STORY = "At least two people were hurt in Harim on Monday, officials said.\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("photo.JPG", b"\xff\xd8\xff\xe0" + bytes(100), "a picture"),
        ("map.svg", b"<svg><text>34 killed</text></svg>", "a picture"),
        ("speech.mp3", bytes(100), "a sound recording"),
        ("scene.mp4", b"", "a video"),
        ("page.css", b"p { margin: 34 }", "a style sheet"),
        ("page.js", b"var killed = 34;", "a program"),
        ("Thumbs.db", bytes(100), "a file of the system"),
        ("meta.json", b'{"collected": "2019"}', "a JSON file with no report of the same name beside it"),
    ],
)
def test_what_is_no_report_by_its_kind_is_named_and_left_out(
    tmp_path: Path, read: Read, name: str, data: bytes, what: str
) -> None:
    (tmp_path / "wire.txt").write_text(STORY)
    (tmp_path / name).write_bytes(data)
    (report,), (told,) = read(tmp_path)
    assert report.id == "wire.txt"
    assert (told.input, told.skipped, str(told)) == (name, True, f"{name}: {what}, left out")
    gathered = gather([str(tmp_path)])
    assert (gathered.failures, [str(one) for one in gathered.skipped]) == ((), [str(told)])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("scan.txt", PNG),
        ("letter.docx", b"PK\x03\x04" + bytes(100)),
        ("reports.zip", b"PK\x03\x04" + bytes(100)),
        ("unknown.bin", bytes(range(256)) * 4),
        ("reports.json", b'[{"id": "r1", "text": "Two people were hurt."}]'),
    ],
)
def test_what_may_be_a_report_fails(tmp_path: Path, read: Read, name: str, data: bytes) -> None:
    (tmp_path / "wire.txt").write_text(STORY)
    (tmp_path / name).write_bytes(data)
    _, (told,) = read(tmp_path)
    assert (told.input, told.skipped) == (name, False)


def test_a_picture_that_is_itself_the_input_fails(tmp_path: Path, read: Read) -> None:
    (tmp_path / "photo.png").write_bytes(PNG)
    _, (told,) = read(tmp_path / "photo.png")
    assert not told.skipped
    assert str(told).startswith("photo.png: no text but a PNG picture")


def test_a_folder_of_pictures_alone_fails(tmp_path: Path, read: Read) -> None:
    (tmp_path / "photo.png").write_bytes(PNG)
    _, told = read(tmp_path)
    assert [(one.skipped, one.error.message) for one in told] == [
        (True, "a picture, left out"),
        (False, "a folder without reports"),
    ]


def test_particulars_beside_a_picture_of_the_same_name_are_the_report_s(tmp_path: Path, read: Read) -> None:
    (tmp_path / "wire.txt").write_text(STORY)
    (tmp_path / "wire.png").write_bytes(PNG)
    (tmp_path / "wire.json").write_text(json.dumps({"title": "Two hurt"}))
    (tmp_path / "other.png").write_bytes(PNG)
    (tmp_path / "other.json").write_text("{}")
    (report,), told = read(tmp_path)
    assert report.title == "Two hurt"
    assert [one.input for one in told] == ["other.json", "other.png", "wire.png"]


def test_the_folder_that_a_browser_saved_with_a_page_is_left_out(tmp_path: Path, read: Read) -> None:
    (tmp_path / "harim.html").write_text(f"<html><body><p>{STORY}</p></body></html>")
    for folder in ("harim_files", "bela_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text("<html><body><p>Storm kills 99 elsewhere.</p></body></html>")
    reports, (told,) = read(tmp_path)
    assert [report.id for report in reports] == ["harim.html", "bela_files/frame.html"]
    assert str(told) == "harim_files/: saved with harim.html, left out"


def test_notes_name_the_report_and_leave_out_what_is_usual(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Two hurt in Harim\n3 May 2019\n\n" + STORY.encode() + b"Caf\xe9s were closed.\n")
    (tmp_path / "b.txt").write_text("Ein Mann wurde gestern in der Stadt verletzt, und die Polizei sagte nichts dazu.")
    (tmp_path / "c.png").write_bytes(PNG)
    found = gather([str(tmp_path)])
    assert "published_from_text" in {notice.code for report in found.reports for notice in report.notices}
    encoding, language, picture = notes(found.reports, found.skipped)
    assert encoding == "a.txt: no UTF-8, read as windows-1252; check letters with accents"
    assert language.startswith("b.txt: ") and "de" in language
    assert picture == "c.png: a picture, left out"


def test_a_note_is_one_line_and_names_a_url() -> None:
    report = Report("f0", "", "", "f0", url="https://a.example/x", notices=(Notice("published", "'a\nb' is no\tdate"),))
    assert notes([report]) == ("https://a.example/x: 'a b' is no date",)


def test_what_tollbook_wrote_itself_is_not_read_again(tmp_path: Path, read: Read) -> None:
    (tmp_path / "wire.txt").write_text(STORY)
    for name, files in (
        ("record", {"run.json": "{}", "claims.jsonl": "{}", "texts/a.txt": STORY}),
        (
            "dossier",
            {"index.html": '<meta name="generator" content="tollbook 1"><p>34 killed</p>', "incidents/a.html": ""},
        ),
        ("project", {"tollbook.sqlite": "", "tollbook.sqlite-wal": "", "archive/text/a.txt": STORY, "in/b.txt": STORY}),
    ):
        for path, words in files.items():
            (tmp_path / name / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / path).write_text(words)
    reports, told = read(tmp_path)
    assert [report.id for report in reports] == ["wire.txt", "project/in/b.txt"]
    assert [(str(one), one.skipped) for one in told] == [
        ("dossier/: a dossier, left out", True),
        ("project/: a project's own files, left out", True),
        ("record/: the record of an earlier run, left out", True),
    ]
    _, told = read(tmp_path / "record")
    assert told[-1].error.message == "a folder without reports"


def test_the_record_of_a_real_run_is_known(tmp_path: Path, read: Read) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "wire.txt").write_text(STORY)
    run([str(tmp_path / "in")], tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / "in" / "out")
    (report,), (told,) = read(tmp_path / "in")
    assert (report.id, str(told)) == ("wire.txt", "out/: the record of an earlier run, left out")
