"""Words by which a text goes from one event to another, names an event by its day, and tells where nothing happened.

Input: a language's event words. Output: them as expressions over folded text: "meanwhile", "those clashes", "the 9 May
shooting", "was taken to a hospital in …".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tollbook.lexicon import Lexicon
from tollbook.text import any_of
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class SceneWords:
    """The words between events as expressions over folded text."""

    turn: re.Pattern[str]
    next: re.Pattern[str]
    again: re.Pattern[str]
    several: re.Pattern[str]
    plural: re.Pattern[str]
    wide: re.Pattern[str]
    other: re.Pattern[str]
    came: re.Pattern[str]
    away: re.Pattern[str]
    bearing: re.Pattern[str]
    named_after: re.Pattern[str]
    named_before: re.Pattern[str]
    cause: re.Pattern[str]
    article: re.Pattern[str]
    thing: re.Pattern[str]


_UNITS = r"(?:hour|day|week|month|year|decade)s?"
# "45-year-old Ann Varlow of the first block of Mill Lane in …", "Varlow, 31, of …"
_OF = r"(?:\b\d{1,3}-year-old\s+(?:[\w'’.-]+\s+){1,4}|,\s+(?:aged?\s+)?\d{1,3},\s+(?:both\s+|all\s+)?)of\s+"
_TOWN = r"(?:the\s+)?(?:(?:city|town|village|capital)\s+of\s+)?"
_OPENING, _CLOSING = r"[\W\d]*(?:(?:and|but)\s+)?", r"(?!\w|\s+(?:to|than|that)\b)"
_WORD = r"(?:[\w'-]+\s+)"
_AFTER_THING = r"(?:in|at|on|near|outside|inside|that|which|when|where|of)"


def _plural(nouns: Iterable[str]) -> str:
    """Any of some plurals, also as many write them: "a series of shooting's"."""
    return any_of([spelt for noun in nouns for spelt in (noun, noun[:-1] + "'s", noun[:-1] + "’s")])


@lru_cache(maxsize=8)
def scene_words(lexicon: Lexicon) -> SceneWords:
    """The words between events of a language, compiled once."""
    table = lexicon.table("events")
    thread, naming = table["thread"], table["naming"]
    event, events = any_of(thread["events"]), any_of([*thread["events"], *table["aggregate"]["events"]])
    names = {*thread["events"], *table["aggregate"]["events"], *naming["nouns"]} - {*naming["verbs"]}
    noun, small, no = any_of(names), any_of(naming["small"]), any_of(naming["not"])
    those = rf"\b{any_of(thread['same'])}\s+{_WORD}?{events}(?!\w)"
    there = rf"\b(?:in|at)\s+(?:all\s+)?(?:those|these)\s+{_WORD}?{any_of(thread['places'])}(?!\w)"
    return SceneWords(
        turn=re.compile(rf"{_OPENING}{any_of(thread['turn'])}{_CLOSING}"),
        next=re.compile(rf"{_OPENING}(?:[\w-]+\s+(?:minutes|{_UNITS})\s+later|{any_of(thread['next'])}){_CLOSING}"),
        again=re.compile(rf"{those}|{there}"),
        several=re.compile(rf"\b(?:\d+|{any_of(thread['several'])})\s+{_WORD}{{0,2}}?{_plural(thread['many'])}(?!\w)"),
        plural=re.compile(rf"\b{_plural(thread['many'])}(?!\w)"),
        wide=re.compile(rf"\b(?:\d+|{any_of(thread['several'])})\s+{_WORD}{{0,2}}?{any_of(thread['places'])}(?!\w)"),
        other=re.compile(rf"\b{any_of(thread['other'])}\s+{_WORD}?{event}(?!\w)"),
        came=re.compile(rf"\b{any_of(thread['came'])}\s+(?:[\w',-]+\s+){{0,5}}?{_UNITS}\s+(?:after|before)\b"),
        away=re.compile(rf"(?:\b{any_of(table['away']['words'])}\s+|{_OF})(?:[\w'’.-]+\s+){{0,7}}$"),
        bearing=re.compile(rf"\b{any_of(table['away']['bearings'])}\s+(?:of|from)\s+{_TOWN}$"),
        named_after=re.compile(rf"(?:['’]s?)?,?\s+(?:(?!{small}\s)[\w-]+\s+){{0,2}}?{noun}(?!\w)"),
        named_before=re.compile(rf"\b{noun}\s+(?:(?:in|at|near)\s+[\w'’-]+\s+(?:[\w'’-]+\s+)?)?(?:on|of)\s+$"),
        cause=re.compile(rf"\b{any_of(naming['cause'])}\s+(?:the\s+)?$"),
        article=re.compile(r"\b(?:the|this|that)\s+$"),
        thing=re.compile(rf",?\s+(?!{no}(?!\w))[a-z][\w-]+\s+{_AFTER_THING}\b"),
    )
