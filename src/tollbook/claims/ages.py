"""Ages said of people who are counted: "two 6-year-old boys", "a 17-year-old male" are children."""

from __future__ import annotations

from tollbook.claims.numerals import number_words
from tollbook.lexicon import Lexicon
from tollbook.text import Token

CHILD = 18  # Convention on the Rights of the Child, article 1


def aged_end(sentence: list[Token], at: int) -> int | None:
    """The token after "25-year-old" or "6 year old", else None."""
    low = [token.low for token in sentence[at : at + 5]]
    plain = [word for word in low if word != "-"]
    if len(plain) >= 3 and plain[1] in ("year", "years", "month", "months") and plain[2] == "old":
        return at + low.index("old") + 1
    return None


def years_of(sentence: list[Token], at: int, end: int, lexicon: Lexicon) -> int | None:
    """The years of "a 17-year-old male" or "a six-year-old"; months are none."""
    low = [token.low for token in sentence[at:end]]
    if "old" not in low:
        return None
    if "month" in low or "months" in low:
        return 0
    return years_at(sentence, at, lexicon)


def years_at(sentence: list[Token], at: int, lexicon: Lexicon) -> int | None:
    low = sentence[at].low
    return int(low) if low.isdecimal() and len(low) < 4 else number_words(lexicon).units.get(low)


def by_age(group: str, years: int | None) -> str:
    """Whoever is under 18 is a child, whatever else the words call them."""
    child = years is not None and years < CHILD and group in ("all", "men", "women", "youth")
    return "children" if child else group
