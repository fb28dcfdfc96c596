"""What one report says about names, kept so that all reports together can be asked without reading them again.

Input: a report with its reading and the sources it credits. Output: `Clue`s. Worked: "Orsa Lindal, 9, was hurt in
Harim" gives that a person has the name "orsa lindal", once under each of its words, and that "harim" is a place. A
`Told` answers from the clues of all reports: `told.has("place", "harim")`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cache
from typing import Generic, NamedTuple, Protocol, TypeVar

from tollbook.dossiers.cues import each_word, keys_of, words_of
from tollbook.dossiers.names import Candidate, find, located
from tollbook.dossiers.sources import Sources
from tollbook.dossiers.wordlists import NameWords
from tollbook.lexicon.sources import source_key
from tollbook.model import Reading, Report, Source
from tollbook.text import fold
from tollbook.values import dataclass

Keys = tuple[str, ...]
T = TypeVar("T")

# Kinds of sources whose name is the name of an office, an outlet or a body, and those that may be a private person.
BODIES = frozenset({"organisation", "government", "media", "document", "publisher", "military", "police"})
PRIVATE = frozenset({"person", "witness", "medics", "anonymous"})


class Clue(NamedTuple):
    """One thing said: of what kind, under which name or word, and what more there is to it.

    "body" and "official" are whole names, "phrase" the first word of a body's name of several, "holder" the last word
    of an official's name, "place" and "lower" single words, "person" a word of a name, "office" a speaker's name.
    """

    kind: str
    name: str
    detail: str = ""


class Told(Protocol):
    """Asks the clues of all reports of a record."""

    def has(self, kind: str, name: str, /) -> bool:
        """True where any report says it."""
        ...

    def details(self, kind: str, name: str, /) -> Sequence[str]:
        """All that is said under a name, sorted."""
        ...


class Heard:
    """The clues of reports in memory."""

    def __init__(self, clues: Iterable[Clue]) -> None:
        self._details: dict[tuple[str, str], set[str]] = defaultdict(set)
        for kind, name, detail in clues:
            self._details[kind, name].add(detail)

    def has(self, kind: str, name: str, /) -> bool:
        return (kind, name) in self._details

    def details(self, kind: str, name: str, /) -> Sequence[str]:
        return sorted(self._details.get((kind, name), ()))


class OrTold(Generic[T]):
    """What is in a set, or what any report says."""

    def __init__(self, own: Container[T], asked: Callable[[T], bool]) -> None:
        self._own, self._asked = own, cache(asked)

    def __contains__(self, one: object) -> bool:
        return one in self._own or self._asked(one)


# ---- what one report says ----


def clues_of(report: Report, reading: Reading, credits: Iterable[str], words: NameWords, book: Sources) -> set[Clue]:
    """All clues of a report; `credits` are the outlets and agencies that it credits as a whole."""
    sources = sources_of(reading)
    texts = [text for text in (report.title, report.text) if text]
    found = [(candidate, text) for text in texts for candidate in find(text, words)]
    clues = {*_bodies(report, reading, credits, sources, words, book), *_officials(found, sources)}
    clues |= {Clue("place", word) for text in texts for word in located(text)}
    clues |= {
        Clue("lower", word.key)
        for text in texts
        for word in each_word(text)
        if word.text.islower() and words.is_plain(word.key)
    }
    spoken = [(one, source.source) for source in sources for one in of_source(source, words)]
    for candidate, text in (*found, *spoken):
        clues |= set(_persons(candidate, text, words, book))
    return clues | {Clue("office", source_key(name), json.dumps([name, state])) for name, state in reading.offices}


def sources_of(reading: Reading) -> list[Source]:
    """Every source that a report's claims name, each once."""
    return sorted({link for claim in reading.claims for link in claim.attribution}, key=lambda s: (s.source, s.kind))


def body_names(sources: Iterable[Source], words: NameWords, book: Sources) -> Iterator[str]:
    """Names that reports give as a body's; one that starts like a person's is believed only where the book has it."""
    for source in sources:
        keys = keys_of(source.source)
        personal = bool(keys) and keys[0] in words.given and not words.institutions & set(keys)
        if source.kind in BODIES - {"military", "police"} and (not personal or book.kind(source.source) is not None):
            yield source.source


def of_source(source: Source, words: NameWords, officials: Container[Keys] = ()) -> Iterator[Candidate]:
    """The persons that a source's name may be of.

    One of one to four capitalised words that may be a private person is taken for one even if nothing else says so.
    "Tessavar General Hospital" speaks for medics and is no person, whatever town it is named after.
    """
    if source.kind in BODIES:
        return
    inside = words_of(source.source)
    whole = tuple(word.key for word in inside)
    like = 0 < len(inside) <= 4 and all(word.text[0].isupper() for word in inside)
    plain = all(words.is_plain(fold(word.text)) or word.key in words.institutions for word in inside)
    house = source.kind == "medics" and not words.institutions.isdisjoint(whole)
    if like and source.kind in PRIVATE and whole not in officials and not plain and not house:
        yield Candidate(0, len(source.source), whole, cued=True)
    yield from find(source.source, words)


def _bodies(
    report: Report, reading: Reading, credits: Iterable[str], sources: Iterable[Source], words: NameWords, book: Sources
) -> Iterator[Clue]:
    names = {name for name in (report.publisher, *report.origins, *credits) if name}
    for mention in reading.places:
        if mention.place is not None:
            names |= {mention.said, mention.place.name}
    for name in {*names, *body_names(sources, words, book)}:
        keys = keys_of(name)
        if keys:
            yield Clue("body", " ".join(keys))
        if len(keys) > 1:
            yield Clue("phrase", keys[0], " ".join(keys))


def _officials(found: Iterable[tuple[Candidate, str]], sources: Iterable[Source]) -> Iterator[Clue]:
    names = {keys for one, _ in found if one.official for keys in (one.keys, one.keys[-2:])}
    for keys in {*names, *(keys_of(source.source) for source in sources if source.kind == "official")} - {()}:
        yield Clue("official", " ".join(keys))
        yield Clue("holder", keys[-1])


# ---- persons ----


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate as a clue: its keys, its cues, and whether this word of it may tell who it is by itself."""

    keys: Keys
    victim: bool
    sure: bool
    told: bool
    tells: bool

    @property
    def candidate(self) -> Candidate:
        return Candidate(0, 0, self.keys, victim=self.victim, cued=self.told, sure=self.sure)


def person_of(detail: str) -> Person:
    """The person that a clue tells of."""
    name, signs = detail.rsplit("|", 1)
    return Person(tuple(name.split(" ")), *(sign in signs for sign in "vsct"))


def _persons(one: Candidate, text: str, words: NameWords, book: Sources) -> Iterator[Clue]:
    """The clues of a candidate, one for each word of it that may give it away, and one for the last."""
    kind = book.kind(text[one.start : one.end])
    known = kind is not None and kind not in {"person", "witness"}
    if (one.official or known) and not one.victim:
        return
    told = one.cued or any(key in words.given for key in one.keys)
    for key in {*one.keys}:
        plain = words.is_plain(key) or key in words.institutions
        tells = len(key) >= 3 and key not in words.functions and (told or not plain)
        if tells or key == one.keys[-1]:
            signs = "".join(
                sign for sign, is_so in zip("vsct", (one.victim, one.sure, told, tells), strict=True) if is_so
            )
            yield Clue("person", key, f"{' '.join(one.keys)}|{signs}")


def heard(record_reports: Iterable[tuple[Report, Reading, Sequence[str]]], words: NameWords, book: Sources) -> Heard:
    """The clues of some reports, each with its reading and the sources that it credits."""
    return Heard(clue for told in record_reports for clue in clues_of(*told, words, book))


def offices_of(told: Told) -> Callable[[str], list[tuple[str, str]]]:
    """Speakers whose office some report tells, by the spelling of their name: name and state."""

    def offices(key: str) -> list[tuple[str, str]]:
        return [(name, state) for name, state in map(json.loads, told.details("office", key))]

    return offices
