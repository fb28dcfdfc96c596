"""What people ruled, in order, as it may be published.

Input: the rulings of a record. Output: a `Decided` each. Worked: event 12 by which somebody rejected a claim is
(12, "2031-05-09T10:00:00Z", "reject", "c7", "", True, "reject: the list names [name 3] as rescued").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from tollbook.dossiers.figures import day
from tollbook.model import Ruling
from tollbook.rulings import Action, Fate, standing
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that a ruling changed: its name, what it was (empty where that isn't known), and what it is since."""

    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A ruling: its number in the log, when it was made, what it is about (a claim's ref, an incident's slug or
    neither), whether it still counts, and its words, names masked. Who made it is not told.

    `takes_back` is the number of the ruling that a withdrawal is about, `why` the reason alone, `taken` says when and
    why it was taken back, `changes` are what it made otherwise.
    """

    seq: int
    when: str
    action: str
    claim: str
    incident: str
    counts: bool
    said: str
    takes_back: int = 0
    why: str = ""
    taken: str = ""
    changes: tuple[Changed, ...] = ()


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

    def why(self, ruling: Ruling) -> tuple[str, str]: ...


def decided(
    rulings: Iterable[Ruling], shown: Shown, slugs: Mapping[str, str], changes: Mapping[int, tuple[Changed, ...]]
) -> Iterator[Decided]:
    """Every ruling in order; `slugs` are those of incidents by their ids, old ones included, `changes` what each made
    otherwise, by its number.
    """
    rulings = list(rulings)
    counting = {ruling.seq for ruling in standing(rulings, withdrawals=True)}
    for ruling in rulings:
        incident = slugs.get(str(ruling.values.get("incident")), "")
        counts, said = ruling.seq in counting, shown.ruling(ruling)
        back = int(ruling.values.get("ruling") or 0) if ruling.action == Action.WITHDRAW else 0
        yield Decided(
            ruling.seq, ruling.when, ruling.action, shown.about(ruling), incident, counts, said, back,
            *shown.why(ruling), changes.get(ruling.seq, ()),
        )  # fmt: skip


def in_words(when: str) -> str:
    """ "9 May 2031" of an instant; what is none stays empty."""
    try:
        return day(dt.date.fromisoformat(when[:10]))
    except ValueError:
        return ""


def taken(one: Fate) -> str:
    """ " (taken back on 10 May 2031: the page was restored)"."""
    if one.withdrawn is None:
        return ""
    when = in_words(one.withdrawn.when)
    return f" (taken back on {when}: {one.withdrawn.why})" if when else f" (taken back: {one.withdrawn.why})"
