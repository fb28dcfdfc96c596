"""Evidence goes out as WARC or WACZ with its chain of custody, and comes back the same."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import surt
from fastwarc.warc import ArchiveIterator as Fast
from project_values import ANN, BEN, PLAIN, log, tree
from reports_pdf import pdf
from warc_made import Crawl, chunked, packed, page, sha1
from warcio.archiveiterator import ArchiveIterator

from tollbook.errors import OutputError, StoreError, UsageError
from tollbook.model import Report
from tollbook.pipeline.chain import chain_of, find_report
from tollbook.pipeline.evidence import export_evidence
from tollbook.pipeline.project import add, check, init, open_project, verify
from tollbook.reports import Archive
from tollbook.warc import cdxj

SITE = "https://www.courier.example"
ROW = {"id": "r1", "text": "Four people were hurt in Harim.", "title": "A row", "url": f"{SITE}/row"}


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """One of each: a text with a sidecar, a page, a PDF, a row, and captures of the web, one of them twice."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Two people were hurt in Harim on 5 May 2031.")
    (folder / "a.json").write_text('{"title": "Hurt", "publisher": "Herald", "published": "2031-05-06"}')
    (folder / "p.html").write_bytes(page(3))
    (folder / "q.pdf").write_bytes(pdf(["Six people were hurt in Harim."]))
    (folder / "r.jsonl").write_text(f"{json.dumps(ROW)}\n")
    (folder / "lone.jsonl").write_text('{"id": "r2", "text": "Two \\ud800 hurt"}\n')
    body = chunked(packed(page()))
    crawl = Crawl()
    crawl.response(f"{SITE}/old", b"", ("Location", "/flood"), status="302 Found")
    crawl.response(f"{SITE}/flood", body, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("ETag", "7"))
    crawl.revisit(f"{SITE}/flood", sha1(body), f"{SITE}/flood")
    crawl.save(folder / "crawl.warc.gz")
    return folder


@pytest.fixture
def floods(folder: Path, inputs: Path) -> Path:
    added = add(folder, [str(inputs)], ANN, reader=PLAIN)
    assert len(added.new) == 6
    return folder


def reports(folder: Path) -> dict[str, Report]:
    with open_project(folder) as store, store.read() as unit:
        return {one.id: one for row in unit.table("reports") if (one := unit.report(*row.key))}


def records(path: Path) -> list[Any]:
    """Every record as warcio reads it, digests checked, with its content beside it."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            found.append((record, record.content_stream().read()))
    return found


def warc_of(path: Path, tmp_path: Path) -> Path:
    if path.suffix != ".wacz":
        return path
    with zipfile.ZipFile(path) as file:
        (tmp_path / "inner.warc.gz").write_bytes(file.read("archive/evidence.warc.gz"))
    return tmp_path / "inner.warc.gz"


@pytest.mark.parametrize("ending", ["warc.gz", "warc", "wacz"])
def test_what_goes_out_comes_back_the_same(floods: Path, tmp_path: Path, ending: str) -> None:
    made = export_evidence(floods, tmp_path / f"out.{ending}", ANN)
    assert (made.reports, made.captures, made.logged) == (6, 7, True)
    init(tmp_path / "again", BEN)
    added = add(tmp_path / "again", [str(tmp_path / f"out.{ending}")], BEN, reader=PLAIN)
    assert (added.failed, len(added.new)) == ((), 6)
    before, after = reports(floods), reports(tmp_path / "again")
    assert after == before
    old, new = (tree(one / "archive") for one in (floods, tmp_path / "again"))
    assert {name: data for name, data in old.items() if not name.endswith(".json")} == {
        name: data for name, data in new.items() if not name.endswith(".json")
    }
    assert verify(tmp_path / "again") == ()
    events = log(tmp_path / "again")
    assert add(tmp_path / "again", [str(tmp_path / f"out.{ending}")], BEN, reader=PLAIN).new == ()
    assert log(tmp_path / "again") == events


def test_warcio_and_fastwarc_read_what_is_written(floods: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.warc.gz"
    export_evidence(floods, out, ANN)
    found = records(out)
    kinds = [record.rec_type for record, _ in found]
    assert kinds[0] == "warcinfo"
    assert {kind: kinds.count(kind) for kind in sorted(set(kinds))} == {
        "conversion": 6, "metadata": 7, "resource": 5, "response": 1, "revisit": 1, "warcinfo": 1,
    }  # fmt: skip
    (answer,) = ((record, content) for record, content in found if record.rec_type == "response")
    assert answer[1] == page()
    assert answer[0].http_headers.statusline == "200 OK"
    assert answer[0].http_headers.headers == [
        ("Content-Type", "text/html"),
        ("X-Archive-Orig-Transfer-Encoding", "chunked"),
        ("X-Archive-Orig-Content-Encoding", "gzip"),
        ("ETag", "7"),
    ]
    with out.open("rb") as file:
        fast = [
            (str(record.record_type), record.record_id, record.verify_block_digest())
            for record in Fast(file, parse_http=False)
        ]
    assert [kind for kind, _, _ in fast] == kinds
    assert all(sound for _, _, sound in fast)
    ids = [record.rec_headers.get_header("WARC-Record-ID") for record, _ in found]
    assert len(set(ids)) == len(ids)
    assert [f"<{one}>" if not one.startswith("<") else one for _, one, _ in fast] == ids


def test_each_capture_has_its_chain_and_its_text_beside_it(floods: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.warc.gz"
    export_evidence(floods, out, ANN)
    found = records(out)
    told = {
        record.rec_headers.get_header("WARC-Refers-To"): json.loads(content)
        for record, content in found
        if record.rec_type == "metadata"
    }
    kept = reports(floods)
    for record, content in found:
        if record.rec_type in ("response", "resource"):
            chain = told[record.rec_headers.get_header("WARC-Record-ID")]
            assert chain["sha256"] == kept[chain["report"]].sha256
            assert record.rec_headers.get_header("WARC-Payload-Digest") == f"sha256:{chain['sha256']}"
            (link,) = chain["links"]
            assert (link["link"], link["by"], link["bytes"]) == ("obtained", "ann", len(content))
            assert link["event"]["who"] == "ann"
            assert len(link["custody_sha256"]) == 64
    (web,) = {one["report"] for one in told.values() if one["links"][0]["how"] == "warc"}
    assert {one["links"][0]["headers"][-1][0] for one in told.values() if one["report"] == web} == {"ETag", "X-Again"}
    texts = [content for record, content in found if record.rec_type == "conversion"]
    archive = Archive(floods / "archive")
    assert sorted(texts) == sorted(
        archive.text(one.text_sha256).encode("utf-8", "surrogatepass") for one in kept.values()
    )


def test_the_same_evidence_gives_the_same_bytes(floods: Path, inputs: Path, tmp_path: Path) -> None:
    export_evidence(floods, tmp_path / "one.wacz", ANN)
    export_evidence(floods, tmp_path / "two.wacz", BEN)
    assert (tmp_path / "one.wacz").read_bytes() == (tmp_path / "two.wacz").read_bytes()
    export_evidence(floods, tmp_path / "one.warc", ANN, reports=["r1"])
    export_evidence(floods, tmp_path / "two.warc", BEN, reports=["r1", "r1"])
    assert (tmp_path / "one.warc").read_bytes() == (tmp_path / "two.warc").read_bytes()
    assert len(records(tmp_path / "one.warc")) == 4


def test_wacz_validate_finds_the_package_valid_and_the_index_leads_to_each_capture(
    floods: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.wacz"
    export_evidence(floods, out, ANN)
    run = subprocess.run(
        [sys.executable, "-m", "wacz", "validate", "-f", str(out)], capture_output=True, text=True, check=False
    )
    assert "Validation succeeded" in run.stdout, run.stdout + run.stderr
    with zipfile.ZipFile(out) as file:
        stored = {info.filename for info in file.infolist() if info.compress_type == zipfile.ZIP_STORED}
        assert stored == {"archive/evidence.warc.gz", "indexes/index.cdx.gz"}
        package = json.loads(file.read("datapackage.json"))
        assert package["wacz_version"] == "1.1.1"
        assert "not for publication" in package["description"]
        pages = [json.loads(line) for line in file.read("pages/pages.jsonl").splitlines()]
        assert pages[0]["format"] == "json-pages-1.0"
        assert len(pages) == 8
        warc = file.read("archive/evidence.warc.gz")
        index = file.read("indexes/index.idx").decode().splitlines()
        assert index[0].startswith('!meta 0 {"format": "cdxj-gzip-1.0"')
        lines = gzip.decompress(file.read("indexes/index.cdx.gz")).decode().splitlines()
    assert lines == sorted(lines)
    assert len(lines) == 7
    for line in lines:
        key, time, about = line.split(" ", 2)
        told = json.loads(about)
        part = warc[int(told["offset"]) : int(told["offset"]) + int(told["length"])]
        (record,) = list(ArchiveIterator(io.BytesIO(part)))
        head = record.rec_headers
        assert head.get_header("WARC-Target-URI") == told["url"]
        assert head.get_header("WARC-Payload-Digest") == told["digest"]
        assert (key, len(time)) == (surt.surt(told["url"]), 14)
        assert (told["mime"] == "warc/revisit") == (record.rec_type == "revisit")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.Courier.example:8080/A/b?z=1&a=2", "http://courier.example", "https://courier.example:443/",
        "http://www2.courier.example/Index.html", "ftp://files.example/x", "urn:sha256:abc",
        "http://x.example/%7Efoo?Q=%20y", "http://münchen.example/ä?q=ü", "http://127.0.0.1:8000/p",
    ],
)  # fmt: skip
def test_a_url_has_the_key_that_replay_looks_for(url: str) -> None:
    assert cdxj.surt(url) == surt.surt(url)


def test_a_copy_taken_is_a_link_of_the_chain_and_so_is_a_copy_taken_in(floods: Path, tmp_path: Path) -> None:
    made = export_evidence(floods, tmp_path / "out.wacz", BEN, reports=["r1", "a.txt"])
    last = log(floods)[-1]
    assert (last.kind, last.who) == ("custody", "ben")
    assert json.loads(last.payload) == {
        "link": "exported", "file": "out.wacz", "sha256": made.sha256, "reports": ["a.txt", "r1"],
    }  # fmt: skip
    init(tmp_path / "again", BEN)
    add(tmp_path / "again", [str(tmp_path / "out.wacz")], BEN, reader=PLAIN)
    for project, report, kinds in (
        (floods, "r1", ["obtained", "exported"]),
        (floods, "q.pdf", ["obtained"]),
        (tmp_path / "again", "r1", ["imported"]),
    ):
        with open_project(project) as store, store.read() as unit:
            chain = chain_of(unit, Archive(project / "archive"), find_report(unit, report))
        assert [link.name for link in chain.links] == kinds
    (before,) = chain.links[0].earlier
    assert (before["by"], before["how"], before["input"]) == ("ann", "row", "r.jsonl:1")
    assert verify(floods) == ()


def test_a_project_that_may_only_be_read_gives_its_evidence(floods: Path, tmp_path: Path, monkeypatch: Any) -> None:
    from tollbook.store import sqlite

    before = log(floods)
    monkeypatch.setattr(sqlite, "may_write", lambda path: False)
    assert not export_evidence(floods, tmp_path / "out.wacz", ANN).logged
    assert log(floods) == before


def test_a_project_in_use_gives_no_copy_that_its_log_would_not_tell_of(
    floods: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tollbook.store import open_store, sqlite

    monkeypatch.setitem(sqlite.open_store.__kwdefaults__, "wait", 0.1)  # else a minute
    with open_store(floods / "tollbook.sqlite") as other, other.write(), pytest.raises(StoreError, match="is in use"):
        export_evidence(floods, tmp_path / "out.wacz", ANN)
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


# ---- what is refused ----


@pytest.mark.parametrize("which", ["raw", "text", "custody", "gone"])
def test_altered_evidence_is_never_exported(floods: Path, tmp_path: Path, which: str) -> None:
    report, archive = reports(floods)["r1"], Archive(floods / "archive")
    (way,) = archive.ways(report.sha256)
    path = {
        "raw": archive.raw_path(report.sha256),
        "gone": archive.raw_path(report.sha256),
        "text": archive.text_path(report.text_sha256),
        "custody": archive.note_path(report.sha256, way),
    }[which]
    path.chmod(0o644)
    if which == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().replace(b"o", b"e"))
    before = log(floods)
    with pytest.raises(StoreError, match=r"report r1: .*restore the file from a copy"):
        export_evidence(floods, tmp_path / "out" / "out.wacz", ANN)
    assert log(floods) == before
    assert [each for each in tmp_path.rglob("*") if "out." in each.name] == []


def test_no_file_is_overwritten_and_other_names_are_refused(floods: Path, tmp_path: Path) -> None:
    (tmp_path / "out.wacz").write_text("mine")
    before = log(floods)
    with pytest.raises(OutputError, match="is there already"):
        export_evidence(floods, tmp_path / "out.wacz", ANN)
    with pytest.raises(UsageError, match=r"'out\.zip' is no name of a WARC or WACZ"):
        export_evidence(floods, tmp_path / "out.zip", ANN)
    with pytest.raises(UsageError, match="no report 'r9'"):
        export_evidence(floods, tmp_path / "new.wacz", ANN, reports=["r9"])
    init(tmp_path / "empty", ANN)
    with pytest.raises(StoreError, match="holds no report"):
        export_evidence(tmp_path / "empty", tmp_path / "new.wacz", ANN)
    assert (tmp_path / "out.wacz").read_text() == "mine"
    assert log(floods) == before


def forged(path: Path, out: Path, change: dict[str, Any]) -> Path:
    """The evidence with something else in each chain, and digests that fit."""
    from tollbook.warc.writing import Entry, Writer

    with out.open("wb") as file:
        writer = Writer(file, packed=False)
        for record, _ in records(path):
            head = record.rec_headers
            block = record.http_headers.to_bytes() if record.http_headers else b""
            with path.open("rb") as source:
                content = next(
                    one.raw_stream.read()
                    for one in ArchiveIterator(source)
                    if one.rec_headers.get_header("WARC-Record-ID") == head.get_header("WARC-Record-ID")
                )
            if record.rec_type == "metadata":
                content = json.dumps({**json.loads(content), **change}).encode()
            refers = head.get_header("WARC-Refers-To")
            writer.write(
                Entry(
                    record.rec_type, head.get_header("WARC-Record-ID"), head.get_header("WARC-Date"),
                    head.get_header("WARC-Target-URI") or "", head.get_header("Content-Type"), block, content,
                    headers=(("WARC-Refers-To", refers),) if refers else (),
                )
            )  # fmt: skip
    return out


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"sha256": "0" * 64}, "its bytes are not those that its chain of custody tells of"),
        ({"links": []}, "its chain of custody can't be read"),
        ({"links": "x"}, "its chain of custody can't be read"),
    ],
)
def test_a_chain_that_does_not_fit_its_bytes_is_refused(
    floods: Path, tmp_path: Path, change: dict[str, Any], line: str
) -> None:
    export_evidence(floods, tmp_path / "out.warc", ANN, reports=["r1"])
    init(tmp_path / "again", BEN)
    path = forged(tmp_path / "out.warc", tmp_path / "forged.warc", change)
    (failure,) = add(tmp_path / "again", [str(path)], BEN, reader=PLAIN).failed
    assert line in str(failure)
    assert [event.kind for event in log(tmp_path / "again")] in (["project"], ["project", "settled"])


def test_a_text_told_in_a_chain_is_never_taken_for_the_bytes(floods: Path, tmp_path: Path) -> None:
    export_evidence(floods, tmp_path / "out.warc", ANN, reports=["p.html"])
    init(tmp_path / "again", BEN)
    path = forged(tmp_path / "out.warc", tmp_path / "forged.warc", {"text_sha256": "0" * 64, "extractor": "hand 1"})
    add(tmp_path / "again", [str(path)], BEN, reader=PLAIN)
    (report,) = reports(tmp_path / "again").values()
    assert report.text_sha256 == reports(floods)["p.html"].text_sha256
    assert ("text_differs", "another text was made of these bytes before, by hand 1") in [
        (one.code, one.message) for one in report.notices
    ]
    assert check(tmp_path / "again").mismatches == ()
