"""The chain of custody held against the log: what was altered, what is missing, and what nobody told of.

Input: a view of the record and its archive. Output: a `Mismatch` for each custody JSON that is not the one whose hash
the log has, for each that no event tells of, for bytes obtained and gone, and for a report whose obtaining no event
tells. A project from before such events stays valid: what it lacks is told by `untold`, and is no mismatch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from tollbook.errors import InputError
from tollbook.reports import Archive
from tollbook.reports.custody import FORMAT
from tollbook.store import Mismatch, Unit
from tollbook.text import counted


def unsound(unit: Unit, archive: Archive) -> Iterator[Mismatch]:
    """Everything in the chain of custody that is not as the log says, in order."""
    told = _told(unit)
    for (raw, way), (sha256, seq) in sorted(told.items()):
        yield from _file(archive, raw, way, sha256, seq)
    current = {one.sha256 for row in unit.table("reports") if (one := unit.report(*row.key))}
    for raw in sorted({raw for raw, _ in told} - current):
        try:
            archive.raw(raw)
        except InputError as error:
            yield Mismatch(f"raw bytes {raw}", error.message)
    known = current | {raw for raw, _ in told}
    for raw, way in archive.notes():  # what an interrupted `add` left beside bytes of no report is told of nobody
        if raw in known and (raw, way) not in told and _format(archive, raw, way) == FORMAT:
            yield Mismatch(f"custody {raw}.{way}", "no event tells of it")
    older = set(_older(unit))
    for report in _without(unit):
        if report not in older:
            yield Mismatch(f"report {report}", "no event tells how it was obtained")


def untold(unit: Unit) -> str | None:
    """A line on reports that were added before custody stood in the log, None where there are none."""
    older = _older(unit)
    if not older:
        return None
    named = ", ".join(older[:3]) + (", …" if len(older) > 3 else "")
    return f"no custody event: {counted(len(older), 'report')} added before the log kept custody ({named})"


def _told(unit: Unit) -> dict[tuple[str, str], tuple[str, int]]:
    """The custody files that events tell of: hash of bytes and way → hash of the JSON and the event's number."""
    found = {}
    for event in unit.events("custody"):
        try:
            payload = json.loads(event.payload)
            if payload["link"] == "obtained":
                found[payload["raw"], payload["way"]] = (payload["sha256"], event.seq)
        except (ValueError, KeyError, TypeError):
            continue  # the log's own check has named it
    return found


def _file(archive: Archive, raw: str, way: str, sha256: str, seq: int) -> Iterator[Mismatch]:
    try:
        content = archive.custody_bytes(raw, way)
    except InputError:
        yield Mismatch(f"custody {raw}.{way}", f"missing; event {seq} tells of it")
        return
    if hashlib.sha256(content).hexdigest() != sha256:
        yield Mismatch(f"custody {raw}.{way}", f"altered: it is not as event {seq} tells it")


def _format(archive: Archive, raw: str, way: str) -> object:
    """The format of a custody file; one that can't be read counts as one of ours, for an old one could be read."""
    try:
        return archive.custody(raw, way).get("format")
    except InputError:
        return FORMAT


def _without(unit: Unit) -> list[str]:
    """Reports of which no event tells how they were obtained."""
    return [row.key[0] for row in unit.table("reports") if not unit.custody(row.key[0])]


def _older(unit: Unit) -> list[str]:
    """Those among them that are older than the first custody event, or all where there is none."""
    first = next((event.seq for event in unit.events("custody")), None)
    lacking = set(_without(unit))
    if not lacking:
        return []
    seen = dict.fromkeys(
        json.loads(event.payload)["id"] for event in unit.events("report") if first is None or event.seq < first
    )
    return [report for report in seen if report in lacking]
