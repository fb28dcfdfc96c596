"""What is kept of linking is worked out anew and compared: nothing in it can be altered unnamed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from project_values import ANN, PLAIN, WIDE, write

from tollbook.pipeline import relinking
from tollbook.pipeline.project import add, check, init, open_project
from tollbook.store.derived import SHAPES

STORY = "The river board of the valley had asked for sand since March, and what came was gravel. "
COPIED = (
    "Boats of the brewery took the others from the roofs while the sluice by the tannery stood open and nobody who had "
    "the key to it could be found. 31 people were killed in Dorn on 4 May 2031. The mill has been shut since then."
)


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """A project in which every derived table has rows."""
    init(tmp_path / "floods", ANN)
    told = {
        f"n{day}.txt": f"{STORY * 3} {10 + day} people were killed in Arvelle on {day} May 2031. Note {day}."
        for day in range(1, 14)
    }
    told |= {f"w{number}.txt": f"{COPIED} Note {number}." for number in (1, 2)}
    inputs = write(tmp_path / "in", told)
    for number, path in enumerate(inputs):
        path.with_suffix(".json").write_text(f'{{"published": "2031-05-{number + 2:02}"}}')
    add(tmp_path / "floods", [str(path) for path in inputs], ANN, reader=PLAIN)
    return tmp_path / "floods"


def edit(folder: Path, *statements: str) -> int:
    with closing(sqlite3.connect(folder / "tollbook.sqlite")) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        return [connection.execute(statement).rowcount for statement in statements][-1]


def told(folder: Path) -> list[str]:
    return [str(one) for one in check(folder).mismatches]


def test_all_derived_rows_are_compared(grown: Path) -> None:
    found = check(grown)
    assert found.mismatches == ()
    with closing(sqlite3.connect(grown / "tollbook.sqlite")) as connection:
        sizes = {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in SHAPES}
    assert found.counts["derived rows"] == sum(sizes.values())
    assert {table for table, size in sizes.items() if not size} == {"linked_fresh"}


VALUED = [table for table, (keys, _) in SHAPES.items() if keys == ("number",) and table != "linked_fresh"]


@pytest.mark.parametrize("table", VALUED)
def test_an_altered_value_is_named(grown: Path, table: str) -> None:
    blob = "zeroblob(7)" if table in relinking._UNPACK else "9999999"
    number = f"(SELECT max(number) FROM {table})"
    with closing(sqlite3.connect(grown / "tollbook.sqlite")) as connection:
        (named,) = connection.execute(f"SELECT max(number) FROM {table}").fetchone()
    assert edit(grown, f"UPDATE {table} SET value = {blob} WHERE number = {number}") == 1
    assert told(grown) == [f"{table} {named}: it is not what follows from the log"]


@pytest.mark.parametrize("table", sorted(SHAPES.keys() - {"linked_fresh", "linked_reports"}))
def test_a_missing_row_is_named(grown: Path, table: str) -> None:
    key = SHAPES[table][0][-1]
    gone = edit(grown, f"DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})")
    found = told(grown)
    assert min(gone, 21) == len(found) > 0
    assert all(line.startswith(f"{table} ") and line.endswith(": missing") for line in found[:20])


def test_a_row_that_nothing_tells_of_is_named(grown: Path) -> None:
    edit(grown, "INSERT INTO text_versions VALUES (77, 1)")
    assert told(grown) == ["text_versions 77: it is not what follows from the log"]
    edit(grown, "DELETE FROM text_versions WHERE number = 77", "INSERT INTO linked_fresh VALUES (1048576, 1)")
    assert told(grown) == ["linked_fresh 1048576: nothing is left to settle"]


def test_many_altered_rows_are_counted_beyond_twenty(grown: Path) -> None:
    number = edit(grown, "UPDATE text_keys SET place = randomblob(16)")
    lines = told(grown)
    assert number > 20
    assert len(lines) == 21
    assert lines[-1].startswith("text_keys: ")
    assert lines[-1].endswith("more rows are not what follows from the log")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE linking SET hash = 'x'", "linking: made from another log, of which event"),
        ("UPDATE linking SET event = 999", "linking: made from another log, of which event 999 is not this one's"),
    ],
)
def test_linking_of_another_log_is_named(grown: Path, change: str, says: str) -> None:
    edit(grown, change)
    (line,) = told(grown)
    assert line.startswith(says)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE linking SET made_by = 'x'", "another release or other places made it; the next add makes it anew"),
        ("DELETE FROM linking", "nothing says what made it; the next add makes it anew"),
        ("UPDATE linked_reports SET number = 99 WHERE number = 2", "is no report; the next add makes it anew"),
        ("UPDATE linked_reports SET report = 'x' WHERE number = 2", "is no report; the next add makes it anew"),
        ("DELETE FROM linked_reports WHERE number = 15", "14 reports of 15 are linked; the next add makes it anew"),
        (
            "UPDATE readings SET reader = 'other' WHERE report = 'n2.txt'",
            "what it follows from is not as the log tells",
        ),
        ("UPDATE readings SET reading = replace(reading, '12', '21')", "what it follows from is not as the log tells"),
    ],
)
def test_what_could_not_be_compared_is_said(grown: Path, change: str, says: str) -> None:
    edit(grown, change)
    assert [str(one) for one in check(grown).remarks if one.what == "linking" and one.why.endswith(says)]


def test_reports_that_are_not_linked_yet_are_said(grown: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tollbook.pipeline import adding

    monkeypatch.setattr(adding, "settle", lambda *_: ())
    add(grown, [str(path) for path in write(tmp_path / "more", {"z.txt": "Water."})], ANN, reader=PLAIN)
    found = check(grown)
    assert found.mismatches == ()
    assert "the next add links them" in str(found.remarks[0])


def test_names_of_versions_are_any(grown: Path) -> None:
    """Which report a version is named by depends on the order of adding, and is no mismatch."""
    with open_project(grown) as store, store.read() as unit:
        (names,) = {name for _, name in unit.derived().rows("text_versions")}
    add(grown, [], ANN, reader=WIDE)  # all are read again
    assert told(grown) == []
    assert names in (14, 15)


def test_nothing_is_left_behind_and_nothing_written(
    grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    before = (grown / "tollbook.sqlite").read_bytes()
    assert told(grown) == []
    assert (grown / "tollbook.sqlite").read_bytes() == before
    assert list((tmp_path / "scratch").iterdir()) == []


def test_where_there_is_no_room_to_link_anew_the_rest_is_checked(grown: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(grown / "nowhere"))
    found = check(grown)
    assert found.mismatches == ()
    assert found.counts["events"] > 0
    assert str(found.remarks[-1]).startswith("linking: not checked, for ")
