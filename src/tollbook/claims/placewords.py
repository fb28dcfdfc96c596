"""Capitalised names and the words around them that tell a place from a person or a body.

Input: a text and the place words of a language. Output: `Name`s in text order: "in the town of Khojaly" gives the name
"Khojaly", located. In a text in capitals every word is capital, so only a few words in a row are taken for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tollbook.lexicon import Lexicon
from tollbook.text import any_of, fold, is_shouted

# A possessive "'s" ends a word, so that "Iran's Qeshm" is two names.
_WORD = r"[^\W\d_](?:[^\W\d_]|['’ʻ`-](?![sS]\b)(?=[^\W\d_]))*"
_CAPITAL = re.compile(r"(?:(?:[A-Z]\.){2,}|(?:St|Ft|Mt)\.(?=\s[A-Z])|" + _WORD + ")")
# Words of one line, or of two where a line breaks within a sentence.
_GAP = re.compile(r"[ \t]|\n(?!\s)")
# A name in a text in capitals has at most so many words.
_MOST_WORDS = 4
# How far before a name the words are looked at, in code points.
_BEFORE = 60
_SOLID = re.compile(r"\S+")
_FOLLOWS = re.compile(r"\s+([^\W\d_]+)(?:\s+([^\W\d_]+))?")


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Name:
    """A capitalised name and what stands around it.

    `located`: after "in", "near", "the town of"; `kind`: the word with it that calls it a place ("camp"), with its
    level; `state`: a US state that follows after a comma; `person`, `body`: a title before or a body's word with it;
    `shouted`: in a text in capitals; `free`: no noun follows that the name only describes ("a Marwen spokesman");
    `struck`: the object of a verb that quakes and armies have ("hit Zarand"); `befallen`: an event is called by it
    ("the Orune massacre").
    """

    start: int
    said: str
    located: bool
    dateline: bool
    person: bool
    body: bool
    kind: str | None
    kind_level: str | None
    state: str | None
    shouted: bool = False
    free: bool = True
    struck: bool = False
    befallen: bool = False

    @property
    def site(self) -> bool:
        """True for "Elm Street", "General Hospital": a spot within a town, whose name is no town's."""
        return self.kind_level == "site" and fold(self.said).endswith(self.kind or "")

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Stretches of whole words to look up: the whole, then its beginnings, then its ends; (skip, length)."""
        words = [match.span() for match in _SOLID.finditer(self.said)]
        for count in range(len(words), 0, -1):
            yield 0, words[count - 1][1]
        if not self.person:
            for first in range(1, len(words)):
                yield words[first][0], words[-1][1] - words[first][0]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The place words of a language, ready to use."""

    locative: re.Pattern[str]
    locating: frozenset[str]  # what the last word before a located name is
    called: re.Pattern[str]
    demonym: re.Pattern[str]
    demonyms: dict[str, str]
    kinds: dict[str, str]
    titles: frozenset[str]
    bodies: frozenset[str]
    never: frozenset[str]
    people: frozenset[str]
    states: dict[str, str]
    state: re.Pattern[str]
    free: frozenset[str]
    breaks: frozenset[str]
    parts: frozenset[str]
    inner: frozenset[str]
    strikes: frozenset[str]
    befalls: frozenset[str]
    codes: frozenset[str]

    def is_never(self, name: str) -> bool:
        if name in self.codes:
            return False
        low = fold(name)
        return low in self.never or len(name) < 2 or low in self.demonyms

    def is_common(self, name: str) -> bool:
        low = fold(name)
        return low in self.bodies or low in self.people or self.is_never(name)

    def is_person_name(self, name: str) -> bool:
        return fold(name) in self.people


def _any(words: Iterable[str]) -> str:
    """Any of some words; a space stands for any white space, the stop of an abbreviation may miss."""
    return any_of(words, {" ": r"\s+", ".": r"\.?"})


@lru_cache(maxsize=8)
def place_words(lexicon: Lexicon) -> PlaceWords:
    """The place words of a language, compiled once."""
    table = lexicon.table("places")
    spots = [*table["locative"]["words"], *table["locative"]["of"]]
    before, of = _any(table["locative"]["words"]), _any(table["locative"]["of"])
    reach = rf"(?:(?:\s+[a-z]+){{0,3}}?\s+(?:{of})(?:\s+of)?)?"
    names = {key: frozenset(words) for key, words in table["names"].items()}
    return PlaceWords(
        locative=re.compile(rf"\b(?:(?:{before}){reach}|(?:{of})\s+of)\s+(?:the\s+)?$"),
        locating=frozenset(re.split(r"[\s-]", phrase)[-1].rstrip(".") for phrase in (*spots, "of", "the")),
        called=re.compile(rf"\b({_any(table['kinds']['admin1'] + table['kinds']['admin2'])})\s+of\s+(?:the\s+)?$"),
        demonym=re.compile(rf"\b(?:{_any(table['demonyms'])})\b"),
        demonyms=table["demonyms"],
        kinds={word: level for level, words in table["kinds"].items() for word in words},
        titles=frozenset(table["titles"]["words"]),
        bodies=frozenset(table["persons"]["bodies"]),
        never=frozenset(table["never"]["words"]),
        people=frozenset(table["people"]["words"]),
        states={name.replace(".", ""): code for name, code in table["states"].items()},
        state=re.compile(rf",\s+({_any(table['states'])})\b\.?"),
        free=names["free"],
        breaks=names["breaks"],
        parts=names["parts"],
        inner=names["inner"],
        strikes=names["strikes"],
        befalls=names["befalls"],
        codes=frozenset(table["never"]["codes"]),
    )


def names(text: str, words: PlaceWords) -> Iterator[Name]:
    """The capitalised names of a text, in order."""
    shouted = is_shouted(text)
    low = fold(text)
    run: list[tuple[int, int]] = []
    for match in _CAPITAL.finditer(text):
        start, end = match.span()
        if not run and not text[start].isupper():
            continue
        if run and _GAP.fullmatch(text, run[-1][1], start) is None:
            yield from _closed(run, text, low, words, shouted)
            run = []
        if _belongs(start, end, bool(run), text, low, words, shouted):
            run.append((start, end))
        else:
            yield from _closed(run, text, low, words, shouted)
            run = []
    yield from _closed(run, text, low, words, shouted)


def _belongs(start: int, end: int, begun: bool, text: str, low: str, words: PlaceWords, shouted: bool) -> bool:
    """True for a word of a name: capital, or small within it ("Port of Orune"); no preposition, no common word."""
    word = low[start:end]
    if word in words.inner:
        return begun
    common = shouted and word in words.never and word not in words.parts  # "TELL US" is no country
    return text[start].isupper() and word not in words.breaks and not common


def _closed(run: list[tuple[int, int]], text: str, low: str, words: PlaceWords, shouted: bool) -> Iterator[Name]:
    """The name that a run of words is, without small words at its end; nothing where nothing is left."""
    while run and low[run[-1][0] : run[-1][1]] in words.inner:
        run = run[:-1]
    if run:
        last = min(len(run), _MOST_WORDS if shouted else len(run)) - 1
        yield _named(run[0][0], run[last][1], text, low, words, shouted)


def _named(start: int, end: int, text: str, low: str, words: PlaceWords, shouted: bool) -> Name:
    before, after = low[max(0, start - _BEFORE) : start], low[end : end + 30]
    own = low[start:end].split()
    last = _last(before)
    follows = _FOLLOWS.match(after)
    word, next_word = (follows.group(1), follows.group(2) or "") if follows else ("", "")
    called = before if last in ("of", "the") else ""
    kind = _kind(own, f"{word} {next_word}" if f"{word} {next_word}" in words.kinds else word, called, words)
    state = (words.state.match(low, end) or words.state.match(text, end)) if after[:1] == "," else None
    return Name(
        start,
        text[start:end],
        located=last in words.locating and words.locative.search(before) is not None,
        dateline=start == 0 and not shouted and text[start:end].isupper(),
        person=last in words.titles or own[0] in words.titles,
        body=word in words.bodies or any(part in words.bodies for part in own[1:]),
        kind=kind,
        kind_level=words.kinds.get(kind or ""),
        state=words.states[state.group(1).replace(".", "")] if state else None,
        shouted=shouted,
        free=not word or word in words.free or after[:1] in ",.;:)",
        struck=last in words.strikes,
        befallen=word in words.befalls or own[-1] in words.befalls,
    )


def _last(before: str) -> str:
    """The word right before a name, without the stop of an abbreviation; "" where a sign or nothing stands there."""
    said = before.rstrip()
    if said == before:
        return ""
    said = said.removesuffix(".")
    at = len(said)
    while at and said[at - 1].isalpha():
        at -= 1
    return said[at:]


def _kind(own: list[str], after: str, before: str, words: PlaceWords) -> str | None:
    """The word that calls a name a place: after it, at its end, or before it ("the province of …")."""
    if after in words.kinds:
        return after
    if own[-1] in words.kinds:
        return own[-1]
    called = words.called.search(before) if before else None
    return called.group(1) if called is not None else None
