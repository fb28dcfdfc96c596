"""What a number is: a count, a share, money, an age, a measure; or no figure at all, and why.

"$20,000 reward" is money, "aged 35" an age, "the 366th regiment" a name. Only counts and shares become claims; the
rest is kept in the annotations, so that every numeral is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from tollbook.claims import ages
from tollbook.claims.digits import is_code
from tollbook.claims.grammar import grammar
from tollbook.claims.numerals import sign_before
from tollbook.claims.quantities import Figure
from tollbook.claims.timespans import time_over
from tollbook.claims.units import UnitWords, money_at, phrase_at, unit_at, unit_words
from tollbook.lexicon import Lexicon
from tollbook.model import Bound, TimeMention
from tollbook.text import Token
from tollbook.values import dataclass

Kind = Literal["count", "percent", "money", "measure", "duration", "age", "time", "ignored"]
_ORDINAL = {"st", "nd", "rd", "th"}
_DASHES = {"-", "–", "—", "‑"}
_SCORE = re.compile(r"(?<![\d-])\d{1,3}[-‑]\d{1,3}(?![\d-])")
_BELOW = {"minus", "sub"}  # "minus-5", "sub-7"


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Role:
    """`unit` of a quantity that counts nobody; `why` of a numeral that is no figure; `last` where the unit ends."""

    kind: Kind
    last: int
    unit: str | None = None
    why: str | None = None
    first: int | None = None


def role(sentence: list[Token], figure: Figure, times: Sequence[TimeMention], text: str, lexicon: Lexicon) -> Role:
    """What the figure is, told by what stands right before and after it."""
    words = unit_words(lexicon)
    if figure.share or figure.ordinal:
        return Role("count", figure.last)
    if figure.is_vague or figure.lone:
        return _vague_role(sentence, figure, words)
    return (
        _glued(sentence, figure, text, words)
        or _money(sentence, figure, words)
        or _share(sentence, figure, words)
        or _age(sentence, figure, lexicon)
        or _timed(sentence, figure, times, grammar(lexicon).months, words)
        or _hyphened(sentence, figure, words)
        or _unit(sentence, figure, words)
        or _label(sentence, figure, words)
        or Role("count", figure.last)
    )


def _after(sentence: list[Token], at: int) -> str:
    return sentence[at].low if 0 <= at < len(sentence) else ""


def _vague_role(sentence: list[Token], figure: Figure, words: UnitWords) -> Role:
    """ "Several hours" and "dozens of times" count nobody."""
    at = figure.last + (1 if _after(sentence, figure.last) == "of" else 0)
    following = _after(sentence, at)
    if following in ("of",):
        following = _after(sentence, at + 1)
    if following in words.duration:
        return Role("duration", at + 1, following)
    return _quantified(sentence, at, words) or Role("count", figure.last)


def _quantified(sentence: list[Token], at: int, words: UnitWords) -> Role | None:
    """The currency or measure that starts at a token."""
    money = money_at(sentence, at, words)
    if money:
        return Role("money", money[1], money[0])
    measure = unit_at(sentence, at, words)
    return Role("measure", measure[1], measure[0]) if measure else None


def _glued(sentence: list[Token], figure: Figure, text: str, words: UnitWords) -> Role | None:
    """Digits that touch letters or other digits are part of a name, a code, a clock or a telephone number."""
    number, last = sentence[figure.number], sentence[figure.last - 1]
    before = text[number.start - 1] if number.start else " "
    after = text[last.end] if last.end < len(text) else " "
    later = text[last.end + 1] if last.end + 1 < len(text) else " "
    if not number.is_number:
        return None
    if before.isalpha() and sign_before(sentence, figure.number, words.money_before):
        return None
    if before.isalpha() and figure.number and sentence[figure.number - 1].low in words.joints:
        before = " "  # "with14,593": a line end lost its space
    if (after.isalpha() or after in "°º'′″%٪％") and last.is_number:
        return _suffixed(sentence, figure, words)
    if before.isalpha() or before in "_#@/\\" or (before in ".:" and _digit_before(text, number.start - 2)):
        return Role("ignored", figure.last, why="name" if before not in ":" else "clock")
    below = figure.number > 1 and sentence[figure.number - 2].low in _BELOW
    if before in "-–‑" and number.start >= 2 and text[number.start - 2].isalnum() and not below:
        won = _SCORE.search(text, max(0, number.start - 4), last.end)
        named = "score" if won else "phone" if text[number.start - 2].isdigit() else "name"
        return Role("ignored", figure.last, why=named)
    if before == "." and (number.start < 2 or text[number.start - 2] in " ("):
        return Role("ignored", figure.last, why="calibre")
    if after in ":/" and later.isdigit():
        return Role("ignored", figure.last, why="clock" if after == ":" else "date")
    if after in "-‑" and later.isdigit():
        ends = re.match(r"[-‑]\d{1,3}(?![\d-])", text[last.end :][:8])
        return Role("ignored", figure.last, why="score" if ends else "phone")
    return None


def _suffixed(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    """What letters right after the digits make of them: "366th" an ordinal, "10pm" a clock, "10kW" a measure."""
    letters = _after(sentence, figure.last)
    if letters in _ORDINAL:
        return Role("ignored", figure.last + 1, why="ordinal")
    share = phrase_at(sentence, figure.last, words.percent)
    if share:
        return Role("percent", share[1], "percent")
    found = _quantified(sentence, figure.last, words)
    if found or letters in ("m", "'", "′", "″", "°", "º"):
        return found
    digits = sentence[figure.last - 1].text
    if letters in words.short and len(digits) != 4 and (letters != "s" or "." in digits):
        return Role("duration", figure.last + 1, words.short[letters])
    return Role("ignored", figure.last + 1, why="clock" if letters in ("pm", "am", "h", "hrs") else "name")


def _digit_before(text: str, at: int) -> bool:
    return at >= 0 and text[at].isdigit()


def _money(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    sign = sign_before(sentence, figure.number, words.money_before)
    if sign:
        return Role("money", figure.last, sign[0], first=min(figure.first, sign[1]))
    found = money_at(sentence, figure.last, words)
    return Role("money", found[1], found[0]) if found else None


def _share(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    found = phrase_at(sentence, figure.last, words.percent)
    return Role("percent", found[1], "percent") if found else None


def _age(sentence: list[Token], figure: Figure, lexicon: Lexicon) -> Role | None:
    found = ages.said(sentence, figure, lexicon)
    return Role("age", *found) if found else None


def _timed(
    sentence: list[Token], figure: Figure, times: Sequence[TimeMention], months: frozenset[str], words: UnitWords
) -> Role | None:
    """A number inside a time; a bounded number before a noun stays a count ("more than 1200 children" is no clock)."""
    number, last = sentence[figure.number], sentence[figure.last - 1]
    if figure.quantity.bound is Bound.RANGE and _is_half_timed(sentence, figure, times):
        return None
    mention = time_over(times, number.start, last.end)
    if mention:
        measure = unit_at(sentence, figure.last, words)
        if mention.said == number.text and measure and measure[0] != "storey":  # "a 1995 story" is a report
            return None
        bounded = figure.first != figure.number and _after(sentence, figure.last).isalpha()
        return None if mention.type == "TIME" and bounded and len(mention.said) < 6 else Role("time", figure.last)
    before = _after(sentence, figure.number - 1)
    value = figure.quantity.value
    if before in months and figure.first == figure.number and isinstance(value, int) and value < 32:
        return Role("ignored", figure.last, why="date")
    return None


def _is_half_timed(sentence: list[Token], figure: Figure, times: Sequence[TimeMention]) -> bool:
    """In "1000 to 2000 jobs" only one end looks like a year, and a noun follows."""
    number, last = sentence[figure.number], sentence[figure.last - 1]
    end = time_over(times, last.start, last.end)
    closes = end is not None and (end.span.start, end.span.end) == (last.start, last.end)
    opens = time_over(times, number.start, number.end) is not None
    return closes and not opens and _after(sentence, figure.last).isalpha()


def _hyphened(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    """ "Two-hour", ".40-caliber", "five-member": an adjective, not a count."""
    at = figure.last
    if at + 1 < len(sentence) and sentence[at].low in _DASHES and sentence[at].start == sentence[at - 1].end:
        follower = sentence[at + 1]
        if follower.start == sentence[at].end and follower.is_word:
            if follower.low in words.duration:
                return Role("duration", at + 2, follower.low)
            return _quantified(sentence, at + 1, words) or Role("measure", at + 2, follower.low)
    return None


def _unit(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    following = _after(sentence, figure.last)
    if following in words.duration:
        return Role("duration", figure.last + 1, following)
    if (
        following in ("more", "other", "full", "consecutive", "straight")
        and _after(sentence, figure.last + 1) in words.duration
    ):
        return Role("duration", figure.last + 2, _after(sentence, figure.last + 1))
    measure = unit_at(sentence, figure.last, words)
    if measure:
        return Role("measure", measure[1], measure[0])
    if following in words.fraction and following.endswith("s") and _after(sentence, figure.last + 1) == "of":
        return Role("measure", figure.last + 1, following)  # "two thirds of the town"
    if following == "m" and sentence[figure.number].is_number:
        return Role("measure", figure.last + 1, "metre")
    if following in ("a", "p") and _after(sentence, figure.last + 1) == ".":
        return Role("ignored", figure.last + 1, why="clock")
    if following in ("a.m.", "p.m.", "am", "pm", "o'clock", "gmt", "hrs"):
        return Role("ignored", figure.last + 1, why="clock")
    return None


def _label(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    if not sentence[figure.number].is_number:
        return None
    if _is_address(sentence, figure.last, words):
        return Role("ignored", figure.last, why="address")
    near = {_after(sentence, figure.number - 1), _after(sentence, figure.last)}
    if _is_beside_code(sentence, figure) or (sentence[figure.number].low in words.emergency and near & words.phoning):
        return Role("ignored", figure.last, why="phone")
    if figure.first != figure.number or not figure.number:
        return None
    before = sentence[figure.number - 1]
    if before.low in (".", ":", "=") and figure.number >= 2:
        before = sentence[figure.number - 2]
    if _is_numbered_name(sentence, figure.number):
        return Role("ignored", figure.last, why="name")
    why = words.label.get(before.low) or _gallery(sentence, figure.number, words)
    if why == "age":
        return Role("age", figure.last, "year of age")
    if why == "name_with_capital":
        why = "name" if before.is_capital else None
    if why == "page" and before.text == "P":
        why = "name"
    if why:
        return Role("ignored", figure.last, why=why)
    follower = _after(sentence, figure.last)
    code = before.is_capital and before.text.isupper() and len(before.text) <= 3 and before.low not in words.stops
    if code and not follower.isalpha():
        return Role("ignored", figure.last, why="name")
    return None


def _is_numbered_name(sentence: list[Token], at: int) -> bool:
    """ "M-19", "AK-47": capitals, a dash and a number without a gap."""
    if at < 2 or sentence[at - 1].low not in _DASHES:
        return False
    letters, dash, number = sentence[at - 2 : at + 1]
    return letters.text.isupper() and len(letters.text) < 3 and letters.end == dash.start and dash.end == number.start


def _is_beside_code(sentence: list[Token], figure: Figure) -> bool:
    """ "020 7946 0018": digits one space from some that open with a zero are a telephone number."""
    near = [(figure.number - 1, figure.number), (figure.last - 1, figure.last)]
    pairs = [(sentence[a], sentence[b]) for a, b in near if a >= 0 and b < len(sentence)]
    return any(one.end + 1 == other.start and (is_code(one.text) or is_code(other.text)) for one, other in pairs)


def _gallery(sentence: list[Token], at: int, words: UnitWords) -> str | None:
    """ "Image 3 of 12", "Photo 7": a picture's number, and how many there are."""
    low = [token.low for token in sentence[max(0, at - 3) : at]]
    if low[-1:] == ["of"] and len(low) == 3 and low[1].isdecimal():
        return words.label.get(low[0]) if words.label.get(low[0]) == "page" else None
    return None


def _is_address(sentence: list[Token], at: int, words: UnitWords) -> bool:
    """ "575 Oak Hill Road", "the 500 block of Elm": capitalised words, the last of which names a kind of street."""
    if _after(sentence, at) == "block":
        return True
    for index in range(at, min(len(sentence), at + 4)):
        token = sentence[index]
        if not (token.is_word and token.is_capital):
            return False
        if index > at and token.low in words.address:
            return True
    return False
