"""What a number is: a count, a share, money, an age, a measure; or no figure at all, and why.

"$20,000 reward" is money, "aged 35" an age, "the 366th regiment" a name. Only counts and shares become claims; the
rest is kept in the annotations, so that every numeral is accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tollbook.claims.grammar import grammar
from tollbook.claims.quantities import Figure
from tollbook.lexicon import Lexicon
from tollbook.model import TimeMention
from tollbook.text import Token

Kind = Literal["count", "percent", "money", "measure", "duration", "age", "time", "ignored"]
_ORDINAL = {"st", "nd", "rd", "th"}
_DASHES = {"-", "–", "—", "‑"}
_TOP_AGE = 115


@dataclass(frozen=True, slots=True)
class Role:
    """`unit` of a quantity that counts nobody; `why` of a numeral that is no figure; `last` where the unit ends."""

    kind: Kind
    last: int
    unit: str | None = None
    why: str | None = None
    first: int | None = None


@dataclass(frozen=True, slots=True)
class UnitWords:
    money_before: dict[str, str]
    money_after: dict[str, str]
    percent: frozenset[str]
    measure: dict[str, str]
    duration: frozenset[str]
    label: dict[str, str]


@cache
def unit_words(lexicon: Lexicon) -> UnitWords:
    table = lexicon.table("units")
    labels = {word: why for why, words in table["label"].items() for word in words}
    return UnitWords(
        table["money"]["before"], table["money"]["after"], frozenset(table["percent"]["after"]),
        table["measure"]["after"], frozenset(table["duration"]["after"]), labels,
    )  # fmt: skip


def role(sentence: list[Token], figure: Figure, times: Sequence[TimeMention], text: str, lexicon: Lexicon) -> Role:
    """What the figure is, told by what stands right before and after it."""
    words = unit_words(lexicon)
    if figure.is_vague or figure.lone:
        return _vague_role(sentence, figure, words)
    return (
        _glued(sentence, figure, text, words)
        or _money(sentence, figure, words)
        or _share(sentence, figure, words)
        or _age(sentence, figure, grammar(lexicon).months)
        or _timed(sentence, figure, times, grammar(lexicon).months)
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
    if following in words.money_after:
        return Role("money", at + 1, words.money_after[following])
    if following in words.measure:
        return Role("measure", at + 1, words.measure[following])
    return Role("count", figure.last)


def _glued(sentence: list[Token], figure: Figure, text: str, words: UnitWords) -> Role | None:
    """Digits that touch letters or other digits are part of a name, a code, a clock or a telephone number."""
    number, last = sentence[figure.number], sentence[figure.last - 1]
    before = text[number.start - 1] if number.start else " "
    after = text[last.end] if last.end < len(text) else " "
    later = text[last.end + 1] if last.end + 1 < len(text) else " "
    following = _after(sentence, figure.last)
    if not number.is_number:
        return None
    if after.isalpha() and last.is_number:
        return _suffixed(following, figure, words)
    if before.isalpha() or before in "_#@/\\" or (before in ".:" and _digit_before(text, number.start - 2)):
        return Role("ignored", figure.last, why="name" if before not in ":" else "clock")
    if before in "-–‑" and number.start >= 2 and (text[number.start - 2].isalnum()):
        return Role("ignored", figure.last, why="phone" if text[number.start - 2].isdigit() else "name")
    if before == "." and (number.start < 2 or text[number.start - 2] in " ("):
        return Role("ignored", figure.last, why="calibre")
    if after in ":/" and later.isdigit():
        return Role("ignored", figure.last, why="clock" if after == ":" else "date")
    if after in "-‑" and later.isdigit():
        return Role(
            "ignored", figure.last, why="score" if re.match(r"[-‑]\d{1,3}(?![\d-])", text[last.end :][:8]) else "phone"
        )
    return None


def _suffixed(letters: str, figure: Figure, words: UnitWords) -> Role | None:
    """What letters right after the digits make of them: "366th" an ordinal, "10pm" a clock, "10kW" a measure."""
    if letters in _ORDINAL:
        return Role("ignored", figure.last + 1, why="ordinal")
    if letters in words.percent:
        return Role("percent", figure.last + 1, "percent")
    if letters in words.money_after:
        return Role("money", figure.last + 1, words.money_after[letters])
    if letters in words.measure or letters in ("m", "c", "f"):
        return None if letters in ("m", "c", "f") else Role("measure", figure.last + 1, words.measure[letters])
    return Role("ignored", figure.last + 1, why="clock" if letters in ("pm", "am", "h", "hrs") else "name")


def _digit_before(text: str, at: int) -> bool:
    return at >= 0 and text[at].isdigit()


def _money(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    for width in (1, 2):
        start = figure.number - width
        if start >= 0:
            sign = "".join(token.low for token in sentence[start : figure.number])
            if sign in words.money_before:
                return Role("money", figure.last, words.money_before[sign], first=min(figure.first, start))
    at = figure.last
    if _after(sentence, at) in ("us", "u.s.", "american", "australian", "canadian", "egyptian") and at + 1 < len(
        sentence
    ):
        at += 1
    unit = words.money_after.get(_after(sentence, at))
    return Role("money", at + 1, unit) if unit else None


def _share(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    following = _after(sentence, figure.last)
    pair = f"{following} {_after(sentence, figure.last + 1)}"
    if pair in words.percent:
        return Role("percent", figure.last + 2, "percent")
    return Role("percent", figure.last + 1, "percent") if following in words.percent else None


def _age(sentence: list[Token], figure: Figure, months: frozenset[str]) -> Role | None:
    """ "76-year-old", "aged 35", "Ann Lee, 35, and": a number of years somebody has lived."""
    value = figure.quantity.value
    if value is None or value > _TOP_AGE:
        return None
    at = figure.last
    tail = [token.low for token in sentence[at : at + 5] if token.low not in _DASHES]
    if tail[:2] in (
        ["year", "old"],
        ["years", "old"],
        ["month", "old"],
        ["months", "old"],
        ["week", "old"],
        ["day", "old"],
    ) or (tail[:3] in (["years", "of", "age"], ["year", "of", "age"])):
        end = at
        while end < len(sentence) and sentence[end].low not in ("old", "age"):
            end += 1
        return Role("age", end + 1, "year of age" if tail[0].startswith("year") else f"{tail[0].rstrip('s')} of age")
    before = _after(sentence, figure.first - 1)
    if before in ("aged", "age", "ages"):
        return Role("age", figure.last, "year of age")
    closes = _after(sentence, at) in (",", ".", ")", ";", "") or at >= len(sentence)
    opens = before in (",", "(") and figure.first >= 2
    if (
        closes
        and opens
        and sentence[figure.number].is_number
        and isinstance(value, int)
        and figure.first == figure.number
    ):
        named = sentence[figure.first - 2]
        if (
            named.is_word
            and named.is_capital
            and not _after(sentence, at + 1).isdecimal()
            and _name_like(sentence, figure.first - 2, months)
        ):
            return Role("age", figure.last, "year of age")
    return None


def _name_like(sentence: list[Token], at: int, months: frozenset[str]) -> bool:
    """Two capitalised words in a row, or one after a title: months and places before a day number are no names."""
    return sentence[at].low not in months and at > 0 and (sentence[at - 1].is_capital or sentence[at - 1].low == ".")


def _timed(sentence: list[Token], figure: Figure, times: Sequence[TimeMention], months: frozenset[str]) -> Role | None:
    """A number inside a time; a bounded number before a noun stays a count ("more than 1200 children" is no clock)."""
    number, last = sentence[figure.number], sentence[figure.last - 1]
    for mention in times:
        if mention.span.start < last.end and number.start < mention.span.end:
            follower = _after(sentence, figure.last)
            if (
                mention.type == "TIME"
                and figure.first != figure.number
                and follower.isalpha()
                and len(mention.said) < 6
            ):
                return None
            return Role("time", figure.last)
    before = _after(sentence, figure.number - 1)
    value = figure.quantity.value
    if before in months and figure.first == figure.number and isinstance(value, int) and value < 32:
        return Role("ignored", figure.last, why="date")
    return None


def _hyphened(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    """ "Two-hour", ".40-caliber", "five-member": an adjective, not a count."""
    at = figure.last
    if at + 1 < len(sentence) and sentence[at].low in _DASHES and sentence[at].start == sentence[at - 1].end:
        follower = sentence[at + 1]
        if follower.start == sentence[at].end and follower.is_word:
            if follower.low in words.duration:
                return Role("duration", at + 2, follower.low)
            if follower.low in words.measure:
                return Role("measure", at + 2, words.measure[follower.low])
            if follower.low in words.money_after:
                return Role("money", at + 2, words.money_after[follower.low])
            return Role("measure", at + 2, follower.low)
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
    if following in words.measure:
        return Role("measure", figure.last + 1, words.measure[following])
    if following == "m" and sentence[figure.number].is_number:
        return Role("measure", figure.last + 1, "metre")
    if following in ("a", "p") and _after(sentence, figure.last + 1) == ".":
        return Role("ignored", figure.last + 1, why="clock")
    if following in ("a.m.", "p.m.", "am", "pm", "o'clock", "gmt", "hrs"):
        return Role("ignored", figure.last + 1, why="clock")
    return None


def _label(sentence: list[Token], figure: Figure, words: UnitWords) -> Role | None:
    if figure.first != figure.number or not figure.number or not sentence[figure.number].is_number:
        return None
    before = sentence[figure.number - 1]
    if before.low in (".", ":", "=") and figure.number >= 2:
        before = sentence[figure.number - 2]
    why = words.label.get(before.low)
    if why == "age":
        return Role("age", figure.last, "year of age")
    if why == "name_with_capital":
        why = "name" if before.is_capital else None
    if why:
        return Role("ignored", figure.last, why=why)
    follower = _after(sentence, figure.last)
    if before.is_capital and before.text.isupper() and len(before.text) <= 3 and not follower.isalpha():
        return Role("ignored", figure.last, why="name")
    return None
