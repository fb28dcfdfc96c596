"""How a figure is meant: asserted, denied, hypothetical or planned; its own toll, an increment, a part, a rate.

"Police denied that 12 people had died" → denied; "up to 300 could be trapped" → hypothetical; "two more bodies" →
increment.
"""

from __future__ import annotations

from functools import cache

from tollbook.claims.grammar import grammar
from tollbook.claims.mentions import Mention
from tollbook.claims.numerals import matches, split_words
from tollbook.lexicon import Lexicon
from tollbook.model import Basis, Modality
from tollbook.text import Token

_WINDOW = 14
_PLOT = 30  # tokens from "in the film" to what happens in it
_DOUBT = 6  # tokens from "whether" to a figure
_CLAUSE_ENDS = {";", ".", "but"}
_DEAD_MODALS = {"could", "may", "might", "would"}


@cache
def _words(lexicon: Lexicon, table: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.table("qualifiers")[table][key])


@cache
def _phrases(lexicon: Lexicon, table: str, key: str) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of a table by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in map(split_words, lexicon.table("qualifiers")[table][key]):
        found.setdefault(words[0], []).append(words)
    return found


def modality(mention: Mention, sentence: list[Token], lexicon: Lexicon) -> Modality:
    """What the words before the figure and between it and its trigger make of it."""
    if mention.denied and mention.figure.quantity.high != 0:
        return "denied"
    start = _clause_start(mention, sentence)
    before = sentence[start : mention.start]
    reach = max(mention.end, mention.trigger[1] if mention.trigger else 0)
    if _is_denied(before, lexicon) or _is_refuted(before, sentence[reach:], lexicon):
        return "denied"
    known = _is_known(mention, sentence)
    if not known and any(token.low == "whether" for token in before[-_DOUBT:]):
        return "hypothetical"
    first, last = mention.end, reach
    if mention.trigger and mention.trigger[1] <= mention.start:
        first, last = max(start, mention.trigger[0] - 3), mention.start
    words = _low(sentence, first, last) - ({"if"} if known else set())
    hypothetical = _words(lexicon, "hypothetical", "words")
    if (
        words & hypothetical
        or (before and before[0].low == "if" and not known)
        or [token.low for token in before[-2:]] == ["if", "not"]
        or _is_invented(mention, sentence, lexicon)
        or _low(sentence, max(start, mention.start - 4), mention.start) & (hypothetical - _DEAD_MODALS)
    ):
        return "hypothetical"
    own = {token.low for token in sentence[slice(*mention.trigger)]} if mention.trigger else set()
    if (words - own) & _words(lexicon, "planned", "words"):
        return "planned"  # but "a man is expected to survive" tells of one who is hurt
    return _aim(mention, sentence, lexicon) or "asserted"


def _is_known(mention: Mention, sentence: list[Token]) -> bool:
    """ "Whether the death of a clerk was an accident": that he died is taken for granted."""
    if mention.how != "of" or mention.trigger is None:
        return False
    first = mention.trigger[0]
    return any(token.low == "the" for token in sentence[max(0, first - 2) : first])


def _is_invented(mention: Mention, sentence: list[Token], lexicon: Lexicon) -> bool:
    """ "In the film, 30 people die", "an exercise simulated an attack"."""
    phrases = _phrases(lexicon, "hypothetical", "invented")
    near = range(max(0, mention.start - _PLOT), min(len(sentence), mention.end + _WINDOW))
    return any(matches(sentence, at, phrase) for at in near for phrase in phrases.get(sentence[at].low, ()))


def _aim(mention: Mention, sentence: list[Token], lexicon: Lexicon) -> Modality | None:
    """ "Wanted to kill 12 people" is planned, "the attempted murder of two men" hypothetical; neither has happened."""
    if mention.trigger is None or mention.how not in ("object", "of", "fate"):
        return None
    first = mention.trigger[0]
    before = [token.low for token in sentence[max(0, first - 3) : first]]
    aimed = mention.how == "fate" and _low(sentence, mention.opening - 2, mention.start)
    if aimed and aimed & _words(lexicon, "planned", "words"):
        return "planned"
    if mention.how != "object":
        return "hypothetical" if set(before[-2:]) & _words(lexicon, "attempted", "words") else None
    bare = before[-1:] == ["to"] and sentence[first].low in _words(lexicon, "attempted", "verbs")
    if not bare or set(before[-2:-1]) & _words(lexicon, "attempted", "achieved"):
        return None
    return "hypothetical" if set(before) & _words(lexicon, "attempted", "able") else "planned"


def _low(sentence: list[Token], first: int, last: int) -> set[str]:
    """The words of a stretch; "May" beside a number is the month, and "if not hundreds" is no doubt either."""
    near = range(max(0, first), min(last, len(sentence)))
    return {sentence[at].low for at in near if not (_dated(sentence, at) or _is_if_not(sentence, at))}


def _is_if_not(sentence: list[Token], at: int) -> bool:
    return sentence[at].low == "if" and at > 0 and at + 1 < len(sentence) and sentence[at + 1].low == "not"


def _dated(sentence: list[Token], at: int) -> bool:
    return sentence[at].low == "may" and any(token.is_number for token in sentence[max(0, at - 1) : at + 2])


def _clause_start(mention: Mention, sentence: list[Token]) -> int:
    start = max(0, mention.start - _WINDOW)
    for at in range(mention.start - 1, start, -1):
        if sentence[at].low in _CLAUSE_ENDS:
            return at + 1
    return start


def _is_denied(before: list[Token], lexicon: Lexicon) -> bool:
    """ "Denied that", "rejected claims that", "denied reports of": the verb governs what follows it."""
    verbs = _words(lexicon, "denied", "verbs")
    links = _words(lexicon, "denied", "links")
    for at, token in enumerate(before):
        if token.low in verbs and any(follower.low in links for follower in before[at + 1 : at + 4]):
            return True
    return False


def _is_refuted(before: list[Token], after: list[Token], lexicon: Lexicon) -> bool:
    """ "Reports that 12 people died are false", "it is not true that 12 people died"."""
    low = [token.low for token in before]
    stated = next((at for at in range(len(low) - 1) if low[at + 1] == "that" and low[at] in _rumours(lexicon)), None)
    if stated is None:
        return False
    return "not" in low[:stated] if low[stated] == "true" else _is_verdict(after, lexicon)


def _rumours(lexicon: Lexicon) -> frozenset[str]:
    return _words(lexicon, "denied", "links") | {"true"}


def _is_verdict(after: list[Token], lexicon: Lexicon) -> bool:
    """ "… is absolutely unfounded", "… proved false", "… was dismissed", behind a report's content."""
    low = [token.low for token in after[:_WINDOW]]
    verdicts = _words(lexicon, "retracted", "verdicts") | _words(lexicon, "denied", "verbs")
    for at, word in enumerate(low):
        if word in _words(lexicon, "retracted", "links") and "not" not in low[at : at + 4]:
            return any(later in verdicts for later in low[at + 1 : at + 4])
        if word in _CLAUSE_ENDS:
            return False
    return False


def retracts(sentence: list[Token], lexicon: Lexicon) -> bool:
    """ "That figure was wrong": the sentence takes back the figures of the one before it."""
    low = [token.low for token in sentence[:8]]
    points = len(low) > 3 and low[0] in _words(lexicon, "retracted", "pointers")
    return (
        points
        and low[1] in _words(lexicon, "retracted", "nouns")
        and low[2] in ("was", "is", "were", "are")
        and any(word in _words(lexicon, "retracted", "verdicts") for word in low[3:])
        and "not" not in low[3:]
    )


def _is_relative(mention: Mention, sentence: list[Token], lexicon: Lexicon) -> bool:
    """ "Her sister was killed" tells of one of the dead, never of the toll."""
    low = sentence[mention.start].low
    return (
        mention.figure.lone
        and mention.figure.quantity.value == 1
        and (low in grammar(lexicon).possessives or low.endswith("'s"))
    )


def _is_toll_of_many(mention: Mention, sentence: list[Token], lexicon: Lexicon) -> bool:
    """ "The road toll rose to eight", "the annual death toll of 30": many crashes, a whole year, no one event."""
    if mention.how != "toll" or mention.trigger is None:
        return False
    before = mention.trigger[0] - 1
    return before >= 0 and sentence[before].low in _words(lexicon, "many", "tolls")


def basis(mention: Mention, sentence: list[Token], lexicon: Lexicon) -> Basis:
    """`part` by its host, `rate` by "a day", `aggregate` by "road toll", `increment` by "another"."""
    if (mention.host is not None and mention.how != "outcome") or _is_relative(mention, sentence, lexicon):
        return "part"
    if mention.how == "rate":
        return "rate"
    if _is_toll_of_many(mention, sentence, lexicon):
        return "aggregate"
    rates = _phrases(lexicon, "rate", "after")
    for at in range(mention.end, min(len(sentence), mention.end + 6)):
        if any(matches(sentence, at, phrase) for phrase in rates.get(sentence[at].low, ())):
            return "rate"
        if sentence[at].low in _CLAUSE_ENDS or sentence[at].low in (",", "and"):
            break
    added = mention.figure.more or _low(sentence, mention.start, mention.end) & grammar(lexicon).adding
    if mention.is_zero and added:
        return "increment"  # "no other casualties": none beside those told of
    if mention.figure.more and mention.measures[:1] in (("killed",), ("missing",)) and mention.how != "listed":
        return "increment"
    return "incident"
