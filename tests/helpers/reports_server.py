"""A web server on the loopback address, whose pages a test sets, for the tests of fetching."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0  # seconds between single bytes of the body
    drip_headers: float = 0.0  # seconds between single bytes of an endless header


@dataclass
class Site:
    """What the server answers by path, and which paths it was asked for."""

    port: int
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    seen: list[dict[str, str]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    dripped: int = 0  # single bytes sent so far

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def serving() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    site = server.site = Site(server.server_address[1])  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        site.stop.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.asked.append(self.path)
        site.seen.append({key.lower(): value for key, value in self.headers.items()})
        page = site.pages.get(self.path, Page(b"not here", 404))
        self.close_connection = True
        with suppress(BrokenPipeError, ConnectionResetError):  # the reader hangs up on what is too large or too slow
            self._answer(page, site)

    def _answer(self, page: Page, site: Site) -> None:
        self.send_response(page.status)
        for key, value in page.headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(page.body)))
        self.send_header("Connection", "close")
        if page.drip_headers:
            self.flush_headers()
            self._drip(b"X-Slow: " + b"a" * 10_000, page.drip_headers, site)
        self.end_headers()
        if page.drip:
            self._drip(page.body, page.drip, site)
        else:
            self.wfile.write(page.body)

    def _drip(self, data: bytes, pause: float, site: Site) -> None:
        for byte in data:
            if site.stop.is_set():
                return
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            site.dripped += 1
            time.sleep(pause)

    def log_message(self, *args: object) -> None:
        return
