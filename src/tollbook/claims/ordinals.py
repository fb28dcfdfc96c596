"""Ordinals that tell how many: whoever is "the fifth person to die" is one of at least five.

Only so; a fifth victim, a third man who was hurt, or the twelfth killing of a year counts nobody else.
"""

from __future__ import annotations

from tollbook.claims.digits import parse_digits
from tollbook.claims.grammar import grammar
from tollbook.claims.nouns import noun_at
from tollbook.claims.numerals import number_words
from tollbook.claims.quantities import Figure
from tollbook.claims.triggers import trigger_words
from tollbook.lexicon import Lexicon
from tollbook.model import Quantity
from tollbook.text import Token

_ENDINGS = frozenset({"st", "nd", "rd", "th"})
MOST = 1000
REACH = 8  # tokens behind the verb in which a year or the like makes it a count of many events


def counted_by(sentence: list[Token], figures: list[Figure], lexicon: Lexicon) -> list[Figure]:
    """The figures of a sentence, and those of "the fifth person to die", "the 21st miner to be killed"."""
    found = [
        figure
        for at, token in enumerate(sentence[:-4])
        if token.low == "the" and (figure := _figure(sentence, at, lexicon))
    ]
    held = {at for figure in found for at in range(figure.first, figure.last)}
    return [*(figure for figure in figures if figure.number not in held), *found] if found else figures


def _figure(sentence: list[Token], at: int, lexicon: Lexicon) -> Figure | None:
    read = _ordinal(sentence, at + 1, lexicon)
    noun = noun_at(sentence, read[1], lexicon) if read else None
    if not read or not noun or not noun[0].person or not noun[0].singular:
        return None
    to = noun[1]
    verb = to + 2 if sentence[to + 1 : to + 2] and sentence[to + 1].low == "be" else to + 1
    if verb >= len(sentence) or sentence[to].low != "to" or not trigger_words(lexicon).finite_at(sentence, verb):
        return None
    behind = {token.low for token in sentence[verb : verb + REACH]}
    many = behind & grammar(lexicon).spells
    return None if many else Figure(at, at, read[1], Quantity.at_least(read[0]), ordinal=True)


def _ordinal(sentence: list[Token], at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """(number, index after) of "fifth" or "21st"; "first" tells of nobody else."""
    token, after = sentence[at], sentence[at + 1]
    if token.is_number and after.low in _ENDINGS and after.start == token.end:
        value = parse_digits(token.text)
        return (value, at + 2) if isinstance(value, int) and 1 < value <= MOST else None
    known = number_words(lexicon).ordinals.get(token.low)
    return (known, at + 1) if known else None
