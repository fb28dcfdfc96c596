"""A time-stamping authority of its own, by openssl, and a web server in front of it."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/root.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = sha256
"""
_USES = """extendedKeyUsage=critical,timeStamping
keyUsage=critical,digitalSignature
basicConstraints=CA:FALSE
"""


def openssl(*arguments: str, cwd: Path) -> None:
    subprocess.run(["openssl", *arguments], cwd=cwd, check=True, capture_output=True)


@dataclass(frozen=True, slots=True)
class Authority:
    """A folder with a root certificate (`root.pem`), a signer that it vouches for, and openssl's configuration."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "root.pem"

    def answer(self, query: bytes) -> bytes:
        (self.folder / "q.tsq").write_bytes(query)
        openssl(
            "ts", "-reply", "-config", "ts.cnf", "-section", "own", "-queryfile", "q.tsq", "-out", "r.tsr",
            cwd=self.folder,
        )  # fmt: skip
        return (self.folder / "r.tsr").read_bytes()

    def stamp(self, digest: str, algorithm: str = "sha256") -> bytes:
        openssl("ts", "-query", "-digest", digest, f"-{algorithm}", "-cert", "-out", "own.tsq", cwd=self.folder)
        return self.answer((self.folder / "own.tsq").read_bytes())


def make_authority(folder: Path, name: str = "Test") -> Authority:
    """An authority with keys of its own."""
    folder.mkdir()
    (folder / "ts.cnf").write_text(_CONFIG.format(folder=folder))
    (folder / "uses").write_text(_USES)
    (folder / "serial").write_text("01\n")
    openssl(
        "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "root.key", "-out", "root.pem", "-days", "3650",
        "-subj", f"/CN={name} Root", "-addext", "basicConstraints=critical,CA:TRUE",
        "-addext", "keyUsage=critical,keyCertSign", cwd=folder,
    )  # fmt: skip
    openssl(
        "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={name} Stamps",
        cwd=folder,
    )  # fmt: skip
    openssl(
        "x509", "-req", "-in", "tsa.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial",
        "-out", "tsa.pem", "-days", "3650", "-extfile", "uses", cwd=folder,
    )  # fmt: skip
    return Authority(folder)


@dataclass(slots=True)
class Office:
    """A web server that answers queries by a function; `asked` are those it had, with their media types."""

    answer: Callable[[bytes], bytes]
    status: int = 200
    url: str = ""
    asked: list[tuple[str, bytes]] = field(default_factory=list)


@contextmanager
def serving(answer: Callable[[bytes], bytes]) -> Iterator[Office]:
    """An office on the loopback address for the time of a block."""
    office = Office(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            office.asked.append((self.headers["Content-Type"], query))
            body = office.answer(query) if office.status == 200 else b""
            self.send_response(office.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        office.url = f"http://127.0.0.1:{server.server_address[1]}/tsr"
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
