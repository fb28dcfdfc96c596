"""Blind double coding at the desk: samples drawn, claims coded apart, and what is hidden until all have coded.

Input: what an editor draws, what coders code. Output: events of the log of kinds of their own, by which no figure
changes; and when nobody has anything left to code, where they differ. Worked: ann and ben have 20 claims; until both
have coded all, neither is shown the other's codings, or any ruling on these claims.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tollbook.errors import UsageError
from tollbook.model import Claim, Record, Ruling
from tollbook.pipeline.claiming import check_fields
from tollbook.pipeline.desk.decided import Index, Indexed
from tollbook.pipeline.desk.hidden import Hidden
from tollbook.pipeline.desk.items import Items
from tollbook.pipeline.desk.pool import Pool
from tollbook.pipeline.desk.values import Changed, Filters
from tollbook.pipeline.desk.view import View
from tollbook.quality import Coding, Part, Task, answers, draw, size_of, tasks_of
from tollbook.quality.tasks import CODING, TASK
from tollbook.rulings import Action, Value, bind, check, standing
from tollbook.store import Stamp, Store, Unit

# What people can make of a claim that they code blind.
CODES = (Action.ACCEPT, Action.REJECT, Action.CORRECT)
_MOST, _NAME, _CODERS = 2000, 200, 20


# A report by its id; None where that can't be told quickly.
Look = Callable[[str, Unit], Record | None]


class _NotQuick(Exception):
    """Only the part of the record around a report can tell."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sample to be drawn: of the claims asked for, so many ("20") or such a share ("10%"), by a seed in words, each
    measure by its share where `by_measure`, for two coders or more.
    """

    name: str
    size: str
    seed: str
    coders: tuple[str, ...]
    asked: Filters
    by_measure: bool = True


class Blind:
    """Tasks of a project, for any number of threads. `ready` has rows for all claims.

    Who may see what, and a claim as it is read, are asked of the `quick` threads, which work out no incident: nobody
    who codes waits for the `pages` of others.
    """

    def __init__(
        self, quick: Pool, pages: Pool, view: View, items: Items, index: Index, ready: Callable[[], None]
    ) -> None:
        self._quick, self._pages, self._view, self._items, self._ready = quick, pages, view, items, ready
        self._index = index
        self._read_at, self._read = (0, 0), dict[tuple[str, str], tuple[Record, Claim] | None]()
        self._turn = threading.Lock()
        self._kept: tuple[tuple[int, int], tuple[Task, ...]] | None = None
        self.hidden = Hidden(quick, items, index, self.tasks)

    # ---- what there is ----

    def tasks(self) -> tuple[Task, ...]:
        """All tasks, the first first."""
        return self._quick.now(self._tasks)

    def task(self, name: str) -> Task:
        """The task of an id. Raises UsageError where there is none."""
        return _named(self.tasks(), name)

    def _tasks(self, unit: Unit) -> tuple[Task, ...]:
        at = (unit.last(TASK), unit.last(CODING))
        with self._turn:
            if self._kept is None or self._kept[0] != at:
                self._kept = (at, read_tasks(unit))
            return self._kept[1]

    def claim(self, part: Part) -> tuple[Record, Claim] | None:
        """The claim of today on a part's words as it is read, in its report; None where no reader reads it so."""
        try:
            return self._quick.now(lambda unit: self._known(part, unit, self._view.leaf))
        except _NotQuick:
            return self._pages.now(lambda unit: self._known(part, unit, self._view.report))

    def _known(self, part: Part, unit: Unit, look: Look) -> tuple[Record, Claim] | None:
        """Worked out once, until reports come or are read anew: a page may show a whole sample."""
        at = (unit.last("report"), unit.last("reading"))
        with self._turn:
            if self._read_at != at or len(self._read) > _MOST:
                self._read_at, self._read = at, {}
            if (part.claim, part.text_sha256) in self._read:
                return self._read[part.claim, part.text_sha256]
        found = _claim(part, unit, look)
        if found is not None:
            record, claim = found
            own = tuple(one for one in record.readings if one.report == claim.report)
            found = (Record(record.reports, claims=(claim,), readings=own), claim)
        with self._turn:
            if self._read_at == at:
                self._read[part.claim, part.text_sha256] = found
        return found

    def rulings(self, part: Part, claim: Claim) -> tuple[Ruling, ...]:
        """The rulings on a claim that stand."""

        def told(unit: Unit) -> Sequence[Ruling]:
            return Indexed(self._index, unit).about([part.text_sha256])

        return bind(standing(self._quick.now(told)), [claim], {claim.report: part.text_sha256}).of(claim.id)

    # ---- what people do ----

    def draw(self, wanted: Wanted, by: Stamp) -> Task:
        """Draw a sample and give it to its coders. Raises UsageError where it can't be, with nothing logged."""
        name, seed = (" ".join(one.split()) for one in (wanted.name, wanted.seed))
        coders = tuple(dict.fromkeys(" ".join(one.split()) for one in wanted.coders if one.strip()))
        if not name or not seed or max(len(name), len(seed)) > _NAME:
            raise UsageError("a sample needs a name and a seed", advice=f"write some words, {_NAME} signs at most")
        if not 2 <= len(coders) <= _CODERS:
            raise UsageError("a sample needs two coders or more", advice="choose who codes it")
        self._ready()
        there = self._items.chosen(wanted.asked)
        size = size_of(wanted.size, len(there))
        if size > _MOST:
            raise UsageError(f"a sample of {size:,} claims is too large", advice=f"draw {_MOST:,} at most")
        drawn = draw({claim: row[1] if wanted.by_measure else "" for claim, row in there.items()}, size, seed)

        def work(store: Store) -> str:
            with store.write() as unit:
                parts = [_part(claim, there[claim][0], unit) for claim in drawn]
                told = {"name": name, "seed": seed, "size": wanted.size.strip(), "coders": list(coders), "parts": parts}
                head = unit.head()
                task = hashlib.sha256(f"{head.hash if head else ''} {json.dumps(told)}".encode()).hexdigest()[:12]
                unit.append(TASK, {"task": task, **told}, by)
                return task

        return self.task(self._pages.do(work))

    def code(self, task: str, claim: str, action: str, values: Mapping[str, Value], note: str, by: Stamp) -> Task:
        """Log what somebody makes of a claim; the same again is one event. Raises UsageError, with nothing logged."""
        now = self.task(task)
        part = next((one for one in now.parts if one.claim == claim), None)
        if part is None or by.who not in now.coders:
            raise UsageError("this claim isn't yours to code", advice="reload the page")
        if action not in CODES:
            raise UsageError(f"a claim is coded by {', '.join(CODES)}, not by '{action}'")
        known = check(action, values, "claim", note or "coded")
        found = self.claim(part)
        if found is None:
            raise UsageError("these words are no longer read as this claim", advice="ask an editor to end the task")
        if known is Action.CORRECT:
            check_fields(known, values)
        answers(found[1], known, values)
        told = {"task": task, "claim": claim, "action": str(known), "values": dict(values), "note": note.strip()}

        def work(store: Store) -> None:
            with store.write() as unit:
                one = _named(self._tasks(unit), task)
                if not one.is_open:
                    raise Changed("all have coded, so that nothing can be changed any more", advice="reload the page")
                before = one.codings.get((claim, by.who))
                if before is None or _told(before) != (told["action"], told["values"], told["note"]):
                    unit.append(CODING, told, by)

        self._quick.do(work)
        return self.task(task)

    def end(self, task: str, by: Stamp) -> Task:
        """End a task before all have coded: what was coded is shown then. Nobody ends what they still code."""
        now = self.task(task)
        if now.is_open:
            if by.who in now.coders and now.done(by.who) < len(now.parts):
                raise UsageError("who has claims left to code can't end the task", advice="code them, or ask another")
            with_end = {"task": task, "ended": True}

            def work(store: Store) -> None:
                with store.write() as unit:
                    unit.append(TASK, with_end, by)

            self._quick.do(work)
        return self.task(task)


def _claim(part: Part, unit: Unit, look: Look) -> tuple[Record, Claim] | None:
    for name in unit.reports_of(part.text_sha256):
        record = look(name, unit)
        if record is None:
            raise _NotQuick
        found = bind([part.bound()], record.claims, {name: part.text_sha256}).bound
        claims = {one.id: one for one in record.claims}
        if found and found[0].claim in claims:
            return record, claims[found[0].claim]
    return None


def read_tasks(unit: Unit) -> tuple[Task, ...]:
    """The tasks that the log tells of."""
    events = sorted((*unit.events(TASK), *unit.events(CODING)), key=lambda one: one.seq)
    return tasks_of((one.seq, one.kind, one.who, one.when, json.loads(one.payload)) for one in events)


def _named(tasks: Sequence[Task], name: str) -> Task:
    found = next((one for one in tasks if one.id == name), None)
    if found is None:
        there = ", ".join(f"{one.id} ({one.name})" for one in tasks[-8:]) or "none"
        raise UsageError(f"no sample '{name}'; there are: {there}", advice="draw one on the page Quality")
    return found


def _told(one: Coding) -> tuple[str, dict[str, Value], str]:
    return one.action, dict(one.values), one.note


def _part(claim: str, report: str, unit: Unit) -> dict[str, object]:
    """A claim's words, by which it is found again."""
    told = unit.report(report)
    claims, _ = unit.claims_in(report, {claim})
    if told is None or not claims:
        raise UsageError(f"claim '{claim}' is no longer there", advice="draw again")
    span = claims[0].span
    where = {"part": span.part, "start": span.start, "end": span.end}
    return {
        "claim": claim,
        "text_sha256": told.text_sha256,
        **where,
        "measure": claims[0].measure,
        "said": claims[0].said,
    }
