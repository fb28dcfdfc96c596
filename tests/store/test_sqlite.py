"""SQLite as a backend: what it refuses, what it survives, and the one line each gives."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest
from store_values import ANN, claim, reading, report, ruling

from tollbook.errors import OutputError, StoreError
from tollbook.locks import alone, opened
from tollbook.store import create_store, migrations, open_store, verify
from tollbook.store.sqlite import APPLICATION_ID


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record with a report, its reading, a place and a ruling."""
    path = tmp_path / "project" / "tollbook.sqlite"
    path.parent.mkdir()
    create_store(path)
    text = report()
    figure = claim(text, "12 people", 12)
    with open_store(path) as store, store.write() as unit:
        unit.put_report(text, ANN)
        unit.put_reading(reading(text, figure), "hand@1", ANN)
        unit.put_homes("i1", [figure.id], ANN)
        unit.put_ruling(ruling(figure, text, "note", why="seen on the list"))
    return path


def refused(path: Path) -> str:
    with pytest.raises(StoreError) as caught, open_store(path, wait=0.05) as store, store.read() as unit:
        list(verify(unit))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def edit(path: Path, *statements: str) -> None:
    """Do what only somebody who goes round the program does."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def found(path: Path) -> list[str]:
    with open_store(path) as store, store.read() as unit:
        return [str(mismatch) for mismatch in verify(unit)]


# ---- what is refused ----


def test_no_record_there(tmp_path: Path) -> None:
    advice = "name a project with --project DIR, or make one with 'tollbook init DIR'"
    assert refused(tmp_path / "tollbook.sqlite") == f"{tmp_path}: is no project; {advice}"
    assert refused(tmp_path / "no" / "tollbook.sqlite") == f"{tmp_path / 'no'}: is no folder; {advice}"
    assert refused(Path("tollbook.sqlite")) == f"the current folder: is no project; {advice}"


def test_a_foreign_sqlite_file(tmp_path: Path) -> None:
    edit(tmp_path / "other.sqlite", "CREATE TABLE songs (title TEXT)")
    before = (tmp_path / "other.sqlite").read_bytes()
    assert "is an SQLite file, but not a tollbook record" in refused(tmp_path / "other.sqlite")
    assert (tmp_path / "other.sqlite").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["other.sqlite"]


@pytest.mark.parametrize("content", [b"A letter, no database. " * 99, b"SQLite format 3\x00" + b"\x07" * 4096])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "letter").write_bytes(content)
    assert "not a tollbook record" in refused(tmp_path / "letter")


def test_an_empty_file_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert "not a tollbook record" in refused(tmp_path / "empty")
    assert (tmp_path / "empty").read_bytes() == b""


def test_a_schema_from_the_future(record: Path) -> None:
    edit(record, "PRAGMA user_version = 99")
    assert refused(record).endswith(f"(schema 99; this one knows up to {migrations.latest()}); update tollbook")


def test_a_record_that_another_process_writes(record: Path) -> None:
    with open_store(record) as one, one.write():
        with open_store(record, wait=0.05) as two, pytest.raises(StoreError, match="in use by another"), two.write():
            pass
        with open_store(record) as three, three.read() as unit:
            assert unit.head() is not None


def nobody_in_line(folder: Path) -> bool:
    with opened(folder) as line:
        return alone(line)


def test_who_waits_to_write_comes_before_who_has_just_written(record: Path) -> None:
    """SQLite alone lets the quickest in: a process that commits again and again would keep all others out."""
    turns: list[str] = []

    def other() -> None:
        with open_store(record) as two, two.write():
            turns.append("who waits")

    waiting = threading.Thread(target=other)
    with open_store(record) as one:
        with one.write():
            waiting.start()
            for _ in range(9999):
                if not nobody_in_line(record.parent):
                    break
                time.sleep(0.001)
        with one.write():
            turns.append("who has written")
    waiting.join()
    assert turns == ["who waits", "who has written"]


def test_a_record_is_never_made_over_another(record: Path) -> None:
    before = record.read_bytes()
    with pytest.raises(StoreError, match="is a project already"):
        create_store(record)
    assert record.read_bytes() == before
    assert not list(record.parent.glob(".*"))


@contextmanager
def unprivileged() -> Iterator[None]:
    """As a user to whom the modes of files apply: root is asked for nothing."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.fixture
def frozen(record: Path) -> Iterator[Path]:
    """A copy of the record in a folder that may be read and not written, and that every user can reach."""
    # pytest's own folders are closed to other users, and opening them would disturb sessions that run beside this one.
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copy = Path(shutil.copy(record, folder))
        copy.chmod(0o444)
        folder.chmod(0o555)
        yield copy
        folder.chmod(0o755)


def test_a_read_only_folder_can_be_read_and_not_written(frozen: Path) -> None:
    with unprivileged():
        assert found(frozen) == []
        with open_store(frozen) as store, pytest.raises(StoreError, match="may only be read"), store.write():
            pass
    assert [path.name for path in frozen.parent.iterdir()] == ["tollbook.sqlite"]


def test_a_record_that_may_not_be_read(frozen: Path) -> None:
    frozen.chmod(0o000)
    with unprivileged():
        assert "can't be opened" in refused(frozen)


def test_no_record_is_made_in_a_read_only_folder(frozen: Path) -> None:
    with unprivileged(), pytest.raises(StoreError, match=r"can't be opened|may not be"):
        create_store(frozen.with_name("other.sqlite"))


# ---- what was altered ----


def test_events_can_neither_be_changed_nor_deleted_nor_slipped_in(record: Path) -> None:
    for statement in (
        "UPDATE events SET who = 'eve' WHERE seq = 4",
        "DELETE FROM events WHERE seq = 4",
        "INSERT OR REPLACE INTO events SELECT seq, kind, '', who, at, salt, prev_hash, hash FROM events",
        "INSERT INTO events VALUES (9, 'note', '{}', 'eve', '2031', '', '', 'x')",
        "INSERT INTO events VALUES (5, 'note', '{}', 'eve', '2031', '', 'not the last hash', 'x')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            edit(record, statement)
    assert found(record) == []


UNLOCK = ("DROP TRIGGER events_stay", "DROP TRIGGER events_keep")


BENT = "its hash is not the hash of what it holds"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            "UPDATE events SET payload = replace(payload, 'seen', 'unseen') WHERE seq = 4",
            [f"event 4 (ruling): {BENT}"],
        ),
        (
            "UPDATE events SET who = 'eve' WHERE seq = 4",
            [f"event 4 (ruling): {BENT}"],
        ),
        (
            "UPDATE reports SET particulars = particulars || ' '",
            ["report r1: it is not as event 1 tells it"],
        ),
        (
            "UPDATE readings SET reading = replace(reading, '12', '21')",
            ["reading of r1: it is not as event 2 tells it"],
        ),
        ("DELETE FROM readings", ["reading of r1: missing; event 2 tells of it"]),
        ("DELETE FROM homes", None),
        ("INSERT INTO homes VALUES ('c9', 'i1', 3)", ["place of claim c9: no event tells of it"]),
    ],
)
def test_what_was_altered_is_named_exactly(record: Path, change: str, named: list[str] | None) -> None:
    edit(record, *UNLOCK, change)
    told = found(record)
    assert told == named if named is not None else told[0].endswith("missing; event 3 tells of it")


def test_a_deleted_event_is_named(record: Path) -> None:
    edit(record, *UNLOCK, "PRAGMA foreign_keys = OFF", "DELETE FROM events WHERE seq = 2")
    assert found(record)[0] == "event 2: missing from the log"


def test_a_garbled_event_is_named_and_the_rest_still_checked(record: Path) -> None:
    edit(record, *UNLOCK, "UPDATE events SET payload = '{' WHERE seq = 2")
    assert found(record) == [
        f"event 2 (reading): {BENT}",
        "reading of r1: no event tells of it",
    ]


def test_any_flipped_byte_is_told_or_harmless(record: Path, tmp_path: Path) -> None:
    """A flipped byte either changes nothing that a record holds, or is named, or the file is refused: never a trace."""
    with open_store(record) as store, store.read() as unit:
        whole = list(unit.events()), unit.readings(), unit.homes()
    content = record.read_bytes()
    silent = 0
    for at in range(0, len(content), 211):
        copy = tmp_path / "flipped.sqlite"
        copy.write_bytes(content[:at] + bytes([content[at] ^ 0x20]) + content[at + 1 :])
        try:
            with open_store(copy) as store, store.read() as unit:
                if not list(verify(unit)):
                    assert (list(unit.events()), unit.readings(), unit.homes()) == whole
                    silent += 1
        except StoreError as error:
            assert "\n" not in str(error)
    # Most of the file is empty pages and indexes, which hold nothing; but not all of it is.
    assert silent < len(content) / 211


# ---- what breaks off ----


WRITER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from store_values import ANN, report, reading
    from tollbook.store import open_store
    with open_store(Path({path!r})) as store:
        for number in range(10_000):
            one = report(f"n{{number}}", f"Report number {{number}}." * 50)
            with store.write() as unit:
                unit.put_report(one, ANN)
                unit.put_reading(reading(one), "hand@1", ANN)
            print(number, flush=True)
"""


@pytest.mark.parametrize("pause", [0.0, 0.003, 0.011, 0.027])
def test_a_kill_in_the_middle_loses_nothing_that_was_told(record: Path, pause: float) -> None:
    script = textwrap.dedent(WRITER.format(tests=str(Path(__file__).parent), path=str(record)))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for _ in range(5):
            last = writer.stdout.readline()
        time.sleep(pause)
        writer.send_signal(signal.SIGKILL)
        told = [last, *writer.stdout.readlines()]
    done = max(int(line) for line in told if line.endswith("\n"))
    assert writer.returncode == -signal.SIGKILL
    assert found(record) == []
    with open_store(record) as store, store.read() as unit:
        kept = {name for name in unit.readers() if name.startswith("n")}
        assert kept >= {f"n{number}" for number in range(done + 1)}
        assert all(unit.report(name) for name in kept)


def test_no_space_left_is_one_line_and_keeps_nothing_of_the_step(
    record: Path, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    with open_store(record) as store:
        with store.read() as unit:
            before = list(unit.events())
        with file_limit(150_000), pytest.raises(OutputError, match="no space left"), store.write() as unit:
            for number in range(400):
                unit.put_report(report(f"n{number}", "text " * 20, title="x" * 900), ANN)
        with store.read() as unit:
            assert list(unit.events()) == before
        with store.write() as unit:
            assert unit.put_report(report("later"), ANN)
    assert found(record) == []


def test_no_space_for_a_new_record_leaves_no_file(
    tmp_path: Path, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    with file_limit(20_000), pytest.raises(OutputError, match="no space left"):
        create_store(tmp_path / "tollbook.sqlite")
    assert list(tmp_path.iterdir()) == []


# ---- migrations ----


def test_the_schema_and_its_history_are_recorded(record: Path) -> None:
    connection = sqlite3.connect(record)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (migrations.latest(),)
    assert connection.execute("SELECT version, name FROM migrations").fetchall() == [
        (step.version, step.name) for step in migrations.steps()
    ]
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'").fetchall()
    connection.close()
    assert {strict for name, strict in tables if not name.startswith("sqlite_")} == {1}


def test_a_step_that_fails_leaves_the_schema_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tollbook.store import sqlite

    path = tmp_path / "tollbook.sqlite"
    create_store(path)
    after = migrations.latest() + 1
    broken = tmp_path / f"{after:04}_broken.sql"
    broken.write_text("CREATE TABLE half (a TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);\n")
    longer = (*migrations.steps(), migrations.Step(after, "broken", broken))
    monkeypatch.setattr(sqlite, "steps", lambda backend: longer)
    monkeypatch.setattr(sqlite, "latest", lambda: after)
    with pytest.raises(StoreError, match="nowhere"):
        open_store(path)
    monkeypatch.undo()
    assert found(path) == []
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
    connection.close()


def test_a_step_may_be_a_program(tmp_path: Path) -> None:
    source = tmp_path / "0001_program.py"
    source.write_text("def migrate(execute):\n    execute('CREATE TABLE made (a TEXT)')\n")
    connection = sqlite3.connect(":memory:")
    migrations.Step(1, "program", source).run(connection.execute)
    assert connection.execute("SELECT count(*) FROM made").fetchone() == (0,)
    connection.close()


def test_statements_are_split_where_they_end() -> None:
    script = "-- a; b\nCREATE TRIGGER t BEFORE DELETE ON x\nBEGIN\n    SELECT 1;\nEND;\n\nSELECT 2;\n"
    assert [each.splitlines()[-1] for each in migrations.statements(script)] == ["END;", "SELECT 2;"]
    with pytest.raises(ValueError, match="without an end"):
        list(migrations.statements("SELECT 1"))
