"""People said by name: "Ann Lee, 34, was killed" tells of one, as "a woman was killed" does.

A name counts only where a verb right beside it says what happened to its bearer, and once in a report for each measure.
Text in capitals is left alone: nothing tells there where a name ends.
"""

from __future__ import annotations

from dataclasses import replace

from tollbook.claims.grammar import Grammar, grammar
from tollbook.claims.nouns import noun_at
from tollbook.claims.quantities import Figure
from tollbook.claims.triggers import trigger_words
from tollbook.lexicon import Lexicon
from tollbook.model import Claim, Quantity
from tollbook.text import Token

MOST = 4  # words of a name, initials and particles among them


def find(sentence: list[Token], taken: list[Figure], lexicon: Lexicon) -> list[Figure]:
    """A figure of one for each full name that stands outside the figures already found."""
    words = grammar(lexicon)
    if _titled(sentence):
        return []
    covered = {index for figure in taken for index in range(figure.first, figure.last)}
    found, at = [], 0
    while at < len(sentence):
        if not sentence[at].is_capital:
            at += 1
            continue
        end = _name_end(sentence, at, words, lexicon)
        if end - at > 1 and not any(index in covered for index in range(at, end)) and _stands(sentence, at, words):
            found.append(Figure(at, at, end, Quantity.exact(1), lone=True, named=True))
        at = max(end, at + 1)
    return found


def _titled(sentence: list[Token]) -> bool:
    """True for a headline or a line in capitals: its capitals tell nothing."""
    said = [token for token in sentence if token.is_word]
    return sum(token.is_capital for token in said) > 0.6 * len(said) or any(
        t.text.isupper() and len(t.text) > 6 for t in said
    )


def _name_end(sentence: list[Token], at: int, words: Grammar, lexicon: Lexicon) -> int:
    """The token after a run of capitalised words that can be a name; `at` itself where none starts."""
    end = at
    while end < len(sentence) and end - at < MOST:
        token = sentence[end]
        initial = len(token.text) == 1 and end + 1 < len(sentence) and sentence[end + 1].low == "."
        if initial and end > at:
            end += 2
            continue
        if not _can_be_named(sentence, end, words, lexicon):
            break
        end += 1
    if end < len(sentence) and (
        _can_be_named(sentence, end, words, lexicon) or sentence[end].low in words.name_endings
    ):
        return at  # too long for a person, or the name of a body: "Orne County Hospital"
    return end if end > at and sentence[end - 1].is_capital and len(sentence[end - 1].text) > 2 else at


def _can_be_named(sentence: list[Token], at: int, words: Grammar, lexicon: Lexicon) -> bool:
    token = sentence[at]
    plain = token.is_word and token.is_capital and not token.text.isupper() and not token.low.endswith("'s")
    if not plain or token.low in words.never_named or token.low in words.months or token.low in words.name_endings:
        return False
    return noun_at(sentence, at, lexicon) is None and not trigger_words(lexicon).at(sentence, at)


def _stands(sentence: list[Token], at: int, words: Grammar) -> bool:
    """Not part of a longer name, and not after "in" or "the", which places and bodies follow."""
    before = sentence[at - 1].low if at else ""
    if before == "," and at > 1 and sentence[at - 2].is_word and not sentence[at - 2].is_capital:
        return False  # "their friend, Ann Lee, died": the friend is the figure already
    return before not in ("the", "in", "at", "near", "from", "of", "&") or (before == "of" and at > 1)


Place = tuple[str, int, int]  # part, start and end of a claim


def once(claims: list[Claim], names: set[Place], known: set[Place]) -> list[Claim]:
    """The claims with each person once.

    Those that rest on a name stand once for a measure, as a part where the report counts more; those that rest on
    "the boy" stand only where no other claim of the report has their measure.
    """
    seen: set[tuple[str, str]] = set()
    counted = {claim.measure for claim in claims if _place(claim) not in known}
    kept = []
    for claim in claims:
        if _place(claim) in known:
            if claim.measure not in counted:
                counted.add(claim.measure)
                kept.append(claim)
            continue
        key = (claim.said.split()[-1], claim.measure)
        if _place(claim) in names:
            if key in seen:
                continue
            seen.add(key)
            if any(_counts_more(other, claim) for other in claims):
                claim = replace(claim, basis="part")
        kept.append(claim)
    return kept


def _place(claim: Claim) -> Place:
    return claim.span.part, claim.span.start, claim.span.end


def _counts_more(other: Claim, claim: Claim) -> bool:
    return other.measure == claim.measure and (other.quantity.low or 0) > 1 and other.part_of is None
