"""Who or what a figure counts: the noun phrase after the number.

"613 Azeri citizens" → person, all, "Azeri"; "99 civilian deaths" → civilians, and the noun itself says killed.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims.ages import aged_end, by_age, years_at, years_of
from tollbook.claims.grammar import grammar
from tollbook.claims.named import office_group
from tollbook.claims.nouns import affiliation_of, in_name, narrowed, noun_at, singular
from tollbook.claims.quantities import Figure
from tollbook.claims.triggers import trigger_words
from tollbook.lexicon import Lexicon
from tollbook.lexicon.nouns import Noun, modifier_table
from tollbook.text import Token
from tollbook.values import dataclass

MAX_PHRASE = 7  # tokens of a noun phrase after its number
MAX_LONE = 11  # "a 25-year-old former aid worker": the age alone takes five
_TO_THINGS = ("destroyed", "damaged")
DEMONYMS = ("ans", "is", "eks", "ards", "ots")
_DOERS = ("ers", "ors", "ists", "ians", "ees", "eers", "ants", "ents", "men", "women")
_BARE_DEMONYMS = ("ese", "ish", "ch", "an", "i")


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Counted:
    """What a figure counts: tokens up to `end`, the noun's index, and the measure that the noun itself gives.

    `of_figure` where it is a share of the following figure ("30 of the 80 wounded"), `of_pronoun` in "six of them".
    """

    end: int
    head: int | None
    group: str = "all"
    unit: str | None = None
    person: bool = True
    affiliation: str | None = None
    measure: str | None = None
    trigger: tuple[int, int] | None = None
    of_figure: bool = False
    of_pronoun: bool = False
    others: bool = False
    known: bool = True  # False where the noun is not in the lexicon, so that the verb must tell whether it is people
    agentive: bool = False  # an unknown noun with an ending of doers ("managers")


def counted(sentence: list[Token], figure: Figure, starts: set[int], lexicon: Lexicon) -> Counted:
    """What `figure` counts; `starts` are the first tokens of all figures of the sentence."""
    if figure.named or figure.is_others:
        group = office_group(sentence, figure, lexicon) if figure.named else "all"
        return Counted(figure.last, figure.last - 1, group, others=figure.is_others)
    if figure.quantity.high == 0 and [t.low for t in sentence[figure.last : figure.last + 2]][:-1] == ["of"]:
        return _none_of(sentence, figure, starts, lexicon)
    bare = noun_at(sentence, figure.number, lexicon) if figure.known else None
    if bare and bare[0].person and sentence[figure.number].low not in ("the", "a", "an"):
        return Counted(figure.last, figure.first, bare[0].group, "person")  # "Man killed": no article before it
    if figure.lone or figure.quantity.high == 0:
        return _lone(sentence, figure, starts, lexicon)
    words = grammar(lexicon)
    out_of = [token.low for token in sentence[figure.last : figure.last + 2]] == ["out", "of"]
    at, others = figure.last + out_of, False
    while at < len(sentence) and sentence[at].low in words.noun_skips and not (at > figure.last and at in starts):
        low = sentence[at].low
        if low == "others":
            return Counted(at + 1, at, others=True)
        others = others or low in ("other", "more")
        if low == "of" and at + 1 < len(sentence):
            whose = sentence[at + 2].low.endswith(("'s", "s'")) if at + 2 < len(sentence) else False
            if at + 1 in starts or at + 2 in starts or (at + 3 in starts and whose):
                return Counted(figure.last if out_of else at, None, of_figure=True)
            if sentence[at + 1].low in words.partitive_pronouns:
                return _of_pronoun(sentence, at + 1, lexicon)
        at += 1
    found = _Phrase(sentence, figure, starts, lexicon).read(at)
    return found if found.others == others else replace(found, others=others)


def _none_of(sentence: list[Token], figure: Figure, starts: set[int], lexicon: Lexicon) -> Counted:
    """ "None of them", "none of the 12 passengers", "none of the passengers"."""
    at = figure.last + 1
    if sentence[at].low in grammar(lexicon).partitive_pronouns:
        return _of_pronoun(sentence, at, lexicon)
    if at in starts:
        return Counted(figure.last, None, of_figure=True)
    named = noun_at(sentence, at + 1, lexicon)
    if named:
        noun, end = named
        return Counted(end, end - 1, noun.group, noun.unit, noun.person)
    return Counted(figure.last, None, person=False)


def _of_pronoun(sentence: list[Token], at: int, lexicon: Lexicon) -> Counted:
    """ "Six of them Jesuits", "most of whom were women": the group may stand right after."""
    after = at + 1
    if after < len(sentence) and sentence[after].low in ("were", "are", "was", "is"):
        after += 1
    known = noun_at(sentence, after, lexicon)
    if known:
        noun, end = known
        return Counted(end, end - 1, noun.group, noun.unit, noun.person, of_pronoun=True)
    if after < len(sentence) and sentence[after].is_capital and sentence[after].low.endswith(DEMONYMS):
        return Counted(after + 1, after, affiliation=sentence[after].text, of_pronoun=True)
    return Counted(at + 1, None, of_pronoun=True)


# ---- a noun phrase after a number ----


class _Phrase:
    """Reads modifiers and the head: the last noun of the lexicon in the first run, else the first plural."""

    def __init__(self, sentence: list[Token], figure: Figure, starts: set[int], lexicon: Lexicon) -> None:
        self.sentence, self.figure, self.starts, self.lexicon = sentence, figure, starts, lexicon
        self.triggers, self.words = trigger_words(lexicon), grammar(lexicon)
        self.modifiers = modifier_table(lexicon)
        self.first = figure.last
        self.group: str | None = None
        self.head: tuple[Noun, int] | None = None
        self.spare: tuple[Noun, int] | None = None  # a singular noun: a modifier unless nothing follows
        self.plural: int | None = None
        self.measure: tuple[str, tuple[int, int]] | None = None
        self.years: int | None = None  # of "two 6-year-old boys"

    def read(self, at: int) -> Counted:
        """The noun phrase that starts at a token."""
        self.first = at
        index: int | Counted | None = at
        last = at
        while isinstance(index, int) and index < min(len(self.sentence), at + MAX_PHRASE):
            last = index
            index = self._step(index)
        if isinstance(index, Counted):
            return index
        return self._result(last if index is None else index)

    def _step(self, index: int) -> int | Counted | None:
        """The next token to read, the finished phrase, or None where the phrase ends."""
        token = self.sentence[index]
        if index in self.starts and index > self.figure.first:
            end = aged_end(self.sentence, index)
            if end is not None:
                self.years = years_at(self.sentence, index, self.lexicon)
            return end
        if token.low in ("-", "'", "/") and self.head is None and token.start == self.sentence[index - 1].end:
            return index + 1
        if token.low == "and" and self._joins_adjectives(index):
            return index + 2
        if token.low == "identified" and self.head is None:
            return index + 1  # "twelve identified civilians"
        if not token.is_word or token.low in self.words.noun_stops:
            return None
        found = noun_at(self.sentence, index, self.lexicon)
        named = self.triggers.counted_at(self.sentence, index)
        if found and not (named and not found[0].person):
            return self._noun(found, named, token)
        if named and (self.head is None or token.low in self.words.outcomes):
            return self._outcome(index, named)
        if self.head is not None:
            return None
        if self.triggers.finite_at(self.sentence, index):
            return self._participle(index, self.triggers.modifier_at(self.sentence, index))
        self.group = self.group or self.modifiers.get(token.low)
        if self.plural is None and len(token.low) > 3 and token.low.endswith("s") and not token.low.endswith("ss"):
            self.plural = index
        return index + 1

    def _joins_adjectives(self, index: int) -> bool:
        """ "New and repeated displacements": one word stands before, one after, and then the noun."""
        if self.head is not None or self.plural is not None or index != self.first + 1:
            return False
        noun = index + 2
        if noun >= len(self.sentence) or noun - 1 in self.starts or noun_at(self.sentence, noun - 1, self.lexicon):
            return False
        return bool(noun_at(self.sentence, noun, self.lexicon) or self.triggers.counted_at(self.sentence, noun))

    def _noun(self, found: tuple[Noun, int], named: tuple[str, int] | None, token: Token) -> int | None:
        noun, end = found
        if noun.singular and self.figure.quantity.value != 1 and self.head is None and not named:
            if self.triggers.participle(token.low) and not noun.person:
                return None  # "6 shot" are no shots
            self.spare = self.spare or found
            own = noun.group if noun.person and noun.group != "all" else None
            self.group = self.group or self.modifiers.get(token.low) or own
            return end
        if self.head is not None:
            known = self.head[0]
            if known.person and not noun.person:
                return None
            if known.group not in ("all", noun.group) and noun.group == "all":
                self.group = self.group or known.group
        if named and not self.measure and named[1] >= end:
            self.measure = (named[0], (end - 1, named[1]))
            end = named[1]  # "prisoners of war"
        self.head = (noun, end)
        return end

    def _outcome(self, index: int, named: tuple[str, int]) -> int | Counted:
        """A noun that is itself counted ("deaths", "wounded"); before a person it is only an adjective."""
        measure, end = named
        follows = noun_at(self.sentence, end, self.lexicon)
        moved = follows is not None and (follows[0].person or follows[0].unit == "household")
        if self.head is None and moved and self.triggers.participle(self.sentence[index].low):
            self.measure = (measure, (index, end))
            return end
        if self._is_modifier(index, end):
            return end
        group = self._narrowed(self.head[0]) if self.head else self.group or "all"
        return Counted(end, index, group, "person", True, self._affiliation(index), measure, (index, end))

    def _is_modifier(self, index: int, end: int) -> bool:
        """ "The first 32 death claims": one death cannot be 32."""
        low, after = self.sentence[index].low, self.sentence[end].low if end < len(self.sentence) else ""
        plural = after.endswith("s") and after.isalpha() and after not in self.words.noun_stops
        return low in ("death", "injury", "arrest", "murder", "body") and self.figure.quantity.value != 1 and plural

    def _participle(self, index: int, modifier: tuple[str, int] | None) -> int | None:
        """ "290 missing people": a participle before a person is a modifier, anywhere else it ends the phrase."""
        follows = noun_at(self.sentence, modifier[1], self.lexicon) if modifier else None
        if modifier and follows and (follows[0].person or follows[0].unit == "household" or modifier[0] in _TO_THINGS):
            self.measure = (modifier[0], (index, modifier[1]))
            return modifier[1]
        return None

    def _result(self, end: int) -> Counted:
        known = self.head or (self.spare if self.plural is None else None)
        if known:
            noun, after = known
            measure, trigger = self.measure if self.measure else (None, None)
            return Counted(after, after - 1, by_age(self._narrowed(noun), self.years), noun.unit, noun.person,
                           self._affiliation(after - 1), measure, trigger)  # fmt: skip
        if self.plural is not None:
            return self._unknown(self.plural)
        first = self.sentence[self.first] if self.first < len(self.sentence) else None
        if end > self.first and first and first.is_capital and first.low.endswith(_BARE_DEMONYMS):
            return Counted(self.first + 1, self.first, "all", "person", True, first.text)
        if self.group and end > self.first:
            return Counted(end, end - 1, self.group, "person", True)
        return Counted(self.figure.last if end == self.figure.last else min(end, len(self.sentence)), None)

    def _unknown(self, index: int) -> Counted:
        """A plural that the lexicon does not hold: a capitalised one names people ("12 Americans")."""
        word = self.sentence[index]
        shouted = self.sentence[self.figure.last - 1].text.isupper() and word.text.isupper()
        people = word.is_capital and (not shouted or word.low.endswith(DEMONYMS))
        if people:
            return Counted(index + 1, index, self.group or "all", "person", True, word.text)
        affiliation = self._affiliation(index)
        if self.group is not None:
            return Counted(index + 1, index, self.group, "person", True, affiliation)
        return Counted(index + 1, index, "all", singular(word.low), True, affiliation, known=False,
                       agentive=word.low.endswith(_DOERS))  # fmt: skip

    def _narrowed(self, noun: Noun) -> str:
        return narrowed(noun, self.group, self.sentence, self.lexicon)

    def _affiliation(self, head: int) -> str | None:
        return affiliation_of(self.sentence, self.first, head)


# ---- one person, or nobody ----


def _lone(sentence: list[Token], figure: Figure, starts: set[int], lexicon: Lexicon) -> Counted:
    """ "A 76-year-old man", "no reported injuries", "an unborn child", "another": looks through adjectives and ages."""
    modifiers, words, nobody = modifier_table(lexicon), grammar(lexicon), figure.quantity.high == 0
    best, group, aged = None, None, None
    for index in range(figure.last, min(len(sentence), figure.last + MAX_LONE)):
        if index in starts and aged_end(sentence, index) is None:
            break  # "another attack wounded two men"
        low = sentence[index].low
        named = trigger_words(lexicon).counted_at(sentence, index) if nobody else None
        if named:
            return Counted(named[1], index, group or "all", "person", True, None, named[0], (index, named[1]))
        inner = low == "old" or (nobody and low in words.after_no)  # "no reported injuries"
        ends = not inner and (low in words.noun_stops or low in words.determiners or low in '.,;:()"“”')
        ends = ends and (best is not None or not in_name(sentence, index))
        found = noun_at(sentence, index, lexicon)
        if found and (found[0].person or nobody):
            noun, end = found
            affiliation = affiliation_of(sentence, figure.last, index)
            best = Counted(end, end - 1, narrowed(noun, group, sentence, lexicon), noun.unit, noun.person, affiliation)
            group = noun.group if noun.group != "all" else group
        elif ends or (best is not None and not _modifies(best, sentence, index, lexicon)):
            break
        elif low == "old" and sentence[index - 1].low in ("-", "year", "years", "month", "months"):
            aged = index
        elif best is None:
            group = group or modifiers.get(low)
    years = years_of(sentence, figure.last, best.end if best else (aged or figure.last) + 1, lexicon)
    best = best or (Counted(aged + 1, aged) if aged is not None else None)
    return replace(best, group=by_age(best.group, years)) if best else Counted(figure.last, None, group or "all")


def _modifies(noun: Counted, sentence: list[Token], at: int, lexicon: Lexicon) -> bool:
    """ "A rebel supply leader": a noun that may stand before another, and no verb after it."""
    head = sentence[noun.head or 0].low
    return head in modifier_table(lexicon) and not trigger_words(lexicon).at(sentence, at)
