"""What people ruled, in order, as it may be published.

Input: the rulings of a record. Output: a `Decided` each. Worked: event 12 by which somebody rejected a claim is
(12, "2031-05-09T10:00:00Z", "reject", "c7", "", True, "reject: the list names [name 3] as rescued").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from tollbook.model import Ruling
from tollbook.rulings import Fate, standing


@dataclass(frozen=True, slots=True)
class Decided:
    """A ruling: its number in the log, when it was made, what it is about (a claim's ref, an incident's slug or
    neither), whether it still counts, and its words, names masked. Who made it is not told.
    """

    seq: int
    when: str
    action: str
    claim: str
    incident: str
    counts: bool
    said: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """Something that a ruling withholds: its number, what kind of thing, why, and a commitment under a private salt."""

    number: int
    kind: str
    why: str
    commitment: str


class Shown(Protocol):
    """What a dossier knows of its rulings once its pages are made."""

    def ruling(self, ruling: Ruling) -> str: ...

    def about(self, ruling: Ruling) -> str: ...


def decided(rulings: Iterable[Ruling], shown: Shown, slugs: Mapping[str, str]) -> Iterator[Decided]:
    """Every ruling in order; `slugs` are those of incidents by their ids, old ones included."""
    rulings = list(rulings)
    counting = {ruling.seq for ruling in standing(rulings, withdrawals=True)}
    for ruling in rulings:
        incident = slugs.get(str(ruling.values.get("incident")), "")
        counts, said = ruling.seq in counting, shown.ruling(ruling)
        yield Decided(ruling.seq, ruling.when, ruling.action, shown.about(ruling), incident, counts, said)


def taken(one: Fate) -> str:
    """ " (taken back on 10 May 2031: the page was restored)"."""
    if one.withdrawn is None:
        return ""
    when = one.withdrawn.when[:10]
    return f" (taken back on {when}: {one.withdrawn.why})" if when else f" (taken back: {one.withdrawn.why})"
