"""What must hold after a kill or a loss of power: asked by a process that has seen nothing of what was before.

Input: a job's folder as it was left, and what had been told. Output: lines on what is wrong; none where all is well.
`goes_on` then does the job's commands again, and compares with a run that nothing disturbed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from inside import tollbook
from jobs import BACKUP, PROJECT, RESTORED, Job, done

# What nobody refers to once a command that writes there has ended well.
# What a command says where it was done already, and only its telling was cut off: that it is whole is looked at.
_THERE = ("is a project already", f"{BACKUP}: is there already", f"{RESTORED}: holds files that are not of this import")
_LEFTOVERS = re.compile(r"\.part-.*|\..*\.partial")


def stands(kept: dict[int, str], told: int, job: Job) -> Iterator[str]:
    """What is wrong with a project at once, before anybody mends anything: `kept` are events known to be kept."""
    if not any(Path(PROJECT, name).exists() for name in ("tollbook.sqlite", "store.toml")):
        if job.before or kept or told or job.earlier:
            yield "the record is gone"
        return
    yield from _log(kept)
    yield from _halves()
    status, said = tollbook(("verify", "--project", PROJECT))
    if status:
        yield f"verify: {said.strip()}"
    for out in published(job.before):
        yield from whole(out, must=True)
    yield from _carried(must=False)


def published(commands: Sequence[Sequence[str]]) -> list[str]:
    """Where commands publish to."""
    return [command[1] for command in commands if command[0] == "publish"]


def _log(kept: dict[int, str]) -> Iterator[str]:
    from tollbook.pipeline.project import open_project

    with open_project(Path(PROJECT)) as store, store.read() as unit:
        found = {event.seq: event.hash for event in unit.events()}
    lost = [seq for seq, mark in kept.items() if found.get(seq) != mark]
    if lost:
        yield f"acknowledged events are lost: {lost}"


def _halves() -> Iterator[str]:
    """Items of which one part is there and another isn't."""
    from tollbook.pipeline.project import open_project

    with open_project(Path(PROJECT)) as store, store.read() as unit:
        reports = {row.key[0] for row in unit.table("reports")}
        read = set(unit.readers())
        incidents = {str(incident) for (incident,) in unit._sql.rows("SELECT incident FROM incidents")}
        lived_in = set(unit.homes().values())
    if reports != read:
        yield f"reports without a reading, or readings without a report: {sorted(reports ^ read)}"
    if incidents != lived_in:
        yield f"incidents without claims: {sorted(incidents - lived_in)}"


def whole(out: str, *, must: bool) -> Iterator[str]:
    """A bundle is there, every file of it as its sums and its log say, or was never there."""
    if not Path(out).exists():
        if must:
            yield f"{out} is gone"
        return
    status, said = tollbook(("verify", out))
    if status:
        yield f"{out}: {said.strip()}"


def _carried(*, must: bool) -> Iterator[str]:
    """A backup makes a project again, and a restored project is whole, or neither is there."""
    if Path(BACKUP).exists():
        status, said = tollbook(("restore", BACKUP, "tried"))
        shutil.rmtree("tried", ignore_errors=True)
        if status:
            yield f"{BACKUP}: {said.strip()}"
    if Path(RESTORED).exists():
        status, said = tollbook(("verify", "--project", RESTORED))
        if status:
            yield f"{RESTORED}: {said.strip()}"
    if must and not (Path(BACKUP).exists() or Path(RESTORED).exists()):
        yield "nothing was carried"


# ---- going on ----


def goes_on(job: Job, told: int, wanted: dict[str, Any]) -> Iterator[str]:
    """What is wrong once the commands not yet told to be done were done: they must come to the very same record."""
    for number, command in enumerate(job.commands):
        if number < told and command[0] != "publish":  # which sweeps, each time, what was left where it writes
            continue
        status, said = tollbook(command)
        if status and not any(reason in said for reason in _THERE):
            yield f"{command[0]} again: {said.strip()}"
            return
    status, said = tollbook(("verify", "--project", PROJECT))
    if status:
        yield f"verify at the end: {said.strip()}"
    found = summary()
    for part in wanted:
        if found[part] != wanted[part]:
            yield f"another record at the end: {part}"
    for out in published(job.commands):
        yield from whole(out, must=True)
    yield from _carried(must=job.name in ("backup", "restore"))
    left = [str(path) for path in Path().rglob("*") if _LEFTOVERS.fullmatch(path.name)]
    if left:
        yield f"orphans: {left}"


def summary() -> dict[str, Any]:
    """What a project says, up to the ids of incidents, the numbers of rulings and the times."""
    from tollbook.pipeline.project import record

    now = record(Path(PROJECT))
    members = {one.id: "+".join(one.claims) for one in now.incidents}
    return {
        "reports": now.reports,
        "claims": [replace(one, incident=members.get(one.incident or "")) for one in now.claims],
        "incidents": sorted((*one.claims, one.name, str(one.date)) for one in now.incidents),
        "findings": sorted(repr(replace(one, incident=members[one.incident])) for one in now.findings),
        "rulings": [repr(replace(one, seq=0, when="")) for one in now.rulings],
        "archive": archive(),
    }


def archive() -> list[str]:
    """The files of the archive; the time is in those that say how a report came."""
    names: Sequence[Path] = sorted(path for path in Path(PROJECT, "archive").rglob("*") if path.is_file())
    return [str(path) for path in names if path.name != ".lock"]


def undisturbed(job: Job) -> dict[str, Any]:
    """What the job comes to when nothing happens."""
    for command in job.commands:
        done(command)
    return summary()
