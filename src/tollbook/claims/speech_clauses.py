"""Stretches of a sentence: where a statement's content begins and ends.

In: the tokens of a sentence and the statements found so far. Out: offsets. In "Ten died, the mayor said" the content
ends before the comma.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from tollbook.claims.speech_naming import Phrase
from tollbook.claims.speech_words import QUOTE, Words
from tollbook.text import Token
from tollbook.values import dataclass

Role = Literal["say", "deny", "cite", "relay", "weak", "reported", "mind"]
# A clause is cut at the statements next to it; looking further would take time without end in a list of cues.
_REACH = 6
ENDS = frozenset({".", "!", "?", "…"})


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Found:
    """A statement inside a sentence: offsets of its content and cue, and the source as token positions."""

    start: int
    end: int
    cue: tuple[int, int]
    role: Role
    phrase: Phrase | None = None
    hearer: Phrase | None = None
    back: bool = False  # the content stands before the source

    @property
    def content(self) -> tuple[int, int]:
        return self.start, self.end


def clausal(tokens: Sequence[Token], end: int, words: Words) -> bool:
    """True where the tokens before `end` can be a statement, not only "In Redburn" or "On Monday"."""
    held = tokens[:end]
    if any(token.low == QUOTE for token in held):
        return True
    if _opens(held, words):
        return False
    if held[0].low in {"if", "when", "asked", "speaking", "citing", "according"} and len(held) < 12:
        return False
    return len(held) >= 2 and (
        len(held) > 3
        or any(token.low in words.finite for token in held)
        or held[0].low in words.determiners
        or held[0].is_number
        or held[0].low in words.numbers
    )


def _opens(held: Sequence[Token], words: Words) -> bool:
    """True for "In the third of its yearly surveys" and "Earlier in the week": no verb, so no statement."""
    first = held[0].low
    if first not in words.prepositions and first not in words.times and first not in words.openers:
        return False
    verbs = (words.verbs.get(token.low) for token in held)
    told = any(verb is not None and verb.form == "past" for verb in verbs)
    return not told and not any(token.low in words.finite or token.low.endswith("ed") for token in held)


def left_edge(tokens: Sequence[Token], at: int, found: list[Found]) -> int:
    """Where the clause that ends before token `at` begins: the sentence's start, or behind an earlier statement."""
    first = 0
    for one in found[-_REACH:]:
        closed = max(one.cue[1], one.end if one.back else one.cue[1])
        opened = next((n for n in range(max(1, first), at) if tokens[n].start >= closed and _joint(tokens, n)), None)
        first = opened + 1 if opened is not None else first
    return tokens[min(first, at - 1)].start


def _joint(tokens: Sequence[Token], at: int) -> bool:
    """True where a new clause may begin behind `at`: "but", "while", a semicolon, ", and"."""
    low = tokens[at].low
    return low in {"but", "while", "whereas", ";"} or (low == "and" and tokens[at - 1].low == ",")


def end_before(tokens: Sequence[Token], at: int) -> int:
    """The end of what stands before token `at`, without a comma or dash."""
    while at > 0 and tokens[at - 1].low in {",", "--", "–", "—", "-", ":", "(", "and", "as"}:
        at -= 1
    return tokens[at - 1].end if at else tokens[0].start


def last_end(tokens: Sequence[Token]) -> int:
    """The end of a sentence without its final stop."""
    at = len(tokens)
    while at > 1 and tokens[at - 1].low in ENDS:
        at -= 1
    return tokens[at - 1].end


def past(tokens: Sequence[Token], source: Phrase) -> int:
    """The position behind a source, its apposition and the comma that closes it."""
    at = source.also[1] if source.also else source.last
    return at + 1 if at < len(tokens) and tokens[at].low == "," else at


def clause(tokens: Sequence[Token], at: int, found: list[Found]) -> tuple[int, int]:
    """The clause around a position: between semicolons and joints with "but" or "while"."""
    begin, end = 0, len(tokens)
    for n, token in enumerate(tokens):
        if token.low in {";", "but", "while", "whereas"} and n > 0:
            if n < at:
                begin = n + 1
            elif n > at and end == len(tokens):
                end = n
    return tokens[begin].start, max(end_before(tokens, end), tokens[at].end) if end < len(tokens) else last_end(tokens)


def parted(found: list[Found], tokens: Sequence[Token]) -> list[Found]:
    """Cut a content where one of the next statements of the sentence begins a clause of its own."""
    if len(found) < 2:
        return found
    ends = [token.end for token in tokens]
    cut: list[Found] = []
    for at, one in enumerate(found):
        end = one.end
        for other in found[at + 1 : at + 1 + _REACH]:
            joint = _begins(one, other, tokens, ends)
            if joint is not None and one.start < joint < end:
                end = joint
        cut.append(one if end == one.end else _shortened(one, end, tokens))
    return cut


def _begins(one: Found, other: Found, tokens: Sequence[Token], ends: list[int]) -> int | None:
    """The offset of the joint ("while", "and", a comma) where `other` begins a clause behind `one`, or None."""
    if one.back or other.back or other.role in {"cite", "relay", "reported"} or other.cue[0] <= one.cue[0]:
        return None
    same = other.phrase is one.phrase
    if same and other.role == "weak" and one.role != "weak":
        return None  # "He said he came and hopes …": the hope is what he said
    begin = other.cue[0]
    if other.phrase and not same:
        begin = min(begin, tokens[other.phrase.first].start)
    at = bisect_right(ends, begin) - 1
    if at < 0:
        return None
    low = tokens[at].low
    opens = low in {"while", "but", "whereas", ";", "and"} or (same and low == ",")
    return tokens[at].start if opens else None


def _shortened(one: Found, end: int, tokens: Sequence[Token]) -> Found:
    """A statement whose content ends before `end`, without a comma or "and" that is left over."""
    held = [token for token in tokens if one.start <= token.start and token.end <= end]
    while len(held) > 1 and held[-1].low in {",", "and", "but"}:
        held.pop()
    return replace(one, end=held[-1].end) if held else one
