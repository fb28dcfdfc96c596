"""Attitudes without a verb of saying: nouns ("her fear that …", "criticism of …") and adjectives ("is wary of …").

In: the tokens of a sentence and the statements found in it. Out: `Found` values with role "mind". They tell what is on
somebody's mind and vouch for no figure. In "His fear that the bridge may fall" the source is "His", the cue "fear".
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.speech_clauses import ENDS, Found, last_end
from tollbook.claims.speech_forms import group_start
from tollbook.claims.speech_naming import Phrase
from tollbook.claims.speech_sources import before
from tollbook.claims.speech_words import BREAKS, Words
from tollbook.text import Token

# "his long and repeated criticism of": a possessive stands at most this far before its noun.
_OWNED = 4


def minds(tokens: Sequence[Token], words: Words, found: Sequence[Found]) -> list[Found]:
    """Attitudes told by nouns, adjectives and "known as", where no other cue stands already."""
    cues = {place for one in found for place in range(*one.cue)} if found else set()
    told: list[Found] = []
    for at in range(len(tokens) - 2):
        low = tokens[at].low
        if low not in words.mind_words or tokens[at].start in cues:
            continue
        following = tokens[at + 1].low
        one = None
        if low in words.mind_nouns and following in words.mind_links:
            one = _noun(tokens, at, words)
        elif low in words.mind_adjectives and following in words.mind_links:
            one = _adjective(tokens, at, words)
        elif low in words.mind_named and following == "as":
            one = _found(tokens, at, at + 2, None)
        if one:
            told.append(one)
    return told


def _found(tokens: Sequence[Token], at: int, begin: int, source: Phrase | None) -> Found | None:
    """The attitude with cue `at` and its content from `begin` to the next break."""
    end = next((n for n in range(begin, len(tokens)) if tokens[n].low in BREAKS | {"but", "while"}), len(tokens))
    if begin >= end or tokens[begin].low in ENDS:
        return None
    close = tokens[end - 1].end if end < len(tokens) else last_end(tokens)
    return Found(tokens[begin].start, close, (tokens[at].start, tokens[at].end), "mind", source)


def _noun(tokens: Sequence[Token], at: int, words: Words) -> Found | None:
    """ "Orr's claim that", "concerns about": the source is the possessive before the noun, or nobody is named."""
    begin = at + 1 if tokens[at + 1].low in {"that", "whether", "to"} else at + 2
    for back in range(at - 1, max(-1, at - _OWNED - 1), -1):
        low = tokens[back].low
        if low in words.owners:
            return _found(tokens, at, begin, Phrase(back, back + 1))
        if low.endswith(("'s", "s'")):
            source = before(tokens, back + 1, words)
            return _found(tokens, at, begin, source)
        if low in BREAKS or low in words.prepositions or low in words.finite:
            break
    carrier = next((n for n in range(at - 1, max(-1, at - _OWNED), -1) if tokens[n].low in words.carriers), None)
    if carrier:
        source = before(tokens, group_start(tokens, carrier, words), words)
        return _found(tokens, at, begin, source)
    loose = tokens[at + 1].low in words.mind_loose and tokens[at].low in words.mind_open
    return _found(tokens, at, begin, None) if loose else None


def _adjective(tokens: Sequence[Token], at: int, words: Words) -> Found | None:
    """ "Ada Orr is wary of": the source is the subject."""
    start = at
    while start > 0 and (tokens[start - 1].low in words.degrees or tokens[start - 1].low.endswith("ly")):
        start -= 1
    start = group_start(tokens, start, words)
    if start == at or not any(token.low in words.stative for token in tokens[start:at]):
        return None
    source = before(tokens, start, words)
    begin = at + 1 if tokens[at + 1].low in {"that", "whether", "to"} else at + 2
    return _found(tokens, at, begin, source) if source else None
