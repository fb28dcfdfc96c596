"""Long tasks that people have started: one process each, a few at once, what they tell, and an end to them.

Input: a `Task` and who wants it. Output: a `Job`, which says how far it is and what it came to. Jobs are kept while the
app runs; only who started one sees it.
"""

from __future__ import annotations

import secrets
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from tollbook.errors import TollbookError
from tollbook.review.people import Refused
from tollbook.review.work import Task, Told, run

_AT_ONCE, _KEPT = 2, 50


class Failed(TollbookError):
    """What came of a task that did not end well, as it told it."""

    def __init__(self, message: str, *, what: str | None = None, advice: str | None = None, status: int = 409) -> None:
        super().__init__(message, what=what, advice=advice)
        self.status = status


@dataclass
class Job:
    """One task: `stage`, `done` of `total` (0: not known) while it runs; then `told`, or `error`."""

    id: str
    who: str
    kind: type[Task]
    stage: str = "starting"
    done: int = 0
    total: int = 0
    told: Told | None = None
    error: TollbookError | None = None
    process: SpawnProcess | None = field(default=None, repr=False)

    @property
    def running(self) -> bool:
        return self.told is None and self.error is None


class Jobs:
    """The long tasks of one app."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}

    def check_free(self, who: str) -> None:
        """Raises Refused where this person, or everybody together, has enough running."""
        running = [one for one in self.of_all() if one.running]
        if any(one.who == who for one in running):
            raise Refused("another task of yours is running", 409, advice="wait for it, or stop it")
        if len(running) >= _AT_ONCE:
            raise Refused("others' tasks are running", 409, advice="try again in a minute")

    def start(self, who: str, task: Task, after: ExitStack) -> Job:
        """Begin; `after` is closed when it is over, however it ends."""
        with self._lock, ExitStack() as undo:
            undo.push(after)
            self.check_free(who)
            undo.pop_all()
            job = Job(secrets.token_hex(8), who, type(task))
            self._jobs[job.id] = job
            over = [one for one in self._jobs.values() if not one.running]
            for old in over[:-_KEPT]:
                del self._jobs[old.id]
        threading.Thread(target=_follow, args=(job, task, after), daemon=True, name=f"job {job.id}").start()
        return job

    def of(self, who: str, id: str = "") -> Job:
        """A job of this person. Raises Refused where there is none."""
        job = self._jobs.get(id)
        if job is None or job.who != who:
            raise Refused("there is no such task any more", 404, advice="start it again; what was kept is kept")
        return job

    def of_all(self) -> list[Job]:
        """All that are kept, the first started first."""
        return list(self._jobs.values())

    def last(self, who: str, kind: type[Task]) -> Job | None:
        """The last one of a kind that this person started, which may still run."""
        return next((one for one in reversed(self.of_all()) if one.who == who and one.kind is kind), None)

    def stop(self, job: Job) -> None:
        """Ends it; what it has kept stays."""
        if job.process is not None and job.running:
            job.process.terminate()

    def close(self) -> None:
        """The app ends, and with it all that it has started."""
        for job in self.of_all():
            self.stop(job)


def _follow(job: Job, task: Task, after: ExitStack) -> None:
    """Start the process and listen to it until it ends."""
    # "spawn": a fork would copy locks that other threads of the app hold.
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    told, error = None, Failed("it could not be started; nothing was done", advice="try again")
    try:
        with after, ours:
            job.process = context.Process(target=run, args=(theirs, task), name=f"tollbook job {job.id}")
            job.process.start()
            theirs.close()
            told, error = _heard(job, ours, job.process)
    finally:
        job.error, job.told = error if told is None else None, told


def _heard(job: Job, pipe: Connection, process: SpawnProcess) -> tuple[Told | None, Failed]:
    failed = None
    try:
        while True:
            kind, *rest = pipe.recv()
            if kind == "stage":
                job.stage, job.done, job.total = rest
            elif kind == "done":
                told: Told = rest[0]
                return told, Failed("")
            else:
                message, what, advice, status = rest
                failed = Failed(message, what=what, advice=advice, status=status)
    except EOFError:
        process.join()
    again = "what was kept is kept; the same again goes on from there"
    if process.exitcode and process.exitcode > 0:
        return None, Failed("something went wrong in tollbook itself", advice=again, status=500)
    return None, failed or Failed("it was stopped", advice=again)
