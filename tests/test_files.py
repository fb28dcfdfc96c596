"""A folder of results appears whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tollbook import files
from tollbook.errors import OutputError
from tollbook.files import beside, check_free, explained, put_new, put_unsynced, replacing
from tollbook.locks import opened, together


def is_ours(folder: Path) -> bool:
    return (folder / "mark").exists()


def write(out: Path, text: str) -> None:
    with replacing(out, ours=is_ours, what="one of ours") as folder:
        (folder / "mark").write_text(text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b", "one")
    assert (tmp_path / "a" / "b" / "mark").read_text() == "one"
    assert names(tmp_path / "a") == ["b"]
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == stat.S_IMODE((tmp_path / "a").stat().st_mode)


@pytest.mark.parametrize("system_exchanges", [True, False])
def test_an_earlier_result_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system_exchanges: bool) -> None:
    if not system_exchanges:
        monkeypatch.setattr(files, "_exchange", lambda left, right: False)
    out = tmp_path / "out"
    write(out, "one")
    (out / "more").write_text("of the first")
    write(out, "two")
    assert names(out) == ["mark"]
    assert (out / "mark").read_text() == "two"
    assert names(tmp_path) == ["out"]


def test_an_empty_folder_may_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write(tmp_path / "out", "one")
    assert names(tmp_path / "out") == ["mark"]


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    write(tmp_path / "real", "one")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", "two")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "mark").read_text() == "two"


def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputError, match="is a link that leads nowhere"):
        write(tmp_path / "link", "one")
    assert names(tmp_path) == ["link"]


def test_bytes_and_folders_are_on_the_disk_before_the_name_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[tuple[str, bool]] = []
    fsync = os.fsync

    def watched(handle: int) -> None:
        fsync(handle)
        flushed.append((Path(f"/proc/self/fd/{handle}").readlink().name, (tmp_path / "out").exists()))

    monkeypatch.setattr(os, "fsync", watched)
    with replacing(tmp_path / "out", ours=is_ours, what="one of ours") as folder:
        (folder / "mark").write_text("one")
        (folder / "texts").mkdir()
        (folder / "texts" / "t").write_text("two")
        own = folder.name
    *before, last = flushed
    assert sorted(before) == sorted((name, False) for name in ("mark", "texts", "t", own))
    assert last == (tmp_path.name, True)


def test_what_a_killed_process_left_is_swept_and_what_another_holds_stays(tmp_path: Path) -> None:
    for name in (
        ".out.1234.partial",
        ".out.0a0b0c0d.partial",
        ".out.77.old",
        ".other.12.partial",
        ".out.notes.partial",
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half").write_text("x")
    (tmp_path / ".out.99.partial").write_text("x")
    with opened(tmp_path / ".out.0a0b0c0d.partial") as held:
        together(held)
        with beside(tmp_path / "out") as made:
            assert names(tmp_path) == sorted(
                [".other.12.partial", ".out.0a0b0c0d.partial", ".out.77.old", ".out.notes.partial", made.name]
            )
    write(tmp_path / "out", "one")
    write(tmp_path / "out", "two")
    assert names(tmp_path) == [".other.12.partial", ".out.notes.partial", "out"]


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    (tmp_path / "made").write_text("two")
    assert put_new(tmp_path / "made", tmp_path / "new")
    (tmp_path / "old").write_text("one")
    assert not put_new(tmp_path / "made", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "one"
    assert (tmp_path / "new").read_text() == "two"


def test_a_new_name_is_on_the_disk_once_put_new_returns_and_put_unsynced_leaves_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync", synced.append)
    (tmp_path / "made").write_text("one")
    assert put_unsynced(tmp_path / "made", tmp_path / "first")
    assert synced == []
    assert put_new(tmp_path / "made", tmp_path / "second")
    assert synced == [tmp_path]
    assert not put_new(tmp_path / "made", tmp_path / "second")
    assert synced == [tmp_path]


def test_what_is_not_ours_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear")
    with pytest.raises(OutputError, match=r"holds files that are not of one of ours; choose another folder"):
        write(tmp_path, "one")
    assert names(tmp_path) == ["diary.txt"]
    with pytest.raises(OutputError, match="is a file, not a folder"):
        check_free(tmp_path / "diary.txt", is_ours, "one of ours")
    with pytest.raises(OutputError, match=r"diary.txt.*could not be written"):
        write(tmp_path / "diary.txt" / "out", "one")


def test_an_error_in_the_block_leaves_the_earlier_result(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "one")
    with (
        pytest.raises(RuntimeError, match="half way"),
        replacing(out, ours=is_ours, what="one of ours") as folder,
    ):
        (folder / "mark").write_text("two")
        raise RuntimeError("half way")
    assert (out / "mark").read_text() == "one"
    assert names(tmp_path) == ["out"]


def test_no_room_is_told_in_one_line_and_nothing_is_left(
    tmp_path: Path, file_limit: Callable[[int], AbstractContextManager[None]]
) -> None:
    out = tmp_path / "out"
    write(out, "one")
    with file_limit(10_000), pytest.raises(OutputError, match=r"out: no space left; nothing was written; free some"):
        write(out, "x" * 20_000)
    assert (out / "mark").read_text() == "one"
    assert names(tmp_path) == ["out"]


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "no space left"),
        (errno.EDQUOT, "no space left"),
        (errno.EACCES, "may not be written"),
        (errno.EROFS, "may not be written"),
        (errno.EIO, "could not be written (Input/output error)"),
    ],
)
def test_what_the_system_says_is_explained(number: int, says: str) -> None:
    told = str(explained(OSError(number, "Input/output error"), Path("out")))
    assert told.startswith(f"out: {says}")
    assert "\n" not in told
