"""Killings that are counted by how manifold they are: "a triple homicide" is of three who were killed."""

from __future__ import annotations

from tollbook.claims.counted import Counted
from tollbook.claims.numerals import folded_noun, number_words
from tollbook.claims.quantities import Figure
from tollbook.lexicon import Lexicon
from tollbook.text import Token


def counted(sentence: list[Token], figure: Figure, lexicon: Lexicon) -> Counted | None:
    """What "double" counts in "the double-murder"; None where the figure is no such word."""
    noun = folded_noun(sentence, figure.number, number_words(lexicon))
    return None if noun is None else Counted(noun + 1, noun, measure="killed", trigger=(noun, noun + 1))
