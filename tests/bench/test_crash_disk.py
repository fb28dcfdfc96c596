"""What a disk may hold after the power failed: certain is what was synced, and nothing else is."""

from __future__ import annotations

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench" / "crash"))
disk = __import__("disk")
Call = disk.Call


def after(*calls: tuple[str, ...] | object, tree: dict[str, bytes | None] | None = None) -> object:
    made = disk.Disk(tree or {})
    made.play(calls)
    return made


CREATED = Call("C", "a", "", 1, 0, b"")
WRITTEN = Call("W", "a", "", 1, 0, b"twelve")
SYNCED = Call("S", "a", "", 1, 0, b"")
NAMED = Call("F", "", "", 9, 0, b"")


def test_a_file_is_certain_once_it_and_its_folder_are_synced() -> None:
    assert after(CREATED, WRITTEN).after_power_loss(None) == {}
    assert after(CREATED, WRITTEN, SYNCED).after_power_loss(None) == {}
    assert after(CREATED, WRITTEN, NAMED).after_power_loss(None) == {"a": b""}
    assert after(CREATED, WRITTEN, SYNCED, NAMED).after_power_loss(None) == {"a": b"twelve"}
    assert after(CREATED, WRITTEN).now() == {"a": b"twelve"}


def test_a_rename_is_undone_whole_or_kept_whole() -> None:
    renamed = Call("R", "a", "b", 0, 0, b"")
    lost = after(CREATED, WRITTEN, SYNCED, NAMED, renamed)
    assert lost.after_power_loss(None) == {"a": b"twelve"}
    assert lost.now() == {"b": b"twelve"}
    seen = {
        tuple(after(CREATED, WRITTEN, SYNCED, NAMED, renamed).after_power_loss(random.Random(n))) for n in range(40)
    }
    assert seen == {("a",), ("b",)}


def test_a_removed_file_comes_back_and_an_exchange_swaps_two_folders() -> None:
    tree = {"a": b"old", "x": None, "x/1": b"1", "y": None, "y/2": b"2"}
    lost = after(Call("U", "a", "", 0, 0, b""), Call("X", "x", "y", 0, 0, b""), tree=tree)
    assert lost.after_power_loss(None) == tree
    assert lost.now() == {"x": None, "x/2": b"2", "y": None, "y/1": b"1"}


def test_unsynced_writes_are_torn_at_sectors() -> None:
    tree = {"a": bytes(2048)}
    seen = set()
    for seed in range(60):
        lost = after(Call("W", "a", "", 1, 256, b"x" * 1024), tree=tree).after_power_loss(random.Random(seed))["a"]
        assert len(lost) == 2048
        pieces = [lost[256:512], lost[512:1024], lost[1024:1280]]
        assert all(piece in (bytes(len(piece)), b"x" * len(piece)) for piece in pieces)
        seen.add(tuple(piece[0] for piece in pieces))
    assert len(seen) > 4


def test_a_cut_file_and_a_gap() -> None:
    assert disk.written(b"abcdef", [(2, None), (4, b"x")]) == b"ab\0\0x"


def test_shared_memory_is_never_kept() -> None:
    assert after(tree={"p": None, "p/db-shm": b"1", "p/db": b"2"}).after_power_loss(None) == {"p": None, "p/db": b"2"}
