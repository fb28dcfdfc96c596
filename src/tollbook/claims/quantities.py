"""Numbers as English writes them, with their bounds: tokens of a sentence become figures.

"At least two dozen people" → one figure, [24, ∞), over the tokens "At least two dozen". What is counted, and whether
it is a count at all, is for `counted` and `roles`.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims.digits import is_phone, scaled
from tollbook.claims.numerals import DASHES, NumberWords, matches, number_words, read_number, sign_before
from tollbook.lexicon import Lexicon
from tollbook.model import Bound, Number, Quantity
from tollbook.text import Token
from tollbook.values import dataclass

OTHERS = "others"


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Figure:
    """A number phrase: tokens `first` to `last` (half open), the number itself from `number`; `more` where it comes on
    top of what was said ("another four").
    """

    first: int
    number: int
    last: int
    quantity: Quantity
    more: bool = False
    lone: bool = False  # "a man", "her husband": one person, said without a number
    named: bool = False  # "Ann Lee": one person, said by name
    office: int | None = None  # first token of what stands before a name ("former judge Ann Lee")
    possessive: bool = False  # "Ann Lee's"
    merged: bool = False  # the "two children" of "her husband and two children": counted with the first
    share: Quantity | None = None  # "two thirds of the 90": the share as said, of the figure whose number is at `of`
    of: int | None = None
    ordinal: bool = False  # "the fifth person to die": at least five
    known: bool = False  # "the boy": somebody spoken of before, counted only where nothing else counts him

    @property
    def is_vague(self) -> bool:
        return self.quantity.bound is Bound.VAGUE

    @property
    def is_others(self) -> bool:
        """ "Others were hurt": people without a number, whom only a harm makes a figure."""
        return self.quantity.word == OTHERS


def merged(figure: Figure) -> Figure:
    """A figure that another one counts, so that it makes no claim of its own."""
    return replace(figure, lone=True, merged=not figure.lone)


def find(sentence: list[Token], lexicon: Lexicon) -> list[Figure]:
    """All figures of a sentence, in order, not overlapping."""
    words = number_words(lexicon)
    figures: list[Figure] = []
    floor = 0
    for at, token in enumerate(sentence):
        opens = token.low in words.opens or (not token.text[0].isalpha() and token.is_number)
        if not opens or at < floor or _in_address(sentence, at):
            continue
        figure = _vague_at(sentence, at, floor, words) or _figure_at(sentence, at, floor, words)
        if figure:
            figures.append(figure)
            floor = figure.last
    return figures


def _in_address(sentence: list[Token], at: int) -> bool:
    """True for a word in a link's address, such as ".../dozens-of-people-missing"."""
    token = sentence[at]
    before = sentence[at - 1] if at else None
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    glued = before is not None and before.end == token.start and before.low in ("/", "-", "_")
    dashed = after is not None and after.start == token.end and after.low == "-"
    return token.is_word and ((glued and dashed) or (glued and before is not None and before.low == "/"))


def opened(sentence: list[Token], at: int, lexicon: Lexicon) -> tuple[int, str | None]:
    """(first token, bound) of the words that open a number at a token: "nearly" is (its token, "about")."""
    first, bound, _ = _before(sentence, at, 0, number_words(lexicon))
    return first, bound


# ---- one figure ----


def _vague_at(sentence: list[Token], at: int, floor: int, words: NumberWords) -> Figure | None:
    for phrase, low in words.vague.get(sentence[at].low, ()):
        if matches(sentence, at, phrase) and not _is_no_count(sentence, at, phrase, words):
            last = at + len(phrase)
            spoken = phrase[:-1] if phrase[-1] == "of" else phrase
            last -= len(phrase) - len(spoken)
            first, bound, more = _before(sentence, at, floor, words)
            low = 0 if bound in ("at_most", "less_than") else low
            return Figure(first, at, last, Quantity.vague(" ".join(spoken), low), more)
    return None


def _is_no_count(sentence: list[Token], at: int, phrase: tuple[str, ...], words: NumberWords) -> bool:
    """ "How many", "as many"; "she scores 7 points", "test scores"."""
    before = sentence[at - 1].low if at else ""
    if phrase == ("many",):
        return before in ("as", "how", "so", "too")
    if phrase != ("scores",):
        return False
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    played = after is not None and (after.is_number or after.low in words.units or after.low in words.scored)
    return played or before in words.scorers


def _figure_at(sentence: list[Token], at: int, floor: int, words: NumberWords) -> Figure | None:
    read = read_number(sentence, at, words)
    if read is None:
        return None
    value, last = read
    first, bound, more = _before(sentence, at, floor, words)
    ranged = _range_end(sentence, at, last, value, words)
    if ranged:
        low, high, last = ranged
        if first == at and at > floor and sentence[at - 1].low in ("between", "from"):
            first = at - 1
        return Figure(first, at, last, Quantity.between(low, high), more)
    for phrase, kind in words.after.get(sentence[last].low, ()) if last < len(sentence) else ():
        if matches(sentence, last, phrase) and _may_follow(sentence, last, phrase):
            bound, last = kind, last + len(phrase)
            break
    more = more or (last < len(sentence) and sentence[last].low in ("more", "additional", "further"))
    return Figure(first, at, last, bounded(value, bound), more)


def _may_follow(sentence: list[Token], at: int, phrase: tuple[str, ...]) -> bool:
    """A "+" belongs to the number it touches; "at least" after a number belongs to it at the end of a clause only."""
    if phrase[0] in ("+", "-"):
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


def _before(sentence: list[Token], at: int, floor: int, words: NumberWords) -> tuple[int, str | None, bool]:
    """(first token, bound, on top) from the words before a number; the one-sided bound wins over "about"."""
    first, bound, more = at, None, False
    sign = sign_before(sentence, at, words.signs)
    signed = sign[1] if sign and sign[1] >= floor else at
    first = signed
    for _ in range(4):
        if first <= floor:
            break
        for phrase, kind in words.before.get(sentence[first - 1].low, ()):
            start = first - len(phrase)
            if start >= floor and matches(sentence, start, phrase):
                if phrase in words.places and sentence[first].low in words.pointing:
                    return first, bound, more  # "about the 12 men", "around the 40 homes"
                first = start
                if kind == "more":
                    more = True
                elif kind != "light" and bound in (None, "about"):
                    bound = kind
                break
        else:
            break
    if bound is None and first == signed < at:
        first = at  # a sign alone is the unit's, see `roles`
    return first, bound, more


# ---- ranges ----


def _range_end(
    sentence: list[Token], at: int, last: int, low: Number, words: NumberWords
) -> tuple[Number, Number, int] | None:
    """(low, high, index after) where the number goes on as a range: "six or seven", "500-1,000", "between 7 and 10"."""
    if last + 1 >= len(sentence):
        return None
    if [token.low for token in sentence[last : last + 3]] == ["-", "to", "-"]:
        read = read_number(sentence, last + 3, words) if last + 3 < len(sentence) else None
        return (low, read[0], read[1]) if read and low < read[0] else None
    link, before = sentence[last].low, sentence[at - 1].low if at else ""
    dashed = link in DASHES
    if not (dashed or link in ("to", "or") or (link == "and" and _opened_by_between(sentence, at))):
        return None
    moved = any(token.low in words.rises for token in sentence[max(0, at - 8) : at]) if link == "to" else False
    if moved and before == "from":
        return None
    if dashed and (sentence[last].start - sentence[last - 1].end) != (sentence[last + 1].start - sentence[last].end):
        return None
    read = read_number(sentence, last + 1, words)
    if read is None:
        return None
    high, end = read
    following = sentence[end].low if end < len(sentence) else ""
    if moved and before == "by" and not following.isalpha():
        return None  # "the toll has risen by two to 14", but "by 2 to 2.5 metres"
    if dashed and is_phone(sentence[at], sentence[last + 1], following):
        return None
    if dashed and following in DASHES and end + 1 < len(sentence) and (
        sentence[end + 1].is_number and sentence[end].start == sentence[end - 1].end
    ):  # fmt: skip
        return None  # a telephone number or a date
    if low < 1000 <= high and sentence[last - 1].low not in words.scales:
        low = scaled(low, _shared_scale(low, high, sentence[end - 1], words))
    return (low, high, end) if low < high else None


def _shared_scale(low: Number, high: Number, last: Token, words: NumberWords) -> int:
    """The scale that the first end takes from the second: "2 to 3 million", "1-2bn", "12-15,000"."""
    if last.is_word:
        return words.scales.get(last.low) or words.suffixes.get(last.low, 1)
    return 1000 if "," in last.text and low * 1000 < high <= low * 4000 else 1


def _opened_by_between(sentence: list[Token], at: int) -> bool:
    return any(token.low == "between" for token in sentence[max(0, at - 3) : at])
