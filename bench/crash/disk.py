"""What a disk may hold after the power failed: a folder as it was, and the calls that changed it since.

Input: a folder's tree, the journal that `calls.c` wrote, and how much of what was never synced is left. Output: a tree.

    disk = Disk(read_tree(folder)); disk.play(records); disk.after_power_loss(None)

What is assumed of the disk: bytes of a file are certain once `fsync` or `fdatasync` of that file has returned; a name
(made, linked, renamed, removed) once `fsync` of its folder has. A rename or exchange happens or doesn't, never half.
Everything else may be there or not, each write for itself, in any order, torn at sectors of 512 bytes.
SQLite's `-shm` is shared memory, no part of what is kept: it is always gone.
"""

from __future__ import annotations

import random
import shutil
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("<c7xQQQQQ")
Tree = dict[str, bytes | None]


class Call(NamedTuple):
    """One call of the journal: its letter, path, other path, the file's number, where it wrote, and what."""

    kind: str
    path: str
    other: str
    node: int
    offset: int
    data: bytes


def calls(journal: bytes) -> Iterator[Call]:
    """The calls of a journal, in order; a last one that was cut off is none."""
    at = 0
    while at + _HEAD.size <= len(journal):
        kind, node, offset, length, path, other = _HEAD.unpack_from(journal, at)
        at += _HEAD.size
        size = length if kind == b"W" else 0
        parts = [journal[at : at + path], journal[at + path : at + path + other]]
        yield Call(
            kind.decode(), parts[0].decode(), parts[1].decode(), node, offset, journal[at + path + other :][:size]
        )
        at += path + other + size


@dataclass(eq=False)
class File:
    """Bytes that are certain, and writes since: (offset, bytes), or (size, None) for a cut."""

    certain: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def now(self) -> bytes:
        """As the running program sees it."""
        return written(self.certain, self.pending)


@dataclass(eq=False)
class Folder:
    """Names as the running program sees them, names that are certain, and changes since."""

    now: dict[str, File | Folder] = field(default_factory=dict)
    certain: dict[str, File | Folder] = field(default_factory=dict)
    pending: list[Change] = field(default_factory=list)

    def sync(self) -> None:
        """All names are certain from here on."""
        for change in self.pending:
            change.keep()
        self.pending = []


@dataclass(eq=False)
class Change:
    """Names that change together: (folder, name, what it names now or None)."""

    names: list[tuple[Folder, str, File | Folder | None]]
    kept: bool = False

    def keep(self) -> None:
        """Once only: a rename from one folder to another is among the changes of both."""
        if not self.kept:
            _set(self.names, "certain")
        self.kept = True


def _set(names: Iterable[tuple[Folder, str, File | Folder | None]], where: str) -> None:
    for folder, name, what in names:
        entries = getattr(folder, where)
        entries.pop(name, None)
        if what is not None:
            entries[name] = what


def written(content: bytes, writes: Iterable[tuple[int, bytes | None]]) -> bytes:
    """Bytes after some writes and cuts; a gap is zeros."""
    made = bytearray(content)
    for offset, data in writes:
        end = offset + len(data or b"")
        if len(made) < end:
            made.extend(bytes(end - len(made)))
        if data is None:
            del made[offset:]
        else:
            made[offset:end] = data
    return bytes(made)


class Disk:
    """A folder on a disk. All of `tree` is certain at first: path → bytes, None for a folder."""

    def __init__(self, tree: Tree) -> None:
        self.root = Folder()
        self._files: dict[int, File] = {}
        for path, content in sorted(tree.items()):
            parent, name = self._place(path)
            parent.now[name] = parent.certain[name] = Folder() if content is None else File(content)

    def play(self, records: Iterable[Call]) -> None:
        """Do what was done, in order."""
        for record in records:
            getattr(self, f"_{record.kind}")(record)

    def now(self) -> Tree:
        """What the running program saw last."""
        return _walked(self.root, lambda folder: folder.now, File.now)

    def after_power_loss(self, chance: random.Random | None) -> Tree:
        """What may be left: with None only what was certain; else parts of the rest, as `chance` has it."""
        if chance is None:
            return _walked(self.root, lambda folder: folder.certain, lambda file: file.certain)
        share, in_order = chance.choice((0.2, 0.5, 0.8, 0.95)), chance.random() < 0.5
        for folder in _folders(self.root):
            for change in _some(folder.pending, chance, share, in_order):
                change.keep()
        return _walked(self.root, lambda folder: folder.certain, lambda file: _torn(file, chance, share, in_order))

    # ---- the calls, by their letters in calls.c ----

    def _C(self, call: Call) -> None:  # noqa: N802
        self._files[call.node] = made = File()
        self._change((call.path, made))

    def _W(self, call: Call) -> None:  # noqa: N802
        self._file(call).pending.append((call.offset, call.data))

    def _T(self, call: Call) -> None:  # noqa: N802
        self._file(call).pending.append((call.offset, None))

    def _S(self, call: Call) -> None:  # noqa: N802
        file = self._file(call)
        file.certain, file.pending = file.now(), []

    def _F(self, call: Call) -> None:  # noqa: N802
        found = self._find(call.path)
        if isinstance(found, Folder):
            found.sync()

    def _M(self, call: Call) -> None:  # noqa: N802
        self._change((call.path, Folder()))

    def _U(self, call: Call) -> None:  # noqa: N802
        self._change((call.path, None))

    _D = _U

    def _L(self, call: Call) -> None:  # noqa: N802
        self._change((call.other, self._find(call.path)))

    def _R(self, call: Call) -> None:  # noqa: N802
        self._change((call.path, None), (call.other, self._find(call.path)))

    def _X(self, call: Call) -> None:  # noqa: N802
        self._change((call.path, self._find(call.other)), (call.other, self._find(call.path)))

    # ---- where things are ----

    def _change(self, *names: tuple[str, File | Folder | None]) -> None:
        change = Change([(*self._place(path), what) for path, what in names if path])
        _set(change.names, "now")
        for folder in dict.fromkeys(folder for folder, _, _ in change.names):
            folder.pending.append(change)

    def _place(self, path: str) -> tuple[Folder, str]:
        head, _, name = path.rpartition("/")
        folder = self._find(head)
        assert isinstance(folder, Folder), path
        return folder, name

    def _find(self, path: str) -> File | Folder | None:
        found: File | Folder | None = self.root
        for name in filter(None, path.split("/")):
            found = found.now.get(name) if isinstance(found, Folder) else None
        return found

    def _file(self, call: Call) -> File:
        if call.node not in self._files:
            found = self._find(call.path)
            assert isinstance(found, File), call.path
            self._files[call.node] = found
        return self._files[call.node]


def _folders(folder: Folder) -> Iterator[Folder]:
    yield folder
    for inner in {**folder.certain, **folder.now}.values():
        if isinstance(inner, Folder):
            yield from _folders(inner)


def _some(items: list[Change], chance: random.Random, share: float, in_order: bool) -> list[Change]:
    """The first ones, where the file system keeps an order; else each for itself."""
    if in_order:
        return items[: chance.randint(0, len(items))]
    return [item for item in items if chance.random() < share]


def _torn(file: File, chance: random.Random, share: float, in_order: bool) -> bytes:
    """What of a file's unsynced writes is there: the first ones, or any sectors of any."""
    if in_order:
        return written(file.certain, file.pending[: chance.randint(0, len(file.pending))])
    kept: list[tuple[int, bytes | None]] = []
    for offset, data in file.pending:
        if data is None or chance.random() < 0.5:
            kept += [(offset, data)] if chance.random() < share else []
        else:
            kept += [piece for piece in _sectors(offset, data) if chance.random() < share]
    return written(file.certain, kept)


def _sectors(offset: int, data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        size = SECTOR - (offset + at) % SECTOR
        yield offset + at, data[at : at + size]
        at += size


def _walked(
    folder: Folder, names: Callable[[Folder], dict[str, File | Folder]], bytes_of: Callable[[File], bytes]
) -> Tree:
    tree: Tree = {}
    for name, what in names(folder).items():
        if isinstance(what, Folder):
            tree[name] = None
            tree.update({f"{name}/{inner}": each for inner, each in _walked(what, names, bytes_of).items()})
        elif not name.endswith("-shm"):
            tree[name] = bytes_of(what)
    return tree


# ---- to and from real folders ----


def read_tree(folder: Path) -> Tree:
    """A real folder as a tree, but for what is never kept."""
    paths = [path for path in folder.rglob("*") if not path.name.endswith("-shm")]
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in paths}


def write_tree(tree: Tree, folder: Path) -> None:
    """Make a real folder hold exactly this."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path, content in sorted(tree.items()):
        if content is None:
            (folder / path).mkdir()
        else:
            (folder / path).write_bytes(content)
