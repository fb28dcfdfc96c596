"""Units of units.toml, ready to match on folded tokens: currencies, shares, measures, symbols, rates.

`unit_at` reads "cubic feet" as ("cubic foot", index after), `money_at` reads "Egyptian pounds" as ("EGP", index after).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from tollbook.claims.grammar import grammar
from tollbook.claims.numerals import matches, split_words
from tollbook.lexicon import Lexicon
from tollbook.text import Token
from tollbook.values import dataclass

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]  # by first word, longest first
QUOTE_REACH = 40  # tokens before a sign of feet in which an open quotation mark would make it a closing one


@dataclass(frozen=True, slots=True)
class UnitWords:
    money_before: dict[str, str]
    money_after: Phrases
    countries: frozenset[str]
    names: dict[str, str]
    percent: Phrases
    measure: Phrases
    touching: dict[str, str]
    apart: dict[str, str]
    duration: frozenset[str]
    short: dict[str, str]
    rate: Phrases
    fraction: dict[str, int]
    address: frozenset[str]
    label: dict[str, str]
    emergency: frozenset[str]  # numbers for help
    phoning: frozenset[str]
    stops: frozenset[str]  # words that can't be part of a noun phrase
    joints: frozenset[str]


def _phrases(pairs: list[tuple[str, str]]) -> Phrases:
    table: Phrases = {}
    for phrase, unit in pairs:
        words = split_words(phrase)
        table.setdefault(words[0], []).append((words, unit))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


@cache
def unit_words(lexicon: Lexicon) -> UnitWords:
    table: dict[str, Any] = lexicon.table("units")
    money = table["money"]
    measures = [(form, unit) for unit, forms in table["measure"].items() for form in forms]
    return UnitWords(
        money_before=money["before"],
        money_after=_phrases([*money["after"].items(), *money["whose"].items()]),
        countries=frozenset(money["countries"]),
        names=money["names"],
        percent=_phrases([(form, "percent") for form in table["percent"]["after"]]),
        measure=_phrases(measures),
        touching=table["symbol"]["touching"],
        apart=table["symbol"]["apart"],
        duration=frozenset(table["duration"]["after"]),
        short=table["duration"]["short"],
        rate=_phrases([(form, form) for form in table["rate"]["article"]]),
        fraction=table["fraction"],
        address=frozenset(table["address"]["after"]),
        label={word: why for why, words in table["label"].items() for word in words},
        emergency=frozenset(table["emergency"]["numbers"]),
        phoning=frozenset(table["emergency"]["words"]),
        stops=grammar(lexicon).noun_stops,
        joints=grammar(lexicon).joints,
    )


def phrase_at(sentence: list[Token], at: int, table: Phrases) -> tuple[str, int] | None:
    """(unit, index after) of the longest phrase of a table that starts at a token."""
    if not 0 <= at < len(sentence):
        return None
    for phrase, unit in table.get(sentence[at].low, ()):
        if matches(sentence, at, phrase):
            return unit, at + len(phrase)
    return None


def money_at(sentence: list[Token], at: int, words: UnitWords) -> tuple[str, int] | None:
    """(code, index after) of a currency's word after a number, past the country it is of."""
    found = phrase_at(sentence, at, words.money_after)
    if found or at >= len(sentence) or sentence[at].low not in words.countries:
        return found
    return phrase_at(sentence, at + 1, words.money_after)


def unit_at(sentence: list[Token], at: int, words: UnitWords) -> tuple[str, int] | None:
    """(unit, index after) of the measure that starts at a token, in words or as a symbol."""
    found = phrase_at(sentence, at, words.measure)
    if found or not 0 < at < len(sentence):
        return found
    token = sentence[at]
    follower = sentence[at + 1] if at + 1 < len(sentence) else None
    if token.start == sentence[at - 1].end:
        unit = words.touching.get(token.text)
        open_quote = token.text == "'" and any(other.text == "'" for other in sentence[max(0, at - QUOTE_REACH) : at])
        solid = follower is not None and follower.start == token.end
        glued = solid and follower is not None and (follower.is_word or (follower.is_number and token.text != "'"))
        return (unit, at + 1) if unit and not glued and not open_quote else None
    unit = words.apart.get(token.text)
    ends = (
        token.text in ("V", "W")
        or follower is None
        or not (follower.is_word or follower.is_number)
        or follower.low in words.stops
    )
    return (unit, at + 1) if unit and ends else None


def rate_at(sentence: list[Token], at: int, words: UnitWords) -> tuple[str, int] | None:
    """("barrel", index after) of "per barrel", "a barrel", "/day", "-a-day" right after a unit."""
    at += _dash(sentence, at)
    if at + 1 >= len(sentence):
        return None
    opener = sentence[at].low
    of = at + 1 + _dash(sentence, at + 1)
    if of >= len(sentence) or opener not in ("a", "an", "per", "/") or not sentence[of].is_word:
        return None
    found = phrase_at(sentence, of, words.rate)
    if found or opener in ("a", "an"):
        return found
    measured = phrase_at(sentence, of, words.measure)
    return (sentence[of].low, of + 1) if opener == "per" and not measured else measured


def _dash(sentence: list[Token], at: int) -> int:
    """1 for a hyphen that touches both its neighbours, else 0."""
    if not 0 < at < len(sentence) - 1 or sentence[at].low != "-":
        return 0
    return int(sentence[at - 1].end == sentence[at].start and sentence[at].end == sentence[at + 1].start)
