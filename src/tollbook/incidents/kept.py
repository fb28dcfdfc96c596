"""What linking keeps from one report to the next, wherever it lies: mappings by number, and numbers under keys.

Input: nothing; these are the forms. A run keeps all in memory, in dicts and `SortedKeys`; a project gives mappings and
keys that lie in its store, and the same code links its reports. Nothing here knows which.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Protocol

# Where a number stands under its keys, as bytes that sort; the first four tell its day.
Place = bytes
FIRST: Place = b""


class Keys(Protocol):
    """Numbers under keys, those of one key in the order of their places."""

    def put(self, key: int, place: Place, number: int, /) -> None:
        """Put a number under a key; it stands at the same place under all its keys."""

    def drop(self, key: int, place: Place, number: int, /) -> None:
        """Take it away again."""

    def after(self, key: int, place: Place, most: int, /) -> list[tuple[Place, int]]:
        """The first numbers at a place or behind it."""

    def before(self, key: int, place: Place, most: int, /) -> list[tuple[Place, int]]:
        """The last numbers before a place, in order."""


class SortedKeys:
    """Keys in memory; most have one number, which is held without a list."""

    def __init__(self) -> None:
        self._numbers: dict[int, int | list[int]] = {}
        self._places: dict[int, Place] = {}

    def put(self, key: int, place: Place, number: int, /) -> None:
        self._places[number] = place
        if key not in self._numbers:
            self._numbers[key] = number
            return
        members = self._members(key)
        members.insert(self._at(members, place), number)
        self._numbers[key] = members

    def drop(self, key: int, place: Place, number: int, /) -> None:
        members = self._members(key)
        members.remove(number)
        if members:
            self._numbers[key] = members
        else:
            del self._numbers[key]

    def after(self, key: int, place: Place, most: int, /) -> list[tuple[Place, int]]:
        members = self._members(key)
        at = self._at(members, place)
        return [(self._places[number], number) for number in members[at : at + most]]

    def before(self, key: int, place: Place, most: int, /) -> list[tuple[Place, int]]:
        members = self._members(key)
        at = self._at(members, place)
        return [(self._places[number], number) for number in members[max(0, at - most) : at]]

    def _members(self, key: int) -> list[int]:
        found = self._numbers.get(key, [])
        return [found] if isinstance(found, int) else found

    def _at(self, members: list[int], place: Place) -> int:
        return bisect_left(members, place, key=self._places.__getitem__) if place else 0
