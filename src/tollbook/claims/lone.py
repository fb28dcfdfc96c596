"""Figures said without a number: a lone victim ("a 76-year-old man", "her husband") is one, "no one" is none.

"Others" are two at the least ("killing a man and wounding others").

They count only where something is said to have happened to them; `attach` decides that.
"""

from __future__ import annotations

from functools import cache

from tollbook.claims.ages import aged_end
from tollbook.claims.grammar import Grammar, grammar
from tollbook.claims.nouns import in_name, noun_at
from tollbook.claims.quantities import OTHERS, Figure
from tollbook.claims.triggers import trigger_words
from tollbook.lexicon import Lexicon
from tollbook.model import Quantity
from tollbook.text import Token

MAX_MODIFIERS = 10
ARTICLES = ("a", "an", "the")
_BESIDE_OTHERS = frozenset({"", ",", ";", "and", "while", "but", "that", "(", "-", "–", "—", '"', "“", "‘", "'"})
NEGATION_REACH = 6  # tokens from "did not" to "any casualties"


def find(sentence: list[Token], taken: list[Figure], lexicon: Lexicon, *, headline: bool = False) -> list[Figure]:
    """Lone and empty figures of a sentence, none of which overlaps a numbered figure.

    A headline leaves articles out.
    """
    covered = {index for figure in taken for index in range(figure.number, figure.last)}
    words, opens = grammar(lexicon), _openings(lexicon)
    found = []
    for at, token in enumerate(sentence):
        if (token.low in opens or token.low.endswith("'s")) and at not in covered:
            figure = (
                _nobody(sentence, at, words, lexicon)
                or _others(sentence, at, covered, words, lexicon)
                or _one(sentence, at, covered, words, lexicon)
            )
            if figure:
                found.append(figure)
                covered.update(range(figure.first, figure.last))
    return found + (_bare(sentence, covered, words, lexicon) if headline else [])


def _bare(sentence: list[Token], covered: set[int], words: Grammar, lexicon: Lexicon) -> list[Figure]:
    """ "Orne Man Killed", "boy, 6, hurt", "4-year-old shot": one person in a headline, who is told of again below."""
    found = []
    for at, token in enumerate(sentence):
        noun, follows = noun_at(sentence, at, lexicon), noun_at(sentence, at + 1, lexicon)
        if at in covered or (follows and follows[0].person):
            continue  # "police officer", "4-year-old boy"
        years = (at - width for width in (2, 4) if at >= width and token.low == "old")
        first = next((start for start in years if aged_end(sentence, start) == at + 1), None)
        if noun and noun[0].person and noun[0].singular and token.low not in words.not_lone:
            first = at
        if first is not None:
            found.append(Figure(first, at, at + 1, Quantity.exact(1), lone=True, known=True))
    return found


@cache
def _openings(lexicon: Lexicon) -> frozenset[str]:
    """The words that such a figure can start with; besides them a name in the genitive can ("Orr's son")."""
    words = grammar(lexicon)
    plain = frozenset({"no", "not", "any", "another", "a", "an", "the", OTHERS})
    return plain.union(words.nobody, words.anyone, words.no, words.possessives)


def _low(sentence: list[Token], at: int) -> str:
    return sentence[at].low if 0 <= at < len(sentence) else ""


def _nobody(sentence: list[Token], at: int, words: Grammar, lexicon: Lexicon) -> Figure | None:
    """ "No one", "no casualties", "without injuries", "did not see any casualties": zero, said."""
    low, following = _low(sentence, at), _low(sentence, at + 1)
    width = 1 if low in words.nobody else 2 if low in ("no", "not") and following == "one" else 0
    if width and _low(sentence, at + width) == "else":
        return Figure(at, at, at + width + 1, Quantity.none(), more=True)  # none beside those told of
    of_whom = following == "of" and _low(sentence, at + 2) in words.partitive_pronouns | {"the"}
    if low in words.nobody and (of_whom or following not in ("other", "of", "the")):
        return Figure(at, at, at + 1, Quantity.none())
    if low in ("no", "not") and following == "one" and _low(sentence, at + 2) != "but":
        return Figure(at, at, at + 2, Quantity.none())
    if low == "not" and (following, _low(sentence, at + 2)) == ("a", "single"):
        return Figure(at, at, at + 3, Quantity.none())
    negated = any(token.low in words.negations for token in sentence[max(0, at - NEGATION_REACH) : at])
    if low in words.anyone and negated:
        return Figure(at, at, at + 1, Quantity.none())
    if low not in words.no and not (low == "any" and negated and not following.startswith("arrest")):
        return None
    end = at + 1
    while end < at + 5 and _low(sentence, end) in words.after_no:
        end += 1
    counted = end < len(sentence) and (
        trigger_words(lexicon).counted_at(sentence, end) or noun_at(sentence, end, lexicon)
    )
    after = _low(sentence, end)
    closed = not after.isalpha() or words.helps(after) or after in words.prepositions  # not "no other information"
    if counted or (end > at + 1 and closed and noun_at(sentence, end - 1, lexicon)):
        return Figure(at, at, at + 1, Quantity.none())
    return None


def _others(sentence: list[Token], at: int, covered: set[int], words: Grammar, lexicon: Lexicon) -> Figure | None:
    """ "Wounding others", "and others were hurt": two or more; "three others" are counted, "among others" are not."""
    if sentence[at].low != OTHERS or at - 1 in covered:
        return None
    before = _low(sentence, at - 1)
    if before not in _BESIDE_OTHERS and not (at and trigger_words(lexicon).finite_at(sentence, at - 1)):
        return None
    return Figure(at, at, at + 1, Quantity.vague(OTHERS, 2))


def _one(sentence: list[Token], at: int, covered: set[int], words: Grammar, lexicon: Lexicon) -> Figure | None:
    """An article or possessive, adjectives, and a noun for one person."""
    low = sentence[at].low
    if at and sentence[at - 1].end == sentence[at].start and sentence[at - 1].low in "-/.":
        return None  # words of an address: ".../another-is-hurt"
    if low == "another":
        more = Figure(at, at, at + 1, Quantity.exact(1), more=True, lone=True)
        return more if at + 1 not in covered or aged_end(sentence, at + 1) is not None else None
    possessed = low in words.possessives or (sentence[at].is_capital and low.endswith("'s"))
    if low not in ("a", "an", "the") and not possessed:
        return None
    noun, aged = _person(sentence, at + 1, words, lexicon)
    if noun is None:
        if possessed or not aged:
            return None
    elif noun in words.not_lone or (possessed and noun not in words.kin):
        return None
    return Figure(at, at, at + 1, Quantity.exact(1), lone=True, known=low == "the")


def _person(sentence: list[Token], at: int, words: Grammar, lexicon: Lexicon) -> tuple[str | None, bool]:
    """(the singular noun for a person, whether an age stands before it) of the phrase that starts at a token."""
    best: str | None = None
    aged = False
    for index in range(at, min(len(sentence), at + MAX_MODIFIERS)):
        low = sentence[index].low
        found = noun_at(sentence, index, lexicon)
        if low == "old" and best is None and sentence[index - 1].low in ("-", "year", "month"):
            aged = True
        elif (low in words.lone_ends or low in words.relatives or low in ARTICLES) and not in_name(sentence, index):
            break
        elif found and found[0].person:
            if not found[0].singular and low not in words.not_lone and found[0].one != low:
                return None, False  # a plural: "a few soldiers"; "a Taliban leader" goes on
            best = low.removesuffix("'s") if found[0].singular else best
        elif best is not None:
            if best in words.adjectival and _goes_on(sentence, index, words, lexicon):
                return None, False  # "the national political scene"
            break
    return best, aged


def _goes_on(sentence: list[Token], at: int, words: Grammar, lexicon: Lexicon) -> bool:
    """A plain word that stands for no verb."""
    low = sentence[at].low
    plain = low.isalpha() and low not in words.noun_stops and not words.helps(low) and not words.adverbial(low)
    return plain and not trigger_words(lexicon).at(sentence, at)
