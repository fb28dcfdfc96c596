"""Attitudes told by words that no rule knows: "Critics savaged the plan", "their long fight against the dam".

In: the tokens of a sentence, and which of them can be cues. Out: a `Found` for each, to be weighed. They tell
what is on somebody's mind and vouch for no figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tollbook.claims.speech_clauses import ENDS, Found, last_end
from tollbook.claims.speech_forms import group_start
from tollbook.claims.speech_naming import Phrase
from tollbook.claims.speech_signs import place
from tollbook.claims.speech_sources import after, before
from tollbook.claims.speech_verbs import subject
from tollbook.claims.speech_words import BREAKS, QUOTE, Words
from tollbook.text import Token

# "his long and repeated criticism of": a possessive stands at most this far before its noun.
_OWNED = 4
_LONGEST = 60  # words of a content
_OPENS = frozenset({"that", "whether", "to"})
_STOPS = BREAKS - {QUOTE}


def loose(tokens: Sequence[Token], words: Words, found: Sequence[Found], places: Sequence[int]) -> list[Found]:
    """An attitude for each of the words at `places` that stands in no cue that the rules found."""
    cues = {place for one in found for place in range(*one.cue)} if found and places else ()
    free = (at for at in places if at + 1 < len(tokens) and not (cues and tokens[at].start in cues))
    return [one for one in (_told(tokens, at, words, found) for at in free) if one]


def rounded(tokens: Sequence[Token], one: Found, words: Words) -> Found:
    """An attitude with its whole cue: "is wary of", "called for"; figures are said by a verb alone."""
    if one.role not in {"weak", "mind"} or one.back:
        return one
    at = place(tokens, one)
    start, behind = group_start(tokens, at, words), at + 1
    left = tokens[start].start if start < at and tokens[start].low not in words.times else one.cue[0]
    begin, right = one.start, one.cue[1]
    if behind + 1 < len(tokens) and tokens[behind].low in words.mind_links - _OPENS and begin >= tokens[behind].start:
        right = tokens[behind].end
        begin = max(begin, tokens[behind + 1].start)
    return replace(one, start=begin, cue=(min(left, one.cue[0]), right)) if begin < one.end else one


def _told(tokens: Sequence[Token], at: int, words: Words, found: Sequence[Found]) -> Found | None:
    cue = (tokens[at].start, tokens[at].end)
    owner = _owner(tokens, at, words)
    start = group_start(tokens, at, words)
    source = owner or before(tokens, start, words)
    if tokens[at + 1].low == "by" and not owner and _passive(tokens, start, at, words):
        agent = after(tokens, at + 2, words)
        if agent and source:
            return Found(tokens[source.first].start, tokens[source.last - 1].end, cue, "mind", agent, back=True)
    begin = at + 1
    if tokens[begin].low in {":", ","} or (tokens[begin].low in words.mind_links - _OPENS):
        begin += 1
    if begin >= len(tokens) or tokens[begin].low in ENDS:
        return None
    stops = _STOPS | words.finite if owner and begin > at + 1 else _STOPS
    most = min(len(tokens), begin + _LONGEST)
    end = next((n for n in range(begin + 1, most) if tokens[n].low in stops), most)
    close = tokens[end - 1].end if end < len(tokens) else last_end(tokens)
    if source is None and start:
        source = _carried(tokens, start, words) or _shared(tokens, start, words, found)
    if tokens[at + 1].low == "as" and any(token.low in words.be for token in tokens[start:at]):
        source = None  # "is known as the …": nobody in particular calls it so
    return Found(tokens[begin].start, close, cue, "mind", source)


def _owner(tokens: Sequence[Token], at: int, words: Words) -> Phrase | None:
    """ "Orr's long fight", "their fight": the possessive before a noun."""
    for back in range(at - 1, max(-1, at - _OWNED), -1):
        low = tokens[back].low
        if low in BREAKS or low in words.finite or low in words.prepositions:
            return None
        if low in words.owners or low.endswith(("'s", "s'")):
            if back < at - 1 and tokens[at + 1].low not in words.mind_links:
                return None
            return Phrase(back, back + 1) if low in words.owners else before(tokens, back + 1, words)
    return None


def _carried(tokens: Sequence[Token], at: int, words: Words) -> Phrase | None:
    """ "Ada Orr voiced deep concern": who does something with an attitude has it."""
    for back in range(at - 1, max(0, at - _OWNED), -1):
        if tokens[back].low in words.carriers:
            return before(tokens, group_start(tokens, back, words), words)
    return None


def _passive(tokens: Sequence[Token], start: int, at: int, words: Words) -> bool:
    """ "a plan loathed by", "was loathed by"."""
    return tokens[at].low.endswith("ed") or any(token.low in words.be for token in tokens[start:at])


def _shared(tokens: Sequence[Token], start: int, words: Words, found: Sequence[Found]) -> Phrase | None:
    """ "Ada Orr called the plan costly and savaged its author": the source of the cue before."""
    if tokens[start - 1].low not in words.joints | {"to"}:
        return None
    ahead = [one for one in found if one.phrase and one.cue[1] <= tokens[start - 1].start]
    return max(ahead, key=lambda one: one.cue).phrase if ahead else subject(tokens, start, words)
