"""Whom a name, a pronoun or an office stands for, as a report goes on.

In: sources in the order of the text. Out: full names. After "Gov. Ada Orr said", "Orr", "she" and "the governor" are
"Ada Orr".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field

from tollbook.claims.speech_forms import group_start
from tollbook.claims.speech_naming import Phrase, kind_of, name_of
from tollbook.claims.speech_sources import before
from tollbook.claims.speech_words import Words, pronoun
from tollbook.model import SourceKind
from tollbook.text import Token, fold
from tollbook.values import dataclass

_INITIAL = re.compile(r"[A-Z]\.|[A-Z]")
_STOPS = ',.;:!?)"”’'
_SINGULAR = frozenset({"he", "she", "him", "her", "his", "who", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their"})
_OWN = frozenset({"i", "we", "me", "us", "my", "our"})
_GROUPS = frozenset({"police", "medics", "military", "government", "organisation", "witness", "anonymous", "official"})


@dataclass(slots=True)
class Who:
    """What is known of the sources so far; `name` and `kind` of the last person, group and document that spoke."""

    words: Words
    shouted: bool
    home: str | None = None  # who publishes the report: "the ministry" in a ministry's own bulletin
    full: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, SourceKind] = field(default_factory=dict)
    offices: dict[str, str] = field(default_factory=dict)
    person: str | None = None
    group: str | None = None
    thing: str | None = None
    issuer: str | None = None
    last: dict[SourceKind, str] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Full names as they stand in a sentence: "Gov. Ada Orr" for a later "Orr" and "the governor"."""
        if self.shouted:
            return
        said = text.split()
        starts = [at for at, word in enumerate(said) if not word[0].islower()]
        if len(said) > 4 and sum(said[at][0].isupper() for at in starts) > 0.6 * len(said):
            return  # a headline in title case: its capitals tell nothing
        last = 0
        for first in starts:
            if first < last:
                continue
            last = first
            while last < len(said) and self._in_name(said, first, last):
                last += 1
                if said[last - 1][-1] in _STOPS and not _INITIAL.fullmatch(said[last - 1]):
                    break
            if last - first > 1:
                self._keep(said, first, last)

    def _in_name(self, said: list[str], first: int, at: int) -> bool:
        word = said[at].lstrip('"“‘(')
        low = fold(word).rstrip(".,;:!?)\"”’'")
        if low in self.words.particles and first < at < len(said) - 1:
            return True
        return (
            word[:1].isupper()
            and low not in self.words.openers
            and low not in self.words.determiners
            and low not in self.words.titles
        )

    def _keep(self, said: list[str], first: int, last: int) -> None:
        """Note a run of capitalised words as a name, and the office that stands before it."""
        if last - first > 2 and first and said[first - 1] == "of":
            first += 1  # "President of Lorn Ada Orr": the land is no part of the name
        name = [word.strip('"“”‘’().,;:!?') if not _INITIAL.fullmatch(word) else word for word in said[first:last]]
        if name[-1].endswith(("'s", "’s")):
            name[-1] = name[-1][:-2]
        if len(name) > 4 or not name[-1] or any(fold(word) in self.words.rank for word in name):
            return
        surname, full = fold(name[-1]), " ".join(name)
        known = self.full.get(surname)
        if known is None or known.endswith(" " + full) or not full.endswith(" " + known):
            self.full[surname] = full
        self._told_behind(said, last, self.full[surname])
        for at in range(first - 1, max(-1, first - 8), -1):
            word = said[at]
            low = fold(word).rstrip(".,")
            beside = at == first - 1 and word.endswith(",") and low in self.words.titles  # "the mayor, Ada Orr,"
            if word[-1] in _STOPS.replace(".", "") and not beside:
                break
            if low in self.words.titles:
                self._hold(said, at, self.full[surname])
                break
            if not word[:1].isupper() and low not in {"of", "the", "and", "for"}:
                break

    def _hold(self, said: list[str], at: int, name: str) -> None:
        """Note an office, also with the word before it: "the health minister" isn't "the interior minister"."""
        low = fold(said[at]).strip(_STOPS)
        self.offices[low] = name
        of = fold(said[at - 1]) if at else ""
        if of.isalpha() and of not in self.words.openers | self.words.determiners | self.words.prepositions:
            self.offices[f"{of} {low}"] = name
        if low in self.words.rank:
            self.kinds.setdefault(name, self.words.kinds[self.words.rank[low]][0])

    def _told_behind(self, said: list[str], last: int, name: str) -> None:
        """Note the office in "Ada Orr, the health minister, came"."""
        if not said[last - 1].endswith(",") or last >= len(said) or fold(said[last]) not in {"the", "a"}:
            return
        for at in range(last + 1, min(len(said), last + 5)):
            if fold(said[at]).strip(_STOPS) in self.words.titles and (
                said[at][-1] in _STOPS or said[at + 1 :][:1] == ["of"]
            ):
                self._hold(said, at, name)
                return
            if said[at][-1] in _STOPS:
                return

    def issue(self, tokens: Sequence[Token]) -> Phrase | None:
        """Note who "issued a statement": that is who speaks in "the statement reads"."""
        for at, token in enumerate(tokens):
            if token.low in self.words.issues and any(
                word.low in self.words.papers for word in tokens[at + 1 : at + 6]
            ):
                source = before(tokens, group_start(tokens, at, self.words), self.words)
                if source:
                    keep = self.person
                    self.issuer = self.resolve(tokens, source)[0]
                    self.person = keep if self.issuer != self.person else self.person
                return source
        return None

    def resolve(self, tokens: Sequence[Token], phrase: Phrase) -> tuple[str | None, SourceKind]:
        """The full name and kind of a source; None for "I" and "we", whose speaker only the quotation knows."""
        held = [pronoun(token.low) for token in tokens[phrase.first : phrase.last]]
        if len(held) == 1 or (len(held) == 2 and held[0] == "both"):
            known = self._they(tokens, phrase) if held[-1] == "they" else None
            known = known or self._pronoun(held[-1])
            if known is not None:
                return known
        kind = kind_of(tokens, phrase, self.words)
        full = self._tail(tokens, phrase)
        name, is_person = (full, True) if full else name_of(tokens, phrase, self.words, self.shouted)
        if is_person:
            aside = [token.low for token in tokens[slice(*phrase.also)]] if phrase.also else []
            return self._named(name, kind, [*held, *aside])
        definite = (
            held[0] in {"the", "this", "that", "our"}
            or held[0].endswith("'s")
            or (len(held) == 1 and tokens[phrase.first].is_capital)
        )
        bare = [word for word in held if word not in {"the", "this", "that", "same"}]
        if definite and bare:
            office = self._office(bare)
            if office:
                return office, self.kinds.get(office, "official")
            named = not self.shouted and any(token.is_capital for token in tokens[phrase.first + 1 : phrase.last])
            earlier = None if named else self._same_thing(bare, kind)
            if earlier:
                return earlier, self.kinds.get(earlier, kind)
            if self.home and len(bare) == 1 and not named and bare[0] in fold(self.home).split()[-1:]:
                return self.home, kind
        self._note(name, kind)
        return name, kind

    def _tail(self, tokens: Sequence[Token], phrase: Phrase) -> str | None:
        """The known full name that a phrase ends in ("President of the Republic of Lorn Ada Orr")."""
        full = self.full.get(tokens[phrase.last - 1].low.removesuffix("'s")) if not self.shouted else None
        size = len(full.split()) if full else 0
        if full is None or size > phrase.last - phrase.first:
            return None
        first = phrase.last - size
        if first > phrase.first and tokens[first - 1].low in self.words.prepositions:
            return None  # "engineers of the Institute of Building Safety"
        said = " ".join(token.text for token in tokens[first : phrase.last])
        return full if fold(said).removesuffix("'s") == fold(full).replace(".", "") else None

    def _same_thing(self, bare: list[str], kind: SourceKind) -> str | None:
        """ "the statement", "the newspaper", "the ministry": who issued it, or the longer name used before."""
        if len(bare) > 2:
            return None
        if kind == "document" and bare[-1] in self.words.papers and self.issuer:
            return self.issuer
        earlier = self.last.get(kind)
        if earlier and (kind in {"document", "media"} or bare[-1] in fold(earlier).split()):
            return earlier
        return (self.issuer or self.thing or self.group or self.person) if kind == "document" else None

    def _they(self, tokens: Sequence[Token], phrase: Phrase) -> tuple[str | None, SourceKind] | None:
        """ "had called officials, and they confirmed": several speakers named earlier in the sentence."""
        for at in range(phrase.first - 1, max(-1, phrase.first - 15), -1):
            low = tokens[at].low
            if low.endswith("s") and any(low in entries for _, entries in self.words.kinds):
                source = before(tokens, at + 1, self.words)
                return self.resolve(tokens, source) if source else None
        return None

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
        for at, word in enumerate(held):
            if word in self.words.titles:
                self._hold(held, at, name)
        return name, kind

    def _office(self, bare: list[str]) -> str | None:
        """ "the governor", "the foreign minister": who was introduced with that office."""
        if bare[:3] == ["head", "of", "state"]:
            bare = [next((word for word in self.words.heads if word in self.offices), "")]
        cut = next((n for n, word in enumerate(bare) if word in self.words.prepositions), len(bare))
        bare = bare[:cut]
        if not bare or len(bare) > 3:
            return None
        exact = self.offices.get(" ".join(bare[-2:]))
        others = len(bare) > 1 and any(office.endswith(" " + bare[-1]) for office in self.offices)
        holder = exact or (None if others else self.offices.get(bare[-1]))
        self.person = holder or self.person
        return holder

    def _note(self, name: str, kind: SourceKind) -> None:
        self.kinds.setdefault(name, kind)
        self.last[kind] = name
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
