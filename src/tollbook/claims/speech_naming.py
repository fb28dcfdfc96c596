"""What to call a source and what kind of source it is, by the words that name it.

In: the tokens of a sentence and the `Phrase` of a source. Out: a name and a kind. "Police Capt. Ada Orr" is "Ada Orr",
of the police.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.speech_words import BREAKS, Words
from tollbook.model import SourceKind
from tollbook.text import Token
from tollbook.values import dataclass


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Phrase:
    """A source in a sentence: token positions, half open; `also` is its apposition ("…, the mayor,").

    `who` is the place of a relative pronoun that stands for it right before the verb.
    """

    first: int
    last: int
    also: tuple[int, int] | None = None
    who: int | None = None


def is_kind_word(low: str, words: Words) -> bool:
    return low in words.titles or low in words.rank


def plausible(tokens: Sequence[Token], phrase: Phrase, words: Words) -> bool:
    """True for what can speak: a pronoun, a name, or words that the lexicon knows as a kind of source."""
    held = tokens[phrase.first : phrase.last]
    if any(is_kind_word(token.low.removesuffix("'s"), words) or token.low in words.pronouns for token in held):
        return True
    if (
        len(held) <= 3
        and held[0].low in {"the", "a", "an"}
        and (phrase.first == 0 or tokens[phrase.first - 1].low == ",")
    ):
        return True
    named = held[0].is_capital and held[0].low not in words.determiners and len(held) <= 4
    return (named or any(token.is_capital for token in held[1:])) and not held[0].is_number


def kind_of(tokens: Sequence[Token], phrase: Phrase, words: Words) -> SourceKind:
    """What kind of source a phrase names, by the words in it and in its apposition."""
    own = [token.low.removesuffix("'s") for token in tokens[phrase.first : phrase.last]]
    aside = [token.low.removesuffix("'s") for token in tokens[slice(*phrase.also)]] if phrase.also else []
    if aside and aside[0] in {"who", "whose", "which"}:
        aside = []  # "Ada Orr, who owns a bank,": what somebody does is no office
    capitals = sum(
        token.is_capital and token.low not in words.determiners for token in tokens[phrase.first : phrase.last]
    )
    last = len(words.kinds)
    for said in (own, aside):
        ranks = (min(words.rank.get(word, last), words.rank.get(word.removesuffix("s"), last)) for word in said)
        kind = words.kinds[found][0] if (found := min(ranks, default=last)) < last else None
        if kind is not None and not (kind == "anonymous" and capitals > 1):
            return kind
    held = [token for token in tokens[phrase.first : phrase.last] if token.low not in words.determiners]
    definite = len(held) < phrase.last - phrase.first and tokens[phrase.first].low == "the"
    letters = len(held) == 1 and held[0].text.isupper() and 1 < len(held[0].text) < 7
    if capitals and (definite or (letters and not tokens[0].text.isupper())):
        return "organisation"
    return "person" if capitals or any(word in words.titles for word in own) else "anonymous"


def name_of(tokens: Sequence[Token], phrase: Phrase, words: Words, shouted: bool) -> tuple[str, bool]:
    """What to call a source, and whether that is a person's name: titles are left out, so are "the" and "a".

    In capitals a name can't be told by its letters: there it is what follows the last title.
    """
    held = list(tokens[phrase.first : phrase.last])
    definite = held[0].low == "the"
    while held and held[0].low in {"the", "a", "an"}:
        held.pop(0)
    if not held:
        held = list(tokens[phrase.first : phrase.last])
    house = _house(held, words)
    if house:
        return _text(house), False
    person = _person(held, words, shouted)
    if person == held[:1] and held[0] is tokens[0] and len(held) > 1:
        person = []  # "Engineers from the institute said": a capital that opens the sentence
    if person and definite and len(person) == len(held):
        person = []  # "the Orlen Gazette": people have no article
    if not person and phrase.also and any(is_kind_word(token.low, words) for token in held):
        # "the mayor, Ada Orr,": the name is in the apposition.
        aside = list(tokens[slice(*phrase.also)])
        plain = len(aside) <= 5 and all(token.is_capital or token.low in words.particles for token in aside)
        person = _person(aside, words, shouted) if plain and not shouted else []
    if person:
        return _text(person).removesuffix("'s").removesuffix("’s"), True
    return _text(held).removesuffix("'s").removesuffix("’s"), False


def _house(held: list[Token], words: Words) -> list[Token]:
    """The hospital in "doctors at Orlen General Hospital": several of its staff speak for it."""
    if len(held) < 4 or held[0].low not in words.staff or held[1].low not in {"at", "of", "in", "from"}:
        return []
    house = held[3:] if held[2].low == "the" else held[2:]
    medics = next(entries for kind, entries in words.kinds if kind == "medics")
    return house if all(token.is_capital for token in house) and house[-1].low in medics else []


def _text(held: Sequence[Token]) -> str:
    """The words with single spaces, brackets close to what they hold, the stop of an initial restored."""
    pieces = [
        token.text + "." if len(token.text) == 1 and token.is_capital and len(held) > 1 else token.text
        for token in held
    ]
    return " ".join(pieces).replace("( ", "(").replace(" )", ")").replace(" & ", " & ")


def _person(held: list[Token], words: Words, shouted: bool) -> list[Token]:
    """The tokens of a person's name inside a phrase, or none."""
    last = max((n for n, token in enumerate(held) if token.low in words.titles), default=-1)
    rest = held[last + 1 :]
    cut = next((n for n, token in enumerate(rest) if token.low in words.prepositions or token.low in BREAKS), len(rest))
    rest = rest[:cut]
    if shouted:
        return (
            rest
            if last >= 0 and 0 < len(rest) <= 5 and not any(is_kind_word(token.low, words) for token in rest)
            else []
        )
    start = next((n for n, token in enumerate(rest) if token.is_capital), len(rest))
    name = rest[start:]
    if not name or not all(token.is_capital or token.low in words.particles for token in name):
        return []
    if any(is_kind_word(token.low.removesuffix("'s"), words) for token in name) or len(name) > 5:
        return []
    if last < 0 and any(token.low.endswith("'s") for token in held[:-1]):
        return []
    acronym = len(name) == 1 and name[0].text.isupper() and len(name[0].text) < 7
    return [] if acronym else name
