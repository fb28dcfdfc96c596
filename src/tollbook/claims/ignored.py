"""Numerals that no figure and no time took: kept with a reason, so that none is passed over in silence.

A numeral is a sign that stands for a number in any script ("12", "١٢", "½", "Ⅻ") or a number word ("twelve").
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.digits import is_code
from tollbook.claims.mentions import Mention
from tollbook.claims.numerals import number_words
from tollbook.claims.timespans import time_over
from tollbook.lexicon import Lexicon
from tollbook.model import Ignored, Span, TimeMention
from tollbook.text import Token


def leftover(
    sentence: list[Token], span: Span, whole: str, mentions: Sequence[Mention], times: Sequence[TimeMention],
    lexicon: Lexicon,
) -> list[Ignored]:  # fmt: skip
    """An `Ignored` for each numeral that lies in no mention and no time."""
    words = number_words(lexicon).cardinals
    taken = {
        index
        for mention in mentions
        if not mention.is_zero and (mention.figure.merged or not mention.figure.lone)  # "no one" makes no row
        for index in range(mention.figure.first, _end(mention, sentence, times))
    }
    rows = []
    for index, token in enumerate(sentence):
        text = token.text
        written = text[-1].isdigit() if text.isascii() else any(map(str.isnumeric, text))
        if index in taken or not (written or token.low in words):
            continue
        at = Span(token.start, token.end, span.part)
        time = time_over(times, token.start, token.end)
        if time and time.span.end >= token.end:
            continue  # "10:30.1.2" holds a time and more
        rows.append(Ignored(at, at.of(whole), _why(token)))
    return rows


def _end(mention: Mention, sentence: list[Token], times: Sequence[TimeMention]) -> int:
    """The token after a mention; of "1992 hundred", which is a year, the one after the year."""
    end = max(mention.figure.last, mention.role.last)
    while mention.role.kind == "time" and end > mention.figure.first:
        if time_over(times, sentence[end - 1].start, sentence[end - 1].end):
            return end
        end -= 1
    return end


def _why(token: Token) -> str:
    """ "007" is a code; digits in a word make a name; "each one" is a pronoun, and "hundred" alone a word."""
    if token.is_word:
        return "pronoun" if token.low == "one" else "word" if token.text.isascii() and token.text.isalpha() else "name"
    return "code" if is_code(token.text) else "number"
