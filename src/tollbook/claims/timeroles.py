"""What a time is the time of: of what happened, of its aftermath, or of the page it stands on.

Input: a sentence's times and its folded words. Output: the times with `tells` set. In "He was arrested on Friday, two
days after the shooting on Wednesday" Friday tells of the aftermath, Wednesday of the event; "Posted: Sunday" of a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from tollbook.claims.eventwords import any_word
from tollbook.lexicon import Lexicon
from tollbook.model import TimeMention
from tollbook.values import dataclass

# How far a clause is looked at, in code points.
CLAUSE = 120
Tells = Literal["event", "aftermath", "page"]


@dataclass(frozen=True, slots=True)
class _Words:
    """Where clauses end; the verbs of an aftermath and of an event, whichever stands nearer; marks of a page."""

    breaks: re.Pattern[str]
    verbs: re.Pattern[str]
    owned: re.Pattern[str]
    page: re.Pattern[str]


@lru_cache(maxsize=8)
def _words(lexicon: Lexicon) -> _Words:
    table = lexicon.table("events")["aftermath"]
    after, event, clause = (any_word(table[name]) for name in ("words", "event", "clause"))
    return _Words(
        breaks=re.compile(rf"[.;:!?]\s|[“”\"]|--|\s{clause}\s|,\s+(?:and|as)\s"),
        verbs=re.compile(rf"\b(?:(?P<aftermath>{after})|(?P<event>{event}))(?!\w)"),
        owned=re.compile(rf"['’]s\s+(?:\w+\s+)?{after}(?!\w)"),
        page=re.compile(rf"\b{any_word(table['page'])}(?!\w)[\s:(]*(?:on\s+)?$"),
    )


def with_roles(times: Sequence[TimeMention], low: str, start: int, lexicon: Lexicon) -> list[TimeMention]:
    """The times of the folded sentence `low`, which stands at `start`, with what each tells of."""
    words = _words(lexicon)
    return [
        replace(time, tells=tells) if (tells := _tells(low, time, start, words)) != "event" else time for time in times
    ]


def _tells(low: str, time: TimeMention, start: int, words: _Words) -> Tells:
    if time.type not in ("DATE", "TIME"):
        return "event"
    first, last = time.span.start - start, time.span.end - start
    before = low[max(0, first - CLAUSE) : first]
    if words.page.search(before):
        return "page"
    if low.startswith(("'s ", "’s "), last):
        return "aftermath" if words.owned.match(low, last) else "event"
    found = [match.lastgroup for match in words.verbs.finditer(words.breaks.split(before)[-1])]
    if not found:
        verb = words.verbs.search(words.breaks.split(low[last : last + CLAUSE].lstrip(","))[0])
        found = [verb.lastgroup] if verb else []
    return "aftermath" if found and found[-1] == "aftermath" else "event"
