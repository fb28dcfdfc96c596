"""One thread writes: the rulings that wait are one transaction, and each is told only when that is on disk.

Input: orders of any number of people at once. Output: an `Outcome` for each, or its error. An order that can't be is
told so and leaves no trace; the others with it are kept.
"""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path

from tollbook.errors import ConnectionLost, StoreError, TollbookError, UsageError
from tollbook.model import Claim, Ruling
from tollbook.pipeline.desk.book import DeskBook
from tollbook.pipeline.desk.decided import Indexed
from tollbook.pipeline.desk.meanwhile import check_added, check_meanwhile
from tollbook.pipeline.desk.values import Order, Outcome
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.project_folder import open_project
from tollbook.pipeline.regroup import MOVES
from tollbook.pipeline.ruling import draft_of, said_last
from tollbook.pipeline.showing import show_ruled
from tollbook.rulings import Action
from tollbook.store import Stamp, Store, Unit
from tollbook.values import dataclass

# So many rulings are one transaction at most.
AT_ONCE = 64
# What is ruled within one transaction with others; all else is asked of more than its own thing.
SWIFT = frozenset(
    {
        Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.LINK, Action.UNLINK, Action.MERGE, Action.SPLIT,
        Action.CLAIM, Action.TIE, Action.CONFIRM, Action.RETURN, Action.GRADE, Action.ACTORS, Action.NOTE,
        Action.WITHDRAW,
    }
)  # fmt: skip


_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Slow(Exception):
    """A ruling that asks for more than the writer has at hand: it is made as `tollbook rule` makes it."""


@dataclass(slots=True)
class _Waiting:
    order: Order
    by: Stamp
    settled: Claim | None
    told: Future[Outcome] = field(default_factory=Future)


class Writer:
    """Takes orders until it is closed. `ready(unit)` has the index know all rulings of the log; it is called before a
    transaction writes any, and again when that is on disk, before those who ordered them are told so.
    """

    def __init__(self, folder: Path, indexed: Callable[[Unit], Indexed], ready: Callable[[Unit], None]) -> None:
        self._folder, self._indexed, self._ready = folder, indexed, ready
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._store: Store | None = None
        self._thread = threading.Thread(target=self._run, name="desk-writer", daemon=True)
        self._thread.start()

    def rule(self, order: Order, by: Stamp, settled: Claim | None = None) -> Outcome:
        """The ruling, on disk. Raises what is wrong with it; `Slow` where it can't be made here."""
        one = _Waiting(order, by, settled)
        self._waiting.put(one)
        return one.told.result()

    def close(self) -> None:
        """End, after what waits."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            some, last = [first], False
            while len(some) < AT_ONCE and not self._waiting.empty():
                one = self._waiting.get()
                if one is None:
                    last = True
                    break
                some.append(one)
            self._write(some)
            if last:
                break
        if self._store is not None:
            self._store.close()

    def _write(self, some: list[_Waiting]) -> None:
        """One transaction for all; where it fails, none of them is told as kept."""
        try:
            told = self._kept(some)
        except BaseException as error:
            for one in some:
                one.told.set_exception(error)
            return
        # The log has them: what follows from it, were that not to be written now, is caught up with later.
        with suppress(TollbookError), self._opened().read() as unit:
            self._ready(unit)
        for one, came in told:
            if isinstance(came, Outcome):
                one.told.set_result(came)
            else:
                one.told.set_exception(came)

    def _kept(self, some: list[_Waiting]) -> list[tuple[_Waiting, Outcome | Exception]]:
        """What came of each. A connection that was lost is opened again, and all is sent once more: what has a key and
        was kept all the same is found by it.
        """
        again = self._store is not None
        while True:
            try:
                with self._opened().write() as unit:
                    return self._enter(some, unit)
            except StoreError as error:
                if self._store is not None:
                    self._store.close()
                    self._store = None
                if not again or not isinstance(error, ConnectionLost):
                    raise
                again = False

    def _opened(self) -> Store:
        if self._store is None:
            self._store = open_project(self._folder)
        return self._store

    def _enter(self, some: list[_Waiting], unit: Unit) -> list[tuple[_Waiting, Outcome | Exception]]:
        self._ready(unit)
        indexed, linking = self._indexed(unit), Linking(unit, self._folder, unit.reader())
        batch = Batch(unit, self._folder, linking, indexed)
        told: list[tuple[_Waiting, Outcome | Exception]] = []
        for one in some:
            try:
                told.append((one, batch.put(one.order, one.by, one.settled)))
            except (TollbookError, Slow) as error:
                if isinstance(error, StoreError):
                    raise
                told.append((one, error))
        batch.show()
        return told


class Batch:
    """Rulings of one transaction, each checked against those before it."""

    def __init__(self, unit: Unit, folder: Path, linking: Linking, indexed: Indexed) -> None:
        self._unit, self._folder, self._linking, self._indexed = unit, folder, linking, indexed
        self._shows = unit.is_settled() and linking.is_linked()

    def put(self, order: Order, by: Stamp, settled: Claim | None) -> Outcome:
        """Put a ruling into the log. Raises UsageError or `Changed`, with nothing written."""
        if order.key and (known := self._indexed.of_key(by.who, order.key)) is not None:
            return self._again(check_same(known, order))
        if order.action not in SWIFT or (order.action in MOVES and not self._shows):
            raise Slow
        if order.action == Action.CLAIM and not order.values.get("incident"):
            raise Slow  # which of the report's it is asks for all that they rest on
        book = DeskBook(self._unit, self._folder, self._linking, self._indexed, order.target, settled)
        try:
            draft = draft_of(book, order.target, order.action, order.values, order.why, by)
        except UsageError:
            if not self._shows:
                raise Slow from None  # what came since it was linked may have it
            if order.action == Action.CLAIM and book.words is not None:
                check_added(book.words, order, by.who, self._indexed)
            raise
        check_meanwhile(draft, order, self._indexed, self._unit)
        same = said_last(draft, book.rulings)
        if same is not None:
            return self._again(same)
        made = self._unit.put_ruling(draft, order.key)
        self._indexed.add(made, order.key)
        return Outcome(made, made.seq)

    def show(self) -> None:
        """Have the incidents shown as the rulings want them."""
        if self._shows and self._indexed.new:
            show_ruled(self._linking, self._unit, self._folder, self._indexed)

    def _again(self, made: Ruling) -> Outcome:
        head = self._unit.head()
        return Outcome(made, head.seq if head else 0, again=True)


def check_order(order: Order) -> Order:
    """An order that can be looked at: its key is one, a ruling to withdraw is named by its sign."""
    if order.key and not _KEY.fullmatch(order.key):
        raise UsageError("is no key of a ruling", what=repr(order.key), advice="use 8 to 64 letters, digits, '-', '_'")
    if order.action == Action.WITHDRAW and not order.target.startswith("#"):
        return replace(order, target=f"#{order.target}")
    return order


def check_same(known: Ruling, order: Order) -> Ruling:
    """The ruling that a key was used for. Raises UsageError where that is another one."""
    if known.action != order.action:
        wrong = f"this key was used for another ruling, #{known.seq} ({known.action})"
        raise UsageError(wrong, advice="reload the page")
    return known
