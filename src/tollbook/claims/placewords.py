"""The place words of a language, ready to use: what stands before and after names of places, persons and bodies.

Input: the lexicon's places.toml and placetraits.toml. Output: `PlaceWords`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tollbook.lexicon import Lexicon
from tollbook.lexicon.dictionary import load_words
from tollbook.text import any_of, fold
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The place words of a language, ready to use."""

    locative: re.Pattern[str]
    locating: frozenset[str]  # what the last word before a located name is
    called: re.Pattern[str]
    demonym: re.Pattern[str]
    demonyms: dict[str, str]
    kinds: dict[str, str]
    lists: dict[str, str]  # kinds of each name of a list, and of one
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
    heads: frozenset[str]  # "Gulf of …" is one name
    numbered: frozenset[str]  # "Highway 19"
    holders: frozenset[str]  # "City of Marwen" is a place
    plain: frozenset[str]  # words that are no names
    weights: dict[str, float]
    base: float

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
    called = [*table["kinds"]["admin1"], *table["kinds"]["admin2"], *table["kinds"]["town"]]
    names = {key: frozenset(words) for key, words in table["names"].items()}
    return PlaceWords(
        locative=re.compile(rf"\b(?:(?:{before}){reach}|(?:{of})\s+of)\s+(?:the\s+)?$"),
        locating=frozenset(re.split(r"[\s-]", phrase)[-1].rstrip(".") for phrase in (*spots, "of", "the")),
        called=re.compile(rf"\b({_any(called)})\s+of\s+(?:the\s+)?$"),
        demonym=re.compile(rf"\b(?:{_any(table['demonyms'])})\b"),
        demonyms=table["demonyms"],
        kinds={word: level for level, words in table["kinds"].items() for word in words},
        lists=table["lists"],
        titles=frozenset(table["titles"]["words"]),
        bodies=frozenset(table["persons"]["bodies"]),
        never=frozenset(table["never"]["words"]),
        people=frozenset(table["people"]["words"]),
        states={name.replace(".", "").replace(" ", ""): code for name, code in table["states"].items()},
        state=re.compile(rf",\s+({_any(table['states'])})\b\.?"),
        free=names["free"],
        breaks=names["breaks"],
        parts=names["parts"],
        inner=names["inner"],
        strikes=names["strikes"],
        befalls=names["befalls"],
        codes=frozenset(table["never"]["codes"]),
        heads=names["heads"],
        numbered=names["numbered"],
        holders=names["holders"],
        plain=load_words(lexicon.language),
        weights=lexicon.table("placetraits")["weights"],
        base=lexicon.table("placetraits")["base"],
    )
