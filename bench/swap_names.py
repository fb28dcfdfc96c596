"""Persons of a corpus swapped for others, the same one everywhere: surname alone and all capitals too.

Input: the texts of a corpus. Output: a map of words. "Maria Velasco, 43" and later "Ms. Velasco" become "Cordelia
Almgren, 43" and "Ms. Almgren". A word that the corpus also writes small ("Young", "Hope") stays.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from swap_text import Layer, like

DATA = tomllib.loads(Path(__file__).with_name("swaps.toml").read_text(encoding="utf-8"))
_ENGLISH = Path(__file__).resolve().parents[1] / "src" / "tollbook" / "lexicon" / "en"
GIVEN = frozenset(DATA["names"]["given"].split())
WOMEN = frozenset(DATA["names"]["women"].split())
TITLES = frozenset(DATA["names"]["titles"].split())
PARTICLES = frozenset(DATA["names"]["particles"].split())
NEVER = frozenset(DATA["never"]["words"].split()) | TITLES | PARTICLES
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SPEECH = re.compile(r"\s+(?:said|says|told|added|saying|was\s+(?:pronounced|shot|killed))\b")
_AGED = re.compile(r",\s+(?:age\s+)?\d\d,")
_JOINT = re.compile(r"\s{1,3}|\s[A-Z]\.\s|\s?[\"“(][^\"”)]{2,15}[\"”)]\s?")
_NO_NAME = ("ing", "ed", "ly", "tion", "ment", "ness", "ous")


def words_of(text: str) -> list[re.Match[str]]:
    """The words of a text, "al-Hassan" one of them."""
    return list(_WORD.finditer(text))


def small_words(texts: Iterable[str]) -> frozenset[str]:
    """Words that the texts, or the package's own lists of English words, write without a capital."""
    lists = [path.read_text(encoding="utf-8") for path in sorted(_ENGLISH.glob("*.toml")) if path.stem != "places"]
    return frozenset(m[0] for text in [*texts, *lists] for m in words_of(text) if m[0].islower()) - GIVEN


def capitals(text: str) -> bool:
    """Whether a text is written all in capitals."""
    return text.isupper() or (len(text) > 400 and text[-400:].isupper())


@dataclass(frozen=True, slots=True)
class Persons:
    """New words by old, both small; `given` are given names."""

    table: dict[str, str]

    def edit(self, layer: Layer) -> None:
        """Write the new names of a text."""
        for match in words_of(layer.text):
            if match[0][0].isupper():
                new = self.table.get(match[0].lower())
                if (
                    new is None
                    and match[0].lower().endswith("s")
                    and re.search(r"\bthe\s+$", layer.text[: match.start()], re.I)
                ):
                    plural = self.table.get(match[0].lower()[:-1])
                    new = plural + "s" if plural else None
                if new is not None:
                    layer.put(match.start(), match.end(), like(match[0], new))


def _capital(word: str) -> bool:
    return word[0].isupper() and len(word) > 1


class _Words:
    """The words of a text, with what tells a name from other capitals."""

    def __init__(self, text: str, small: frozenset[str], places: frozenset[str]) -> None:
        self.text, self.caps = text, capitals(text)
        self.found = words_of(text)
        self.low = [match[0].lower() for match in self.found]
        self._small, self._places = small, places

    def named(self, i: int) -> bool:
        """Whether a word can be a part of a name."""
        low = self.low[i]
        if not self.caps and self.found[i][0].isupper():
            return False
        if self.caps and (low.endswith(_NO_NAME) or (low.endswith("s") and low[:-1] in self._small)):
            return False
        return _capital(self.found[i][0]) and not (low in NEVER or low in self._small or low in self._places)

    def given(self, i: int) -> bool:
        """Whether a word is a given name, written as one."""
        low = self.low[i]
        return low in GIVEN and _capital(self.found[i][0]) and low not in NEVER and low not in self._places

    def between(self, i: int) -> str:
        """What stands between a word and the next."""
        return self.text[self.found[i].end() : self.found[i + 1].start()] if i + 1 < len(self.found) else "\0"

    def titled(self, i: int) -> bool:
        """Whether a word stands after "Mr.", "Gen." and the like."""
        return i > 0 and self.low[i - 1] in TITLES and bool(re.fullmatch(r"\.?\s{1,2}", self.between(i - 1)))

    def run(self, i: int) -> list[int]:
        """The words of a name from its i-th on, initials and particles left out."""
        taken: list[int] = []
        while i < len(self.found):
            initial = len(self.low[i]) == 1 and self.found[i][0].isupper()
            if self.named(i) or (taken and self.given(i)):
                taken.append(i)
            elif not taken or not (initial or self.low[i] in PARTICLES):
                break
            if len(taken) > 3 or not (_JOINT.fullmatch(self.between(i)) or (initial and self.between(i) == ". ")):
                break
            i += 1
        return taken

    def said(self, last: int) -> bool:
        """Whether a name that ends here is followed by a word of saying or an age."""
        tail = self.text[self.found[last].end() :][:30]
        return bool(_SPEECH.match(tail) or _AGED.match(tail))


def person_words(text: str, small: frozenset[str], places: frozenset[str]) -> tuple[Counter[str], Counter[str]]:
    """Given names and surnames of a text, by how often they are said as such."""
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    words = _Words(text, small, places)
    for i, low in enumerate(words.low):
        if words.given(i):
            rest = [words.low[j] for j in words.run(i + 1)] if _JOINT.fullmatch(words.between(i)) else []
            given.update([low, *(word for word in rest if word in GIVEN)] if rest else [])
            family.update(word for word in rest if word not in GIVEN)
        elif words.named(i) and (words.titled(i) or (words.low[i - 1] not in GIVEN if i else True)):
            run = words.run(i)
            if words.titled(i) or (words.said(run[-1]) and len(run) in (2, 3) and not words.caps):
                names = [words.low[j] for j in run]
                given.update(names[:1] if len(names) > 1 else [])
                family.update(names[1:] or names)
    return given, family


def said_persons(texts: Sequence[str], places: frozenset[str]) -> tuple[Counter[str], Counter[str]]:
    """Given names and surnames of a corpus, by how often they are said as such."""
    small = small_words(text for text in texts if not capitals(text))
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    for text in texts:
        more_given, more_family = person_words(text, small, places)
        given += more_given
        family += more_family
    return given, family


def said_surnames(texts: Sequence[str]) -> Counter[str]:
    """How often each word is said as a person's name."""
    given, family = said_persons(texts, frozenset())
    return given + family


def _female(name: str, texts: Sequence[str]) -> bool:
    """Whether a given name is a woman's, or the words after it speak of one."""
    if name in WOMEN or name in GIVEN:
        return name in WOMEN
    votes = 0
    for text in texts:
        for match in re.finditer(rf"\b{re.escape(name)}\b", text, re.I):
            tail = text[match.end() : match.end() + 200].lower()
            votes += len(re.findall(r"\b(?:she|her|ms|mrs)\b", tail)) - len(re.findall(r"\b(?:he|his|him|mr)\b", tail))
    return votes > 0


def draw(texts: Sequence[str], places: frozenset[str], rng: random.Random) -> Persons:
    """A new name for each person's word of a corpus."""
    given, family = said_persons(texts, places)
    known = {m[0].lower() for text in texts for m in words_of(text)}
    pools = {
        key: [w for w in DATA["names"][key].split() if w not in known]
        for key in ("new_female", "new_male", "new_family")
    }
    for pool in pools.values():
        rng.shuffle(pool)
    table = {}
    for word in sorted(given | family):
        kind = "new_family" if family[word] > given[word] else "new_female" if _female(word, texts) else "new_male"
        if pools[kind]:
            table[word] = pools[kind].pop()
    return Persons(table)
