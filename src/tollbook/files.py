"""A folder of results, written beside its place and then put there in one step.

`with replacing(Path("out"), ours=is_run) as folder:` gives an empty folder next to `out`; when the block ends well it
becomes `out`, and what stood there before is gone; when it doesn't, `out` is as it was and nothing half-written stays.
Its bytes are on the disk before its name is, so that no loss of power leaves a whole folder of empty files. What a
process that was killed left half-written beside `out`, the next one removes.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from tollbook.errors import OutputError
from tollbook.locks import alone, opened, together

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


def check_free(out: Path, ours: Callable[[Path], bool], what: str) -> None:
    """Refuse a place that holds something that `ours` doesn't know as an earlier result of the same kind."""
    if out.is_symlink() and not out.exists():
        raise OutputError("is a link that leads nowhere", what=str(out), advice="choose another folder")
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError("is a file, not a folder", what=str(out), advice="choose another folder")
    if names(out) and not ours(out):
        raise OutputError(
            f"holds files that are not of {what}", what=str(out), advice="choose another folder or empty it first"
        )


def check_free_file(out: Path, ours: Callable[[Path], bool], what: str) -> None:
    """Refuse a place for a file where something stands that `ours` doesn't know as an earlier result of its kind."""
    if out.is_dir():
        raise OutputError("is a folder, not a file", what=str(out), advice="name a file")
    if (out.exists() or out.is_symlink()) and not ours(out):
        raise OutputError(f"is not {what}", what=str(out), advice="choose another name or remove it first")


def names(folder: Path) -> set[str]:
    """What lies in a folder, but for what a system leaves in folders that somebody has looked into."""
    return {item.name for item in folder.iterdir()} - BY_SYSTEMS


@contextmanager
def replacing(out: Path, *, ours: Callable[[Path], bool], what: str, mode: int = 0o777) -> Iterator[Path]:
    """An empty folder that becomes `out` when the block ends well; `mode` says who may open it.

    Raises OutputError, naming `out`, where it can't be written or there is no space left; `out` is untouched then.
    """
    try:
        place = out.resolve()
        check_free(out, ours, what)
        make_folder(place.parent)
        with beside(place, partial(Path.mkdir, mode=mode)) as made:
            yield made
            _flush(made)
            _put(made, place)
            sync(place.parent)
    except OSError as error:
        raise explained(error, out) from error


def put_file(content: bytes, out: Path) -> None:
    """Make `out` a file with this content, whole or not at all; a folder there is refused."""
    with putting(out) as file:
        file.write(content)


@contextmanager
def putting(out: Path) -> Iterator[BinaryIO]:
    """A file that becomes `out` when the block ends well; `put_file` for what is written bit by bit."""
    if out.is_dir():
        raise OutputError("is a folder, not a file", what=str(out), advice="name a file")
    try:
        make_folder(out.parent)
        with beside(out) as made:
            with made.open("w+b") as file:
                yield file
            sync(made)
            made.replace(out)
            sync(out.resolve().parent)
    except OSError as error:
        raise explained(error, out) from error


@contextmanager
def new_file(out: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file that gets the name `out` when the block ends well, never in place of something that has it.

    Raises OutputError, naming `out`, where that is taken or can't be written; nothing stays then.
    """
    taken = OutputError("is there already", what=str(out), advice="choose another name")
    sweep(out)
    if out.exists() or out.is_symlink():
        raise taken
    try:
        make_folder(out.parent)
        with beside(out, partial(Path.touch, mode=mode)) as made:
            with made.open("w+b") as file:
                yield file
            sync(made)
            if not put_new(made, out):
                raise taken
    except OSError as error:
        raise explained(error, out) from error


def put_new(made: Path, place: Path) -> bool:
    """Give a finished file its name, in one step and never in place of another; False where there is one already.

    The name is on the disk when this returns.
    """
    put = put_unsynced(made, place)
    if put:
        sync(place.parent)
    return put


def put_unsynced(made: Path, place: Path) -> bool:
    """`put_new` for one of many files, whose folder the caller syncs once for all of them."""
    try:
        os.link(made, place)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if place.exists():
            return False
        made.rename(place)
    return True


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, where they are missing; their names are on the disk when this returns."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_name(folder)


# ---- what is half-written ----

# Another process may sweep what this one has just made and does not hold yet: then it makes another.
_TRIES = 9
_SIDES = ("-wal", "-shm", "-journal")


@contextmanager
def beside(place: Path, make: Callable[[Path], None] = Path.touch) -> Iterator[Path]:
    """Something new next to a place, a file or as `make` makes it, held while the block lasts and gone when it ends.

    What processes that died left there is swept first; what others still hold stays.
    """
    sweep(place)
    for _ in range(_TRIES):
        made = place.with_name(f".{place.name[:200]}.{secrets.token_hex(4)}.partial")
        make(made)
        with opened(made) as handle:
            together(handle)
            if not made.exists():
                continue
            try:
                yield made
            finally:
                _remove(made)
            return
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def sweep(place: Path) -> None:
    """Remove what nobody holds any more. An earlier result that was set aside is needed until `place` is there."""
    left = re.compile(rf"\.{re.escape(place.name[:200])}\.[0-9a-f]{{1,8}}\.(partial|old)")
    with suppress(OSError):
        for item in [item for item in place.parent.iterdir() if left.fullmatch(item.name)]:
            if item.suffix == ".old" and not place.exists():
                continue
            with suppress(OSError), opened(item) as handle:
                if alone(handle):
                    _remove(item)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
        return
    for end in (*_SIDES, ""):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


# ---- errors and the disk ----


def explained(error: OSError, out: Path) -> OutputError:
    """What the system says of a failed writing, as one line for the user."""
    if error.errno in _FULL:
        return OutputError("no space left; nothing was written", what=str(out), advice="free some or choose another")
    if error.errno in _FORBIDDEN:
        return OutputError("may not be written", what=str(out), advice="choose another folder")
    return OutputError(f"could not be written ({error.strerror or error})", what=str(out))


def _flush(folder: Path) -> None:
    """All files of a folder and then the folders that name them are on the disk when this returns."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """The bytes of a file, or the names in a folder, are on the disk when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_name(path: Path) -> None:
    """The name of a file or folder is on the disk when this returns, where the folder that holds it may be read."""
    with suppress(PermissionError):
        sync(path.resolve().parent)


def _put(beside: Path, place: Path) -> None:
    """Move `beside` to `place`; a folder there is exchanged for it in one step where the system can."""
    if not place.exists():
        beside.rename(place)
    elif not _exchange(beside, place):
        old = beside.with_suffix(".old")
        place.rename(old)
        try:
            beside.rename(place)
        except OSError:
            old.rename(place)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchange(left: Path, right: Path) -> bool:
    """Swap two folders in one step by Linux's renameat2; False where system or file system has none."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done: int = renameat2(_AT_FDCWD, os.fsencode(left), _AT_FDCWD, os.fsencode(right), _RENAME_EXCHANGE)
    return done == 0
