"""Statements of a whole report: sentences put together with quotations, speakers, introductions and names.

In: a report's passages. Out: `Statement` values with resolved names. After "The mayor, Ada Orr, said:" the paragraphs that follow in
the first person are hers, as are quotations that stand alone and the turns of a transcript.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tollbook.claims.speech import Found, find
from tollbook.claims.speech_names import Who
from tollbook.claims.speech_quotes import Quotation
from tollbook.claims.speech_report import Pages, Sentence, prepare
from tollbook.claims.speech_sources import Phrase, before
from tollbook.claims.speech_words import QUOTE, Words, items
from tollbook.model import Modality, Part, Passage, Report, SourceKind, Span, Statement
from tollbook.text import Token, is_shouted

_ROLES: dict[str, Literal["says", "cites", "relays", "wants"]] = {
    "say": "says", "deny": "says", "cite": "cites", "relay": "relays", "weak": "wants", "reported": "says",
}  # fmt: skip
# A quotation of fewer words with no stop inside is a title or a name unless a cue stands by it.
_SPEECH = 6


@dataclass(frozen=True, slots=True)
class _Voice:
    """A resolved source: where it stands, its name and kind, and its cue."""

    span: Span | None
    name: str | None
    kind: SourceKind
    cue: Span | None = None


@dataclass(slots=True)
class _State:
    """What the reading of one part of a report has come to."""

    report: Report
    words: Words
    part: Part
    who: Who
    out: list[Statement] = field(default_factory=list)
    voices: dict[Quotation, _Voice] = field(default_factory=dict)
    paragraphs: dict[int, _Voice] = field(default_factory=dict)  # who spoke last in a paragraph
    first: dict[int, _Voice] = field(default_factory=dict)  # who spoke first in it
    intro: tuple[int, _Voice] | None = None


def assemble(report: Report, passages: Sequence[Passage], words: Words, part: Part) -> list[Statement]:
    """All statements of a report's text or title."""
    pages = prepare(report, passages, words, part)
    state = _State(report, words, part, Who(words, is_shouted(pages.text)))
    introductions: dict[int, _Voice] = {}
    for sentence in pages.sentences:
        state.who.learn(
            pages.text[sentence.passage.span.start : sentence.passage.span.end]
        ) if sentence.inside is None else None
        _spoken(state, sentence)
        intro = _introduces(state, sentence)
        if intro:
            introductions[sentence.passage.paragraph] = intro
    _quotations(state, pages, introductions)
    _labelled(state, passages)
    _speeches(state, passages, pages, introductions)
    _own(state)
    return state.out


def _span(state: _State, start: int, end: int) -> Span:
    return Span(start, end, state.part)


def _voice(state: _State, tokens: Sequence[Token], phrase: Phrase, cue: tuple[int, int] | None) -> _Voice:
    name, kind = state.who.resolve(tokens, phrase)
    span = _span(state, tokens[phrase.first].start, tokens[phrase.last - 1].end)
    return _Voice(span, name, kind, _span(state, *cue) if cue else None)


def _spoken(state: _State, sentence: Sentence) -> None:
    """The statements that stand in one sentence; those that hold a quotation give it its voice."""
    for found in sentence.found:
        voice = _Voice(None, None, "anonymous", _span(state, *found.cue))
        if found.phrase:
            voice = _voice(state, sentence.tokens, found.phrase, found.cue)
        content, direct = _content(state, sentence, found, voice)
        state.out.append(_statement(state, content, voice, found, direct))
        if found.hearer:
            state.out.extend(_heard(state, sentence, found, content))
        if found.role in {"say", "deny"} and voice.name and sentence.inside is None:
            state.paragraphs[sentence.passage.paragraph] = voice
            state.first.setdefault(sentence.passage.paragraph, voice)


def _content(
    state: _State, sentence: Sentence, found: Found, voice: _Voice
) -> tuple[Span, Literal["direct", "indirect", "mixed"]]:
    """The content with the whole of every quotation that it touches, and how it is told."""
    start, end = found.content
    held = [
        token for token in sentence.tokens if token.low == QUOTE and token.start < found.end and token.end > found.start
    ]
    touched = [
        quote for quote in sentence.quotes if any(quote.start < token.end and token.start < quote.end for token in held)
    ]
    if found.role in {"say", "deny", "weak"}:
        for quote in touched:
            if len(quote_words(state, quote)) >= 4 or len(held) == 1:
                start, end = min(start, quote.start), max(end, quote.end)
                state.voices.setdefault(quote, voice)
    if not held:
        return _span(state, start, end), "indirect"
    whole = all(token.low in {QUOTE, ","} for token in sentence.tokens if found.start <= token.start < found.end)
    return _span(state, start, end), "direct" if whole else "mixed"


def quote_words(state: _State, quote: Quotation) -> list[str]:
    text = state.report.text if state.part == "text" else state.report.title or ""
    return text[quote.start : quote.end].split()


def _statement(
    state: _State, content: Span, voice: _Voice, found: Found, style: Literal["direct", "indirect", "mixed"]
) -> Statement:
    modality: Modality = "denied" if found.role == "deny" else "asserted"
    kind = voice.kind if voice.name or found.phrase else "anonymous"
    return Statement(
        state.report.id, content, voice.span, voice.name, kind, voice.cue, style, modality, _ROLES[found.role]
    )


def _heard(state: _State, sentence: Sentence, found: Found, content: Span) -> Iterator[Statement]:
    """ "told the Globe": a paper that was told relays what it heard; reporters in general don't."""
    if found.hearer is None or sentence.tokens[found.hearer.first].low in state.words.hearers:
        return
    keep = (state.who.person, state.who.group, state.who.thing)
    voice = _voice(state, sentence.tokens, found.hearer, None)
    state.who.person, state.who.group, state.who.thing = keep
    if voice.kind == "media":
        cue = _span(state, *found.cue)
        yield Statement(state.report.id, content, voice.span, voice.name, voice.kind, cue, role="relays")


# ---- quotations without a cue of their own ----


def _quotations(state: _State, pages: Pages, introductions: dict[int, _Voice]) -> None:
    """Give a voice to each quotation that no sentence gave one, from what stands around it."""
    paragraph_of = {
        id(quote): sentence.passage.paragraph
        for sentence in reversed(pages.sentences)
        for quote in [*sentence.quotes, *([sentence.inside] if sentence.inside else [])]
    }
    previous: Quotation | None = None
    spoken: dict[int, _Voice] = {}
    for quote in pages.quotes:
        paragraph = paragraph_of.get(id(quote), _paragraph_at(pages, quote))
        voice = state.voices.get(quote)
        if voice is None and _is_speech(state, quote):
            voice = _around(state, pages, quote, paragraph, previous, introductions, spoken)
            if voice:
                state.voices[quote] = voice
                state.out.append(
                    Statement(
                        state.report.id,
                        _span(state, quote.start, quote.end),
                        voice.span,
                        voice.name,
                        voice.kind,
                        voice.cue,
                        "direct",
                    )
                )
        if voice:
            spoken[paragraph] = voice
        previous = quote


def _paragraph_at(pages: Pages, quote: Quotation) -> int:
    return next((one.passage.paragraph for one in pages.sentences if one.passage.span.end > quote.start), 0)


def _is_speech(state: _State, quote: Quotation) -> bool:
    said = quote_words(state, quote)
    return len(said) >= _SPEECH or (len(said) > 2 and said[-1].rstrip("\"'”’»")[-1:] in {".", "!", "?"})


def _around(
    state: _State,
    pages: Pages,
    quote: Quotation,
    paragraph: int,
    previous: Quotation | None,
    introductions: dict[int, _Voice],
    spoken: dict[int, _Voice],
) -> _Voice | None:
    """The speaker of a lone quotation: who opened it, spoke before it in the paragraph, or right after it."""
    if paragraph in introductions or paragraph - 1 in introductions:
        return introductions.get(paragraph) or introductions.get(paragraph - 1)
    if previous and previous.goes_on and previous in state.voices:
        return state.voices[previous]
    if paragraph in spoken or paragraph in state.paragraphs:
        return spoken.get(paragraph) or state.paragraphs.get(paragraph)
    alone = all(
        sentence.inside or not any(t.low != QUOTE and t.is_word for t in sentence.tokens)
        for sentence in pages.sentences
        if sentence.passage.paragraph == paragraph
    )
    if not alone:
        return None
    return spoken.get(paragraph - 1) or state.paragraphs.get(paragraph - 1) or state.first.get(paragraph + 1)


# ---- introductions, speeches and transcripts ----


def _introduces(state: _State, sentence: Sentence) -> _Voice | None:
    """Who is said to speak next by a sentence that ends in a colon ("Addressing them, the mayor said:")."""
    tokens = [token for token in sentence.tokens if token.low != "."]
    if not tokens or tokens[-1].low != ":" or sentence.inside:
        return None
    end = tokens[-1].end
    found = [
        one for one in find([*tokens, Token(end, end + 1, QUOTE, QUOTE)], state.words) if one.end > end and one.phrase
    ]
    if found and found[-1].phrase:
        return _voice(state, tokens, found[-1].phrase, found[-1].cue)
    subject = before(tokens, len(tokens) - 1, state.words)
    known = state.who.person
    return _Voice(None, known, state.who.kinds.get(known, "person")) if known and subject is None else None


def _labelled(state: _State, passages: Sequence[Passage]) -> None:
    """The turns of a transcript: each passage under a speaker's label is that speaker's."""
    turns: list[tuple[Span, Span]] = []
    for passage in passages:
        if passage.speaker is None or passage.span.part != state.part:
            continue
        start = passage.span.start
        if passage.speaker.start >= start:
            start = passage.speaker.end + 1
        if start >= passage.span.end:
            continue
        if turns and turns[-1][1] == passage.speaker:
            turns[-1] = (_span(state, turns[-1][0].start, passage.span.end), passage.speaker)
        else:
            turns.append((_span(state, start, passage.span.end), passage.speaker))
    for content, label in turns:
        tokens = items(state.report.text if state.part == "text" else state.report.title or "", label.start, label.end)
        name, kind = state.who.resolve(tokens, Phrase(0, len(tokens)))
        text = state.report.text if state.part == "text" else state.report.title or ""
        while content.start < content.end - 1 and text[content.start].isspace():
            content = replace(content, start=content.start + 1)
        state.out.append(
            Statement(
                state.report.id,
                content,
                label,
                name or label.of(text),
                kind,
                _span(state, label.end, label.end + 1),
                "direct",
            )
        )


def _speeches(state: _State, passages: Sequence[Passage], pages: Pages, introductions: dict[int, _Voice]) -> None:
    """Paragraphs that go on in the first person after an introduction, without quotation marks."""
    by_paragraph: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.span.part == state.part:
            by_paragraph.setdefault(passage.paragraph, []).append(passage)
    quoted = {
        sentence.passage.paragraph
        for sentence in pages.sentences
        if sentence.quotes and sentence.tokens[0].low == QUOTE
    }
    for paragraph, voice in introductions.items():
        at = paragraph + 1
        while at in by_paragraph and at not in quoted and _goes_on(state, by_paragraph[at], first=at == paragraph + 1):
            held = by_paragraph[at]
            content = _span(state, held[0].span.start, held[-1].span.end)
            state.out.append(
                Statement(state.report.id, content, voice.span, voice.name, voice.kind, voice.cue, "direct")
            )
            at += 1


def _goes_on(state: _State, held: Sequence[Passage], first: bool) -> bool:
    if held[0].speaker is not None or held[0].kind in {"headline", "boilerplate", "dateline", "infobox"}:
        return False
    tokens = items(state.report.text, held[0].span.start, held[-1].span.end) if state.part == "text" else []
    return first or any(token.low in state.words.first_person for token in tokens)


def _own(state: _State) -> None:
    """Give "I" and "we" inside a quotation the name of whoever speaks it."""
    for at, statement in enumerate(state.out):
        if statement.name is None and statement.source is not None:
            outer = next(
                (v for quote, v in state.voices.items() if quote.start <= statement.content.start < quote.end), None
            )
            if outer:
                state.out[at] = replace(statement, name=outer.name, kind=outer.kind)
