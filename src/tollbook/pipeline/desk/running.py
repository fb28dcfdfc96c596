"""The desk itself: one for each server, for any number of threads. Time comes in from who asks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from tollbook.errors import StoreError, TollbookError, UsageError
from tollbook.findings import Ruled, apply_rulings
from tollbook.model import Claim, Incident, Record, Ruling
from tollbook.pipeline.desk.background import Worker
from tollbook.pipeline.desk.blind import Blind
from tollbook.pipeline.desk.decided import Indexed
from tollbook.pipeline.desk.follow import Follower
from tollbook.pipeline.desk.kept import Kept
from tollbook.pipeline.desk.leases import Leases
from tollbook.pipeline.desk.meanwhile import check_meanwhile
from tollbook.pipeline.desk.parts import Parts
from tollbook.pipeline.desk.pool import Pool
from tollbook.pipeline.desk.summaries import Summary
from tollbook.pipeline.desk.values import Choices, Counting, Filters, Item, Order, Outcome, Progress
from tollbook.pipeline.desk.view import View
from tollbook.pipeline.desk.writer import SWIFT, Slow, Writer, check_order, check_same
from tollbook.pipeline.history import History
from tollbook.pipeline.ruling import rule
from tollbook.pipeline.settling import settle
from tollbook.rulings import Action
from tollbook.store import ShownIncident, Stamp, Store, Unit

T = TypeVar("T")
# Threads that work out what pages show: more would only take turns.
_THREADS = 3
# And threads for what works out no part of the record, so that nobody waits for pages of others with it.
_QUICK = 2
# So many reports are made into rows while somebody waits for the queue; more are made behind it.
_AT_ONCE = 60


class Desk:
    """A project as it stands, and what people do to it. Raises TollbookError where something is wrong, as commands do.

    Names of people are as the reports have them: those who review read the reports. `start` has the order of the queue
    worked out in a thread of its own; `close` ends all threads.
    """

    def __init__(self, folder: Path, rules: Sequence[str] = ("range",)) -> None:
        self._folder, self._rules, self._closed = folder, tuple(rules), False
        self._pool = Pool(folder, _THREADS, lambda unit: self._follower.ready(unit))
        self._quick = Pool(folder, _QUICK, lambda unit: self._follower.ready(unit), "desk-quick")
        self._parts, self._leases, self._slow = Parts(), Leases(), threading.Lock()
        try:
            self._pool.ask(Unit.head)  # says at once where there is no project
            self._kept = Kept(folder)
        except BaseException:
            self._pool.close()
            self._quick.close()
            raise
        self._follower = Follower(folder, self._rules, self._kept, self._parts, self._woken)
        self._view = View(folder, self._rules, self._parts, self._follower.index)
        self._worker = Worker(folder, self._rules, self._kept, self._follower, self._view)
        self.blind = Blind(
            self._quick, self._pool, self._view, self._follower.items, self._follower.index, self._up_to_date
        )
        self._writer = Writer(folder, lambda unit: Indexed(self._follower.index, unit), self._follower.ready)

    def _woken(self) -> None:
        self._view.forget()
        self._worker.wake()

    # ---- beginning and end ----

    def start(self) -> None:
        """Work out in a thread what each claim could change, those of the largest incidents first."""
        self._worker.start()

    def close(self) -> None:
        """End all threads, after what waits is written; closing twice does no harm."""
        if self._closed:
            return
        self._closed = True
        self._writer.close()
        self._worker.close()
        self._pool.close()
        self._quick.close()
        self._kept.close()

    def link(self, by: Stamp) -> bool:
        """Link what another release, or an `add` that was stopped, left unlinked; False where nothing was to be done.

        Until then what is shown is worked out from the whole record, which in a large one takes long.
        """
        if self._ask(self._view.is_current):
            return False

        def work(store: Store) -> None:
            with store.read() as unit:
                reader = unit.reader()
            settle(store, self._folder, reader, by)

        self._pool.do(work)
        return True

    def work_off(self) -> None:
        """Work out all that is left for the queue, now."""
        while self._ask(self._worker.work):
            pass

    def left(self) -> int:
        """How many reports and incidents are still to be worked out for the order of the queue."""
        return self._worker.left("report") + self._worker.left("incident")

    def counting(self) -> Counting | None:
        """How far it is while claims, or incidents that are new, are still being worked out; None where all are."""
        return self._quick.now(self._worker.counting)

    # ---- what there is ----

    def head(self) -> int:
        """The number of the log's last event."""
        last = self._quick.ask(Unit.head)
        return last.seq if last else 0

    def incidents(self) -> list[ShownIncident]:
        """All incidents as they are called, those of most claims first."""
        return self._ask(self._view.incidents)

    def summaries(self, who: str = "") -> list[Summary]:
        """All incidents with their best known figure and what is left to do on them, those of most claims first.

        Of those that were not worked out yet it tells the name and how many claims there are: nobody waits for them.
        """
        hidden = self.blind.hidden.incidents(who)
        found = self._quick.now(lambda unit: self._follower.items.summaries())
        return [one.hidden() if one.id in hidden else one for one in found]

    def incident(self, name: str) -> tuple[Record, Incident]:
        """The incident of an id, the beginning of one, an alias or a name; and the record around it with its findings.

        The record's claims are as read; `ruled(record)` says how they count. Its rulings are those about these claims,
        bound to them, and about the incident.
        """
        return self._ask(lambda unit: self._view.incident(name, unit))

    def report(self, name: str) -> Record:
        """One report with its text, claims, reading and the rulings about it; its incidents and their findings."""
        return self._ask(lambda unit: self._view.report(name, unit))

    def claim(self, name: str) -> tuple[Record, Claim]:
        """The claim of an id or the beginning of one, and a record of its report: text, claims, reading, rulings.

        It is told without its incident wherever that can be, for that of a large one takes seconds.
        """
        quick = self._quick.now(lambda unit: self._view.claim_alone(name, unit))
        return quick or self._ask(lambda unit: self._view.claim(name, unit))

    def ruled(self, some: Record) -> Ruled:
        """The claims of a record as they count, which are rejected and why, which are accepted."""
        return apply_rulings(some.claims, some.rulings, {one.id: one.text_sha256 for one in some.reports})

    def history(self, name: str) -> History:
        """Every field's history, of a claim or an incident."""
        return self._ask(lambda unit: self._view.history(name, unit))

    # ---- what people do ----

    def rule(self, order: Order, by: Stamp) -> Outcome:
        """Log a decision. It is on disk when this returns.

        Raises UsageError where it can't be, `Changed` where the thing was ruled on since it was looked at; nothing is
        logged then.
        """
        order = check_order(order)
        if self._closed:
            raise StoreError("the app is being stopped; this was not kept", what=str(self._folder), advice="try again")
        if self.blind.hidden.codes(by.who, order.target):
            raise UsageError("you code this claim blind, with others", advice="code it on the page Coding")
        of = (order.target, order.values.get("into")) if order.action == Action.MERGE else ()
        if any(self.blind.hidden.covers(by.who, "incident", str(one)) for one in of if one):
            raise UsageError("you code claims of this incident blind, with others", advice="wait until all have coded")
        settled = None
        if order.action == Action.CORRECT:  # a date or a place is of the claim as its incident settles it
            with_claim = _quiet(lambda: self.claim(order.target))
            settled = with_claim[1] if with_claim else None
        try:
            if order.action not in SWIFT:
                raise Slow
            return self._writer.rule(order, by, settled)
        except Slow:
            return self._rule_slowly(order, by)

    def _rule_slowly(self, order: Order, by: Stamp) -> Outcome:
        """As `tollbook rule` does it, one after the other."""

        def check(draft: Ruling, unit: Unit) -> None:
            self._follower.ready(unit)
            check_meanwhile(draft, order, Indexed(self._follower.index, unit), unit)

        with self._slow:
            known = self._ask(lambda unit: Indexed(self._follower.index, unit).of_key(by.who, order.key))
            if order.key and known is not None:
                return Outcome(check_same(known, order), self.head(), again=True)
            before = self.head()
            made = rule(self._folder, order.target, order.action, order.values, order.why, by, order.key, check)
            self._ask(lambda unit: None)
            return Outcome(made, self.head(), again=made.seq <= before)

    # ---- the queue ----

    def queue(self, asked: Filters, who: str, most: int = 20, after: str = "") -> list[Item]:
        """Claims to look at, those first whose ruling could change most, then of low confidence; without those that
        somebody else has before them. `after` is the last claim of the page before.
        """
        asked = self.prepared(asked)
        but, hidden = self.blind.hidden.claims(who), self.blind.hidden.incidents(who)
        found = self._follower.items.of(asked, self._leases.holders(), who, most, after, but)
        return [one.hidden() if one.incident in hidden else one for one in found]

    def progress(self, asked: Filters, who: str = "") -> Progress:
        """How far the claims asked for are, without those that somebody codes blind."""
        asked = self.prepared(asked)
        return self._follower.items.progress(asked, self._leases.holders(), self.blind.hidden.claims(who))

    def choices(self) -> Choices:
        """What filters of the queue can ask for."""
        self.prepared(Filters())
        return self._follower.items.choices()

    def hold(self, who: str, claims: Sequence[str], now: float) -> list[str]:
        """Those of the claims that are this person's now, for five minutes; what else they held is given back.

        A page pings with what it shows, and with none when somebody leaves; `now` is in seconds of a clock that all
        calls share.
        """
        return self._leases.take(who, claims, now)

    def _up_to_date(self) -> None:
        """Have rows for all claims. Raises UsageError while they are still being worked out."""
        self.prepared(Filters())
        if left := self._worker.left("report"):
            raise UsageError(f"{left:,} reports are still being looked at", advice="try again in a minute")

    def prepared(self, asked: Filters) -> Filters:
        """Have rows for what is asked: of reports that came, where they are few, and of the incident that is named.

        What comes back asks the same, of the incident by the id that it has now.
        An incident that has rows is worked out anew behind what people do: of 3,000 claims that takes many seconds.
        """
        asked = self._quick.now(lambda unit: _by_id(asked, unit))
        if self._some_left() or self._is_new(asked.incident):
            self._ask(lambda unit: self._work_out(asked.incident, unit))
        return asked

    def _work_out(self, incident: str, unit: Unit) -> None:
        if self._some_left():
            self._worker.reports(unit, _AT_ONCE)
        if self._is_new(incident):
            self._worker.incidents(unit, [incident])

    def _some_left(self) -> bool:
        """True where few reports are left, or no claim at all could be told of."""
        left = self._worker.left("report")
        return 0 < left <= _AT_ONCE or (left > 0 and self._follower.items.is_empty())

    def _is_new(self, incident: str) -> bool:
        """True for an incident of which no claim can be told yet."""
        items = self._follower.items
        return incident != "" and self._worker.is_left("incident", incident) and not items.has(incident)

    def _ask(self, question: Callable[[Unit], T]) -> T:
        return self._pool.now(question)


def _by_id(asked: Filters, unit: Unit) -> Filters:
    """What is asked, of an incident by the id that it has now."""
    shown = unit.derived().shown.of(asked.incident) if asked.incident else None
    return asked if shown is None else replace(asked, incident=shown.id)


def _quiet(question: Callable[[], T]) -> T | None:
    """None where it can't be told; whoever asks next says why."""
    try:
        return question()
    except TollbookError:
        return None
