"""Towns of a corpus swapped for others of the same country, the same one everywhere; countries and demonyms stay.

Input: the texts of a corpus and the gazetteer that the package ships. Output: a map of names. "shelling near Aghbala,
Azerbaijan" may become "shelling near Sheki, Azerbaijan"; in the United States the state stays too.
"""

from __future__ import annotations

import math
import random
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from swap_names import DATA, GIVEN, NEVER, capitals, small_words, words_of
from swap_text import Layer, like

BODIES = "|".join(DATA["never"]["bodies"].split())
_LOCATIVE = re.compile(
    r"(?:\b(?:in|near|at|of|from|to|outside|around|between|and)\s+(?:nearby\s+|downtown\s+|the\s+(?:city|town|village)\s+of\s+)?)$",
    re.I,
)
_DATELINE = re.compile(r"\s*(?:,\s+[A-Z][^()\n]{0,40})?\s*(?:\([A-Z]|--|—|–|_\s)")
_REGION = r"(?:Province|Departments?|State|Intendancy|Prefecture|Oblast|River|Volcano|Hill)"
_SIZES = (0.25, 4.0)
_SMALLEST = 1_000
_KNOWN = 100_000


def key_of(name: str) -> str:
    """A name as the gazetteer looks it up."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else "" if c in "'’ʻ`." else " " for c in bare).split())


Town = tuple[
    int, str, str, str | None, int, str, int
]  # id, name, country, admin1, population, kind, known by this name


def _plain(name: str) -> str:
    """A name as papers write it, without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


class Towns:
    """The gazetteer that the package ships, read only."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def named(self, name: str) -> list[Town]:
        """What bears a name, the largest first."""
        query = (
            "SELECT p.id, p.name, p.country, p.admin1, p.population, p.kind, n.main"
            " FROM names n JOIN places p ON p.id = n.place WHERE n.key = ? ORDER BY p.population DESC, p.id"
        )
        return self._db.execute(query, (key_of(name),)).fetchall()

    def sized(self, least: int, most: int) -> list[tuple[str, str]]:
        """Towns of so many people by the only name that they and no other place have, with their country's name."""
        query = (
            "SELECT p.name, c.name FROM places p JOIN places c ON c.country = p.country AND c.kind = 'country'"
            " WHERE p.kind = 'town' AND p.population BETWEEN ? AND ? ORDER BY p.id"
        )
        rows = self._db.execute(query, (least, most)).fetchall()
        return [(name, country) for name, country in rows if name.isascii() and name.isalpha()]

    def longest(self, phrase: str) -> str | None:
        """The longest beginning of a phrase that is a name of a place."""
        words = phrase.split()
        return next((name for n in range(len(words), 0, -1) if self.named(name := " ".join(words[:n]))), None)

    def countries(self) -> dict[str, str]:
        """Country codes by the key of a country's or a state's name."""
        rows = self._db.execute(
            "SELECT n.key, p.country FROM names n JOIN places p ON p.id = n.place WHERE p.kind IN ('country', 'admin1')"
        )
        return dict(rows.fetchall())

    def like(self, town: Town, rng: random.Random) -> Iterator[str]:
        """Names of other towns of the same country, in the United States of the same state, of about the same size."""
        _, name, country, admin1, population, _, _ = town
        state = "AND admin1 = ?" if country == "US" else "AND ? IS NOT ''"
        where = f"kind = 'town' AND country = ? {state} AND population BETWEEN ? AND ?"
        query = f"SELECT name FROM places WHERE {where} ORDER BY id"
        span = (max(_SMALLEST, int(population * _SIZES[0])), max(_SMALLEST * 10, int(population * _SIZES[1])))
        found = [_plain(row[0]) for row in self._db.execute(query, (country, admin1 or "-", *span))]
        rng.shuffle(found)
        return (other for other in found if other != name and self._first(other, country))

    def _first(self, name: str, country: str) -> bool:
        """Whether a name is plain to write, and means this country's town first of all."""
        if not re.fullmatch(r"[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})?", name) or any(
            w.lower() in NEVER | GIVEN for w in name.split()
        ):
            return False
        rows = self.named(name)
        return (
            bool(rows)
            and rows[0][2] == country
            and rows[0][5] == "town"
            and (len(rows) == 1 or rows[0][4] > 2 * rows[1][4])
        )


@dataclass(frozen=True, slots=True)
class Places:
    """New towns by old, and names that stay: countries, states, bodies."""

    table: dict[str, str]
    stay: frozenset[str]

    def edit(self, layer: Layer) -> None:
        """Write the new towns of a text; names that stay are claimed as they are."""
        names = sorted([*self.table, *self.stay], key=len, reverse=True)
        if not names:
            return
        either = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
        form = re.compile(rf"(?<![\w’'-])(?:{either})(?!\w|-speaking)", re.I)
        for match in form.finditer(layer.text):
            name = " ".join(match[0].split()).lower()
            if not match[0][0].isupper():
                continue
            if name in self.stay or re.match(rf"\s+(?:\w+\s+)?(?:{BODIES})\b", layer.text[match.end() :], re.I):
                layer.keep(match.start(), match.end())
            else:
                layer.put(
                    match.start(),
                    match.end(),
                    " ".join(like(w, n) for w, n in _paired(match[0].split(), self.table[name].split())),
                )


def _paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    return [(old[min(i, len(old) - 1)], word) for i, word in enumerate(new)]


def draw(texts: Sequence[str], towns: Towns, persons: Counter[str], rng: random.Random) -> Places:
    """A new town for each town that the corpus names as a place; what stands for a country, a state or a region stays.

    `persons` tells how often a word is a surname: a word is the town that it is said to be more often than not.
    """
    countries, small = towns.countries(), small_words(t for t in texts if not capitals(t))
    said = [Counter(_countries(text, countries)) for text in texts]
    seen = Counter(name for text in texts for phrase in _located(text) if (name := towns.longest(phrase)))
    spoken = sum(said, Counter())
    whole = "\n".join(texts)
    stay = {name for name in countries if " " in name and re.search(rf"\b{name}\b", whole, re.I)}
    table, used = {}, {m[0].lower() for m in words_of(whole)}
    for name in sorted(seen, key=lambda n: (-len(n.split()), n)):
        words = name.split()
        if any(w in NEVER or w in small for w in words) or persons[name] >= seen[name]:
            continue
        if len(words) == 1 and (name in GIVEN or len(name) < 4):
            continue
        here = sum(
            (counts for counts, text in zip(said, texts, strict=True) if re.search(rf"\b{name}\b", text, re.I)),
            Counter(),
        )
        rows = sorted(towns.named(name), key=lambda row: -_weight(row, here, spoken))
        if not rows:
            continue
        town = (
            rows[0] if rows[0][5] == "town" and (spoken[rows[0][2]] or (rows[0][6] and rows[0][4] > _KNOWN)) else None
        )
        region = re.search(rf"\b{name}\s+{_REGION}\b|\b{_REGION}\s+of\s+{name}\b", whole, re.I)
        others = towns.like(town, rng) if town and not region else iter(())
        other = next((o for o in others if len(o.split()) == len(words) and not used & set(o.lower().split())), None)
        if other is not None:
            table[name] = other
            used.update(other.lower().split())
        else:
            stay.add(name)
    return Places(table, frozenset(stay))


def _weight(row: Town, here: Counter[str], spoken: Counter[str]) -> float:
    """How likely a name is this place: by its size, by its country being spoken of, by being more than a town."""
    return (
        math.log10(row[4] + 10)
        + 1.5 * (here[row[2]] > 0)
        + 0.5 * (spoken[row[2]] > 0)
        + 3 * (row[5] not in ("town", "admin2"))
    )


def _countries(text: str, countries: dict[str, str]) -> list[str]:
    words = words_of(text)
    pairs = [text[a.start() : b.end()] for a, b in pairwise(words)]
    return [countries[k] for k in map(key_of, [*(w[0] for w in words), *pairs]) if k in countries]


def _located(text: str) -> list[str]:
    """Capital words after a word of place, or where a report says whence it is sent."""
    found: list[str] = []
    caps = capitals(text)
    for match in re.finditer(r"(?<![\w-])[A-Z][^\W\d_]+(?:[ ][A-Z][^\W\d_]+){0,2}(?![\w-])", text):
        words = match[0].split()
        if not caps and words[0].isupper() and len(words[0]) < 5:
            continue
        start = match.start() == 0 or text[: match.start()].endswith("\n") or text[: match.start()].endswith("] ")
        if _LOCATIVE.search(text[max(0, match.start() - 30) : match.start()]) or (
            start and _DATELINE.match(text[match.end() : match.end() + 60])
        ):
            found.append(" ".join(words).lower())
    for match in re.finditer(
        r"(?<![\w-])(?:IN|NEAR|FROM|AT|OF) ([A-Z]{4,}(?: [A-Z]{4,})?)(?![\w-])", text if caps else ""
    ):
        found.append(match[1].lower())
    return found
