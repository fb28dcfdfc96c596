"""A log held against checkpoints that people kept: cut off, rewritten, forked, made anew, and the wrong keys."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from project_values import ANN, BEN, PLAIN, write

from tollbook.errors import OutputError, StoreError, TollbookError
from tollbook.pipeline.checkpoints import Made, add_checkpoint, read_kept
from tollbook.pipeline.project import Stamp, add, check, init, open_project, rule, verify
from tollbook.store import Event
from tollbook.store.log import follow
from tollbook.store.notes import Note, PrivateKey

DESK = PrivateKey("desk", bytes(range(32)))
OTHER = PrivateKey("other", bytes(range(1, 33)))
LATER = Stamp("ann", "2031-05-11T08:00:00Z")
DATABASE = "tollbook.sqlite"


def signed(folder: Path, out: Path, key: PrivateKey = DESK) -> Made:
    return add_checkpoint(folder, key, LATER, out=out)


def told(folder: Path, *kept: Path, keys: tuple[PrivateKey, ...] = ()) -> list[str]:
    found = check(folder, keys=[key.public for key in keys], kept=[read_kept(path) for path in kept])
    return [str(one) for one in found.mismatches]


def events(folder: Path) -> list[Event]:
    with open_project(folder) as store, store.read() as unit:
        return list(unit.events())


def rewritten(folder: Path, change: Callable[[Event], Event | None]) -> None:
    """Rewrite the log by somebody who knows how: what is changed or dropped is hashed anew, with all behind it."""
    last: Event | None = None
    made: list[Event] = []
    for event in events(folder):
        new = change(event)
        if new is not None:
            last = follow(last, new.kind, new.payload, Stamp(new.who, new.when), new.salt)
            made.append(last)
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        triggers = list(connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DELETE FROM events")
        columns = ("seq", "kind", "payload", "who", "when", "salt", "prev_hash", "hash")
        connection.executemany(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [tuple(getattr(event, name) for name in columns) for event in made],
        )
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("DELETE FROM linking")  # it knows an event of the log by its hash


@pytest.fixture
def ruled(filled: Path) -> Path:
    """A project with a ruling as its last event."""
    with open_project(filled) as store, store.read() as unit:
        claim = next(iter(unit.homes()))
    rule(filled, claim, "note", {}, "seen", BEN)
    return filled


def test_what_was_checked_is_counted(ruled: Path, tmp_path: Path) -> None:
    number = len(events(ruled))
    made = signed(ruled, tmp_path / "one.note")
    found = check(ruled, keys=[DESK.public], kept=[read_kept(tmp_path / "one.note")])
    assert (found.mismatches, found.remarks) == ((), ())
    assert found.counts["events"] == number + 1 == made.event == made.checkpoint.size + 1
    assert found.counts["reports"] == found.counts["readings"] == 5
    assert found.counts["archive files"] == 15
    assert (found.counts["checkpoints"], found.counts["kept checkpoints"]) == (1, 1)
    assert found.signed == {made.signer: 1}
    assert (tmp_path / "one.note").read_text() == made.note
    assert json.loads(events(ruled)[-1].payload) == {"key": str(DESK.public), "note": made.note}


def test_a_log_cut_off_is_found(ruled: Path, tmp_path: Path) -> None:
    signed(ruled, tmp_path / "one.note")
    size = len(events(ruled))
    rewritten(ruled, lambda event: event if event.seq < size - 1 else None)
    assert verify(ruled) == ()  # in itself it is whole: the ruling has left no trace
    assert told(ruled, tmp_path / "one.note") == [
        f"{tmp_path / 'one.note'}: the log is cut off: event {size - 1} is missing at its end"
    ]
    rewritten(ruled, lambda event: event if event.seq < size - 2 else None)
    assert told(ruled, tmp_path / "one.note")[-1].endswith(
        f"the log is cut off: events {size - 2}–{size - 1} are missing at its end"
    )


def test_a_log_rewritten_is_found_and_where(ruled: Path, tmp_path: Path) -> None:
    early, late = tmp_path / "early.note", tmp_path / "late.note"
    first = signed(ruled, early).event
    with open_project(ruled) as store, store.write() as unit:
        unit.append("note", {"text": "seen"}, ANN)
    last = signed(ruled, late).event - 1

    def blamed(event: Event) -> Event:
        return Event(*(getattr(event, name) if name != "who" else "eve" for name in Event.__slots__))

    rewritten(ruled, lambda event: blamed(event) if event.kind == "note" else event)
    # The second checkpoint is in the log too, and its signature can't be made anew.
    assert told(ruled) == [f"event {last + 1} (checkpoint): the log was rewritten: {between(1, last)}"]
    assert told(ruled, keys=(DESK,))[0].endswith(between(first, last))
    assert told(ruled, early, late)[1:] == [f"{late}: the log was rewritten: {between(first, last)}"]
    rewritten(ruled, lambda event: event if event.kind != "checkpoint" else None)
    assert told(ruled, early) == []
    assert told(ruled, early, late) == [f"{late}: the log was rewritten: {between(first, last)}"] or told(
        ruled, early, late
    )[0].startswith(f"{late}: the log is cut off")


def between(first: int, last: int) -> str:
    return f"one of events {first}–{last} is not what it was when this was signed"


def test_a_log_that_forks_behind_a_checkpoint_is_found(ruled: Path, tmp_path: Path) -> None:
    note = tmp_path / "one.note"
    signed(ruled, note)
    size = len(events(ruled)) - 1
    rewritten(ruled, lambda event: event if event.seq < size else None)
    with open_project(ruled) as store, store.write() as unit:
        for text in ("another", "and one more"):
            unit.append("note", {"text": text}, ANN)
    assert verify(ruled) == ()
    assert told(ruled, note) == [f"{note}: the log was rewritten: {between(1, size)}"]


def test_a_log_made_anew_and_another_project_are_told(ruled: Path, tmp_path: Path) -> None:
    note = tmp_path / "one.note"
    signed(ruled, note)
    init(tmp_path / "other", BEN)
    (line,) = told(tmp_path / "other", note)
    assert "another project's, or it was made anew" in line
    rewritten(ruled, lambda event: event if event.seq > 1 else Event(*[*_values(event)[:5], "0" * 32, "", ""]))
    assert "or it was made anew" in told(ruled, note)[-1]


def _values(event: Event) -> list[object]:
    return [getattr(event, name) for name in ("seq", "kind", "payload", "who", "when")]


# ---- keys ----


def test_the_wrong_key_is_named(ruled: Path, tmp_path: Path) -> None:
    note = tmp_path / "one.note"
    signer = signed(ruled, note).signer
    assert told(ruled, note, keys=(OTHER,)) == [
        f"{note}: it is signed by {signer}, none of the keys given",
        f"key other+{OTHER.public.id.hex()}: no checkpoint here is signed by it",
    ]
    assert [str(one) for one in check(ruled, keys=[OTHER.public]).remarks] == [
        f"event {len(events(ruled))} (checkpoint): signed by {signer}, none of the keys given"
    ]
    signed(ruled, tmp_path / "two.note", OTHER)
    assert told(ruled, note, tmp_path / "two.note", keys=(OTHER, DESK)) == []


def test_a_key_of_the_same_name_is_another(ruled: Path, tmp_path: Path) -> None:
    """Whoever makes the log anew can sign it by a key of their own, of that name: only its bytes tell."""
    signed(ruled, tmp_path / "one.note", PrivateKey("desk", bytes(range(2, 34))))
    assert told(ruled) == []
    assert told(ruled, keys=(DESK,)) == [f"key desk+{DESK.public.id.hex()}: no checkpoint here is signed by it"]


def test_an_altered_note_is_told(ruled: Path, tmp_path: Path) -> None:
    note = tmp_path / "one.note"
    made = signed(ruled, note)
    note.write_text(made.note.replace(f"\n{made.checkpoint.size}\n", f"\n{made.checkpoint.size - 1}\n"))
    assert told(ruled, note) == [f"{note}: its signature by desk does not fit its text"]
    note.write_text(str(Note(made.checkpoint.text)))
    assert told(ruled, note, keys=(DESK,)) == [f"{note}: it is not signed"]
    (remark,) = check(ruled, kept=[read_kept(note)]).remarks
    assert "its signature is not checked; --key says whose it must be" in str(remark)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"one line", b"a\n1\n\n", b"\x00" * 100])
def test_what_is_no_checkpoint_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "one.note"
    with pytest.raises(TollbookError, match="can't be read"):
        read_kept(path)
    path.write_bytes(content)
    with pytest.raises(TollbookError) as error:
        read_kept(path)
    assert str(error.value).startswith(f"{path}: is no ")


# ---- making one ----


def test_no_checkpoint_is_overwritten_and_none_made_then(ruled: Path, tmp_path: Path) -> None:
    before = events(ruled)
    (tmp_path / "one.note").write_text("kept")
    with pytest.raises(OutputError, match="is there already"):
        signed(ruled, tmp_path / "one.note")
    with pytest.raises(OutputError):
        signed(ruled, tmp_path / "one.note" / "inner.note")
    assert events(ruled) == before
    assert (tmp_path / "one.note").read_text() == "kept"


def test_what_does_not_add_up_is_not_signed(ruled: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(ruled / DATABASE)) as connection, connection:
        connection.execute("DROP TRIGGER events_stay")
        connection.execute("UPDATE events SET who = 'eve' WHERE seq = 3")
    before = events(ruled)
    with pytest.raises(StoreError, match=r"nothing was signed.*event 3 \(\w+\): its hash"):
        signed(ruled, tmp_path / "one.note")
    assert events(ruled) == before
    assert not (tmp_path / "one.note").exists()


def test_checkpoints_of_checkpoints(ruled: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.note" for number in range(4)]
    sizes = [signed(ruled, path).checkpoint.size for path in paths]
    assert sizes == list(range(sizes[0], sizes[0] + 4))
    assert told(ruled, *paths, keys=(DESK,)) == []


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        ({}, "it holds no checkpoint"),
        ([], "it holds no checkpoint"),
        ({"key": "desk", "note": "x"}, "is not a public key"),
        ({"key": str(DESK.public), "note": "x"}, "is no signed note"),
        ({"key": str(DESK.public), "note": 7}, "it holds no checkpoint"),
        ({"key": str(DESK.public), "note": "x\n\n"}, "is no checkpoint"),
    ],
)
def test_an_event_that_only_looks_like_a_checkpoint_is_told(filled: Path, payload: object, says: str) -> None:
    with open_project(filled) as store, store.write() as unit:
        seq = unit.append("checkpoint", payload, ANN).seq
    (line,) = told(filled)
    assert line.startswith(f"event {seq} (checkpoint): {says}")


def test_one_that_its_own_key_did_not_sign_is_told(ruled: Path, tmp_path: Path) -> None:
    made = signed(ruled, tmp_path / "one.note")
    later = str(Note(made.checkpoint.text.replace(f"\n{made.checkpoint.size}\n", f"\n{made.event}\n")).signed(OTHER))
    with open_project(ruled) as store, store.write() as unit:
        unit.append("checkpoint", {"key": str(DESK.public), "note": later}, ANN)
        unit.append("checkpoint", {"key": str(DESK.public), "note": made.note}, ANN)
    assert [line.partition(": ")[2] for line in told(ruled)] == [
        f"the log was rewritten: {between(1, made.event)}",
        f"a checkpoint of {made.checkpoint.size} events, with {made.event + 1} before it",
    ]


# ---- times ----


def test_a_clock_that_goes_backwards_is_kept_and_remarked_on(filled: Path, tmp_path: Path) -> None:
    for day in (12, 3, 30):
        path = write(tmp_path / f"in{day}", {f"day{day}.txt": f"{day} people were killed in Dorn on 3 May 2031."})
        add(filled, [str(one) for one in path], Stamp("ann", f"2031-05-{day:02}T08:00:00Z"), reader=PLAIN)
    kept = [event.when for event in events(filled)]
    assert kept.index("2031-05-12T08:00:00Z") < kept.index("2031-05-03T08:00:00Z")
    found = check(filled)
    assert found.mismatches == ()
    (remark,) = found.remarks
    back = kept.index("2031-05-03T08:00:00Z")
    said = f"its time, 2031-05-03T08:00:00Z, is before that of event {back}; the order is by number"
    assert str(remark) == f"event {back + 1} (report): {said}"


def test_times_that_no_clock_told_are_no_matter(filled: Path) -> None:
    with open_project(filled) as store, store.write() as unit:
        for when in ("yesterday", "", "2031-05-09", "2031-05-09T09:00:00+02:00"):
            unit.append("note", {}, Stamp("ann", when))
    found = check(filled)
    assert found.mismatches == ()
    assert [str(one).partition(":")[0] for one in found.remarks] == [f"event {len(events(filled)) - 1} (note)"]
