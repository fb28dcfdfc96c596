"""What an incident is called and who is held responsible, each as said by somebody.

In: a report, its passages and statements. Out: `Characterisation` values. In "The ministry denied it was a massacre"
the label "massacre" is recorded as denied, said by the ministry; it is never adopted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal

from tollbook.claims.attribution import Chains
from tollbook.claims.speech_naming import Phrase, kind_of, name_of, plausible
from tollbook.claims.speech_sources import after, before
from tollbook.claims.speech_words import Words, items
from tollbook.claims.speech_words import words as words_of
from tollbook.lexicon import Lexicon
from tollbook.model import Characterisation, Modality, Part, Passage, Report, Source, Span, Statement
from tollbook.text import Token, any_of, fold, is_shouted
from tollbook.values import dataclass

_PARTS: tuple[Part, ...] = ("title", "text")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*|[,;:.!?()“”\"]")
_LETTERS = re.compile(r"[^\W_]+")
# "was not, in their view, a massacre": a negation reaches over this many words, a denial over more.
_NEAR, _FAR = 5, 14


@dataclass(frozen=True, slots=True)
class _Table:
    labels: re.Pattern[str]
    called: re.Pattern[str]
    calling: frozenset[str]
    value: dict[str, str]
    names: frozenset[str]
    negations: frozenset[str]
    bridge: frozenset[str]
    denials: frozenset[str]
    open: frozenset[str]
    distant: frozenset[str]
    gate: frozenset[str]
    telling: frozenset[str]
    firsts: frozenset[str]
    before: dict[str, list[tuple[str, ...]]]  # by their first word
    behind: dict[str, list[tuple[str, ...]]]
    around: tuple[tuple[str, str], ...]
    own: frozenset[tuple[str, ...]]
    admitting: frozenset[str]
    doing: frozenset[str]
    done: frozenset[str]
    its: frozenset[str]


@cache
def _table(lexicon: Lexicon) -> _Table:
    table = lexicon.table("characterisations")
    value = {word: name for name, entries in table["labels"].items() for word in entries}
    called = {word: name for name, entries in table["called"].items() for word in entries if name != "by"}
    modality, actors = table["modality"], table["responsibility"]
    phrases = [tuple(tuple(entry.split()) for entry in actors[name]) for name in ("before", "behind")]
    admitting = frozenset(actors["admitting"])
    firsts = frozenset(phrase[0] for group in phrases for phrase in group) | {pair[0] for pair in actors["around"]}
    # The word of a cue that is rare: "blamed", but "responsible" of "was responsible".
    behind = {phrase[-1] for phrase in phrases[1]} | {pair[1] for pair in actors["around"]}
    telling = frozenset(phrase[0] for phrase in phrases[0]) | behind | admitting
    return _Table(
        labels=_any_of(value),
        called=re.compile(
            _any_of(table["called"]["by"]).pattern
            + r"[^.;:!?]{0,60}?\ban?\s(?:[^\W\d_]+\s)?("
            + _any_of(called).pattern
            + r")(?=\W*$|\s?[^\w\s]|\s(?:and|or|not|against|that|which|in|by|of|on|for|to|under)\b)"
        ),
        calling=frozenset(table["called"]["by"]),
        value=value | called,
        names=frozenset(table["names"]["behind"]),
        negations=frozenset(modality["not"]),
        bridge=frozenset(modality["bridge"]),
        denials=frozenset(modality["denied"]),
        open=frozenset(modality["open"]),
        distant=frozenset(modality["distant"]),
        gate=frozenset(_LETTERS.findall(max(word.split(), key=len))[0] for word in value | called) | telling,
        telling=telling,
        firsts=firsts | admitting,
        before=_by_first(sorted(phrases[0], key=len, reverse=True)),
        behind=_by_first(phrases[1]),
        around=tuple((first, last) for first, last in actors["around"]),
        own=frozenset(tuple(entry.split()) for entry in actors["own"]),
        admitting=admitting,
        doing=frozenset(actors["doing"]),
        done=frozenset(actors["done"]),
        its=frozenset(actors["its"]),
    )


def _by_first(phrases: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        table.setdefault(phrase[0], []).append(phrase)
    return table


def _any_of(entries: Iterable[str]) -> re.Pattern[str]:
    """Any of these phrases as whole words; spaces may be line breaks."""
    return re.compile(rf"(?<![\w-]){any_of(entries)}(?![\w-])")


def find(
    report: Report, passages: Sequence[Passage], statements: Sequence[Statement], lexicon: Lexicon
) -> tuple[Characterisation, ...]:
    """Labels and responsibility in a report, in the order of the text, with modality and the chain of who says so."""
    table, words = _table(lexicon), words_of(lexicon)
    chains: Chains | None = None
    found: list[Characterisation] = []
    told = {part for part in _PARTS if not table.gate.isdisjoint(_LETTERS.findall(fold(_whole(report, part))))}
    for passage in passages:
        if passage.kind == "boilerplate" or passage.span.part not in told:
            continue
        low = fold(report.words(passage.span))
        heard = set(_LETTERS.findall(low))
        if heard.isdisjoint(table.gate):
            continue
        uses = [*_labels(low, passage.span, table), *_responsibility(report, passage, heard, table, words)]
        for one in sorted(uses, key=lambda use: use.span.start):
            chains = chains or Chains(report, [_calling(each, report, table) for each in statements])
            sources = _from_actor(one.own, chains.of(one.span))
            found.append(
                Characterisation(
                    report.id, one.span, report.words(one.span), one.kind, one.value, one.modality, sources
                )
            )
    return tuple(found)


def _whole(report: Report, part: Part) -> str:
    return report.text if part == "text" else report.title or ""


def _from_actor(own: Source | None, sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Who claims or denies responsibility says so, whoever passes it on."""
    if own is None:
        return sources
    return (own, *(one for one in sources if one.source.lower() != own.source.lower()))


def _calling(statement: Statement, report: Report, table: _Table) -> Statement:
    """Who calls something a crime vouches for no figure, but for the word."""
    if statement.role != "wants" or statement.cue is None:
        return statement
    calls = fold(report.words(statement.cue)).split()[-1] in table.calling
    calls = calls and not report.words(statement.content).startswith(("for ", "on "))
    return replace(statement, role="says") if calls else statement


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of a label or one naming of an actor, before it is known who says so."""

    span: Span
    kind: Literal["label", "responsibility"]
    value: str
    modality: Modality
    own: Source | None = None  # the actor, where the words are the actor's own: "the Front claimed responsibility"


def _labels(low: str, at: Span, table: _Table) -> Iterator[_Use]:
    for match in table.labels.finditer(low):
        following = _WORD.match(low, match.end() + 1)
        if following and following.group() in table.names:
            continue
        span = Span(at.start + match.start(), at.start + match.end(), at.part)
        value = table.value[" ".join(match.group().split())]
        yield _Use(span, "label", value, _modality(low, match.start(), table))
    for match in table.called.finditer(low):
        span = Span(at.start + match.start(1), at.start + match.end(1), at.part)
        value = table.value[" ".join(match.group(1).split())]
        yield _Use(span, "label", value, _modality(low, match.start(1), table))


def _modality(low: str, at: int, table: _Table) -> Modality:
    """How a label is meant, by the words before it in its clause."""
    said = _WORD.findall(low[max(0, at - 160) : at])[::-1]
    bridged = True
    for back, word in enumerate(said):
        if word in {".", ";", "!", "?", ":"} or back >= _FAR:
            break
        bridged = bridged and (back == 0 or said[back - 1] in table.bridge | {","})
        if word in table.negations and bridged:
            return "denied"
        if word in table.distant and back < 2:
            return "denied"
        if word in table.denials and not (word.endswith("ing") and back == len(said) - 1):
            return "denied"
        if word in table.open and back < _NEAR:
            return "hypothetical"
    return "asserted"


# ---- who is held responsible ----


def _responsibility(report: Report, passage: Passage, heard: set[str], table: _Table, words: Words) -> Iterator[_Use]:
    """The actors whom a passage holds responsible, each with the words that do so."""
    if heard.isdisjoint(table.telling):
        return
    text = _whole(report, passage.span.part)
    tokens = items(text, passage.span.start, passage.span.end)
    for at in (n for n, token in enumerate(tokens) if token.low in table.firsts):
        found = _at(tokens, at, table, words)
        if found is None:
            continue
        actor, first, last = found
        value = _actor(tokens, actor, words, is_shouted(report.words(passage.span)))
        span = Span(tokens[min(first, actor.first)].start, tokens[max(last, actor.last) - 1].end, passage.span.part)
        verb = tokens[first].low
        modality: Modality = "denied" if verb in table.denials or _negated(tokens, first, table) else "asserted"
        said = tuple(token.low for token in tokens[first:last])
        own = said in table.own or said[-1] in table.doing | table.done
        speaker = (
            Source(value, kind_of(tokens, actor, words), " ".join(t.text for t in tokens[first:last])) if own else None
        )
        yield _Use(span, "responsibility", value, modality, speaker)


def _actor(tokens: Sequence[Token], actor: Phrase, words: Words, shouted: bool) -> str:
    """An actor's name; where "the company that ran the hall" stands for one, the words as they are."""
    held = tokens[actor.first : actor.last]
    if any(token.low in {"that", "who", "which"} for token in held[1:]):
        return " ".join(token.text for token in held)
    return name_of(tokens, actor, words, shouted)[0]


def _at(tokens: Sequence[Token], at: int, table: _Table, words: Words) -> tuple[Phrase, int, int] | None:
    """The actor and the cue (token positions, half open) where a cue of responsibility begins at `at`."""
    for phrase in table.before.get(tokens[at].low, ()):
        if _matches(tokens, at, phrase):
            behind = at + len(phrase)
            if at and tokens[at - 1].low in words.be and len(phrase) == 1:
                actor = before(tokens, at - 1, words)
                return (actor, at, behind) if actor and plausible(tokens, actor, words) else None
            actor = after(tokens, behind, words) if behind < len(tokens) and tokens[behind].low != "on" else None
            return (_short(tokens, actor), at, behind) if actor and plausible(tokens, actor, words) else None
    for phrase in table.behind.get(tokens[at].low, ()):
        if _matches(tokens, at, phrase):
            actor = before(tokens, at, words)
            return (actor, at, at + len(phrase)) if actor and plausible(tokens, actor, words) else None
    if tokens[at].low in table.admitting and (end := _deed(tokens, at + 1, table, words)):
        actor = before(tokens, at, words)
        around = {token.low for token in tokens[max(0, actor.first - 3) : at]} if actor else table.open
        told = actor and table.open.isdisjoint(around) and tokens[actor.first].low not in words.pronouns
        return (actor, at, end) if actor and told and plausible(tokens, actor, words) else None
    for first, last in table.around:
        if tokens[at].low == first:
            close = next((n for n in range(at + 2, min(len(tokens), at + 10)) if tokens[n].low == last), None)
            return (Phrase(at + 1, close), at, close + 1) if close else None
    return None


def _deed(tokens: Sequence[Token], at: int, table: _Table, words: Words) -> int:
    """The position behind a deed: "killing", "that its shells had killed", not "its men killed in a clash"; else 0."""
    that = next((n + 1 for n in range(at, min(at + 6, len(tokens))) if tokens[n].low == "that"), 0)
    if that > at + 1 and tokens[at].low in words.determiners:  # "admitted the claim that its shells"
        return 0
    at = that or at + (at < len(tokens) and tokens[at].low == "to")
    low = [*(token.low for token in tokens[at : at + 7]), ""]
    if low[0] in table.doing and not that:
        return at + 1
    verb = next((n for n, word in enumerate(low[1:-1], 1) if word in table.done), 0)
    plain = all(word.isalpha() and word not in words.prepositions | words.be for word in low[:verb])
    active = verb and low[0] in table.its and plain and low[verb + 1] not in words.prepositions | words.be
    return at + verb + 1 if active else 0


def _matches(tokens: Sequence[Token], at: int, phrase: tuple[str, ...]) -> bool:
    return len(tokens) >= at + len(phrase) and all(tokens[at + n].low == word for n, word in enumerate(phrase))


def _short(tokens: Sequence[Token], actor: Phrase) -> Phrase:
    """The actor without what it is blamed for ("blamed the rebels for …", "accused the army of killing …")."""
    stop = next(
        (n for n in range(actor.first + 1, actor.last) if tokens[n].low in {"for", "over"} or _of_doing(tokens, n)),
        actor.last,
    )
    return Phrase(actor.first, stop)


def _of_doing(tokens: Sequence[Token], at: int) -> bool:
    return (
        tokens[at].low == "of"
        and at + 1 < len(tokens)
        and (tokens[at + 1].low.endswith("ing") or tokens[at + 1].low in {"the", "a"})
    )


def _negated(tokens: Sequence[Token], at: int, table: _Table) -> bool:
    return any(token.low in table.negations or token.low.endswith("n't") for token in tokens[max(0, at - 3) : at])
