"""People told of one by one: what is kept of each, and the words for them, from persons.toml and given.toml."""

from __future__ import annotations

from functools import cache
from typing import Literal

from tollbook.claims.ages import CHILD, TOP
from tollbook.claims.grammar import grammar
from tollbook.claims.numerals import number_words
from tollbook.lexicon import Lexicon
from tollbook.values import dataclass

Sex = Literal["female", "male"]
Age = Literal["adult", "child", "open"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a noun for one person tells: "daughter" is female, a child unless something says more, and kin."""

    one: str
    sex: Sex | None
    age: Age
    plural: bool


@dataclass(frozen=True, slots=True)
class PersonWords:
    """The tables; what each list is for stands beside it in persons.toml."""

    kinds: dict[str, Kind]
    given: dict[str, Sex]
    numbers: dict[str, int]
    lists: dict[str, frozenset[str]]
    opens: frozenset[str]  # the plain words that somebody's description can start with
    unnamed: frozenset[str]  # what no word of a name is, capital or not

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.lists[name]

    def kind(self, word: str) -> Kind | None:
        return self.kinds.get(word.removesuffix("'s"))

    def number(self, word: str) -> int | None:
        """Digits of up to three places, or a number word."""
        return int(word) if word.isdecimal() and len(word) < 4 else self.numbers.get(word)


@cache
def person_words(lexicon: Lexicon) -> PersonWords:
    table, given = lexicon.table("persons"), lexicon.table("given")
    kinds: dict[str, Kind] = {}
    sexes: tuple[tuple[str, Sex | None], ...] = (("female", "female"), ("male", "male"), ("either", None))
    grown: tuple[Age, ...] = ("adult", "child", "open")
    for key, sex in sexes:
        for age in grown:
            for pair in table[key][age]:
                one, many = pair.split()
                kinds[one] = Kind(one, sex, age, plural=False)
                kinds[many] = Kind(one, sex, age, plural=True)
    names: dict[str, Sex] = dict.fromkeys(given["male"].split(), "male")
    names.update(dict.fromkeys(given["female"].split(), "female"))
    lists = {name: frozenset(words) for name, words in table["words"].items()}
    areas = lexicon.table("places")["kinds"]
    lists["bodies"] |= {*areas["town"], *areas["admin1"], *areas["admin2"]}  # "the Orne Governorate" is nobody
    numbers = number_words(lexicon).units
    articles = {"a", "an", "the", "another", "one", "both", "his", "her", "their"}
    ages = {str(years) for years in range(TOP + 1)}
    plain = articles | ages | set(kinds) | set(numbers)
    opens = plain | lists["adjectives"] | lists["titles"] | lists["links"]
    closed = grammar(lexicon)
    unnamed = closed.noun_stops | closed.determiners | closed.possessives | set(kinds)
    unnamed = (unnamed - set(names)) | closed.months | closed.never_named | closed.name_endings | lists["bodies"]
    return PersonWords(kinds, names, numbers, lists, frozenset(opens), frozenset(unnamed))


@dataclass(slots=True)
class Person:
    """Somebody told of: tokens `start` to `end`, the words of the name, and what the words tell.

    `owner` is "his", "her", "their" or the name in "Ana Lee's son"; `count` is more than one for "her two sons".
    """

    start: int
    end: int
    names: tuple[str, ...] = ()
    sex: Sex | None = None
    years: int | None = None
    kind: Kind | None = None
    small: bool = False
    owner: str | None = None
    count: int = 1
    guessed: Sex | None = None  # by the given name alone

    @property
    def several(self) -> bool:
        return self.kind is not None and self.kind.plural

    @property
    def group(self) -> str:
        """ "children" below 18 years or by the noun, else by sex, "all" where nothing tells."""
        kind = self.kind
        young = self.small or (kind is not None and kind.age == "child")
        if (young and self.years is None) or (self.years is not None and self.years < CHILD):
            return "children"
        return {"female": "women", "male": "men", None: "all"}[self.sex or self.guessed]

    @property
    def by_name(self) -> bool:
        """True where nothing but a given name tells the group."""
        return self.sex is None and self.group in ("women", "men")


def sex_of(names: tuple[str, ...], words: PersonWords) -> Sex | None:
    """The sex that a name tells: "Umm …", "Abu …", a given name that is given to one sex only."""
    if not names:
        return None
    if names[0] in words["mother_of"]:
        return "female"
    if names[0] in words["father_of"]:
        return "male"
    return words.given.get(names[0]) or ("male" if names[0] in ("abd", "abdul", "abdel") else None)
