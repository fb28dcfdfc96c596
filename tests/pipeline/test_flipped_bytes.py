"""A byte flipped anywhere: in the database it is named or holds nothing, in the archive it is named; never a trace."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from project_values import ANN, BEN, PLAIN, write

from tollbook.errors import TollbookError
from tollbook.pipeline.checkpoints import add_checkpoint
from tollbook.pipeline.project import Stamp, add, check, init, record
from tollbook.store.notes import PrivateKey

PAGE, HEADER = 4096, 100
TEXT = "{n} people were killed in Arvelle on {n} May 2031, Board said. Boats took the others from the roofs."


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a checkpoint."""
    place = tmp_path_factory.mktemp("small")
    init(place / "floods", ANN)
    inputs = write(place / "in", {f"n{n}.txt": TEXT.format(n=n) for n in (3, 4, 20)})
    add(place / "floods", [str(path) for path in inputs], ANN, reader=PLAIN)
    add_checkpoint(place / "floods", PrivateKey("desk", bytes(range(32))), BEN)
    return place / "floods"


def held(path: Path) -> tuple[object, ...]:
    """All that a database holds: its schema and every row, as SQL, with what its header tells."""
    with closing(sqlite3.connect(path)) as connection:
        pragmas = [connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")]
        return [*connection.iterdump()], pragmas


def places(content: bytes, rng: random.Random) -> Iterator[int]:
    """The whole header of the file, and of each page its own header, some places in use and some of any kind."""
    yield from range(HEADER)
    for start in range(0, len(content), PAGE):
        used = [at for at in range(start, start + PAGE) if content[at]]
        yield from {start, rng.randrange(start, start + 12), *rng.sample(used, min(len(used), 3))}
        yield rng.randrange(start, start + PAGE)


def test_a_byte_flipped_in_the_database_is_named_or_holds_nothing(small: Path) -> None:
    database = small / "tollbook.sqlite"
    whole, rng = database.read_bytes(), random.Random(7)
    before, told = held(database), record(small)
    assert check(small).mismatches == ()
    silent = named = shown = 0
    try:
        for at in places(whole, rng):
            database.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1 :])
            found = check(small)  # whatever is wrong, this comes to an end and looks at the rest
            assert found.counts["archive files"] >= 6, at
            try:
                shown += record(small) == told
            except TollbookError as error:
                assert found.mismatches, (at, error)
                assert "\n" not in str(error), at
            if found.mismatches or found.remarks:
                named += 1
            else:
                assert held(database) == before, at
                silent += 1
    finally:
        for end in ("-wal", "-shm"):
            database.with_name(f"{database.name}{end}").unlink(missing_ok=True)
        database.write_bytes(whole)
    # Much of a small file is empty, and half of what isn't is there to be fast, not to be shown.
    assert named > silent > 0
    assert shown > named / 2


def test_a_byte_flipped_in_the_archive_is_named(small: Path) -> None:
    rng = random.Random(8)
    files = [
        path for path in sorted((small / "archive").rglob("*")) if path.is_file() and not path.name.startswith(".")
    ]
    assert len(files) == 9
    for path in files:
        whole = path.read_bytes()
        path.chmod(0o644)
        for at in {0, len(whole) - 1, rng.randrange(len(whole))}:
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1 :])
            (found,) = check(small).mismatches
            assert path.name.partition(".")[0] in found.what
        path.write_bytes(whole)
    assert check(small).mismatches == ()


def test_without_a_log_the_archive_is_still_held_against_its_names(small: Path) -> None:
    database = small / "tollbook.sqlite"
    whole = database.read_bytes()
    (path,) = (small / "archive" / "text").rglob(f"{record(small).reports[0].text_sha256}.txt")
    text = path.read_bytes()
    path.chmod(0o644)
    try:
        database.write_bytes(b"Rust" + whole[4:])
        path.write_bytes(text + b".")
        found = check(small)
        assert [one.what for one in found.mismatches] == [
            "tollbook.sqlite", str(path.relative_to(small)),
        ]  # fmt: skip
        assert found.counts["archive files"] == 6
    finally:
        path.write_bytes(text)
        database.write_bytes(whole)


def test_one_thing_that_is_broken_hides_no_other(small: Path, tmp_path: Path) -> None:
    """A log altered, a row of a table altered, a text gone: each is named, whatever else there is."""
    init(tmp_path / "floods", ANN)
    inputs = write(tmp_path / "in", {f"n{n}.txt": TEXT.format(n=n) for n in range(1, 9)})
    add(tmp_path / "floods", [str(path) for path in inputs], Stamp("ann", "2031-05-02T08:00:00Z"), reader=PLAIN)
    with closing(sqlite3.connect(tmp_path / "floods" / "tollbook.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("UPDATE events SET who = 'eve' WHERE seq = 5")
        connection.execute("UPDATE readings SET reading = replace(reading, '7 people', '9 people')")
    next(path for path in (tmp_path / "floods" / "archive" / "text").rglob("*.txt")).unlink()
    whats = [one.what for one in check(tmp_path / "floods").mismatches]
    assert len(whats) == 4
    assert whats[0] == "trigger events_stay"
    assert whats[1].startswith("event 5 (")
    assert whats[2] == "reading of n7.txt"
    assert ", text " in whats[3]
