"""What follows from the log and is kept so that it needn't be worked out each time: values by number, numbers by key.

Input: numbers, keys and values as bytes. Output: the same again in the next process. Nothing here is truth: `mark`
says which code made it and up to which event of the log, and `clear` throws all of it away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from tollbook.store.shown import Names, Shown
from tollbook.store.sql import Sql, key_of, name_of
from tollbook.values import dataclass

V = TypeVar("V")
Form = Callable[[Any], Any]

VALUES = (
    "linked_nodes", "linked_ties", "linked_parts", "linked_part_of", "linked_fresh",
    "text_samples", "text_ties", "text_versions", "text_formulas", "text_credits", "text_drafts", "text_names",
)  # fmt: skip
KEYS = ("linked_keys", "text_keys")
# The keys of each table, and what stands under them.
SHAPES: dict[str, tuple[tuple[str, ...], str | None]] = {
    "linked_reports": (("number", "report"), "nodes"),
    "linked_claims": (("number", "claim"), None),
    "told": (("kind", "name", "detail"), "times"),
    "shown": (("incident", "name", "folded", "claims", "seed"), None),
    "shown_ids": (("id", "incident"), None),
    **dict.fromkeys(VALUES, (("number",), "value")),
    **dict.fromkeys(KEYS, (("key", "place", "number"), None)),
}
_ALL = ("linking", *SHAPES)


@dataclass(frozen=True, slots=True)
class Mark:
    """Which code made what is derived, and the last event of the log that it knows, by number and hash.

    `ruling` is the number of the last ruling by which incidents are shown.
    """

    made_by: str
    event: int
    hash: str
    ruling: int = 0


class Garbled(Exception):
    """A derived value that can't be read: nothing is lost by it, for all that is derived can be made anew."""


class Drawer(MutableMapping[int, V], Generic[V]):
    """Values of one table by number: read on first need, held, and written by `flush` where they changed."""

    def __init__(self, sql: Sql, table: str, pack: Form, unpack: Form) -> None:
        assert table in VALUES
        self._sql, self._table, self._pack, self._unpack = sql, table, pack, unpack
        self._held: dict[int, V] = {}
        self._absent: set[int] = set()
        self._changed: set[int] = set()

    def __getitem__(self, number: int) -> V:
        if number not in self._held:
            if number in self._absent:
                raise KeyError(number)
            row = next(self._sql.rows(f"SELECT value FROM {self._table} WHERE number = ?", [number]), None)
            if row is None:
                self._absent.add(number)
                raise KeyError(number)
            try:
                self._held[number] = self._unpack(row[0])
            except Exception as error:
                raise Garbled(f"{self._table} {number}") from error
        return self._held[number]

    def __setitem__(self, number: int, value: V) -> None:
        self._held[number] = value
        self._absent.discard(number)
        self._changed.add(number)

    def __delitem__(self, number: int) -> None:
        self[number]
        del self._held[number]
        self._absent.add(number)
        self._changed.add(number)

    def __iter__(self) -> Iterator[int]:
        self.flush()
        return (number for (number,) in list(self._sql.stream(f"SELECT number FROM {self._table} ORDER BY number")))

    def __len__(self) -> int:
        self.flush()
        return int(next(self._sql.rows(f"SELECT count(*) FROM {self._table}"))[0])

    def clear(self) -> None:
        """Throw all away."""
        self._sql.do(f"DELETE FROM {self._table}")
        for held in (self._held, self._absent, self._changed):
            held.clear()

    def flush(self) -> None:
        """Write what changed since the last time."""
        upsert = (
            f"INSERT INTO {self._table} (number, value) VALUES (?, ?) "
            "ON CONFLICT (number) DO UPDATE SET value = excluded.value"
        )
        for number in sorted(self._changed):
            if number in self._held:
                self._sql.do(upsert, number, self._pack(self._held[number]))
            else:
                self._sql.do(f"DELETE FROM {self._table} WHERE number = ?", number)
        self._changed.clear()


class KeyTable:
    """Numbers under keys, those of one key in the order of their places, which are bytes."""

    def __init__(self, sql: Sql, table: str) -> None:
        assert table in KEYS
        self._sql, self._table = sql, table

    def put(self, key: int, place: bytes, number: int, /) -> None:
        """Put a number under a key."""
        self._sql.do(f"INSERT INTO {self._table} (key, place, number) VALUES (?, ?, ?)", key, place, number)

    def drop(self, key: int, place: bytes, number: int, /) -> None:
        """Take it away again."""
        self._sql.do(f"DELETE FROM {self._table} WHERE key = ? AND place = ? AND number = ?", key, place, number)

    def after(self, key: int, place: bytes, most: int, /) -> list[tuple[bytes, int]]:
        """The first numbers at a place or behind it."""
        asked = f"SELECT place, number FROM {self._table} WHERE key = ? AND place >= ? ORDER BY place, number LIMIT ?"
        return list(self._sql.rows(asked, (key, place, most)))

    def before(self, key: int, place: bytes, most: int, /) -> list[tuple[bytes, int]]:
        """The last numbers before a place, in order."""
        asked = (
            f"SELECT place, number FROM {self._table} WHERE key = ? AND place < ? "
            "ORDER BY place DESC, number DESC LIMIT ?"
        )
        return list(self._sql.rows(asked, (key, place, most)))[::-1]


class Derived:
    """All that is derived, in one unit of work; `flush` writes what its drawers hold."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._drawers: list[Drawer[Any]] = []

    def mark(self) -> Mark | None:
        """What the rest was made by and up to where; None where there is nothing."""
        row = next(self._sql.rows("SELECT made_by, event, hash, ruling FROM linking"), None)
        return None if row is None else Mark(*row)

    def put_mark(self, mark: Mark) -> None:
        """Say what the rest was made by, and up to which event."""
        self._sql.do("DELETE FROM linking")
        self._sql.do(
            "INSERT INTO linking (one, made_by, event, hash, ruling) VALUES (1, ?, ?, ?, ?)",
            mark.made_by, mark.event, mark.hash, mark.ruling,
        )  # fmt: skip

    def clear(self) -> None:
        """Throw everything away."""
        for table in _ALL:
            self._sql.do(f"DELETE FROM {table}")

    def drawer(self, table: str, pack: Form = int, unpack: Form = int) -> Drawer[Any]:
        """The values of a table, given how they become bytes and come back."""
        self._drawers.append(Drawer(self._sql, table, pack, unpack))
        return self._drawers[-1]

    def keys(self, table: str) -> KeyTable:
        """The keys of a table."""
        return KeyTable(self._sql, table)

    def flush(self) -> None:
        """Write what changed in any drawer."""
        for drawer in self._drawers:
            drawer.flush()

    def rows(self, table: str) -> Iterator[tuple[tuple[Any, ...], Any]]:
        """The rows of a table as they stand, in the order of their keys: key and value, bytes or a number."""
        keys, value = SHAPES[table]
        asked = f"SELECT {', '.join((*keys, value or 'NULL'))} FROM {table} ORDER BY {', '.join(keys)}"
        return ((tuple(key), found) for *key, found in self._sql.rows(asked))

    # ---- what a part of the record asks of the rest ----

    @cached_property
    def names(self) -> Names:
        """What reports say about names."""
        return Names(self._sql)

    @cached_property
    def shown(self) -> Shown:
        """Incidents as they are shown."""
        return Shown(self._sql)

    # ---- reports by number ----

    def known(self, report: str) -> tuple[int, int] | None:
        """The number of a report and how many nodes it has; None for one not linked yet."""
        row = next(self._sql.rows("SELECT number, nodes FROM linked_reports WHERE report = ?", [key_of(report)]), None)
        return None if row is None else (int(row[0]), int(row[1]))

    def enter(self, report: str) -> int:
        """Give a report that is new its number."""
        self._sql.do(
            "INSERT INTO linked_reports (number, report, nodes) "
            "SELECT coalesce(max(number), 0) + 1, ?, 0 FROM linked_reports",
            key_of(report),
        )
        found = self.known(report)
        assert found is not None
        return found[0]

    def count_nodes(self, number: int, nodes: int) -> None:
        """Note how many nodes a report has."""
        self._sql.do("UPDATE linked_reports SET nodes = ? WHERE number = ?", nodes, number)

    def report(self, number: int) -> tuple[str, int]:
        """The id of a report, and how many nodes it has."""
        row = next(self._sql.rows("SELECT report, nodes FROM linked_reports WHERE number = ?", [number]))
        return name_of(row[0]), int(row[1])

    def reports_named(self, name: str) -> list[int]:
        """The numbers of the reports of that id, or of one that ends with it after a slash."""
        known = self.known(name)
        if known is not None:
            return [known[0]]
        like = "%/" + "".join(f"!{sign}" if sign in "!%_" else sign for sign in key_of(name))
        rows = self._sql.rows("SELECT number, report FROM linked_reports WHERE report LIKE ? ESCAPE '!'", [like])
        return sorted(int(number) for number, report in rows if name_of(report).endswith(f"/{name}"))

    def reports(self) -> int:
        """How many reports are linked; nothing is ever taken from among them."""
        return int(next(self._sql.rows("SELECT coalesce(max(number), 0) FROM linked_reports"))[0])

    # ---- claims by node ----

    def put_claims(self, number: int, claims: Iterable[str]) -> None:
        """Say which claims a node has, in place of those it had."""
        self._sql.do("DELETE FROM linked_claims WHERE number = ?", number)
        for claim in claims:
            self._sql.do("INSERT INTO linked_claims (number, claim) VALUES (?, ?)", number, claim)

    def claims(self, number: int) -> list[str]:
        """The claims of a node."""
        asked = "SELECT claim FROM linked_claims WHERE number = ? ORDER BY claim"
        return [str(claim) for (claim,) in self._sql.rows(asked, [number])]

    def count_claims(self) -> int:
        """How many claims all nodes have; one of two reports of the same text is one."""
        return int(next(self._sql.rows("SELECT count(DISTINCT claim) FROM linked_claims"))[0])

    def claims_beginning(self, start: str, most: int) -> list[str]:
        """The first claims whose ids, in hexadecimal, begin so."""
        asked = "SELECT DISTINCT claim FROM linked_claims WHERE claim >= ? AND claim < ? ORDER BY claim LIMIT ?"
        return [str(claim) for (claim,) in self._sql.rows(asked, [start, f"{start}g", most])]

    def nodes(self, claim: str) -> list[int]:
        """The nodes that have a claim: more than one where two reports are one text."""
        asked = "SELECT number FROM linked_claims WHERE claim = ? ORDER BY number"
        return [int(number) for (number,) in self._sql.rows(asked, [claim])]
