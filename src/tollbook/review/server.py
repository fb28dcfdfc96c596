"""The app runs: a socket of its own, the link that lets its owner in, the browser.

Input: a folder, and where to be served. Output: a server until it is stopped. What can't be served is refused in one
line before anything is made: no project, a port that is taken, a network without accounts, a password sent in clear.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from tollbook.errors import TollbookError, UsageError
from tollbook.review import accounts
from tollbook.review.settings import Settings
from tollbook.review.state import State
from tollbook.store import open_in

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette


@dataclass(frozen=True, slots=True)
class Place:
    """Where the app is served. Port 0 is one that is free; `public` is the address by which people come, where that is
    another than host and port say; `tls` are the files of a certificate and its key.
    """

    host: str = "127.0.0.1"
    port: int = 0
    public: str | None = None
    tls: tuple[Path, Path] | None = None

    @property
    def is_here(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host == "localhost" or (_is_address(self.host) and ipaddress.ip_address(self.host).is_loopback)

    @property
    def is_everywhere(self) -> bool:
        return _is_address(self.host) and ipaddress.ip_address(self.host).is_unspecified


def serve(folder: Path, alone: str, place: Place, ready: Callable[[str, bool], None]) -> None:
    """Serve a project: to the person `alone` on this machine, or to those who have accounts, where any are.

    `ready` is told the address to open, and whether it is a link that works once.
    """
    with open_in(folder):
        pass  # says at once that it is no project, or can't be used
    state = State(folder)
    team = bool(accounts.everyone(state))
    _check(place, team)
    with _bound(place.host, place.port) as listening:
        settings = settings_of(place, listening.getsockname()[1], None if team else alone)
        with state.change() as kept:
            kept.execute("INSERT OR REPLACE INTO told VALUES ('url', ?)", (settings.url,))
        _run(folder, settings, place, listening, ready)


def _run(
    folder: Path, settings: Settings, place: Place, listening: socket.socket, ready: Callable[[str, bool], None]
) -> None:
    import uvicorn  # with the app, most of the start: what is refused above is told at once

    from tollbook.review.app import build

    class Server(uvicorn.Server):
        """Tells when it listens."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            once = settings.alone is not None
            ready(f"{settings.url}{app.state.door.link() if once else '/'}", once)

    app = build(folder, settings)
    try:
        Server(configured(app, place.tls)).run([listening])
    finally:
        app.state.jobs.close()
        app.state.sheets.close()
        app.state.desk.close()


def configured(app: Starlette, tls: tuple[Path, Path] | None = None) -> uvicorn.Config:
    """How uvicorn runs the app."""
    import uvicorn

    from tollbook.review.patience import Patient

    cert, key = tls or (None, None)
    # Who asks is told by a proxy that was named, or by the network; uvicorn would believe any program of this machine.
    return uvicorn.Config(
        app, http=Patient, ws="none", lifespan="off", log_level="warning", access_log=False, server_header=False,
        proxy_headers=False, timeout_graceful_shutdown=5, limit_concurrency=1_000, ssl_certfile=cert, ssl_keyfile=key,
    )  # fmt: skip


def settings_of(place: Place, port: int, alone: str | None) -> Settings:
    """How a run at this place is set up."""
    secure = place.tls is not None
    if place.public is not None:
        told = _public(place.public)
        return Settings(alone, (told.netloc.lower(),), told.scheme == "https", behind=not secure)
    end = "" if port == (443 if secure else 80) else f":{port}"
    host = f"[{place.host}]" if ":" in place.host else place.host
    names = (host, "localhost") if place.host == "127.0.0.1" else (host,)
    return Settings(alone, tuple(f"{name}{end}" for name in names), secure)


def _check(place: Place, team: bool) -> None:
    """Raises UsageError for a place where strangers could come in, or listen."""
    if not team and (place.public or not place.is_here):
        advice = "make the first one: tollbook account add NAME --role admin"
        what = place.public or place.host
        raise UsageError("others are let in only by accounts, and there are none", what=what, advice=advice)
    if place.public is not None:
        _public(place.public)
    elif place.is_everywhere:
        raise UsageError("has no name to come by", what=place.host, advice="say it: --public https://NAME")
    elif not place.is_here and place.tls is None:
        advice = "give --tls-cert and --tls-key, or --public https://NAME behind a proxy"
        raise UsageError("passwords would go through the network in clear", what=place.host, advice=advice)
    if place.tls is not None:
        _check_tls(*place.tls)


def _check_tls(cert: Path, key: Path) -> None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except ssl.SSLError:
        advice = "give both as PEM, the key without a passphrase"
        raise UsageError("are no certificate with its own key", what=f"{cert}, {key}", advice=advice) from None
    except OSError as error:
        missing = next((path for path in (cert, key) if not path.exists()), cert)
        raise UsageError(f"can't be read ({error.strerror})", what=str(missing)) from None


def _public(given: str) -> SplitResult:
    """The address by which people come, of which only scheme, name and port are told."""
    advice = "give it as https://review.example.org"
    try:
        told = urlsplit(given)
        _ = told.port
    except ValueError:
        raise UsageError("is no address of the web", what=given, advice=advice) from None
    if told.scheme not in {"http", "https"} or not told.hostname or "@" in told.netloc or told.path not in {"", "/"}:
        raise UsageError("is no address of the web for an app", what=given, advice=advice)
    return told


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _bound(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise _refused(error, host, port) from None
    return listening


def _refused(error: OSError, host: str, port: int) -> TollbookError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(f"port {port} is taken", advice=f"choose another: --port {port + 1 if port < 65535 else 0}")
    if error.errno == errno.EACCES:
        return UsageError(f"port {port} is the system's", advice="choose one above 1023: --port 8123")
    return UsageError(f"can't be served here ({error.strerror or error})", what=host, advice="leave --host out")
