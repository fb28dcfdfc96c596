"""The steps of the schema: the same in every backend, so that a version means the same everywhere."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from store_backends import Backend, schema_of
from store_values import ANN, claim, reading, report

from tollbook.store import Event, migrations, verify
from tollbook.store import postgres as postgres_module
from tollbook.store import sqlite as sqlite_module


def test_every_backend_has_every_step() -> None:
    named = {
        backend: [(step.version, step.name) for step in migrations.steps(backend)] for backend in migrations.BACKENDS
    }
    assert named["postgresql"] == named["sqlite"]
    assert named["sqlite"][:2] == [(1, "first"), (2, "linking")]


def filled_at(version: int, backend: Backend, place: Path, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """A record as the steps up to a version make it; its log."""
    module = {"sqlite": sqlite_module, "postgresql": postgres_module}[backend.name]
    with monkeypatch.context() as older:
        older.setattr(module, "steps", lambda name: migrations.steps(name)[:version])
        older.setattr(module, "latest", lambda *_: version)
        backend.create(place)
        with backend.open(place) as store, store.write() as unit:
            text = report()
            unit.put_report(text, ANN)
            unit.put_reading(reading(text, claim(text, "12 people", 12)), "hand@1", ANN)
            return list(unit.events())


def whole(backend: Backend, place: Path) -> list[Event]:
    """The log of a record in which nothing is wrong."""
    with backend.open(place) as store, store.read() as unit:
        assert [*store.check(), *verify(unit)] == []
        return list(unit.events())


@pytest.mark.parametrize("version", [1, 2])
def test_a_record_of_an_older_schema_opens_whole(
    backend: Backend, tmp_path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled_at(version, backend, tmp_path / "record", monkeypatch)
    assert whole(backend, tmp_path / "record") == before
    with backend.open(tmp_path / "record") as store, store.write() as unit:
        assert unit.derived().mark() is None
        assert [name for _, name in unit.since(0, 9)] == ["r1", "r1"]


def test_many_that_open_an_older_schema_at_once_do_no_harm(
    backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled_at(1, backend, tmp_path / "record", monkeypatch)
    with ThreadPoolExecutor(6) as many:
        seen = list(many.map(lambda _: whole(backend, tmp_path / "record"), range(6)))
    assert seen == [before] * 6


# A step that is killed where half of it is done.
KILLED = """
import os, signal

def migrate(execute):
    execute("CREATE TABLE half (a TEXT)")
    execute("DELETE FROM readings")
    os.kill(os.getpid(), signal.SIGKILL)
"""
OPENING = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tollbook.store import migrations, postgres, sqlite
from tollbook.store.address import parse

backend, place, source = sys.argv[1:]
module = {"sqlite": sqlite, "postgresql": postgres}[backend]
number = migrations.latest(backend) + 1
module.steps = lambda name: (*migrations.steps(name), migrations.Step(number, "killed", Path(source)))
module.latest = lambda *_: number
sqlite.open_store(Path(place)) if backend == "sqlite" else postgres.open_postgres(parse(place))
"""


def test_a_migration_killed_half_way_leaves_the_old_schema_whole(
    backend: Backend, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, step = tmp_path / "record", tmp_path / "0099_killed.py"
    step.write_text(KILLED)
    before = filled_at(1, backend, place, monkeypatch)
    where = str(place if backend.name == "sqlite" else schema_of(request.getfixturevalue("server"), place))
    killed = subprocess.run([sys.executable, "-c", OPENING, backend.name, where, str(step)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert whole(backend, place) == before
