"""A claim corpus with its names, numbers, places and dates swapped, in the texts and in the gold alike.

Input: a folder with gold.jsonl and the texts it names, and a seed. Output: a corpus of the same form. "At least 12
people were killed in Velna on 3 May, Ms. Orlova said" gives "At least 17 people were killed in Toresk on 6 June, Ms.
Trebin said", and the gold row with it. Nothing else changes, and a row whose quote is lost is an error.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import swap_dates
import swap_names
import swap_numbers
import swap_places
from swap_text import Edit, Layer, apply, moved

GAZETTEER = Path(__file__).resolve().parents[1] / "src" / "tollbook" / "lexicon" / "places.sqlite"
KINDS = ("names", "numbers", "places", "dates")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A report of a corpus: its file name, its text and the particulars beside it."""

    file: str
    text: str
    about: Row


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold rows and the texts they speak of."""

    gold: list[Row]
    texts: dict[str, Text]


def read(folder: Path) -> Corpus:
    """A corpus from its folder; texts without gold come along."""
    gold = [
        json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    texts = {}
    for path in sorted(folder.rglob("*.txt")):
        beside = path.with_suffix(".json")
        about = json.loads(beside.read_text(encoding="utf-8")) if beside.is_file() else {}
        name = path.relative_to(folder).as_posix()
        texts[name] = Text(name, path.read_bytes().decode("utf-8"), about)
    return Corpus(gold, texts)


def families(corpus: Corpus) -> dict[str, str]:
    """The first file of each group of files that tell of the same incidents: they share a map of numbers."""
    root = {name: name for name in corpus.texts}

    def top(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    first: dict[str, str] = {}
    for row in corpus.gold:
        if row.get("incident"):
            a, b = top(first.setdefault(row["incident"], row["file"])), top(row["file"])
            root[max(a, b)] = min(a, b)
    return {name: top(name) for name in corpus.texts}


class Mutation:
    """One seeded swap of all names, places, dates and numbers of a corpus."""

    def __init__(self, corpus: Corpus, seed: int, kinds: Sequence[str] = KINDS, gazetteer: Path = GAZETTEER) -> None:
        rng = random.Random(seed)
        self.corpus = corpus
        self.kinds = frozenset(kinds)
        self.counts = {name: self._counts(name) for name in corpus.texts}
        texts = [one.text for one in corpus.texts.values()]
        told = texts + [one.about["title"] for one in corpus.texts.values() if one.about.get("title")]
        told += [name for row in corpus.gold for name in _sources(row)]
        if gazetteer.is_file():
            towns = swap_places.Towns(gazetteer)
            self.places = swap_places.draw(texts, towns, swap_names.said_surnames(told), rng)
            towns.close()
        else:
            self.places = swap_places.Places({}, frozenset())
        taken = {word for name in [*self.places.table, *self.places.stay] for word in name.split() if len(word) > 2}
        self.persons = swap_names.draw(told, frozenset(taken), rng)
        dates = [one for name in corpus.texts for one in swap_dates.said(corpus.texts[name].text, self._year(name))]
        stamps = [one.about["published"] for one in corpus.texts.values() if one.about.get("published")]
        self.shift = swap_dates.draw(dates, stamps, rng)
        self.numbers = self._tables(rng)
        self._still()

    def told(self) -> str:
        """What was swapped, in one line."""
        new = self.corpus_of().gold
        values = sum(a["value"] != b["value"] for a, b in zip(self.corpus.gold, new, strict=True))
        return (
            f"{values} of {len(new)} gold values, {len(self.persons.table)} names, {len(self.places.table)} towns, "
            f"dates by {self.shift.days} days"
        )

    def _still(self) -> None:
        """Undo the kinds of swap that weren't asked for."""
        if "names" not in self.kinds:
            self.persons = swap_names.Persons({})
        if "places" not in self.kinds:
            self.places = swap_places.Places({}, self.places.stay | self.places.table.keys())
        if "dates" not in self.kinds:
            self.shift = swap_dates.Shift(0)
        if "numbers" not in self.kinds:
            self.numbers = {name: {value: value for value in table} for name, table in self.numbers.items()}

    def layer(self, text: str, file: str, *, numbers: bool = True) -> Layer:
        """The edits of a text, or of a line of gold, of a file."""
        layer = Layer(text)
        self.shift.edit(layer, self._year(file), self.counts[file])
        self.places.edit(layer)
        self.persons.edit(layer)
        if numbers:
            swap_numbers.edit(layer, self.numbers[file])
        return layer

    def _year(self, file: str) -> int:
        one = self.corpus.texts[file]
        return swap_dates.usual_year(one.text, one.about.get("published"))

    def _counts(self, file: str) -> set[float]:
        rows = [row["value"] for row in self.corpus.gold if row["file"] == file]
        return {part for value in rows for part in (value if isinstance(value, list) else [value])}

    def _tables(self, rng: random.Random) -> dict[str, dict[float, float]]:
        group = families(self.corpus)
        found: dict[str, list[swap_numbers.Numeral]] = {}
        for name, one in self.corpus.texts.items():
            for text in (one.text, one.about.get("title") or ""):
                found.setdefault(group[name], []).extend(swap_numbers.find(self.layer(text, name, numbers=False)))
        tables = {name: swap_numbers.draw(found[name], rng) for name in sorted(found)}
        return {name: tables[group[name]] for name in self.corpus.texts}

    def corpus_of(self) -> Corpus:
        """The mutated corpus."""
        texts, edits = {}, {}
        for name, one in self.corpus.texts.items():
            edits[name] = self.layer(one.text, name).edits()
            texts[name] = Text(name, apply(one.text, edits[name]), self._about(one))
        gold = [self._row(row, edits[row["file"]], texts[row["file"]].text) for row in self.corpus.gold]
        return Corpus(gold, texts)

    def _short(self, text: str, file: str) -> str:
        return apply(text, self.layer(text, file).edits())

    def _about(self, one: Text) -> Row:
        about = dict(one.about)
        if about.get("title"):
            about["title"] = self._short(about["title"], one.file)
        if about.get("published"):
            about["published"] = self.shift.iso(about["published"])
        if about.get("url"):
            url = Layer(about["url"])
            self.shift.edit(url, self._year(one.file), range(3000))
            about["url"] = apply(about["url"], url.edits())
        return about

    def _row(self, row: Row, edits: Sequence[Edit], text: str) -> Row:
        """A gold row, mutated; its quote is checked against the new text."""
        old = self.corpus.texts[row["file"]].text
        start = row["start"] if "start" in row else old.index(row["quote"])
        end = start + len(row["quote"])
        if old[start:end] != row["quote"]:
            raise ValueError(f"quote not in {row['file']}: {row['quote']!r}")
        first, last = moved(start, edits, end=False), moved(end, edits, end=True)
        new = {**row, "quote": text[first:last], "value": self._value(row, edits, start, end)}
        if "start" in row:
            new["start"] = first
        for key in ("attributed_to", "attributed_alt"):
            names = row.get(key)
            if names:
                told = [name and self._short(name, row["file"]) for name in _listed(names)]
                new[key] = told[0] if isinstance(names, str) else told
        if text[first : first + len(new["quote"])] != new["quote"] or not new["quote"]:
            raise ValueError(f"quote lost in {row['file']}: {row['quote']!r}")
        return new

    def _value(self, row: Row, edits: Sequence[Edit], start: int, end: int) -> Any:
        """The value after the swap, where a number within the quote says it; else it is said by no number and stays."""
        table = self.numbers[row["file"]]
        said = {edit.value for edit in edits if edit.value is not None and edit.start < end and edit.end > start}
        new = [_plain(table[float(part)]) if part in said else part for part in _listed(row["value"])]
        if "half" in row["quote"].lower() and row["value"] not in said and 2 * float(new[0]) in table:
            new = [_plain(table[2 * float(new[0])] / 2)]
        return new if isinstance(row["value"], list) else new[0]


def _sources(row: Row) -> list[str]:
    """The names that a gold row gives for who says it."""
    names = [row.get("attributed_to"), *_listed(row.get("attributed_alt"))]
    return [name for name in names if name]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


def write(corpus: Corpus, folder: Path) -> None:
    """A corpus in the form it was read from."""
    for name, one in corpus.texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.text.encode("utf-8"))
        if one.about:
            path.with_suffix(".json").write_text(json.dumps(one.about, ensure_ascii=False, indent=1), encoding="utf-8")
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in corpus.gold]
    (folder / "gold.jsonl").write_text("".join(lines), encoding="utf-8")
