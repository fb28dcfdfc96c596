"""Where a name lies: places by name, from a small SQLite file made at build time and a user's own overlay.

Input: a name and the countries that the report speaks of. Output: `Candidate`s, the likeliest first: "Khojaly" gives
the town in AZ. The file comes from GeoNames (CC BY 4.0) by `tools/build_gazetteer.py`; it is opened at the first
look-up, read-only, and nothing is loaded into memory.
"""

from __future__ import annotations

import math
import sqlite3
import tomllib
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from tollbook.errors import UsageError
from tollbook.model import Place
from tollbook.text import fold

Kind = Literal["town", "admin1", "admin2", "country", "region", "site"]

# UCDP's where_prec by the kind of place.
PRECISION: dict[str, int] = {"site": 1, "town": 1, "admin2": 3, "admin1": 4, "region": 5, "country": 6}
SHIPPED = Path(__file__).with_name("places.sqlite")
# A name known only as an alternate counts as a town a tenth the size; a place in a country that the report speaks of
# counts as one ten thousand times the size, so that context outweighs fame.
ALTERNATE, CONTEXT = 1.0, 4.0
_MOST = 40
# Names kept in memory after their look-up; a long run forgets them all at once.
_REMEMBERED = 50_000

_QUERY = (
    "SELECT p.id, p.name, p.lat, p.lon, p.country, p.admin1, p.population, p.kind, n.main"
    " FROM names n JOIN places p ON p.id = n.place WHERE n.key = ?"
    " ORDER BY n.main DESC, p.population DESC, p.id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; `score` grows with population and context, `main` is no alternate name."""

    place: Place
    kind: Kind
    admin1: str | None
    population: int
    score: float
    main: bool = True


# Signs of plain ASCII in a key: those of a word are dropped, all others part words.
_SIGNS = {code: None if chr(code) in "'`." else " " for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=_REMEMBERED)
def place_key(name: str) -> str:
    """The form under which a name is looked up: folded, without accents, signs or doubled spaces."""
    if name.isascii():
        return " ".join(name.lower().translate(_SIGNS).split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else "" if c in "'’ʻ`." else " " for c in bare).split())


class Gazetteer:
    """Places by name. A second process opens its own connection; a pickled gazetteer holds only its two paths."""

    def __init__(self, path: Path = SHIPPED, overlay: Path | None = None) -> None:
        self.path = path
        self.overlay = overlay
        self._own = _read_overlay(overlay) if overlay is not None else {}
        self._connection: sqlite3.Connection | None = None
        self._known: dict[str, tuple[tuple[tuple[Any, ...], Candidate], ...]] = {}

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path, Path | None]]:
        return Gazetteer, (self.path, self.overlay)

    def __contains__(self, name: str) -> bool:
        return bool(self._rows(name))

    def lookup(self, name: str, countries: Collection[str] = (), states: Collection[str] = ()) -> tuple[Candidate, ...]:
        """Places of this name, likeliest first.

        `countries` are ISO codes that the report speaks of, `states` admin1 codes with their country ("US.PA").
        An overlay's place comes before all others. Ties go to the smaller GeoNames id.
        """
        rows = self._rows(name)
        if not rows:
            return ()
        if not countries and not states:
            return tuple(candidate for _, candidate in rows)
        found = [self._near(row, candidate, countries, states) for row, candidate in rows]
        return tuple(sorted(found, key=_rank)) if len(found) > 1 else tuple(found)

    def country(self, code: str) -> str | None:
        """The name of the country with an ISO code, None for an unknown one."""
        row = self._open().execute("SELECT name FROM places WHERE kind = 'country' AND country = ?", (code,)).fetchone()
        return str(row[0]) if row is not None else None

    def population(self, place: Place) -> int | None:
        """How many people live in a place that the shipped file knows, None for others."""
        if place.geonames is None:
            return None
        row = self._open().execute("SELECT population FROM places WHERE id = ?", (place.geonames,)).fetchone()
        return int(row[0]) if row is not None else None

    def close(self) -> None:
        """Close the file; the next look-up opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _rows(self, name: str) -> tuple[tuple[tuple[Any, ...], Candidate], ...]:
        """The places of a name, each with what it comes to where no country is spoken of, likeliest first."""
        known = self._known.get(name)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            key = place_key(name)
            rows = (*self._own.get(key, ()), *self._open().execute(_QUERY, (key, _MOST))) if key else ()
            known = tuple(sorted(((row, self._candidate(row, (), ())) for row in rows), key=lambda one: _rank(one[1])))
            self._known[name] = known
        return known

    def _near(
        self, row: tuple[Any, ...], candidate: Candidate, countries: Collection[str], states: Collection[str]
    ) -> Candidate:
        """The candidate of a row; another one, with a higher score, where its country or state is spoken of."""
        spoken = candidate.place.country in countries or (states and candidate.admin1 is not None)
        return self._candidate(row, countries, states) if spoken else candidate

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            if not self.path.is_file():
                raise UsageError(
                    "the gazetteer is missing",
                    what=str(self.path),
                    advice="make it with: python tools/build_gazetteer.py",
                )
            self._connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        return self._connection

    def _candidate(self, row: tuple[Any, ...], countries: Collection[str], states: Collection[str]) -> Candidate:
        number, name, lat, lon, country, admin1, population, kind, main = row
        place = Place(name, number or None, lat, lon, country, PRECISION[kind])
        score = math.log10(population + 10) - (0.0 if main else ALTERNATE)
        score += CONTEXT if country in countries and kind != "country" else 0.0
        score += CONTEXT if admin1 is not None and f"{country}.{admin1}" in states else 0.0
        score += 100.0 if main == 2 else 0.0
        return Candidate(place, kind, admin1, population, round(score, 6), main=bool(main))


def _rank(candidate: Candidate) -> tuple[float, int, str]:
    """The likeliest first; ties go to the smaller GeoNames id."""
    return -candidate.score, candidate.place.geonames or 0, candidate.place.name


def _read_overlay(path: Path) -> dict[str, tuple[tuple[Any, ...], ...]]:
    """A user's places: `[[place]]` tables with `name`, `lat`, `lon`, `country`, and if wanted `names` and `kind`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"the places file can't be read ({error})", what=str(path), advice="see docs/incidents.md"
        ) from error
    own: dict[str, list[tuple[Any, ...]]] = {}
    for entry in table.get("place", []):
        row = _overlay_row(entry, path)
        for name in _names(entry):
            own.setdefault(place_key(name), []).append(row)
    return {key: tuple(rows) for key, rows in own.items()}


def _names(entry: dict[str, Any]) -> Iterable[str]:
    return dict.fromkeys([entry["name"], *entry.get("names", [])])


def _overlay_row(entry: dict[str, Any], path: Path) -> tuple[Any, ...]:
    kind = entry.get("kind", "town")
    if not isinstance(entry.get("name"), str) or kind not in PRECISION:
        kinds = ", ".join(sorted(PRECISION))
        raise UsageError(
            f"a place needs a name, and a kind among {kinds}", what=str(path), advice="see docs/incidents.md"
        )
    population = int(entry.get("population", 0))
    return (
        entry.get("geonames", 0), entry["name"], entry.get("lat"), entry.get("lon"), entry.get("country"),
        entry.get("admin1"), population, kind, 2,
    )  # fmt: skip
