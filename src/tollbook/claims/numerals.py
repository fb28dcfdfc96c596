"""The number itself, in digits or words: "1,000", "1 000", "1.2m", "two and a half million", "a hundred and six".

Bounds and ranges around it are read in `quantities`.
"""

from __future__ import annotations

from functools import cache

from tollbook.claims.digits import PARTS, mixed, parse_digits, power, scaled, spaced_thousands, whole
from tollbook.claims.grammar import grammar
from tollbook.lexicon import Lexicon
from tollbook.model import Number
from tollbook.text import Token, tokens
from tollbook.values import dataclass

_OPENING = ("folds", "units", "tens", "scales")
DASHES = frozenset({"-", "–", "—", "‑"})


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The tables of numbers.toml, ready to match on folded tokens; `opens` are the words a count can start with."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    ordinals: dict[str, int]
    suffixes: dict[str, int]
    sets: dict[str, int]
    folds: dict[str, int]
    folded: frozenset[str]
    offence: frozenset[str]
    openers: frozenset[str]
    places: frozenset[tuple[str, ...]]  # words of a bound that say where before "the": "above the 12 flats"
    pointing: frozenset[str]
    rises: frozenset[str]
    dimensions: frozenset[str]
    scorers: frozenset[str]
    scored: frozenset[str]
    signs: dict[str, str]  # a currency's sign or code before a number, and its code
    vague: dict[str, list[tuple[tuple[str, ...], int]]]
    cardinals: frozenset[str]
    opens: frozenset[str]
    before: dict[str, list[tuple[tuple[str, ...], str]]]  # by last word, longest first
    after: dict[str, list[tuple[tuple[str, ...], str]]]  # by first word, longest first


def split_words(phrase: str) -> tuple[str, ...]:
    return tuple(token.low for token in tokens(phrase))


@cache
def number_words(lexicon: Lexicon) -> NumberWords:
    table = lexicon.table("numbers")
    before: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    after: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    groups = [*table["bounds"].items(), ("light", table["light"]["words"])]
    for kind, phrases in groups:
        for phrase in phrases:
            words = split_words(phrase)
            before.setdefault(words[-1], []).append((words, kind))
    for phrase in table["increment"]["before"]:
        words = split_words(phrase)
        before.setdefault(words[-1], []).insert(0, (words, "more"))
    for kind, phrases in table["after"].items():
        for phrase in phrases:
            words = split_words(phrase)
            after.setdefault(words[0], []).append((words, kind))
    vague: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for phrase, low in table["vague"].items():
        words = split_words(phrase)
        vague.setdefault(words[0], []).append((words, low))
    for entries in (*before.values(), *after.values()):
        entries.sort(key=lambda entry: -len(entry[0]))
    for rows in vague.values():
        rows.sort(key=lambda row: -len(row[0]))
    closed = grammar(lexicon)
    return NumberWords(
        units=table["units"], tens=table["tens"], scales=table["scales"], suffixes=table["suffixes"],
        sets=table["sets"], ordinals=table["ordinals"], openers=frozenset(table["openers"]["words"]),
        folds=table["folds"], folded=frozenset(table["folded"]["nouns"]),
        offence=frozenset(table["folded"]["offence"]),
        places=frozenset(map(split_words, table["places"]["bounds"])),
        pointing=frozenset(table["places"]["pointing"]), rises=closed.rises, dimensions=closed.dimensions,
        scorers=frozenset(table["scoring"]["before"]), scored=frozenset(table["scoring"]["after"]),
        signs=lexicon.table("units")["money"]["before"], vague=vague, before=before, after=after,
        opens=frozenset({"a", "an", "half", *PARTS, *vague}.union(*(table[of] for of in _OPENING))),
        cardinals=frozenset({*table["units"], *table["tens"], *table["scales"]}),
    )  # fmt: skip


def matches(sentence: list[Token], at: int, words: tuple[str, ...]) -> bool:
    """True where the folded tokens from `at` on are `words`."""
    if not 0 <= at <= len(sentence) - len(words) or sentence[at].low != words[0]:
        return False
    return all(sentence[at + offset].low == word for offset, word in enumerate(words))


def sign_before(sentence: list[Token], at: int, signs: dict[str, str]) -> tuple[str, int] | None:
    """(code, first token) of the currency sign or code right before a number: "$", "US $", "C$", "RM79", "Y=5"."""
    for width in (2, 1):
        start = at - width
        code = signs.get("".join(token.low for token in sentence[start:at])) if start >= 0 else None
        if code and (not sentence[start].is_word or _is_code(sentence, start, at)):
            return code, start
    return None


def _is_code(sentence: list[Token], start: int, at: int) -> bool:
    """Letters are a currency's in capitals: "RM79", "EUR 50m", not "a $5 fee" nor "r 5"; a lone letter touches."""
    token, following = sentence[start], sentence[start + 1] if start + 1 < len(sentence) else None
    touches = following is not None and token.end == following.start
    if len(token.text) == 1:
        return token.is_capital and (touches or (at - start == 2 and token.low != "a"))
    return token.text.isupper() or (token.low == "rs" and token.is_capital)


def read_number(sentence: list[Token], at: int, words: NumberWords) -> tuple[Number, int] | None:
    """(value, index after) of the number that starts at a token, or None. Bounds and ranges are not read here."""
    if sentence[at].is_number:
        return _read_digits(sentence, at, words)
    if sentence[at].text in PARTS:
        return PARTS[sentence[at].text], at + 1
    return _read_words(sentence, at, words) if sentence[at].is_word else None


def _read_digits(sentence: list[Token], at: int, words: NumberWords) -> tuple[Number, int] | None:
    value = parse_digits(sentence[at].text)
    if value is None:
        return None
    last = at + 1
    if isinstance(value, int) and len(sentence[at].text) <= 3 and value:
        value, last = spaced_thousands(sentence, at, value)
    longer = power(sentence, last, value) or mixed(sentence, last, value)
    if longer:
        return longer
    if last < len(sentence) and sentence[last].start == sentence[last - 1].end:
        scale = words.suffixes.get(sentence[last].low)
        if scale and (sentence[last].low != "m" or _is_million(sentence, at, last, words)):
            return scaled(value, scale), last + 1
    if _is_short_scale(sentence, last):
        return scaled(value, words.suffixes[sentence[last].low]), last + 1
    while (
        last < len(sentence)
        and sentence[last].low in words.scales
        and sentence[last].start - sentence[last - 1].end < 3
    ):
        value, last = scaled(value, words.scales[sentence[last].low]), last + 1
    return whole(value), last


def _is_short_scale(sentence: list[Token], at: int) -> bool:
    """ "8 B people": a capital one space from the digits, with a noun after it."""
    if at + 1 >= len(sentence) or sentence[at].text not in ("B", "M"):
        return False
    return sentence[at].start - sentence[at - 1].end == 1 and sentence[at + 1].text[0].islower()


def _is_million(sentence: list[Token], at: int, last: int, words: NumberWords) -> bool:
    """ "5m people" is five million; "5m wide", "a 5m wall", or with nothing after it, is metres."""
    following = sentence[last + 1].low if last + 1 < len(sentence) else ""
    if sign_before(sentence, at, words.signs):
        return True
    if at and sentence[at - 1].low in ("a", "an", "the") and not following.endswith(("s", "people", "men")):
        return False
    return following.isalpha() and following not in words.dimensions


def _read_words(sentence: list[Token], at: int, words: NumberWords) -> tuple[Number, int] | None:
    """ "a hundred and six", "half a million", "two and a half million", "thirty-two", "two dozen"."""
    low = sentence[at].low
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if low in ("a", "an"):
        if following in words.sets and (following != "score" or _is_twenty(sentence, at + 2)):
            return words.sets[following], at + 2
        if following == "half" and at + 2 < len(sentence) and sentence[at + 2].low in words.scales:
            return whole(words.scales[sentence[at + 2].low] / 2), at + 3
        return _sum(sentence, at + 1, words, 1) if following in words.scales else None
    if low in words.folds:
        noun = folded_noun(sentence, at, words)
        return None if noun is None else (words.folds[low], noun)
    if low == "half":
        skip = 2 if following in ("a", "an") else 1
        if at + skip < len(sentence) and sentence[at + skip].low in words.scales:
            return whole(words.scales[sentence[at + skip].low] / 2), at + skip + 1
        return None
    if low == "one" and at and sentence[at - 1].low in ("no", "not", "any", "every", "some"):
        return None
    if low == "one" and _stands_for_a_noun(sentence[at - 1].low if at else "", following, words):
        return None
    opened = low in words.scales and at > 0 and sentence[at - 1].low in words.openers
    return _sum(sentence, at, words, int(opened)) if opened or low in words.units or low in words.tens else None


def folded_noun(sentence: list[Token], at: int, words: NumberWords) -> int | None:
    """The noun of "a double homicide", "triple-murder"; a "double murder-suicide" may be of two or of three.

    "Jailed for double murder" names what somebody was charged with, at whatever time.
    """
    noun = at + 1
    if sentence[at].low not in words.folds or (at and sentence[at - 1].low in words.offence):
        return None
    if noun < len(sentence) and sentence[noun].low in DASHES:
        noun += 1
    if noun >= len(sentence) or sentence[noun].low not in words.folded:
        return None
    return None if "suicide" in [token.low for token in sentence[noun + 1 : noun + 3]] else noun


def _is_twenty(sentence: list[Token], at: int) -> bool:
    """ "A score of men", not "a score of 3-1"."""
    return at + 1 < len(sentence) and sentence[at].low == "of" and sentence[at + 1].is_word


def _stands_for_a_noun(before: str, following: str, words: NumberWords) -> bool:
    """ "Each one they lose", "this one.", "one another" are pronouns; "this one man" is counted."""
    pointed = before in ("this", "that") and not following.isalpha()
    return following not in words.scales and (before == "each" or pointed or following == "another")


def _sum(sentence: list[Token], at: int, words: NumberWords, current: Number) -> tuple[Number, int]:
    """Adds up number words from `at`; `current` is what an article before a scale gives ("a hundred")."""
    total: Number = 0
    room = 0 if current else 100  # what may still be added: "twenty" leaves room for a unit, "hundred" for tens
    while at < len(sentence):
        low = sentence[at].low
        if low in words.tens and room >= 100:
            current, room, at = current + words.tens[low], 10, at + 1
        elif low in words.units and room > 0 and (words.units[low] < room or room >= 100):
            current, room, at = current + words.units[low], 0, at + 1
        elif low in words.scales:
            scale = words.scales[low]
            if scale in (100, 12):
                current, room, at = max(1, current) * scale, 100 if scale == 100 else 0, at + 1
            else:
                total, current, room, at = total + max(1, current) * scale, 0, 100, at + 1
        elif _joins(sentence, at, words, room) or (
            low == "and" and _continues(sentence, at, words, room, total or current)
        ):
            at += 1
        elif low == "and" and current and [token.low for token in sentence[at + 1 : at + 3]] == ["a", "half"]:
            scale = words.scales.get(sentence[at + 3].low, 1) if at + 3 < len(sentence) else 1
            return whole(total + (current + 0.5) * scale), at + (4 if scale > 1 else 3)
        else:
            break
    return total + current, at


def _joins(sentence: list[Token], at: int, words: NumberWords, room: int) -> bool:
    """The hyphen of "thirty-two"."""
    return sentence[at].low in DASHES and room == 10 and at + 1 < len(sentence) and sentence[at + 1].low in words.units


def _continues(sentence: list[Token], at: int, words: NumberWords, room: int, value: Number) -> bool:
    """In "a hundred and six" the number goes on; in "two hundred and three women" nobody can tell, so it does too."""
    if room < 100 or value < 100 or at + 1 >= len(sentence):
        return False
    return sentence[at - 1].low in words.scales and (
        sentence[at + 1].low in words.units or sentence[at + 1].low in words.tens
    )
