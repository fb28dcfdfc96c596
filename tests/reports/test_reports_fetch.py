from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from reports_pdf import pdf
from reports_reading import Read
from reports_server import Page, Site

from tollbook.errors import FetchRefused
from tollbook.reports import InputOptions
from tollbook.reports.fetch import Fetcher

ARTICLE = (
    b"<html><head><title>Two hurt in Harim</title></head><body><article>"
    b"<p>At least two people were hurt in Harim on Monday when a wall fell in the old town, officials said.</p>"
    b"<p>The district office said that forty houses had no water, and that the road was closed until Thursday.</p>"
    b"</article></body></html>"
)
HTML = {"Content-Type": "text/html; charset=utf-8"}
HERE = frozenset({"127.0.0.1"})


def options(**more: object) -> InputOptions:
    return InputOptions(**{"allow_hosts": HERE, "delay": 0.0, "timeout": 5.0, **more})  # type: ignore[arg-type]


def refusal(url: str, **more: object) -> str:
    with pytest.raises(FetchRefused) as caught:
        Fetcher(options(**more)).fetch(url)
    assert str(caught.value).startswith(f"{url}: ")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_page_becomes_a_report(site: Site, read: Read) -> None:
    site.pages["/harim?id=7"] = Page(ARTICLE, headers=HTML)
    (report,), failures = read(site.url("/harim?id=7"), allow_hosts=HERE, delay=0.0)
    assert failures == []
    assert "At least two people were hurt" in report.text
    assert report.title == "Two hurt in Harim"
    assert report.url == site.url("/harim?id=7")
    assert report.id == report.text_sha256
    assert site.asked == ["/robots.txt", "/harim?id=7"]
    assert site.seen[1]["user-agent"].startswith("tollbook/")
    assert "cookie" not in site.seen[1] and "authorization" not in site.seen[1]


def test_texts_pdfs_and_rows_are_read_too(site: Site, read: Read) -> None:
    site.pages["/a.txt"] = Page("Zwei, pardon: two people were hurt by “ice”.".encode("cp1252"))
    site.pages["/a.txt"].headers = {"Content-Type": "text/plain; charset=windows-1252"}
    site.pages["/b"] = Page(pdf(["One person is missing."]), headers={"Content-Type": "application/octet-stream"})
    rows = [{"id": "r1", "text": "Two hurt."}, {"id": "r2", "text": "None hurt."}]
    site.pages["/c.jsonl"] = Page("\n".join(map(json.dumps, rows)).encode())
    urls = [site.url(path) for path in ("/a.txt", "/b", "/c.jsonl")]
    reports, failures = read(*urls, allow_hosts=HERE, delay=0.0)
    assert failures == []
    assert [report.text for report in reports[:2]] == [
        "Zwei, pardon: two people were hurt by “ice”.",
        "One person is missing.",
    ]
    assert [report.publisher for report in reports[:2]] == ["127.0.0.1", "127.0.0.1"]
    assert [report.id for report in reports[2:]] == ["r1", "r2"]
    assert site.asked.count("/robots.txt") == 1


def test_redirects_are_followed_one_by_one(site: Site) -> None:
    site.pages["/1"] = Page(status=301, headers={"Location": "/2"})
    site.pages["/2"] = Page(status=307, headers={"Location": site.url("/3")})
    site.pages["/3"] = Page(ARTICLE, headers=HTML)
    raw = Fetcher(options()).fetch(site.url("/1"))
    assert raw.hops == (site.url("/1"), site.url("/2"), site.url("/3"))
    assert raw.url == site.url("/3")
    assert raw.data == ARTICLE
    assert ("Content-Type", "text/html; charset=utf-8") in [(key.title(), value) for key, value in raw.headers]


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("http://localhost:{port}/secret", "a loopback address"),
        ("http://0.0.0.0:{port}/secret", "no address of a host"),
        ("http://[::1]:{port}/secret", "a loopback address"),
        ("http://2130706433:{port}/secret", "a loopback address"),
        ("http://169.254.169.254/latest/meta-data", "a link-local address"),
        ("http://10.0.0.7/secret", "a private address"),
        ("file:///etc/passwd", "no address of the web"),
        ("ftp://127.0.0.1/secret", "no address of the web"),
        ("http://user:word@127.0.0.1:{port}/secret", "a user name"),
        ("", "leads nowhere"),
    ],
)
def test_a_redirect_is_checked_anew(site: Site, to: str, what: str) -> None:
    where = to.format(port=site.port)
    site.pages["/1"] = Page(status=302, headers={"Location": where} if where else {})
    site.pages["/secret"] = Page(b"secret", headers={"Content-Type": "text/plain"})
    assert what in refusal(site.url("/1"))
    assert "/secret" not in site.asked


def test_redirects_without_end(site: Site) -> None:
    site.pages["/1"] = Page(status=302, headers={"Location": "/1"})
    assert "more than 10 redirects" in refusal(site.url("/1"))
    assert site.asked.count("/1") == 10


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f.1", "[::ffff:127.0.0.1]"])
def test_the_machine_itself_is_refused_unless_named(site: Site, host: str) -> None:
    site.pages["/a"] = Page(ARTICLE, headers=HTML)
    said = refusal(site.url("/a", host=host), allow_hosts=frozenset())
    assert "loopback address" in said and "--allow-host" in said
    assert site.asked == []


@dataclass
class NameServer:
    """Stands in for the system's name server: answers in turn, as one that rebinds a name does."""

    answers: list[list[str]]
    asked: list[str] = field(default_factory=list)

    def getaddrinfo(self, host: str, port: int, *args: object, **more: object) -> list[tuple[object, ...]]:
        if host.replace(".", "").isdigit():
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        self.asked.append(host)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer]


def test_a_name_is_resolved_once_and_the_connection_goes_there(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every request is one question to the name server; the address that was checked is the one connected to."""
    site.pages["/a"] = Page(ARTICLE, headers=HTML)
    names = NameServer([["127.0.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    raw = Fetcher(options(allow_hosts=frozenset({"rebind.example"}))).fetch(site.url("/a", host="rebind.example"))
    assert raw.data == ARTICLE
    assert names.asked == ["rebind.example"] * len(site.asked)
    assert site.seen[0]["host"] == f"rebind.example:{site.port}"


def test_a_name_that_turns_inwards_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.pages["/a"] = Page(ARTICLE, headers=HTML)
    names = NameServer([["8.8.8.8", "127.0.0.1"]])
    monkeypatch.setattr(socket, "getaddrinfo", names.getaddrinfo)
    said = refusal(site.url("/a", host="rebind.example"))
    assert "rebind.example (127.0.0.1) is a loopback address" in said
    assert site.asked == []


def test_robots_are_kept_to(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private\n", headers={"Content-Type": "text/plain"})
    site.pages["/private/a"] = Page(ARTICLE, headers=HTML)
    site.pages["/open"] = Page(status=302, headers={"Location": "/private/a"})
    assert "robots.txt does not allow" in refusal(site.url("/private/a"))
    assert "robots.txt does not allow" in refusal(site.url("/open"))
    assert "/private/a" not in site.asked


def test_a_site_that_can_t_say_what_it_allows_is_not_read(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"busy", 503)
    site.pages["/a"] = Page(ARTICLE, headers=HTML)
    assert "robots.txt" in refusal(site.url("/a"))
    assert site.asked == ["/robots.txt"]


def test_robots_behind_a_redirect_inwards(site: Site) -> None:
    site.pages["/robots.txt"] = Page(status=302, headers={"Location": f"http://localhost:{site.port}/x"})
    site.pages["/a"] = Page(ARTICLE, headers=HTML)
    assert "loopback" in refusal(site.url("/a"))


@dataclass
class Clock:
    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float, /) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_a_host_is_asked_at_its_own_pace(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 7\n")
    site.pages["/a"] = site.pages["/b"] = Page(ARTICLE, headers=HTML)
    clock = Clock()
    fetcher = Fetcher(options(delay=1.0), clock)
    fetcher.fetch(site.url("/a"))
    fetcher.fetch(site.url("/b"))
    assert clock.slept == [7.0, 7.0]
    clock = Clock()
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 99999\n")
    Fetcher(options(), clock).fetch(site.url("/a"))
    assert clock.slept == [60.0]


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}])
def test_a_page_over_the_limit_is_refused(site: Site, headers: dict[str, str]) -> None:
    body = b"a" * 2_000_000
    site.pages["/a"] = Page(gzip.compress(body) if headers else body, headers={**HTML, **headers})
    assert "larger than 100,000 bytes" in refusal(site.url("/a"), max_size=100_000)
    assert len(Fetcher(options(max_size=2_000_000)).fetch(site.url("/a")).data) == 2_000_000


def test_a_packing_that_was_not_asked_for(site: Site) -> None:
    site.pages["/a"] = Page(b"\x1b\x03", headers={**HTML, "Content-Encoding": "br"})
    assert "packed" in refusal(site.url("/a"))


@pytest.mark.parametrize("page", [Page(b"a" * 1000, drip=0.05), Page(b"a", drip_headers=0.05)])
def test_a_slow_site_ends_in_time(site: Site, page: Page) -> None:
    """Each byte comes in time; all of them would take a minute. Ten of them take half a second."""
    site.pages["/a"] = page
    assert "not read within 0.5 seconds" in refusal(site.url("/a"), timeout=0.5)
    assert 0 < site.dripped < 80


@pytest.mark.parametrize("status", [404, 403, 429, 500, 204])
def test_an_answer_that_is_no_page(site: Site, status: int) -> None:
    site.pages["/a"] = Page(b"" if status == 204 else b"sorry", status)
    assert f"the server answered {status}" in refusal(site.url("/a"))


def test_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        said = refusal(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert "could not be fetched" in said


@pytest.fixture
def babbler() -> Iterator[int]:
    """A server that speaks no HTTP."""
    import threading

    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            for _ in range(2):
                try:
                    peer, _ = server.accept()
                except OSError:
                    return
                with peer:
                    peer.recv(1000)
                    peer.sendall(b"hello there\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_a_server_that_speaks_no_http(babbler: int) -> None:
    assert "could not be fetched" in refusal(f"http://127.0.0.1:{babbler}/")


@pytest.mark.parametrize(
    "url", ["http://", "http:///a", "https://exa mple.org/", "http://127.0.0.1:99999/", "HTTP://[::/"]
)
def test_what_is_no_url(read: Read, url: str) -> None:
    reports, (failure,) = read(url)
    assert reports == []
    assert isinstance(failure.error, FetchRefused)
    assert "\n" not in str(failure)


def test_one_url_fails_and_the_rest_goes_on(site: Site, read: Read) -> None:
    site.pages["/a"] = Page(ARTICLE, headers=HTML)
    reports, (failure,) = read(site.url("/gone"), site.url("/a"), allow_hosts=HERE, delay=0.0)
    assert len(reports) == 1
    assert failure.input == site.url("/gone")
