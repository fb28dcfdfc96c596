"""What is hidden from whoever codes claims blind, until all have coded: these claims, and what shows rulings on them.

Input: the tasks, and who asks. Output: the claims, their incidents, and whether a page or a ruling is about them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tollbook.pipeline.desk.decided import Index, Indexed, first_of
from tollbook.pipeline.desk.items import Items
from tollbook.pipeline.desk.pool import Pool
from tollbook.quality import Part, Task
from tollbook.store import Unit


class Hidden:
    """For any number of threads; asks the `quick` ones alone."""

    def __init__(self, quick: Pool, items: Items, index: Index, tasks: Callable[[], Sequence[Task]]) -> None:
        self._quick, self._items, self._index, self._tasks = quick, items, index, tasks

    def claims(self, who: str) -> frozenset[str]:
        """The claims that somebody codes blind: no ruling or coding of them may be shown to them."""
        return frozenset(one.claim for one in self._parts(who))

    def incidents(self, who: str) -> frozenset[str]:
        """The incidents of these claims, whose figures show what was ruled on them."""
        parts = self._parts(who)
        if not parts:
            return frozenset()
        return self._quick.now(lambda unit: frozenset(self._homes((one.claim for one in parts), unit)))

    def codes(self, who: str, target: str) -> bool:
        """True where a ruling's target is a claim that somebody codes blind, by its id or the beginning of one, or a
        ruling on its words, by its number as "#41".
        """
        parts = self._parts(who) if target else []
        if parts and target.startswith("#"):
            return self._quick.now(lambda unit: self._is_on(target, parts, unit))
        return any(one.claim.startswith(target) for one in parts)

    def covers(self, who: str, kind: str, name: str) -> bool:
        """True where the page of a "claim", "report" or "incident" would show what is hidden from somebody.

        A report is shown beside its incident, and an incident's rulings beside each of its reports.
        """
        parts = self._parts(who)
        if not parts or (kind == "claim" and self.codes(who, name)):
            return bool(parts)
        return self._quick.now(lambda unit: self._is_beside(kind, name, parts, unit))

    def _parts(self, who: str) -> list[Part]:
        return [part for one in self._tasks() if one.is_open and who in one.coders for part in one.parts]

    def _is_on(self, number: str, parts: Sequence[Part], unit: Unit) -> bool:
        """Whether a ruling, or the one that it takes back, is on the words of one of these parts."""
        digits, indexed = number.removeprefix("#"), Indexed(self._index, unit)
        found = indexed.of(int(digits)) if digits.isdecimal() else ()
        words = {(one.text_sha256, one.span) for one in parts}
        return any((first.text_sha256, first.span) in words for one in found for first in (first_of(one, indexed),))

    def _is_beside(self, kind: str, name: str, parts: Sequence[Part], unit: Unit) -> bool:
        incidents = self._homes((one.claim for one in parts), unit)
        if kind == "incident":
            return _shown(name, unit) in incidents
        report = name if kind == "report" else self._items.report_of(name)
        if any(report in unit.reports_of(text) for text in {one.text_sha256 for one in parts}):
            return True
        return not incidents.isdisjoint(self._homes(self._items.claims_of(report), unit))

    def _homes(self, claims: Iterable[str], unit: Unit) -> set[str]:
        """The incidents of claims, as they are called now; those that were moved lately in their old one too."""
        known = {home for one in claims for home in (self._items.incident_of(one), unit.home(one)) if home}
        return {_shown(one, unit) for one in known}


def _shown(name: str, unit: Unit) -> str:
    """The id of an incident as it is now, by an old one, the beginning of one or its name too."""
    every = unit.derived().shown
    found = every.of(name)
    if found is None:
        some = (one for one in every.all() if one.name == name or (len(name) >= 4 and one.id.startswith(name)))
        found = next(some, None)
    return found.id if found else name
