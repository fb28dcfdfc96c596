"""A project is carried away and taken in again: the same log to the byte, the same record, the same publication."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import own_postgres
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project_values import ANN, BEN, PLAIN, TEXTS, WIDE, claim, log, nameless, tree, write

from tollbook.errors import InputError, OutputError, StoreError, UsageError
from tollbook.pipeline import carried, carrying
from tollbook.pipeline.project import add, init, open_project, record, rule, verify
from tollbook.pipeline.publish import publish
from tollbook.store import Event
from tollbook.zips import open_zip


@pytest.fixture
def ruled(filled: Path) -> Path:
    """A project with rulings, one withdrawn, reports read anew, a secret, and files of a person's own."""
    rule(filled, claim(record(filled), "12 people").id, "correct", {"value": 13}, "slip of the pen", BEN)
    made = rule(filled, claim(record(filled), "40 people").id, "reject", {}, "another river", ANN)
    rule(filled, f"#{made.seq}", "withdraw", {}, "the same one after all", BEN)
    add(filled, [str(path) for path in write(filled.parent / "more", {"f.txt": "2 women were killed in Dorn on 3 May 2031."})], BEN, reader=WIDE)  # fmt: skip  # noqa: E501
    (filled / "sources.toml").write_text("# none yet\n")
    (filled / "rules").mkdir()
    (filled / "rules" / "mine.toml").write_text("# a rule set\n")
    publish(filled, filled.parent / "published", rules=["range"])
    return filled


def kept(folder: Path) -> dict[str, bytes]:
    """All files of a project but its database and the lock of its archive."""
    return {name: content for name, content in tree(folder).items() if "sqlite" not in name and ".lock" not in name}


def test_a_backup_restores_to_the_same_project(ruled: Path, tmp_path: Path) -> None:
    load = carrying.backup(ruled, tmp_path / "set.zip")
    assert carrying.restore(tmp_path / "set.zip", tmp_path / "again") == load
    assert log(tmp_path / "again") == log(ruled)
    assert record(tmp_path / "again") == record(ruled)
    assert kept(tmp_path / "again") == kept(ruled)
    assert not verify(tmp_path / "again")
    assert (load.events, load.hash) == (len(log(ruled)), log(ruled)[-1].hash)


def test_stores_give_and_take_the_same_bytes(ruled: Path, tmp_path: Path, server: own_postgres.Server) -> None:
    """A file, a zip, PostgreSQL, a folder, a file again."""
    carrying.backup(ruled, tmp_path / "one.zip")
    team = server.address("carried")
    carrying.restore(tmp_path / "one.zip", tmp_path / "team", team)
    assert not (tmp_path / "team" / "tollbook.sqlite").exists()
    assert not verify(tmp_path / "team")
    assert record(tmp_path / "team") == record(ruled)
    carrying.backup(tmp_path / "team", tmp_path / "two.zip")
    assert (tmp_path / "two.zip").read_bytes() == (tmp_path / "one.zip").read_bytes()
    carrying.export(tmp_path / "team", tmp_path / "set")
    carrying.take(tmp_path / "set", tmp_path / "again")
    assert log(tmp_path / "again") == log(ruled)
    publish(tmp_path / "team", tmp_path / "anew", rules=["range"])
    assert tree(tmp_path / "anew") == tree(tmp_path / "published")


def test_what_is_refused_leaves_no_schema(ruled: Path, tmp_path: Path, server: own_postgres.Server) -> None:
    carrying.export(ruled, tmp_path / "set")
    kept_line = (tmp_path / "set" / "readings.jsonl").read_text()
    (tmp_path / "set" / "readings.jsonl").write_text(kept_line.replace('"reading"', '"writing"', 1))
    with pytest.raises(InputError, match="holds a line that is no reading"):
        carrying.take(tmp_path / "set", tmp_path / "team", server.address("refused"))
    (tmp_path / "set" / "readings.jsonl").write_text(kept_line)
    carrying.take(tmp_path / "set", tmp_path / "team", server.address("refused"))
    with pytest.raises(StoreError, match="is a project already; nothing was changed"):
        carrying.take(tmp_path / "set", tmp_path / "team2", server.address("refused"))
    with pytest.raises(UsageError, match="is no address of a record"):
        carrying.take(tmp_path / "set", tmp_path / "team2", "atlas.sqlite")
    assert not (tmp_path / "team2").exists()
    assert log(ruled) == _log_of(tmp_path / "team")


def _log_of(folder: Path) -> list[Event]:
    with open_project(folder) as store, store.read() as unit:
        return list(unit.events())


def test_the_restored_project_publishes_the_same_bytes(ruled: Path, tmp_path: Path) -> None:
    carrying.export(ruled, tmp_path / "set")
    carrying.take(tmp_path / "set", tmp_path / "again")
    publish(tmp_path / "again", tmp_path / "anew", rules=["range"])
    assert tree(tmp_path / "anew") == tree(tmp_path / "published")


def test_zip_and_folder_hold_the_same_files_and_are_the_same_each_time(ruled: Path, tmp_path: Path) -> None:
    carrying.backup(ruled, tmp_path / "one.zip")
    carrying.export(ruled, tmp_path / "set")
    carrying.take(tmp_path / "set", tmp_path / "again")
    carrying.backup(tmp_path / "again", tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with open_zip(tmp_path / "one.zip") as zipped:
        assert {name: zipped.read(name) for name in zipped.names} == tree(tmp_path / "set")
    assert (
        subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "set", check=False).returncode == 0
    )


def test_a_restored_project_goes_on(ruled: Path, tmp_path: Path) -> None:
    carrying.backup(ruled, tmp_path / "set.zip")
    carrying.restore(tmp_path / "set.zip", tmp_path / "again")
    more = [str(path) for path in write(tmp_path / "in2", {"g.txt": "4 people were killed in Dorn on 7 May 2030."})]
    for folder in (ruled, tmp_path / "again"):
        add(folder, more, ANN, reader=WIDE)
        assert not verify(folder)
    assert nameless(record(ruled)) == nameless(record(tmp_path / "again"))
    assert record(ruled) == record(tmp_path / "again")


def test_what_is_carried_is_its_owner_s_alone_and_says_that_it_is_private(ruled: Path, tmp_path: Path) -> None:
    carrying.backup(ruled, tmp_path / "set.zip")
    carrying.export(ruled, tmp_path / "set")
    for path in (tmp_path / "set.zip", tmp_path / "set", *(tmp_path / "set").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert "IT IS PRIVATE" in (tmp_path / "set" / "README.txt").read_text()
    with zipfile.ZipFile(tmp_path / "set.zip") as file:
        assert {info.external_attr >> 16 for info in file.infolist()} == {0o100600}
    carrying.take(tmp_path / "set", tmp_path / "again")
    assert stat.S_IMODE((tmp_path / "again" / "salt.key").stat().st_mode) == 0o600


def test_an_empty_project_can_be_carried(folder: Path, tmp_path: Path) -> None:
    carrying.backup(folder, tmp_path / "set.zip")
    carrying.restore(tmp_path / "set.zip", tmp_path / "again")
    assert log(tmp_path / "again") == log(folder)


def test_a_page_of_blanks_does_not_make_a_bomb_of_the_backup(tmp_path: Path) -> None:
    (tmp_path / "wide").write_bytes(b" " * 12_000_000)
    (tmp_path / "narrow").write_text("".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(250)) * 9)
    with carried.zip_out(tmp_path / "set.zip") as carrier:
        for name in ("wide", "narrow"):
            carrier.put_file(name, tmp_path / name)
    with open_zip(tmp_path / "set.zip") as zipped:
        assert zipped.members["wide"].compress_size == zipped.size("wide")
        assert zipped.members["narrow"].compress_size < zipped.size("narrow") / 2


def test_what_is_added_meanwhile_is_in_the_next_backup(filled: Path, tmp_path: Path) -> None:
    """Writers run in other processes while backups are made: each backup is the log as it stood at one moment."""
    adder = (
        "import sys; from project_values import ANN, PLAIN, write; from pathlib import Path; "
        "from tollbook.pipeline.project import add\n"
        "place = Path(sys.argv[2])\n"
        "for n in range(8):\n"
        "    text = f'{n + 20} people were killed in Arvelle on 1 May 2031.'\n"
        "    paths = write(place, {f'{place.name}{n}.txt': text})\n"
        "    add(Path(sys.argv[1]), [str(path) for path in paths], ANN, reader=PLAIN)\n"
    )
    paths = [*sys.path]
    start = f"import sys; sys.path[:] = {paths!r}\n{adder}"
    writers = [subprocess.Popen([sys.executable, "-c", start, filled, tmp_path / name]) for name in ("x", "y")]
    made = []
    while any(writer.poll() is None for writer in writers) or not made:
        made.append(carrying.backup(filled, tmp_path / f"{len(made)}.zip"))
    assert [writer.wait() for writer in writers] == [0, 0]
    events = log(filled)
    assert len({one.events for one in made}) > 1
    for number in (0, len(made) // 2, len(made) - 1):
        carrying.restore(tmp_path / f"{number}.zip", tmp_path / f"again{number}")
        assert log(tmp_path / f"again{number}") == events[: made[number].events]


# ---- any sequence of what people do ----

STEPS = st.lists(
    st.sampled_from(["add a", "add b", "add c", "add e", "newer", "correct", "reject", "withdraw", "unmask"]),
    min_size=1, max_size=6,
)  # fmt: skip


def _do(step: str, folder: Path, texts: Path) -> None:
    now = record(folder)
    what, _, which = step.partition(" ")
    if what in ("add", "newer"):
        add(folder, [str(texts / f"{which or 'a'}.txt")], ANN, reader=WIDE if what == "newer" else PLAIN)
    elif what == "withdraw" and now.rulings:
        rule(folder, f"#{now.rulings[-1].seq}", "withdraw", {}, "not so", BEN)
    elif what == "unmask" and now.incidents and any("Board" in report.text for report in now.reports):
        rule(folder, now.incidents[0].id, "unmask", {"name": "Board"}, "an office", BEN)
    elif now.claims:
        values = {"value": 17} if what == "correct" else {}
        rule(folder, now.claims[0].id, what if what in ("correct", "reject") else "accept", values, "read again", ANN)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_was_done_comes_back(tmp_path_factory: pytest.TempPathFactory, steps: list[str]) -> None:
    place = tmp_path_factory.mktemp("any")
    write(place / "in", TEXTS)
    init(place / "one", ANN)
    for step in steps:
        _do(step, place / "one", place / "in")
    carrying.backup(place / "one", place / "set.zip")
    carrying.restore(place / "set.zip", place / "two")
    carrying.export(place / "two", place / "set")
    carrying.take(place / "set", place / "three")
    assert log(place / "one") == log(place / "two") == log(place / "three")
    assert record(place / "one") == record(place / "three")
    assert not verify(place / "three")


# ---- what is refused ----


@pytest.mark.parametrize("out", [carrying.backup, carrying.export])
def test_a_project_that_does_not_verify_is_not_carried(
    filled: Path, tmp_path: Path, out: Callable[[Path, Path], carrying.Load]
) -> None:
    text = next((filled / "archive" / "text").rglob("*.txt"))
    text.chmod(0o644)
    whole = text.read_bytes()
    for wrong, done in [
        ("no longer have the hash that the log tells", lambda: text.write_bytes(b"other")),
        ("is not in the archive", text.unlink),
    ]:
        done()
        with pytest.raises(StoreError, match=rf"{wrong}; 'tollbook verify' names all"):
            out(filled, tmp_path / "set")
        assert {path.name for path in tmp_path.iterdir()} == {"in", "floods"}
    text.write_bytes(whole)
    out(filled, tmp_path / "set")


def test_custody_that_no_event_tells_of_is_left_behind(filled: Path, tmp_path: Path) -> None:
    """Whoever is adding just now has written it, and the next backup has its event."""
    note = next((filled / "archive" / "raw").rglob("*.json"))
    (note.parent / f"{note.name[:64]}.0123abcd.json").write_bytes(note.read_bytes())
    (note.parent / ".part-x").write_bytes(b"half")
    old = json.loads(note.read_text()) | {"format": 1}
    (note.parent / f"{note.name[:64]}.4567abcd.json").write_text(json.dumps(old))
    carrying.backup(filled, tmp_path / "set.zip")
    carrying.restore(tmp_path / "set.zip", tmp_path / "again")
    assert kept(filled).keys() - kept(tmp_path / "again").keys() == {
        str(note.parent.relative_to(filled) / name) for name in (f"{note.name[:64]}.0123abcd.json", ".part-x")
    }


def test_altered_custody_is_not_carried(filled: Path, tmp_path: Path) -> None:
    note = next((filled / "archive" / "raw").rglob("*.json"))
    note.chmod(0o644)
    note.write_text(note.read_text().replace("ann", "eve"))
    with pytest.raises(StoreError, match="json: its bytes no longer have the hash that the log tells; '"):
        carrying.backup(filled, tmp_path / "set.zip")


def test_an_altered_log_or_reading_is_not_carried(filled: Path, tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(filled / "tollbook.sqlite")) as connection, connection:
        connection.execute("UPDATE readings SET reading = replace(reading, '12', '21')")
    with pytest.raises(StoreError, match=r"reading of a.txt: it is not as event \d+ tells it; 'tollbook verify'"):
        carrying.backup(filled, tmp_path / "set.zip")
    with closing(sqlite3.connect(filled / "tollbook.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("UPDATE events SET who = 'eve' WHERE seq = 3")
    with pytest.raises(
        StoreError, match=r"event 3 \(\w+\): its hash is not the hash of what it holds; 'tollbook verify'"
    ):
        carrying.backup(filled, tmp_path / "set.zip")
    assert {path.name for path in tmp_path.iterdir()} == {"in", "floods"}


def test_nothing_is_written_over(ruled: Path, tmp_path: Path) -> None:
    for name in ("set", "taken"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.txt").write_text("x")
    (tmp_path / "set.zip").write_text("x")
    with pytest.raises(OutputError, match=r"set.zip: is there already; choose another name"):
        carrying.backup(ruled, tmp_path / "set.zip")
    with pytest.raises(OutputError, match="holds files that are not of this export; choose another folder"):
        carrying.export(ruled, tmp_path / "set")
    carrying.backup(ruled, tmp_path / "new.zip")
    for out in (ruled, tmp_path / "taken"):
        before = tree(out)
        with pytest.raises(OutputError, match="holds files that are not of this import; choose another folder"):
            carrying.restore(tmp_path / "new.zip", out)
        assert tree(out) == before


def test_a_full_disk_leaves_nothing(
    ruled: Path, tmp_path: Path, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    noise = "".join(hashlib.sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(2000))
    add(ruled, [str(path) for path in write(tmp_path / "in3", {"long.txt": f"Noise: {noise}."})], ANN, reader=PLAIN)
    carrying.backup(ruled, tmp_path / "set.zip")
    before = {path.name for path in tmp_path.iterdir()}
    for out in (carrying.backup, carrying.export):
        with file_limit(50_000), pytest.raises(OutputError, match=r"/full: no space left; nothing was written"):
            out(ruled, tmp_path / "full")
    with file_limit(50_000), pytest.raises(OutputError, match=r"/full: no space left; nothing was written"):
        carrying.restore(tmp_path / "set.zip", tmp_path / "full")
    with file_limit(140_000), pytest.raises(OutputError, match=r"/full: no space left"):
        carrying.restore(tmp_path / "set.zip", tmp_path / "full")
    assert {path.name for path in tmp_path.iterdir()} == before


def test_taking_the_one_for_the_other_is_told(ruled: Path, tmp_path: Path) -> None:
    carrying.backup(ruled, tmp_path / "set.zip")
    carrying.export(ruled, tmp_path / "set")
    told = {
        (carrying.restore, "set"): "is a folder, not a zip; take it in with 'tollbook import'",
        (carrying.take, "set.zip"): "is a file, not a folder; take a zip in with 'tollbook restore'",
        (
            carrying.take,
            "floods",
        ): "is no carried project; name what 'tollbook backup' or 'tollbook export --all' wrote",
        (carrying.take, "published"): "is no carried project",
        (carrying.take, "nowhere"): "is no folder",
        (carrying.restore, "nowhere"): "can't be read",
        (carrying.restore, "in/a.txt"): "is no zip",
    }
    for (use, name), line in told.items():
        with pytest.raises(InputError, match=f"{name}: {line}"):
            use(tmp_path / name, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert json.loads((tmp_path / "set" / "carried.json").read_text())["format"] == "tollbook-carried"
