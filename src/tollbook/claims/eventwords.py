"""Words of events: what kind a sentence tells of, and what sets another event or a whole period apart.

Input: a sentence. Output: the kinds named in it with their offsets, and whether it tells of another event or of many:
"the deadliest quake since 1990" names an earthquake and looks aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tollbook.claims.scenewords import SceneWords, scene_words
from tollbook.lexicon import Lexicon
from tollbook.text import any_of
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class EventWords:
    """The event words of a language as expressions over folded text."""

    kind: re.Pattern[str]
    kinds: tuple[tuple[re.Pattern[str], str], ...]
    aside: re.Pattern[str]
    not_aside: re.Pattern[str]
    stamp: re.Pattern[str]
    aggregate: re.Pattern[str]
    span: re.Pattern[str]
    many: re.Pattern[str]
    saying: re.Pattern[str]
    ranked: re.Pattern[str]
    said_after: re.Pattern[str]
    then_said: re.Pattern[str]
    says: re.Pattern[str]
    status: re.Pattern[str]
    moves: re.Pattern[str]
    related: re.Pattern[str]
    scenes: SceneWords

    def named(self, low: str) -> list[tuple[int, int, str]]:
        """The kinds of event named in folded words: (start, end, kind)."""
        return [(m.start(), m.end(), self.kind_of(m.group())) for m in self.kind.finditer(low)]

    def counts_many(self, low: str) -> bool:
        """ "In 10 years of war", "in 60 clashes", but not "the worst blaze in 10 years"."""
        if self.aggregate.search(low) or self.many.search(low):
            return True
        return any(not self.ranked.search(low, max(0, m.start() - 60), m.start()) for m in self.span.finditer(low))

    def kind_of(self, words: str) -> str:
        return next(kind for pattern, kind in self.kinds if pattern.fullmatch(words))


def any_word(words: Iterable[str]) -> str:
    """The longest of some words; "*" ends a beginning, a space is any white space."""
    return any_of(words, {" ": r"\s+", "*": r"\w*"})


_MANY = r"(?:[2-9]|[1-9]\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|several|many)"
_TENS = r"(?:[1-9]\d+|dozens\s+of|scores\s+of|hundreds\s+of)"


@lru_cache(maxsize=8)
def event_words(lexicon: Lexicon) -> EventWords:
    """The event words of a language, compiled once."""
    table = lexicon.table("events")
    kinds: dict[str, list[str]] = table["kinds"]
    noun = any_word([*table["thread"]["events"], *table["aggregate"]["events"]])
    every = [word for words in kinds.values() for word in words]
    return EventWords(
        scenes=scene_words(lexicon),
        kind=re.compile(rf"\b{any_word(every)}(?!\w)"),
        kinds=tuple((re.compile(any_word(words)), kind) for kind, words in kinds.items()),
        aside=re.compile(rf"\b(?:{any_word(table['aside']['words'])}|{any_word(table['aside']['other'])}\s+(?:[\w'-]+\s+)?{noun})(?!\w)"),
        stamp=re.compile(rf"\b{any_word(table['saying']['stamps'])}[\W\d]*$"),
        not_aside=re.compile(rf"\b{any_word(table['aside']['not_aside'])}(?!\w)"),
        aggregate=re.compile(rf"\b{any_word(table['aggregate']['words'])}(?!\w)"),
        span=re.compile(rf"\b(?:in|within|during|over|throughout|lasted)\s+(?:the\s+|its\s+|their\s+)?{_MANY}\s+{any_word(table['aggregate']['units'])}(?!\w|\s+(?:ago|later|time|before|earlier|after))"),
        many=re.compile(rf"\b{_TENS}\s+(?:[\w'-]+\s+){{0,2}}?{any_word(table['aggregate']['events'])}(?!\w)"),
        ranked=re.compile(rf"\b{any_word(table['aggregate']['ranks'])}(?!\w)"),
        saying=re.compile(rf"\b{any_word(table['saying']['words'])}(?:\s+[\w']+){{0,2}}(?:\s+(?:on|in|at|late|early|earlier|this))*\s*,?\s*$"),
        said_after=re.compile(rf"\s+(?:\w+ly\s+)?{any_word(table['said_after']['words'])}(?!\w)"),
        then_said=re.compile(rf",?\s+(?:[\w'.-]+\s+){{1,4}}?{any_word(table['as_of']['verbs'])}(?!\w)"),
        says=re.compile(rf"\b{any_word(table['as_of']['verbs'])}(?:\s+[\w']+){{0,2}}(?:\s+(?:on|late|early))*\s*,?\s*$"),
        status=re.compile(rf"\b{any_word(table['as_of']['status'])}(?!\w)"),
        moves=re.compile(rf"\b{any_word(table['as_of']['moves'])} (?:\w+ ){{0,3}}$"),
        related=re.compile(rf"[#\s*]*{any_word(table['related']['words'])}[\s:.…*]*"),
    )  # fmt: skip
