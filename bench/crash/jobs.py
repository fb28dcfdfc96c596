"""What is being done when the process dies: a folder to begin with, the commands, and what they should come to.

Input: an empty folder. Output: a `Job` with the tree that it begins with, and, from a run that nothing disturbs, how
often each point is passed and what the project says in the end. Its texts are invented.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from disk import Tree, read_tree, write_tree
from inside import tollbook
from points import POINTS, Point

_PLACES = ("Orlen", "Torvik", "Maresh")
TEXTS = {
    f"r{number}.txt": f"A flood reached {_PLACES[number % 3]} at night. At least {20 + number} people were killed in "
    f"{_PLACES[number % 3]} on {number % 3 + 1} May 2031, the Flood Board said. {number + 3} people were injured, "
    f"according to clinic number {number}."
    for number in range(1, 8)
}
_FIRST = 2
PROJECT, OUT, OUT_ZIP, BACKUP, RESTORED = "p", "out", "out.zip", "b.zip", "r"
_INTO = ("--jobs", "1", "--project", PROJECT)
ADD_FIRST, ADD_REST = ("add", "first", *_INTO), ("add", "rest", *_INTO)
PUBLISH, PUBLISH_ZIP = ("publish", OUT, "--project", PROJECT), ("publish", OUT_ZIP, "--project", PROJECT)
CARRY = ("backup", BACKUP, "--project", PROJECT)


@dataclass(frozen=True)
class Job:
    """A job: the commands that come before, those that are killed, and settings that make its points come sooner."""

    name: str
    before: Sequence[Sequence[str]]
    commands: Sequence[Sequence[str]]
    settings: Mapping[str, Any] = field(default_factory=dict)
    earlier: bool = False
    orphans: bool = False
    tree: Tree = field(default_factory=dict, repr=False)

    @property
    def points(self) -> tuple[tuple[int, Point], ...]:
        """The points that it passes, with their numbers."""
        return tuple((number, point) for number, point in enumerate(POINTS) if point.job == self.name)


def _rule(which: int, action: str, *values: str, why: str) -> tuple[str, ...]:
    return ("rule", f"claim:{which}", action, *values, "--why", why, "--project", PROJECT)


def noted() -> tuple[str, ...]:
    """A ruling on the first claim there is."""
    return _NOTE


_INIT = ("init", PROJECT)
_NOTE = _rule(0, "note", why="seen on the list of 3 May")
JOBS = (
    Job("init", (), (_INIT,)),
    Job("add", (_INIT, ADD_FIRST), (_NOTE, ADD_REST)),
    # Few reports stand for many: 4,000 would be linked in portions without this.
    Job("link", (), (_INIT, ADD_FIRST, ADD_REST), {"tollbook.pipeline.settling.PORTION": 1}),
    Job(
        "rule",
        (_INIT, ADD_FIRST),
        (_NOTE, _rule(1, "reject", why="names those rescued"), _rule(0, "correct", "value=19", why="recounted")),
    ),
    Job(
        "publish",
        (_INIT, ADD_FIRST, PUBLISH, PUBLISH_ZIP, ADD_REST),
        (_NOTE, PUBLISH, PUBLISH_ZIP),
    ),
    Job("backup", (_INIT, ADD_FIRST), (_NOTE, CARRY)),
    Job("restore", (_INIT, ADD_FIRST, CARRY), (("restore", BACKUP, RESTORED),)),
    Job("clean", (_INIT, ADD_FIRST), (_NOTE, ADD_REST), orphans=True),
    Job("migrate", (), (_NOTE, ADD_REST), earlier=True),
)


def prepared(job: Job, folder: Path) -> Job:
    """The job with the tree that it begins with, and ids in place of `claim:0`."""
    tree: Tree = {"first": None, "rest": None}
    for number, (name, text) in enumerate(TEXTS.items()):
        tree[f"{'first' if number < _FIRST else 'rest'}/{name}"] = text.encode()
    write_tree(tree, folder)
    os.chdir(folder)
    if job.earlier:
        _as_the_first_release()
    for command in job.before:
        done(command)
    claims = sorted(_claims()) if Path(PROJECT).exists() else []
    ready = [[_named(word, claims) for word in command] for command in job.commands]
    if job.orphans:
        _leave_orphans(folder / PROJECT / "archive")
    if job.name == "publish":
        (folder / PROJECT / "salt.key").unlink()  # so that this job makes it again
    return replace(job, commands=ready, tree=read_tree(folder))


def _leave_orphans(archive: Path) -> None:
    """What an `add` leaves that was killed: its mark, half-written files, and whole ones that no event tells of."""
    (archive / ".adding-0123").touch()
    for number in range(6):
        place = archive / ("raw", "text")[number % 2] / f"a{number}"
        place.mkdir(exist_ok=True)
        (place / f".part-{number}").write_text("half")
        (place / f"a{number}{'0' * 62}{('', '.txt')[number % 2]}").write_text("whole")


def done(command: Sequence[str]) -> str:
    """A command that must go well, and what it printed."""
    status, told = tollbook(command)
    if status:
        raise RuntimeError(f"{' '.join(command)}: {told}")
    return told


def _claims() -> list[str]:
    from tollbook.pipeline.project import open_project

    with open_project(Path(PROJECT)) as store, store.read() as unit:
        return [claim.id for reading in unit.readings().values() for claim in reading.claims]


def _named(word: str, claims: Sequence[str]) -> str:
    return claims[int(word.removeprefix("claim:"))] if word.startswith("claim:") else word


def _as_the_first_release() -> None:
    """A record at schema 1 with reports and readings, as the first release made it; this process knows no other."""
    from tollbook.pipeline.analyse import read_all
    from tollbook.pipeline.project import Stamp, open_project, reader_of
    from tollbook.reports import InputOptions, gather
    from tollbook.store import migrations, sqlite

    first = migrations.steps()[:1]
    replaced: dict[str, Callable[..., Any]] = {"steps": lambda backend="sqlite": first, "latest": lambda: 1}
    for name, what in replaced.items():
        setattr(sqlite, name, what)
    done(_INIT)
    by, project = Stamp("ann", "2031-05-09T08:00:00Z"), Path(PROJECT)
    reports = gather(["first"], InputOptions(archive=project / "archive")).reports
    with open_project(project) as store, store.write() as unit:
        for report, reading in zip(reports, read_all(reports, jobs=1), strict=True):
            unit.put_report(report, by)
            unit.put_reading(reading, reader_of(project).name, by)
