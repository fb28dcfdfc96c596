"""What an `add` that died left in the archive goes, and nothing else does, however many add at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from project_values import ANN, PLAIN, TEXTS, tree, write

from tollbook.errors import OutputError
from tollbook.locks import opened, together
from tollbook.pipeline.cleaning import LOCK, adding
from tollbook.pipeline.project import add, init, open_project, record, verify
from tollbook.reports import Archive

NOBODYS = "ab" + "0" * 62


def killed(folder: Path) -> list[Path]:
    """Leave what an adder leaves that dies when it has kept bytes and text and not yet told of them."""
    archive = Archive(folder / "archive")
    with pytest.raises(KeyboardInterrupt), open_project(folder) as store, adding(store, archive):
        left = [archive.raw_path(NOBODYS), archive.text_path(NOBODYS), archive.text_path(NOBODYS).parent / ".part-x1"]
        for path in left:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("half")
        raise KeyboardInterrupt
    return left


def test_the_next_add_removes_what_a_killed_one_left(filled: Path, inputs: list[str]) -> None:
    before = tree(filled)
    left = killed(filled)
    assert all(path.exists() for path in left)
    add(filled, inputs, ANN, reader=PLAIN)
    assert tree(filled).keys() == before.keys()
    assert verify(filled) == ()


def test_what_lay_there_before_stays_and_so_does_what_is_not_ours(filled: Path, inputs: list[str]) -> None:
    archive = Archive(filled / "archive")
    older, own = archive.raw_path("cd" + "0" * 62), archive.text_path(NOBODYS).parent / "read me.txt"
    for path in (older, own):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("kept by hand")
    os.utime(older, (0, 0))
    killed(filled)
    add(filled, inputs, ANN, reader=PLAIN)
    assert older.exists()
    assert own.exists()
    assert not archive.raw_path(NOBODYS).exists()


def test_nothing_is_removed_while_another_adds(filled: Path, inputs: list[str]) -> None:
    left = killed(filled)
    with opened(filled / "archive" / LOCK) as other:
        together(other)
        add(filled, inputs, ANN, reader=PLAIN)
        assert all(path.exists() for path in left)
    add(filled, inputs, ANN, reader=PLAIN)
    assert not any(path.exists() for path in left)


def test_an_add_that_ends_well_leaves_no_mark_and_one_that_fails_does(folder: Path, tmp_path: Path) -> None:
    inputs = [str(path) for path in write(tmp_path / "in", TEXTS)]
    add(folder, inputs, ANN, reader=PLAIN)
    assert [path.name for path in (folder / "archive").glob(".*")] == [LOCK]
    killed(folder)
    assert len(list((folder / "archive").glob(".adding-*"))) == 1
    assert len(record(folder).reports) == len(TEXTS)


def test_an_archive_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    init(tmp_path / "p", ANN)
    (tmp_path / "p" / "archive").rmdir()
    (tmp_path / "p" / "archive").write_text("no folder")
    with pytest.raises(OutputError, match=r"archive: could not be written"):
        add(tmp_path / "p", [], ANN, reader=PLAIN)
