"""Whom a name, a pronoun or an office stands for, as a report goes on.

In: sources in the order of the text. Out: full names. After "Gov. Ada Orr said", "Orr", "she" and "the governor" are "Ada Orr".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tollbook.claims.speech_sources import Phrase, kind_of, name_of
from tollbook.claims.speech_words import Words
from tollbook.model import SourceKind
from tollbook.text import Token, fold

_FULL = re.compile(r"[^\W\d_][\w'’-]*(?:\s(?:[A-Z]\.|[^\W\d_][\w'’-]*)){1,6}")
_NAME_WORD = re.compile(r"[^\s]+")
_SINGULAR = frozenset({"he", "she", "him", "her", "his", "who", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their"})
_OWN = frozenset({"i", "we", "me", "us", "my", "our"})
_GROUPS = frozenset({"police", "medics", "military", "government", "organisation", "witness", "anonymous", "official"})


@dataclass(slots=True)
class Who:
    """What is known of the sources so far; `name` and `kind` of the last person, group and document that spoke."""

    words: Words
    shouted: bool
    full: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, SourceKind] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    person: str | None = None
    group: str | None = None
    thing: str | None = None
    issuer: str | None = None

    def learn(self, text: str) -> None:
        """Full names as they stand in a stretch of text: "Ada Orr" for a later "Orr", with the office before it."""
        if self.shouted:
            return
        for match in _FULL.finditer(text):
            self._learn_run(match.group().split())

    def _learn_run(self, run: list[str]) -> None:
        """The capitalised stretches inside a run of words."""
        name: list[str] = []
        titles: list[str] = []
        for word in [*run, ""]:
            low = fold(word).rstrip(".")
            if word and low in self.words.titles:
                titles, name = [*titles, low], []
            elif word[:1].isupper() and low not in self.words.openers and low not in self.words.determiners:
                name.append(word)
            elif name and low in self.words.particles and word:
                name.append(word)
            else:
                self._keep(name, titles)
                titles, name = ([], []) if word[:1].islower() or not word else (titles, [])

    def _keep(self, name: list[str], titles: list[str]) -> None:
        name = name[-4:]
        if name and name[-1].endswith(("'s", "’s")):
            name[-1] = name[-1][:-2]
        if len(name) > 1 and not any(fold(word) in entries for word in name for _, entries in self.words.kinds):
            self.full[fold(name[-1])] = " ".join(name)
        if titles and name:
            full = self.full.get(fold(name[-1]), " ".join(name))
            for title in titles:
                self.offices[title] = full

    def resolve(self, tokens: Sequence[Token], phrase: Phrase) -> tuple[str | None, SourceKind]:
        """The full name and kind of a source; None for "I" and "we", whose speaker only the quotation knows."""
        held = [token.low for token in tokens[phrase.first : phrase.last]]
        if len(held) == 1 or (len(held) == 2 and held[0] == "both"):
            known = self._pronoun(held[-1])
            if known is not None:
                return known
        kind = kind_of(tokens, phrase, self.words)
        name, is_person = name_of(tokens, phrase, self.words, self.shouted)
        if is_person:
            return self._named(
                name, kind, [*held, *(token.low for token in tokens[slice(*phrase.also)])] if phrase.also else held
            )
        bare = [word for word in held if word not in {"the", "this", "that", "same", "a", "an"}]
        if held[0] in {"the", "this", "that"} or (self.shouted and len(bare) == 1):
            office = self._office(bare)
            if office:
                return office, self.kinds.get(office, "official")
        if kind == "document" and len(bare) == 1 and held[0] != "a":
            name = self.thing or self.issuer or name
            return name, self.kinds.get(name, kind)
        self._note(name, kind)
        return name, kind

    def _pronoun(self, low: str) -> tuple[str | None, SourceKind] | None:
        if low in _OWN:
            return None, "person"
        name = None
        if low in _SINGULAR:
            name = self.person or self.group
        elif low in _PLURAL:
            name = self.group or self.person
        elif low in {"it", "its"}:
            name = self.thing or self.group
        else:
            return None
        return (name, self.kinds.get(name, "person")) if name else (low, "anonymous")

    def _named(self, name: str, kind: SourceKind, held: list[str]) -> tuple[str, SourceKind]:
        """A person by name: the surname alone is completed, and the kind from the introduction stays."""
        pieces = name.split()
        last = fold(pieces[-1])
        if len(pieces) == 1:
            name = self.full.get(last, name)
        else:
            self.full[last] = name
        if kind == "person" or len(pieces) == 1:
            kind = self.kinds.get(name, kind)
        self.kinds[name] = kind
        self.person = name
        for word in held:
            if word in self.words.titles:
                self.offices[word] = name
        return name, kind

    def _office(self, bare: list[str]) -> str | None:
        """ "the governor", "the foreign minister": who was introduced with that office."""
        if not bare or len(bare) > 3 or bare[-1] not in self.offices:
            return None
        self.person = self.offices[bare[-1]]
        return self.person

    def _note(self, name: str, kind: SourceKind) -> None:
        self.kinds.setdefault(name, kind)
        if kind in {"document", "media"}:
            self.thing = name
        elif kind in _GROUPS:
            self.group = name
            if kind in {"government", "organisation", "military"}:
                self.thing = name
            if kind == "official" and not name.endswith("s"):
                self.person = name
        else:
            self.person = name
