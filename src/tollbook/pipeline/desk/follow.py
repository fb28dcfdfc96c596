"""The desk follows the log: whoever wrote to it, what is kept beside it is brought up to its end.

Input: a view of the project, whose log may have gone on. Output: rulings by what they are about, what became of the
claims they are on, and which reports and incidents are to be worked out again. None of it asks for more than what is
new.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection

from tollbook.model import Ruling
from tollbook.pipeline.desk.decided import Index, Indexed, first_of, keyed
from tollbook.pipeline.desk.items import Items
from tollbook.pipeline.desk.kept import Kept
from tollbook.pipeline.desk.parts import Parts
from tollbook.pipeline.desk.rows import by_claim, fate_of, is_exact, on_claims, rows_of
from tollbook.pipeline.linked_by import made_by
from tollbook.pipeline.project_folder import texts_there
from tollbook.pipeline.reach import targets
from tollbook.pipeline.regroup import MOVES
from tollbook.rulings import Action, id_of, with_hand
from tollbook.store import Event, ShownIncident, Unit
from tollbook.store.sql import key_of

_AT_ONCE = 2000
# What of the log says that reports or incidents are others.
_NEWS = frozenset({"report", "reading", "incident", "settled"})
# By which a claim says something else than was read, or is one at all.
_SAYS = frozenset({Action.CORRECT, Action.CLAIM})
_STALE = (
    "INSERT INTO stale (kind, name, place, times) VALUES (?, ?, ?, 1) ON CONFLICT (kind, name) DO UPDATE SET "
    "times = times + 1, place = min(place, excluded.place)"
)
_NAMED = (
    "INSERT INTO named (incident, name, claims, seed) VALUES (?, ?, ?, ?) ON CONFLICT (incident) DO UPDATE SET "
    "name = excluded.name, claims = excluded.claims, seed = excluded.seed"
)
# What was just ruled on is worked out before all else.
_FIRST = -1_000_000_000


class Follower:
    """Keeps rows and parts up to the log; `woken` is called when there is something to work out."""

    def __init__(self, folder: Path, rules: Iterable[str], kept: Kept, parts: Parts, woken: Callable[[], None]) -> None:
        self._folder, self._kept, self._parts, self._woken = folder, kept, parts, woken
        self._rules = " ".join(rules)
        self._at: tuple[int, str, str] | None = None
        self._turn = threading.Lock()
        self.index, self.items = Index(kept), Items(kept)

    def ready(self, unit: Unit) -> None:
        """Take in what the log says since the last time."""
        last, mark = unit.head(), unit.derived().mark()
        if last is None:
            return
        at = (last.seq, last.hash, mark.made_by if mark else "")
        if self._is_at(at):
            return
        with self._turn:
            if self._is_at(at):
                return
            try:
                with self._kept.change() as kept:
                    touched = self._follow(kept, unit, last, f"{self._made_by(unit)} {at[2]}")
            except BaseException:
                self.items.forget()
                raise
            self._at = at
        if touched is None:
            self._parts.clear()
        else:
            self._parts.touch(touched)
        self._woken()

    def _is_at(self, at: tuple[int, str, str]) -> bool:
        """True at this end of the log, linked by the same code, and where another thread has seen a later one."""
        return self._at is not None and (self._at == at or self._at[0] > at[0])

    def _follow(self, kept: Connection, unit: Unit, last: Event, made_by: str) -> set[str] | None:
        """What was ruled on since; None where reports came, or all is new."""
        mark, touched, news = self._mark(unit, made_by), set[str](), False
        others = self._at is not None and mark != self._at[0]
        if others:  # another app on this record has followed the log already, so that what is held here is of before
            self.items.forget()
        if mark is None:
            self._begin(kept, unit)
        else:
            for some in _portions(unit, mark):
                touched |= self._ruled(kept, some, unit)
                news = self._came(kept, some) or news
        if mark is None or news:
            self._compare(kept, unit)
        kept.execute("DELETE FROM mark")
        told = (made_by, last.seq, last.hash)
        kept.execute("INSERT INTO mark (one, made_by, event, hash) VALUES (1, ?, ?, ?)", told)
        return None if mark is None or news or others else touched

    def _made_by(self, unit: Unit) -> str:
        return f"{made_by(self._folder, unit.reader())} {self._rules}"

    def _mark(self, unit: Unit, made_by: str) -> int | None:
        """Up to which event of this log what is kept goes; None where it is of another log, or of other code."""
        row = self._kept.one("SELECT made_by, event, hash FROM mark")
        if row is None or row[0] != made_by:
            return None
        event = unit.event(row[1])
        return int(row[1]) if event is not None and event.hash == row[2] else None

    def _begin(self, kept: Connection, unit: Unit) -> None:
        """Begin anew: every report is to be worked out, with the rulings on it."""
        self._kept.clear()
        self.items.forget()
        kept.executemany(_STALE, [("report", key_of(name), 0) for name in unit.readers()])
        for one, key in keyed(unit.events("ruling")):
            self.index.take(one, key)

    # ---- rulings ----

    def _ruled(self, kept: Connection, some: Iterable[Event], unit: Unit) -> set[str]:
        """Take in the rulings among events; returns the texts and incidents that they touch."""
        touched, claims = set[str](), dict[str, tuple[str, bool]]()
        indexed = Indexed(self.index, unit)
        moved = False
        for one, key in keyed(some):
            touched |= self.index.take(one, key)
            root = first_of(one, indexed)
            moved = moved or root.action in MOVES
            touched |= {*targets(root)}
            claim = id_of(root)
            if claim and root.text_sha256:
                says_else = claims.get(claim, ("", False))[1] or root.action in _SAYS
                claims[claim] = (root.text_sha256, says_else)
                touched.add(self.items.incident_of(claim))
        for claim, (text, says_else) in claims.items():
            self._decide(claim, text, says_else, unit, indexed)
        self._look(kept, unit, touched, moved=moved)
        return touched

    def _decide(self, claim: str, text: str, says_else: bool, unit: Unit, indexed: Indexed) -> None:
        """What became of a claim by the rulings on it; its row anew where it says something else now."""
        rulings = indexed.about([text])
        for report in unit.reports_of(text):
            ids = set(self.items.claims_of(report))
            exact = is_exact(rulings, ids)
            if exact and claim in ids and not says_else:
                bound = [replace(one, claim=id_of(one) or None) for one in rulings]
                self.items.decide(claim, fate_of(by_claim(bound).get(claim, ())))
            else:
                self.row(report, rulings, unit, {claim} if exact else None)

    def row(self, report: str, rulings: Iterable[Ruling], unit: Unit, only: set[str] | None = None) -> None:
        """The rows of a report's claims anew, or of those that are `only`; incidents stay as they are known."""
        told, (claims, sentences) = unit.report(report), unit.claims_in(report)
        if told is None:
            return
        whole = replace(told, text=texts_there(self._folder)(told.text_sha256))
        rulings = tuple(rulings)
        every = with_hand(rulings, claims, [whole])
        about = on_claims(every, rulings, {report: told.text_sha256})
        some = [one for one in every if only is None or one.id in only]
        self.items.drop({*(only or self.items.claims_of(report))} - {one.id for one in every})
        shown = unit.derived().shown
        there = {}
        for one in some:
            home = self.items.incident_of(one.id) or unit.home(one.id) or ""
            known = shown.of(home) if home else None
            there[one.id] = known.id if known else ""
        self.items.put(rows_of(whole, some, sentences, about), there)

    # ---- reports and incidents ----

    def _came(self, kept: Connection, some: Iterable[Event]) -> bool:
        """Note which reports came or were read anew, and which incidents got claims; False where none did."""
        news = [event for event in some if event.kind in _NEWS]
        for event in news:
            told = json.loads(event.payload)
            if event.kind == "incident":
                kept.execute(_STALE, ("incident", told["incident"], _FIRST))
            elif event.kind != "settled":
                kept.execute(_STALE, ("report", key_of(told["id" if event.kind == "report" else "report"]), 0))
        return bool(news)

    def _compare(self, kept: Connection, unit: Unit) -> None:
        """Incidents that are called or made otherwise than when they were last looked at are to be worked out."""
        known = {str(row[0]): row for row in self._kept.rows("SELECT incident, name, claims, seed FROM named")}
        for one in unit.derived().shown.all():
            if known.pop(one.id, None) != _row(one):
                self._name(kept, one, -one.claims)
        for gone in known:
            self._drop(kept, gone)

    def _look(self, kept: Connection, unit: Unit, names: set[str], *, moved: bool) -> None:
        """The incidents of some ids are to be worked out; where claims moved, they may be others by now."""
        shown = unit.derived().shown
        for name in sorted(names):
            is_named = self._kept.one("SELECT 1 FROM named WHERE incident = ?", [name]) is not None
            if is_named or moved:
                one = shown.of(name)
                if one is not None:
                    self._name(kept, one, _FIRST)
                if is_named and (one is None or one.id != name):
                    self._drop(kept, name)

    def _name(self, kept: Connection, one: ShownIncident, place: int) -> None:
        kept.execute(_NAMED, _row(one))
        kept.execute(_STALE, ("incident", one.id, place))

    def _drop(self, kept: Connection, gone: str) -> None:
        kept.execute("DELETE FROM named WHERE incident = ?", (gone,))
        kept.execute("DELETE FROM stale WHERE kind = 'incident' AND name = ?", (gone,))
        self.items.leave(gone, ())


def _portions(unit: Unit, after: int) -> Iterator[list[Event]]:
    while some := unit.portion(after, _AT_ONCE):
        yield some
        after = some[-1].seq


def _row(one: ShownIncident) -> tuple[str, str, int, str]:
    return one.id, key_of(one.name), one.claims, one.seed
