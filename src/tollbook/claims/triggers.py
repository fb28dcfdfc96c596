"""The words that give a measure, found in a sentence: "were brutally killed", "death toll", "home to".

Compiled once from measures.toml. Several words of one expression are matched from the first on.
"""

from __future__ import annotations

from dataclasses import field
from functools import cache
from typing import Literal

from tollbook.claims.grammar import grammar
from tollbook.claims.numerals import matches
from tollbook.lexicon import Lexicon
from tollbook.text import Token
from tollbook.values import dataclass

Kind = Literal["transitive", "intransitive", "agent", "state", "counted", "of", "fate", "toll", "before"]
Form = Literal["base", "third", "past", "participle", "ing", ""]
_FORMS: tuple[Form, ...] = ("base", "third", "past", "participle", "ing")


@dataclass(frozen=True, slots=True)
class Entry:
    """One expression of the lexicon in one form."""

    words: tuple[str, ...]
    measure: str
    kind: Kind
    forms: frozenset[Form] = frozenset()


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Trigger:
    """An expression found at tokens `start` to `end`."""

    start: int
    end: int
    measure: str
    kind: Kind
    forms: frozenset[Form]


@dataclass(slots=True)
class Triggers:
    """All expressions by their first word, longest first."""

    by_first: dict[str, list[Entry]] = field(default_factory=dict)
    participles: set[str] = field(default_factory=set)
    telling: set[str] = field(default_factory=set)  # the longest word of each expression: without one, nothing happens

    def tells(self, sentence: list[Token]) -> bool:
        """True where a sentence holds a word of some expression: the gate before lone persons and names are sought."""
        return not self.telling.isdisjoint([token.low for token in sentence])

    def at(self, sentence: list[Token], index: int) -> list[Trigger]:
        """Every expression that starts at a token, longest first."""
        entries = self.by_first.get(sentence[index].low)
        if entries is None:
            return []
        found = []
        for entry in entries:
            end = index + len(entry.words)
            if end == index + 1 or matches(sentence, index, entry.words):
                found.append(Trigger(index, end, entry.measure, entry.kind, entry.forms))
        return found

    def counted_at(self, sentence: list[Token], index: int) -> tuple[str, int] | None:
        """(measure, end) of a noun that is itself counted ("deaths", "wounded")."""
        for trigger in self.at(sentence, index):
            if trigger.kind == "counted":
                return trigger.measure, trigger.end
        return None

    def finite_at(self, sentence: list[Token], index: int) -> bool:
        return any(t.kind in ("transitive", "intransitive", "agent", "state") for t in self.at(sentence, index))

    def modifier_at(self, sentence: list[Token], index: int) -> tuple[str, int] | None:
        """(measure, end) of a participle or adjective that can stand before a noun ("missing people")."""
        for trigger in self.at(sentence, index):
            if "participle" in trigger.forms or (trigger.kind == "state" and trigger.end == index + 1):
                return trigger.measure, trigger.end
        return None

    def participle(self, word: str) -> bool:
        return word in self.participles


@cache
def trigger_words(lexicon: Lexicon) -> Triggers:
    """The compiled table of a language."""
    triggers = Triggers()
    for measure, kinds in lexicon.table("measures").items():
        for kind, phrases in kinds.items():
            for phrase in phrases:
                for words, forms in _forms(kind, phrase):
                    triggers.by_first.setdefault(words[0], []).append(Entry(words, measure, kind, frozenset(forms)))
                    triggers.telling.add(max(words, key=len))
                    if "participle" in forms or kind in ("counted", "state"):
                        triggers.participles.add(words[0])
    triggers.telling |= (
        grammar(lexicon).hits | grammar(lexicon).strikes | grammar(lexicon).hurts | grammar(lexicon).hospitals
    )  # `suffered`
    for entries in triggers.by_first.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return triggers


def _forms(kind: str, phrase: str) -> list[tuple[tuple[str, ...], set[Form]]]:
    """The word sequences of a phrase; equal forms of a verb are one entry with both names."""
    if kind not in ("transitive", "intransitive", "agent"):
        return [(tuple(phrase.split("_")), set())]
    merged: dict[tuple[str, ...], set[Form]] = {}
    for form, spelled in zip(_FORMS, phrase.split(), strict=True):
        merged.setdefault(tuple(spelled.split("_")), set()).add(form)
    return list(merged.items())
