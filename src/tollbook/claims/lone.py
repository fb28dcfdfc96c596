"""Figures said without a number: a lone victim ("a 76-year-old man", "her husband") is one, "no one" is none.

They count only where something is said to have happened to them; `attach` decides that.
"""

from __future__ import annotations

from tollbook.claims.nouns import noun_at
from tollbook.claims.quantities import Figure
from tollbook.claims.triggers import trigger_words
from tollbook.lexicon import Lexicon
from tollbook.model import Quantity
from tollbook.text import Token

_ARTICLES = {"a", "an"}
_POSSESSIVES = {"his", "her", "their"}
_ANYONE = {"anyone", "anybody"}
_NOBODY = {"nobody", "none"}
_NO = {"no", "zero"}
_NEGATIONS = {"not", "n't", "without", "never", "neither", "nor", "didn't", "don't", "doesn't", "hasn't", "haven't", "wasn't",
              "weren't", "isn't", "aren't", "no"}  # fmt: skip
_AFTER_NO = {"reported", "confirmed", "immediate", "known", "serious", "major", "further", "other", "significant", "apparent",
             "initial", "civilian", "human", "additional", "such", "one", "people", "persons", "more", "new"}  # fmt: skip
_ENDS = {
    "had",
    "have",
    "has",
    "is",
    "was",
    "were",
    "are",
    "who",
    "in",
    "on",
    "and",
    "or",
    "of",
    "to",
    "from",
    "with",
    "at",
}
MAX_MODIFIERS = 10


def find(sentence: list[Token], taken: list[Figure], lexicon: Lexicon) -> list[Figure]:
    """Lone and empty figures of a sentence, none of which overlaps a numbered figure."""
    covered = {index for figure in taken for index in range(figure.first, figure.last)}
    found: list[Figure] = []
    for at in range(len(sentence)):
        if at in covered:
            continue
        figure = _nobody(sentence, at, lexicon) or _one(sentence, at, covered, lexicon)
        if figure:
            found.append(figure)
    return found


def _nobody(sentence: list[Token], at: int, lexicon: Lexicon) -> Figure | None:
    """ "No one", "no casualties", "without injuries", "did not see any casualties": zero, said."""
    low = sentence[at].low
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if low in _NOBODY and following not in ("other", "of", "the"):
        return Figure(at, at, at + 1, Quantity.none())
    if low == "no" and following == "one":
        return Figure(at, at, at + 2, Quantity.none())
    negated = any(token.low in _NEGATIONS for token in sentence[max(0, at - 6) : at])
    if low in _ANYONE and negated:
        return Figure(at, at, at + 1, Quantity.none())
    if (
        low == "any"
        and not negated
        or (low == "any" and at + 1 < len(sentence) and sentence[at + 1].low.startswith("arrest"))
    ):
        return None
    if low in _NO or low in ("without", "any"):
        end = at + 1
        while end < len(sentence) and end < at + 5 and sentence[end].low in _AFTER_NO | {"any"}:
            end += 1
        head = sentence[at + 1 : end + 1]
        if end < len(sentence) and head and (_counted(sentence, end, lexicon) or noun_at(sentence, end, lexicon)):
            return Figure(at, at, at + 1, Quantity.none())
        if head and noun_at(sentence, end - 1, lexicon):
            return Figure(at, at, at + 1, Quantity.none())
    return None


def _counted(sentence: list[Token], at: int, lexicon: Lexicon) -> bool:
    return trigger_words(lexicon).counted_at(sentence, at) is not None


def _one(sentence: list[Token], at: int, covered: set[int], lexicon: Lexicon) -> Figure | None:
    """An article or possessive, adjectives, and a noun for one person."""
    low = sentence[at].low
    if at and sentence[at - 1].end == sentence[at].start and sentence[at - 1].low in "-/.":
        return None  # words of an address: ".../another-is-hurt"
    if low == "another" and at + 1 < len(sentence) and at + 1 not in covered:
        return Figure(at, at, at + 1, Quantity.exact(1), more=True, lone=True)
    possessed = low in _POSSESSIVES or (sentence[at].is_capital and low.endswith("'s"))
    if low not in _ARTICLES and not possessed:
        return None
    best: int | None = None
    aged = False
    for index in range(at + 1, min(len(sentence), at + 1 + MAX_MODIFIERS)):
        token = sentence[index]
        if token.low == "old" and sentence[index - 1].low in ("-", "year", "month") and best is None:
            aged = True
        elif token.low in _ENDS or token.low in (",", ".", ";", ":", '"', "”", "“", "(", ")"):
            break
        found = noun_at(sentence, index, lexicon)
        if found and found[0].person:
            if not found[0].singular and token.low not in ("crew", "staff", "police", "military", "adult"):
                return None
            if found[0].singular:
                best = index
        elif best is not None:
            break
    if best is None and aged and not possessed:
        return Figure(at, at, at + 1, Quantity.exact(1), lone=True)
    if best is None or sentence[best].low in ("police", "military", "private", "one", "other", "staff", "crew", "minor", "senior",
                                              "state", "official", "captain", "couple"):  # fmt: skip
        return None
    if possessed and not _is_kin(sentence[best].low):
        return None
    return Figure(at, at, at + 1, Quantity.exact(1), lone=True)


def _is_kin(word: str) -> bool:
    return word in {
        "husband", "wife", "son", "daughter", "mother", "father", "brother", "sister", "child", "baby", "grandson",
        "granddaughter", "grandmother", "grandfather", "uncle", "aunt", "nephew", "girlfriend", "boyfriend", "friend",
        "neighbor", "neighbour", "widow", "bodyguard", "driver", "infant", "toddler",
    }  # fmt: skip
