"""What stands before a person's name: "their three daughters", "a 14-year-old boy", "his wife,", "Dr.".

Input: a sentence and a token. Output: a `Person` with whose, how many, how old and what, up to the name.
"""

from __future__ import annotations

from tollbook.claims.numerals import DASHES
from tollbook.claims.personnames import Names
from tollbook.claims.personwords import Person

PRONOUNS = ("his", "her", "their")
YEARS = frozenset({"year", "years", "yr", "yrs"})
SPELLS = YEARS | {"month", "months", "week", "weeks", "day", "days"}


class Described(Names):
    """A sentence in which people are described before their names."""

    def described(self, at: int) -> Person:
        """Whose, how many, how old and what: "their three daughters", "a 14-year-old boy"."""
        one = Person(at, at)
        index, low = at, self.low(at)
        if low == "both" and self.low(at + 1) in PRONOUNS:
            index, low = at + 1, self.low(at + 1)
        if low in PRONOUNS:
            one.owner = low
            index += 1
        elif low in ("a", "an", "the", "another", "one"):
            index += 1
        while index < len(self.sentence):
            step = self._step(index, one)
            if step is None:
                break
            index = step
        one.end = index
        return one

    def _step(self, at: int, one: Person) -> int | None:
        """The token behind the next word of a description, None where it ends."""
        low = self.low(at)
        if one.several:
            return None
        aged = self._age(at)
        if aged is not None:
            one.years, end = aged
            return end
        number = self.words.number(low)
        if number is not None and one.count == 1 and one.kind is None:
            one.count = max(1, number)
            return at + 1 if self._describes(at + 1) else None
        if low in self.words["adjectives"] and self._describes(at + 1):
            one.small = one.small or low in self.words["small"]
            one.sex = one.sex or ("female" if low in ("pregnant", "female") else "male" if low == "male" else None)
            return at + 1
        return self._noun(at, one)

    def _describes(self, at: int) -> bool:
        """A description goes on at a token: another adjective, an age, a noun, a name."""
        low = self.low(at)
        known = low in self.words["adjectives"] or self.words.kind(low) is not None
        return known or self.is_capital(at) or self._age(at) is not None

    def _noun(self, at: int, one: Person) -> int | None:
        low, end = self.low(at), at + 1
        kind = self.words.kind(low)
        if kind is None:
            return None
        if self.low(end) == "-" and [self.low(index) for index in range(at + 2, at + 5)] == ["in", "-", "law"]:
            kind, end = self.words.kind(low + "-in-law"), at + 5
        if kind is None or low.endswith("'s") or (kind.age == "child" and low in self.words.given):
            return None
        if one.kind is not None and not (one.kind.one in ("child", "boy", "girl") or kind.one in self.words["kin"]):
            return None
        one.small = one.small or low in self.words["small"]
        one.kind = kind
        one.sex = kind.sex or one.sex
        if kind.plural and one.count == 1:
            one.count = 2  # "her children": more than one
        return end

    def titled(self, at: int, one: Person) -> int:
        """ "Dr. Ana Lee", "Mrs Lee": the token behind the titles."""
        while self.low(at) in self.words["titles"] and self.is_capital(at + 1 + (self.low(at + 1) == ".")):
            low = self.low(at)
            one.sex = one.sex or ("female" if low in self.words["titled_female"] else None)
            one.sex = one.sex or ("male" if low in self.words["titled_male"] else None)
            at += 1 + (self.low(at + 1) == ".")
        return at

    def _age(self, at: int) -> tuple[int, int] | None:
        """(years, the token after) of "32-year-old", "eight months old"; months are no year."""
        years = self.words.number(self.low(at))
        if years is None:
            return None
        end = at + 1
        while self.low(end) in DASHES:
            end += 1
        if self.low(end) in ("/", "or", "to") and self.words.number(self.low(end + 1)) is not None:
            return self._age(end + 1)  # "40- or 41-year-old"
        spell = self.low(end)
        if spell not in SPELLS:
            return None
        end += 1
        while self.low(end) in DASHES:
            end += 1
        if self.low(end) != "old":
            return None
        return (years if spell in YEARS else 0), end + 1
