"""Versions: reports that are one text as a whole, held together by ties, under the number of one of them.

Input: the ties of two reports as they come and go. Output: the reports whose version has another name. A story that a
thousand papers print is one version; that one more prints it costs no look at the thousand.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, MutableMapping
from dataclasses import field

from tollbook.incidents.kept import Keys, Place, SortedKeys
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """Where a text stands in the order of days, and the runs by which it is found."""

    place: Place
    runs: array[int]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two reports, by number, that have one text behind them, the longer last, and how many words they share."""

    words: int
    shorter: int
    longer: int
    copy: bool
    version: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """What is kept of texts: samples by report, ties both ways, versions by one of their reports, formulas, runs."""

    samples: MutableMapping[int, Sample] = field(default_factory=dict)
    ties: MutableMapping[int, Mapping[int, Tie]] = field(default_factory=dict)
    versions: MutableMapping[int, int] = field(default_factory=dict)
    formulas: MutableMapping[int, bool] = field(default_factory=dict)
    keys: Keys = field(default_factory=SortedKeys)


class Versions:
    """Keeps the names of versions up to the ties."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._touched: set[int] = set()
        self._parted = False

    def touch(self, *numbers: int, parted: bool = False) -> None:
        """Note reports that are new or whose ties are others; `parted` where a tie is gone."""
        self._touched.update(numbers)
        self._parted = self._parted or parted

    def drop(self, number: int) -> None:
        """Forget a report that is gone, its ties before it."""
        self._texts.versions.pop(number, None)
        self._touched.discard(number)

    def regroup(self) -> dict[int, int | None]:
        """The reports whose version is another since the last time, with its name: the number of one of its reports."""
        changed: dict[int, int | None] = {}
        if not self._parted:
            self._join(changed)
        done: set[int] = set()
        for number in sorted(self._touched):
            if number in done or (not self._parted and self._is_named(number)):
                continue
            members = self._one_version(number)
            done |= members
            self._name(members, changed)
        self._touched.clear()
        self._parted = False
        return changed

    def _join(self, changed: dict[int, int | None]) -> None:
        """Give each new report the name of the one version that it is tied to, without a look at all of that."""
        versions = self._texts.versions
        for number in self._touched:
            names = {versions.get(other) for other in self._others(number)}
            if number not in versions and len(names) == 1 and (name := names.pop()) is not None:
                versions[number] = changed[number] = name

    def _name(self, members: set[int], changed: dict[int, int | None]) -> None:
        """Give a version the name that most of it has, if it is of one of its reports."""
        versions = self._texts.versions
        named = Counter(versions[member] for member in members if versions.get(member) in members)
        name = min(named, key=lambda one: (-named[one], one), default=min(members)) if len(members) > 1 else None
        for member in members:
            if versions.get(member) != name:
                changed[member] = name
                if name is None:
                    del versions[member]
                else:
                    versions[member] = name

    def _others(self, number: int) -> list[int]:
        return [other for other, tie in self._texts.ties[number].items() if tie.version]

    def _is_named(self, number: int) -> bool:
        """True where all versions of a text have its name already."""
        versions = self._texts.versions
        return all(versions.get(other) == versions.get(number) is not None for other in self._others(number))

    def _one_version(self, number: int) -> set[int]:
        found, ahead = {number}, [number]
        while ahead:
            for other in self._others(ahead.pop()):
                if other not in found:
                    found.add(other)
                    ahead.append(other)
        return found
