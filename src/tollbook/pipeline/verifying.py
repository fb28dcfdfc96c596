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
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbook.errors import InputError, StoreError
from tollbook.pipeline.custody import Custodies
from tollbook.pipeline.project_folder import ARCHIVE, DATABASE, open_project
from tollbook.pipeline.relinking import Relinked, relink
from tollbook.reports import Archive
from tollbook.store import Event, Mismatch, Store, Unit
from tollbook.store.checkpoints import Checkpoints, Kept
from tollbook.store.notes import PublicKey
from tollbook.store.timestamps import Stamps
from tollbook.store.verify import Links, Tables, walk
from tollbook.values import dataclass

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_ALTERED = "altered: its bytes no longer have this hash"
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


@dataclass(frozen=True, slots=True)
class Against:
    """What a log is held against beside itself: keys that must have signed, checkpoints kept, roots of authorities.

    `quick` leaves out what is kept of linking, which is worked out anew and takes most of the time.
    """

    keys: Sequence[PublicKey] = ()
    kept: Sequence[Kept] = ()
    roots: Sequence[Certificate] = ()
    quick: bool = False


_ITSELF = Against()


def check(
    folder: Path,
    *,
    keys: Sequence[PublicKey] = (),
    kept: Sequence[Kept] = (),
    roots: Sequence[Certificate] = (),
    quick: bool = False,
) -> Verified:
    """Check log, tables, archive and what is derived, and the log against what people kept; as `Against` has them.

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
        return _with_log(store, folder, Against(keys, kept, roots, quick))


def verify(folder: Path) -> tuple[Mismatch, ...]:
    """Everything that is not as the log says, named exactly; nothing where all is well."""
    return check(folder).mismatches


def _with_log(store: Store, folder: Path, against: Against) -> Verified:
    with store.read() as unit:
        return check_unit(unit, folder, against, store.check())


def check_unit(unit: Unit, folder: Path, against: Against = _ITSELF, before: Iterable[Mismatch] = ()) -> Verified:
    """The same within a unit of work, whose own changes are looked at as if they were kept; `before` is told first."""
    found = list(before)
    links, checkpoints = Links(), Checkpoints(against.keys, against.kept)
    evidence, times = Evidence(folder / ARCHIVE), Times()
    if found:
        evidence.skip(0)  # events may be hidden by what is damaged
    tables, custodies = Tables(unit), Custodies(unit, Archive(folder / ARCHIVE))
    stamps = Stamps(unit, against.roots)
    found += walk(unit, (links, checkpoints, tables, evidence, custodies, stamps, times))
    linking = Relinked() if against.quick else _linking(unit, folder, found)
    counts = {
        "events": checkpoints.tree.size,
        **{noun: tables.counts[table] for table, noun in _COUNTED.items()},
        "archive files": evidence.files + custodies.files,
        **({} if against.quick else {"derived rows": linking.rows}),
        "checkpoints": checkpoints.signed.total(),
        "kept checkpoints": len(against.kept),
        "time stamps": stamps.checked,
    }
    remarks = (*checkpoints.remarks, *custodies.remarks, *stamps.remarks, *times.remarks, *linking.remarks)
    found += linking.mismatches
    return Verified(counts, checkpoints.root.hex(), dict(checkpoints.signed), tuple(found), remarks)


def _linking(unit: Unit, folder: Path, found: Sequence[Mismatch]) -> Relinked:
    """What is kept of linking, where all that it follows from is sound; else it would be blamed for the rest."""
    if any(_is_followed(one.what) for one in found):
        return Relinked(remarks=[Mismatch("linking", "not checked, for what it follows from is not as the log tells")])
    return relink(unit, folder)


def _is_followed(what: str) -> bool:
    """True for what linking follows from: particulars, texts and readings of reports."""
    return what.startswith(("reading of ", "table reports", "table readings")) or (
        what.startswith("report ") and ", raw bytes " not in what
    )


# ---- what looks at each event ----


class Evidence:
    """Whether the archive has the bytes and the text of each report in the log; `files` counts those looked at."""

    def __init__(self, archive: Path) -> None:
        self.files = 0
        self._all = False
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
        """Nothing is known of its files: then all are held against their names."""
        self._all = True

    def end(self) -> Iterator[Mismatch]:
        """Files that are not what their names say, where the log doesn't tell which to look at."""
        named = {hashed for _, hashed in self._named}
        for path, hashed in _by_name(self._archive.folder) if self._all else ():
            self.files += 1
            if hashed not in named and not _is_of_name(path, hashed):
                yield Mismatch(str(path.relative_to(self._archive.folder.parent)), _ALTERED)

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


# ---- where the log can't be read ----


def _without_log(folder: Path, error: StoreError) -> Verified:
    """The archive alone: each file is named by the hash of its bytes."""
    evidence = Evidence(folder / ARCHIVE)
    evidence.skip(0)
    damaged = Mismatch(DATABASE, f"{error.message}; {error.advice or 'restore it from a copy'}")
    found = (damaged, *evidence.end())
    return Verified({"events": 0, "archive files": evidence.files}, mismatches=found)


def _by_name(archive: Path) -> Iterator[tuple[Path, str]]:
    """The texts and the raw bytes that lie in an archive, each with the hash that its name is."""
    for path in sorted(archive.glob("*/??/*")):
        name = path.name.removesuffix(".txt")
        if len(name) == 64 and path.is_file():
            yield path, name


def _is_of_name(path: Path, hashed: str) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == hashed
    except OSError:
        return False
