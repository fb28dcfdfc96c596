"""Tasks of blind coding as they stand, from the events of the log that tell of them. Pure.

Input: events `task` (a sample, its coders; or its end) and `coding` in order, as JSON values. Output: `Task`s. Worked:
ann and ben have 20 claims; ann coded 20, ben 19: nothing is shown to anybody until ben's last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from tollbook.model import Ruling, Span
from tollbook.rulings import Value
from tollbook.values import dataclass

# The kinds of events that tell of tasks.
TASK, CODING = "task", "coding"


@dataclass(frozen=True, slots=True)
class Part:
    """One claim of a sample, bound to its words as a ruling is."""

    claim: str
    text_sha256: str
    span: Span
    measure: str
    said: str

    def bound(self) -> Ruling:
        """As a ruling on these words, so that what newer readers make of them is found as for rulings."""
        return Ruling(0, "note", "", "", "", self.claim, self.text_sha256, self.span, self.measure, {}, self.said)


@dataclass(frozen=True, slots=True)
class Coding:
    """What one person made of one claim, by the event of that number; a later one takes its place."""

    seq: int
    who: str
    when: str
    claim: str
    action: str
    values: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A sample and its coders; `codings` by claim and coder. `ended` is who ended it before all had coded."""

    id: str
    name: str
    seed: str
    by: str
    when: str
    coders: tuple[str, ...]
    parts: tuple[Part, ...]
    codings: Mapping[tuple[str, str], Coding] = field(default_factory=dict)
    ended: str = ""

    @property
    def is_open(self) -> bool:
        """True while anybody has something left to code: until then nobody sees what others coded."""
        return not self.ended and len(self.codings) < len(self.parts) * len(self.coders)

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(one.claim for one in self.parts)

    def done(self, who: str) -> int:
        """How many claims this person has coded."""
        return sum((claim, who) in self.codings for claim in self.claims)

    def of(self, claim: str) -> list[Coding]:
        """The codings of one claim, in the order of the coders."""
        return [one for who in self.coders if (one := self.codings.get((claim, who))) is not None]


def tasks_of(events: Iterable[tuple[int, str, str, str, Mapping[str, Any]]]) -> tuple[Task, ...]:
    """The tasks that events (number, kind, who, when, what they say) tell of, the first first."""
    found: dict[str, dict[str, Any]] = {}
    codings: dict[str, dict[tuple[str, str], Coding]] = {}
    for seq, kind, who, when, told in events:
        name = str(told["task"])
        if kind == TASK and "parts" in told:
            found[name] = {**told, "by": who, "when": when}
        elif kind == TASK and name in found:
            found[name]["ended"] = who
        elif kind == CODING and name in found:
            one = Coding(seq, who, when, told["claim"], told["action"], told.get("values", {}), told.get("note", ""))
            codings.setdefault(name, {})[one.claim, who] = one
    return tuple(_task(told, codings.get(name, {})) for name, told in found.items())


def _task(told: Mapping[str, Any], codings: Mapping[tuple[str, str], Coding]) -> Task:
    parts = tuple(
        Part(one["claim"], one["text_sha256"], Span(one["start"], one["end"], one["part"]), one["measure"], one["said"])
        for one in told["parts"]
    )
    return Task(
        told["task"], told["name"], told["seed"], told["by"], told["when"], tuple(told["coders"]), parts, codings,
        told.get("ended", ""),
    )  # fmt: skip
