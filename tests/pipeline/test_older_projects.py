"""Projects that older releases made, byte for byte as they left them: each opens, and is brought up to this release."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from project_values import BEN, log

from tollbook.pipeline.project import add, record, verify
from tollbook.store import migrations
from tollbook.store.place import DATABASE

OLDER = Path(__file__).resolve().parents[1] / "store" / "older"
VERSIONS = sorted(int(path.name.removeprefix("schema").split(".")[0]) for path in OLDER.glob("*.tar.xz"))


@pytest.fixture(params=VERSIONS)
def older(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A project of an older schema."""
    with tarfile.open(OLDER / f"schema{request.param}.tar.xz") as tar:
        # As the documentation of tarfile has it for versions of Python without the filter.
        tar.extraction_filter = getattr(tarfile, "data_filter", lambda member, path: member)
        tar.extractall(tmp_path)
    assert version(tmp_path / "project") == request.param
    return tmp_path / "project"


def version(folder: Path) -> int:
    return int(asked(folder, "PRAGMA user_version")[0][0])


def asked(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return connection.execute(statement).fetchall()


def test_every_released_schema_has_its_project() -> None:
    assert VERSIONS[:2] == [1, 2]


def test_an_older_project_opens_verifies_and_shows_the_same_figures(older: Path) -> None:
    told = asked(older, "SELECT * FROM events ORDER BY seq")
    figures = json.loads((OLDER / f"schema{version(older)}.json").read_text())
    found = record(older)
    shown = [[one.incident, one.measure, one.group, one.unit, one.low, one.best, one.high] for one in found.findings]
    assert sorted(shown, key=repr) == sorted(figures, key=repr)
    assert version(older) == migrations.latest()
    assert asked(older, "SELECT * FROM events ORDER BY seq") == told
    assert [ruling.action for ruling in found.rulings] == ["accept", "reject", "correct", "withdraw"]
    assert verify(older) == ()
    steps = [(step.version, step.name) for step in migrations.steps()]
    assert asked(older, "SELECT version, name FROM migrations ORDER BY version") == steps


def test_an_older_project_takes_new_reports(older: Path, tmp_path: Path) -> None:
    before, born = log(older), {one.id for one in record(older).incidents}
    new = tmp_path / "later.txt"
    new.write_text("Arvelle, 2 May 2031. A flood killed 12 people in Arvelle on 1 May 2031, the mayor said.\n")
    added = add(older, [str(new)], BEN)
    assert added.new == ("later.txt",)
    assert log(older)[: len(before)] == before
    assert born <= {name for one in record(older).incidents for name in (one.id, *one.aliases)}
    assert "later.txt" in {report.id for report in record(older).reports}
    assert verify(older) == ()


OPENING = """
    import sys
    from pathlib import Path
    from tollbook.store import open_in, verify
    sys.stdin.readline()
    with open_in(Path(sys.argv[1])) as store, store.read() as unit:
        assert not list(store.check()) and not list(verify(unit))
"""


def test_processes_that_open_an_older_project_at_once_do_no_harm(older: Path) -> None:
    script = "\n".join(line.removeprefix("    ") for line in OPENING.splitlines())
    command = [sys.executable, "-c", script, str(older)]
    many = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for one in many:
        assert one.stdin is not None
        one.stdin.write("now\n")
        one.stdin.flush()
    assert [one.communicate()[1] for one in many] == [""] * 4
    assert version(older) == migrations.latest()
    assert verify(older) == ()
