"""What a rule set is: how it reads words, and how it makes low, best and high of the figures that stand.

A rule set is a value with two functions, so that a method is a program anyone can run: `read` takes a quantity,
`decide` a `Case`. "Dozens were killed" is 24 or more to `range@1`, 12 to `acled@1`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from tollbook.findings.cases import Counted, Sorted, Stated
from tollbook.findings.conflicts import Conflicts
from tollbook.findings.intervals import Interval, added, without
from tollbook.findings.parts import Part
from tollbook.findings.status import Superseded
from tollbook.lexicon.taxonomy import Measure, Taxonomy
from tollbook.model import Claim, Grade, Number, Quantity, SetAside
from tollbook.values import dataclass

Groups = Mapping[str, tuple[Counted, ...]]
Lists = Mapping[tuple[str, str], Sorted]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a rule set takes a quantity to mean: as stated, as far as it may reach, and its one number or None."""

    interval: Interval
    reach: Interval
    point: Number | None


def together(read: Iterable[Meaning]) -> Meaning:
    """What several figures mean added up: one number where each of them has one."""
    some = list(read)
    points = [one.point for one in some if one.point is not None]
    point = sum(points) if len(points) == len(some) else None
    return Meaning(added(one.interval for one in some), added(one.reach for one in some), point)


def remaining(whole: Meaning, gone: Meaning) -> Meaning:
    """What is left of a figure without some of its people: "five" less "one" are four."""
    point = None if whole.point is None or gone.point is None else max(0, whole.point - gone.point)
    return Meaning(without(whole.interval, gone.interval), without(whole.reach, gone.reach), point)


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence on how a count moves or what is counted, the rule it stands by, and the claim that shows it."""

    rule: str
    said: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Case:
    """All that a rule set is given to decide one measure, group and unit of an incident.

    `standing` are totals of the group, `gone` the superseded, `parts` bounds from below (highest first), `conflicts`
    what can't be true together. `grade` is the incident's, `graded` what people graded claims, by their ids,
    `remarks` what a reader should know of how its counts move, `conceded` the reports by which the source of a claim
    says that it did the harm, by the claim's id.
    """

    measure: Measure
    group: str
    unit: str
    standing: tuple[Stated, ...]
    gone: tuple[Superseded, ...]
    parts: tuple[Part, ...]
    conflicts: Conflicts
    incident: str = ""
    grade: Grade | None = None
    graded: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    conceded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a rule set decides, with its steps in sentences; a null is unknown, never zero.

    `aside` are claims that the method does not count, with the reason; they carry no figure.
    """

    low: Number | None
    best: Number | None
    high: Number | None
    steps: tuple[str, ...] = ()
    aside: tuple[SetAside, ...] = ()

    def __post_init__(self) -> None:
        known = [end for end in (self.low, self.best, self.high) if end is not None]
        if known != sorted(known):
            raise ValueError(f"figures need low <= best <= high, not {self.low}, {self.best}, {self.high}")


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A named, versioned method.

    `about` is one line for a list; `covers` says of which measures it makes figures; `regroup` may count groups as one
    that the method does not tell apart, and `left_out` tells why a claim that it then leaves out is set aside. A
    user's own has its `source` (a file's name, a module) and the hash of what is written there; `told` is its text.
    `remeasure` may count what is said of one measure as said of others, `taxonomy` may see a group within another.
    With `supersedes` false a party's earlier total stands beside its later one.
    """

    name: str
    version: int
    about: str
    read: Callable[[Quantity], Meaning]
    decide: Callable[[Case], Figures]
    covers: Callable[[str], bool] = lambda measure: True
    regroup: Callable[[Groups], Groups] = lambda groups: groups
    left_out: str = "its text divides it into civilians and others"
    supersedes: bool = True
    remeasure: Callable[[Lists], Lists] = lambda lists: lists
    taxonomy: Callable[[Taxonomy], Taxonomy] = lambda taxonomy: taxonomy
    source: str | None = None
    sha256: str | None = None
    told: str = ""

    @property
    def id(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def mixes(self) -> bool:
        """True where it makes a figure of more than what is said of its measure."""
        return self.remeasure is not RuleSet.__dataclass_fields__["remeasure"].default
