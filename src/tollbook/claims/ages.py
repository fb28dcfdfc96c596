"""Ages: which numbers are one ("aged 35", "Ann Lee, 35,"), and whom they make a child ("two 6-year-old boys")."""

from __future__ import annotations

from tollbook.claims.grammar import Grammar, grammar
from tollbook.claims.nouns import noun_at
from tollbook.claims.numerals import DASHES, number_words
from tollbook.claims.quantities import Figure
from tollbook.lexicon import Lexicon
from tollbook.text import Token

CHILD = 18  # Convention on the Rights of the Child, article 1
TOP = 115
MOST_NAME = 8  # tokens of a name, quotes and stops counted
MOST_LISTED = 8  # tokens of a list of ages
_AGED = frozenset({"ages", "aged", "age"})
_ENDS = (",", ".", ")", ";", "(", "—", "–")
_OLD = {(one, "old") for one in ("year", "years", "yr", "yrs", "month", "months", "week", "day")}
_SHORT = {("y", "/", "o"), ("yr", "/", "o")}


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
    if tuple(tail[:3]) in _SHORT:
        return at + 3, "year of age"
    before = [token.low for token in sentence[max(0, figure.first - 3) : figure.first]]
    told = before[-1:] in (["aged"], ["age"], ["ages"]) or before[-2:] in (["age", "of"], ["ages", "of"])
    told = told or before[-2:] in (["younger", "than"], ["older", "than"]) or _is_joined(sentence, figure)
    told = told or (tail[:2] == ["'", "s"] and before[-1:] != ["the"])  # "in their 20's"
    told = told or _is_listed(sentence, figure, lexicon)
    bare = _is_bare(sentence, figure) and (
        _is_set_off(sentence, figure, lexicon) or _is_named(sentence, figure, lexicon)
    )
    return (at, "year of age") if told or bare else None


def _is_joined(sentence: list[Token], figure: Figure) -> bool:
    """ "A 14- and a 17-year-old", "aged between 20 and 37", "both 19": an age that shares its word with another."""
    first, last = figure.first, figure.last
    low = [token.low for token in sentence[max(0, first - 6) : last + MOST_LISTED]]
    before, after = low[: min(first, 6)], low[min(first, 6) + last - first :]
    if "both" in (sentence[first].low, *before[-1:]):
        return after[:1] in ([], [","], ["."], [")"], ["-"], ["–"], ["—"])
    if after[:1] and after[0] in DASHES and after[1:2] in ([","], ["and"], ["or"]):
        return "old" in after
    return before[-1:] == ["and"] and "between" in before and not _AGED.isdisjoint(before)


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


def _is_bare(sentence: list[Token], figure: Figure) -> bool:
    """Digits alone, with no bound before them, behind something else."""
    digits = sentence[figure.first].is_number and isinstance(figure.quantity.value, int)
    return digits and figure.first > 1 and figure.first == figure.number


def _is_set_off(sentence: list[Token], figure: Figure, lexicon: Lexicon) -> bool:
    """ "His sister (29)", "a clerk, 35, and": between commas or in brackets behind a person."""
    first, at = figure.first, figure.last
    closes = at >= len(sentence) or sentence[at].low in (",", ".", ")", ";")
    if not closes or sentence[first - 1].low not in (",", "("):
        return False
    if at + 1 < len(sentence) and sentence[at + 1].low.isdecimal():
        return False
    noun = noun_at(sentence, first - 2, lexicon)
    return noun is not None and noun[0].person and noun[0].singular and sentence[first - 2].low != "one"


def _is_named(sentence: list[Token], figure: Figure, lexicon: Lexicon) -> bool:
    """ "Ann Lee, 35, and", "Lee, 35, of Orne", "Ann Lee, 35 was": bare digits behind a name that is no place."""
    words, at = grammar(lexicon), figure.last
    comma = sentence[figure.first - 1].low in (",", "(")
    end = figure.first - 2 if comma else figure.first - 1
    first, capitals = _name_before(sentence, end, words)
    before = sentence[first - 1].low if first else ""
    if not capitals or before in words.places or before == "the":
        return False
    low = [token.low for token in sentence[at : at + 3]] + ["", "", ""]
    if comma and low[0] in ("", *_ENDS):
        return (capitals > 1 or first == 0 or low[0] in (",", ")")) and not low[1].isdecimal()
    if capitals < 2:
        return False
    return words.helps(low[0]) or low[0] == "of" if comma else low[0] == "," and words.helps(low[1])


def _name_before(sentence: list[Token], end: int, words: Grammar) -> tuple[int, int]:
    """(first token, number of full words) of the name that ends at a token; "Lee Jr." and "Ann "Kit" Lee" are names."""
    at, capitals = end, 0
    while at >= 0 and end - at < MOST_NAME:
        token = sentence[at]
        if token.is_word and token.is_capital:
            if token.low in words.months or token.low in words.never_named - words.titles:
                return at, 0
            capitals += len(token.text) > 1 and token.low not in ("jr", "sr")
        elif token.low not in (".", '"', "“", "”", "-") or (token.low == "." and len(sentence[at - 1].text) > 2):
            break
        at -= 1
    return at + 1, capitals


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
