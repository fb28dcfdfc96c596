"""Commands over evidence, as a user meets them: custody, evidence, and web archives given to add and run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from warc_made import Crawl, page

from tollbook.cli import call

SITE = "https://courier.example"
Said = pytest.CaptureFixture[str]


def crawl(folder: Path, name: str = "crawl.warc.gz", share: float = 1.0) -> str:
    made = Crawl()
    made.response(f"{SITE}/flood", page(), ("ETag", '"x7"'))
    made.response(f"{SITE}/river.png", b"\x89PNG", media_type="image/png")
    whole = made.bytes()
    (folder / name).write_bytes(whole[: int(len(whole) * share)])
    return str(folder / name)


@pytest.fixture
def project(tmp_path: Path, capsys: Said) -> str:
    folder = str(tmp_path / "atlas")
    assert call(["init", folder, "--name", "ann"]) == 0
    assert call(["add", crawl(tmp_path), "--project", folder, "--name", "ann"]) == 0
    capsys.readouterr()
    return folder


def test_custody_tells_how_a_report_was_obtained(project: str, capsys: Said) -> None:
    assert call(["custody", SITE, "--project", project]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith(": Flood in Harim")
    assert lines[3] == "1. obtained 2031-05-07T08:30:00Z, event 3"
    assert lines[4] == f"   read from a web archive: crawl.warc.gz: {SITE}/flood"
    assert lines[5].startswith("   added ")
    assert lines[5].endswith(" by ann")
    assert "   status HTTP/1.1 200 OK" in lines
    assert lines[-1] == '   header ETag: "x7"'
    assert call(["custody", SITE, "--project", project, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["link"] for one in told["links"]] == ["obtained"]
    assert told["links"][0]["event"]["seq"] == 3
    assert call(["custody", told["text_sha256"][:12], "--project", project]) == 0


def test_custody_that_was_altered_is_named_with_status_4(project: str, capsys: Said) -> None:
    (path,) = (Path(project) / "archive").rglob("*.json")
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"ann", b"eve"))
    assert call(["custody", SITE, "--project", project]) == 4
    said = capsys.readouterr()
    assert said.err.endswith("altered: not as event 3 tells it; restore it from a copy\n")
    assert call(["verify", "--project", project]) == 4
    path.unlink()
    assert call(["custody", SITE, "--project", project]) == 4
    assert "not in the archive" in capsys.readouterr().err


def test_a_report_that_is_none_is_one_line(project: str, capsys: Said) -> None:
    assert call(["custody", "r9", "--project", project]) == 2
    assert capsys.readouterr().err == "tollbook: no report 'r9'; 'tollbook export reports-csv' lists their ids\n"


def test_evidence_says_that_it_is_no_publication(project: str, tmp_path: Path, capsys: Said) -> None:
    out = str(tmp_path / "out.wacz")
    assert call(["evidence", out, "--project", project, "--name", "ben"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{out}: 1 report, 1 capture, sha256 ")
    assert "names stand in it unmasked, and what is withheld stands in it: it is no publication" in said.err
    assert call(["evidence", out, "--project", project]) == 5
    assert capsys.readouterr().err == f"tollbook: {out}: is there already; choose another name\n"
    assert call(["evidence", str(tmp_path / "out.pdf"), "--project", project]) == 2
    assert call(["init", str(tmp_path / "again")]) == 0
    assert call(["add", out, "--project", str(tmp_path / "again")]) == 0
    capsys.readouterr()
    assert call(["custody", SITE, "--project", str(tmp_path / "again")]) == 0
    told = [line for line in capsys.readouterr().out.splitlines() if line[:1].isdecimal()]
    assert told == [
        "1. obtained 2031-05-07T08:30:00Z, as the file says that it came with",
        "2. imported 2031-05-07T08:30:00Z, event 3",
    ]


def test_what_is_no_page_is_noted_and_nothing_has_failed(tmp_path: Path, capsys: Said) -> None:
    assert call(["run", crawl(tmp_path), "--out", str(tmp_path / "record")]) == 0
    said = capsys.readouterr()
    assert said.err == f"tollbook: note: crawl.warc.gz: {SITE}/river.png: image/png, left out\n"
    (row,) = map(json.loads, (tmp_path / "record" / "reports.jsonl").read_text().splitlines())
    assert row["url"] == f"{SITE}/flood"


def test_a_web_archive_cut_in_the_middle_is_one_line_and_nothing_is_written(tmp_path: Path, capsys: Said) -> None:
    folder = tmp_path / "atlas"
    assert call(["init", str(folder)]) == 0
    capsys.readouterr()
    assert call(["add", crawl(tmp_path, "cut.warc.gz", 0.7), "--project", str(folder)]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert said.err.startswith("tollbook: cut.warc.gz: was cut off in record ")
    assert [path for path in (folder / "archive").rglob("*") if path.is_file() and path.name != ".lock"] == []
    assert call(["verify", "--project", str(folder)]) == 0
