"""How each report was obtained is in archive and log, and neither can be changed unseen."""

from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from project_values import ANN, BEN, PLAIN, TEXTS, log, read_plain, tree, write

from tollbook.errors import OutputError
from tollbook.pipeline.project import add, check, init, verify
from tollbook.reports import Archive, InputOptions, gather
from tollbook.store import open_store


def custody_files(folder: Path) -> list[Path]:
    return sorted((folder / "archive" / "raw").rglob("*.json"))


def change(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def test_each_report_has_its_custody_in_the_log_by_hash(filled: Path) -> None:
    events = [json.loads(event.payload) for event in log(filled) if event.kind == "custody"]
    assert [one["report"] for one in events] == sorted(TEXTS)
    for one in events:
        path = filled / "archive" / "raw" / one["raw"][:2] / f"{one['raw']}.{one['way']}.json"
        assert one["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        told = json.loads(path.read_bytes())
        assert (told["by"], told["obtained"], told["added"]) == (ANN.who, ANN.when, ANN.when)
        assert (told["sha256"], told["how"], told["input"]) == (one["raw"], "file", one["report"])
        assert told["tool"].startswith("tollbook ")
    kinds = [event.kind for event in log(filled)]
    assert kinds[1:4] == ["report", "custody", "reading"]


def test_the_same_bytes_from_another_place_are_one_more_link(folder: Path, tmp_path: Path) -> None:
    row = json.dumps({"id": "r1", "text": TEXTS["a.txt"]})
    (tmp_path / "one.jsonl").write_text(f"{row}\n")
    (tmp_path / "two.jsonl").write_text(f'{{"id": "r2", "text": "Water."}}\n{row}\n')
    (tmp_path / "moved.jsonl").mkdir()
    add(folder, [str(tmp_path / "one.jsonl")], ANN, reader=PLAIN)
    added = add(folder, [str(tmp_path / "two.jsonl")], BEN, reader=PLAIN)
    assert (added.known, added.new) == (("r1",), ("r2",))
    told = [(event.who, json.loads(event.payload)["report"]) for event in log(folder) if event.kind == "custody"]
    assert told == [("ann", "r1"), ("ben", "r2"), ("ben", "r1")]
    before = log(folder), tree(folder / "archive")
    (tmp_path / "one.jsonl").write_text(f'{{"id": "r2", "text": "Water."}}\n{row}\n')
    (tmp_path / "two.jsonl").write_text(f"\n\n{row}\n")
    add(folder, [str(tmp_path / "two.jsonl")], BEN, reader=PLAIN)  # the row stands in another line of the same file
    assert (log(folder), tree(folder / "archive")) == before
    assert verify(folder) == ()


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "altered": (lambda path: change(path, path.read_bytes().replace(b"ann", b"eve")), "altered: it is not as event"),
    "cut": (lambda path: change(path, path.read_bytes()[:40]), "altered: it is not as event"),
    "missing": (lambda path: path.unlink(), "missing; event"),
    "unknown": (
        lambda path: change(path.with_name(f"{path.name[:65]}00000000.json"), path.read_bytes()),
        "no event tells of it",
    ),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_custody_that_is_not_as_the_log_says_is_named(filled: Path, kind: str) -> None:
    path = custody_files(filled)[2]
    damage, why = DAMAGE[kind]
    if kind == "unknown":
        path.with_name(f"{path.name[:65]}00000000.json").touch()
    damage(path)
    (found,) = verify(filled)
    assert found.what.startswith(f"custody {path.name[:64]}.")
    assert found.why.startswith(why)


def test_an_older_project_stays_valid_and_says_what_it_lacks(folder: Path, inputs: list[str], tmp_path: Path) -> None:
    """A record as earlier releases made it: no custody event, and custody files that say neither who nor so."""
    archive = Archive(folder / "archive")
    reports = gather(inputs).reports
    for report, path in zip(reports, inputs, strict=True):
        raw = archive.raw_path(report.sha256)
        for place, data in ((raw, Path(path).read_bytes()), (archive.text_path(report.text_sha256), None)):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(report.text.encode() if data is None else data)
    old = add(tmp_path_project(tmp_path), inputs, ANN, reader=PLAIN)
    for path in custody_files(tmp_path / "other"):
        told = json.loads(path.read_bytes())
        told = {name: value for name, value in told.items() if name not in ("by", "added", "status")} | {"format": 1}
        (folder / path.relative_to(tmp_path / "other")).write_text(json.dumps(told))
    with open_store(folder / "tollbook.sqlite") as store, store.write() as unit:
        for report, reading in zip(reports, read_plain(reports), strict=True):
            unit.put_report(report, ANN)
            unit.put_reading(reading, PLAIN.name, ANN)
    assert len(old.new) == 5
    assert verify(folder) == ()
    assert [str(remark) for remark in check(folder).remarks] == [
        "no custody event: 5 reports added before the log kept custody (a.txt, b.txt, c.txt, …)"
    ]
    settled = add(folder, inputs, ANN, reader=PLAIN)
    before = log(folder)
    assert add(folder, inputs, BEN, reader=PLAIN).known == settled.known
    assert log(folder) == before
    write(tmp_path / "more", {"f.txt": "Water fell."})
    add(folder, [str(tmp_path / "more")], BEN, reader=PLAIN)
    assert verify(folder) == ()
    custody_files(folder)[0].with_name(f"{reports[0].sha256}.00000000.json").touch()
    assert [one.why for one in verify(folder)] == ["no event tells of it"]


def test_rows_of_an_older_project_stand_as_they_are(folder: Path, tmp_path: Path) -> None:
    """Older releases named the way of a row by its line; adding the same file again adds no second one."""
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps({"id": "r1", "text": "Water fell on the town."}) + "\n")
    gathered = gather([str(path)], InputOptions(archive=folder / "archive"))
    (report,), (way,) = gathered.reports, gathered.custody["r1"]
    told = {name: value for name, value in way.told.items() if name not in ("by", "added", "status")} | {"format": 1}
    Archive(folder / "archive").note_path(report.sha256, way.before or "").write_text(json.dumps(told))
    with open_store(folder / "tollbook.sqlite") as store, store.write() as unit:
        unit.put_report(report, ANN)
        unit.put_reading(read_plain([report])[0], PLAIN.name, ANN)
    before = tree(folder / "archive")
    assert add(folder, [str(path)], BEN, reader=PLAIN).known == ("r1",)
    assert {name: data for name, data in tree(folder / "archive").items() if name != ".lock"} == before
    assert [event.kind for event in log(folder)].count("custody") == 0
    assert verify(folder) == ()


def tmp_path_project(tmp_path: Path) -> Path:
    init(tmp_path / "other", ANN)
    return tmp_path / "other"


def test_a_report_without_custody_in_a_project_that_keeps_it_is_named(filled: Path, tmp_path: Path) -> None:
    write(tmp_path / "late", {"late.txt": "Water fell on the town."})
    (report,) = gather([str(tmp_path / "late")], None).reports
    with open_store(filled / "tollbook.sqlite") as store, store.write() as unit:
        unit.put_report(report, ANN)
    assert "no event tells how it was obtained" in [one.why for one in verify(filled)]


def test_other_bytes_under_a_hash_are_named_and_never_replaced(filled: Path, folder: Path, inputs: list[str]) -> None:
    (path,) = (filled / "archive" / "text").rglob(f"{gather([inputs[0]]).reports[0].text_sha256}.txt")
    change(path, b"Other words.")
    before = log(filled)
    added = add(filled, inputs, BEN, reader=PLAIN)
    (failure,) = added.failed
    assert isinstance(failure.error, OutputError)
    assert str(failure).startswith(f"a.txt: could not be archived ({path} holds other bytes); restore that file")
    assert path.read_bytes() == b"Other words."
    assert log(filled) == before


def test_files_of_the_archive_may_only_be_read(filled: Path) -> None:
    files = [path for path in (filled / "archive").rglob("*") if path.is_file() and path.name != ".lock"]
    assert len(files) == 15
    assert all(not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) for path in files)
    assert all(path.stat().st_nlink == 1 for path in files)
