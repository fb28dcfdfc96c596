"""Stretches of a sentence: where a statement's content begins and ends.

In: the tokens of a sentence and the statements found so far. Out: offsets. In "Ten died, the mayor said" the content
ends before the comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tollbook.claims.speech_naming import Phrase
from tollbook.claims.speech_words import QUOTE, Words
from tollbook.text import Token

Role = Literal["say", "deny", "cite", "relay", "weak", "reported"]
ENDS = frozenset({".", "!", "?", "…"})


@dataclass(frozen=True, slots=True)
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
    if held[0].low in words.prepositions and len(held) <= 6 and not any(token.low in words.finite for token in held):
        return False
    if held[0].low in {"if", "when", "asked", "speaking", "citing", "according"} and len(held) < 12:
        return False
    return len(held) >= 2 and (
        len(held) > 3
        or any(token.low in words.finite for token in held)
        or held[0].low in words.determiners
        or held[0].is_number
    )


def left_edge(tokens: Sequence[Token], at: int, found: list[Found]) -> int:
    """Where the clause that ends before token `at` begins: the sentence's start, or behind an earlier statement."""
    begin = tokens[0].start
    for one in found:
        closed = max(one.cue[1], one.end if one.back else one.cue[1])
        for n in range(1, at):
            joint = tokens[n].low in {"but", "while", "whereas", ";"} or (
                tokens[n].low == "and" and tokens[n - 1].low == ","
            )
            if tokens[n].start >= closed and joint:
                begin = max(begin, tokens[n].end)
                break
    after_start = [token.start for token in tokens[:at] if token.start >= begin]
    return after_start[0] if after_start else begin


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
    """Cut a content where the next statement of the sentence begins a clause of its own."""
    parted: list[Found] = []
    for one in found:
        end = one.end
        for other in found:
            if other is one or other.role in {"cite", "relay", "reported"} or one.back or other.cue[0] <= one.cue[0]:
                continue
            begin = (
                min(other.cue[0], tokens[other.phrase.first].start)
                if other.phrase is not one.phrase and other.phrase
                else other.cue[0]
            )
            joint = next((token for token in reversed(tokens) if token.end <= begin), None)
            if other.back or joint is None or not one.start < joint.start < end:
                continue
            if joint.low in {"while", "but", "whereas", ";", "and", ","} and (
                other.phrase is one.phrase or joint.low != ","
            ):
                end = joint.start
        held = [token for token in tokens if one.start <= token.start < end and token.end <= end]
        while len(held) > 1 and held[-1].low in {",", "and", "but"}:
            held.pop()
        if held and end != one.end:
            one = Found(one.start, held[-1].end, one.cue, one.role, one.phrase, one.hearer, one.back)
        parted.append(one)
    return parted
