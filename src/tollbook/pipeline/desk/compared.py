"""Where people differ who coded the same claims apart, field by field; how far they agree.

Input: tasks that are at their end, and the desk's `Blind`. Output: `Compared` claims, and an `Agreement` a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tollbook.errors import UsageError
from tollbook.model import Claim, Record
from tollbook.pipeline.desk.blind import CODES, Blind
from tollbook.quality import FIELDS, Agreement, Coding, Part, Task, agreement, answers
from tollbook.quality.answers import MEASURED, Answer


@dataclass(frozen=True, slots=True)
class Compared:
    """One claim of a task as each made of it: coder → field → answer. `differ` are the fields in which they differ.

    `ruled` is the number of the ruling that was made since all had coded, 0 for none; `answers` is empty, `record` and
    `claim` are None, where these words are no longer read as this claim.
    """

    task: Task
    part: Part
    codings: tuple[Coding, ...]
    answers: Mapping[str, Mapping[str, Answer]]
    differ: tuple[str, ...]
    ruled: int = 0
    record: Record | None = None
    claim: Claim | None = None


def compared(blind: Blind, tasks: Iterable[Task]) -> list[Compared]:
    """Each claim of the tasks that are at their end, in the order drawn; of an open one nothing is told."""
    return [_one(blind, task, part) for task in tasks if not task.is_open for part in task.parts]


def _one(blind: Blind, task: Task, part: Part) -> Compared:
    codings = tuple(task.of(part.claim))
    found = blind.claim(part)
    if found is None:
        return Compared(task, part, codings, {}, ())
    record, claim = found
    told: dict[str, Mapping[str, Answer]] = {}
    for one in codings:
        try:
            told[one.who] = answers(claim, one.action, one.values)
        except UsageError:  # it fitted what was read then
            continue
    last = max((one.seq for one in codings), default=0)
    ruled = max((one.seq for one in blind.rulings(part, claim) if one.seq > last and one.action in CODES), default=0)
    return Compared(task, part, codings, told, _differ(list(told.values())), ruled, record, claim)


def _differ(told: Sequence[Mapping[str, Answer]]) -> tuple[str, ...]:
    """The fields of which two people gave different answers."""
    return tuple(name for name in FIELDS if len({one[name] for one in told if name in one}) > 1)


def agreements(some: Iterable[Compared]) -> list[Agreement]:
    """How far people agree on each field; each claim of each task is a unit."""
    told = list(some)
    return [
        agreement(
            name,
            [
                (who, f"{one.task.id} {one.part.claim}", answer[name])
                for one in told
                for who, answer in one.answers.items()
                if name in answer
            ],
            "ratio" if name == MEASURED else "nominal",
        )
        for name in FIELDS
    ]
