"""Where a name lies: places by name, from a small SQLite file made at build time and a user's own overlay.

Input: a name. Output: `Candidate`s, the largest first: "Khojaly" gives the town in AZ. The file comes from GeoNames
(CC BY 4.0) by `tools/build_gazetteer.py`; it is opened at the first look-up, read-only, and nothing is loaded into
memory.
"""

from __future__ import annotations

import math
import sqlite3
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from tollbook.errors import UsageError
from tollbook.lexicon.tables import own_tables
from tollbook.model import Place
from tollbook.text import fold
from tollbook.values import dataclass

Kind = Literal["town", "admin1", "admin2", "country", "region", "site", "sea"]

# UCDP's where_prec by the kind of place.
PRECISION: dict[str, int] = {"site": 1, "town": 1, "admin2": 3, "admin1": 4, "region": 5, "country": 6, "sea": 7}
SHIPPED = Path(__file__).with_name("places.sqlite")
# A name known only as an alternate counts as a town a tenth the size, a capital as one thirty times as large; a user's
# own places come before all others. The ranks of a name (`main` in the file):
ALTERNATE, CAPITAL, OWN = 1.0, 1.5, 100.0
RANKS = {0: -ALTERNATE, 1: 0.0, 2: CAPITAL, 3: OWN}
_OWN_RANK = 3
_ISO = 2  # letters of a country code
_MOST = 40
# Names kept in memory after their look-up; a long run forgets them all at once.
_REMEMBERED = 50_000

# Squares in a row of the map, with room so that its ends don't meet.
ROW = 200

_AREA = (
    "SELECT id, name, lat, lon, country, admin1, population, kind, 1 FROM places"
    " WHERE kind = 'admin1' AND country = ? AND admin1 = ? ORDER BY id LIMIT 1"
)
_NATION = (
    "SELECT id, name, lat, lon, country, admin1, population, kind, 1 FROM places WHERE kind = 'country' AND country = ?"
)
_QUERY = (
    "SELECT p.id, p.name, p.lat, p.lon, p.country, p.admin1, p.population, p.kind, n.main"
    " FROM names n JOIN places p ON p.id = n.place WHERE n.key = ?"
    " ORDER BY n.main DESC, p.population DESC, p.id LIMIT ?"
)


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Candidate:
    """A place that a name may mean; `score` grows with population, `main` is no alternate name.

    `area` is the first-level area with its country ("US.PA"); `cell` a square of the map, of some 160 km.
    """

    place: Place
    kind: Kind
    area: str | None
    population: int
    score: float
    main: bool = True
    cell: int | None = None


# Signs of plain ASCII in a key: those of a word are dropped, all others part words.
_SIGNS = {code: None if chr(code) in "'`." else " " for code in range(128) if not chr(code).isalnum()}


# The first words of many towns' names, by their abbreviation.
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=_REMEMBERED)
def place_key(name: str) -> str:
    """The form under which a name is looked up: folded, without accents, signs or doubled spaces."""
    if name.isascii():
        words = name.lower().translate(_SIGNS).split()
    else:
        bare = "".join(c for c in unicodedata.normalize("NFKD", fold(name)) if not unicodedata.combining(c))
        words = "".join(c if c.isalnum() else "" if c in "'’ʻ`." else " " for c in bare).split()
    if len(words) > 1:
        words[0] = _SHORT.get(words[0], words[0])
    return " ".join(words)


class Gazetteer:
    """Places by name. A second process opens its own connection; a pickled gazetteer holds only its two paths."""

    def __init__(self, path: Path = SHIPPED, overlay: Path | None = None) -> None:
        self.path = path
        self.overlay = overlay
        self._own = _read_overlay(overlay) if overlay is not None else {}
        self._connection: sqlite3.Connection | None = None
        self._known: dict[str, tuple[Candidate, ...]] = {}
        self._areas: dict[str, Candidate | None] = {}
        self._nations: dict[str, Place | None] = {}
        self._populations: dict[int, int | None] = {}

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path, Path | None]]:
        return Gazetteer, (self.path, self.overlay)

    def __contains__(self, name: str) -> bool:
        return bool(self.lookup(name))

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Places of this name, the largest first, but a user's own before all others; ties go to the smaller id."""
        known = self._known.get(name)
        if known is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            key = place_key(name)
            rows = (*self._own.get(key, ()), *self._open().execute(_QUERY, (key, _MOST))) if key else ()
            known = self._known[name] = tuple(sorted(map(_candidate, rows), key=_rank))
        return known

    def area(self, code: str) -> Candidate | None:
        """The area that a code stands for ("US.PA"), None for an unknown one."""
        known = self._areas.get(code)
        if known is None and code not in self._areas:
            row = self._open().execute(_AREA, code.split(".", 1)).fetchone() if "." in code else None
            known = self._areas[code] = _candidate(row) if row is not None else None
        return known

    def country(self, code: str) -> str | None:
        """The name of the country with an ISO code, None for an unknown one."""
        place = self.nation(code)
        return place.name if place is not None else None

    def nation(self, code: str) -> Place | None:
        """The country with an ISO code as a place, None for an unknown one."""
        if code not in self._nations:
            row = self._open().execute(_NATION, (code,)).fetchone()
            self._nations[code] = _candidate(row).place if row is not None else None
        return self._nations[code]

    def spoken(self, code: str) -> Place | None:
        """The country, area or region that a people is called by: "AZ", "US.TX", "Europe"."""
        if len(code) == _ISO:
            return self.nation(code)
        area = self.area(code) if "." in code else next(iter(self.lookup(code)), None)
        return area.place if area is not None else None

    def population(self, place: Place) -> int | None:
        """How many people live in a place that the shipped file knows, None for others."""
        if place.geonames is None:
            return None
        number = place.geonames
        if number not in self._populations:
            row = self._open().execute("SELECT population FROM places WHERE id = ?", (number,)).fetchone()
            self._populations[number] = int(row[0]) if row is not None else None
        return self._populations[number]

    def close(self) -> None:
        """Close the file; the next look-up opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

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


def _candidate(row: tuple[Any, ...]) -> Candidate:
    number, name, lat, lon, country, admin1, population, kind, main = row
    place = Place(name, number or None, lat, lon, country, PRECISION[kind])
    score = math.log10(population + 10) + RANKS[main]
    area = f"{country}.{admin1}" if country and admin1 else None
    return Candidate(place, kind, area, population, round(score, 6), bool(main), cell_of(lat, lon))


def cell_of(lat: float | None, lon: float | None) -> int | None:
    """The square of the map that a point lies in: its neighbours are `cell ± 1`, `± ROW` and both."""
    if lat is None or lon is None:
        return None
    return int((lat + 90) / 1.5) * ROW + int((lon + 180) / 2)


def _rank(candidate: Candidate) -> tuple[float, int, str]:
    """The likeliest first; ties go to the smaller GeoNames id."""
    return -candidate.score, candidate.place.geonames or 0, candidate.place.name


def _read_overlay(path: Path) -> dict[str, tuple[tuple[Any, ...], ...]]:
    """A user's places: `[[place]]` tables with `name`, `lat`, `lon`, `country`, and if wanted `names` and `kind`."""
    entries = own_tables(path, "places").get("place", [])
    own: dict[str, list[tuple[Any, ...]]] = {}
    for entry in entries if isinstance(entries, list) else [entries]:
        if wrong := _fault(entry):
            raise UsageError(wrong, what=str(path), advice="see docs/incidents.md")
        row = _overlay_row(entry)
        for name in dict.fromkeys([entry["name"], *entry.get("names", [])]):
            own.setdefault(place_key(name), []).append(row)
    return {key: tuple(rows) for key, rows in own.items()}


def _fault(entry: Any) -> str | None:
    """What is wrong with a user's place, in one line; None where nothing is."""
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), str) or not place_key(entry["name"]):
        return "each [[place]] needs a name"
    said, names, kinds = entry["name"], entry.get("names", []), ", ".join(sorted(PRECISION))
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return f"the names of '{said}' must be a list of words"
    if entry.get("kind", "town") not in PRECISION:
        return f"the kind of '{said}' must be one of {kinds}"
    for key, most in (("lat", 90), ("lon", 180)):
        if ("lat" in entry or "lon" in entry) and not _is_degrees(entry.get(key), most):
            return f"'{said}' needs lat and lon in degrees, {key} from -{most} to {most}"
    for key in ("country", "admin1"):
        if not isinstance(entry.get(key, ""), str):
            return f"the {key} of '{said}' must be a code in quotes"
    for key in ("population", "geonames"):
        if not isinstance(entry.get(key, 0), int) or entry.get(key, 0) < 0:
            return f"the {key} of '{said}' must be a whole number"
    return None


def _is_degrees(value: Any, most: int) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most


def _overlay_row(entry: dict[str, Any]) -> tuple[Any, ...]:
    return (
        entry.get("geonames", 0), entry["name"], entry.get("lat"), entry.get("lon"), entry.get("country"),
        entry.get("admin1"), entry.get("population", 0), entry.get("kind", "town"), _OWN_RANK,
    )  # fmt: skip
