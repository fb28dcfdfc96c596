"""A whole project is carried away and taken in again: the log comes back to the byte, what follows from it is rebuilt.

Input: a project's folder and where to, or a carried project and the new folder. Output: a `Load`, what was carried.
`backup(floods, zip)` then `restore(zip, floods2)` gives a project with the same log, figures and publications. Nothing
is carried that doesn't match its log, and nothing is taken in that doesn't: it is built beside and checked first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from tollbook import __version__
from tollbook.errors import InputError, StoreError, TollbookError
from tollbook.files import replacing
from tollbook.pipeline import carried as form
from tollbook.pipeline.carried import Carried, Carrier
from tollbook.pipeline.methods import own
from tollbook.pipeline.project_folder import ARCHIVE, open_project
from tollbook.pipeline.verifying import Against, check_unit
from tollbook.reports import Archive
from tollbook.reports.custody import FORMAT as CUSTODY
from tollbook.store import Event, Unit, create_in
from tollbook.store.address import Address, parse
from tollbook.store.carried import Unfit, log_lines, reading_lines, take_in
from tollbook.store.migrations import latest
from tollbook.store.payloads import Unreadable
from tollbook.values import dataclass

_VERIFY = "'tollbook verify' names all that is wrong with the project"
_HEAD_SIZE = 100_000


@dataclass(frozen=True, slots=True)
class Load:
    """What was carried: how many events, the hash of the last one, and how many files of evidence."""

    events: int
    hash: str
    evidence: int


def backup(folder: Path, out: Path) -> Load:
    """Write a whole project as one zip, which must be new. Raises StoreError for a project that doesn't verify."""
    return _carry_out(folder, out, form.zip_out)


def export(folder: Path, out: Path) -> Load:
    """Write a whole project as a folder, which must be new or empty, with the same files as `backup`'s zip."""
    return _carry_out(folder, out, form.folder_out)


def restore(path: Path, out: Path, store: str | None = None) -> Load:
    """Make a new project of what `backup` wrote; its record at the PostgreSQL address `store`, or in its folder.

    Raises InputError, one line, for what doesn't verify.
    """
    return _carry_in(path, out, form.zip_in, store)


def take(path: Path, out: Path, store: str | None = None) -> Load:
    """Make a new project of what `export` wrote, as `restore` does."""
    return _carry_in(path, out, form.folder_in, store)


# ---- going out ----


def _carry_out(folder: Path, out: Path, opened: Callable[[Path], AbstractContextManager[Carrier]]) -> Load:
    try:
        with open_project(folder) as store, opened(out) as carrier:
            with store.read() as unit:
                head = _put_record(unit, carrier)
                wanted = _evidence(unit)
            count = _put_evidence(folder / ARCHIVE, wanted, carrier)
            for name, path in _own_files(folder):
                carrier.put_file(name, path)
    except StoreError as error:
        error.advice = error.advice or _VERIFY
        raise
    return Load(head.seq, head.hash, count)


def _put_record(unit: Unit, carrier: Carrier) -> Event:
    """Log and readings, of one view of the record whatever others write meanwhile; returns the last event."""
    head = unit.head()
    if head is None:
        raise StoreError("holds no event", what="the log")
    told = {
        "format": form.FORMAT, "version": form.VERSION, "tollbook": __version__, "schema": latest(),
        "events": head.seq, "hash": head.hash,
    }  # fmt: skip
    carrier.put(form.HEAD, [f"{json.dumps(told, indent=1)}\n".encode()])
    carrier.put(form.README, [form.TEXT.encode()])
    carrier.put(form.LOG, log_lines(unit))
    carrier.put(form.READINGS, reading_lines(unit))
    return head


def _evidence(unit: Unit) -> dict[str, str]:
    """The files of evidence that the log ever told of, by place in the archive, each with its sha256."""
    found: dict[str, str] = {}
    for event in unit.events("report"):
        told: dict[str, Any] = json.loads(event.payload)
        found |= {_place("raw", told["sha256"]): told["sha256"]}
        found |= {_place("text", told["text_sha256"], ".txt"): told["text_sha256"]}
    for event in unit.events("custody"):
        told = json.loads(event.payload)
        if told["link"] == "obtained":
            found |= {_place("raw", told["raw"]): told["raw"]}
            found |= {_place("raw", told["raw"], f".{told['way']}.json"): told["sha256"]}
    return found


def _place(kind: str, sha256: str, ending: str = "") -> str:
    return f"{kind}/{sha256[:2]}/{sha256}{ending}"


def _put_evidence(folder: Path, wanted: dict[str, str], carrier: Carrier) -> int:
    """Write the evidence that the log tells of, and custody from before the log told of any.

    What others add meanwhile is left for the next time.
    """
    for raw, way in Archive(folder).notes():
        place = _place("raw", raw, f".{way}.json")
        if place not in wanted and _place("raw", raw) in wanted and _is_older(Archive(folder), raw, way):
            wanted[place] = ""
    for place, sha256 in sorted(wanted.items()):
        if not (folder / place).is_file():
            raise StoreError("is not in the archive", what=place)
        if carrier.put_file(f"{ARCHIVE}/{place}", folder / place) != sha256 and sha256:
            raise StoreError("its bytes no longer have the hash that the log tells", what=place)
    return len(wanted)


def _is_older(archive: Archive, raw: str, way: str) -> bool:
    try:
        return archive.custody(raw, way).get("format") != CUSTODY
    except InputError:
        return False


def _own_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """What people put into a project's folder, and its secret."""
    for name in form.OWN:
        if (folder / name).is_file():
            yield name, folder / name
    for path in own(folder).values():
        yield f"{form.RULES}/{path.name}", path


# ---- coming in ----


def _carry_in(
    path: Path, out: Path, opened: Callable[[Path], AbstractContextManager[Carried]], store: str | None
) -> Load:
    address = None if store is None else parse(store)
    with opened(path) as carried:
        told = _head(carried)
        carried.check_names()
        with replacing(out, ours=lambda _: False, what="this import") as beside:
            try:
                return _build(carried, told, beside, address)
            except TollbookError as error:
                raise _named(error, carried, beside, out) from error


def _head(carried: Carried) -> dict[str, Any]:
    """What a carried project says of itself. Raises InputError where it is none, or of a later tollbook."""
    none = InputError(
        "is no carried project", what=str(carried.path),
        advice="name what 'tollbook backup' or 'tollbook export --all' wrote",
    )  # fmt: skip
    if form.HEAD not in carried.names:
        raise none
    with carried.stream(form.HEAD) as stream:
        try:
            told = json.loads(stream.read(_HEAD_SIZE))
        except (ValueError, RecursionError):
            raise none from None
    if not isinstance(told, dict) or told.get("format") != form.FORMAT:
        raise none
    for name, known in (("version", form.VERSION), ("schema", latest())):
        if not isinstance(told.get(name), int) or told[name] > known:
            why = f"was made by a later tollbook ({name} {told.get(name)}; this one knows up to {known})"
            raise InputError(why, what=str(carried.path), advice="update tollbook")
    return told


def _build(carried: Carried, told: dict[str, Any], beside: Path, address: Address | None) -> Load:
    """The project in a folder that nobody sees yet, checked as `tollbook verify` does."""
    evidence = [name for name in carried.names if name.startswith(f"{ARCHIVE}/")]
    (beside / ARCHIVE).mkdir()
    for name in sorted(evidence):
        carried.unpack(name, beside / name, 0o444)
    for name in sorted(carried.names.intersection(form.OWN) | _rules(carried.names)):
        carried.unpack(name, beside / name, 0o600 if name == form.OWN[0] else 0o666)
    for name in (form.HEAD, form.README):
        with carried.open(name):
            pass  # only held against its sum
    create_in(beside, lambda unit: _take_record(unit, carried, told, beside), address)
    return Load(told["events"], told["hash"], len(evidence))


def _rules(names: Iterable[str]) -> set[str]:
    return {name for name in names if name.startswith(f"{form.RULES}/")}


def _take_record(unit: Unit, carried: Carried, told: dict[str, Any], beside: Path) -> None:
    """Log, readings and what follows from them, kept only where `verify` finds nothing."""
    with carried.open(form.LOG) as log, carried.open(form.READINGS) as readings:
        last = take_in(unit, form.lines(log), form.lines(readings))
    if (last.seq, last.hash) != (told.get("events"), told.get("hash")):
        raise carried.wrong(f"{form.LOG} does not end with event {told.get('events')} as {form.HEAD} says")
    for mismatch in check_unit(unit, beside, Against(quick=True)).mismatches:
        raise carried.wrong(f"{mismatch.what}: {mismatch.why}")


def _named(error: TollbookError, carried: Carried, beside: Path, out: Path) -> TollbookError:
    """The same error, in the name of what the user gave: nobody knows the folder that is built beside."""
    if isinstance(error, (Unfit, Unreadable)):
        return carried.wrong(f"{error.what}: {error.message}")
    if str(beside) in (error.what or ""):
        error.what = str(out)
    return error
