"""All archived evidence of a project as one WARC or WACZ, each item with its chain of custody.

Input: a project and the name of a file. Output: that file: for each way in which a report's bytes were obtained a
`response`, `resource` or `revisit` record, a `metadata` record with the chain, and the text as `conversion`. The same
evidence gives the same bytes. It holds names unmasked: evidence for those who check it, no publication.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path
from typing import IO

from tollbook.errors import StoreError, UsageError
from tollbook.files import new_file
from tollbook.model import Report
from tollbook.pipeline.chain import Chain, chain_of, find_report
from tollbook.pipeline.exhibits import WARNING, Exhibits
from tollbook.pipeline.project_folder import ARCHIVE, open_project
from tollbook.reports import Archive
from tollbook.store import Stamp, Store, Unit
from tollbook.values import dataclass
from tollbook.warc import cdxj, wacz
from tollbook.warc.writing import Entry, Placed, Writer, sha256
from tollbook.zips import member, packing

_WARC = "evidence.warc.gz"
_BLOCKS = "index.cdx.gz"
_READ_ONLY = "may only be read"  # as each backend says it
TITLE = "Evidence from a tollbook project"


@dataclass(frozen=True, slots=True)
class Exported:
    """What an evidence file came to: reports, captures of them, its sha256, and whether the log tells of the copy."""

    reports: int
    captures: int
    sha256: str
    logged: bool


def export_evidence(folder: Path, out: Path, by: Stamp, *, reports: Sequence[str] = ()) -> Exported:
    """Write the evidence of a project, or of some `reports`, to `out`: .warc.gz, .warc or .wacz.

    The log tells of the copy where the project may be written. Raises StoreError where evidence is altered or gone, and
    OutputError where `out` is there already or can't be written; nothing is written then.
    """
    name = out.name.lower()
    if not name.endswith((".wacz", ".warc", ".warc.gz")):
        raise UsageError(f"'{out.name}' is no name of a WARC or WACZ", advice="name it .warc.gz, .warc or .wacz")
    archive = Archive(folder / ARCHIVE)
    with open_project(folder) as store:
        with store.read() as unit:
            chains = [chain_of(unit, archive, one) for one in _wanted(unit, reports)]
        if not chains:
            raise StoreError("holds no report, so there is no evidence", what=str(folder), advice="add some first")
        with new_file(out) as file:
            counted = _Counted(file)
            if name.endswith(".wacz"):
                captures = _write_wacz(counted, chains, archive)
            else:
                captures = len(_write_warc(counted, chains, archive, packed=name.endswith(".gz")))
            digest = _hash(file)
            # Before the file has its name: a copy that no log tells of is worse than one that was never finished.
            logged = _log(store, out, digest, [chain.report.id for chain in chains] if reports else None, by)
    return Exported(len(chains), captures, digest, logged)


def _wanted(unit: Unit, reports: Sequence[str]) -> list[Report]:
    found = [find_report(unit, name) for name in reports]
    if not reports:
        found = [one for row in unit.table("reports") if (one := unit.report(*row.key))]
    return sorted({one.id: one for one in found}.values(), key=lambda one: one.id)


def _log(store: Store, out: Path, digest: str, reports: list[str] | None, by: Stamp) -> bool:
    """A copy taken is a link of the chain; a project that may only be read gives copies all the same."""
    told: dict[str, object] = {"link": "exported", "file": out.name, "sha256": digest}
    try:
        with store.write() as unit:
            unit.append("custody", told if reports is None else {**told, "reports": reports}, by)
    except StoreError as error:
        if error.message != _READ_ONLY:
            raise
        return False
    return True


# ---- the file ----


@dataclass(slots=True)
class _Counted:
    """What writes through to a stream that need not tell where it is, and keeps count and hash."""

    stream: IO[bytes]
    size: int = 0
    hashed: hashlib._Hash = field(default_factory=hashlib.sha256)

    def write(self, data: bytes) -> int:
        self.hashed.update(data)
        self.size += len(data)
        return self.stream.write(data)

    def tell(self) -> int:
        return self.size

    def flush(self) -> None:
        """What is beneath is flushed when it is closed."""

    @property
    def measured(self) -> tuple[str, int]:
        return f"sha256:{self.hashed.hexdigest()}", self.size


def _write_warc(
    out: _Counted, chains: Sequence[Chain], archive: Archive, *, packed: bool
) -> list[tuple[Entry, Placed, Report]]:
    """All records; returns the captures, less their bytes, and where they lie."""
    writer = Writer(out, packed=packed)
    found = []
    for entry, report in Exhibits(archive).records(chains):
        placed = writer.write(entry)
        if report is not None:
            bare = Entry(entry.kind, entry.id, entry.date, entry.uri, entry.media_type, entry.head, stated=entry.digest)
            found.append((bare, placed, report))
    return found


def _write_wacz(out: _Counted, chains: Sequence[Chain], archive: Archive) -> int:
    files: dict[str, tuple[str, int]] = {}
    with packing(out.stream) as zipped:
        with member(zipped, f"archive/{_WARC}", packed=False) as stream:
            counted = _Counted(stream)
            found = _write_warc(counted, chains, archive, packed=True)
        files[f"archive/{_WARC}"] = counted.measured
        blocks, index = cdxj.packed((_line(entry, placed) for entry, placed, _ in found), _BLOCKS)
        pages = wacz.pages((_page(entry, report) for entry, _, report in found), TITLE)
        parts = {f"indexes/{_BLOCKS}": blocks, "indexes/index.idx": index, "pages/pages.jsonl": pages}
        files |= {path: (sha256(content), len(content)) for path, content in parts.items()}
        created = max(entry.date for entry, _, _ in found)
        parts |= wacz.lists(files, title=TITLE, description=WARNING, created=created)
        for path, content in parts.items():
            with member(zipped, path, size=len(content), packed=not path.endswith(".gz")) as stream:
                stream.write(content)
    return len(found)


def _line(entry: Entry, placed: Placed) -> str:
    """What the index tells of a capture."""
    head = entry.head.decode("utf-8", "replace").splitlines()
    said = next((line.partition(":")[2] for line in head if line.lower().startswith("content-type:")), "")
    media_type = (said if head else entry.media_type).partition(";")[0].strip()
    about = {
        "mime": "warc/revisit" if entry.kind == "revisit" else media_type,
        "status": head[0].split(" ")[1] if head and " " in head[0] else "200",
        "digest": entry.digest,
        "length": str(placed.length),
        "offset": str(placed.offset),
        "filename": _WARC,
    }
    return cdxj.line(entry.uri, entry.date, about)


def _page(entry: Entry, report: Report) -> dict[str, str]:
    title = report.title or report.id
    return {"id": entry.id[10:-1], "url": entry.uri, "ts": entry.date, "title": title}


def _hash(file: IO[bytes]) -> str:
    file.flush()
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
