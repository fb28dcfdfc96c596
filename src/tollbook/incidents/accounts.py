"""What of a report's text is its account: the sentences that tell the story, without the furniture of the page.

Input: a text. Output: its words in lower case, each with whether the report says it itself or somebody is quoted.
"Sign in to comment", "0:43 Watch the parade" and "Anyone with information may call" are furniture. A line without an
end is a heading, a caption or a link; a sentence that speaks to the reader, sells or claims rights is no news.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache
from typing import Final

from tollbook.incidents.likely import RUN, runs_of
from tollbook.lexicon import load
from tollbook.text import any_of, fold, is_shouted
from tollbook.values import dataclass

# A line without an end is a heading, a caption or a link, unless it is as long as this or the whole text.
HEADING: Final = 200
# What a word weighs that the report says itself; that it quotes, for two may have heard it; that is a formula.
OWN: Final = 3
QUOTED: Final = 1
FORMULA: Final = 0
SIGN: Final = 1
# So few words between two formulas belong to them.
BRIDGE: Final = 3
# A headline is judged by its words of more than so many letters, if there are so many of these.
SMALL: Final = 3
HEADLINE: Final = 3
STRAY: Final = 5
# A text is wrapped at a margin where no line is longer than this and one in so many begins small.
MARGIN: Final = 100
WRAPPED: Final = 4
_BLANK = re.compile(r"\n\s*\n")
_END = re.compile(r"[.!?…。！？।۔؟][\"'”’»)\]]*$")
_SENTENCE = re.compile(r"(?<=[.!?…。！？।۔؟])\s*(?=\s|[^\x00-\u02ff])")
# Somebody's words. A mark behind a word or a number opens nothing (5'3"); one that nothing closes reaches to the end of
# its line. Single marks count where no apostrophe or plural explains them.
_QUOTE = re.compile(r"([“\"„«](?<!\w.)[^“”\"„«»]+(?:[”\"“»]|$)|['‘](?<![\w'].)(?=\w)[^“”\"„«»]*?(?<=[.,!?])')")
# Scripts without spaces: each sign is a word of its own.
_SPACELESS = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
# A telephone number, an address of the net, a handle.
_CONTACT = r"\d{3}[-.) ]{1,2}\d{4}|\.com\b|[@#©]"


@dataclass(frozen=True, slots=True)
class Account:
    """The words of an account in lower case, and what each weighs as a trace of whoever wrote it."""

    words: tuple[str, ...] = ()
    weights: bytes = b""


@cache
def _words() -> re.Pattern[str]:
    """A word, or a sign of a script without spaces; made on first need, for so wide a class takes 4 ms."""
    return re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+(?:'[^\W_]+)*")


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(rf"[{_SPACELESS}]")


def account_of(text: str) -> Account:
    """The account of a text: what stands in whole sentences and is no furniture."""
    words: list[str] = []
    weights = bytearray()
    furniture = _furniture()
    lines = _lines(text)
    for line in map(fold, lines):
        if len(line) < HEADING and len(lines) > 1 and not _END.search(line):
            continue
        for i, part in enumerate(_QUOTE.split(line)):
            said = [part] if i % 2 else [piece for piece in _SENTENCE.split(part) if not furniture.search(piece)]
            for piece in said:
                found = _words().findall(piece)
                words += found
                weights += _weights(found, QUOTED if i % 2 else OWN)
    return Account(tuple(words), bytes(weights))


def _lines(text: str) -> list[str]:
    """The lines of a text; one that is wrapped at a margin gives its paragraphs."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    low = len(lines) if is_shouted(text) else sum(line[0].islower() for line in lines)
    if low * WRAPPED < len(lines) or max(map(len, lines), default=0) > MARGIN:
        return lines
    return [" ".join(piece.split()) for piece in _BLANK.split(text.strip())]


def _weights(words: list[str], weight: int) -> bytes:
    """What words weigh; a sign of a script without spaces is a third of a word."""
    if all(map(str.isascii, words)):
        return bytes([weight]) * len(words)
    return bytes([SIGN if _signs().match(word) else weight for word in words])


def strays(title: str | None, account: Account) -> bool:
    """True where an account has hardly a word of a headline of some length: it is of something else."""
    words = {word for word in _words().findall(fold(title or "")) if len(word) > SMALL}
    return len(words) >= HEADLINE and len(words.intersection(account.words)) * STRAY <= len(words)


def without_formulas(account: Account, common: Collection[int]) -> Account:
    """The account with the words of runs that many reports hold weighed as formulas."""
    weights = bytearray(account.weights)
    end = -BRIDGE
    for i, run in enumerate(runs_of(account.words)):
        if run in common:
            start = end if i - end <= BRIDGE else i
            end = i + RUN
            weights[start:end] = bytes([FORMULA]) * (end - start)
    return replace(account, weights=bytes(weights))


@cache
def _furniture() -> re.Pattern[str]:
    table = load("en").table("furniture")
    choice = any_of((phrase for phrases in table.values() for phrase in phrases), {" ": r"\s+", "*": r"\w*"})
    return re.compile(rf"(?<![\w']){choice}(?!\w)|{_CONTACT}")
