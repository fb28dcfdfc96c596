"""What an `add` that was killed has left in the archive is removed by the next one, and nothing else ever is.

Input: a project's store and its archive. Output: an archive in which every file is told of by an event, but for what
somebody else has put there. Adders hold `archive/.lock` together and each leaves a mark, gone when it ends well: who
finds a mark while alone knows that its maker died. Then half-written files go, and those that are no older than the
mark and that no event tells of: evidence from before is never touched, whatever the log says.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tollbook.errors import InputError
from tollbook.files import explained, make_folder, sync
from tollbook.locks import alone, opened, together
from tollbook.reports import Archive
from tollbook.reports.custody import FORMAT
from tollbook.store import Store, Unit

LOCK = ".lock"
_MARK, _PART = ".adding-", ".part-"


@contextmanager
def adding(store: Store, archive: Archive) -> Iterator[None]:
    """Add to an archive beside others who do so; who comes alone first clears up after those who died.

    Raises OutputError where the archive can't be written.
    """
    with ExitStack() as held:
        try:
            make_folder(archive.folder)
            handle = held.enter_context(opened(archive.folder / LOCK, make=True))
            marks = list(archive.folder.glob(f"{_MARK}*"))
            if marks and alone(handle):
                _clear_up(store, archive, marks)
            together(handle)
            mark = archive.folder / f"{_MARK}{secrets.token_hex(8)}"
            mark.touch()
            sync(archive.folder)
        except OSError as error:
            raise explained(error, archive.folder) from error
        yield
        with suppress(OSError):  # then the next one looks, and finds nothing
            mark.unlink()


def _clear_up(store: Store, archive: Archive, marks: list[Path]) -> None:
    """Remove what died adders have left, then their marks. A log that can't be read tells nothing: all stays."""
    since = min(mark.stat().st_mtime_ns for mark in marks)
    try:
        with store.read() as unit:
            told = _told(unit, archive)
    except (InputError, ValueError, KeyError, TypeError):
        return
    changed = set()
    for path in _files(archive.folder):
        half = path.name.startswith(_PART)
        if half or (path not in told and path.stat().st_mtime_ns >= since and _is_ours(path, archive)):
            path.unlink()
            changed.add(path.parent)
    for folder in sorted(changed):
        sync(folder)
    for mark in marks:
        mark.unlink(missing_ok=True)


def _files(archive: Path) -> Iterator[Path]:
    for folder in ("raw", "text"):
        yield from archive.glob(f"{folder}/[0-9a-f][0-9a-f]/*")


def _told(unit: Unit, archive: Archive) -> set[Path]:
    """The files that any event tells of."""
    told = set()
    for event in unit.events("report"):
        payload = json.loads(event.payload)
        told |= {archive.raw_path(payload["sha256"]), archive.text_path(payload["text_sha256"])}
    for event in unit.events("custody"):
        payload = json.loads(event.payload)
        told |= {archive.raw_path(payload["raw"]), archive.note_path(payload["raw"], payload["way"])}
    return told


def _is_ours(path: Path, archive: Archive) -> bool:
    """True for a file that `add` names so: bytes, a text, or how bytes came as this release tells it."""
    name, _, rest = path.name.partition(".")
    try:
        if path in (archive.raw_path(name), archive.text_path(name)):
            return True
        way, _, end = rest.partition(".")
        return end == "json" and archive.custody(name, way).get("format") == FORMAT
    except InputError:
        return False
