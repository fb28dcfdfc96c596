"""A carried project that doesn't verify is refused in one line that names what is wrong, and nothing is written."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from project_values import ANN, PLAIN, log, write

from tollbook.errors import InputError
from tollbook.pipeline import carrying
from tollbook.pipeline.project import add
from tollbook.store.log import Event, Stamp, follow
from tollbook.zips import pack

Change = Callable[[Path], object]


@pytest.fixture
def carried(filled: Path, tmp_path: Path) -> Path:
    carrying.export(filled, tmp_path / "set")
    return tmp_path / "set"


def summed(folder: Path) -> None:
    """Sums anew, as one would who means to deceive."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(lines))


def refused(path: Path, out: Path) -> str:
    """The line that a carried project is refused with, by both ways in; nothing is there after."""
    before = {one.name for one in out.parent.iterdir()}
    use = carrying.take if path.is_dir() else carrying.restore
    with pytest.raises(InputError) as caught:
        use(path, out)
    told = str(caught.value)
    assert "\n" not in told
    assert told.startswith(f"{path}: ")
    assert {one.name for one in out.parent.iterdir()} == before
    return re.sub(r"event \d+( \(\w+\))?", "event #", told.removeprefix(f"{path}: "))


def edit(name: str, change: Callable[[list[str]], list[str]]) -> Change:
    def done(folder: Path) -> None:
        path = folder / name
        path.write_text("".join(change(path.read_text().splitlines(keepends=True))))

    return done


def line(number: int, change: Callable[[str], str]) -> Callable[[list[str]], list[str]]:
    return lambda lines: [change(one) if at == number - 1 else one for at, one in enumerate(lines)]


def field(number: int, **values: object) -> Callable[[list[str]], list[str]]:
    return line(number, lambda one: json.dumps({**json.loads(one), **values}) + "\n")


def rechained(change: Callable[[Event], Event]) -> Change:
    """The log made anew as a whole after a change: each hash is right, and what it tells is not."""

    def done(folder: Path) -> None:
        last, rows = None, []
        for text in (folder / "log.jsonl").read_text().splitlines():
            row = json.loads(text)
            told = change(Event(row["seq"], row["kind"], row["payload"], row["who"], row["at"], row["salt"], "", ""))
            last = follow(last, told.kind, told.payload, Stamp(told.who, told.when), told.salt)
            rows.append({**row, "kind": last.kind, "payload": last.payload, "prev": last.prev_hash, "hash": last.hash})
        assert last is not None
        (folder / "log.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
        head = json.loads((folder / "carried.json").read_text())
        (folder / "carried.json").write_text(json.dumps({**head, "hash": last.hash}))

    return done


def told_otherwise(kind: str, old: str, new: str) -> Change:
    def change(event: Event) -> Event:
        payload = event.payload.replace(old, new) if event.kind == kind else event.payload
        return Event(event.seq, event.kind, payload, event.who, event.when, event.salt, "", "")

    return rechained(change)


def some(kind: str) -> Callable[[Path], Path]:
    return lambda folder: min((folder / "archive" / kind).rglob("*.txt" if kind == "text" else "?" * 64))


LOG: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "an altered event": (field(3, who="eve"), "event #: its hash is not the hash of what it holds"),
    "another salt": (field(2, salt="00"), "event #: its hash is not the hash of what it holds"),
    "a line twice": (lambda a: [*a[:3], *a[2:]], "event #: it does not follow on event #"),
    "a line gone": (lambda a: [*a[:3], *a[4:]], "event #: it does not follow on event #"),
    "the last line gone": (lambda a: a[:-1], "log.jsonl does not end with event # as carried.json says"),
    "another order": (lambda a: [a[1], a[0], *a[2:]], "event #: it is not the first event"),
    "nothing": (lambda _: [], "log.jsonl: holds no event"),
    "a cut line": (line(4, lambda one: one[:40]), "log.jsonl, line 4: is no line of a carried project"),
    "no JSON": (line(4, lambda one: f"[{one}"), "log.jsonl, line 4: is no line of a carried project"),
    "a nesting": (line(2, lambda _: "[" * 99_999 + "\n"), "log.jsonl, line 2: is no line of a carried project"),
    "a field more": (field(4, more=1), "log.jsonl: holds a line that is no event"),
    "a field of another kind": (field(4, seq="4"), "log.jsonl: holds a line that is no event"),
}
READINGS: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "an altered reading": (
        line(1, lambda one: one.replace("12", "21")),
        "reading of a.txt: it is not as event # tells",
    ),
    "a reading twice": (lambda a: [a[0], *a], "reading of a.txt: comes twice or out of order"),
    "a reading gone": (lambda a: a[:-1], "reading of e.txt: missing; event # tells of it"),
    "a reading of no event": (field(1, event=999), "reading of a.txt: it is not as event # tells it"),
    "a reading of another": (field(1, report="b.txt"), "reading of b.txt: it is not as event # tells it"),
    "a foreign line": (lambda a: [*a, '{"x":1}\n'], "readings.jsonl: holds a line that is no reading"),
}
HEAD: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "another hash": (line(7, lambda one: one.replace(': "', ': "0')), "log.jsonl does not end with event #"),
    "a later version": (line(3, lambda _: '"version": 2,'), "was made by a later tollbook (version 2; this one knows"),
    "a later schema": (line(5, lambda _: '"schema": 999,'), "was made by a later tollbook (schema 999; this one knows"),
    "no schema": (line(5, lambda _: ""), "was made by a later tollbook (schema None; this one knows"),
    "another program's": (lambda _: ['{"format": "other"}'], "is no carried project; name what 'tollbook backup' or"),
    "no JSON": (lambda _: ["{"], "is no carried project; name what 'tollbook backup' or"),
}
OTHER: dict[str, tuple[Change, str]] = {
    "a text altered": (lambda folder: some("text")(folder).write_text("other"), "altered: its bytes no longer have"),
    "a text gone": (lambda folder: some("text")(folder).unlink(), "not in the archive"),
    "raw bytes altered": (lambda folder: some("raw")(folder).write_text("other"), "altered: its bytes no longer have"),
    "raw bytes gone": (lambda folder: some("raw")(folder).unlink(), "not in the archive"),
    "a report without id": (
        told_otherwise("report", '"id"', '"di"'),
        "event #: holds something else than its",
    ),
    "a report's id": (
        told_otherwise("report", '"id":"a.txt"', '"id":"q"'),
        "tells what was told before, or of no report",
    ),
    "a foreign field": (
        told_otherwise("report", '"language"', '"lingua"'),
        "can't be read (Report has no field 'lingua'",
    ),
    "no incident": (
        told_otherwise("incident", '"claims"', '"clams"'),
        "event #: holds something else than its kind",
    ),
    "a foreign file": (lambda folder: (folder / "more.txt").write_text("x"), "'more.txt' is no part of a carried proj"),
    "a program": (lambda folder: (folder / "archive" / "raw" / "x").write_text("x"), "'archive/raw/x' is no part of a"),
    "no log": (lambda folder: (folder / "log.jsonl").unlink(), "'log.jsonl' is missing"),
    "no sums": (lambda folder: (folder / "SHA256SUMS").unlink(), "SHA256SUMS is missing"),
}
CHANGES: dict[str, tuple[Change, str]] = {
    f"{name}: {what}": (edit(name, change), wanted)
    for name, changes in (("log.jsonl", LOG), ("readings.jsonl", READINGS), ("carried.json", HEAD))
    for what, (change, wanted) in changes.items()
} | OTHER


@pytest.mark.parametrize("name", CHANGES)
def test_what_does_not_verify_is_refused(carried: Path, tmp_path: Path, name: str) -> None:
    change, wanted = CHANGES[name]
    change(carried)
    if (carried / "SHA256SUMS").exists():
        summed(carried)
    assert wanted in refused(carried, tmp_path / "again")


@pytest.mark.parametrize("name", ["log.jsonl", "readings.jsonl", "README.txt", "carried.json", "archive"])
def test_a_byte_changed_in_any_file_is_found_by_its_sum(carried: Path, tmp_path: Path, name: str) -> None:
    place = some("raw")(carried) if name == "archive" else carried / name
    content = place.read_bytes()
    place.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])
    refused(carried, tmp_path / "again")
    place.write_bytes(content)
    carrying.take(carried, tmp_path / "again")


SUMS: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "a line gone": (lambda a: a[1:], r"'README.txt' is not listed in SHA256SUMS"),
    "a line twice": (lambda a: [a[0], *a], "SHA256SUMS holds a line that is none of its own"),
    "a line of no sum": (lambda a: [*a, "hello\n"], "SHA256SUMS holds a line that is none of its own"),
    "a file that is not there": (lambda a: [*a, f"{'0' * 64}  zzz\n"], "'zzz' is missing"),
    "another sum": (lambda a: [f"{'0' * 64}  README.txt\n", *a[1:]], "'README.txt' is not what SHA256SUMS says"),
}


@pytest.mark.parametrize("name", SUMS)
def test_sums_that_do_not_fit_are_refused(carried: Path, tmp_path: Path, name: str) -> None:
    change, wanted = SUMS[name]
    edit("SHA256SUMS", change)(carried)
    assert wanted in refused(carried, tmp_path / "again")


def test_links_are_refused(carried: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (carried / "salt.key").symlink_to(tmp_path / "secret")
    assert "'salt.key' is a link" in refused(carried, tmp_path / "again")
    (carried / "salt.key").unlink()
    os.mkfifo(carried / "salt.key")
    assert "'salt.key' is no plain file" in refused(carried, tmp_path / "again")


def test_what_a_system_leaves_in_folders_does_no_harm(carried: Path, tmp_path: Path, filled: Path) -> None:
    (carried / ".DS_Store").write_text("x")
    carrying.take(carried, tmp_path / "again")
    assert log(tmp_path / "again") == log(filled)
    assert not (tmp_path / "again" / ".DS_Store").exists()


def _zipped(carried: Path, path: Path, **more: bytes) -> Path:
    members: dict[str, bytes | Path] = {
        str(one.relative_to(carried)): one for one in carried.rglob("*") if one.is_file()
    }
    with path.open("wb") as file:
        pack(file, {**members, **more})
    return path


def test_zips_that_do_harm_are_refused(carried: Path, tmp_path: Path) -> None:
    whole = _zipped(carried, tmp_path / "whole.zip")
    carrying.restore(whole, tmp_path / "fine")
    (tmp_path / "cut.zip").write_bytes(whole.read_bytes()[:-200])
    assert "was cut off" in refused(tmp_path / "cut.zip", tmp_path / "again")
    (tmp_path / "out.zip").write_bytes(whole.read_bytes())
    with zipfile.ZipFile(tmp_path / "out.zip", "a") as file:
        file.writestr("../../x.txt", "x")
    assert "'../../x.txt' leads out of the folder" in refused(tmp_path / "out.zip", tmp_path / "again")
    (tmp_path / "twice.zip").write_bytes(whole.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(tmp_path / "twice.zip", "a") as file:
        file.writestr("log.jsonl", "x")
    assert "'log.jsonl' comes twice" in refused(tmp_path / "twice.zip", tmp_path / "again")
    bomb = _zipped(carried, tmp_path / "bomb.zip", **{"salt.key": bytes(30_000_000)})
    assert "unpacks to more than 200 times its size" in refused(bomb, tmp_path / "again")
    middle = bytearray(whole.read_bytes())
    middle[len(middle) // 2] ^= 1
    (tmp_path / "flipped.zip").write_bytes(middle)
    assert refused(tmp_path / "flipped.zip", tmp_path / "again")


def test_a_project_with_a_reading_that_nobody_can_read_is_refused(filled: Path, tmp_path: Path) -> None:
    """Every hash is right, and yet no `show` could read it."""
    paths = write(tmp_path / "in2", {"z.txt": "Plain words without figures."})
    add(filled, [str(path) for path in paths], ANN, reader=PLAIN)
    carrying.export(filled, tmp_path / "set")
    rows = [json.loads(one) for one in (tmp_path / "set" / "readings.jsonl").read_text().splitlines()]
    old = rows[-1]["reading"]
    new = old.replace('"report"', '"retort"')
    rows[-1]["reading"] = new
    (tmp_path / "set" / "readings.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    sums = [hashlib.sha256(text.encode()).hexdigest() for text in (old, new)]
    told_otherwise("reading", *sums)(tmp_path / "set")
    summed(tmp_path / "set")
    assert "reading of z.txt: it can't be read (Reading" in refused(tmp_path / "set", tmp_path / "again")
