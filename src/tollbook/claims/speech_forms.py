"""What stands around a verb of saying: is it a verb here, where its group begins, who is told, how much it vouches for.

In: the tokens of a sentence and the place of a verb. Out: small answers. "The reports" is no verb; in "told the
Globe on Monday that" the hearer is the Globe.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.speech_clauses import ENDS, Role
from tollbook.claims.speech_naming import Phrase, is_kind_word, kind_of
from tollbook.claims.speech_sources import after
from tollbook.claims.speech_words import QUOTE, Verb, Words, pronoun
from tollbook.text import Token

_DOCUMENTS = frozenset({"document", "anonymous", "media"})
_IDENTIFY = _DOCUMENTS | {"police", "medics", "government", "official", "organisation"}


def is_noun(tokens: Sequence[Token], at: int, verb: Verb, words: Words, previous: str) -> bool:
    """True for "the reports", "an estimated 40", "claimed 12 lives": no verb of saying."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if at and tokens[at].is_capital and not tokens[at].text.isupper() and not _title_case(tokens):
        return True
    if verb.base in words.nouns and verb.form in {"base", "third"} and not _governs(tokens, at, words, previous):
        return True
    passive = previous in words.be
    if (
        verb.form == "past"
        and not passive
        and (following == "by" or (verb.base in words.with_object and following in {"of", "with"}))
    ):
        return True
    if (
        verb.form == "past"
        and verb.base not in {"say", "tell"}
        and following in {"at", "by", "in", "for", "from", "as"}
        and not (passive and following == "by")
    ):
        return verb.group != "weak" and not any(token.low == "that" for token in tokens[at + 1 : at + 9])
    if previous in words.determiners or previous in words.prepositions or pronoun(previous).endswith("'s"):
        stands = previous in {"this", "that", "all", "some", "many", "both", "others", "several", "one"}
        return not (stands and verb.form in {"past", "third", "base"} and verb.base in {"say", "report", "tell"})
    if verb.base == "claim" and any(token.low in words.lives for token in tokens[at + 1 : at + 7]):
        return True
    if verb.base == "add" and following in {"to", "up"}:
        return True
    if (
        verb.form in {"third", "base"}
        and verb.base != "say"
        and following in {"of", "from", "on", "by", "about", "into", "said", "say"}
    ):
        return True
    return (
        verb.form == "past"
        and following in {"missing", "dead", "killed", "injured", "wounded"}
        and verb.base == "report"
    )


def _title_case(tokens: Sequence[Token]) -> bool:
    """True for a headline that writes most words with a capital: there a verb has one too."""
    worded = [token for token in tokens if token.is_word]
    return len(worded) > 3 and 10 * sum(token.is_capital for token in worded) >= 7 * len(worded)


def _governs(tokens: Sequence[Token], at: int, words: Words, previous: str) -> bool:
    """True where a form that can be a noun ("suspects") is followed as a verb is: by "that", "the", "no" …

    In a text in capitals a capital letter is no sign of a name.
    """
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.low == "that":
        return following is not None
    mixed = not tokens[at].text.isupper()
    told = following.low in words.determiners or following.low in words.pronouns or following.is_number
    told = told or following.low in ENDS or following.low in {QUOTE, ":", "there"} or (mixed and following.is_capital)
    named = previous in words.pronouns or previous in {"police", "media"} or previous.endswith("s")
    third = words.verbs[tokens[at].low].form == "third" and at > 0
    singular = third and (is_kind_word(previous, words) or (mixed and tokens[at - 1].is_capital))
    return told and (named or singular)


def group_start(tokens: Sequence[Token], at: int, words: Words) -> int:
    """Where the verb group begins: "has also later" before "said"."""
    start = at
    while start > 0:
        low = tokens[start - 1].low
        adverb = low in words.adverbs or (
            low.endswith("ly") and len(low) > 4 and low not in {"family", "assembly", "daily", "weekly", "italy"}
        )
        if low in words.auxiliaries or adverb or low.endswith("n't"):
            start -= 1
        else:
            break
    while 1 < start < at and tokens[start].low in words.times and tokens[start - 1].low in {"on", "late", "early"}:
        start -= 1  # "police on Tuesday said"
    if start > 2 and tokens[start - 2].low in {"this", "last"} and tokens[start - 1].low in words.times:
        start -= 2  # "officials this week said"
    return start if start > 0 or at == 0 or tokens[0].low not in words.times else 0


def hearer(tokens: Sequence[Token], at: int, verb: Verb, words: Words) -> tuple[Phrase | None, int]:
    """Who is told, and where what is said begins."""
    if verb.group != "tell" or at >= len(tokens) or tokens[at].low in {"that", QUOTE, ":", ","}:
        return None, at
    if tokens[at].low in words.hearers or tokens[at].low in {"reporters", "himself"}:
        return Phrase(at, at + 1), at + 1
    hearer = after(tokens, at, words, clause=True)
    if hearer is None:
        return None, at
    return Phrase(hearer.first, hearer.last), hearer.last


def adjuncts(tokens: Sequence[Token], at: int, words: Words) -> int:
    """Skip when and where something was said: "on Monday", "in a statement", "late last night"."""
    while at < len(tokens):
        low = tokens[at].low
        if low in words.times or (
            low in words.adverbs and low not in {"all", "both", "only", "there", "so", "even", "just", "however"}
        ):
            at += 1
            continue
        if low in words.prepositions or low == "speaking":
            end = next(
                (n for n in range(at + 1, min(len(tokens), at + 8)) if _edge(tokens[n].low, words)),
                min(len(tokens), at + 8),
            )
            last = max(
                (n for n in range(at + 1, end) if tokens[n].low in words.times | words.occasions | words.hearers),
                default=None,
            )
            if last is not None and not any(
                tokens[n].is_number and tokens[n - 1].low in {"least", "than"} for n in range(at + 1, last)
            ):
                while (
                    last + 1 < len(tokens)
                    and tokens[last + 1].is_number
                    and len(tokens[last + 1].text) <= 4
                    and tokens[last].low in words.times
                ):
                    last += 1
                at = last + 1
                continue
        break
    return at


def _edge(low: str, words: Words) -> bool:
    return low in words.clause or low in {",", ".", ";", ":", QUOTE} or low in words.finite or low in words.pronouns


def role_of(tokens: Sequence[Token], at: int, verb: Verb, source: Phrase, words: Words) -> Role:
    """How much a verb vouches for what it governs: a wish or a plan is nobody's figure."""
    following = tokens[at].low if at < len(tokens) else ""
    if verb.group == "deny":
        return "deny"
    if verb.group == "weak":
        counts = following == "of" and verb.base in words.spoken_of and _counted(tokens, at + 1, words)
        return "say" if counts else "weak"
    if verb.group == "show" and following != "that":
        if any(token.low in words.figures for token in tokens[at : at + 5]):
            return "say"
        if tokens[source.last - 1].low in words.pronouns:
            return "weak"
        spoken = (
            _IDENTIFY
            if verb.base in {"identify", "list", "rule", "determine", "register", "count", "record"}
            else _DOCUMENTS
        )
        return "say" if kind_of(tokens, source, words) in spoken else "weak"
    if verb.base != "say" and (following == "to" or following in {"for", "with", "about", "on", "against"}):
        return "weak"
    if verb.base == "claim" and following in {"responsibility", "credit", "victory"}:
        return "weak"
    return "say"


def _counted(tokens: Sequence[Token], at: int, words: Words) -> bool:
    """True where a figure follows ("spoke of at least ten dead")."""
    return any(token.is_number or token.low in words.numbers for token in tokens[at : at + 4])
