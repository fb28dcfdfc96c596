"""The chain of custody held against the log: what was altered, what is missing, and what nobody told of.

Input: events as they go by, a view of the record and its archive. Output: a `Mismatch` for each custody JSON that is
not the one whose hash the log has, for each that no event tells of, and for a report whose obtaining no event tells. A
project from before such events stays valid: what it lacks is a remark.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from tollbook.errors import InputError
from tollbook.reports import Archive
from tollbook.reports.custody import FORMAT
from tollbook.store import Event, Mismatch, Unit
from tollbook.text import counted

_NAMED = 3


class Custodies:
    """How each report was obtained, as the log tells it; `files` counts the JSON files looked at.

    An observer of `store.verify.walk`.
    """

    def __init__(self, unit: Unit, archive: Archive) -> None:
        self.files = 0
        self._unit, self._archive = unit, archive
        self._begun = False  # whether the log keeps custody by now
        self._raws: set[bytes] = set()
        self._older: dict[str, None] = {}
        self._lacking: dict[str, None] = {}

    def see(self, event: Event) -> Iterator[Mismatch]:
        """What is wrong with the JSON that an event tells of."""
        if event.kind not in ("report", "custody"):
            return
        try:
            payload = json.loads(event.payload)
            if event.kind == "report":
                self._report(payload["id"], payload["sha256"])
            elif payload["link"] == "obtained":
                yield from self._obtained(payload, event.seq)
        except (ValueError, KeyError, TypeError, RecursionError):
            pass  # the log's own check has named it

    def skip(self, seq: int) -> None:
        """Nothing is known of what it tells."""

    def _report(self, report: str, raw: str) -> None:
        self._raws.add(bytes.fromhex(raw))
        if self._begun and report not in self._older:
            self._lacking[report] = None
        elif not self._begun:
            self._older[report] = None

    def _obtained(self, told: dict[str, Any], seq: int) -> Iterator[Mismatch]:
        self._begun = True
        for some in (self._lacking, self._older):
            some.pop(told["report"], None)
        raw, way = told["raw"], told["way"]
        if bytes.fromhex(raw) not in self._raws:  # other bytes of the same text, which no report's event names
            yield from self._bytes(raw)
        self._raws.add(bytes.fromhex(raw))
        self.files += 1
        try:
            content = self._archive.custody_bytes(raw, way)
        except InputError:
            yield Mismatch(f"custody {raw}.{way}", f"missing; event {seq} tells of it")
            return
        if hashlib.sha256(content).hexdigest() != told["sha256"]:
            yield Mismatch(f"custody {raw}.{way}", f"altered: it is not as event {seq} tells it")

    def _bytes(self, raw: str) -> Iterator[Mismatch]:
        try:
            self._archive.raw(raw)
        except InputError as error:
            yield Mismatch(f"raw bytes {raw}", error.message)

    def end(self) -> Iterator[Mismatch]:
        """Files that no event tells of, and reports of which none tells how they were obtained."""
        for raw, way in self._archive.notes():
            # What an interrupted `add` left beside bytes of no report is told of nobody.
            if bytes.fromhex(raw) in self._raws and not self._is_told(raw, way) and self._format(raw, way) == FORMAT:
                yield Mismatch(f"custody {raw}.{way}", "no event tells of it")
        for report in filter(self._is_lacking, self._lacking):
            yield Mismatch(f"report {report}", "no event tells how it was obtained")

    def _is_lacking(self, report: str) -> bool:
        """True where no event tells how a report was obtained, before its particulars were told or after."""
        try:
            return not self._unit.custody(report)
        except self._unit.errors:
            return False

    def _is_told(self, raw: str, way: str) -> bool:
        """True where the log tells of a file, or where that can't be read, which is named already."""
        try:
            return self._unit.is_obtained(raw, way)
        except self._unit.errors:
            return True

    def _format(self, raw: str, way: str) -> object:
        """The format of a custody file; one that can't be read counts as one of ours, for an old one could be read."""
        try:
            return self._archive.custody(raw, way).get("format")
        except InputError:
            return FORMAT

    @property
    def remarks(self) -> list[Mismatch]:
        """A line on reports that were added before custody stood in the log, nothing where there are none."""
        if not self._older:
            return []
        named = ", ".join([*self._older][:_NAMED]) + (", …" if len(self._older) > _NAMED else "")
        said = f"{counted(len(self._older), 'report')} added before the log kept custody ({named})"
        return [Mismatch("no custody event", said)]
