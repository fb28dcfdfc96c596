"""People said by name: "Ann Lee, 34, was killed" tells of one, as "a woman was killed" does.

A name counts only where a word right beside it says what happened to its bearer, and once in a report for each measure.
In a text in capitals, names are the words that no dictionary holds: "THE MURDER OF JUDGE ANA VORMELL" tells of one.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims.grammar import grammar
from tollbook.claims.nouns import noun_at
from tollbook.claims.quantities import Figure
from tollbook.claims.triggers import trigger_words
from tollbook.claims.units import unit_words
from tollbook.lexicon import Lexicon
from tollbook.lexicon.dictionary import is_plain, load_words
from tollbook.lexicon.nouns import modifier_table
from tollbook.model import Claim, Quantity
from tollbook.text import Token, fold

MOST = 5  # words of a name, initials and particles not counted
DATELINE = 4  # tokens of a place in capitals before a text
MOST_OFFICE = 7  # words of "former supreme court president" before a name


def find(sentence: list[Token], taken: list[Figure], lexicon: Lexicon) -> list[Figure]:
    """A figure of one for each full or titled name that stands outside the figures already found."""
    shouted = _is_shouted(sentence)
    if not shouted and _is_headline(sentence):
        return []
    line = _Line(sentence, shouted, lexicon)
    covered = {index for figure in taken for index in range(figure.first, figure.last)}
    found, at = [], 0
    while at < len(sentence):
        if not sentence[at].is_capital:
            at += 1
            continue
        end, full = line.name(at)
        if (full > 1 or (full and line.is_titled(at))) and line.stands(at) and covered.isdisjoint(range(at - 1, end)):
            owns = sentence[end - 1].low.endswith("'s")
            one = Figure(at, at, end, Quantity.exact(1), lone=True, named=True)
            found.append(replace(one, office=line.office(at), possessive=owns))
        at = max(end, at + 1)
    return found


def _is_shouted(sentence: list[Token]) -> bool:
    """True for a sentence in capitals: there a name is what the dictionary doesn't hold."""
    long = [token.text for token in sentence if len(token.text) > 3 and token.is_word]
    return len(long) > 3 and sum(map(str.isupper, long)) > 0.9 * len(long)


def _is_headline(sentence: list[Token]) -> bool:
    """True for a headline: its capitals tell nothing. "ORNE FALLS (WZZV) – " in front is a dateline, and a headline
    has no full stop: "Ann Lee died at Orne County Hospital on Friday." is none.
    """
    said = [token.text for token in sentence if token.is_word]
    capital = [text for text in said if text[0].isupper()]
    loud = any(len(token.text) > 6 and token.is_word and token.text.isupper() for token in sentence[DATELINE:])
    return loud or len(capital) > (0.85 if sentence[-1].low == "." else 0.6) * len(said)


class _Line:
    """A sentence in which names are sought, by its capitals or, where all is in capitals, by the dictionary."""

    def __init__(self, sentence: list[Token], shouted: bool, lexicon: Lexicon) -> None:
        self.sentence, self.shouted, self.lexicon = sentence, shouted, lexicon
        self.words, self.triggers = grammar(lexicon), trigger_words(lexicon)

    def name(self, at: int) -> tuple[int, int]:
        """(the token after the name that starts at a token, how many full words it has); (at, 0) where none does."""
        end, full = at, 0
        while end < len(self.sentence) and full < MOST:
            token = self.sentence[end]
            links = self._links(end)
            if links and end == at:
                return at, 0  # "EL FARO" is a paper or a place
            if end > at and len(token.text) == 1 and self._low(end + 1) == ".":
                end += 2  # an initial
            elif end > at and self._is_joined(end):
                end += 2  # "Ann Lee-Orr"
            elif links and self._fits(end + links):
                end += links
            elif self._fits(end):
                end, full = end + 1, full + 1
                if token.low.endswith("'s"):
                    return end, full
            else:
                break
        if self.shouted and full > 1 and self._is_surname(end):
            end += 1
        if end == at or self._goes_on(end) or not self.sentence[end - 1].is_capital:
            return at, 0
        return (end, full) if len(self.sentence[end - 1].text) > 2 else (at, 0)

    def _is_joined(self, at: int) -> bool:
        """A hyphen without a gap, and another word of the name behind it."""
        if self._low(at) != "-" or at + 1 >= len(self.sentence):
            return False
        before, sign, after = self.sentence[at - 1 : at + 2]
        return before.end == sign.start and sign.end == after.start and after.is_capital and after.is_word

    def _is_surname(self, at: int) -> bool:
        """ "ANA VORMELL STONE WAS": a plain word ends a name where no other word of a phrase follows it."""
        if at >= len(self.sentence) or not self.sentence[at].is_word or self._is_function(at):
            return False
        if noun_at(self.sentence, at, self.lexicon) is not None:
            return False  # "U.S. MORVAN NURSES WERE": a noun phrase
        after = self.sentence[at + 1] if at + 1 < len(self.sentence) else None
        return after is None or not after.is_word or self._is_function(at + 1)

    def _is_function(self, at: int) -> bool:
        low, words = self._low(at), self.words
        closed = low in words.noun_stops or low in words.no_object or low in words.determiners
        return closed or words.adverbial(low) or bool(self.triggers.at(self.sentence, at))

    def _goes_on(self, end: int) -> bool:
        """Too long for a person, or the name of a body or a group: "Orne County Hospital", "TOLVAN FARMERS"."""
        if end >= len(self.sentence):
            return False
        noun = self.shouted and self.sentence[end].is_word and not self._is_function(end)
        return noun or self._low(end) in self.words.name_endings or self._fits(end)

    def _low(self, at: int) -> str:
        return self.sentence[at].low if 0 <= at < len(self.sentence) else ""

    def _links(self, at: int) -> int:
        """How many words such as "de la" stand at a token."""
        return next(k for k in range(4) if k == 3 or self._low(at + k) not in self.words.name_links)

    def _fits(self, at: int) -> bool:
        """True for a token that can be a word of a name."""
        if at >= len(self.sentence):
            return False
        token, words = self.sentence[at], self.words
        low = token.low.removesuffix("'s")
        if not (token.is_word and token.is_capital and len(low) > 1 and token.text.isupper() == self.shouted):
            return False
        if low in words.never_named or low in words.months or low in words.name_endings or low in words.titles:
            return False
        if self.shouted and self._is_common(low):
            return False
        return noun_at(self.sentence, at, self.lexicon) is None and not self.triggers.at(self.sentence, at)

    def _is_common(self, low: str) -> bool:
        """True for what is no name in a text in capitals: a plain word, a people."""
        plain = low in self.words.noun_stops or is_plain(low, load_words(self.lexicon.language))
        return plain or low.removesuffix("s") in self.lexicon.table("places")["demonyms"]

    def is_titled(self, at: int) -> bool:
        """ "Mayor Lind", "Dr. Lind": one word is enough for a name after a title."""
        return self._low(at - 2 if self._low(at - 1) == "." else at - 1) in self.words.titles

    def office(self, at: int) -> int:
        """The first token of what stands before a name: "former judge Ann Lee"; the name's own where nothing does."""
        first = at - 2 if self._low(at - 1) == "." else at - 1
        if first < 0 or not (self.sentence[first].low in self.words.titles or self._is_person(first)):
            return at
        while first and at - first < MOST_OFFICE and self._describes(first - 1):
            first -= 1
        return first

    def _describes(self, at: int) -> bool:
        token, words = self.sentence[at], self.words
        if not token.is_word or token.low in words.noun_stops or token.low in words.determiners:
            return False
        return not self.triggers.at(self.sentence, at)

    def _is_person(self, at: int) -> bool:
        found = noun_at(self.sentence, at, self.lexicon)
        return found is not None and found[0].person and found[0].singular

    def stands(self, at: int) -> bool:
        """Not part of a longer name, and not after "in" or "the", which places and bodies follow."""
        before, earlier = self._low(at - 1), self.sentence[at - 2] if at > 1 else None
        if before == "," and earlier is not None and earlier.is_word and self._is_apposed(at - 2):
            return False  # "their friend, Ann Lee, died": the friend is the figure already
        return before not in ("the", "in", "at", "near", "from", "of", "&") or (before == "of" and at > 1)

    def _is_apposed(self, at: int) -> bool:
        """True where a name behind a comma is that of the person before it; in "last month, Ann Lee" it is not."""
        found = noun_at(self.sentence, at, self.lexicon)
        if found is not None or self.shouted:
            return self._is_person(at)
        low = self._low(at)
        when = low in self.words.spells or low in unit_words(self.lexicon).duration or self.words.adverbial(low)
        return not (self.sentence[at].is_capital or when)


def office_group(sentence: list[Token], figure: Figure, lexicon: Lexicon) -> str:
    """The group that the title or office before a name tells: "judge Ann Lee" is an official, "Ms. Lee" a woman."""
    before = figure.first - 2 if figure.first > 1 and sentence[figure.first - 1].low == "." else figure.first - 1
    if before < 0 or figure.office == figure.first:
        return "all"
    office = noun_at(sentence, before, lexicon)
    return office[0].group if office else modifier_table(lexicon).get(sentence[before].low, "all")


Place = tuple[str, int, int]  # part, start and end of a claim


def once(claims: list[Claim], names: set[Place], known: set[Place]) -> list[Claim]:
    """The claims with each person once.

    Those that rest on a name stand once for a measure, as a part where the report counts more; those that rest on
    "the boy" stand only where no other claim of the report has their measure.
    """
    seen: dict[str, list[frozenset[str]]] = {}
    counted = {claim.measure for claim in claims if _place(claim) not in known}
    kept = []
    for claim in claims:
        if _place(claim) in known:
            if claim.measure not in counted:
                counted.add(claim.measure)
                kept.append(claim)
            continue
        if _place(claim) in names:
            bearer = frozenset(fold(claim.said).removesuffix("'s").split())
            others = seen.setdefault(claim.measure, [])
            if any(_is_same(bearer, other) for other in others):
                continue
            others.append(bearer)
            if any(_counts_more(other, claim) for other in claims):
                claim = replace(claim, basis="part")
        kept.append(claim)
    return kept


def _is_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """ "Lind", "Ana Lind" and "Ana Maria Lind" are one person; "Olaf Lind" is another."""
    return one <= other or other <= one or len(one & other) > 1


def _place(claim: Claim) -> Place:
    return claim.span.part, claim.span.start, claim.span.end


def _counts_more(other: Claim, claim: Claim) -> bool:
    return other.measure == claim.measure and (other.quantity.low or 0) > 1 and other.part_of is None
