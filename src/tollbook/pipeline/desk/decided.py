"""Rulings by what they are about, so that none asks for all that were ever made.

Input: rulings as they enter the log. Output: those about a text, an incident, or of a sender's key. A ruling that takes
another back is about all that that one is about.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence

from tollbook.model import Ruling
from tollbook.pipeline.desk.kept import Kept
from tollbook.pipeline.reach import targets
from tollbook.pipeline.regroup import MOVES
from tollbook.rulings import Action, id_of, standing, tied_to
from tollbook.store import Event, Unit
from tollbook.store.payloads import key_in, ruling_in

_HELD = 20_000


class Index:
    """The rulings that `kept` knows, by their names; what they say is in the log, of which some are held."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._turn = threading.Lock()
        self._held: dict[int, Ruling] = {}

    def take(self, ruling: Ruling, key: str = "") -> set[str]:
        """Note what a ruling of the log is about, and return that."""
        names, moves = self.names(ruling)
        rows = [(name, ruling.seq, int(moves)) for name in sorted(names | ({_key(ruling.who, key)} if key else set()))]
        with self._kept.change() as kept:
            kept.executemany("INSERT OR REPLACE INTO ruled (name, seq, moves) VALUES (?, ?, ?)", rows)
        return names

    def names(self, ruling: Ruling) -> tuple[set[str], bool]:
        """What a ruling is about, and whether it moves claims or takes such a ruling back."""
        if ruling.action != Action.WITHDRAW:
            return _names(ruling), ruling.action in MOVES
        asked = "SELECT name, moves FROM ruled WHERE seq = ?"
        of = [(str(name), moves) for name, moves in self._kept.rows(asked, [ruling.values["ruling"]])]
        names = {name for name, _ in of if not name.startswith(_KEY)}
        return {f"#{ruling.values['ruling']}", *names}, any(moves for _, moves in of)

    def numbers(self, names: Iterable[str], *, moves: bool = False) -> set[int]:
        """The numbers of the rulings about any of some names."""
        asked = f"SELECT seq FROM ruled WHERE name = ?{' AND moves = 1' if moves else ''}"
        return {int(seq) for name in set(names) for (seq,) in self._kept.rows(asked, [name])}

    def moved_after(self, seq: int) -> set[int]:
        """The numbers of the rulings after one that move claims, or take such a ruling back."""
        return {int(one) for (one,) in self._kept.rows("SELECT seq FROM ruled WHERE seq > ? AND moves = 1", [seq])}

    def names_beginning(self, start: str) -> list[str]:
        """What rulings are about that begins so; the rest of it is hexadecimal."""
        asked = "SELECT DISTINCT name FROM ruled WHERE name >= ? AND name < ?"
        return [str(name) for (name,) in self._kept.rows(asked, [start, f"{start}g"])]

    def of_key(self, who: str, key: str) -> int | None:
        """The number of the ruling that somebody sent by a key."""
        return next(iter(self.numbers([_key(who, key)])), None)

    def rulings(self, numbers: Iterable[int], unit: Unit) -> list[Ruling]:
        """The rulings of these numbers, in order; `unit` has nothing that isn't kept yet."""
        wanted = sorted(set(numbers))
        with self._turn:
            found = {seq: self._held[seq] for seq in wanted if seq in self._held}
        new = {one.seq: one for one in unit.rulings_of(seq for seq in wanted if seq not in found)}
        with self._turn:
            self._held |= new
            if len(self._held) > _HELD:
                self._held = new
        return [one for seq in wanted if (one := found.get(seq) or new.get(seq)) is not None]


class Indexed:
    """Rulings by what they are about, in one unit of work; `new` are those that it adds, kept when it is."""

    def __init__(self, index: Index, unit: Unit) -> None:
        self._index, self._unit = index, unit
        self.new: dict[int, Ruling] = {}
        self._keys: dict[str, int] = {}
        self._about: dict[str, set[int]] = {}

    def add(self, ruling: Ruling, key: str) -> None:
        """Take in a ruling that this unit of work has put into the log."""
        names, _ = self._index.names(ruling)
        taken = self.new.get(int(ruling.values.get("ruling") or 0))
        while taken is not None:  # of a ruling as new as this one
            names |= {f"#{taken.seq}", *self._index.names(taken)[0]}
            taken = self.new.get(int(taken.values.get("ruling") or 0))
        self.new[ruling.seq] = ruling
        for name in names:
            self._about.setdefault(name, set()).add(ruling.seq)
        if key:
            self._keys[_key(ruling.who, key)] = ruling.seq

    def of_key(self, who: str, key: str) -> Ruling | None:
        """The ruling that somebody sent by a key."""
        number = self._keys.get(_key(who, key)) or self._index.of_key(who, key)
        return None if number is None else next(iter(self.of(number)), None)

    def of(self, *numbers: int) -> list[Ruling]:
        """The rulings of these numbers, in order."""
        old = self._index.rulings((seq for seq in numbers if seq not in self.new), self._unit)
        return [*old, *(self.new[seq] for seq in sorted(numbers) if seq in self.new)]

    def every(self) -> Sequence[Ruling]:
        return self._unit.rulings()

    def about(self, names: Iterable[str], *, after: int = 0) -> Sequence[Ruling]:
        wanted = set(names)
        fresh = (seq for name in wanted for seq in self._about.get(name, ()))
        return self.of(*(seq for seq in {*self._index.numbers(wanted), *fresh} if seq > after))

    def moved_after(self, seq: int) -> Sequence[Ruling]:
        """The rulings after a number that move claims, and those that take such ones back."""
        fresh = (one for one in self.new if one > seq and first_of(self.new[one], self).action in MOVES)
        return self.of(*{*self._index.moved_after(seq), *fresh})

    def made_of(self, claims: Iterable[str]) -> Sequence[Ruling]:
        return _made(self.about(f"{_MADE}{claim}" for claim in claims))

    def made_beginning(self, given: str) -> Sequence[Ruling]:
        start = f"{_MADE}{given}"
        fresh = (name for name in self._about if name.startswith(start))
        return _made(self.about({*self._index.names_beginning(start), *fresh}))

    def moves(self, names: Iterable[str]) -> Sequence[Ruling]:
        wanted = set(names)
        fresh = (seq for name in wanted for seq in self._about.get(name, ()))
        found = self.of(*{*self._index.numbers(wanted, moves=True), *fresh})
        return [one for one in standing(found) if one.action in MOVES]


def keyed(events: Iterable[Event]) -> Iterator[tuple[Ruling, str]]:
    """The rulings among events, each with its sender's key."""
    return ((ruling_in(event), key_in(event)) for event in events if event.kind == "ruling")


def first_of(one: Ruling, indexed: Indexed) -> Ruling:
    """The ruling that a chain of withdrawals begins with."""
    while one.action == Action.WITHDRAW:
        found = indexed.of(int(one.values["ruling"] or 0))
        if not found:
            break
        one = found[0]
    return one


_KEY, _MADE = "key ", "made "


def _made(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The rulings that still stand by which claims were made, the last of each claim."""
    return [*{id_of(one): one for one in standing(rulings) if one.action == Action.CLAIM}.values()]


def _names(ruling: Ruling) -> set[str]:
    named = {str(ruling.values[name]) for name in ("incident", "report") if ruling.values.get(name)}
    made = {f"{_MADE}{id_of(ruling)}"} if ruling.action == Action.CLAIM else set()
    other = tied_to(ruling)
    texts = {text for one in (ruling, other) if one is not None and (text := one.text_sha256)}
    return {*texts, *named, *made, *targets(ruling)}


def _key(who: str, key: str) -> str:
    return f"{_KEY}{key} {who}"
