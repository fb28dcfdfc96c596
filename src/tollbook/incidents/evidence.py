"""What the words of whole reports say about being of one event: rare words, names and headline words that two share.

Input: a report and how rare words are in news. Output: a unit vector of its words weighted by rarity, so that the
likeness of two reports is a sum over shared words, and its names. Two that both name "Brinholt" and "Varlow" are likely
of one event; "police" says nothing. Nothing here depends on which other reports there are.
"""

from __future__ import annotations

import calendar
import math
import re
from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence, Set
from functools import cache, lru_cache
from sys import intern
from typing import Any

from tollbook.lexicon import load
from tollbook.lexicon.dictionary import is_plain
from tollbook.lexicon.rarity import UNSEEN, Rarity
from tollbook.model import PlaceMention, Report
from tollbook.text import fold, is_shouted
from tollbook.values import dataclass

WORD = re.compile(r"[^\W_](?:[\w’']*\w)?")
# A capital that no stop, quotation mark or line start explains.
CAPITAL = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]\w*[a-z]\b")
SMALL = re.compile(r"[a-z](?<!\w.)\w*[a-z]\b")
# A word of this class or a lower one stands in a fifth of all reports or more: it tells none from another.
COMMON = 5
# A number of fewer digits tells nothing.
DIGITS = 3
# Years and days of the month, which are compared as dates.
DATED = re.compile(r"(?:19|20)\d\d|\d{1,2}(?:st|nd|rd|th)")
# The words of a title count this much more.
TITLE = 2
# So many of a text's words the list of rarities has, where it is in its language.
KNOWN = 0.4
# Only so many of a report's rarest words are compared: the likeness hardly changes beyond, the time does.
MOST = 200

# Weights are whole parts of this: a sum of them is the same in any order, and each takes two bytes.
UNIT = 65_535

CALENDAR = frozenset(fold(name) for name in (*calendar.day_name, *calendar.month_name, *calendar.month_abbr, "sept"))


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """Words, the heaviest first, and what each weighs in parts of `UNIT`; a word is held once for all reports."""

    words: tuple[str, ...]
    weights: array[int]

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> Vector:
        """Words with weights up to 1."""
        ordered = sorted(weights, key=lambda word: (-weights[word], word))
        return cls.held(ordered, array("H", (round(UNIT * weights[word]) for word in ordered)))

    @classmethod
    def held(cls, words: Sequence[str], weights: array[int]) -> Vector:
        """Words that perhaps another process has read."""
        return cls(tuple(map(intern, words)), weights)

    def __reduce__(self) -> tuple[Any, ...]:
        return Vector.held, (self.words, self.weights)


NO_WORDS = Vector.of({})


def counted(report: Report) -> Counter[str]:
    """How often a report has each word, those of its title more than once."""
    counts = Counter(words_of(report.text))
    for word in words_of(report.title or ""):
        counts[word] += TITLE
    return counts


def vector(counts: Counter[str], rarity: Rarity) -> Vector:
    """A unit vector of a report's words; of a text in a language whose words the list lacks, nothing."""
    if sum(n for word, n in counts.items() if word in rarity.classes) < KNOWN * counts.total():
        return NO_WORDS
    weight = {word: (1 + math.log(n)) * rarity.of(word) for word, n in counts.items() if _tells(word, rarity)}
    top = sorted(weight, key=lambda word: (-weight[word], word))[:MOST]
    length = math.sqrt(sum(weight[word] ** 2 for word in top)) or 1.0
    return Vector.of({word: weight[word] / length for word in top})


def _tells(word: str, rarity: Rarity) -> bool:
    if word[0].isdigit() and DATED.fullmatch(word):
        return False
    return len(word) >= DIGITS if word.isdigit() else rarity.classes.get(word, UNSEEN) >= COMMON


def words_of(text: str) -> list[str]:
    """The words of a text, folded, "mayor's" as "mayor"."""
    return [word.removesuffix("'s") for word in WORD.findall(fold(text))]


def likeness(left: Vector, right: Vector) -> float:
    """The cosine of two reports' words, 0 to 1; the same whichever comes first."""
    one, other = _by_word(left), _by_word(right)
    return sum(one[word] * other[word] for word in one.keys() & other.keys()) / UNIT**2


def shared_words(left: Vector, right: Vector) -> dict[str, float]:
    """The words of both, those first that make them most alike, with what the lighter of the two weighs."""
    one, other = _by_word(left), _by_word(right)
    both = sorted(one.keys() & other.keys(), key=lambda word: (-one[word] * other[word], word))
    return {word: min(one[word], other[word]) / UNIT for word in both}


@lru_cache(maxsize=8192)
def _by_word(vector: Vector) -> dict[str, int]:
    """What each word weighs, kept for the reports that were just compared, which are compared again."""
    return dict(zip(vector.words, vector.weights, strict=True))


def names(report: Report, words: Set[str], rarity: Rarity, plain: Collection[str]) -> Vector:
    """The names among a report's words, each with a weight up to 1 that grows as fewer reports of news hold it.

    A word is a name where the report writes it with a capital that no sentence start explains, more often than without,
    and it is no plain word of news; in a text in capitals, where the rarities have it as a name or no list has it.
    """
    if is_shouted(report.text):
        found = {word for word in words if _is_name(word, rarity, plain)}
    else:
        capital = Counter(map(fold, CAPITAL.findall(report.text)))
        small = Counter(SMALL.findall(report.text))
        told = {word for word, n in capital.items() if n > small[word]}
        found = {word for word in told if word not in rarity.classes or not is_plain(word, plain)}
        found |= {word for word in rarity.names.intersection(words) if not small[word]}
    most = rarity.of("")
    return Vector.of({word: rarity.of(word) / most for word in found.intersection(words) - CALENDAR - _demonyms()})


def _is_name(word: str, rarity: Rarity, plain: Collection[str]) -> bool:
    if word in rarity.names:
        return True
    return word.isalpha() and word not in rarity.classes and not is_plain(word, plain)


@cache
def _demonyms() -> frozenset[str]:
    """Words for the people of a country, which name nobody: "Norvelian"."""
    return frozenset(load("en").table("places")["demonyms"])


def without_places(named: Vector, places: Sequence[PlaceMention]) -> Vector:
    """The names of a report but for those of its places, which count where places are compared ("Upper Orne")."""
    said = {word for place in places for word in WORD.findall(fold(place.said))}
    kept = [(word, weight) for word, weight in zip(named.words, named.weights, strict=True) if word not in said]
    return Vector.held([word for word, _ in kept], array("H", (weight for _, weight in kept)))
