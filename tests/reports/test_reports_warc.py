"""Web archives: each capture of a page or text is a report, and one that is cut or altered is refused whole."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

import brotli
import pytest
from reports_pdf import pdf
from reports_reading import Read
from warc_made import DATE, Crawl, chunked, packed, page, sha1, wacz

from tollbook.errors import InputError
from tollbook.reports import Archive, InputOptions, gather

SITE = "https://courier.example"


def kept(folder: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_bytes()) for path in sorted((folder / "raw").rglob("*.json"))]


def lines(failures: list[object]) -> list[str]:
    return [str(failure) for failure in failures]


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_capture_is_a_report_with_its_url_date_and_headers(tmp_path: Path, read: Read, gzipped: bool) -> None:
    crawl = Crawl(gzipped)
    crawl.info()
    record = crawl.response(f"{SITE}/flood", page(), ("ETag", '"x7"'), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    path = crawl.save(tmp_path / ("a.warc.gz" if gzipped else "a.warc"))
    (report,), failures = read(path, archive=tmp_path / "kept", who="ann", when="2031-06-01T00:00:00Z")
    assert failures == []
    assert report.url == f"{SITE}/flood"
    assert report.id == f"{SITE}/flood#{report.text_sha256[:16]}"
    assert (report.title, report.publisher) == ("Flood in Harim", "courier.example")
    assert "Two people were hurt in Harim" in report.text
    assert report.sha256 == hashlib.sha256(page()).hexdigest()
    assert Archive(tmp_path / "kept").raw(report.sha256) == page()
    (told,) = kept(tmp_path / "kept")
    assert (told["how"], told["by"], told["obtained"], told["added"]) == ("warc", "ann", DATE, "2031-06-01T00:00:00Z")
    assert told["status"] == "HTTP/1.1 200 OK"
    assert told["headers"][1:] == [["ETag", '"x7"'], ["Set-Cookie", "a=1"], ["Set-Cookie", "b=2"]]  # type: ignore[index]
    assert told["capture"] == {
        "file": path.name, "file_sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "record": record,
        "type": "response", "date": DATE, "digest": sha1(page()), "software": "walker/3.2",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(page()), (("Transfer-Encoding", "chunked"),)),
        (packed(page()), (("Content-Encoding", "gzip"),)),
        (chunked(packed(page())), (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))),
        (page(), (("Content-Encoding", "gzip"),)),
        (page(), (("Transfer-Encoding", "chunked"),)),
    ],
    ids=["chunked", "gzip", "both", "said to be gzip", "said to be chunked"],
)
def test_the_content_is_as_a_reader_of_the_page_had_it(
    tmp_path: Path, read: Read, body: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    crawl = Crawl()
    crawl.response(f"{SITE}/flood", body, *headers)
    (report,), failures = read(crawl.save(tmp_path / "a.warc.gz"))
    assert failures == []
    assert report.sha256 == hashlib.sha256(page()).hexdigest()


def test_brotli_is_unpacked_within_the_limit(tmp_path: Path, read: Read) -> None:
    crawl = Crawl()
    crawl.response(f"{SITE}/flood", brotli.compress(page()), ("Content-Encoding", "br"))
    crawl.response(f"{SITE}/bomb", brotli.compress(b"a" * 3_000_000), ("Content-Encoding", "br"))
    (report,), (bomb,) = read(crawl.save(tmp_path / "a.warc.gz"), max_size=1_000_000)
    assert report.sha256 == hashlib.sha256(page()).hexdigest()
    assert "larger than 1,000,000 bytes" in str(bomb)


def test_without_brotli_one_line_names_the_capture_and_the_rest_is_read(
    tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl = Crawl()
    crawl.response(f"{SITE}/flood", brotli.compress(page()), ("Content-Encoding", "br"))
    crawl.response(f"{SITE}/plain", page())
    monkeypatch.setitem(sys.modules, "brotli", None)
    (report,), (failure,) = read(crawl.save(tmp_path / "a.warc.gz"))
    assert report.url == f"{SITE}/plain"
    assert str(failure).endswith("its content is packed as 'br'; pip install brotli")
    assert f"{SITE}/flood" in str(failure)


def test_pages_pdfs_and_texts_are_read_and_the_rest_is_named(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.response(f"{SITE}/a", page())
    crawl.response(f"{SITE}/b", pdf(["Two people were hurt in Harim."]), media_type="application/pdf")
    crawl.response(f"{SITE}/c.txt", b"Four people were hurt in Harim.", media_type="text/plain; charset=utf-8")
    crawl.response(f"{SITE}/d", pdf(["Six people were hurt in Harim."]), media_type="application/octet-stream")
    crawl.response(f"{SITE}/e.png", b"\x89PNG....", media_type="image/png")
    crawl.response(f"{SITE}/f", b"gone", status="404 Not Found")
    crawl.response(f"{SITE}/g", b"", ("Location", f"{SITE}/a"), status="301 Moved Permanently")
    crawl.response(f"{SITE}/h", b"")
    crawl.response(f"{SITE}/i", b"12345", media_type="application/octet-stream")
    crawl.other("request", f"{SITE}/a", b"GET /a HTTP/1.1\r\n\r\n", "application/http; msgtype=request")
    crawl.other("metadata", f"{SITE}/a", b"via: x\r\n", "application/warc-fields")
    crawl.other("resource", "urn:text:1", b"Words of a page.", "text/plain")
    crawl.other("resource", "ftp://files.example/note.txt", b"Eight people were hurt in Harim.", "text/plain")
    gathered = gather([str(crawl.save(tmp_path / "crawl.warc.gz"))])
    assert [report.url for report in gathered.reports] == [
        "ftp://files.example/note.txt", f"{SITE}/a", f"{SITE}/b", f"{SITE}/c.txt", f"{SITE}/d",
    ]  # fmt: skip
    assert gathered.failures == ()
    assert sorted(map(str, gathered.skipped)) == [
        f"crawl.warc.gz: {SITE}/e.png: image/png, left out",
        f"crawl.warc.gz: {SITE}/f: answered 404, left out",
        f"crawl.warc.gz: {SITE}/g: answered 301, left out",
        f"crawl.warc.gz: {SITE}/h: empty, left out",
        f"crawl.warc.gz: {SITE}/i: application/octet-stream, left out",
        "crawl.warc.gz: urn:text:1: text/plain, left out",
    ]


def test_redirects_that_led_to_a_page_are_kept(tmp_path: Path, read: Read) -> None:
    crawl = Crawl()
    crawl.response(f"{SITE}/old", b"", ("Location", "/older"), status="302 Found")
    crawl.response(f"{SITE}/older", b"", ("Location", f"{SITE}/flood"), status="301 Moved")
    crawl.response(f"{SITE}/flood", page())
    crawl.response(f"{SITE}/loop", b"", ("Location", f"{SITE}/loop"), status="301 Moved")
    read(crawl.save(tmp_path / "a.warc.gz"), archive=tmp_path / "kept")
    (told,) = kept(tmp_path / "kept")
    assert told["hops"] == [f"{SITE}/old", f"{SITE}/older", f"{SITE}/flood"]


def test_a_page_captured_again_is_one_report_with_another_link(tmp_path: Path) -> None:
    crawl = Crawl()
    crawl.revisit(f"{SITE}/flood", sha1(page()), f"{SITE}/flood")  # before its original
    first = crawl.response(f"{SITE}/flood", page())
    crawl.response(f"{SITE}/flood", page(), WARC_Date="2031-05-08T09:00:00Z")
    crawl.revisit(f"{SITE}/copy", sha1(page()), f"{SITE}/flood", WARC_Refers_To=first)
    crawl.revisit(f"{SITE}/else", sha1(b"other"), f"{SITE}/elsewhere")
    path = crawl.save(tmp_path / "a.warc.gz")
    gathered = gather([str(path)], InputOptions(archive=tmp_path / "kept", who="ann", when=DATE))
    assert [report.url for report in gathered.reports] == [f"{SITE}/copy", f"{SITE}/flood"]
    assert gathered.failures == ()
    assert lines(list(gathered.skipped)) == [
        f"a.warc.gz: {SITE}/else: a capture of bytes that are in another file, left out"
    ]
    ways = {name.partition("#")[0]: each for name, each in gathered.custody.items()}
    assert sorted(str(way.told["obtained"]) for way in ways[f"{SITE}/flood"]) == [
        DATE, "2031-05-08T09:00:00Z", "2031-05-09T10:00:00Z",
    ]  # fmt: skip
    (again,) = (way.told for way in ways[f"{SITE}/flood"] if way.told["capture"]["type"] == "revisit")  # type: ignore[index]
    assert ["X-Again", "yes"] in again["headers"]


def test_wrong_digests_are_refused_one_by_one(tmp_path: Path, read: Read) -> None:
    crawl = Crawl()
    crawl.response(f"{SITE}/wrong", page(1), WARC_Payload_Digest=sha1(page(2)))
    crawl.response(f"{SITE}/block", page(3), WARC_Block_Digest="sha256:" + "0" * 64)
    crawl.response(f"{SITE}/hex", page(4), WARC_Payload_Digest="sha256:" + hashlib.sha256(page(4)).hexdigest())
    crawl.response(f"{SITE}/unknown", page(5), WARC_Payload_Digest="whirl:abc")
    body = chunked(page(6))
    crawl.response(f"{SITE}/joined", body, ("Transfer-Encoding", "chunked"), WARC_Payload_Digest=sha1(page(6)))
    reports, failures = read(crawl.save(tmp_path / "a.warc.gz"))
    assert [str(report.url) for report in reports] == [f"{SITE}/hex", f"{SITE}/unknown", f"{SITE}/joined"]
    assert lines(failures) == [  # type: ignore[arg-type]
        f"a.warc.gz: {SITE}/wrong: its bytes don't have the digest that its record states ({sha1(page(2))}); "
        "get the file again",
        f"a.warc.gz: {SITE}/block: its bytes don't have the digest that its record states (sha256:{'0' * 64}); "
        "get the file again",
    ]


def crawl_of(count: int, gzipped: bool) -> bytes:
    crawl = Crawl(gzipped)
    crawl.info()
    for number in range(count):
        crawl.response(f"{SITE}/{number}", page(number))
    return crawl.bytes()


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.5, 0.77, 0.96])
def test_a_file_cut_in_the_middle_is_one_line_and_nothing_is_kept(tmp_path: Path, gzipped: bool, share: float) -> None:
    whole = crawl_of(4, gzipped)
    path = tmp_path / ("cut.warc.gz" if gzipped else "cut.warc")
    path.write_bytes(whole[: int(len(whole) * share)])
    gathered = gather([str(path)], InputOptions(archive=tmp_path / "kept"))
    assert gathered.reports == ()
    assert not (tmp_path / "kept").exists()
    (line,) = map(str, gathered.failures)
    assert line.startswith(f"{path.name}: was cut off ")
    assert line.endswith("nothing of it is read; get the whole file again")


@pytest.mark.parametrize("gzipped", [False, True])
def test_no_cut_anywhere_gives_a_report_that_is_not_whole(tmp_path: Path, gzipped: bool) -> None:
    whole = crawl_of(1, gzipped)
    path = tmp_path / ("cut.warc.gz" if gzipped else "cut.warc")
    texts = set()
    for size in range(1, len(whole), 7):
        path.write_bytes(whole[:size])
        gathered = gather([str(path)])
        assert len(gathered.reports) + len(gathered.failures) <= 1
        texts |= {report.sha256 for report in gathered.reports}
    assert texts <= {hashlib.sha256(page(0)).hexdigest()}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "a.warc: empty: there is nothing to read"),
        (b"\n\n", "a.warc: empty: there is nothing to read"),
        (b"Two people were hurt.\n", "a.warc: is no WARC; a WARC begins with 'WARC/1.0' or 'WARC/1.1'"),
        (gzip.compress(b"Two people were hurt.\n", mtime=0), "a.warc: is no WARC; a WARC begins"),
        (b"\x00" * 100_000, "a.warc: is no WARC; a WARC begins"),
        (b"WARC/9.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "a.warc: is of another version of WARC (WARC/9.0)"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", "a.warc: is damaged: record 1 does not say how long it is"),
        (b"WARC/1.0\r\nContent-Length: -4\r\n\r\n", "a.warc: is damaged: record 1 does not say how long it is"),
        (b"WARC/1.0\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n", "a.warc: is damaged: record 1 does not say"),
        (b"WARC/1.0\r\nno header\r\n\r\n", "a.warc: is damaged: record 1 has a header line that is none"),
        (
            b"WARC/1.0\r\nContent-Length: 2\r\n\r\nabcd\r\n\r\nWARC/1.0\r\n",
            "a.warc: is damaged: record 2 begins in no way a record does",
        ),
        (b"WARC/1.0\r\nX: " + b"y" * 100_000, "a.warc: is damaged: record 1 has a line without an end"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 300_000, "a.warc: is damaged: record 1 has headers without an end"),
    ],
)
def test_what_is_no_warc_is_one_line(tmp_path: Path, content: bytes, line: str, read: Read) -> None:
    (tmp_path / "a.warc").write_bytes(content)
    reports, (failure,) = read(tmp_path / "a.warc")
    assert reports == []
    assert str(failure).startswith(line)
    assert "\n" not in str(failure)


def test_a_flipped_byte_in_a_packed_file_is_found(tmp_path: Path, read: Read) -> None:
    whole = bytearray(crawl_of(3, True))
    whole[len(whole) // 2] ^= 0x20
    (tmp_path / "a.warc.gz").write_bytes(whole)
    reports, (failure,) = read(tmp_path / "a.warc.gz")
    assert reports == []
    assert "is damaged" in str(failure) or "was cut off" in str(failure)


def test_a_packed_file_that_unpacks_without_end_is_refused(tmp_path: Path, read: Read) -> None:
    head = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 60000000\r\n\r\n"
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(head + b"\0" * 60_000_000 + b"\r\n\r\n", mtime=0))
    _, (failure,) = read(tmp_path / "a.warc.gz")
    assert str(failure).startswith("a.warc.gz: unpacks to more than 200 times its size; don't unpack it")


def test_a_page_packed_to_burst_is_named_and_the_rest_is_read(tmp_path: Path, read: Read) -> None:
    crawl = Crawl()
    crawl.response(f"{SITE}/bomb", packed(b"a" * 9_000_000), ("Content-Encoding", "gzip"))
    crawl.response(f"{SITE}/half", packed(page())[:200], ("Content-Encoding", "gzip"))
    crawl.response(f"{SITE}/odd", page(), ("Content-Encoding", "zstd"))
    crawl.response(f"{SITE}/long", b"x" * 3_000_000)
    crawl.response(f"{SITE}/film", b"x" * 3_000_000, media_type="video/mp4")
    crawl.response(f"{SITE}/flood", page())
    gathered = gather([str(crawl.save(tmp_path / "a.warc.gz"))], InputOptions(max_size=500_000))
    assert [report.url for report in gathered.reports] == [f"{SITE}/flood"]
    assert [str(one).partition("example")[2] for one in gathered.failures] == [
        "/bomb: larger than 500,000 bytes; raise --max-size to read it",
        "/half: its gzip content is damaged or cut off",
        "/long: larger than 500,000 bytes; raise --max-size to read it",
        "/odd: its content is packed as 'zstd', which is not read here",
    ]
    assert [str(one).partition("example")[2] for one in gathered.skipped] == ["/film: video/mp4, left out"]


def test_what_only_claims_to_be_an_answer_is_a_failure(tmp_path: Path, read: Read) -> None:
    crawl = Crawl(False)
    crawl.other("response", "dns:courier.example", b"20310507 1.2.3.4", "text/dns")
    block = b"no answer at all"
    crawl.out.write(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://courier.example/x>\r\nWARC-Date: "
        + DATE.encode() + b"\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    )  # fmt: skip
    crawl.out.write(b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    for url in ("http://[courier.example/", "http:///x", "https://courier.example/\u202egnp"):
        crawl.response(url, page())
    reports, failures = read(crawl.save(tmp_path / "a.warc"))
    assert reports == []
    assert lines(failures) == [  # type: ignore[arg-type]
        "a.warc: dns:courier.example: no page of the web, left out",
        f"a.warc: {SITE}/x: holds no answer of a server",
        "a.warc: http://[courier.example/: no page of the web, left out",
        "a.warc: http:///x: no page of the web, left out",
        f"a.warc: {SITE}/\\u202egnp: no page of the web, left out",
    ]


def test_a_capture_cut_short_by_its_crawler_says_so(tmp_path: Path, read: Read) -> None:
    crawl = Crawl()
    crawl.response(f"{SITE}/flood", page(), WARC_Truncated="length")
    crawl.response(f"{SITE}/parts", page(), WARC_Segment_Number="1")
    (report,), (left,) = read(crawl.save(tmp_path / "a.warc.gz"))
    assert report.notices[0].code == "truncated"
    assert report.notices[0].message == "cut short when it was captured (length)"
    assert str(left) == f"a.warc.gz: {SITE}/parts: split over several records, left out"


# ---- folders, pipes, WACZ ----


def test_web_archives_lie_in_folders_and_come_by_pipe(tmp_path: Path, read: Read) -> None:
    (tmp_path / "in").mkdir()
    crawl = Crawl()
    crawl.response(f"{SITE}/flood", page())
    crawl.save(tmp_path / "in" / "crawl.warc.gz")
    (tmp_path / "in" / "crawl.json").write_text("{}")
    reports, failures = read(tmp_path / "in")
    assert [report.url for report in reports] == [f"{SITE}/flood"]
    assert lines(failures) == ["crawl.json: a JSON file with no report of the same name beside it, left out"]  # type: ignore[arg-type]
    assert read("-", stdin=io.BytesIO(crawl.bytes()))[0] == reports
    assert read("-", stdin=io.BytesIO(crawl_of(1, False)))[0][0].url == f"{SITE}/0"
    _, (failure,) = read("-", stdin=io.BytesIO(crawl.bytes()[:-40]))
    assert str(failure).startswith("standard input: was cut off in record")


def test_all_warcs_of_a_wacz_are_read_as_one(tmp_path: Path) -> None:
    one, two = Crawl(), Crawl(False)
    one.revisit(f"{SITE}/flood", sha1(page()), f"{SITE}/flood")
    two.response(f"{SITE}/flood", page())
    path = wacz(tmp_path / "a.wacz", {"one.warc.gz": one.bytes(), "two.warc": two.bytes()})
    gathered = gather([str(path)], InputOptions(archive=tmp_path / "kept"))
    (report,) = gathered.reports
    assert (gathered.failures, gathered.skipped) == ((), ())
    assert len(gathered.custody[report.id]) == 2


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"one_warc_gz": b"else"}, "'archive/one.warc.gz' does not have the hash that datapackage.json states"),
        ({"datapackage_json": b'{"resources": []}'}, "datapackage.json does not have the hash that datapackage-digest"),
        ({"datapackage_digest_json": b"["}, "is no WACZ: its datapackage-digest.json can't be read"),
    ],
)
def test_a_wacz_that_is_not_as_it_says_is_refused(
    tmp_path: Path, read: Read, changed: dict[str, bytes], line: str
) -> None:
    path = wacz(tmp_path / "a.wacz", {"one.warc.gz": crawl_of(1, True)}, **changed)
    reports, (failure,) = read(path)
    assert reports == []
    assert line in str(failure)
    assert "\n" not in str(failure)


def zipped(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("members", "line"),
    [
        ([("../x.warc", b"a")], "'../x.warc' leads out of the folder"),
        ([("archive/a.warc", b"\0" * 80_000_000)], "unpacks to more than 200 times its size"),
        ([("archive/a.warc", b"x")], "is no WACZ: it has no datapackage.json"),
        ([("datapackage.json", b"{}")], "is no WACZ: its datapackage.json can't be read"),
        ([("datapackage.json", b'{"resources": []}')], "is a WACZ without a WARC"),
        ([("datapackage.json", b'{"resources": [{"path": "archive/b.warc"}]}')], "'archive/b.warc' is missing"),
        (
            [("datapackage.json", b'{"resources": []}'), ("archive/a.warc", b"x")],
            "'archive/a.warc' is in no list of it",
        ),
    ],
)
def test_a_wacz_that_does_harm_is_refused(
    tmp_path: Path, read: Read, members: list[tuple[str, bytes]], line: str
) -> None:
    reports, (failure,) = read(zipped(tmp_path / "a.wacz", *members))
    assert reports == []
    assert line in str(failure)
    assert isinstance(failure.error, InputError)
    assert "\n" not in str(failure)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.wacz"]


def test_a_wacz_that_is_no_zip_or_cut_is_one_line(tmp_path: Path, read: Read) -> None:
    path = wacz(tmp_path / "a.wacz", {"one.warc.gz": crawl_of(1, True)})
    path.write_bytes(path.read_bytes()[:-200])
    _, (failure,) = read(path)
    assert "was cut off" in str(failure)
    path.write_bytes(b"Two people were hurt.")
    _, (failure,) = read(path)
    assert "is no zip" in str(failure)
