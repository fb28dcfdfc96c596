"""The chain of custody of one report: how its bytes came, and what was done with them since.

Input: a view of the record, its archive and a report's id. Output: `Link`s in the order of the log: "obtained" for each
way of coming by the bytes, after the links that came with an evidence file; "timestamped" and "exported" after them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from tollbook.errors import InputError, StoreError, UsageError
from tollbook.model import Report
from tollbook.reports import Archive
from tollbook.store import Event, Unit
from tollbook.values import dataclass

_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Link:
    """One link: what is told of it, the event that tells it (None before the log kept custody), and its `fault`.

    Of an "obtained" link `raw` and `way` name the custody file, `earlier` are the links that came with the bytes.
    """

    kind: str
    told: dict[str, Any]
    event: Event | None = None
    raw: str = ""
    way: str = ""
    sha256: str = ""
    fault: str = ""

    @property
    def name(self) -> str:
        """What the link is called: bytes that came with a chain of their own were "imported"."""
        return "imported" if self.kind == "obtained" and self.earlier else self.kind

    @property
    def earlier(self) -> tuple[dict[str, Any], ...]:
        found = self.told.get("earlier")
        return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


@dataclass(frozen=True, slots=True)
class Chain:
    """A report with its links in order."""

    report: Report
    links: tuple[Link, ...] = field(default=())

    @property
    def obtained(self) -> tuple[Link, ...]:
        return tuple(link for link in self.links if link.kind == "obtained")


def chain_of(unit: Unit, archive: Archive, report: Report) -> Chain:
    """The links of one report; one whose file is altered or gone has a `fault`, and the others stand."""
    obtained = [*_older(unit, archive, report), *_obtained(unit, archive, report)]
    later = [*_timestamped(unit, obtained), *_exported(unit, report)]
    return Chain(report, (*obtained, *sorted(later, key=lambda link: link.event.seq if link.event else 0)))


def find_report(unit: Unit, given: str) -> Report:
    """The report of an id, or of enough of the beginning of its id or of a hash; UsageError where there is not one."""
    exact = unit.report(given)
    if exact is not None:
        return exact
    found = [one for row in unit.table("reports") if (one := unit.report(*row.key)) and _begins(one, given)]
    if len(found) == 1:
        return found[0]
    if found:
        named = ", ".join(sorted(one.id for one in found)[:5])
        raise UsageError(f"'{given}' begins {len(found)} reports: {named}", advice="write more of it")
    raise UsageError(f"no report '{given}'", advice="'tollbook export reports-csv' lists their ids")


def _begins(report: Report, given: str) -> bool:
    hashes = (report.sha256, report.text_sha256) if len(given) >= _SHORTEST else ()
    return bool(given) and any(name.startswith(given) for name in (report.id, *hashes))


def _obtained(unit: Unit, archive: Archive, report: Report) -> Iterator[Link]:
    for raw, way, sha256, seq in unit.custody(report.id):
        event = unit.event(seq)
        try:
            intact = hashlib.sha256(archive.custody_bytes(raw, way)).hexdigest() == sha256
            told = archive.custody(raw, way)
        except InputError as error:
            yield Link("obtained", {}, event, raw, way, sha256, error.message)
            continue
        yield Link("obtained", told, event, raw, way, sha256, "" if intact else f"altered: not as event {seq} tells it")


def _older(unit: Unit, archive: Archive, report: Report) -> Iterator[Link]:
    """What a release that logged no custody has kept beside the bytes, where no event tells of anything."""
    if unit.custody(report.id):
        return
    for way, told in archive.told_of(report):
        content = archive.custody_bytes(report.sha256, way)
        yield Link("obtained", told, None, report.sha256, way, hashlib.sha256(content).hexdigest())


def _timestamped(unit: Unit, obtained: list[Link]) -> Iterator[Link]:
    """The first token of an authority for each event that tells of the bytes."""
    told_by = sorted(link.event.seq for link in obtained if link.event)
    for event in unit.events("timestamp"):
        payload = payload_of(event)
        about = payload.get("event")
        covered = [seq for seq in told_by if isinstance(about, int) and seq <= about]
        if covered:
            told_by = [seq for seq in told_by if seq not in covered]
            yield Link("timestamped", {**payload, "covers": covered}, event)


def _exported(unit: Unit, report: Report) -> Iterator[Link]:
    for event in unit.events("custody"):
        payload = payload_of(event)
        of = payload.get("reports", [report.id])
        if payload.get("link") not in (None, "obtained") and isinstance(of, list) and report.id in of:
            yield Link(str(payload["link"]), payload, event)


def payload_of(event: Event) -> dict[str, Any]:
    """What an event holds; raises `StoreError` where that can't be read."""
    try:
        payload = json.loads(event.payload)
    except ValueError as error:
        raise StoreError("can't be read", what=str(event), advice="restore it from a copy") from error
    return payload if isinstance(payload, dict) else {}
