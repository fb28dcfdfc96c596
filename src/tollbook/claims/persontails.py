"""What stands behind a person's name: "(Abu Orr, 34)", ", 17,", ", aged 6", ", who was eight years old", ", his aunt".

Input: a `Person` whose name is read. Output: the same, with what the words behind tell of sex, age and kinship.
"""

from __future__ import annotations

from tollbook.claims.personheads import SPELLS, YEARS, Described
from tollbook.claims.personwords import Person, sex_of

MOST_ASIDE = 24  # tokens in the brackets behind a name
_OPEN = {"(": ")", "[": "]", '"': '"', "“": "”"}
_BEHIND = frozenset({*_OPEN, ",", "who", "aged", "age", "also", "known"})
_ENDS = (",", ".", ")", ";", "and", "(")


class Tailed(Described):
    """A sentence in which people are described, before and behind their names."""

    def tail(self, one: Person) -> None:
        """Reads what stands behind: "(Abu Orr, 34)", ", 17,", ", aged 6", ", who was eight years old"."""
        moved = True
        while moved and self._goes_on(one.end):
            end = self._bracket(one) or self._years_behind(one) or self._apposed(one) or self._alias(one)
            moved = end is not None
            one.end = end or one.end

    def _goes_on(self, at: int) -> bool:
        """A word at a token can open what stands behind a name; behind most names none does."""
        low = self.low(at)
        return low in _BEHIND or low.isdecimal() or low in self.words.numbers

    def _bracket(self, one: Person) -> int | None:
        closing = _OPEN.get(self.low(one.end))
        last = min(len(self.sentence), one.end + MOST_ASIDE)
        close = next((at for at in range(one.end + 1, last) if self.low(at) == closing), None) if closing else None
        if close is None:
            return None
        for at in range(one.end + 1, close):
            self._hint(at, close, one)
        end = self.name(close + 1)
        if one.names and end > close + 1 and self.sentence[end - 1].is_capital:
            one.names += self.words_of(close + 1, end)  # "Tem (Tim) Orr"
            return end
        return close + 1

    def _hint(self, at: int, close: int, one: Person) -> None:
        """What a word in brackets tells: an age, "child", "female", "Abu Orr"."""
        low, kind = self.low(at), self.words.kind(self.low(at))
        years = self.words.number(low)
        ends = at + 1 == close or self.low(at + 1) in (",", "years", "year", "y", "-")
        if years is not None and one.years is None and ends:
            one.years = years
        elif low in ("months", "month", "days") and one.years is not None:
            one.years = 0
        elif kind is not None and not kind.plural:
            one.small = one.small or kind.age == "child"
            one.sex = one.sex or kind.sex
        elif low in self.words["mother_of"]:
            one.sex = one.sex or "female"
        elif low in self.words["father_of"]:
            one.sex = one.sex or "male"

    def _years_behind(self, one: Person) -> int | None:
        """The token behind ", 17", ", aged 17", ", 17 years old", ", who was 17 years old"."""
        at = one.end + (self.low(one.end) == ",")
        if one.years is not None or not (one.names or one.kind):
            return None
        if self.low(at) == "who" and self.low(at + 1) in ("was", "is"):
            at += 2 + (self.low(at + 2) in ("only", "just", "also"))
            return self._counted_years(at, one)
        if self.low(at) in ("aged", "age"):
            return self._counted_years(at + 1, one)
        aged = self._age(at)
        if aged is not None and (aged[1] >= len(self.sentence) or self.low(aged[1]) in _ENDS):
            one.years = aged[0]
            return aged[1]
        bare = at > one.end and one.names and self.low(at).isdecimal() and self.low(at + 1) in ("", *_ENDS)
        return self._counted_years(at, one) if bare else None

    def _counted_years(self, at: int, one: Person) -> int | None:
        years = self.words.number(self.low(at))
        if years is None:
            return None
        spell = self.low(at + 1)
        end = at + 1 + (spell in SPELLS)
        end += self.low(end) == "old"
        if spell in SPELLS and spell not in YEARS and self.low(end - 1) != "old":
            return None  # "who was nine months pregnant"
        one.years = 0 if spell in SPELLS - YEARS else years
        return end

    def _apposed(self, one: Person) -> int | None:
        """The token behind ", a six-year-old girl", ", wife of Tem Orr", where that tells who the named person is."""
        at = one.end + 1
        if not one.names or one.kind is not None or self.low(one.end) != ",":
            return None
        told = self.described(at)
        if told.kind is None or told.several or told.owner in ("his", "their"):
            return None
        end = told.end
        if self.low(end) == "of":
            name = self._past_bracket(self.name(end + 1))
            end = name if name > end + 1 else end
        if end == told.end and self.low(end) not in (",", ".", ";", "and", "(", ""):
            return None
        if end == told.end and self.low(at) not in ("a", "an", "the"):
            return None
        one.kind, one.sex = told.kind, told.kind.sex or one.sex
        one.years = told.years if one.years is None else one.years
        return end

    def _past_bracket(self, at: int) -> int:
        """Behind the rest of a name with a bracket in it: "Tem (Tim) Orr"."""
        near = range(at + 1, min(len(self.sentence), at + MOST_ASIDE))
        close = next((index for index in near if self.low(index) == ")"), None) if self.low(at) == "(" else None
        return at if close is None else self.name(close + 1)

    def _alias(self, one: Person) -> int | None:
        """The token behind ", also known as Umm Orr"."""
        at = one.end + (self.low(one.end) == ",")
        at += self.low(at) == "also"
        if not one.names or self.low(at) != "known" or self.low(at + 1) != "as":
            return None
        end = self.name(at + 2)
        if end == at + 2:
            return None
        one.guessed = one.guessed or sex_of(self.words_of(at + 2, end), self.words)
        return end
