"""What follows from the log and takes long, worked out behind what people do: the claims' rows, then what each could
change in its incident's figures.

Input: the list of reports and incidents to be worked out, in `desk.sqlite`. Output: their rows. It goes on where it
stopped after a restart. One thread does it, and rests as long as it works, so that who rules needn't wait for it.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from tollbook.errors import TollbookError
from tollbook.model import Record
from tollbook.pipeline.around import Around
from tollbook.pipeline.desk.decided import Indexed
from tollbook.pipeline.desk.follow import Follower
from tollbook.pipeline.desk.kept import Kept
from tollbook.pipeline.desk.rows import by_claim, rows_of
from tollbook.pipeline.desk.summaries import Summary, summary_of
from tollbook.pipeline.desk.values import Counting
from tollbook.pipeline.desk.view import View, is_gone
from tollbook.pipeline.project_folder import TextGone, open_project
from tollbook.store import Garbled, Store, Unit
from tollbook.store.sql import name_of

# So many are worked out in one view of the record.
_REPORTS, _INCIDENTS = 40, 8
# Rest for each second of work; rest at most; and where something is in the way, before the next try.
_RATIO, _LONGEST, _LATER = 4.0, 3.0, 5.0
# Seconds after which a thread that computes lets the others on: a ruling passes through some ten threads' hands.
_TURN = 0.0005
_NEW = (
    "SELECT count(*) FROM named JOIN stale ON kind = 'incident' AND stale.name = named.incident "
    "WHERE line = '' AND incident NOT IN (SELECT value FROM json_each(?))"
)


class Worker:
    """Works off the list, by `work` when asked and, once started, in a thread of its own."""

    def __init__(self, folder: Path, rules: tuple[str, ...], kept: Kept, follower: Follower, view: View) -> None:
        self._folder, self._rules, self._kept = folder, rules, kept
        self._follower, self._view = follower, view
        self._awake, self._ends = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None
        # What rests on a text that is gone from the disk: left till the next start, so that all else goes on.
        self._gone: set[tuple[str, str]] = set()
        self._known = -1, 0  # reports that are linked, and how many claims they have

    def start(self) -> None:
        """Begin to work in a thread, which from then on gives way to others ten times as often as Python would."""
        sys.setswitchinterval(_TURN)
        self._thread = threading.Thread(target=self._run, name="desk-worker", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something on the list."""
        self._awake.set()

    def close(self) -> None:
        """End, after the portion at hand."""
        self._ends.set()
        self._awake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        self._store: Store | None = None
        try:
            self._work_on()
        finally:
            self._let_go()

    def _work_on(self) -> None:
        while not self._ends.is_set():
            began, left = time.monotonic(), False
            try:
                self._store = self._store or open_project(self._folder)
                with self._store.read() as unit:
                    self._follower.ready(unit)
                    left = self.work(unit)
            except TollbookError:  # said to whoever asks next; here it is only tried again
                self._let_go()
                self._ends.wait(_LATER)
                continue
            if left:
                self._ends.wait(min(_LONGEST, _RATIO * (time.monotonic() - began)))
            else:
                self._awake.wait()
                self._awake.clear()

    def _let_go(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def left(self, kind: str) -> int:
        """How many reports or incidents are to be worked out."""
        row = self._kept.one("SELECT count(*) FROM stale WHERE kind = ?", [kind])
        return int(row[0]) if row else 0

    def counting(self, unit: Unit) -> Counting | None:
        """How far it is; None where all is worked out. Each page asks, so that nothing is counted twice in vain."""
        reports, new, every = self._ahead()
        if not reports and not new:
            return None
        done = self._follower.items.count()
        known = self._claims(unit) if reports else done
        return Counting(done, max(known, done), every - new, every)

    def _ahead(self) -> tuple[int, int, int]:
        """How many reports will be worked out, how many incidents for the first time, and of how many incidents.

        What rests on a text that is gone is not among them: nobody shall wait for it.
        """
        gone: dict[str, list[str]] = {"report": [], "incident": []}
        for kind, name in list(self._gone):
            gone[kind].append(name)
        new = self._kept.one(_NEW, [json.dumps(gone["incident"])])
        every = self._kept.one("SELECT count(*) FROM named")
        reports = max(0, self.left("report") - len(gone["report"]))
        return reports, new[0] if new else 0, every[0] if every else 0

    def _claims(self, unit: Unit) -> int:
        """How many claims are known; counted where more is linked: of a hundred thousand it takes 25 ms."""
        linked = unit.derived().reports()
        if self._known[0] != linked:
            self._known = linked, unit.derived().count_claims()
        return self._known[1]

    def is_left(self, kind: str, name: str) -> bool:
        """True where one of them is to be worked out."""
        return self._kept.one("SELECT 1 FROM stale WHERE kind = ? AND name = ?", [kind, name]) is not None

    def work(self, unit: Unit) -> bool:
        """Work out a portion: reports before incidents. False where nothing is left that can be."""
        if self.reports(unit, _REPORTS):
            return True
        names = self.names("incident", _INCIDENTS)
        return bool(names) and self.incidents(unit, names)

    def names(self, kind: str, most: int) -> list[str]:
        """Those that come first on the list."""
        return [name for name, _ in self._first(kind, most)]

    def _first(self, kind: str, most: int) -> list[tuple[str, int]]:
        asked = "SELECT name, times FROM stale WHERE kind = ? ORDER BY place, name LIMIT ?"
        rows = self._kept.rows(asked, [kind, most + len(self._gone)])
        return [(str(name), int(times)) for name, times in rows if (kind, name) not in self._gone][:most]

    def reports(self, unit: Unit, most: int) -> int:
        """The rows of the claims of reports, as they are read; returns how many reports were worked out."""
        rows = self._first("report", most)
        indexed = Indexed(self._follower.index, unit)
        for key, times in rows:
            name = name_of(key)
            told = unit.report(name)
            try:
                if told is not None:
                    with self._kept.change():
                        self._follower.row(name, indexed.about([told.text_sha256]), unit)
                self._done("report", key, times)
            except TextGone:
                self._gone.add(("report", key))
        return len(rows)

    def incidents(self, unit: Unit, names: list[str]) -> bool:
        """The rows of incidents' claims with what each could change; False where that can't be told now."""
        around = self._view.around(unit)
        if around is None:
            return False
        try:
            for name in names:
                self._incident(name, around, unit)
        except Garbled:
            return False
        return True

    def _incident(self, name: str, around: Around, unit: Unit) -> None:
        row = self._kept.one("SELECT times FROM stale WHERE kind = 'incident' AND name = ?", [name])
        known = around.linking.derived.shown.of(name)
        if known is None or known.id != name:
            self._done("incident", name, row[0] if row else 0)
            return
        record = self._view.part(known, around).whole
        if all(one.id != name for one in record.incidents):
            return  # merged since this look began; the next one finds that
        if any(map(is_gone, record.reports)):
            self._gone.add(("incident", name))
            return
        effects = around.effects(record, {name}, self._rules)
        about = by_claim(record.rulings)
        sentences = {one.report: one.sentences for one in record.readings}
        claims = [one for one in record.claims if one.incident == name]
        told = defaultdict(list)
        for one in claims:
            told[one.report].append(one)
        rows = [
            row
            for report in record.reports
            for row in rows_of(report, told[report.id], sentences.get(report.id, ()), about)
        ]
        with self._kept.change():
            ids = {one.id for one in claims}
            self._follower.items.leave(name, ids)
            self._follower.items.put(rows, dict.fromkeys(ids, name), effects)
            self._follower.items.sum_up(self._summary(record, name))
            self._done("incident", name, row[0] if row else 0)

    def _summary(self, record: Record, name: str) -> Summary:
        incident = next(one for one in record.incidents if one.id == name)
        own = [one for one in record.claims if one.incident == name]
        first = record.rules[0] if record.rules else ""
        findings = [one for one in record.findings if one.incident == name and one.rules.partition("@")[0] == first]
        return summary_of(incident, own, findings, 0)

    def _done(self, kind: str, name: str, times: int) -> None:
        """Off the list, unless it was put there again meanwhile."""
        with self._kept.change() as kept, suppress(KeyError):
            kept.execute("DELETE FROM stale WHERE kind = ? AND name = ? AND times = ?", (kind, name, times))
