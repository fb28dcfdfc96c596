"""One person, or several kin, in a list of people: "his wife, 32-year-old Ana Lee", "a son, Tem, who was eight".

Input: a sentence's tokens. Output: `Person`s in order, each with the tokens of its words, its name, sex, age and whose
it is. Nothing is said here of what happened to them; `rollcall` tells that.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims.personheads import PRONOUNS
from tollbook.claims.persontails import Tailed
from tollbook.claims.personwords import Person, sex_of
from tollbook.lexicon import Lexicon
from tollbook.text import Token

_ARTICLES = frozenset({"a", "an", "the"})
_PLACED = frozenset({"a", "an", "in", "at", "near", "from", "on", "to", "for", "by", "the"})


def persons(sentence: list[Token], lexicon: Lexicon) -> list[Person]:
    """All people whom the sentence names or tells of as somebody's kin, in order."""
    line = _Line(sentence, lexicon)
    found: list[Person] = []
    at = 0
    while at < len(sentence):
        one = line.person(at) if line.opens(at) else None
        if one is None:
            at += 1
            continue
        before = found[-1] if found else None
        if before is not None and line.names_again(before, one):
            found[-1] = _joined(before, one)
        elif before is not None and line.or_else(before, one):
            found[-1] = replace(one, start=before.start, owner=before.owner)
        elif before is not None and line.is_apposed(before, one):
            before.kind, before.sex, before.end = one.kind, before.sex or one.sex, one.end
        elif not (one.names and one.kind is None and line.low(at - 1) in _PLACED) and not line.is_kin_of(one):
            found.append(one)
        at = max(one.end, at + 1)
    return found


def _joined(noun: Person, name: Person) -> Person:
    """ "His wife," and "32-year-old Ana Lee" are one."""
    years = noun.years if name.years is None else name.years
    return replace(noun, end=name.end, names=name.names, years=years, sex=noun.sex or name.sex,
                   guessed=name.guessed, small=noun.small or name.small)  # fmt: skip


class _Line(Tailed):
    """A sentence in which people are sought."""

    def opens(self, at: int) -> bool:
        """Somebody's description may start at a token: a capital, or a plain word with another of them behind it."""
        low, opens = self.lows[at], self.words.opens
        if low not in opens or low in _ARTICLES:
            led = low in opens and (self.low(at + 1) in opens or self.is_capital(at + 1))
            return led or self.sentence[at].is_capital
        return True

    def person(self, at: int, *, owned: bool = False) -> Person | None:
        """The person whose words start at a token; `owned` behind a genitive, after which there is no other."""
        one = self.described(at) if self.low(at) in self.words.opens else Person(at, at)
        start = one.end
        if one.kind is not None:
            start = self._past_link(start, one)
        start = self.titled(start, one)
        if one.kind is None and one.years is None and self.low(start - 1) in ("a", "an", "the"):
            return None  # "the Orrs"
        if one.count > 1 and not one.several:
            return None  # "two Northlanders"
        end = start if one.several else self.name(start)
        if end > start:
            if self.low(end - 1).endswith("'s") or self.low(end) in ("'", "’"):
                return None if owned else self._owned(at, start, end)
            one.names = self.words_of(start, end)
            one.end = end
        elif one.kind is None or self.low(at) == "the" or not (one.owner or one.kind.one in self.words["kin"]):
            return None
        self.tail(one)
        one.sex = one.sex or (one.kind.sex if one.kind else None)
        one.guessed = sex_of(one.names, self.words) or one.guessed
        return one

    def _past_link(self, at: int, one: Person) -> int:
        """The token behind "," "named" or "of the family" between a noun and a name."""
        low = self.low(at)
        if low in ("named", "called") or (low == "," and not one.several and self.is_capital(at + 1)):
            return at + 1
        return at + 3 if [self.low(at + step) for step in range(3)] == ["of", "the", "family"] else at

    def names_again(self, before: Person, one: Person) -> bool:
        """A noun for one of kin, and right behind it or its comma who it is."""
        if before.names or before.kind is None or before.several or not one.names or one.owner or one.kind is not None:
            return False
        gap = [self.low(index) for index in range(before.end, one.start)]
        return gap in ([], [","], ["named"], ["called"])

    def or_else(self, before: Person, one: Person) -> bool:
        """ "Her daughter or niece Ana Lee": one person, whose kin is not known for sure."""
        gap = [self.low(index) for index in range(before.end, one.start)]
        return gap == ["or"] and not before.names and one.kind is not None

    def is_apposed(self, before: Person, one: Person) -> bool:
        """ "Ana Lee, Tem Lee's sister, was": the sister is Ana."""
        plain = before.names and before.kind is None and not one.names and one.kind is not None and not one.several
        own = one.owner is not None and one.owner not in PRONOUNS
        gap = [self.low(index) for index in range(before.end, one.start)]
        return bool(plain) and own and gap in ([","], ["–"], ["—"]) and self.low(one.end) == gap[0]

    def is_kin_of(self, one: Person) -> bool:
        """ "Wife of Ana Lee": whose she is, and not of whom the list tells."""
        return self.low(one.start - 1) == "of" and self.words.kind(self.low(one.start - 2)) is not None

    def _owned(self, at: int, start: int, end: int) -> Person | None:
        """ "Ana Lee's son Tem": the son, whose owner is named."""
        end += self.low(end) in ("'", "’")
        one = self.person(end, owned=True) if end < len(self.sentence) and self.low(end) not in PRONOUNS else None
        if one is None or one.kind is None or one.kind.one not in self.words["kin"] or one.owner:
            return None
        return replace(one, start=at, owner=" ".join(self.words_of(start, end)))
