"""A project held against its own log, and the log against checkpoints that people kept.

Input: the folder, public keys, kept checkpoints. Output: a `Verified`: counts of what was looked at, everything that is
not as it should be, named exactly, and remarks, which nobody need mend. What can't be read is named, and the rest is
still checked. Nothing is held of the record but what is wrong with it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbook.errors import InputError, StoreError
from tollbook.pipeline.custody import Custodies
from tollbook.pipeline.project_folder import ARCHIVE, DATABASE, open_project
from tollbook.reports import Archive
from tollbook.store import Event, Mismatch, Store, Unit
from tollbook.store.checkpoints import Checkpoints, Kept
from tollbook.store.notes import PublicKey
from tollbook.store.timestamps import Stamps
from tollbook.store.verify import Links, Tables, walk

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

# Files of one archive that several reports tell of come close together: a feed's, a sheet's.
_HELD = 4096
_COUNTED = {
    "reports": "reports",
    "readings": "readings",
    "incidents": "incidents",
    "homes": "placings of claims",
    "custody": "custody records",
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked and what came of it: `counts` by what was counted, `signed` checkpoints by who signed them.

    `root` is the RFC 6962 root over all events, in hex.
    """

    counts: Mapping[str, int]
    root: str = ""
    signed: Mapping[str, int] = field(default_factory=dict)
    mismatches: tuple[Mismatch, ...] = ()
    remarks: tuple[Mismatch, ...] = ()


def check(
    folder: Path,
    *,
    keys: Sequence[PublicKey] = (),
    kept: Sequence[Kept] = (),
    roots: Sequence[Certificate] = (),
) -> Verified:
    """Check log, tables, archive and what is derived; checkpoints against `keys`, the log against those `kept`,
    and time stamps against the certificates `roots`.

    Raises StoreError where there is no project. A database that can't be opened is one mismatch; the files of the
    archive are held against their names then.
    """
    try:
        store = open_project(folder)
    except StoreError as error:
        if not (folder / DATABASE).is_file():
            raise
        return _without_log(folder, error)
    with store:
        return _with_log(store, folder, keys, kept, roots)


def verify(folder: Path) -> tuple[Mismatch, ...]:
    """Everything that is not as the log says, named exactly; nothing where all is well."""
    return check(folder).mismatches


def _with_log(
    store: Store, folder: Path, keys: Sequence[PublicKey], kept: Sequence[Kept], roots: Sequence[Certificate]
) -> Verified:
    with store.read() as unit:
        return check_unit(unit, folder, keys, kept, store.check(), roots)


def check_unit(
    unit: Unit,
    folder: Path,
    keys: Sequence[PublicKey] = (),
    kept: Sequence[Kept] = (),
    before: Iterable[Mismatch] = (),
    roots: Sequence[Certificate] = (),
) -> Verified:
    """The same within a unit of work, whose own changes are looked at as if they were kept; `before` is told first."""
    found = list(before)
    links, checkpoints, evidence, times = Links(), Checkpoints(keys, kept), Evidence(folder / ARCHIVE), Times()
    tables, custodies = Tables(unit), Custodies(unit, Archive(folder / ARCHIVE))
    stamps = Stamps(unit, roots)
    found += walk(unit, (links, checkpoints, tables, evidence, custodies, stamps, times))
    counts = {
        "events": checkpoints.tree.size,
        **{noun: tables.counts[table] for table, noun in _COUNTED.items()},
        "archive files": evidence.files + custodies.files,
        "checkpoints": checkpoints.signed.total(),
        "kept checkpoints": len(kept),
        "time stamps": stamps.checked,
    }
    remarks = (*checkpoints.remarks, *custodies.remarks, *stamps.remarks, *times.remarks)
    return Verified(counts, checkpoints.root.hex(), dict(checkpoints.signed), tuple(found), remarks)


# ---- what looks at each event ----


class Evidence:
    """Whether the archive has the bytes and the text of each report in the log; `files` counts those looked at."""

    def __init__(self, archive: Path) -> None:
        self.files = 0
        self._archive = Archive(archive)
        self._seen = lru_cache(_HELD)(self._looked_at)
        self._named: set[tuple[Callable[[str], object], str]] = set()

    def see(self, event: Event) -> Iterator[Mismatch]:
        """What is wrong with the text and the bytes of a report, and with bytes obtained again."""
        if event.kind == "report":
            payload = _payload(event)
            of = f"report {payload.get('id')}, "
            yield from self._file(f"{of}text", self._archive.text, payload.get("text_sha256"))
            yield from self._file(f"{of}raw bytes", self._archive.raw, payload.get("sha256"))
        elif event.kind == "custody":
            yield from self._file("raw bytes", self._archive.raw, _payload(event).get("raw"))

    def _file(self, what: str, read: Callable[[str], object], hashed: object) -> Iterator[Mismatch]:
        if isinstance(hashed, str) and (read, hashed) not in self._named and (wrong := self._seen(read, hashed)):
            self._named.add((read, hashed))
            yield Mismatch(f"{what} {hashed}", wrong)

    def skip(self, seq: int) -> None:
        """Nothing is known of its files."""

    def end(self) -> Iterator[Mismatch]:
        """Nothing more."""
        return iter(())

    def _looked_at(self, read: Callable[[str], object], hashed: str) -> str:
        self.files += 1
        try:
            read(hashed)
        except InputError as error:
            return error.message
        except UnicodeDecodeError:
            return "no text"
        return ""


def _payload(event: Event) -> dict[str, Any]:
    """What an event holds; nothing where it can't be read, which the chain has told by then."""
    try:
        payload = json.loads(event.payload)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


class Times:
    """Events whose time is before that of the one before them: the order is that of numbers, and this is a remark."""

    def __init__(self) -> None:
        self.remarks: list[Mismatch] = []
        self._before: tuple[int, dt.datetime] | None = None

    def see(self, event: Event) -> Iterator[Mismatch]:
        """Times are as told, and none of them is wrong."""
        when = _time(event.when)
        if when is not None:
            if self._before is not None and when < self._before[1]:
                said = f"its time, {event.when}, is before that of event {self._before[0]}; the order is by number"
                self.remarks.append(Mismatch(str(event), said))
            self._before = event.seq, when
        return iter(())

    def skip(self, seq: int) -> None:
        """No time is known of it."""

    def end(self) -> Iterator[Mismatch]:
        """Nothing more."""
        return iter(())


def _time(text: str) -> dt.datetime | None:
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=dt.UTC)


# ---- where the log can't be opened ----


def _without_log(folder: Path, error: StoreError) -> Verified:
    """The archive alone: each file is named by the hash of its bytes."""
    found, files = [Mismatch(DATABASE, f"{error.message}; {error.advice or 'restore it from a copy'}")], 0
    for path in sorted((folder / ARCHIVE).glob("*/??/*")):
        name = path.name.removesuffix(".txt")
        if len(name) == 64 and path.is_file():
            files += 1
            with path.open("rb") as file:
                altered = hashlib.file_digest(file, "sha256").hexdigest() != name
            if altered:
                found.append(Mismatch(str(path.relative_to(folder)), "altered: its bytes no longer have this hash"))
    return Verified({"events": 0, "archive files": files}, mismatches=tuple(found))
