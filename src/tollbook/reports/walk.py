"""A folder becomes its files, in one order on every machine.

Input: a folder. Output: each file with its path inside the folder and the JSON file beside it, or a `Failure`:
"day1/wire.txt" with the sidecar "day1/wire.json". Hidden files and folders (".git") are left out in silence, pictures
and the like by name. Links are followed; one that leads back to a folder above itself is told and left.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tollbook.errors import InputError
from tollbook.reports.captures import is_web_archive
from tollbook.reports.formats import ROWS, too_large
from tollbook.reports.options import Failure
from tollbook.reports.skips import json_report, lone_json, no_report, page_of, skipped, written_by_us
from tollbook.values import dataclass

SIDECAR = ".json"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: where it lies, its path inside the INPUT it came by, and its sidecar."""

    path: Path
    name: str
    sidecar: Path | None = None

    @property
    def is_rows(self) -> bool:
        return self.path.suffix.lower() in ROWS

    @property
    def is_web_archive(self) -> bool:
        return is_web_archive(self.path.name)

    @property
    def sidecar_name(self) -> str:
        return str(PurePosixPath(self.name).with_suffix(SIDECAR))


def walk(folder: Path) -> Iterator[Found | Failure]:
    """All files under `folder`, folders after files, each level by name."""
    waiting: list[tuple[Path, str, tuple[tuple[int, int], ...]]] = [(folder, "", ())]
    while waiting:
        here, prefix, above = waiting.pop()
        try:
            status = here.stat()
            names = sorted(path.name for path in here.iterdir() if not path.name.startswith("."))
        except OSError as error:
            yield Failure(printable(prefix or str(here)), unreadable(error, printable(prefix or str(here))))
            continue
        key = (status.st_dev, status.st_ino)
        if key in above:
            name = printable(prefix.rstrip("/"))
            yield Failure(
                name, InputError("a link that leads back to a folder above it", what=name, advice="remove it")
            )
            continue
        ours = written_by_us(here, names)
        if ours:
            yield skipped(printable(prefix or str(here)), ours[0])
        paths = [here / name for name in names if not (ours and name in ours[1])]
        folders = [path for path in paths if _is_folder(path)]
        files = [path for path in paths if path not in set(folders)]
        yield from _files(files, prefix)
        saved = {path: page for path in folders if (page := page_of(path, files))}
        for path, page in saved.items():
            yield skipped(printable(f"{prefix}{path.name}/"), f"saved with {printable(page)}")
        inner = [path for path in folders if path not in saved]
        waiting += [(path, f"{prefix}{path.name}/", (*above, key)) for path in reversed(inner)]


def _is_folder(path: Path) -> bool:
    """Whether a path is a folder; what can't be asked is left to the reading of files, which tells why."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _files(paths: list[Path], prefix: str) -> Iterator[Found | Failure]:
    """The reports of one folder; a JSON file beside one of the same stem is its sidecar."""
    reports = {
        path.stem for path in paths if not _is_list(path) and path.suffix.lower() != SIDECAR and not no_report(path)
    }
    sidecars = {path.stem: path for path in paths if path.suffix.lower() == SIDECAR}
    for path in paths:
        name = printable(prefix + path.name)
        if path.suffix.lower() == SIDECAR:
            if path.stem not in reports:
                yield lone_json(path, name)
        elif _is_list(path):
            yield Found(path, name)
        elif what := no_report(path):
            yield skipped(name, what)
        else:
            yield Found(path, name, sidecars.get(path.stem))


def _is_list(path: Path) -> bool:
    """Whether a file holds many reports, so that no sidecar is about it."""
    return path.suffix.lower() in ROWS or is_web_archive(path.name)


def one_file(path: Path) -> Found:
    """A file that is itself an INPUT: its name is its id."""
    beside = path.with_suffix(SIDECAR)
    alone = _is_list(path) or path.suffix.lower() == SIDECAR
    sidecar = beside if not alone and beside.is_file() else None
    return Found(path, printable(path.name), sidecar)


def check_file(found: Found, max_size: int) -> None:
    """Refuses what is no report before it is opened: pipes and devices, lone sidecars, files that are too large.

    A list of reports may be of any length: the limit is for each of its rows or captures.
    """
    status = found.path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise InputError("no regular file", what=found.name, advice="only files are read from a folder")
    if found.path.suffix.lower() == SIDECAR:
        raise json_report(found.name)
    if status.st_size > max_size and not found.is_rows and not found.is_web_archive:
        raise too_large(found.name, max_size)


def read_bytes(path: Path, max_size: int) -> bytes:
    """The bytes of a file, one more than allowed at most: a file may grow after it was measured."""
    with path.open("rb") as file:
        return file.read(max_size + 1)


def unreadable(error: OSError, name: str, path: Path | None = None) -> InputError:
    """What the system says of a file, in words a user knows."""
    if error.errno == errno.ELOOP:
        return InputError("a link that leads to itself", what=name, advice="remove it")
    if error.errno == errno.ENOENT and path and path.is_symlink():
        return InputError("a link that leads nowhere", what=name, advice="remove it")
    if error.errno == errno.ENOENT:
        return InputError("there is no such file", what=name, advice="check the name")
    if error.errno in (errno.EACCES, errno.EPERM):
        return InputError("may not be read", what=name, advice="check its permissions")
    return InputError(f"can't be read ({(error.strerror or str(error)).lower()})", what=name)


def regular(path: Path) -> bool:
    """Whether reading `path` comes to an end: a file, no pipe and no device."""
    return stat.S_ISREG(path.stat().st_mode)


def printable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8, and signs that steer a terminal, as escapes."""
    readable = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in readable)
