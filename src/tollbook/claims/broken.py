"""Words that the lines of a page joined or broke: "weredisplaced" is two words, "fami-lies" one.

Text taken from a PDF loses the space, or keeps the hyphen, at the end of a line. A word is mended only where both
parts, or the whole, are words of the lexicon; offsets stay those of the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from tollbook.claims.grammar import grammar
from tollbook.claims.triggers import trigger_words
from tollbook.lexicon import Lexicon
from tollbook.lexicon.nouns import noun_table
from tollbook.text import Token
from tollbook.values import dataclass

_SHORTEST = 7  # letters of a joined word: "mayhave"
_PART = 4  # and of a word of what happened in it


@dataclass(frozen=True, slots=True)
class _Words:
    """`joints` are the words that a lost space may join to another, `telling` those of measures and groups."""

    joints: tuple[str, ...]
    endings: tuple[str, ...]
    telling: frozenset[str]
    unbroken: frozenset[str]


@cache
def _words(lexicon: Lexicon) -> _Words:
    entries = (entry for entries in trigger_words(lexicon).by_first.values() for entry in entries)
    telling = {word for entry in entries for word in entry.words if entry.kind != "before"}
    telling.update(form for form, noun in noun_table(lexicon).items() if noun.group != "other")
    joints = sorted(grammar(lexicon).joints)
    long = frozenset(word for word in telling if len(word) >= _PART and word not in joints)
    endings = (*joints, *sorted(grammar(lexicon).joint_endings))
    return _Words(tuple(joints), endings, long, grammar(lexicon).unbroken)


def mended(sentence: list[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with joined words apart and broken words whole; the same list where there are none."""
    words = _words(lexicon)
    long = ((at, token) for at, token in enumerate(sentence) if len(token.low) >= _SHORTEST)
    cuts = {at: cut for at, token in long if (cut := _cut(token, words))}
    seams = [at for at, token in enumerate(sentence) if token.text == "-" and _is_seam(sentence, at, words)]
    return list(_pieces(sentence, cuts, {at - 1 for at in seams})) if cuts or seams else sentence


def _pieces(sentence: list[Token], cuts: dict[int, int], broken: set[int]) -> Iterator[Token]:
    skip = 0
    for at, token in enumerate(sentence):
        if skip:
            skip -= 1
        elif at in broken:
            end = sentence[at + 2]
            yield Token(token.start, end.end, f"{token.text}-{end.text}", token.low + end.low)
            skip = 2
        elif at in cuts:
            cut = cuts[at]
            yield Token(token.start, token.start + cut, token.text[:cut], token.low[:cut])
            yield Token(token.start + cut, token.end, token.text[cut:], token.low[cut:])
        else:
            yield token


def _cut(token: Token, words: _Words) -> int:
    """Where a joined word parts, 0 for a word: "weredisplaced", "displacedabout", "mayhave", "fledMorva"."""
    low = token.low
    if token.is_capital or low in words.telling or low in words.unbroken:
        return 0  # a capital begins a name: "Medicare"
    if low.startswith(words.joints):
        for joint in words.joints:
            if low.startswith(joint) and _is_known(low[len(joint) :], words):
                return len(joint)
    if low.endswith(words.endings):
        for joint in words.endings:
            if low.endswith(joint) and _is_known(low[: -len(joint)], words):
                return len(low) - len(joint)
    if not token.text.islower():
        capital = next((at for at, sign in enumerate(token.text) if sign.isupper()), 0)
        return capital if low[:capital] in words.telling else 0
    return 0


def _is_known(part: str, words: _Words) -> bool:
    return part in words.telling or part in words.joints


def _is_seam(sentence: list[Token], at: int, words: _Words) -> bool:
    """The hyphen of "fami-lies"."""
    if not 0 < at < len(sentence) - 1:
        return False
    before, sign, after = sentence[at - 1 : at + 2]
    touching = before.end == sign.start and sign.end == after.start
    return touching and before.is_word and before.low + after.low in words.telling
