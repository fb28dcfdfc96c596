"""The evidence kept: raw bytes by their sha256, extracted texts by theirs, and how each was obtained.

Input: a `Raw` and the `Report` made of it. Output: files under one folder, written beside and then put in place, never
overwritten: `raw/9f/9f86…` holds the bytes, `raw/9f/9f86….1c2d3e4f.json` how they came, `text/ab/abcd….txt` the text.
They may only be read. What lies there under a hash with other bytes is an error that names it: it is never passed over.

The same bytes obtained in the same way a second time change nothing; obtained in another way, they gain a second JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import cache
from pathlib import Path

from tollbook.errors import InputError, OutputError
from tollbook.files import put_unsynced, sync
from tollbook.model import Report
from tollbook.reports.custody import FORMAT, Custody
from tollbook.reports.sources import Raw
from tollbook.values import dataclass

_HASH = re.compile(r"[0-9a-f]{64}")
_NOTE = re.compile(r"([0-9a-f]{64})\.([0-9a-f]{8})\.json")


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of evidence, addressed by content.

    What is kept is on the disk; that its names are too, `flush` sees to, which comes before a log tells of them.
    """

    folder: Path
    _unsynced: set[Path] = field(default_factory=set, compare=False, repr=False)

    def keep(self, raw: Raw, report: Report) -> None:
        """Keeps the bytes and the text; raises `OutputError` where they can't be written or others are there."""
        self._put(self.raw_path(report.sha256), raw.data, raw.name)
        self._put(self.text_path(report.text_sha256), report.text.encode("utf-8", "surrogatepass"), raw.name)

    def keep_rows(self, raw: Raw, reports: Iterable[Report]) -> None:
        """Keeps the bytes of a file once, and the text of each report that was made of it."""
        for number, report in enumerate(reports):
            if not number:
                self._put(self.raw_path(report.sha256), raw.data, raw.name)
            self._put(self.text_path(report.text_sha256), report.text.encode("utf-8", "surrogatepass"), raw.name)

    def note(self, custody: Custody) -> str:
        """Keeps how bytes were obtained, once for each way; returns the sha256 of the JSON that is there then."""
        path = self.note_path(custody.sha256, custody.way)
        if not path.exists():
            self._put(path, custody.content, custody.sha256)
        return hashlib.sha256(self.custody_bytes(custody.sha256, custody.way)).hexdigest()

    def flush(self) -> None:
        """The names of all that was kept are on the disk when this returns."""
        for folder in sorted(self._unsynced):
            sync(folder)
        self._unsynced.clear()

    def raw(self, sha256: str) -> bytes:
        """The bytes kept under a hash; raises `InputError` where there are none or they are no longer the same."""
        return _read(self.raw_path(sha256), sha256)

    def text(self, text_sha256: str) -> str:
        """The text kept under a hash; raises `InputError` where there is none or it is no longer the same."""
        return _read(self.text_path(text_sha256), text_sha256).decode("utf-8", "surrogatepass")

    def custody_bytes(self, sha256: str, way: str) -> bytes:
        """The JSON of one way of coming by bytes; raises `InputError` where there is none."""
        try:
            return self.note_path(sha256, way).read_bytes()
        except OSError as error:
            raise InputError("not in the archive", what=f"custody {sha256}.{way}") from error

    def custody(self, sha256: str, way: str) -> dict[str, object]:
        """What is told of one way of coming by bytes; raises `InputError` where it can't be read as such."""
        try:
            told = json.loads(self.custody_bytes(sha256, way))
        except ValueError as error:
            raise _no_custody(sha256, way) from error
        if not isinstance(told, dict) or told.get("sha256") != sha256:
            raise _no_custody(sha256, way)
        return told

    def unlogged(self, custody: Custody) -> bool:
        """Whether a release that kept no custody in its log has told of the same way already."""
        for way in (custody.way, custody.before):
            if way and self.note_path(custody.sha256, way).exists():
                return self.custody(custody.sha256, way).get("format") != FORMAT
        return False

    def ways(self, sha256: str) -> tuple[str, ...]:
        """The ways in which the bytes of one hash were obtained."""
        found = (_NOTE.fullmatch(path.name) for path in self.raw_path(sha256).parent.glob(f"{sha256}.*.json"))
        return tuple(sorted(match[2] for match in found if match))

    def told_of(self, report: Report) -> Iterator[tuple[str, dict[str, object]]]:
        """The ways in which a report's bytes were obtained and read as its text, each with what is told of it.

        What can't be read is passed over: `tollbook verify` names it.
        """
        yield from self.told_by_text(report.sha256).get(report.text_sha256, ())

    def told_by_text(self, sha256: str) -> dict[str, list[tuple[str, dict[str, object]]]]:
        """All ways in which the bytes of one hash were obtained, by the hash of the text they were read as.

        A spreadsheet is read as thousands of texts: who asks of many takes them from here, each way being read once.
        """
        found: dict[str, list[tuple[str, dict[str, object]]]] = {}
        for way in self.ways(sha256):
            try:
                told = self.custody(sha256, way)
            except InputError:
                continue
            found.setdefault(str(told.get("text_sha256")), []).append((way, told))
        return found

    def notes(self) -> Iterator[tuple[str, str]]:
        """Every custody there is: hash and way, in order."""
        for path in sorted((self.folder / "raw").glob("[0-9a-f][0-9a-f]/*.json")):
            match = _NOTE.fullmatch(path.name)
            if match:
                yield match[1], match[2]

    def raw_path(self, sha256: str) -> Path:
        return self.folder / "raw" / _checked(sha256)[:2] / sha256

    def text_path(self, text_sha256: str) -> Path:
        return self.folder / "text" / _checked(text_sha256)[:2] / f"{text_sha256}.txt"

    def note_path(self, sha256: str, way: str) -> Path:
        path = self.raw_path(sha256)
        return path.with_name(f"{path.name}.{way}.json")

    def _put(self, path: Path, data: bytes, name: str) -> None:
        try:
            if not path.exists() and _write(path, data, self._unsynced):
                return
            self._unsynced.add(path.parent)  # it may be there since a moment ago, by another process
            same = path.read_bytes() == data
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(
                f"could not be archived ({reason})", what=name, advice="nothing was kept of it"
            ) from error
        if not same:
            advice = "restore that file from a copy; 'tollbook verify' names all such files"
            raise OutputError(f"could not be archived ({path} holds other bytes)", what=name, advice=advice)


def _checked(sha256: str) -> str:
    """A hash and nothing else ever becomes a path."""
    if not _HASH.fullmatch(sha256):
        raise InputError("no sha256", what=sha256)
    return sha256


def _no_custody(sha256: str, way: str) -> InputError:
    return InputError("can't be read", what=f"custody {sha256}.{way}", advice="restore it from a copy")


def _read(path: Path, sha256: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("not in the archive", what=sha256) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise InputError("altered: its bytes no longer have this hash", what=str(path), advice="restore it from a copy")
    return data


def _write(path: Path, data: bytes, unsynced: set[Path]) -> bool:
    """Writes beside and puts in place, so that a file is there whole or not at all; False where one is there already.

    Folders whose names have changed join `unsynced`.
    """
    for folder in (path.parent.parent, path.parent):
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            unsynced.add(folder.parent)
    handle, beside = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), 0o444 & ~_umask())
            file.flush()
            os.fsync(file.fileno())
        unsynced.add(path.parent)
        return put_unsynced(Path(beside), path)
    finally:
        Path(beside).unlink(missing_ok=True)


@cache
def _umask() -> int:
    """What the user takes from the rights of new files; it can only be asked by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
