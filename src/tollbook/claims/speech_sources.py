"""The noun phrase that names a source: where it begins and ends, what to call it, what kind of source it is.

In: the tokens of a sentence and where a verb of saying stands. Out: a `Phrase`. In "On Monday, Gov. Ada Orr of
Redburn said" it is "Gov. Ada Orr of Redburn", named "Ada Orr", an official.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tollbook.claims.speech_naming import Phrase, is_kind_word
from tollbook.claims.speech_words import BREAKS, QUOTE, Words, pronoun
from tollbook.text import Token

# Longer runs of words are clauses that were taken for a name.
_LONGEST = 16


def before(tokens: Sequence[Token], end: int, words: Words, low: int = 0) -> Phrase | None:
    """The source that ends right before token `end`, not reaching below `low`."""
    if end <= low:
        return None
    token = tokens[end - 1]
    if token.low in {"who", "which", "that"} and end - 1 > low:
        at = end - 1
        at -= 1 if tokens[at - 1].low == "," else 0
        antecedent = before(tokens, at, words, low) if at > low else None
        return replace(antecedent, who=end - 1) if antecedent else None
    if token.low in words.pronouns or pronoun(token.low) in words.pronouns:
        return Phrase(end - 1, end)
    relative = _relative(tokens, end, words, low)
    if relative:
        return before(tokens, relative, words, low)
    if token.low in {")", "]"} and _bracketed(tokens, end, low):
        first = _run_left(tokens, end, words, low)
        return Phrase(first, end) if first is not None else None
    if token.low in {",", ")", "--", "–", "—", "-"}:
        return _apposed(tokens, end - 1, words, low)
    first = _run_left(tokens, end, words, low)
    return Phrase(first, end) if first is not None else None


def _relative(tokens: Sequence[Token], end: int, words: Words, low: int) -> int:
    """Where "who" stands in "an activist who spoke to them later said": the source is before it, else 0."""
    verb = False
    for at in range(end - 1, max(low, end - 16), -1):
        token = tokens[at]
        if token.low in BREAKS:
            return 0
        if token.low == "who":
            return at if verb else 0
        form = words.verbs.get(token.low)
        verb = verb or token.low in words.finite or bool(form and form.form != "base") or token.low.endswith("ed")
    return 0


def _apposed(tokens: Sequence[Token], comma: int, words: Words, low: int) -> Phrase | None:
    """ "Ada Orr, the mayor, said": the name before the aside that a comma or bracket closes at `comma`."""
    closing = tokens[comma].low
    opening = "(" if closing == ")" else closing
    quoting = _inserted(tokens, comma, words, low)
    if quoting:
        return before(tokens, quoting, words, low)
    at = comma - 1
    while at > low and tokens[at].low != opening:
        if tokens[at].low in {";", ":", ".", QUOTE} or comma - at > 40:
            return None
        at -= 1
    if at <= low:
        return None
    if opening == "," and tokens[at - 1].low not in words.finite:
        further = _earlier_name(tokens, at, words, low)
        first = further[0] if further else _run_left(tokens, at, words, low)
        if first is not None:
            return Phrase(first, further[1] if further else at, (at + 1, comma))
        return None
    first = _run_left(tokens, at, words, low)
    return Phrase(first, at, (at + 1, comma)) if first is not None else None


def _inserted(tokens: Sequence[Token], comma: int, words: Words, low: int) -> int:
    """The comma before ", citing her brother, a nurse," that closes at `comma`, else 0: who is cited doesn't say it."""
    for at in range(comma - 1, max(low + 1, comma - _LONGEST), -1):
        if tokens[at].low in {";", ":", ".", QUOTE} or tokens[at].low in words.always_verbs:
            return 0
        if tokens[at - 1].low == "," and (tokens[at].low,) in words.cite.get(tokens[at].low, ()):
            return at - 1
    return 0


def _earlier_name(tokens: Sequence[Token], comma: int, words: Words, low: int) -> tuple[int, int] | None:
    """ "Ada Orr, 43, the mayor, said": the name before several asides."""
    previous = comma - 1
    while previous > low and tokens[previous].low not in BREAKS:
        previous -= 1
    if previous <= low or tokens[previous].low != ",":
        return None
    aside = tokens[previous + 1 : comma]
    if len(aside) == 1 and aside[0].text.isdigit():
        first = _run_left(tokens, previous, words, low)
        return (first, previous) if first is not None else None
    return None


def _run_left(tokens: Sequence[Token], end: int, words: Words, low: int) -> int | None:
    """Where the words of a name that ends before `end` begin; None where there is no name."""
    at = end
    while at > low and end - at < _LONGEST:
        token = tokens[at - 1]
        if token.low in BREAKS and not _bracketed(tokens, at, low):
            break
        if token.low in words.clause or (token.low in words.finite and not _noun_here(tokens, at - 1)):
            break
        if token.low in {"and", "&"} and not _joins(tokens, at - 1, low, words):
            break
        if token.low in words.pronouns and at < end:
            break
        verb = words.verbs.get(token.low)
        if at < end and (token.low in words.always_verbs or _governs(tokens, at - 1, words)):
            break
        adjective = verb is not None and verb.base == "register"  # "registered voters"
        if verb and at < end and verb.form in {"past", "gerund"} and not adjective and not _noun_here(tokens, at - 1):
            break
        if token.low in {")", "]"}:
            opening = _bracketed(tokens, at, low)
            if opening <= low + 1 or tokens[opening - 1].low in BREAKS:
                break  # "[TEXT] The army": a bracket before a name is no part of it
            at = _bracketed(tokens, at, low)
            continue
        at -= 1
    return _without_opening(tokens, at, end, words)


def _governs(tokens: Sequence[Token], at: int, words: Words) -> bool:
    """True for a regular past with an object: "followed Ada Orr's", "ignored the mayor's", not "displaced people"."""
    low, following = tokens[at].low, tokens[at + 1]
    if not low.endswith("ed") or len(low) < 5 or tokens[at].is_capital or _noun_here(tokens, at):
        return False
    return following.low in words.determiners or (following.is_capital and not following.text.isupper())


def _noun_here(tokens: Sequence[Token], at: int) -> bool:
    """True for a form such as "killed" between an article and a noun ("the wounded officer")."""
    return at > 0 and tokens[at - 1].low in {"the", "a", "an", "one", "another"}


def _bracketed(tokens: Sequence[Token], at: int, low: int) -> int:
    """Where a short bracket that closes before `at` opens ("the committee (XYZ)"), else 0."""
    if tokens[at - 1].low not in {")", "]"}:
        return 0
    for back in range(2, 7):
        if at - back > low and tokens[at - back].low in {"(", "["}:
            return at - back
    return 0


def _joins(tokens: Sequence[Token], at: int, low: int, words: Words) -> bool:
    """True where "and" joins two sources, not two clauses: nothing before it up to the next break is a verb."""
    back = at - 1
    while back >= low and at - back <= 7:
        word = tokens[back].low
        if word in BREAKS or word in words.clause:
            return at - back > 1
        verb = words.verbs.get(word)
        noun = verb is not None and verb.form == "base" and verb.base in words.nouns  # "a report by the Road and …"
        if word in words.finite or (verb and not noun) or (word.endswith("ed") and len(word) > 4):
            return False
        back -= 1
    return back < low and at > low


def _without_opening(tokens: Sequence[Token], first: int, end: int, words: Words) -> int | None:
    """Drop what opens a sentence and is no part of the name: "But", "On Monday", "In Redburn"."""
    while first < end and (
        tokens[first].low in words.openers
        or tokens[first].low in words.adverbs
        or (tokens[first].low in {"and", "or", "of", "'s"} and first < end)
    ):
        if first + 1 < end and tokens[first + 1].low == "of" and tokens[first].low in words.determiners:
            break  # "all of the candidates"
        first += 1
    if first + 1 < end and tokens[first].low == "about" and _counted(tokens[first + 1]):
        return first  # "about half of the voters"
    if first < end and tokens[first].low in words.prepositions:
        start = _after_prepositional(tokens, first, end, words)
        if start is None:
            return None
        first = start
    last = tokens[end - 1].low if end > first else ""
    if first >= end or last in words.prepositions or last in words.auxiliaries:
        return None
    return None if all(not any(map(str.isalnum, token.text)) for token in tokens[first:end]) else first


def _counted(token: Token) -> bool:
    return token.is_number or token.low in {"half", "a", "one", "two", "three"}


def _after_prepositional(tokens: Sequence[Token], first: int, end: int, words: Words) -> int | None:
    """ "In Redburn a spokesman", "On Monday police": where the source begins after the opening phrase."""
    at = first + 1
    while at < end and (tokens[at].low in words.determiners or tokens[at].low in words.times):
        if tokens[at].low in words.determiners and tokens[at - 1].low in words.times:
            return at  # "On Monday the ministry"
        at += 1
    for here in range(max(at, first + 1), end):
        low = tokens[here].low
        if here > first + 1 and tokens[here - 1].low in words.prepositions:
            continue
        if low in words.determiners | words.pronouns or (here > at and is_kind_word(low, words)):
            return here
        if tokens[here - 1].low in words.times and low not in words.times and low not in words.prepositions:
            return here
    return at if at < end and tokens[at - 1].low in words.times else None


def after(tokens: Sequence[Token], first: int, words: Words, *, clause: bool = False) -> Phrase | None:
    """The source that begins at token `first` ("according to …", "said …"); `clause` where a clause may follow it."""
    if first >= len(tokens) or tokens[first].low in words.clause:
        return None
    if tokens[first].low in words.pronouns:
        return Phrase(first, first + 1)
    at = first
    while at < len(tokens) and at - first < _LONGEST:
        bracket = _closing(tokens, at)
        if not bracket and (_is_break(tokens, at) or (at > first and _closes(tokens, at, words, clause))):
            break
        at = bracket or at + 1
    return Phrase(first, at, _aside_after(tokens, at, words)) if at > first else None


def _is_break(tokens: Sequence[Token], at: int) -> bool:
    low = tokens[at].low
    return low in BREAKS and (low != "." or at >= len(tokens) - 2)


def _closes(tokens: Sequence[Token], at: int, words: Words, clause: bool) -> bool:
    """True for a token that a source does not reach across: a verb, a pronoun, "on Monday", or a clause of its own."""
    token = tokens[at]
    verb = words.verbs.get(token.low)
    if token.low in words.clause or token.low in words.pronouns or (token.low in words.finite and token.low != "may"):
        return True
    if verb and verb.group == "say" and verb.form in {"past", "gerund"}:
        return True
    if token.low in {"on", "in", "at", "during"} and at + 1 < len(tokens) and _adjunct(tokens, at + 1, words):
        return True
    counted = token.is_number or (token.low in words.determiners and tokens[at - 1].low not in words.prepositions)
    return (clause and counted) or _starts_clause(tokens, at, words)


def _starts_clause(tokens: Sequence[Token], at: int, words: Words) -> bool:
    """True for "Ada" in "according to police Ada Orr was hit", not in "said police Capt. Ada Orr"."""
    plain = tokens[at].is_capital and tokens[at - 1].low in words.plain and not tokens[at - 1].text.isupper()
    return plain and any(token.low in words.finite for token in tokens[at : at + 8])


def _closing(tokens: Sequence[Token], at: int) -> int:
    """The position after a short bracket that opens at `at`, else 0."""
    if tokens[at].low not in {"(", "["}:
        return 0
    return next((at + n + 1 for n in range(2, 6) if at + n < len(tokens) and tokens[at + n].low in {")", "]"}), 0)


def _adjunct(tokens: Sequence[Token], at: int, words: Words) -> bool:
    """True where a time or an occasion follows ("on Monday", "in a statement")."""
    return any(token.low in words.times or token.low in words.occasions for token in tokens[at : at + 3])


def _aside_after(tokens: Sequence[Token], at: int, words: Words) -> tuple[int, int] | None:
    """The apposition that follows a name: ", a spokeswoman for the ministry"."""
    if at + 1 >= len(tokens) or tokens[at].low != ",":
        return None
    opens = (
        tokens[at + 1].low in words.determiners
        or is_kind_word(tokens[at + 1].low, words)
        or tokens[at + 1].low in {"who", "head", "chief"}
        or tokens[at + 1].low.endswith("'s")
    )
    age = tokens[at + 1].text.isdigit() and at + 2 < len(tokens) and tokens[at + 2].low in {",", "."}
    if not opens and not age:
        return None
    end, who = at + 1, False
    while end < len(tokens) and tokens[end].low not in BREAKS and end - at < _LONGEST:
        who = who or tokens[end].low == "who"
        if tokens[end].low in words.finite and not who:
            return None
        end += 1
    closed = end >= len(tokens) or tokens[end].low in {",", ".", QUOTE, "-", "--", ")"}
    return (at + 1, end) if end > at + 1 and closed else None
