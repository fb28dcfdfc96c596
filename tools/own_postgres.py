"""A PostgreSQL server of one's own for tests and measurements, in a temporary folder, gone at the end.

Input: nothing, or a command to run beside it. Output: the server's address, in `TOLLBOOK_POSTGRESQL` for the command:

    python tools/own_postgres.py -- tollbook init floods --store "$TOLLBOOK_POSTGRESQL&schema=floods"

PostgreSQL refuses to run as root: root drops to the user `postgres`, else `nobody`. It listens on a socket in its
folder, where anybody is let in, and on a free port of this machine, where a password is asked for. fsync is on, as
where records are kept.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLE, DATABASE, PASSWORD = "tollbook", "tollbook", "arvelle-31"
_HOME = Path("/usr/lib/postgresql")
_SETTINGS = {
    "fsync": "on", "max_connections": 60, "shared_buffers": "32MB", "autovacuum": "off",
    "listen_addresses": "127.0.0.1", "unix_socket_permissions": "0777", "max_wal_size": "256MB",
    "log_min_messages": "fatal",
}  # fmt: skip
_ALLOWED = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
_PR_SET_PDEATHSIG = 1


class NoServer(Exception):
    """PostgreSQL isn't there, or doesn't start; the text says what it said."""


@dataclass(frozen=True)
class Server:
    """A running server: its folder, which holds the socket, its port, and its first process."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    def address(self, schema: str | None = None, *, user: str = ROLE, database: str = DATABASE) -> str:
        """The address of a schema by the socket, as `tollbook init --store` takes it."""
        behind = f"&schema={schema}" if schema else ""
        return f"postgresql://{user}@:{self.port}/{database}?host={self.folder}{behind}"

    def port_address(self, schema: str, *, user: str = ROLE, password: str = "", database: str = DATABASE) -> str:
        """The same by the port, where a password is asked for."""
        who = f"{user}:{password}" if password else user
        return f"postgresql://{who}@127.0.0.1:{self.port}/{database}?schema={schema}"

    def sql(self, script: str, *, database: str = DATABASE) -> str:
        """What psql prints for a script, run by the server's owner."""
        asked = [
            str(program("psql")), "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-p", str(self.port),
            "-U", ROLE, "-d", database, "-c", script,
        ]  # fmt: skip
        return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT ends sessions first, SIGQUIT is as if the power failed."""
        self.process.send_signal(how)
        self.process.wait()


def program(name: str) -> Path:
    """One of PostgreSQL's programs, of the newest version there is."""
    versions = sorted(_HOME.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which(name)
    if not found:
        raise NoServer(f"{name} is not there; sh tools/need_postgres.sh installs PostgreSQL")
    return Path(found)


@contextmanager
def server() -> Iterator[Server]:
    """A server with an empty database, made anew; stopped and removed when the block ends."""
    with tempfile.TemporaryDirectory(prefix="tollbook-pg-") as place:
        folder = Path(place)
        as_user = _as_user(folder)
        _make(folder, as_user)
        running = start(folder)
        try:
            running.sql(f"ALTER ROLE {ROLE} PASSWORD '{PASSWORD}'", database="postgres")
            running.sql(f"CREATE DATABASE {DATABASE}", database="postgres")
            yield running
        finally:
            if running.process.poll() is None:
                running.stop(signal.SIGQUIT)  # nothing of it is kept


def start(folder: Path) -> Server:
    """Start the server that lies in a folder, and wait until it lets one in."""
    port = _free_port()
    settings = {**_SETTINGS, "port": port, "unix_socket_directories": folder}
    asked = [str(program("postgres")), "-D", str(folder / "data")]
    asked += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(asked, stdout=log, stderr=log, preexec_fn=_end_with_parent, **_as_user(folder))
    while not _answers(folder, port):
        if process.poll() is not None:
            raise NoServer((folder / "log").read_text(errors="replace"))
        time.sleep(0.02)
    return Server(folder, port, process)


def _answers(folder: Path, port: int) -> bool:
    asked = [str(program("pg_isready")), "-q", "-h", str(folder), "-p", str(port)]
    return subprocess.run(asked, check=False).returncode == 0


def _make(folder: Path, as_user: dict[str, Any]) -> None:
    asked = [str(program("initdb")), "-D", str(folder / "data"), "-U", ROLE, "-A", "trust", "-E", "UTF8", "--no-sync"]
    made = subprocess.run([*asked, "--locale=C"], capture_output=True, text=True, check=False, cwd=folder, **as_user)
    if made.returncode:
        raise NoServer(made.stderr)
    (folder / "data" / "pg_hba.conf").write_text(_ALLOWED)


def _as_user(folder: Path) -> dict[str, Any]:
    """Root gives the folder to a user who may run a server; everybody else is one."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(0o755)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoServer("root may not run PostgreSQL, and there is neither a user 'postgres' nor 'nobody'")


def _end_with_parent() -> None:
    """Ask Linux to end the server when the program that started it is gone, however it went."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def main(arguments: list[str]) -> int:
    """Run a command beside a server of its own; without one, wait until the end of input."""
    with server() as running:
        settings = {**os.environ, "TOLLBOOK_POSTGRESQL": running.address(), "PGPASSWORD": PASSWORD}
        command = arguments[1:] if arguments[:1] == ["--"] else arguments
        if command:
            return subprocess.run(command, env=settings, check=False).returncode
        print(running.address(), flush=True)
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except NoServer as error:
        sys.exit(f"own_postgres: {error}")
