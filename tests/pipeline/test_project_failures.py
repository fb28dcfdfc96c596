"""What goes wrong around a project: one clear line, and nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import project_values
import pytest
from project_values import ANN, BEN, BOTH, PLAIN, SQLITE, TEXTS, claim, edit, log, nameless, read_plain, write

from tollbook.errors import OutputError, StoreError
from tollbook.pipeline.analyse import conclude, in_order
from tollbook.pipeline.project import add, init, record, rule, verify
from tollbook.reports import gather
from tollbook.store import open_in, open_store

STORES = BOTH


def test_a_folder_without_a_project_is_told_as_such(tmp_path: Path, inputs: list[str]) -> None:
    for use in (record, verify, lambda folder: add(folder, inputs, ANN, reader=PLAIN)):
        for place in (tmp_path / "in", tmp_path / "nowhere"):
            with pytest.raises(StoreError, match=r"is no (project|folder); name a project with --project DIR, or make"):
                use(place)
    assert {path.name for path in (tmp_path / "in").iterdir()} == set(TEXTS)
    assert not (tmp_path / "nowhere").exists()


def test_a_project_is_made_once(filled: Path) -> None:
    before = log(filled)
    with pytest.raises(StoreError, match="is a project already"):
        init(filled, BEN)
    assert log(filled) == before


def test_a_project_is_made_beside_files_that_lie_there(tmp_path: Path, inputs: list[str]) -> None:
    init(tmp_path / "in", ANN)
    assert {path.name for path in (tmp_path / "in").iterdir()} == {*TEXTS, "tollbook.sqlite", "archive"}


def test_a_file_can_be_no_project(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file, not a folder"):
        init(tmp_path / "file", ANN)


def test_an_altered_text_is_named_and_never_used(filled: Path) -> None:
    before = record(filled).reports[1]
    path = next((filled / "archive").rglob(f"{before.text_sha256}.txt"))
    path.chmod(0o644)
    path.write_text(before.text.replace("14", "41"))
    (found,) = [one for one in verify(filled) if "text" in one.what]
    assert found.what == f"report b.txt, text {before.text_sha256}"
    with pytest.raises(StoreError, match="an archived text can't be used: altered"):
        record(filled)


def test_a_text_that_is_gone_is_named(filled: Path) -> None:
    next((filled / "archive" / "text").rglob("*.txt")).unlink()
    assert [one.why for one in verify(filled)] == ["not in the archive"]
    with pytest.raises(StoreError, match="not in the archive"):
        record(filled)


def test_an_altered_log_is_named(filled: Path) -> None:
    edit(filled, "DROP TRIGGER events_stay", "UPDATE events SET who = 'eve' WHERE seq = 3")
    assert [one.what for one in verify(filled)] == ["trigger events_stay", f"event 3 ({log(filled)[2].kind})"]


def test_a_project_in_use_is_told_at_once(filled: Path, inputs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from tollbook.store import place, postgres

    monkeypatch.setattr(place, "open_store", partial(open_store, wait=0.05))
    monkeypatch.setattr(postgres, "open_postgres", partial(postgres.open_postgres, wait=0.05))
    with open_in(filled) as other, other.write():
        assert len(record(filled).reports) == 5
        with pytest.raises(StoreError, match="is in use by another process; try again"):
            add(filled, inputs, ANN, reader=PLAIN)


@SQLITE
def test_a_read_only_project_is_shown_and_not_changed(filled: Path, inputs: list[str]) -> None:
    target = claim(record(filled), "12 people").id
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(filled, Path(place) / "floods"))
        Path(place).chmod(0o755)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)  # the modes of files mean nothing to root
        try:
            assert record(folder) == record(filled) if not root else len(record(folder).claims) == 7
            assert verify(folder) == ()
            for change in (
                lambda: add(folder, inputs, ANN, reader=PLAIN),
                lambda: rule(folder, target, "accept", {}, "seen", ANN),
                lambda: init(folder / "inner", ANN),
            ):
                with pytest.raises(StoreError, match=r"may only be read|can't be made"):
                    change()
        finally:
            if root:
                os.seteuid(0)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


@SQLITE
def test_no_space_left_keeps_whole_reports_and_adding_again_goes_on(
    folder: Path, tmp_path: Path, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    many = {
        f"n{number:03}.txt": f"Note {number}. {number} people were killed in Arvelle on 1 May 2031. " + "Water. " * 50
        for number in range(1, 61)
    }
    inputs = [str(path) for path in write(tmp_path / "many", many)]
    with file_limit(120_000), pytest.raises(OutputError, match="no space left"):
        add(folder, inputs, ANN, reader=PLAIN)
    kept = record(folder)
    assert 0 < len(kept.reports) < 60
    assert verify(folder) == ()
    assert len(kept.claims) == len(kept.reports)
    assert not list(folder.rglob(".part-*"))
    add(folder, inputs, ANN, reader=PLAIN)
    assert len(record(folder).claims) == 60
    assert [path.name for path in folder.rglob(".*")] == [".lock"]


VALUES = str(Path(project_values.__file__).parent)
ADDER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from project_values import ANN, PLAIN
    from tollbook.pipeline.project import add
    print("go", flush=True)
    add(Path({folder!r}), [{inputs!r}], ANN, reader=PLAIN)
    print("done", flush=True)
"""


def test_two_processes_add_to_one_project_and_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    adders = []
    for half in ("odd", "even"):
        many = {
            f"{half}{number:02}.txt": f"Note {half} {number}. {number} people were killed in Arvelle on 1 May 2031. "
            for number in range(1, 30)
        }
        write(tmp_path / half, many)
        script = textwrap.dedent(ADDER.format(tests=VALUES, folder=str(folder), inputs=str(tmp_path / half)))
        adders.append(subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True))
    told = [adder.communicate()[0] for adder in adders]
    assert told == ["go\ndone\n"] * 2
    assert verify(folder) == ()
    found = record(folder)
    assert len(found.reports) == len(found.claims) == 58
    assert [event.seq for event in log(folder)] == list(range(1, len(log(folder)) + 1))


@pytest.mark.parametrize("pause", [0.0, 0.02, 0.05, 0.09, 0.14, 0.2])
def test_a_kill_in_the_middle_of_adding_leaves_a_whole_record(folder: Path, tmp_path: Path, pause: float) -> None:
    many = {
        f"n{number:03}.txt": f"Note {number}. {number} people were killed in Arvelle on {number % 28 + 1} May 2031. "
        for number in range(1, 61)
    }
    write(tmp_path / "many", many)
    script = textwrap.dedent(ADDER.format(tests=VALUES, folder=str(folder), inputs=str(tmp_path / "many")))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as adder:
        assert adder.stdout is not None
        assert adder.stdout.readline() == "go\n"
        time.sleep(pause)
        os.kill(adder.pid, signal.SIGKILL)
    kept = record(folder)
    assert verify(folder) == ()
    assert len(kept.claims) == len(kept.reports)
    done = add(folder, [str(tmp_path / "many")], ANN, reader=PLAIN)
    assert len(done.new) + len(kept.reports) == 60
    reports = in_order(gather([str(tmp_path / "many")]).reports)
    assert nameless(record(folder)) == nameless(conclude(reports, read_plain(reports)))
