"""Which published figure each report and each ruling moved, from what to what.

Input: `Shift`s as the rule sets give them, and what `Came`. Output: a `Moved` and an `Arrived` each, with texts that
may be shown. Worked: ruling 12 made "killed" of an incident 31 by range@1, which was 31–44 before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from tollbook.dossiers.figures import column_order, interval, label, number
from tollbook.dossiers.masking import Masker
from tollbook.model import Finding, Number


@dataclass(frozen=True, slots=True)
class Figure:
    """What of a published figure can change."""

    low: Number | None
    best: Number | None
    high: Number | None
    status: str = ""
    grade: str | None = None

    @classmethod
    def of(cls, finding: Finding) -> Figure:
        """That of a finding."""
        return cls(*(getattr(finding, name) for name in FIELDS))


# By these two states of a figure are told apart, of one record and of two bundles.
FIELDS = tuple(one.name for one in fields(Figure))


@dataclass(frozen=True, slots=True)
class Shift:
    """A figure before and after an event of the log, by one rule set; None where no figure stood, or none does.

    `event` is the ruling, or the first of the reports that came together. `incident` is the id that it had then.
    """

    event: int
    incident: str
    rules: str
    measure: str
    group: str
    unit: str
    was: Figure | None
    now: Figure | None


@dataclass(frozen=True, slots=True)
class Came:
    """Reports that came on one day: the event of the first, when the last came, which; the incidents that they told of
    first, and all that were there since of those that they may have changed.
    """

    event: int
    when: str
    reports: tuple[str, ...]
    began: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """A shift in words: the event, the incident's slug, what is counted, by which rule sets, from, to.

    `disputed` says that it is since, `joined` that it was of an incident that is a part of this one since.
    """

    event: int
    slug: str
    label: str
    rules: str
    was: str
    now: str
    disputed: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    """Reports that came: the event, the time, their numbers; the slugs of the incidents first told of then, and of
    those that were told of before.
    """

    event: int
    when: str
    reports: tuple[str, ...]
    began: tuple[str, ...]
    known: tuple[str, ...]


def moved(
    shifts: Iterable[Shift], slugs: Mapping[str, str], today: frozenset[str], untold: frozenset[int], masker: Masker
) -> tuple[Moved, ...]:
    """What may be told of some shifts: nothing of those that came of a ruling of which nothing may be told.

    `slugs` are of incidents by all their ids, `today` the ids that they have now. Of one event they come in the order
    in which people ask, and rule sets that say the same are told together.
    """
    ordered = sorted(shifts, key=lambda one: (one.event, column_order((one.measure, one.group, one.unit))))
    return tuple(_gathered(
        Moved(
            one.event, slugs[one.incident], masker.text(label(one.measure, one.group, one.unit)), one.rules,
            *_told(one.was, one.now, one.incident not in today),
            one.now is not None and one.now.status == "disputed", one.incident not in today,
        )
        for one in ordered
        if one.event not in untold and one.incident in slugs
    ))  # fmt: skip


def _gathered(some: Iterable[Moved]) -> Iterable[Moved]:
    found: dict[Moved, list[str]] = {}
    for one in some:
        found.setdefault(replace(one, rules=""), []).append(one.rules)
    return (replace(one, rules=", ".join(dict.fromkeys(rules))) for one, rules in found.items())


def arrived(came: Iterable[Came], slugs: Mapping[str, str], refs: Mapping[str, str]) -> tuple[Arrived, ...]:
    """What may be told of reports that came: those that are shown, by their numbers (`refs`)."""
    return tuple(
        Arrived(
            one.event, one.when, tuple(sorted((refs[name] for name in one.reports if name in refs), key=_number)),
            tuple(dict.fromkeys(slugs[name] for name in one.began if name in slugs)),
            tuple(dict.fromkeys(slugs[name] for name in one.there if name in slugs and name not in one.began)),
        )
        for one in came
    )  # fmt: skip


def _number(ref: str) -> int:
    return int(ref[1:])


def _told(was: Figure | None, now: Figure | None, joined: bool) -> tuple[str, str]:
    """Both in words; the best, the status and the grade only where they say what the interval doesn't.

    What an incident had that `joined` another is gone from it alone.
    """
    status = was is not None and now is not None and was.status != now.status
    grade = was is not None and now is not None and was.grade != now.grade
    gone = joined and now is None
    return _words(was, status, grade), "counted here since" if gone else _words(now, status, grade)


def _words(one: Figure | None, status: bool, grade: bool) -> str:
    if one is None:
        return "no figure"
    best = f" (best {number(one.best)})" if one.best is not None and one.low != one.high else ""
    more = [one.status if status else "", f"graded {one.grade or 'none'}" if grade else ""]
    return ", ".join(filter(None, [f"{interval(one.low, one.high)}{best}", *more]))
