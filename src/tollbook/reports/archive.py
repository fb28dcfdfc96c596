"""The evidence kept: raw bytes by their sha256, extracted texts by theirs, and how each was obtained.

Input: a `Raw` and the `Report` made of it. Output: files under one folder, written beside and then renamed, never
overwritten: `raw/9f/9f86…` holds the bytes, `raw/9f/9f86….1c2d3e4f.json` how they came, `text/ab/abcd….txt` the text.

The same bytes obtained in the same way a second time change nothing; obtained in another way, they gain a second JSON.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tollbook import __version__
from tollbook.errors import InputError, OutputError
from tollbook.model import Report, digest
from tollbook.reports.sources import Raw

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of evidence, addressed by content."""

    folder: Path

    def keep(self, raw: Raw, report: Report) -> None:
        """Keeps the bytes, the text, and how they were obtained; raises `OutputError` where they can't be written."""
        try:
            _write(self.raw_path(report.sha256), raw.data)
            _write(self.text_path(report.text_sha256), report.text.encode("utf-8", "surrogatepass"))
            self._note(raw, report)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise OutputError(
                f"could not be archived ({reason})", what=raw.name, advice="nothing was kept of it"
            ) from error

    def _note(self, raw: Raw, report: Report) -> None:
        """The JSON beside the bytes. The time is in it, so it is written only once for each way of coming by them."""
        way = digest(raw.how, raw.url or raw.name, report.text_sha256, report.extractor, length=8)
        path = self.raw_path(report.sha256)
        path = path.with_name(f"{path.name}.{way}.json")
        if not path.exists():
            note = json.dumps(_how_obtained(raw, report), ensure_ascii=True, indent=1) + "\n"
            _write(path, note.encode("ascii"))

    def raw(self, sha256: str) -> bytes:
        """The bytes kept under a hash; raises `InputError` where there are none or they are no longer the same."""
        return _read(self.raw_path(sha256), sha256)

    def text(self, text_sha256: str) -> str:
        """The text kept under a hash; raises `InputError` where there is none or it is no longer the same."""
        return _read(self.text_path(text_sha256), text_sha256).decode("utf-8", "surrogatepass")

    def raw_path(self, sha256: str) -> Path:
        return self.folder / "raw" / _checked(sha256)[:2] / sha256

    def text_path(self, text_sha256: str) -> Path:
        return self.folder / "text" / _checked(text_sha256)[:2] / f"{text_sha256}.txt"


def _checked(sha256: str) -> str:
    """A hash and nothing else ever becomes a path."""
    if not _HASH.fullmatch(sha256):
        raise InputError("no sha256", what=sha256)
    return sha256


def _how_obtained(raw: Raw, report: Report) -> dict[str, object]:
    return {
        "format": 1,
        "sha256": report.sha256,
        "bytes": len(raw.data),
        "how": raw.how,
        "input": raw.name,
        "url": raw.url,
        "hops": list(raw.hops),
        "obtained": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "tool": f"tollbook {__version__}",
        "media_type": raw.media_type,
        "headers": [list(pair) for pair in raw.headers],
        "text_sha256": report.text_sha256,
        "extractor": report.extractor,
    }


def _read(path: Path, sha256: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("not in the archive", what=sha256) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise InputError("altered: its bytes no longer have this hash", what=str(path), advice="restore it from a copy")
    return data


def _write(path: Path, data: bytes) -> None:
    """Writes beside and renames, so that a file is there whole or not at all; what is there already stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
