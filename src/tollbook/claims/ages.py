"""Ages: which numbers are one ("aged 35", "Ann Lee, 35,"), and whom they make a child ("two 6-year-old boys")."""

from __future__ import annotations

from tollbook.claims.grammar import grammar
from tollbook.claims.nouns import noun_at
from tollbook.claims.numerals import DASHES, number_words
from tollbook.claims.quantities import Figure
from tollbook.lexicon import Lexicon
from tollbook.text import Token

CHILD = 18  # Convention on the Rights of the Child, article 1
TOP = 115
MOST_LISTED = 8  # tokens of a list of ages
_TELLS = {"a", "an", "the", "who", "of"}  # "the murder of Orr, 52, a teacher"
_OLD = {(one, "old") for one in ("year", "years", "month", "months", "week", "day")}


def said(sentence: list[Token], figure: Figure, lexicon: Lexicon) -> tuple[int, str] | None:
    """(index after, unit) of a number of years somebody has lived: "76-year-old", "aged 35", "Ann Lee, 35, and"."""
    value, at = figure.quantity.value, figure.last
    if value is None:
        return None
    tail = [token.low for token in sentence[at : at + 5] if token.low not in DASHES]
    if tuple(tail[:2]) in _OLD or (tail[:1] in (["year"], ["years"]) and tail[1:3] == ["of", "age"]):
        end = at
        while end < len(sentence) and sentence[end].low not in ("old", "age"):
            end += 1
        return end + 1, "year of age" if tail[0].startswith("year") else f"{tail[0].rstrip('s')} of age"
    if value > TOP:
        return None
    before = [token.low for token in sentence[max(0, figure.first - 3) : figure.first]]
    told = before[-1:] in (["aged"], ["age"], ["ages"]) or before[-2:] in (["age", "of"], ["ages", "of"])
    told = told or _is_listed(sentence, figure, lexicon)
    return (at, "year of age") if told or _is_set_off(sentence, figure, lexicon) else None


def _is_listed(sentence: list[Token], figure: Figure, lexicon: Lexicon) -> bool:
    """ "Boys, ages five and eight", "two men, 23 and 31, who": a row behind "ages" or set off from people."""
    first, last = figure.first, figure.last
    if last < len(sentence) and sentence[last].low not in (",", "and", ".", ")", ";"):
        return False
    while first > 0 and figure.first - first < MOST_LISTED and _in_row(sentence, first - 1, lexicon):
        first -= 1
    while last < len(sentence) and last - figure.last < MOST_LISTED and _in_row(sentence, last, lexicon):
        last += 1
    if first == 0 or first == figure.first:
        return False
    if sentence[first - 1].low in ("aged", "ages"):
        return True
    noun = noun_at(sentence, first - 1, lexicon)
    many = any(token.low == "and" for token in sentence[first:last])
    closed = sentence[last - 1].low == "," or (last < len(sentence) and sentence[last].low in (".", ")"))
    return sentence[first].low == "," and closed and many and noun is not None and noun[0].person


def _in_row(sentence: list[Token], at: int, lexicon: Lexicon) -> bool:
    """A number that may be an age, or what stands between two of them."""
    low = sentence[at].low
    return low in (",", "and") or (low.isdecimal() and int(low) <= TOP) or low in number_words(lexicon).units


def _is_set_off(sentence: list[Token], figure: Figure, lexicon: Lexicon) -> bool:
    """ "Ann Lee, 35, and", "his sister (29)": bare digits between commas or in brackets behind a person."""
    first, at = figure.first, figure.last
    if (
        first < 2
        or first != figure.number
        or not sentence[first].is_number
        or not isinstance(figure.quantity.value, int)
    ):
        return False
    closes = at >= len(sentence) or sentence[at].low in (",", ".", ")", ";")
    if not closes or sentence[first - 1].low not in (",", "("):
        return False
    if at + 1 < len(sentence) and sentence[at + 1].low.isdecimal():
        return False
    noun = noun_at(sentence, first - 2, lexicon)
    kin = noun is not None and noun[0].person and noun[0].singular and sentence[first - 2].low != "one"
    told = [token.low for token in sentence[at : at + 2]]
    one = sentence[first - 2].is_capital and told[:1] == [","] and told[1:] and told[1] in _TELLS
    return (
        kin
        or bool(one and sentence[first - 3].low in ("of", "that", "by"))
        or _is_named(sentence, first - 2, grammar(lexicon).months)
    )


def _is_named(sentence: list[Token], at: int, months: frozenset[str]) -> bool:
    """Two capitalised words in a row, or one after a title: months and places before a day number are no names."""
    if not sentence[at].is_word or not sentence[at].is_capital or sentence[at].low in months:
        return False
    return at == 0 or sentence[at - 1].is_capital or sentence[at - 1].low == "."


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
