"""Statements of a whole report: sentences put together with quotations, speakers, introductions and names.

In: a report's passages. Out: `Statement` values with resolved names. In "“We saw it,” said Ada Orr. “It burned.”" both quotations
are hers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tollbook.claims.speech import Found
from tollbook.claims.speech_modes import introduces, speeches, summaries, tables, transcript
from tollbook.claims.speech_names import Who
from tollbook.claims.speech_quotes import Quotation
from tollbook.claims.speech_report import Pages, Sentence, prepare
from tollbook.claims.speech_state import Said, State, Style, Voice
from tollbook.claims.speech_words import QUOTE, Words
from tollbook.model import Part, Passage, Report, Statement
from tollbook.text import is_shouted

_ROLES: dict[str, Said] = {
    "say": "says", "deny": "says", "cite": "cites", "relay": "relays", "weak": "wants", "reported": "says",
}  # fmt: skip
# A quotation of fewer words with no stop inside is a title or a name unless a cue stands by it.
_SPEECH = 6


def assemble(report: Report, passages: Sequence[Passage], words: Words, part: Part) -> list[Statement]:
    """All statements of a report's text or title."""
    pages = prepare(report, passages, words, part)
    state = State(report, words, part, Who(words, is_shouted(pages.text)))
    for sentence in pages.sentences:
        if sentence.inside is None:
            state.who.learn(pages.text[sentence.passage.span.start : sentence.passage.span.end])
        for found in sentence.found:
            _spoken(state, sentence, found)
        if sentence.inside is None:
            issuer = state.who.issue(sentence.tokens)
            if issuer:
                state.issued[sentence.passage.paragraph] = state.voice(sentence.tokens, issuer, None)
            introduces(state, sentence)
    _lone_quotations(state, pages)
    mine = [passage for passage in passages if passage.span.part == part]
    transcript(state, mine)
    speeches(state, mine, pages)
    summaries(state, pages)
    tables(state, mine)
    _first_person(state)
    return state.out


def _spoken(state: State, sentence: Sentence, found: Found) -> None:
    """One statement of a sentence; the quotations that it holds get its voice."""
    voice = Voice(None, None, "anonymous", state.span(*found.cue))
    if found.phrase:
        voice = state.voice(sentence.tokens, found.phrase, found.cue)
    start, end, style = _content(state, sentence, found, voice)
    state.says(start, end, voice, style, _ROLES[found.role], "denied" if found.role == "deny" else "asserted")
    if found.hearer:
        _heard(state, sentence, found, start, end)
    if found.role in {"say", "deny"} and voice.name and sentence.inside is None:
        state.last[sentence.passage.paragraph] = voice
        state.first.setdefault(sentence.passage.paragraph, voice)


def _content(state: State, sentence: Sentence, found: Found, voice: Voice) -> tuple[int, int, Style]:
    """The content with the whole of every quotation that it touches, and how it is told."""
    start, end = found.content
    held = [
        token for token in sentence.tokens if token.low == QUOTE and found.start < token.end and token.start < found.end
    ]
    if not held:
        return start, end, "indirect"
    if found.role in {"say", "deny", "weak"}:
        for quote in sentence.quotes:
            if not any(quote.start < token.end and token.start < quote.end for token in held):
                continue
            if len(held) == 1 or len(state.text[quote.start : quote.end].split()) >= 4:
                start, end = min(start, quote.start), max(end, quote.end)
                state.voices.setdefault(quote, voice)
    inside = [token for token in sentence.tokens if found.start <= token.start < found.end]
    return start, end, "direct" if all(token.low in {QUOTE, ","} for token in inside) else "mixed"


def _heard(state: State, sentence: Sentence, found: Found, start: int, end: int) -> None:
    """A paper that was told ("told the Globe") relays what it heard; reporters in general don't."""
    if found.hearer is None or sentence.tokens[found.hearer.first].low in state.words.hearers:
        return
    keep = (state.who.person, state.who.group, state.who.thing)
    voice = state.voice(sentence.tokens, found.hearer, found.cue)
    state.who.person, state.who.group, state.who.thing = keep
    if voice.kind == "media":
        state.says(start, end, voice, "indirect", "relays")


# ---- quotations without a cue of their own ----


def _lone_quotations(state: State, pages: Pages) -> None:
    """Give a voice to each quotation that no sentence gave one, from what stands around it."""
    paragraphs: dict[Quotation, int] = {}
    worded: set[int] = set()
    for sentence in pages.sentences:
        number = sentence.passage.paragraph
        for quote in [sentence.inside] if sentence.inside else sentence.quotes:
            paragraphs.setdefault(quote, number)
        if not sentence.inside and any(token.low != QUOTE and token.is_word for token in sentence.tokens):
            worded.add(number)
    previous: Quotation | None = None
    spoken: dict[int, Voice] = {}
    for quote in pages.quotes:
        paragraph = paragraphs.get(quote, -1)
        voice = state.voices.get(quote)
        if voice is None and _is_speech(state, quote):
            went_on = state.voices.get(previous) if previous and previous.goes_on else None
            voice = went_on or _around(state, paragraph, spoken, paragraph in worded)
            if voice:
                state.voices[quote] = voice
                state.says(quote.start, quote.end, voice, "direct")
        if voice:
            spoken[paragraph] = voice
        previous = quote


def _is_speech(state: State, quote: Quotation) -> bool:
    said = state.text[quote.start : quote.end].split()
    return len(said) >= _SPEECH or (len(said) > 2 and said[-1].rstrip("\"'”’»")[-1:] in {".", "!", "?"})


def _around(state: State, paragraph: int, spoken: dict[int, Voice], worded: bool) -> Voice | None:
    """The speaker of a lone quotation: who was announced, who speaks in its paragraph, or next to it."""
    announced = state.introduced.get(paragraph) or state.introduced.get(paragraph - 1)
    here = announced or spoken.get(paragraph) or state.last.get(paragraph)
    if here or worded:
        return here
    before = spoken.get(paragraph - 1) or state.issued.get(paragraph - 1) or state.last.get(paragraph - 1)
    return before or state.first.get(paragraph + 1)


def _first_person(state: State) -> None:
    """Give "I" and "we" inside a quotation the name of whoever speaks it."""
    quotes = sorted(state.voices, key=lambda quote: quote.start)
    at = 0
    for n in sorted(range(len(state.out)), key=lambda n: state.out[n].content.start):
        one = state.out[n]
        while at < len(quotes) and quotes[at].end <= one.content.start:
            at += 1
        if one.name is None and one.source and at < len(quotes) and quotes[at].start <= one.content.start:
            voice = state.voices[quotes[at]]
            state.out[n] = replace(one, name=voice.name, kind=voice.kind)
