"""Who says what in one sentence: verbs of saying, "according to", "citing", "was quoted as saying", "reportedly".

In: the tokens of a sentence, quotations folded into one token each. Out: `Found` values. In "Ten died, Gov. Ada Orr
told the Globe" the source is "Gov. Ada Orr", the cue "told", the content "Ten died".
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.speech_clauses import ENDS, Found, Role, clause, end_before, last_end, left_edge, parted, past
from tollbook.claims.speech_forms import group_start
from tollbook.claims.speech_naming import Phrase, plausible
from tollbook.claims.speech_sources import after, before
from tollbook.claims.speech_verbs import read_verb
from tollbook.claims.speech_words import QUOTE, Words
from tollbook.text import Token

_TELLS = frozenset({"said", "says", "reported", "reports", "that"})

__all__ = ["Found", "find"]


def find(tokens: Sequence[Token], words: Words) -> list[Found]:
    """All statements of a sentence, in the order of their cues."""
    found: list[Found] = []
    busy = 0
    cues = words.cue_words
    for at in [at for at, token in enumerate(tokens) if token.low in cues]:
        if at < busy:
            continue
        fresh = _at(tokens, at, words, found)
        found.extend(fresh)
        if fresh and fresh[0].role in {"cite", "relay"}:
            busy = next((n for n in range(at + 1, len(tokens)) if tokens[n].start >= fresh[0].cue[1]), len(tokens))
    return parted(found, tokens)


def _at(tokens: Sequence[Token], at: int, words: Words, found: list[Found]) -> list[Found]:
    """What the cue at one position says: the first reading that fits."""
    low = tokens[at].low
    quoted = _quoted_as(tokens, at, words) if low in {"quoted", "quotes", "quoting", "cited", "cites", "citing"} else []
    if quoted:
        return quoted
    if low in words.relays and at and tokens[at - 1].low in {"who", "which"} and found:
        return _relative(tokens, at, words, found[-1])
    if low in words.openings and not (at and tokens[at - 1].low in words.be):
        for phrase in words.according.get(low, ()):
            if _matches(tokens, at, phrase):
                return _according(tokens, at, at + len(phrase), words, found)
        for phrase in words.cite.get(low, ()):
            if _matches(tokens, at, phrase):
                return _citing(tokens, at, at + len(phrase), words, found)
    if low in words.reported:
        start, end = clause(tokens, at, found)
        return [Found(start, end, (tokens[at].start, tokens[at].end), "reported")]
    if low in words.issues and (listed := _listed(tokens, at, words)):
        return listed
    if low == "official" and (figures := _official(tokens, at, words)):
        return figures
    verb = words.verbs.get(low)
    return read_verb(tokens, at, verb, words, found) if verb else []


def _matches(tokens: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    return len(tokens) >= at + len(phrase) and all(tokens[at + n].low == word for n, word in enumerate(phrase))


def _according(tokens: Sequence[Token], at: int, behind: int, words: Words, found: list[Found]) -> list[Found]:
    source = after(tokens, behind, words)
    if source is None:
        return []
    cue = (tokens[at].start, tokens[behind - 1].end)
    close = past(tokens, source)
    opening = at == 0 or tokens[at - 1].low == QUOTE or all(token.low in words.openers for token in tokens[:at])
    if (opening or tokens[at - 1].low in {";", ":", "and", "but", "that", "while"}) and close < len(tokens) - 1:
        start, end = tokens[min(close, len(tokens) - 1)].start, last_end(tokens)
        if at and tokens[at - 1].low == QUOTE:
            start = tokens[at - 1].start
    else:
        start, end = left_edge(tokens, at, found), end_before(tokens, at)
        if (
            at
            and tokens[at - 1].low != ","
            and any(token.low in words.finite for token in tokens[source.last : source.last + 14])
        ):
            end = last_end(tokens)
    return [Found(start, end, cue, "say", source, back=not opening)] if start < end else []


def _citing(tokens: Sequence[Token], at: int, behind: int, words: Words, found: list[Found]) -> list[Found]:
    """ "…, citing the ministry": the ministry says what the sentence says; "quoted by the Globe" relays it."""
    source = after(tokens, behind, words)
    if source is None or not plausible(tokens, source, words):
        return []
    cue = (tokens[at].start, tokens[behind - 1].end)
    role: Role = "relay" if tokens[behind - 1].low == "by" else "cite"
    close = _past_relative(tokens, source)
    main = next((one for one in reversed(found) if one.role in {"say", "deny"}), None)
    if main and main.back:
        start, end = main.content
    elif main and main.start == tokens[at].start and close < len(tokens):
        # "The ministry said, citing doctors, that ten died", "According to the ministry, quoted by the Globe, ten died"
        start, end = main.start if role == "relay" else tokens[close].start, main.end
    elif at == 0 or (not main and close < len(tokens) - 1 and _forward_of(tokens, close)):
        start, end = tokens[min(_said(tokens, close), len(tokens) - 1)].start, last_end(tokens)
    else:
        start, end = (
            (main.start if main and main.start < tokens[at].start else left_edge(tokens, at, [])),
            end_before(tokens, at),
        )
    return [Found(start, end, cue, role, source)] if start < end else []


def _past_relative(tokens: Sequence[Token], source: Phrase) -> int:
    """The position behind a source and what is told of it: "citing a nurse who saw them, …"."""
    close = past(tokens, source)
    if close < len(tokens) and tokens[close].low in {"who", "whose", "which"}:
        comma = next((n for n in range(close, min(len(tokens), close + 16)) if tokens[n].low == ","), 0)
        return comma + 1 if comma else close
    return close


def _relative(tokens: Sequence[Token], at: int, words: Words, main: Found) -> list[Found]:
    """ "…, citing the ministry, which quoted doctors": who is quoted says the same, one step further in."""
    source = after(tokens, at + 1, words)
    if source is None or not plausible(tokens, source, words):
        return []
    return [Found(*main.content, (tokens[at].start, tokens[at].end), "cite", source)]


def _forward_of(tokens: Sequence[Token], at: int) -> bool:
    """True where what follows an inserted "citing …," is the verb of the clause, so that its content follows."""
    return any(token.low in _TELLS for token in tokens[at : at + 3])


def _said(tokens: Sequence[Token], at: int) -> int:
    """Where the content begins behind an inserted "citing …, said", else `at`."""
    verb = next((n for n in range(at, min(at + 3, len(tokens) - 1)) if tokens[n].low in _TELLS), at - 1)
    return verb + 1


def _quoted_as(tokens: Sequence[Token], at: int, words: Words) -> list[Found]:
    """ "X quoted Y as saying …", "Y was quoted by X as saying …", also with the content before."""
    reach = range(at + 1, min(len(tokens) - 1, at + 30))
    said = next((n for n in reach if tokens[n].low == "as" and _saying(tokens, n + 1, words)), None)
    if said is None:
        return []
    gerund = _saying(tokens, said + 1, words)
    start = group_start(tokens, at, words)
    outer, inner = before(tokens, start, words), after(tokens[:said], at + 1, words)
    cue = (tokens[start].start, tokens[gerund].end)
    if any(token.low in words.be for token in tokens[start:at]):
        agent = after(tokens[:said], at + 2, words) if tokens[at + 1].low == "by" else None
        outer, inner = agent, outer
    elif inner is not None and inner.last < said - 1:
        inner = _joined(tokens, inner, said)
    begin, end = gerund + 1, last_end(tokens)
    if begin >= len(tokens) or tokens[begin].low in ENDS:
        first = inner.first if inner else start
        begin_at, end, back = tokens[0].start, end_before(tokens, first), True
    else:
        begin_at, back = tokens[begin].start, False
    if begin_at >= end or inner is None:
        return []
    links = [Found(begin_at, end, cue, "say", inner, back=back)]
    if outer:
        links.append(Found(begin_at, end, cue, "relay", outer, back=back))
    return links


def _saying(tokens: Sequence[Token], at: int, words: Words) -> int:
    """The position of "saying" in "as saying", "as also telling", else 0."""
    while at < len(tokens) and tokens[at].low in words.adverbs:
        at += 1
    verb = words.verbs.get(tokens[at].low) if at < len(tokens) else None
    return at if verb and verb.form == "gerund" and verb.group in {"say", "tell", "deny"} else 0


def _joined(tokens: Sequence[Token], inner: Phrase, said: int) -> Phrase:
    """ "quoted the head of the zone, Ada Orr, as saying": the apposition is what stands before "as"."""
    last = said - 1 if tokens[said - 1].low == "," else said
    return Phrase(inner.first, inner.last, (inner.last + 1, last)) if inner.last + 1 < last else inner


def _listed(tokens: Sequence[Token], at: int, words: Words) -> list[Found]:
    """ "The survivors supplied a list of 57 dead": whoever gives out a list or a toll says what is in it."""
    noun = next((n for n in range(at + 1, min(len(tokens), at + 5)) if tokens[n].low in words.lists), None)
    start = group_start(tokens, at, words)
    source = before(tokens, start, words) if noun and start else None
    if noun is None or source is None or noun + 1 >= len(tokens) or tokens[at + 1].low not in words.determiners:
        return []
    return [Found(tokens[at + 1].start, last_end(tokens), (tokens[start].start, tokens[at].end), "say", source)]


def _official(tokens: Sequence[Token], at: int, words: Words) -> list[Found]:
    """ "Lorn's official toll stands at 40": official figures are a source of their own."""
    noun = next(
        (n for n in range(at + 1, min(len(tokens), at + 4)) if tokens[n].low in words.figures | {"statistics", "data"}),
        None,
    )
    if noun is None or noun + 1 >= len(tokens) or (at and tokens[at - 1].low in {"to", "citing", "by"}):
        return []
    first = at - 1 if at and tokens[at - 1].low.endswith("'s") else at
    if tokens[noun + 1].low in {"according", ",", "."}:
        return []
    cue = (tokens[at].start, tokens[noun].end)
    return [Found(tokens[noun + 1].start, last_end(tokens), cue, "say", Phrase(first, noun + 1))]
