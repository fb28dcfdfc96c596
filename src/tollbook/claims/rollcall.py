"""People told of one by one and the harm they came to: "Tem Orr, his wife Ana and their son Bo (6) were killed".

Input: a report's sentences. Output: `Row`s, one for each list of people and each group in it, with how many of them no
list before has told of. A list is a run of people with nothing but links between them; what happened is said right
before it ("killed along with …", "the victims were named as …") or right behind it. Nobody counts twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import pairwise

from tollbook.claims.ages import CHILD
from tollbook.claims.persons import persons
from tollbook.claims.personwords import Kind, Person, PersonWords
from tollbook.claims.rolllines import Line
from tollbook.claims.rollnames import is_same, sounds
from tollbook.lexicon import Lexicon
from tollbook.model import Span
from tollbook.text import Token
from tollbook.values import dataclass

_PRONOUNS = ("his", "her", "their")
NEAR = 40  # people behind "their children" in a list whom it may mean
_GROUPS = ("all", "children", "men", "women")


@dataclass(frozen=True, slots=True)
class Row:
    """Of one list those of one group: the words from the first to the last of them, how many, what they came to."""

    span: Span
    measure: str
    group: str
    count: int
    trigger: Span
    by_name: bool  # the group of all of them is told by their given names alone


@dataclass(slots=True)
class _Listed:
    """Somebody, and in which list."""

    person: Person
    list_: _List


@dataclass(slots=True)
class _List:
    """A list of people, what they came to and by which words."""

    sentence: Sequence[Token]
    measure: str
    trigger: tuple[int, int]


@dataclass(slots=True)
class Rollcall:
    """The people of a report so far, each once."""

    lexicon: Lexicon
    told: list[_Listed] = field(default_factory=list)
    last: str | None = None  # what the sentence before told that somebody came to
    named: dict[str, list[_Listed]] = field(default_factory=dict)  # by each word of their names, as it sounds
    kin: dict[str, list[Kind]] = field(default_factory=dict)  # of whom, by first name

    def read(self, sentence: list[Token]) -> None:
        """Adds the people of a sentence who came to harm; tells more of those known."""
        line = Line(sentence, self.lexicon, self.last)
        tells, self.last = line.tells(), None
        if not tells:
            return
        found = _unquoted(persons(sentence, self.lexicon), sentence)
        self.last = line.first_harm()
        for run in line.runs(found):
            harm = line.harm(run)
            if harm is not None and not (len(run) == 1 and line.is_vague(run[0])):
                self._add(run, _List(sentence, *harm), line.words)

    def rows(self) -> Iterator[Row]:
        """The rows of all lists, in the order of the text."""
        lists: dict[int, list[_Listed]] = {}
        for one in self.told:
            lists.setdefault(id(one.list_), []).append(one)
        for some in lists.values():
            for group in _GROUPS:
                members = [one.person for one in some if one.person.group == group and one.person.count]
                if members:
                    yield _row(members, group, some[0].list_)

    def _add(self, run: list[Person], list_: _List, words: PersonWords) -> None:
        _inherit(run)
        known = [self._known(one, words) for one in run]
        new = any(one.names and before is None for one, before in zip(run, known, strict=True))
        for index, one in enumerate(run):
            whose, before = _whose(one, run[:index]), known[index]
            if whose is not None and one.kind is not None and one.kind.one in words["wed"]:
                self._wed(whose, run[:index])
            if before is not None and (before.list_.measure, list_.measure) != ("injured", "killed"):
                _learn(before.person, one)
            elif one.names or self._is_new(one, whose, beside=new):
                if before is not None:
                    before.person.count = 0  # hurt, and dead after all
                    _learn(one, before.person)
                self._enter(_Listed(one, list_), whose)
        _divide(run)

    def _enter(self, listed: _Listed, whose: str | None) -> None:
        self.told.append(listed)
        for word in dict.fromkeys(map(sounds, listed.person.names)):
            self.named.setdefault(word, []).append(listed)
        if whose is not None and listed.person.kind is not None:
            self.kin.setdefault(whose, []).append(listed.person.kind)

    # ---- who is who ----

    def _known(self, one: Person, words: PersonWords) -> _Listed | None:
        """Whoever was told of by this name, or by a longer one that has a bare surname in it."""
        bare = len(one.names) == 1 and one.kind is None and one.years is None
        first = next((sounds(word) for word in one.names if word not in words["links"]), None)
        near = self.named.get(first, ()) if first else ()
        same = (other for other in near if is_same(other.person.names, one.names, words))
        return next(same, None) or (next(iter(near), None) if bare else None)

    def _wed(self, whose: str, before: list[Person]) -> None:
        """ "Bo's wife": Bo, told of as somebody's son, is grown."""
        for one in [*before, *(other.person for other in self.named.get(sounds(whose), ()))]:
            if one.names and one.names[0] == whose and one.kind is not None and one.years is None:
                one.kind = replace(one.kind, age="open")

    def _is_new(self, one: Person, whose: str | None, *, beside: bool) -> bool:
        """Nameless kin count once for each whose they are; "his wife" only beside somebody who is new."""
        kin = one.kind
        if kin is None or (whose is None and one.owner is not None):
            return False
        if not beside and (one.owner is None or one.owner in _PRONOUNS):
            return False
        told = self.kin.get(whose, ()) if whose is not None else ()
        return not any(kind.one == kin.one or _fits(kind, kin) for kind in told)


def _whose(one: Person, before: list[Person]) -> str | None:
    """The first name of the one whose kin somebody is; "his wife" tells that he is a man."""
    if one.owner is None:
        return None
    if one.owner not in _PRONOUNS:
        return one.owner.split()[0]
    owner = next((other for other in reversed(before) if other.names), None)
    if owner is None:
        return None
    if one.owner != "their" and owner.sex is None:
        owner.sex = "male" if one.owner == "his" else "female"
    return owner.names[0]


def _inherit(run: list[Person]) -> None:
    """ "Ana's mother and father": the father is hers too."""
    for before, one in pairwise(run):
        if not one.names and one.owner is None and not before.names and one.start == before.end + 1:
            one.owner = before.owner


def _learn(known: Person, again: Person) -> None:
    """What a second mention tells more: sex, age, a longer name."""
    known.sex = known.sex or again.sex
    known.guessed = known.guessed or again.guessed
    known.years = again.years if known.years is None else known.years
    known.kind = known.kind or again.kind
    known.small = known.small or again.small
    known.names = max(known.names, again.names, key=len)


def _divide(run: list[Person]) -> None:
    """ "Their two sons, Tem and Bo", "four children: two sons, … and two daughters, …": nobody is counted twice."""
    counts = [one.count for one in run]
    for index in reversed(range(len(run))):
        one = run[index]
        if one.names or one.kind is None:
            continue
        behind = range(index + 1, min(len(run), index + NEAR))
        some = [at for at in behind if _fits(run[at].kind, one.kind)]
        named = [run[at] for at in some if run[at].names]
        one.count = max(0, one.count - max(len(named), sum(counts[at] for at in some if not run[at].names)))
        _grow(one.kind, named[: counts[index]])


def _fits(kind: Kind | None, kin: Kind) -> bool:
    """Somebody in a list whom kin before may mean: "children" are sons too, a bare name is anybody's."""
    if kind is None or kind.one == kin.one:
        return kin.plural or (kin.age == "child" and kind is None)
    return kin.plural and kin.sex is None and (kin.age == "open" or kind.age == "child")


def _grow(kin: Kind, named: list[Person]) -> None:
    """What kin are told to be, their names are; where all whose age is told are grown, the others are too."""
    ages = [one.years for one in named if one.years is not None]
    grown = bool(ages) and min(ages) >= CHILD
    for one in named:
        one.kind = one.kind or replace(kin, plural=False)
        one.sex = one.sex or one.kind.sex
        if grown and one.years is None:
            one.kind = replace(one.kind, age="open")


def _row(members: list[Person], group: str, list_: _List) -> Row:
    first, last = list_.sentence[members[0].start], list_.sentence[members[-1].end - 1]
    at, end = list_.trigger
    trigger = Span(list_.sentence[at].start, list_.sentence[end - 1].end)
    return Row(Span(first.start, last.end), list_.measure, group, sum(one.count for one in members), trigger,
               all(one.by_name for one in members))  # fmt: skip


def _unquoted(found: Iterable[Person], sentence: list[Token]) -> list[Person]:
    """Those outside quoted speech: whoever is quoted tells again what the report tells."""
    if not any(token.text == "“" for token in sentence):
        return list(found)
    quoted, inside = set(), False
    for at, token in enumerate(sentence):
        inside = (inside or token.text == "“") and token.text != "”"
        if inside:
            quoted.add(at)
    return [one for one in found if one.start not in quoted]
