"""Who says what in one sentence: verbs of saying, "according to", "citing", "was quoted as saying", "reportedly".

In: the tokens of a sentence, quotations folded into one token each. Out: `Found` values. In "Ten died, Gov. Ada Orr told the
Globe" the source is "Gov. Ada Orr", the cue "told", the content "Ten died".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tollbook.claims.speech_sources import Phrase, after, before, kind_of, plausible
from tollbook.claims.speech_words import QUOTE, Verb, Words
from tollbook.text import Token

Role = Literal["say", "deny", "cite", "relay", "weak", "reported"]
_ENDS = frozenset({".", "!", "?", "…"})
_BE = frozenset({"is", "are", "was", "were", "been", "being", "be", "'s"})
_INVERTED = frozenset(
    {
        "say",
        "add",
        "report",
        "write",
        "note",
        "explain",
        "warn",
        "recall",
        "announce",
        "ask",
        "reply",
        "insist",
        "tweet",
        "state",
    }
)
_NOUNS = frozenset(
    {
        "report",
        "claim",
        "estimate",
        "charge",
        "suspect",
        "note",
        "state",
        "name",
        "list",
        "document",
        "count",
        "place",
        "record",
        "post",
        "point",
        "comment",
        "forecast",
        "view",
        "plan",
    }
    | {
        "set",
        "register",
        "cite",
        "fear",
        "promise",
        "pledge",
        "caution",
        "remark",
        "stress",
        "show",
        "find",
        "detail",
        "relate",
    }
)
_NO_NAME = frozenset({"there", "it", "no", "more", "nearly", "some", "least"})
_LISTS = frozenset({"list", "lists", "toll", "tally", "count"})
_LIVES = frozenset({"life", "lives", "victims"})
_DOCUMENTS = frozenset({"document", "anonymous", "media"})
_IDENTIFY = _DOCUMENTS | {"police", "medics", "government", "official", "organisation"}
_FIGURE = frozenset(
    {"toll", "tolls", "number", "figure", "figures", "total", "count", "losses", "casualties", "estimate"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A statement inside a sentence: offsets of its content and cue, and the source as token positions."""

    start: int
    end: int
    cue: tuple[int, int]
    role: Role
    phrase: Phrase | None = None
    hearer: Phrase | None = None
    back: bool = False  # the content stands before the source

    @property
    def content(self) -> tuple[int, int]:
        return self.start, self.end


def find(tokens: Sequence[Token], words: Words) -> list[Found]:
    """All statements of a sentence, in the order of their cues."""
    found: list[Found] = []
    busy = 0
    for at, token in enumerate(tokens):
        if at < busy or token.low not in words.cue_words:
            continue
        fresh = _at(tokens, at, words, found)
        found.extend(fresh)
        if fresh and fresh[0].role in {"cite", "relay"}:
            busy = next((n for n in range(at + 1, len(tokens)) if tokens[n].start >= fresh[0].cue[1]), len(tokens))
    return _parted(found, tokens)


def _at(tokens: Sequence[Token], at: int, words: Words, found: list[Found]) -> list[Found]:
    """What the cue at one position says: the first reading that fits."""
    low = tokens[at].low
    quoted = _quoted_as(tokens, at, words) if low in {"quoted", "quotes", "quoting", "cited", "cites", "citing"} else []
    if quoted:
        return quoted
    for phrase in words.according:
        if _matches(tokens, at, phrase):
            return _according(tokens, at, at + len(phrase), words, found)
    for phrase in words.cite:
        if _matches(tokens, at, phrase):
            return _citing(tokens, at, at + len(phrase), words, found)
    if low in words.reported:
        start, end = _clause(tokens, at, found)
        return [Found(start, end, (tokens[at].start, tokens[at].end), "reported")]
    if low in words.issues and (listed := _listed(tokens, at, words)):
        return listed
    if low == "official" and (figures := _official(tokens, at)):
        return figures
    verb = words.verbs.get(low)
    return _verb(tokens, at, verb, words, found) if verb else []


def _matches(tokens: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    return len(tokens) >= at + len(phrase) and all(tokens[at + n].low == word for n, word in enumerate(phrase))


# ---- cues that are no verbs ----


def _according(tokens: Sequence[Token], at: int, behind: int, words: Words, found: list[Found]) -> list[Found]:
    source = after(tokens, behind, words)
    if source is None:
        return []
    cue = (tokens[at].start, tokens[behind - 1].end)
    close = _past(tokens, source)
    opening = at == 0 or tokens[at - 1].low == QUOTE or all(token.low in words.openers for token in tokens[:at])
    if (opening or tokens[at - 1].low in {";", ":", "and", "but", "that", "while"}) and close < len(tokens) - 1:
        start, end = tokens[min(close, len(tokens) - 1)].start, _last(tokens)
        if at and tokens[at - 1].low == QUOTE:
            start = tokens[at - 1].start
    else:
        start, end = _left(tokens, at, found), _end_before(tokens, at)
        if (
            at
            and tokens[at - 1].low != ","
            and any(token.low in words.finite for token in tokens[source.last : source.last + 14])
        ):
            end = _last(tokens)
    return [Found(start, end, cue, "say", source, back=not opening)] if start < end else []


def _citing(tokens: Sequence[Token], at: int, behind: int, words: Words, found: list[Found]) -> list[Found]:
    """ "…, citing the ministry": the ministry says what the sentence says; "quoted by the Globe" relays it."""
    source = after(tokens, behind, words)
    if source is None or not plausible(tokens, source, words):
        return []
    cue = (tokens[at].start, tokens[behind - 1].end)
    role: Role = "relay" if tokens[behind - 1].low == "by" else "cite"
    close = _past(tokens, source)
    main = next((one for one in reversed(found) if one.role in {"say", "deny"}), None)
    if main and main.back:
        start, end = main.content
    elif at == 0 or (not main and close < len(tokens) - 1 and _forward_of(tokens, close)):
        start, end = tokens[min(close, len(tokens) - 1)].start, _last(tokens)
    else:
        start, end = (
            (main.start if main and main.start < tokens[at].start else _left(tokens, at, [])),
            _end_before(tokens, at),
        )
    return [Found(start, end, cue, role, source)] if start < end else []


def _forward_of(tokens: Sequence[Token], at: int) -> bool:
    """True where what follows an inserted "citing …," is the verb of the clause, so that its content follows."""
    return any(token.low in {"said", "says", "reported", "reports", "that"} for token in tokens[at : at + 3])


def _quoted_as(tokens: Sequence[Token], at: int, words: Words) -> list[Found]:
    """ "X quoted Y as saying …", "Y was quoted by X as saying …", also with the content before."""
    reach = range(at + 1, min(len(tokens) - 1, at + 30))
    said = next((n for n in reach if tokens[n].low == "as" and _saying(tokens, n + 1, words)), None)
    if said is None:
        return []
    gerund = _saying(tokens, said + 1, words)
    start = _group_start(tokens, at, words)
    outer, inner = before(tokens, start, words), after(tokens[:said], at + 1, words)
    cue = (tokens[start].start, tokens[gerund].end)
    if any(token.low in _BE for token in tokens[start:at]):
        agent = after(tokens[:said], at + 2, words) if tokens[at + 1].low == "by" else None
        outer, inner = agent, outer
    elif inner is not None and inner.last < said - 1:
        inner = _joined(tokens, inner, said)
    begin, end = gerund + 1, _last(tokens)
    if begin >= len(tokens) or tokens[begin].low in _ENDS:
        first = inner.first if inner else start
        begin_at, end, back = tokens[0].start, _end_before(tokens, first), True
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
    noun = next((n for n in range(at + 1, min(len(tokens), at + 5)) if tokens[n].low in _LISTS), None)
    start = _group_start(tokens, at, words)
    source = before(tokens, start, words) if noun and start else None
    if noun is None or source is None or noun + 1 >= len(tokens) or tokens[at + 1].low not in words.determiners:
        return []
    return [Found(tokens[at + 1].start, _last(tokens), (tokens[start].start, tokens[at].end), "say", source)]


def _official(tokens: Sequence[Token], at: int) -> list[Found]:
    """ "Lorn's official toll stands at 40": official figures are a source of their own."""
    noun = next((n for n in range(at + 1, min(len(tokens), at + 4)) if tokens[n].low in _FIGURE | {"statistics", "data"}), None)
    if noun is None or noun + 1 >= len(tokens) or (at and tokens[at - 1].low in {"to", "citing", "by"}):
        return []
    first = at - 1 if at and tokens[at - 1].low.endswith("'s") else at
    if tokens[noun + 1].low in {"according", ",", "."}:
        return []
    return [Found(tokens[noun + 1].start, _last(tokens), (tokens[at].start, tokens[noun].end), "say", Phrase(first, noun + 1))]


# ---- verbs ----


def _verb(tokens: Sequence[Token], at: int, verb: Verb, words: Words, found: list[Found]) -> list[Found]:
    start = _group_start(tokens, at, words)
    group = [token.low for token in tokens[start:at]]
    previous = tokens[at - 1].low if at else ""
    if "to" in group or _is_noun(tokens, at, verb, words, previous):
        return []
    if verb.form == "gerund":
        return _gerund(tokens, at, verb, words, found)
    if verb.form == "past" and any(word in _BE for word in group):
        return _passive(tokens, at, start, words, found)
    return _active(tokens, start, at, verb, words, found)


def _is_noun(tokens: Sequence[Token], at: int, verb: Verb, words: Words, previous: str) -> bool:
    """True for "the reports", "an estimated 40", "claimed 12 lives": no verb of saying."""
    following = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if at and tokens[at].is_capital and not tokens[at].text.isupper():
        return True
    if verb.base in _NOUNS and verb.form in {"base", "third"} and not _governs(tokens, at, words, previous):
        return True
    if verb.form == "past" and verb.base not in {"say", "tell"} and following in {"at", "by", "in", "for", "from", "as"}:
        return verb.group != "weak" and not any(token.low == "that" for token in tokens[at + 1 : at + 9])
    if previous in words.determiners or previous in words.prepositions or previous.endswith("'s"):
        pronoun = previous in {"this", "that", "all", "some", "many", "both", "others", "several", "one"}
        return not (pronoun and verb.form in {"past", "third", "base"} and verb.base in {"say", "report", "tell"})
    if verb.base == "claim" and any(token.low in _LIVES for token in tokens[at + 1 : at + 7]):
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


def _governs(tokens: Sequence[Token], at: int, words: Words, previous: str) -> bool:
    """True where a form that can be a noun ("suspects", "reports") is followed as a verb is: by "that", "the", "no" …"""
    following = tokens[at + 1].low if at + 1 < len(tokens) else "."
    told = following in {"that", QUOTE, ":", "there"} or following in words.determiners or following in words.pronouns
    subject = (
        previous in words.pronouns
        or (at > 0 and tokens[at - 1].is_capital)
        or previous.endswith("s")
        or previous in {"police", "media"}
    )
    return following == "that" or subject and (
        told or (at + 1 < len(tokens) and (tokens[at + 1].is_number or tokens[at + 1].is_capital)) or following in _ENDS
    )


def _group_start(tokens: Sequence[Token], at: int, words: Words) -> int:
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
    return start if start > 0 or at == 0 or tokens[0].low not in words.times else 0


def _passive(tokens: Sequence[Token], at: int, start: int, words: Words, found: list[Found]) -> list[Found]:
    """ "It was reported that …", "are said to have died": nobody in particular, or who follows "by"."""
    if tokens[at].low not in words.passive:
        return []
    cue = (tokens[start].start, tokens[at].end)
    agent = after(tokens, at + 2, words) if at + 1 < len(tokens) and tokens[at + 1].low == "by" else None
    subject = before(tokens, start, words)
    if subject and subject.last - subject.first == 1 and tokens[subject.first].low == "it":
        begin = _past(tokens, agent) if agent else at + 1
        if begin < len(tokens) - 1:
            return [Found(tokens[begin].start, _last(tokens), cue, "say" if agent else "reported", agent)]
        return []
    if agent is None and at + 1 < len(tokens) and tokens[at + 1].low == "with":
        return []
    begin_at, end = _clause(tokens, at, found)
    if agent:
        end = _end_before(tokens, at + 1)
    return [Found(begin_at, end, cue, "say" if agent else "reported", agent)] if begin_at < end else []


def _gerund(tokens: Sequence[Token], at: int, verb: Verb, words: Words, found: list[Found]) -> list[Found]:
    """ "…, adding that four were missing": the source is that of the clause before."""
    if (
        verb.group == "weak"
        or at == 0
        or at + 1 >= len(tokens)
        or tokens[at - 1].low not in {",", "and", "by", QUOTE, "--", "while", "but"}
    ):
        return []
    main = next((one for one in reversed(found) if one.phrase and one.role in {"say", "deny"}), None)
    phrase = main.phrase if main else _subject(tokens, at, words)
    following = tokens[at + 1].low
    if phrase is None or (verb.group == "show" and following != "that"):
        return []
    hearer, behind = _hearer(tokens, at + 1, verb, words)
    begin = behind + (1 if behind < len(tokens) and tokens[behind].low in {":", ","} else 0)
    if begin >= len(tokens) or tokens[begin].low in _ENDS:
        return []
    role: Role = "deny" if verb.group == "deny" else "weak" if following in {"to", "for", "with", "of"} else "say"
    return [Found(tokens[begin].start, _last(tokens), (tokens[at].start, tokens[at].end), role, phrase, hearer)]


def _subject(tokens: Sequence[Token], at: int, words: Words) -> Phrase | None:
    """The subject of a sentence whose verb is none of saying: what stands before its first finite verb."""
    for n in range(1, at):
        low = tokens[n].low
        verb = words.verbs.get(low)
        if (
            low in words.finite
            or (low.endswith("ed") and tokens[n - 1].low not in words.determiners)
            or (verb and verb.form in {"past", "third"})
        ):
            start = _group_start(tokens, n, words)
            return before(tokens, start, words)
        if low == QUOTE:
            return None
    return None


def _active(tokens: Sequence[Token], start: int, at: int, verb: Verb, words: Words, found: list[Found]) -> list[Found]:
    cue = (tokens[start].start if tokens[start].low not in words.times else tokens[at].start, tokens[at].end)
    inverted = _inverted(tokens, start, at, verb, words, found, cue)
    if inverted:
        return inverted
    source = before(tokens, start, words)
    if source is None:
        return []
    hearer, behind = _hearer(tokens, at + 1, verb, words)
    behind = _adjuncts(tokens, behind, words)
    if (
        verb.base not in {"say", "tell"}
        and not plausible(tokens, source, words)
        and (behind >= len(tokens) or tokens[behind].low not in {"that", QUOTE, ":"})
    ):
        return []
    role = _role(tokens, behind, verb, source, words)
    lead = tokens[source.first - 1].low if source.first else ""
    has_back = (
        (lead == QUOTE and source.first > 0)
        or source.first > 1
        and (lead in {QUOTE, "--", "–", "—", "-"} or (lead == "," and _clausal(tokens, source.first - 1, words)))
    )
    following = tokens[behind].low if behind < len(tokens) else "."
    ended = behind >= len(tokens) or (following in _ENDS and behind >= len(tokens) - 2) or following == ";"
    back = (
        Found(
            _left(tokens, source.first, found), _end_before(tokens, source.first), cue, role, source, hearer, back=True
        )
        if source.first
        else None
    )
    if has_back and back and back.start < back.end:
        if (
            ended
            or (following in words.prepositions and following != "at")
            or following in {"when", "as", "after", "before", "while", "but", "and", "who", "("}
        ):
            return [back]
        if following == ",":
            return [_around(tokens, behind, back, words)]
        if lead == QUOTE and following in {QUOTE, ":"}:
            return [replace(back, end=_last(tokens))]
    if ended:
        return []
    if following in {":", ","}:
        behind += 1
    if behind >= len(tokens) or tokens[behind].low in _ENDS:
        return []
    end = next((tokens[n - 1].end for n in range(behind + 2, len(tokens)) if tokens[n].low == ";"), _last(tokens))
    return [Found(tokens[behind].start, end, cue, role, source, hearer)]


def _around(tokens: Sequence[Token], comma: int, back: Found, words: Words) -> Found:
    """ "The man, police said, was 40": the content goes on behind the source, unless a new clause follows."""
    follower = tokens[comma + 1].low if comma + 1 < len(tokens) else "."
    verb = words.verbs.get(follower)
    stops = (verb is not None and verb.form == "gerund") or follower in {
        "citing",
        "quoting",
        "according",
        "but",
        "while",
        "as",
        "after",
        "when",
        "who",
        "which",
        "where",
    }
    if stops or follower in _ENDS:
        return back
    return Found(back.start, _last(tokens), back.cue, back.role, back.phrase, back.hearer, back=True)


def _inverted(
    tokens: Sequence[Token], start: int, at: int, verb: Verb, words: Words, found: list[Found], cue: tuple[int, int]
) -> list[Found]:
    """ "…, said Ada Orr, the mayor": verb before source, content before both."""
    if verb.base not in _INVERTED or not start or at + 1 >= len(tokens) or at - start > 1 or verb.form == "base":
        return []
    lead, follower = tokens[start - 1].low, tokens[at + 1]
    if lead not in {QUOTE, ",", "--", "–", "—"} or follower.low in words.clause or follower.is_number:
        return []
    source = after(tokens, at + 1, words)
    if source is None or follower.low in words.prepositions or follower.low in _NO_NAME:
        return []
    if lead != QUOTE and follower.low in words.pronouns:
        return []
    close = _past(tokens, source)
    if lead != QUOTE:
        rest = tokens[source.last :]
        clausal = source.last < len(tokens) and (
            tokens[source.last].low in words.finite or tokens[source.last].low in words.verbs
        )
        if clausal or (rest and rest[0].low not in {",", ".", QUOTE, "(", "--", "on", "in", "at"}):
            return []
    begin, end = _left(tokens, start, found), _end_before(tokens, start)
    if begin >= end:
        return []
    first = Found(begin, end, cue, "say", source, back=True)
    if close < len(tokens) and tokens[close].low == QUOTE:
        return [replace(first, end=_last(tokens))]
    return [first]


def _hearer(tokens: Sequence[Token], at: int, verb: Verb, words: Words) -> tuple[Phrase | None, int]:
    """Who is told, and where what is said begins."""
    if verb.group != "tell" or at >= len(tokens) or tokens[at].low in {"that", QUOTE, ":", ","}:
        return None, at
    if tokens[at].low in words.hearers or tokens[at].low in {"reporters", "himself"}:
        return Phrase(at, at + 1), at + 1
    hearer = after(tokens, at, words, clause=True)
    if hearer is None:
        return None, at
    return Phrase(hearer.first, hearer.last), hearer.last


def _adjuncts(tokens: Sequence[Token], at: int, words: Words) -> int:
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


def _role(tokens: Sequence[Token], at: int, verb: Verb, source: Phrase, words: Words) -> Role:
    """How much a verb vouches for what it governs: a wish or a plan is nobody's figure."""
    following = tokens[at].low if at < len(tokens) else ""
    if verb.group == "deny":
        return "deny"
    if verb.group == "weak":
        return "weak"
    if verb.group == "show" and following != "that":
        if any(token.low in _FIGURE for token in tokens[at : at + 5]):
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


# ---- stretches of a sentence ----


def _clausal(tokens: Sequence[Token], end: int, words: Words) -> bool:
    """True where the tokens before `end` can be a statement, not only "In Redburn" or "On Monday"."""
    held = tokens[:end]
    if any(token.low == QUOTE for token in held):
        return True
    if held[0].low in words.prepositions and len(held) <= 6 and not any(token.low in words.finite for token in held):
        return False
    if held[0].low in {"if", "when", "asked", "speaking", "citing", "according"} and len(held) < 12:
        return False
    return len(held) >= 2 and (
        len(held) > 3
        or any(token.low in words.finite for token in held)
        or held[0].low in words.determiners
        or held[0].is_number
    )


def _left(tokens: Sequence[Token], at: int, found: list[Found]) -> int:
    """Where the clause that ends before token `at` begins: the sentence's start, or behind an earlier statement."""
    begin = tokens[0].start
    for one in found:
        closed = max(one.cue[1], one.end if one.back else one.cue[1])
        for n in range(1, at):
            joint = tokens[n].low in {"but", "while", "whereas", ";"} or (
                tokens[n].low == "and" and tokens[n - 1].low == ","
            )
            if tokens[n].start >= closed and joint:
                begin = max(begin, tokens[n].end)
                break
    after_start = [token.start for token in tokens[:at] if token.start >= begin]
    return after_start[0] if after_start else begin


def _end_before(tokens: Sequence[Token], at: int) -> int:
    """The end of what stands before token `at`, without a comma or dash."""
    while at > 0 and tokens[at - 1].low in {",", "--", "–", "—", "-", ":", "(", "and", "as"}:
        at -= 1
    return tokens[at - 1].end if at else tokens[0].start


def _last(tokens: Sequence[Token]) -> int:
    """The end of a sentence without its final stop."""
    at = len(tokens)
    while at > 1 and tokens[at - 1].low in _ENDS:
        at -= 1
    return tokens[at - 1].end


def _past(tokens: Sequence[Token], source: Phrase) -> int:
    """The position behind a source, its apposition and the comma that closes it."""
    at = source.also[1] if source.also else source.last
    return at + 1 if at < len(tokens) and tokens[at].low == "," else at


def _clause(tokens: Sequence[Token], at: int, found: list[Found]) -> tuple[int, int]:
    """The clause around a position: between semicolons and joints with "but" or "while"."""
    begin, end = 0, len(tokens)
    for n, token in enumerate(tokens):
        if token.low in {";", "but", "while", "whereas"} and n > 0:
            if n < at:
                begin = n + 1
            elif n > at and end == len(tokens):
                end = n
    return tokens[begin].start, max(_end_before(tokens, end), tokens[at].end) if end < len(tokens) else _last(tokens)


def _parted(found: list[Found], tokens: Sequence[Token]) -> list[Found]:
    """Cut a content where the next statement of the sentence begins a clause of its own."""
    parted: list[Found] = []
    for one in found:
        end = one.end
        for other in found:
            if other is one or other.role in {"cite", "relay", "reported"} or one.back or other.cue[0] <= one.cue[0]:
                continue
            begin = (
                min(other.cue[0], tokens[other.phrase.first].start)
                if other.phrase is not one.phrase and other.phrase
                else other.cue[0]
            )
            joint = next((token for token in reversed(tokens) if token.end <= begin), None)
            if other.back or joint is None or not one.start < joint.start < end:
                continue
            if joint.low in {"while", "but", "whereas", ";", "and", ","} and (
                other.phrase is one.phrase or joint.low != ","
            ):
                end = joint.start
        held = [token for token in tokens if one.start <= token.start < end and token.end <= end]
        while len(held) > 1 and held[-1].low in {",", "and", "but"}:
            held.pop()
        if held and end != one.end:
            one = Found(one.start, held[-1].end, one.cue, one.role, one.phrase, one.hearer, one.back)
        parted.append(one)
    return parted
