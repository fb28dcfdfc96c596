"""What goes wrong around a project: a full disk, a clock set back, others at work, what a killed process left, rot.

Each with the real thing: a small disk that is full, processes, bytes that are other ones.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest
from project_values import ANN, BEN, PLAIN, TEXTS, claim, log, write

from tollbook.errors import OutputError, StoreError, TollbookError
from tollbook.pipeline.carrying import backup
from tollbook.pipeline.project import Stamp, add, init, open_project, record, rule, verify
from tollbook.pipeline.publish import export, publish
from tollbook.rulings import decide, standing
from tollbook.store import migrations, sqlite

Full = Callable[[], AbstractContextManager[None]]
_DISK = 12_000_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own where one may be mounted, else a folder of the same disk."""
    place = tmp_path / "disk"
    place.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "tmpfs", str(place)]
    try:
        subprocess.run(asked, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield place
        return
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def full(disk: Path, file_limit: Callable[[int], AbstractContextManager[None]]) -> Full:
    """A block in which that disk has no room left: none at all, or no file may become longer."""

    @contextmanager
    def filled_up() -> Iterator[None]:
        if not disk.is_mount():
            with file_limit(4096):
                yield
            return
        filler = disk / "filler"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))
        yield
        filler.unlink()

    return filled_up


@pytest.fixture
def project(disk: Path, tmp_path: Path) -> Path:
    """A project on that disk, with reports, a dossier beside it, and room for a little more."""
    init(disk / "floods", ANN)
    add(disk / "floods", [str(path) for path in write(tmp_path / "in", TEXTS)], ANN, reader=PLAIN)
    publish(disk / "floods", disk / "out", rules=("range",))
    return disk / "floods"


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


MORE = {"z.txt": "17 people were killed in Dorn on 9 May 2031, Clinic said. " + "Water stood in the lower town. " * 300}


def adding(folder: Path, beside: Path) -> None:
    add(folder, [str(path) for path in write(beside / "more", MORE)], BEN, reader=PLAIN)


def ruling(folder: Path, beside: Path) -> None:
    del beside
    rule(folder, claim(record(folder), "12 people").id, "reject", {}, "names those rescued " * 400, BEN)


def publishing(folder: Path, beside: Path) -> None:
    del beside
    publish(folder, folder.parent / "out", rules=("range",))


def exporting(folder: Path, beside: Path) -> None:
    del beside
    export(folder, "claims-jsonl", folder.parent / "claims.jsonl")


def backing_up(folder: Path, beside: Path) -> None:
    del beside
    backup(folder, folder.parent / "b.zip")


@pytest.mark.parametrize("work", [adding, ruling, publishing, exporting, backing_up])
def test_a_full_disk_is_one_line_and_keeps_what_was_there(
    project: Path, full: Full, tmp_path: Path, work: Callable[[Path, Path], None]
) -> None:
    before, events = tree(project.parent / "out"), log(project)
    with full(), pytest.raises((OutputError, StoreError), match=r"no space left|can't be made") as caught:
        work(project, tmp_path)
    assert "\n" not in str(caught.value)
    assert log(project) == events
    assert tree(project.parent / "out") == before
    assert {path.name for path in project.parent.iterdir()} == {"floods", "out"}
    assert verify(project) == ()
    work(project, tmp_path)
    assert verify(project) == ()


def test_a_full_disk_leaves_a_schema_as_it_was(disk: Path, full: Full, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(sqlite, "steps", lambda name: migrations.steps(name)[:1])
        older.setattr(sqlite, "latest", lambda *_: 1)
        init(disk / "floods", ANN)
    with full(), pytest.raises(OutputError, match="no space left"), open_project(disk / "floods"):
        pass
    assert verify(disk / "floods") == ()
    assert len(log(disk / "floods")) == 1


def test_a_clock_that_goes_backwards_changes_no_order(filled: Path) -> None:
    target = claim(record(filled), "12 people").id
    later, earlier = Stamp("ann", "2031-06-01T08:00:00Z"), Stamp("ben", "2019-01-01T08:00:00Z")
    rule(filled, target, "correct", {"value": 18}, "recounted", later)
    rule(filled, target, "correct", {"value": 19}, "recounted again", earlier)
    assert [event.when for event in log(filled)[-2:]] == [later.when, earlier.when]
    assert decide(standing(record(filled).rulings)).changes == {"value": 19}
    assert verify(filled) == ()


ADDER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from project_values import ANN, PLAIN
    from tollbook.pipeline.project import add
    print("go", flush=True)
    for number in range(12):
        add(Path({folder!r}), [f"{inputs}/n{{number}}.txt"], ANN, reader=PLAIN)
"""


def test_rulings_and_dossiers_are_made_while_another_adds(filled: Path, tmp_path: Path) -> None:
    some = {f"n{n}.txt": f"Note {n}. {n + 50} people were injured in Dorn on {n + 1} May 2031." for n in range(12)}
    write(tmp_path / "many", some)
    told = {
        "tests": str(Path(__file__).parents[1] / "helpers"),
        "folder": str(filled),
        "inputs": str(tmp_path / "many"),
    }
    script = textwrap.dedent(ADDER.format(**told))
    target = claim(record(filled), "12 people").id
    rulings = []
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as adder:
        assert adder.stdout is not None
        assert adder.stdout.readline() == "go\n"
        while adder.poll() is None:
            rulings.append(rule(filled, target, "note", {}, f"seen {len(rulings)} times", BEN).seq)
            publish(filled, tmp_path / "out", rules=("range",))
    assert adder.returncode == 0
    assert rulings
    assert {event.seq for event in log(filled) if event.kind == "ruling"} == set(rulings)
    assert len(record(filled).reports) == len(TEXTS) + len(some)
    assert verify(filled) == ()


def test_what_a_killed_process_left_holds_nobody_up(filled: Path, tmp_path: Path, inputs: list[str]) -> None:
    """Its write-ahead log, its marks and the files that were locks to it: none of them is a lock to anybody else."""
    left = tmp_path / "left"
    target = claim(record(filled), "12 people").id
    with open_project(filled):  # so that closing the others leaves the write-ahead log where it is
        rule(filled, target, "accept", {}, "seen", BEN)
        shutil.copytree(filled, left)
    assert (left / "tollbook.sqlite-wal").stat().st_size > 0
    (left / "archive" / ".adding-0000").touch()
    (left / ".tollbook.sqlite.00.partial").touch()
    assert log(left) == log(filled)
    assert add(left, inputs, ANN, reader=PLAIN).new == ()
    assert verify(left) == ()


def test_a_flipped_byte_anywhere_is_named_or_harmless_and_refuses_nothing_else(filled: Path, tmp_path: Path) -> None:
    whole, chance = tree(filled), random.Random(6)
    events, claims = log(filled), record(filled).claims
    names = sorted(name for name, content in whole.items() if content)
    evidence = [name for name in names if name.startswith("archive/")]
    for number in range(60):
        name = chance.choice(evidence if number % 2 else ["tollbook.sqlite"])
        at, bit = chance.randrange(len(whole[name])), 1 << chance.randrange(8)
        copy = tmp_path / f"copy{number}"
        shutil.copytree(filled, copy)
        (copy / name).chmod(0o644)
        content = bytearray(whole[name])
        content[at] ^= bit
        (copy / name).write_bytes(content)
        try:
            found = [str(one) for one in verify(copy)]
            if name in evidence:
                assert any(part in " ".join(found) for part in Path(name).name.split(".")), (name, found)
                assert log(copy) == events
            elif not found:
                assert log(copy) == events
                assert record(copy).claims == claims
        except TollbookError as error:
            assert name == "tollbook.sqlite"
            assert "\n" not in str(error)
        shutil.rmtree(copy)
