"""Numerals that no figure and no time took: kept with a reason, so that none is passed over in silence."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.mentions import Mention
from tollbook.claims.numerals import is_code
from tollbook.claims.timespans import time_over
from tollbook.model import Ignored, Span, TimeMention
from tollbook.text import Token


def leftover(
    sentence: list[Token], span: Span, whole: str, mentions: Sequence[Mention], times: Sequence[TimeMention]
) -> list[Ignored]:
    """An `Ignored` for each token with a digit that lies in no mention and no time."""
    taken = {
        index
        for mention in mentions
        for index in range(mention.figure.first, max(mention.figure.last, mention.role.last))
    }
    rows = []
    for index, token in enumerate(sentence):
        if index in taken or not any(map(str.isdigit, token.text)):
            continue
        at = Span(token.start, token.end, span.part)
        if time_over(times, token.start, token.end):
            continue
        rows.append(Ignored(at, at.of(whole), _why(token)))
    return rows


def _why(token: Token) -> str:
    """ "007" is a code; digits in a word make a name."""
    if not token.is_number:
        return "name"
    return "code" if is_code(token.text) else "number"
