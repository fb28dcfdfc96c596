"""A folder of results, written beside its place and then put there in one step.

`with replacing(Path("out"), ours=is_run) as folder:` gives an empty folder next to `out`; when the block ends well it
becomes `out`, and what stood there before is gone; when it doesn't, `out` is as it was and nothing half-written stays.
Its bytes are on the disk before its name is, so that no loss of power leaves a whole folder of empty files.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tollbook.errors import OutputError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
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


def names(folder: Path) -> set[str]:
    """What lies in a folder, but for what a system leaves in folders that somebody has looked into."""
    return {item.name for item in folder.iterdir()} - _BY_SYSTEMS


@contextmanager
def replacing(out: Path, *, ours: Callable[[Path], bool], what: str) -> Iterator[Path]:
    """An empty folder that becomes `out` when the block ends well.

    Raises OutputError, naming `out`, where it can't be written or there is no space left; `out` is untouched then.
    """
    try:
        place = out.resolve()
        check_free(out, ours, what)
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f".{place.name}.{os.getpid()}.partial")
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
    except OSError as error:
        raise explained(error, out) from error
    try:
        yield beside
        _flush(beside)
        _put(beside, place)
        sync(place.parent)
    except OSError as error:
        raise explained(error, out) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def put_file(content: bytes, out: Path) -> None:
    """Make `out` a file with this content, whole or not at all; a folder there is refused."""
    if out.is_dir():
        raise OutputError("is a folder, not a file", what=str(out), advice="name a file")
    beside = out.with_name(f".{out.name[:200]}.{os.getpid()}.partial")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        sync(beside)
        beside.replace(out)
        sync(out.resolve().parent)
    except OSError as error:
        raise explained(error, out) from error
    finally:
        beside.unlink(missing_ok=True)


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
