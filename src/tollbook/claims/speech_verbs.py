"""Statements by verbs: active, passive, inverted, and participles that go on ("…, adding that four were missing").

In: the tokens of a sentence and the place of a verb. Out: `Found` values. In "It was reported that ten died" nobody
in particular is the source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tollbook.claims.speech_clauses import ENDS, Found, Role, clausal, clause, end_before, last_end, left_edge, past
from tollbook.claims.speech_forms import adjuncts, group_start, hearer, is_noun, role_of
from tollbook.claims.speech_naming import Phrase, plausible
from tollbook.claims.speech_sources import after, before
from tollbook.claims.speech_words import QUOTE, Verb, Words, pronoun
from tollbook.text import Token

# Behind a verb these show that it governs a statement, whatever its subject looks like.
_TOLD = frozenset({"that", QUOTE, ":"})
# Behind a verb whose content stands in front these go on with something else.
_GOES_ON = frozenset({"when", "as", "after", "before", "while", "but", "and", "who", "("})


def read_verb(tokens: Sequence[Token], at: int, verb: Verb, words: Words, found: list[Found]) -> list[Found]:
    start = group_start(tokens, at, words)
    group = [token.low for token in tokens[start:at]]
    previous = tokens[at - 1].low if at else ""
    if at == 0 and verb.base in words.put_to and verb.form == "past":
        return _asked(tokens, words)
    if "to" in group:
        return _infinitive(tokens, start, at, verb, words, found)
    if is_noun(tokens, at, verb, words, previous):
        return []
    being = any(word.removesuffix("n't") in words.be for word in group) or previous != pronoun(previous)
    if verb.form == "gerund" and not being:
        return _gerund(tokens, at, verb, words, found)
    if verb.form == "past" and any(word in words.be for word in group):
        return _passive(tokens, at, start, words, found)
    return _active(tokens, start, at, verb, words, found)


def _passive(tokens: Sequence[Token], at: int, start: int, words: Words, found: list[Found]) -> list[Found]:
    """ "It was reported that …", "are said to have died": nobody in particular, or who follows "by"."""
    cue = (tokens[start].start, tokens[at].end)
    if tokens[at].low not in words.passive:
        return _done_to(tokens, at, start, cue, words)
    agent = after(tokens, at + 2, words) if at + 1 < len(tokens) and tokens[at + 1].low == "by" else None
    subject = before(tokens, start, words)
    if subject and subject.last - subject.first == 1 and tokens[subject.first].low == "it":
        begin = past(tokens, agent) if agent else at + 1
        if begin < len(tokens) - 1:
            return [Found(tokens[begin].start, last_end(tokens), cue, "say" if agent else "reported", agent)]
        return []
    if agent is None and at + 1 < len(tokens) and tokens[at + 1].low == "with":
        return []
    begin_at, end = clause(tokens, at, found)
    if agent:
        end = end_before(tokens, at + 1)
    return [Found(begin_at, end, cue, "say" if agent else "reported", agent)] if begin_at < end else []


def _done_to(tokens: Sequence[Token], at: int, start: int, cue: tuple[int, int], words: Words) -> list[Found]:
    """ "The plan was rejected by the mayor", "was asked whether": attitudes, with whoever follows "by"."""
    behind = tokens[at + 1].low if at + 1 < len(tokens) else "."
    subject = before(tokens, start, words)
    if behind == "by" and subject is not None:
        agent = after(tokens, at + 2, words)
        if agent is None or not plausible(tokens, agent, words):
            return []
        return [Found(tokens[subject.first].start, tokens[subject.last - 1].end, cue, "mind", agent, back=True)]
    if words.verbs[tokens[at].low].base in words.put_to and behind not in ENDS | {"in", "at", "on", ",", "with"}:
        return [Found(tokens[at + 1].start, last_end(tokens), cue, "mind")]
    return []


def _asked(tokens: Sequence[Token], words: Words) -> list[Found]:
    """ "Asked whether ten died, the mayor said no": what was asked, up to the comma before the next source."""
    comma = next((n for n in range(2, len(tokens)) if tokens[n].low in {",", ":"}), 0)
    behind = 1 if comma > 2 and tokens[1].low not in words.prepositions - {"about"} else 0
    cue = (tokens[0].start, tokens[0].end)
    return [Found(tokens[behind].start, tokens[comma - 1].end, cue, "mind")] if behind else []


def _gerund(tokens: Sequence[Token], at: int, verb: Verb, words: Words, found: list[Found]) -> list[Found]:
    """ "…, adding that four were missing": the source is that of the clause before."""
    if (
        at == 0
        or at + 1 >= len(tokens)
        or tokens[at - 1].low not in words.joints | {QUOTE}
        or tokens[at + 1].low in ENDS | {","}
    ):
        return []
    main = next((one for one in reversed(found) if one.phrase and one.role in {"say", "deny"}), None)
    phrase = main.phrase if main else subject(tokens, at, words)
    following = tokens[at + 1].low
    weak = verb.group == "weak" or (verb.group == "show" and following != "that")
    if phrase is None or (weak and verb.base in words.idle):
        return []
    told, behind = hearer(tokens, at + 1, verb, words)
    begin = behind + (1 if behind < len(tokens) and tokens[behind].low in {":", ","} else 0)
    if begin >= len(tokens) or tokens[begin].low in ENDS:
        return []
    weak = weak or following in {"to", "for", "with", "of"}
    role: Role = "deny" if verb.group == "deny" else "weak" if weak else "say"
    return [Found(tokens[begin].start, last_end(tokens), (tokens[at].start, tokens[at].end), role, phrase, told)]


def _shared(tokens: Sequence[Token], start: int, words: Words, found: list[Found]) -> Phrase | None:
    """ "Ada Orr went home and said …": the subject of the verb before."""
    if start < 2 or tokens[start - 1].low not in {"and", "but"}:
        return None
    main = next((one for one in reversed(found) if one.phrase and one.role in {"say", "deny", "weak"}), None)
    return main.phrase if main else subject(tokens, start, words)


def _infinitive(
    tokens: Sequence[Token], start: int, at: int, verb: Verb, words: Words, found: list[Found]
) -> list[Found]:
    """ "Ada Orr refused to say whether ten died": somebody's words, but nobody vouches for them."""
    if verb.form != "base" or at + 1 >= len(tokens) or tokens[at + 1].low in ENDS | {",", ";"}:
        return []
    main = next((one for one in reversed(found) if one.phrase and one.role in {"say", "deny", "weak"}), None)
    phrase = main.phrase if main else subject(tokens, start, words)
    told, behind = hearer(tokens, at + 1, verb, words)
    if phrase is None or behind >= len(tokens) or tokens[behind].low in ENDS:
        return []
    return [Found(tokens[behind].start, last_end(tokens), (tokens[at].start, tokens[at].end), "weak", phrase, told)]


def subject(tokens: Sequence[Token], at: int, words: Words) -> Phrase | None:
    """The subject of a sentence whose verb is none of saying: what stands before its first finite verb."""
    for n in range(1, at):
        low = tokens[n].low
        verb = words.verbs.get(low)
        if (
            low in words.finite
            or (low.endswith("ed") and tokens[n - 1].low not in words.determiners)
            or (verb and verb.form in {"past", "third"})
        ):
            start = group_start(tokens, n, words)
            return before(tokens, start, words)
        if low == QUOTE:
            return None
    return None


def _active(tokens: Sequence[Token], start: int, at: int, verb: Verb, words: Words, found: list[Found]) -> list[Found]:
    """ "Ada Orr said ten died", "Ten died, Ada Orr said", "…, said Ada Orr"."""
    cue = (tokens[start].start if tokens[start].low not in words.times else tokens[at].start, tokens[at].end)
    inverted = _inverted(tokens, start, at, verb, words, found, cue)
    if inverted:
        return inverted
    source = before(tokens, start, words) or _shared(tokens, start, words, found)
    if source is None:
        return []
    told, behind = hearer(tokens, at + 1, verb, words)
    behind = adjuncts(tokens, behind, words)
    following = tokens[behind].low if behind < len(tokens) else "."
    if verb.base not in {"say", "tell"} and following not in _TOLD and not plausible(tokens, source, words):
        return []
    role = role_of(tokens, behind, verb, source, words)
    if role == "say" and _negated(tokens, start, at, source):
        role = "weak"  # "has not confirmed that ten died" vouches for nothing
    one = Found(left_edge(tokens, source.first, found), tokens[at].end, cue, role, source, told)
    both = _before(tokens, behind, one, words) or _behind(tokens, behind, one)
    if role == "weak" and verb.base in words.idle and not any(_quoted(each, tokens) for each in both):
        return []
    return both


def _negated(tokens: Sequence[Token], start: int, at: int, source: Phrase) -> bool:
    """ "has not confirmed", "Neither the mayor nor the police would say", "nobody said"."""
    if any(token.low in {"not", "never"} or token.low.endswith("n't") for token in tokens[start:at]):
        return True
    first = tokens[source.first - 1 : source.first] if source.first else ()
    return any(token.low in {"neither", "nor", "nobody"} for token in [*first, *tokens[source.first : source.last]])


def _quoted(one: Found, tokens: Sequence[Token]) -> bool:
    return any(token.low == QUOTE and one.start < token.end and token.start < one.end for token in tokens)


def _before(tokens: Sequence[Token], behind: int, one: Found, words: Words) -> list[Found]:
    """The content in front of the source, where what follows the verb at `behind` allows it."""
    first = one.phrase.first if one.phrase else 0
    lead = tokens[first - 1].low if first else ""
    dashed = first > 1 and lead in {"--", "–", "—", "-"}
    closed = first > 1 and (lead == "," or (lead == "as" and tokens[first - 2].low == ","))
    if not (lead == QUOTE or dashed or (closed and clausal(tokens, first - 1, words))):
        return []
    back = replace(one, end=end_before(tokens, first), back=True)
    following = tokens[behind].low if behind < len(tokens) else "."
    if back.start >= back.end:
        return []
    if _ended(tokens, behind) or (following in words.prepositions and following != "at") or following in _GOES_ON:
        return [back]
    if following == ",":
        return [_around(tokens, behind, back, words)]
    if lead != QUOTE or following == "that":
        return []
    if following in {QUOTE, ":"}:
        return [replace(back, end=last_end(tokens))]
    return [] if any(token.low == QUOTE for token in tokens[behind:]) else [back]


def _behind(tokens: Sequence[Token], behind: int, one: Found) -> list[Found]:
    """The content behind the verb, up to a semicolon or the end of the sentence."""
    if _ended(tokens, behind):
        return []
    if tokens[behind].low in {":", ","}:
        behind += 1
    if behind >= len(tokens) or tokens[behind].low in ENDS:
        return []
    end = next((tokens[n - 1].end for n in range(behind + 2, len(tokens)) if tokens[n].low == ";"), last_end(tokens))
    return [replace(one, start=tokens[behind].start, end=end)]


def _ended(tokens: Sequence[Token], behind: int) -> bool:
    """True where nothing follows a verb but a stop or a semicolon."""
    if behind >= len(tokens) or tokens[behind].low == ";":
        return True
    return tokens[behind].low in ENDS and behind >= len(tokens) - 2


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
    if stops or follower in ENDS:
        return back
    return Found(back.start, last_end(tokens), back.cue, back.role, back.phrase, back.hearer, back=True)


def _to_verb(tokens: Sequence[Token], at: int) -> bool:
    """True for "to" before a plain word, as in "to keep", not in "ambassador to Lorn" or "adviser to the mayor"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        tokens[at].low == "to"
        and following is not None
        and following.is_word
        and not following.is_capital
        and (following.low not in {"the", "a", "an", "his", "her", "its", "their"})
    )


def _inverted(
    tokens: Sequence[Token], start: int, at: int, verb: Verb, words: Words, found: list[Found], cue: tuple[int, int]
) -> list[Found]:
    """ "…, said Ada Orr, the mayor": verb before source, content before both."""
    if verb.base not in words.inverted or not start or at + 1 >= len(tokens) or at - start > 1 or verb.form == "base":
        return []
    lead, follower = tokens[start - 1].low, tokens[at + 1]
    if lead not in {QUOTE, ",", "--", "–", "—"} or follower.low in words.clause or follower.is_number:
        return []
    source = after(tokens, at + 1, words)
    if source is None or follower.low in words.prepositions or follower.low in words.no_names:
        return []
    if lead != QUOTE and follower.low in words.pronouns:
        return []
    close = past(tokens, source)
    if lead != QUOTE:
        rest = tokens[source.last :]
        clausal = source.last < len(tokens) and (
            tokens[source.last].low in words.finite or tokens[source.last].low in words.verbs
        )
        if clausal or (rest and rest[0].low not in {",", ".", QUOTE, "(", "--", "on", "in", "at", "who"}):
            return []
        if any(_to_verb(tokens, n) for n in range(source.first, source.last)):
            return []  # "Ada Orr, the mayor, asked residents to keep away": who is asked, not who asks
    begin, end = left_edge(tokens, start, found), end_before(tokens, start)
    if begin >= end:
        return []
    first = Found(begin, end, cue, "say", source, back=True)
    if close < len(tokens) and tokens[close].low == QUOTE:
        return [replace(first, end=last_end(tokens))]
    return [first]
