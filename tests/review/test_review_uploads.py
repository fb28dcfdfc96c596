"""Uploads that mean harm, or that go wrong: names that lead out, bodies that are none, files too large, a full disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest
from review_server import Review
from waiting import until

from tollbook.review.jobs import Job
from tollbook.review.uploads import Upload

TEXT = b"Two people were killed in Ostrel on 4 May 2031 when a wall fell, the fire service said.\n"
TYPE = "multipart/form-data; boundary=cut"


def part(name: bytes, content: bytes = TEXT) -> bytes:
    head = b'--cut\r\nContent-Disposition: form-data; name="files"; filename="' + name + b'"\r\n'
    return head + b"Content-Type: text/plain\r\n\r\n" + content + b"\r\n"


def taken(folder: Path, *parts: bytes, size: int = 7) -> Upload:
    """An upload of these parts, whose body comes in pieces of so many bytes."""
    upload, body = Upload(TYPE, folder, 1_000), b"".join(parts) + b"--cut--\r\n"
    for at in range(0, len(body), size):
        upload.take(body[at : at + size])
    upload.done()
    return upload


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (b"wire.txt", "wire.txt"),
        ("über-é.txt".encode(), "über-é.txt"),
        (b"../../../etc/passwd", "passwd"),
        (b"/etc/passwd", "passwd"),
        (b"C:\\\\Windows\\\\evil.txt", "evil.txt"),
        (b"..\\\\..\\\\review.sqlite", "review.sqlite"),
        (b"a/b/c.txt", "c.txt"),
        (b"<script>x()</script>.txt", "script>.txt"),
        (b"=cmd|'/c calc'!A1.csv", "c calc'!A1.csv"),
    ],
)
def test_of_a_name_only_its_end_stands(name: bytes, kept: str, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "here"
    folder.mkdir(parents=True)
    assert taken(folder, part(name)).names == [kept]
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()] == [f"in/here/{kept}"]
    assert (folder / kept).read_bytes() == TEXT


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (b"..", "a hidden file"),
        (b".", "a hidden file"),
        (b".bashrc", "a hidden file"),
        (b"folder/", "without a name"),
        ("wire\u202etxt.exe".encode(), "can't be seen"),
        (b"wire\x00.txt", "can't be seen"),
        (b"wire\x1b[2J.txt", "can't be seen"),
        (b"w" * 300 + b".txt", "longer than 200 bytes"),
    ],
)
def test_a_name_that_can_t_be_kept_leaves_its_file_out_and_the_others_in(name: bytes, why: str, tmp_path: Path) -> None:
    upload = taken(tmp_path, part(name), part(b"wire.txt"), part(b"wire.txt"))
    assert [path.name for path in tmp_path.iterdir()] == ["wire.txt"]
    first, second = upload.left_out
    assert why in first and "another file of that name" in second and len(first) < 200


def test_a_file_beyond_the_limit_leaves_nothing(tmp_path: Path) -> None:
    upload = taken(tmp_path, part(b"large.txt", b"x" * 1_001), part(b"fits.txt", b"x" * 1_000), size=100)
    assert [path.name for path in tmp_path.iterdir()] == ["fits.txt"]
    assert upload.left_out == ["large.txt: larger than 0 MB"]


NAME = b'--cut\r\nContent-Disposition: form-data; name="files"; filename="'
BODIES = [
    (TYPE, b""),
    (TYPE, b"no parts at all"),
    (TYPE, part(b"a.txt")),
    (TYPE, part(b"a.txt")[:-40]),
    (TYPE, b"--other\r\n\r\nx\r\n--other--\r\n"),
    (TYPE, NAME + b"w" * 5_000_000 + b'.txt"\r\n\r\n' + TEXT + b"\r\n--cut--\r\n"),
    (TYPE, b"--cut\r\n" + b"X-Many: 1\r\n" * 10_000 + b"\r\nx\r\n--cut--\r\n"),
    (TYPE, b"--cut\r\nno colon\r\n\r\nx\r\n--cut--\r\n"),
    ("multipart/form-data", part(b"a.txt") + b"--cut--\r\n"),
    ("multipart/form-data; boundary=" + "x" * 500, part(b"a.txt")),
    ("text/plain", TEXT),
    ("application/x-www-form-urlencoded", b"files=x"),
    ("application/json", b"{}"),
]


@pytest.mark.parametrize(("kind", "body"), BODIES)
def test_a_body_that_is_no_upload_is_one_line_and_leaves_nothing(served: Review, kind: str, body: bytes) -> None:
    before = sorted(path.name for path in served.folder.iterdir())
    answer = send(served.client(), body, kind)
    assert answer.status_code == 400, answer.text
    assert answer.text.count('class="error"') == 1 and "Traceback" not in answer.text
    assert sorted(path.name for path in served.folder.iterdir()) == before


def test_an_upload_that_breaks_off_leaves_nothing(served: Review) -> None:
    def broken() -> Iterator[bytes]:
        yield part(b"a.txt")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        send(served.client(), broken())
    until(lambda: not list(served.folder.glob(".upload*")), "the end of an upload's folder that broke off")


def test_readers_upload_nothing_and_nothing_comes_without_the_session_s_secret(served: Review) -> None:
    body = part(b"a.txt") + b"--cut--\r\n"
    assert send(served.client("Bo Tarn", "reader"), body).status_code == 403
    client = served.client()
    del client.headers["x-csrf-token"]
    assert send(client, body).status_code == 403
    assert not served.app.state.jobs.of_all()


def test_a_picture_with_a_script_is_no_report_and_is_served_by_nobody(served: Review) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
    client = served.client()
    job = ended(served, send(client, part(b"map.svg", svg) + b"--cut--\r\n"))
    assert job.told is not None and "nothing added" in job.told.line
    for path in ("/static/map.svg", "/upload/map.svg", "/report/map.svg", "/archive/map.svg"):
        answer = client.get(path)
        assert answer.status_code >= 400 and b"<svg" not in answer.content


def test_a_disk_that_fills_up_is_told_and_the_next_upload_goes_through(
    served: Review, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    client = served.client()
    with file_limit(50_000):
        answer = send(client, part(b"large.txt", b"x" * 400_000) + b"--cut--\r\n")
    assert answer.status_code == 507
    assert "no space left; nothing was written" in answer.text and "free some space" in answer.text
    assert not list(served.folder.glob(".upload*"))
    job = ended(served, send(client, part(b"ostrel.txt") + b"--cut--\r\n"))
    assert job.told is not None and "1 new" in job.told.line


def test_a_disk_that_is_full_while_reading_is_told_in_the_page_and_nothing_is_lost(
    served: Review, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    client = served.client()
    with file_limit(1_000):  # the process that reads has it too
        job = ended(served, send(client, part(b"ostrel.txt") + b"--cut--\r\n"))
    assert job.error is not None and job.error.status in {409, 507}, job
    answer = client.get(f"/jobs/{job.id}")
    assert 'class="error"' in answer.text
    again = ended(served, send(client, part(b"ostrel.txt") + b"--cut--\r\n"))
    assert again.told is not None and "1 new" in again.told.line


def test_a_task_of_somebody_else_is_neither_seen_nor_stopped(served: Review) -> None:
    ann, bo = served.client(), served.client("Bo Tarn", "coder")
    job = ended(served, send(ann, part(b"ostrel.txt") + b"--cut--\r\n"))
    assert ann.get(f"/jobs/{job.id}").status_code == 200
    assert bo.get(f"/jobs/{job.id}").status_code == 404
    assert bo.post(f"/jobs/{job.id}/stop").status_code == 404


def test_a_task_that_is_stopped_says_so(served: Review) -> None:
    client = served.client()
    job = started(served, send(client, part(b"ostrel.txt") + b"--cut--\r\n"))
    client.post(f"/jobs/{job.id}/stop")
    assert ended_job(job).error is not None or job.told is not None
    if job.error is not None:
        assert "it was stopped; what was kept is kept" in client.get(f"/jobs/{job.id}").text


# ---- addresses ----


@pytest.mark.parametrize(
    "line",
    [
        "/etc/passwd",
        "-",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://elsewhere.example/a",
        "gopher://127.0.0.1:6379/_x",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:/etc/passwd",
        "http://",
        "https:// elsewhere.example/a",
        "\u202ehttp://elsewhere.example",
        "../reports",
        "http://elsewhere.example/" + "x" * 5_000,
    ],
)
def test_what_is_no_address_of_the_web_is_refused_before_anything_starts(served: Review, line: str) -> None:
    answer = served.client().post("/add/urls", data={"urls": f"https://tallow.example/a\n{line}"})
    assert answer.status_code == 400 and "is no address of the web" in answer.text
    assert not served.app.state.jobs.of_all()


HOSTS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "localhost",
    "LOCALHOST.",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "0.0.0.0",
    "[::]",
    "169.254.169.254",
    "[fe80::1]",
    "10.0.0.7",
    "192.168.1.1",
    "172.16.0.1",
    "100.64.0.1",
    "[fd00::1]",
    "224.0.0.1",
    "tallow.example@127.0.0.1",
    "ann:word@tallow.example",
    "127.0.0.1#@tallow.example",
    "tallow.example\\@127.0.0.1",
]


def test_no_address_of_this_machine_or_its_network_is_fetched(served: Review) -> None:
    """One task for all: the page's own server is on this port, and must not see a request from it."""
    port = served.url.rpartition(":")[2]
    given = [f"http://{host}:{port}/login" if "@" not in host else f"http://{host}/" for host in HOSTS]
    job = ended(served, served.client().post("/add/urls", data={"urls": "\n".join(given)}))
    assert job.told is not None and job.told.line == "Reports: nothing added."
    told = "\n".join(job.told.failed)
    reasons = "loopback|link-local|private|reserved|no address of a host|user name|not known|no URL"
    assert len(job.told.failed) == len(given), told
    for line in job.told.failed:
        assert any(words in line for words in reasons.split("|")), line
        assert "--allow-host" not in line


# ---- help ----


def send(client: httpx.Client, body: bytes | Iterator[bytes], kind: str = TYPE) -> httpx.Response:
    return client.post("/add/files", content=body, headers={"content-type": kind, "hx-request": "true"})


def started(review: Review, answer: httpx.Response) -> Job:
    assert answer.status_code == 200, answer.text
    return review.app.state.jobs.of_all()[-1]


def ended(review: Review, answer: httpx.Response) -> Job:
    """The task that was started, once it is over."""
    return ended_job(started(review, answer))


def ended_job(job: Job) -> Job:
    for _ in range(6_000):
        if not job.running:
            return job
        time.sleep(0.05)
    raise AssertionError(f"still running: {job}")
