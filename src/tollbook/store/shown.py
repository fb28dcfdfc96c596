"""What a part of the record asks of the rest: what is said about names, and which incidents are shown under which ids.

Input: numbers, words and ids. Output: the same again where they are asked for, each by an index. It follows from the
log like all that is derived, under the same mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from tollbook.store.sql import Sql, key_of, name_of
from tollbook.values import dataclass

Clue = tuple[str, str, str]
# Ids are hexadecimal: what begins with "3fa" lies between "3fa" and "3fag".
_BEHIND = "g"


class Names:
    """Counts how many reports say each thing about names; asked once for each name."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self.has = cache(self._has)
        self.details = cache(self._details)

    def _has(self, kind: str, name: str) -> bool:
        asked = "SELECT 1 FROM told WHERE kind = ? AND name = ? LIMIT 1"
        return next(self._sql.rows(asked, [kind, key_of(name)]), None) is not None

    def _details(self, kind: str, name: str) -> Sequence[str]:
        asked = "SELECT detail FROM told WHERE kind = ? AND name = ?"
        return sorted(name_of(detail) for (detail,) in self._sql.rows(asked, [kind, key_of(name)]))

    def add(self, times: Mapping[Clue, int]) -> None:
        """Count more of some and fewer of others."""
        for clue, more in sorted(times.items()):
            kind, name, detail = clue[0], key_of(clue[1]), key_of(clue[2])
            if more > 0:
                self._sql.do(
                    "INSERT INTO told (kind, name, detail, times) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (kind, name, detail) DO UPDATE SET times = told.times + excluded.times",
                    kind, name, detail, more,
                )  # fmt: skip
            elif more < 0:
                where = "WHERE kind = ? AND name = ? AND detail = ?"
                self._sql.do(f"UPDATE told SET times = times + ? {where}", more, kind, name, detail)
                self._sql.do(f"DELETE FROM told {where} AND times < 1", kind, name, detail)

    def all(self) -> dict[Clue, int]:
        """Everything, counted."""
        rows = self._sql.rows("SELECT kind, name, detail, times FROM told")
        return {(kind, name_of(name), name_of(detail)): int(times) for kind, name, detail, times in rows}


@dataclass(frozen=True, slots=True, order=True)
class ShownIncident:
    """An incident as it is shown: how many claims it has, one of them by which it is found, and its other ids."""

    id: str
    name: str
    claims: int
    seed: str
    aliases: tuple[str, ...] = ()


class Shown:
    """Incidents as they are shown, by id, by name and by the claims they have."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def put(self, incidents: Iterable[ShownIncident]) -> None:
        """Show these, each in place of what its id showed before."""
        for one in incidents:
            self._sql.do(
                "INSERT INTO shown (incident, name, folded, claims, seed) VALUES (?, ?, ?, ?, ?)",
                one.id, key_of(one.name), key_of(one.name.casefold()), one.claims, one.seed,
            )  # fmt: skip
            for name in (one.id, *one.aliases):
                self._sql.do("DELETE FROM shown_ids WHERE id = ?", name)
                self._sql.do("INSERT INTO shown_ids (id, incident) VALUES (?, ?)", name, one.id)

    def drop(self, ids: Iterable[str]) -> None:
        """Show those of these ids no more, nor under other ids."""
        for name in ids:
            self._sql.do("DELETE FROM shown WHERE incident = ?", name)
            self._sql.do("DELETE FROM shown_ids WHERE incident = ?", name)

    def of(self, name: str) -> ShownIncident | None:
        """The incident of an id."""
        asked = f"{_SHOWN} WHERE incident = (SELECT incident FROM shown_ids WHERE id = ?)"
        return next(map(self._incident, list(self._sql.rows(asked, [name]))), None)

    def beginning(self, start: str, most: int) -> list[str]:
        """The first ids that begin so."""
        asked = "SELECT id FROM shown_ids WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
        return [str(name) for (name,) in self._sql.rows(asked, [start, start + _BEHIND, most])]

    def called(self, name: str) -> list[ShownIncident]:
        """The incidents of a name, whatever its capitals."""
        asked = f"{_SHOWN} WHERE folded = ? ORDER BY incident"
        return list(map(self._incident, list(self._sql.rows(asked, [key_of(name.casefold())]))))

    def all(self) -> list[ShownIncident]:
        """Every incident."""
        aliases: dict[str, list[str]] = {}
        for name, incident in self._sql.rows("SELECT id, incident FROM shown_ids WHERE id <> incident ORDER BY id"):
            aliases.setdefault(incident, []).append(name)
        rows = self._sql.rows(f"{_SHOWN} ORDER BY incident")
        return [
            ShownIncident(one, name_of(name), int(claims), seed, tuple(aliases.get(one, ())))
            for one, name, claims, seed in rows
        ]

    def size(self) -> int:
        """How many incidents there are."""
        return int(next(self._sql.rows("SELECT count(*) FROM shown"))[0])

    def _incident(self, row: tuple[str, str, int, str]) -> ShownIncident:
        asked = "SELECT id FROM shown_ids WHERE incident = ? AND id <> ? ORDER BY id"
        aliases = tuple(str(name) for (name,) in self._sql.rows(asked, [row[0], row[0]]))
        return ShownIncident(row[0], name_of(row[1]), int(row[2]), row[3], aliases)


_SHOWN = "SELECT incident, name, claims, seed FROM shown"
