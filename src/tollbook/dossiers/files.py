"""Files are written beside their folder and then put in its place, so that no reader sees half a dossier.

Input: names and contents. Output: a folder with them and `SHA256SUMS`. Worked: a disk that fills up in the middle
leaves the earlier dossier as it was, and one line that says so.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tollbook.errors import OutputError

SUMS = "SHA256SUMS"


def put(contents: Mapping[str, bytes], folder: Path) -> None:
    """Make `folder` hold exactly these files; refused where it holds anything that no earlier dossier wrote."""
    if folder.is_symlink() or (folder.exists() and not _ours(folder)):
        raise OutputError("holds other files", what=str(folder), advice="choose a new or empty folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            _fill(beside, contents)
            _replace(beside, folder)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        problem = error.strerror or str(error)
        raise OutputError(f"can't be written: {problem}", what=str(folder), advice="nothing was changed") from error


def _ours(folder: Path) -> bool:
    """True for an empty folder, or one whose every file is listed in its own sums."""
    if not folder.is_dir():
        return False
    names = {item.name for item in folder.iterdir()}
    if not names:
        return True
    sums = folder / SUMS
    if not sums.is_file():
        return False
    listed = {line.partition("  ")[2] for line in sums.read_text(encoding="utf-8", errors="replace").splitlines()}
    return names <= listed | {SUMS}


def _fill(beside: Path, contents: Mapping[str, bytes]) -> None:
    sums = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items())]
    for name, content in (*sorted(contents.items()), (SUMS, "".join(sums).encode())):
        with (beside / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    beside.chmod(0o755)


def _replace(beside: Path, folder: Path) -> None:
    """Put the new folder in the old one's place; where that fails the old one comes back."""
    if not folder.exists():
        beside.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        folder.rename(old / "old")
        try:
            beside.rename(folder)
        except OSError:
            (old / "old").rename(folder)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
