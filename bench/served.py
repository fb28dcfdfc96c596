"""The review app as it is measured: `tollbook review` in a process of its own, on a copy of a project, in either store.

Input: a project's folder. Output: where it answers, how long its start took, what memory and processor it has used; a
copy beside whose record is a file, or lies in a PostgreSQL server of this run's own.
"""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import scale

from tollbook.pipeline import carrying
from tollbook.pipeline.desk import Desk
from tollbook.pipeline.project_folder import DATABASE, open_project
from tollbook.store import Stamp

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import own_postgres


class Server:
    """`tollbook review` in a process of its own, on a port that is free."""

    def __init__(self, folder: Path) -> None:
        began = time.monotonic()
        words = scale.program("review", "--project", folder, "--no-browser")
        self._process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        found = re.search(r"https?://([^/\s]+)(/\S*)", said)
        if found is None:
            sys.exit(f"the server did not start: {said}")
        self.at, path = found[1], found[2]
        connection = http.client.HTTPConnection(self.at, timeout=60)
        connection.request("GET", path, headers={"host": self.at})
        answer = connection.getresponse()
        answer.read()
        self.cookie = answer.getheader("set-cookie", "").partition("=")[0]
        self.start = time.monotonic() - began

    def peak(self) -> float:
        """Megabytes at most so far."""
        told = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return int(re.findall(r"VmHWM:\s+(\d+)", told)[0]) * 1024 / 1e6

    def processor(self) -> float:
        """Seconds of a processor so far."""
        return spent(self._process.pid)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


def spent(process: int, parts: int = 2) -> float:
    """Seconds of a processor that a process has taken so far; of four parts those of its ended children too."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, told[11 : 11 + parts])) / os.sysconf("SC_CLK_TCK")


class PostgreSQL:
    """The server that has the record."""

    def __init__(self, server: own_postgres.Server) -> None:
        self._first = server.process.pid

    def processor(self) -> float:
        """Seconds of a processor so far, in all its processes."""
        own = Path(f"/proc/{self._first}/task/{self._first}/children").read_text(encoding="ascii").split()
        return spent(self._first, 4) + sum(spent(int(one)) for one in own)


@contextmanager
def in_postgresql(folder: Path, scratch: Path) -> Iterator[tuple[Path, PostgreSQL]]:
    """A copy of a project whose record lies in PostgreSQL, linked; what the app keeps beside the log is taken along."""
    with own_postgres.server() as server:
        began, copy = time.monotonic(), scratch / "project"
        carrying.backup(folder, scratch / "project.zip")
        carrying.restore(scratch / "project.zip", copy, server.address("review"))
        print(f"restored after {time.monotonic() - began:.0f} s; linking", file=sys.stderr)
        for item in folder.glob("*.sqlite"):
            if item.name != DATABASE:
                shutil.copy(item, copy / item.name)
        desk = Desk(copy)
        desk.link(Stamp("bench", "2031-05-09T12:00:00Z"))
        desk.close()
        print(f"in PostgreSQL after {time.monotonic() - began:.0f} s", file=sys.stderr)
        yield copy, PostgreSQL(server)


def beside(folder: Path, scratch: Path) -> Path:
    """A copy of a project's databases, its other files as they lie there."""
    copy = scratch / "project"
    copy.mkdir()
    for item in folder.iterdir():
        if item.suffix == ".sqlite":
            with open_project(folder):  # what another run left in a log of its own is taken in
                shutil.copy(item, copy / item.name)
        elif not item.name.endswith(("-wal", "-shm")):
            (copy / item.name).symlink_to(item.resolve())
    return copy
