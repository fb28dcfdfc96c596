"""Capitalised names and the words around them that tell a place from a person or a body.

Input: a text and the place words of a language. Output: `Name`s in text order: "in the town of Khojaly" gives the name
"Khojaly", located. In a text in capitals every word is capital, so only what a locative word or a comma announces is
taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tollbook.lexicon import Lexicon
from tollbook.text import fold, is_shouted

# A possessive "'s" ends a word, so that "Iran's Qeshm" is two names.
_WORD = r"[^\W\d_](?:[^\W\d_]|['’ʻ`-](?![sS]\b)(?=[^\W\d_]))*"
_CAPITAL = r"(?:(?:[A-Z]\.){2,}|(?:St|Ft|Mt)\.(?=\s[A-Z])|" + _WORD + ")"
_RUN = re.compile(rf"{_CAPITAL}(?:(?:[ \t]|\n(?!\s))(?:(?:of the|of|de la|de las|de los|del|de|da|do|al|el|la|and the)\s)?{_CAPITAL})*")
_MOST_WORDS = 4
# What may follow a name that stands by itself.
_CALLED = re.compile(r"\b(province|state|region|governorate|county|district|department|prefecture)\s+of\s+(?:the\s+)?$")
_FREE = frozenset(
    "on in and when after was were where by with to from for during that who as at before near is has had have which while but or"
    " of into said says since until because killed left injured yesterday today".split()
)
# Words that begin many towns' names.
_NAME_PARTS = frozenset("san santa santo saint fort port mount new north south east west great upper lower long little grand rio villa ciudad puerto el la los las".split())
_BREAKS = frozenset("at in on from to for by with after near over and outside inside off amid as is was are were".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised name and what stands around it.

    `located`: after "in", "near", "the town of"; `kind`: the word after it that calls it a place ("camp"), with its
    level; `state`: a US state that follows after a comma; `person`, `body`: a title before or a body's word after;
    `shouted`: in a text in capitals; `free`: no noun follows that the name only describes ("a Marwen spokesman").
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

    @property
    def site(self) -> bool:
        """True for "Elm Street", "General Hospital": a spot within a town, whose name is no town's."""
        return self.kind_level == "site" and fold(self.said).endswith(self.kind or "")

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Stretches of whole words to look up: the whole, then its beginnings, then its ends; (skip, length)."""
        words = [match.span() for match in re.finditer(r"\S+", self.said)]
        for count in range(len(words), 0, -1):
            yield 0, words[count - 1][1]
        if not self.person:
            for first in range(1, len(words)):
                yield words[first][0], words[-1][1] - words[first][0]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The place words of a language, ready to use."""

    locative: re.Pattern[str]
    demonym: re.Pattern[str]
    demonyms: dict[str, str]
    kinds: dict[str, str]
    titles: frozenset[str]
    bodies: frozenset[str]
    never: frozenset[str]
    people: frozenset[str]
    states: dict[str, str]
    state: re.Pattern[str]

    def is_never(self, name: str) -> bool:
        return fold(name) in self.never or len(name) < 2 or fold(name) in self.demonyms

    def is_common(self, name: str) -> bool:
        return self.is_never(name) or fold(name) in self.bodies or fold(name) in self.people

    def is_person_name(self, name: str) -> bool:
        return fold(name) in self.people


@lru_cache(maxsize=8)
def place_words(lexicon: Lexicon) -> PlaceWords:
    """The place words of a language, compiled once."""
    table = lexicon.table("places")
    before = "|".join(sorted(map(re.escape, table["locative"]["words"]), key=lambda w: (-len(w), w)))
    of = "|".join(sorted(map(re.escape, table["locative"]["of"]), key=lambda w: (-len(w), w)))
    demonyms = table["demonyms"]
    states = table["states"]
    return PlaceWords(
        locative=re.compile(rf"\b(?:(?:{before})(?:(?:\s+[a-z]+){{0,3}}?\s+(?:{of})(?:\s+of)?)?|(?:{of})\s+of)\s+(?:the\s+)?$"),
        demonym=re.compile(r"\b(?:" + "|".join(re.escape(d).replace(r"\ ", r"\s+") for d in sorted(demonyms, key=lambda d: (-len(d), d))) + r")\b"),
        demonyms=demonyms,
        kinds={word: level for level, words in table["kinds"].items() for word in words},
        titles=frozenset(table["titles"]["words"]),
        bodies=frozenset(table["persons"]["bodies"]),
        never=frozenset(table["never"]["words"]),
        people=frozenset(table["people"]["words"]),
        states=states,
        state=re.compile(r",\s+(" + "|".join(re.escape(s).replace(r"\.", r"\.?") for s in sorted(states, key=lambda s: (-len(s), s))) + r")\b\.?"),
    )  # fmt: skip


def names(text: str, words: PlaceWords) -> Iterator[Name]:
    """The capitalised names of a text, in order."""
    shouted = is_shouted(text)
    low = fold(text)
    for match in _RUN.finditer(text):
        for start, end in _capital_stretches(match, text, low, words, shouted):
            yield _named(start, end, text, low, words, shouted)


def _capital_stretches(
    match: re.Match[str], text: str, low: str, words: PlaceWords, shouted: bool
) -> Iterator[tuple[int, int]]:
    """The stretches of capital words in a run of words; in capitals, the words after a locative word or at a comma."""
    tokens = [(m.start() + match.start(), m.end() + match.start()) for m in re.finditer(rf"{_CAPITAL}", match.group())]
    run: list[tuple[int, int]] = []
    for start, end in [*tokens, (match.end(), match.end())]:
        word = low[start:end]
        inner = word in ("of", "the", "de", "la", "del", "al", "el", "los", "las", "da", "do", "and")
        stops = word in _BREAKS or (shouted and word in words.never and word not in _NAME_PARTS and not inner)
        if end > start and not (stops and not (inner and run and not shouted)) and (text[start].isupper() or (inner and run)):
            run.append((start, end))
            continue
        yield from _trimmed(run, low, words, shouted)
        run = []


def _trimmed(run: list[tuple[int, int]], low: str, words: PlaceWords, shouted: bool) -> Iterator[tuple[int, int]]:
    """A stretch without small words at its ends, and without a leading word that only begins a sentence."""
    small = {"of", "the", "de", "la", "del", "al", "el", "los", "las", "da", "do", "and"}
    while run and low[run[-1][0] : run[-1][1]] in small:
        run = run[:-1]
    while run and (low[run[0][0] : run[0][1]] in small - {"la", "el", "al", "los", "las"} or low[run[0][0] : run[0][1]] in ("in", "at", "on", "near", "from")):
        run = run[1:]
    if run:
        yield run[0][0], run[min(len(run), _MOST_WORDS if shouted else len(run)) - 1][1]


def _named(start: int, end: int, text: str, low: str, words: PlaceWords, shouted: bool) -> Name:
    before, after = low[max(0, start - 60) : start], low[end : end + 30]
    last = re.search(r"([^\W\d_]+)\.?\s+$", before)
    follows = re.match(r"\s+([^\W\d_]+(?:\s+camp)?)", after)
    word = follows.group(1) if follows else ""
    ends = low[start:end].split()[-1]
    kind = word if word in words.kinds else word.split()[0] if word and word.split()[0] in words.kinds else ends if ends in words.kinds else None
    state = words.state.match(text, end)
    first = low[start:end].split()[0]
    person = (last is not None and last.group(1) in words.titles) or first in words.titles
    located = words.locative.search(before) is not None
    called = _CALLED.search(before)
    if kind is None and called is not None:
        kind = called.group(1)
    body = word in words.bodies or any(part in words.bodies for part in low[start:end].split()[1:])
    dateline = start == 0 and shouted is False and text[start:end].isupper()
    return Name(
        start, text[start:end], located, dateline, person, body, kind, words.kinds.get(kind or ""),
        words.states[_state(state.group(1), words)] if state else None, shouted, not word or word in _FREE or after[:1] in ",.;:)",
    )  # fmt: skip


def _state(said: str, words: PlaceWords) -> str:
    """The table's spelling of a state's abbreviation ("W.Va" for "W. Va.")."""
    return said if said in words.states else next(name for name in words.states if name.replace(".", "") == said.replace(".", ""))
