"""Numbers as English writes them, with their bounds: tokens of a sentence become figures.

"At least two dozen people" → one figure, [24, ∞), over the tokens "At least two dozen". What is counted, and whether it is
a count at all, is for `nouns` and `roles`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tollbook.lexicon import Lexicon
from tollbook.model import Bound, Number, Quantity
from tollbook.text import Token, fold, tokens

# A number of more digits than this is an account or a key, and int() of thousands of digits is slow.
MAX_DIGITS = 18
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?\Z")
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}\Z")
_THIN = {" ", "\u00a0", "\u202f", "\u2009"}
_DASHES = {"-", "–", "—", "‑"}
_RISES = {"rose", "risen", "rises", "rise", "rising", "up", "increased", "grew", "climbed", "jumped", "fell", "dropped",
          "down", "raised", "revised", "went", "increase", "decreased", "declined", "soared", "swelled"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A number phrase: tokens `first` to `last` (half open), the number itself from `number`; `more` where it comes on
    top of what was said ("another four"); `definite` after "the" ("the two women").
    """

    first: int
    number: int
    last: int
    quantity: Quantity
    more: bool = False
    definite: bool = False
    lone: bool = False  # "a man", "her husband": one person, said without a number

    @property
    def is_vague(self) -> bool:
        return self.quantity.bound is Bound.VAGUE


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The tables of numbers.toml, ready to match on folded tokens."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    suffixes: dict[str, int]
    vague: dict[str, list[tuple[tuple[str, ...], int]]]
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
    return NumberWords(table["units"], table["tens"], table["scales"], table["suffixes"], vague, before, after)


def matches(sentence: list[Token], at: int, words: tuple[str, ...]) -> bool:
    """True where the folded tokens from `at` on are `words`."""
    return at >= 0 and at + len(words) <= len(sentence) and all(
        sentence[at + offset].low == word for offset, word in enumerate(words)
    )  # fmt: skip


def find(sentence: list[Token], lexicon: Lexicon) -> list[Figure]:
    """All figures of a sentence, in order, not overlapping."""
    words = number_words(lexicon)
    figures: list[Figure] = []
    at, floor = 0, 0
    while at < len(sentence):
        figure = _vague_at(sentence, at, floor, words) or _figure_at(sentence, at, floor, words)
        if figure:
            figures.append(figure)
            floor = at = figure.last
        else:
            at += 1
    return figures


# ---- one figure ----


def _vague_at(sentence: list[Token], at: int, floor: int, words: NumberWords) -> Figure | None:
    for phrase, low in words.vague.get(sentence[at].low, ()):
        if matches(sentence, at, phrase) and not (
            phrase == ("many",) and at and sentence[at - 1].low in ("as", "how", "so", "too")
        ):
            last = at + len(phrase)
            spoken = phrase[:-1] if phrase[-1] == "of" else phrase
            last -= len(phrase) - len(spoken)
            first, bound, more, definite = _before(sentence, at, floor, words)
            if bound in ("at_most", "less_than"):
                return Figure(first, at, last, Quantity.vague(" ".join(spoken), 0), more, definite)
            return Figure(first, at, last, Quantity.vague(" ".join(spoken), low), more, definite)
    return None


def _figure_at(sentence: list[Token], at: int, floor: int, words: NumberWords) -> Figure | None:
    read = read_number(sentence, at, words)
    if read is None:
        return None
    value, last = read
    first, bound, more, definite = _before(sentence, at, floor, words)
    ranged = _range_end(sentence, at, last, value, words)
    if ranged:
        low, high, last = ranged
        if first == at and at > floor and sentence[at - 1].low in ("between", "from"):
            first = at - 1
        quantity = Quantity.between(low, high)
        return Figure(first, at, last, quantity, more, definite)
    for phrase, kind in words.after.get(sentence[last].low, ()) if last < len(sentence) else ():
        if matches(sentence, last, phrase) and _may_follow(sentence, last, phrase):
            bound, last = kind, last + len(phrase)
            break
    more = more or (last < len(sentence) and sentence[last].low in ("more", "additional", "further"))
    return Figure(first, at, last, bounded(value, bound), more, definite)


def _may_follow(sentence: list[Token], at: int, phrase: tuple[str, ...]) -> bool:
    """A "+" belongs to the number it touches; "at least" after a number belongs to it at the end of a clause only."""
    if phrase[0] == "+":
        return sentence[at].start == sentence[at - 1].end
    end = at + len(phrase)
    if phrase[0] in ("at", "maximum", "plus", "approximately"):
        return end == len(sentence) or not (sentence[end].is_word or sentence[end].is_number)
    return True


def bounded(value: Number, bound: str | None) -> Quantity:
    """The quantity that a bound's name makes of a number."""
    counted = isinstance(value, int)
    match bound:
        case "at_least":
            return Quantity.at_least(value)
        case "more_than":
            return Quantity.more_than(value, counted=counted)
        case "at_most":
            return Quantity.at_most(value)
        case "less_than":
            return Quantity.less_than(value, counted=counted)
        case "about":
            return Quantity.about(value)
        case _:
            return Quantity.exact(value)


def _before(sentence: list[Token], at: int, floor: int, words: NumberWords) -> tuple[int, str | None, bool, bool]:
    """(first token, bound, on top, definite) from the words before a number; the one-sided bound wins over "about"."""
    first, bound, more, definite = at, None, False, False
    for _ in range(4):
        if first <= floor:
            break
        for phrase, kind in words.before.get(sentence[first - 1].low, ()):
            start = first - len(phrase)
            if start >= floor and matches(sentence, start, phrase):
                first = start
                if kind == "more":
                    more = True
                elif kind == "light":
                    definite = definite or phrase[-1] in ("the", "these", "those", "all")
                elif bound in (None, "about"):
                    bound = kind
                break
        else:
            break
    return first, bound, more, definite


# ---- the number itself ----


def read_number(sentence: list[Token], at: int, words: NumberWords) -> tuple[Number, int] | None:
    """(value, index after) of the number that starts at a token, or None. Bounds and ranges are not read here."""
    token = sentence[at]
    if token.is_number:
        return _read_digits(sentence, at, words)
    if token.is_word:
        return _read_words(sentence, at, words)
    return None


def parse_digits(text: str) -> Number | None:
    """ "1,000" → 1000, "0.9" → 0.9, "1.000.000" → 1000000; None for what is no plain number."""
    if len(text) > MAX_DIGITS:
        return None
    if _GROUPED.match(text):
        text = text.replace(",", "")
    elif _DOTTED.match(text):
        text = text.replace(".", "")
    if "," in text or text.count(".") > 1:
        return None
    return float(text) if "." in text else int(text)


def _read_digits(sentence: list[Token], at: int, words: NumberWords) -> tuple[Number, int] | None:
    value = parse_digits(sentence[at].text)
    if value is None:
        return None
    last = at + 1
    if isinstance(value, int) and len(sentence[at].text) <= 3 and value:
        value, last = _spaced_thousands(sentence, at, value)
    if last < len(sentence) and sentence[last].start == sentence[last - 1].end:
        scale = words.suffixes.get(sentence[last].low)
        if scale and (sentence[last].low != "m" or _is_million(sentence, at, last)):
            return whole(value * scale), last + 1
    while (
        last < len(sentence)
        and sentence[last].low in words.scales
        and sentence[last].start - sentence[last - 1].end < 3
    ):
        value, last = value * words.scales[sentence[last].low], last + 1
    return whole(value), last


def _is_million(sentence: list[Token], at: int, last: int) -> bool:
    """ "5m" is five million of money or people; else it is metres."""
    following = sentence[last + 1].low if last + 1 < len(sentence) else ""
    return (at > 0 and sentence[at - 1].text in "$€£¥") or following in ("people", "persons", "refugees", "residents")


def _spaced_thousands(sentence: list[Token], at: int, value: int) -> tuple[int, int]:
    """ "1 000": groups of three digits, each one space from the last."""
    last = at + 1
    while last < len(sentence):
        token, previous = sentence[last], sentence[last - 1]
        if not (
            token.is_number and len(token.text) == 3 and token.text.isdecimal() and token.start - previous.end == 1
        ):
            break
        value, last = value * 1000 + int(token.text), last + 1
    return value, last


def whole(value: Number) -> Number:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _read_words(sentence: list[Token], at: int, words: NumberWords) -> tuple[Number, int] | None:
    """ "a hundred and six", "half a million", "two and a half million", "thirty-two", "two dozen"."""
    low = sentence[at].low
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if low in ("a", "an"):
        if following in ("couple", "pair", "trio", "quartet"):
            return {"couple": 2, "pair": 2, "trio": 3, "quartet": 4}[following], at + 2
        if following == "half" and at + 2 < len(sentence) and sentence[at + 2].low in words.scales:
            return whole(words.scales[sentence[at + 2].low] / 2), at + 3
        return _sum(sentence, at + 1, words, 1) if following in words.scales else None
    if low == "half":
        skip = 2 if following in ("a", "an") else 1
        if at + skip < len(sentence) and sentence[at + skip].low in words.scales:
            return whole(words.scales[sentence[at + skip].low] / 2), at + skip + 1
        return None
    if low == "one" and at and sentence[at - 1].low in ("no", "any", "every", "some", "each", "this", "that"):
        return None
    if low in words.units or low in words.tens:
        return _sum(sentence, at, words, 0)
    return None


def _sum(sentence: list[Token], at: int, words: NumberWords, current: Number) -> tuple[Number, int]:
    """Adds up number words from `at`; `current` is what an article before a scale gives ("a hundred")."""
    total: Number = 0
    room = 0 if current else 100  # what may still be added: "twenty" leaves room for a unit, "hundred" for tens
    while at < len(sentence):
        low = sentence[at].low
        if low in words.tens and room >= 100:
            current, room, at = current + words.tens[low], 10, at + 1
        elif low in words.units and 0 < room and (words.units[low] < room or room >= 100):
            current, room, at = current + words.units[low], 0, at + 1
        elif low in words.scales:
            scale = words.scales[low]
            if scale in (100, 12):
                current, room, at = max(1, current) * scale, 100 if scale == 100 else 0, at + 1
            else:
                total, current, room, at = total + max(1, current) * scale, 0, 100, at + 1
        elif low in _DASHES and room == 10 and at + 1 < len(sentence) and sentence[at + 1].low in words.units:
            at += 1
        elif low == "and" and _continues(sentence, at, words, room, total or current):
            at += 1
        elif low == "and" and current and [token.low for token in sentence[at + 1 : at + 3]] == ["a", "half"]:
            scale = words.scales.get(sentence[at + 3].low, 1) if at + 3 < len(sentence) else 1
            return whole(total + (current + 0.5) * scale), at + (4 if scale > 1 else 3)
        else:
            break
    return total + current, at


def _continues(sentence: list[Token], at: int, words: NumberWords, room: int, value: Number) -> bool:
    """In "a hundred and six" the number goes on; in "two hundred and three women" nobody can tell, so it does too."""
    if room < 100 or value < 100 or at + 1 >= len(sentence):
        return False
    return sentence[at - 1].low in words.scales and (
        sentence[at + 1].low in words.units or sentence[at + 1].low in words.tens
    )


# ---- ranges ----


def _range_end(
    sentence: list[Token], at: int, last: int, low: Number, words: NumberWords
) -> tuple[Number, Number, int] | None:
    """(low, high, index after) where the number goes on as a range: "six or seven", "500-1,000", "between 7 and 10"."""
    if last + 1 >= len(sentence):
        return None
    link, before = sentence[last].low, sentence[at - 1].low if at else ""
    dashed = link in _DASHES
    if not (dashed or link in ("to", "or") or (link == "and" and _opened_by_between(sentence, at))):
        return None
    if link == "to" and before == "from" and any(token.low in _RISES for token in sentence[max(0, at - 8) : at]):
        return None
    if dashed and (sentence[last].start - sentence[last - 1].end) != (sentence[last + 1].start - sentence[last].end):
        return None
    read = read_number(sentence, last + 1, words)
    if read is None:
        return None
    high, end = read
    if dashed and end < len(sentence) and sentence[end].low in _DASHES and end + 1 < len(sentence) and (
        sentence[end + 1].is_number and sentence[end].start == sentence[end - 1].end
    ):  # fmt: skip
        return None  # a telephone number or a date
    spoken_scale = sentence[end - 1].low
    if (
        low < high
        and spoken_scale in words.scales
        and low < 1000 <= high
        and sentence[last - 1].low not in words.scales
    ):
        low = low * words.scales[spoken_scale]
    return (low, high, end) if low < high else None


def _opened_by_between(sentence: list[Token], at: int) -> bool:
    return any(token.low == "between" for token in sentence[max(0, at - 3) : at])


def has_number(text: str, lexicon: Lexicon) -> bool:
    """True where the text holds a digit or a number word: cheap enough to gate sentences."""
    words = number_words(lexicon)
    for token in tokens(text):
        low = token.low
        if token.is_number or low in words.units or low in words.tens or low in words.scales or low in words.vague:
            return True
    return False


__all__ = [
    "Figure",
    "find",
    "fold",
    "has_number",
    "matches",
    "number_words",
    "parse_digits",
    "read_number",
    "split_words",
]
