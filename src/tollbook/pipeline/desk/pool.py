"""Threads that each have the record open, so that nobody who asks waits for it to be opened.

Input: a folder and how many. Output: what a question to a view of the record comes to, in the thread that asks. A
connection that was lost, as by a restart of the database, is opened again: a question is then asked once more.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, local
from typing import TypeVar

from tollbook.errors import ConnectionLost, StoreError
from tollbook.pipeline.project_folder import open_project
from tollbook.store import Store, Unit

T = TypeVar("T")


class Pool:
    """So many threads; `ask` may be called from any other. `ready` has the desk know all that a view's log says."""

    def __init__(self, folder: Path, threads: int, ready: Callable[[Unit], None], name: str = "desk") -> None:
        self._folder, self._size, self._ready = folder, threads, ready
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._own = local()

    def ask(self, question: Callable[[Unit], T]) -> T:
        """What a question comes to, asked of the record as it stands."""
        return self._threads.submit(self._read, question).result()

    def now(self, question: Callable[[Unit], T]) -> T:
        """What a question comes to, with the desk at the end of the log."""

        def asked(unit: Unit) -> T:
            self._ready(unit)
            return question(unit)

        return self.ask(asked)

    def do(self, work: Callable[[Store], T]) -> T:
        """What some work with the store comes to; `work` opens its units itself."""
        return self._threads.submit(self._with_store, work).result()

    def close(self) -> None:
        """End the threads, after what they are at; each closes what it has open."""
        together = Barrier(self._size)
        for _ in range(self._size):
            self._threads.submit(self._leave, together)
        self._threads.shutdown()

    def _leave(self, together: Barrier) -> None:
        together.wait()  # so that each thread comes here once
        store: Store | None = getattr(self._own, "store", None)
        if store is not None:
            store.close()

    def _read(self, question: Callable[[Unit], T]) -> T:
        def asked(store: Store) -> T:
            with store.read() as unit:
                return question(unit)

        try:
            return self._with_store(asked)
        except ConnectionLost:  # it changes nothing, so that it can be asked again
            return self._with_store(asked)

    def _with_store(self, work: Callable[[Store], T]) -> T:
        store: Store | None = getattr(self._own, "store", None)
        if store is None:
            store = self._own.store = open_project(self._folder)
        try:
            return work(store)
        except StoreError:  # perhaps the connection: the next one begins anew
            self._own.store = None
            store.close()
            raise
