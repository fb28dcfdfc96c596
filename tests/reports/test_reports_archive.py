from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from reports_pdf import pdf
from reports_reading import Read
from reports_server import Page, Site

from tollbook.errors import InputError, OutputError
from tollbook.reports import Archive

TEXT = "Two people were hurt in Harim on Monday."


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_bytes_and_text_are_kept_by_their_hashes(tmp_path: Path, read: Read) -> None:
    (tmp_path / "in").mkdir()
    raw = pdf([TEXT])
    (tmp_path / "in" / "a.pdf").write_bytes(raw)
    (report,), failures = read(tmp_path / "in", archive=tmp_path / "kept")
    archive = Archive(tmp_path / "kept")
    assert failures == []
    assert report.sha256 == hashlib.sha256(raw).hexdigest()
    assert archive.raw(report.sha256) == raw
    assert archive.text(report.text_sha256) == TEXT
    assert archive.text_path(report.text_sha256).name == f"{report.text_sha256}.txt"
    (note,) = [json.loads(data) for name, data in files(tmp_path / "kept").items() if name.endswith(".json")]
    assert (note["how"], note["input"], note["bytes"]) == ("file", "a.pdf", len(raw))
    assert note["extractor"] == report.extractor
    assert note["tool"].startswith("tollbook ")


def test_a_second_reading_changes_nothing(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "../../etc/passwd", "text": TEXT}) + "\n")
    read(tmp_path / "a.jsonl", archive=tmp_path / "kept")
    before = files(tmp_path / "kept")
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*")}
    read(tmp_path / "a.jsonl", archive=tmp_path / "kept")
    assert files(tmp_path / "kept") == before
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*")} == stamps
    assert len(before) == 3
    assert all(name.split("/")[0] in ("raw", "text") for name in before)


def test_the_headers_and_hops_of_a_url_are_kept(tmp_path: Path, site: Site, read: Read) -> None:
    site.pages["/1"] = Page(status=302, headers={"Location": "/2"})
    site.pages["/2"] = Page(TEXT.encode(), headers={"Content-Type": "text/plain", "ETag": '"x7"'})
    (report,), _ = read(site.url("/1"), archive=tmp_path / "kept", allow_hosts=frozenset({"127.0.0.1"}), delay=0.0)
    (name,) = [name for name in files(tmp_path / "kept") if name.endswith(".json")]
    assert name.startswith(f"raw/{report.sha256[:2]}/{report.sha256}.")
    note = json.loads((tmp_path / "kept" / name).read_text())
    assert note["hops"] == [site.url("/1"), site.url("/2")]
    assert ["etag", '"x7"'] in [[key.lower(), value] for key, value in note["headers"]]


def test_a_text_with_lone_surrogates_comes_back(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Two \\ud800 hurt"}')
    (report,), _ = read(tmp_path / "a.jsonl", archive=tmp_path / "kept")
    assert Archive(tmp_path / "kept").text(report.text_sha256) == "Two \ud800 hurt"


def test_an_altered_file_is_told(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (report,), _ = read(tmp_path / "a.txt", archive=tmp_path / "kept")
    archive = Archive(tmp_path / "kept")
    archive.text_path(report.text_sha256).write_text(TEXT.replace("Two", "Ten"))
    with pytest.raises(InputError, match="altered"):
        archive.text(report.text_sha256)
    with pytest.raises(InputError, match="not in the archive"):
        archive.raw("0" * 64)


@pytest.mark.parametrize("bad", ["", "../../etc/passwd", "0" * 63, "G" * 64, "0" * 64 + "\n"])
def test_only_a_hash_becomes_a_path(tmp_path: Path, bad: str) -> None:
    with pytest.raises(InputError, match="no sha256"):
        Archive(tmp_path).raw_path(bad)


def test_no_space_left_is_one_line_and_nothing_half_written(tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: the write fails midway in the same way."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "large.txt").write_text(TEXT * 2000)
    (tmp_path / "in" / "small.txt").write_text(TEXT)
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from tollbook.reports import InputOptions, read_inputs\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "for item in read_inputs([sys.argv[1]], InputOptions(archive=Path(sys.argv[2]))):\n"
        "    print(type(getattr(item, 'error', None)).__name__, item if hasattr(item, 'error') else item.id)\n"
    )
    args = [sys.executable, "-B", "-c", code, str(tmp_path / "in"), str(tmp_path / "kept")]
    run = subprocess.run(args, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == [
        "OutputError large.txt: could not be archived (file too large); nothing was kept of it",
        "NoneType small.txt",
    ]
    kept = files(tmp_path / "kept")
    assert len(kept) == 3
    assert not [name for name in kept if ".part-" in name]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 20_000


def test_an_archive_where_a_file_is_in_the_way(tmp_path: Path, read: Read) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "kept").write_text("a file, no folder")
    reports, (failure,) = read(tmp_path / "a.txt", archive=tmp_path / "kept")
    assert reports == []
    assert isinstance(failure.error, OutputError)
    assert failure.input == "a.txt"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "kept"]
