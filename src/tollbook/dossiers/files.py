"""Names and contents become a dossier's folder, whole or not at all, with the hash of each file.

Input: names and contents. Output: a folder with them and `SHA256SUMS`. Worked: a disk that fills up in the middle
leaves the earlier dossier as it was, and one line that says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tollbook.files import names, replacing

Seal = Callable[[bytes], bytes]

SUMS = "SHA256SUMS"
# What a bundle has besides: a note on its log and its sums, which therefore can't list it.
CHECKPOINT = "checkpoint"
INDEX = "index.html"
WHAT = "an earlier dossier"
EXPORTS = "an earlier export"


def put(
    contents: Iterable[tuple[str, bytes]],
    folder: Path,
    ours: Callable[[Path], bool] | None = None,
    what: str = WHAT,
    seal: Seal | None = None,
) -> None:
    """Make `folder` hold exactly these files; refused where it holds anything that no earlier dossier wrote.

    `ours` knows the folders that may be replaced, `what` they are called; dossiers by default. `seal` makes the
    checkpoint of a bundle from the bytes of its sums.
    """
    with replacing(folder, ours=ours or is_dossier, what=what) as beside:
        for name, content in summed(contents, seal):
            (beside / name).write_bytes(content)


def summed(contents: Iterable[tuple[str, bytes]], seal: Seal | None = None) -> Iterator[tuple[str, bytes]]:
    """The files as they come, then `SHA256SUMS` over them by name, then the checkpoint where there is a `seal`."""
    sums = dict[str, str]()
    for name, content in contents:
        sums[name] = hashlib.sha256(content).hexdigest()
        yield name, content
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()
    yield SUMS, listed
    if seal is not None:
        yield CHECKPOINT, seal(listed)


def is_dossier(folder: Path) -> bool:
    """True for a folder whose every file is listed in its own sums, pages among them."""
    return _is_listed(folder, pages=True)


def is_exports(folder: Path) -> bool:
    """True for a folder of exports alone, every file of it listed in its own sums."""
    return _is_listed(folder, pages=False)


def _is_listed(folder: Path, *, pages: bool) -> bool:
    sums = folder / SUMS
    if not sums.is_file():
        return False
    listed = {line.partition("  ")[2] for line in sums.read_text(encoding="utf-8", errors="replace").splitlines()}
    return (INDEX in listed) == pages and names(folder) <= listed | {SUMS, CHECKPOINT}
