"""Statements of a whole report: sentences put together with quotations, speakers, introductions and names.

In: a report's passages. Out: `Statement` values with resolved names. In "“We saw it,” said Ada Orr. “It burned.”"
both quotations are hers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tollbook.claims.speech_clauses import Found
from tollbook.claims.speech_modes import headlines, introduces, signed, speeches, summaries, transcript
from tollbook.claims.speech_names import Who
from tollbook.claims.speech_quotes import Quotation
from tollbook.claims.speech_report import Pages, Sentence, prepare
from tollbook.claims.speech_state import Said, State, Style, Voice
from tollbook.claims.speech_tables import bracketed, tables
from tollbook.claims.speech_words import QUOTE, Words
from tollbook.model import Part, Passage, Report, Source, Statement
from tollbook.text import is_shouted

_ROLES: dict[str, Said] = {
    "say": "says", "deny": "says", "cite": "cites", "relay": "relays", "weak": "wants", "reported": "says",
    "mind": "wants",
}  # fmt: skip
# A quotation of fewer words with no stop inside is a title or a name unless a cue stands by it.
_SPEECH = 6
# "…," said Ada Orr, a spokeswoman for the fire service of Lorn. "…" is about this long between its quotations.
_NEAR = 260
# The stop of a sentence, not of "Mr." or "J.".
_STOP = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z][a-z])\.\s")


def assemble(report: Report, passages: Sequence[Passage], words: Words, part: Part) -> list[Statement]:
    """All statements of a report's text or title."""
    pages = prepare(report, passages, words, part)
    state = State(report, words, part, Who(words, is_shouted(pages.text), report.publisher))
    learnt: Passage | None = None
    for sentence in pages.sentences:
        if sentence.inside is None and sentence.passage is not learnt:
            learnt = sentence.passage
            state.who.learn(pages.text[sentence.passage.span.start : sentence.passage.span.end])
        for found in sentence.found:
            _spoken(state, sentence, found)
        if sentence.inside is None:
            if sentence.issues and (issuer := state.who.issue(sentence.tokens)):
                state.issued[sentence.passage.paragraph] = state.voice(sentence.tokens, issuer, None)
            introduces(state, sentence)
            if pages.quotes and not sentence.found:
                signed(state, sentence, pages.quotes)
    _lone_quotations(state, pages)
    mine = [passage for passage in passages if passage.span.part == part]
    transcript(state, mine)
    headlines(state, pages)
    speeches(state, mine, pages)
    summaries(state, pages)
    tables(state, mine)
    bracketed(state, mine)
    return _settled(state.out)


def _settled(found: list[Statement]) -> list[Statement]:
    """Without the wishes told inside somebody's statement ("she said he wants peace"): they are part of its content."""
    kept: list[Statement] = []
    around: Statement | None = None  # the saying that reaches furthest
    for one in sorted(found, key=lambda one: (one.content.start, -one.content.end, one.role == "wants")):
        inside = around is not None and one.content.end <= around.content.end
        if inside and around and (one.role == "wants" or (one.role == around.role == "says" and _same(one, around))):
            continue
        if one.role != "wants" and not inside:
            around = one
        kept.append(one)
    return kept


def _same(inner: Statement, outer: Statement) -> bool:
    """True for "He says he believes ten died": one voice, told twice."""
    return inner.name == outer.name is not None and inner.via is None and inner.modality == outer.modality


def _spoken(state: State, sentence: Sentence, found: Found) -> None:
    """One statement of a sentence; the quotations that it holds get its voice."""
    voice = Voice(None, None, "anonymous", state.span(*found.cue))
    if found.role == "mind":
        _minded(state, sentence, found, voice)
        return
    if found.phrase:
        voice = state.voice(sentence.tokens, found.phrase, found.cue)
    start, end, style = _content(state, sentence, found, voice)
    via = _heard(state, sentence, found)
    state.says(start, end, voice, style, _ROLES[found.role], "denied" if found.role == "deny" else "asserted", via)
    if found.role in {"say", "deny"} and voice.name and sentence.inside is None:
        state.last[sentence.passage.paragraph] = voice
        state.at[sentence.passage.paragraph] = len(state.out) - 1
        state.first.setdefault(sentence.passage.paragraph, voice)


def _minded(state: State, sentence: Sentence, found: Found, voice: Voice) -> None:
    """An attitude: it gives no quotation its voice, and "he" stays who last spoke."""
    if found.phrase:
        keep = (state.who.person, state.who.group, state.who.thing)
        voice = state.voice(sentence.tokens, found.phrase, found.cue)
        state.who.person, state.who.group, state.who.thing = keep
    state.says(*found.content, voice, "indirect", "wants")


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


def _heard(state: State, sentence: Sentence, found: Found) -> Source | None:
    """The paper that was told ("told the Globe") and relays it; reporters in general are none."""
    if found.hearer is None or sentence.tokens[found.hearer.first].low in state.words.hearers | state.words.owners:
        return None
    keep = (state.who.person, state.who.group, state.who.thing)
    voice = state.voice(sentence.tokens, found.hearer, found.cue)
    state.who.person, state.who.group, state.who.thing = keep
    if voice.kind != "media" or not voice.name:
        return None
    cue = state.text[found.cue[0] : found.cue[1]]
    return Source(voice.name, voice.kind, cue, voice.span)


# ---- quotations without a cue of their own ----


def _lone_quotations(state: State, pages: Pages) -> None:
    """Give a voice to each quotation that no sentence gave one, from what stands around it."""
    if not pages.quotes:
        return
    worded = {one.passage.paragraph for one in pages.sentences if not one.inside and one.worded}
    for quote, following in reversed(list(pairwise(pages.quotes))):
        if quote.goes_on and quote not in state.voices and following in state.voices:
            state.voices[quote] = state.voices[following]  # named only where the last paragraph closes
            _keep(state, quote, state.voices[quote], pages.paragraph_of.get(quote, -1))
    previous: Quotation | None = None
    spoken: dict[int, Voice] = {}
    for quote in pages.quotes:
        paragraph = pages.paragraph_of.get(quote, -1)
        voice = state.voices.get(quote)
        if voice is None and _is_speech(state, quote):
            went_on = state.voices.get(previous) if previous and previous.goes_on else None
            voice = went_on or _around(state, paragraph, spoken, paragraph in worded)
            if voice:
                state.voices[quote] = voice
                _keep(state, quote, voice, paragraph)
        if voice:
            spoken[paragraph] = voice
        previous = quote


def _keep(state: State, quote: Quotation, voice: Voice, paragraph: int) -> None:
    """Add a quotation as a statement, or to the one right before it: "“We saw it,” she said. “It burned.”" is one."""
    at = state.at.get(paragraph, state.at.get(paragraph - 1, -1))
    earlier = state.out[at] if at >= 0 else None
    if earlier and earlier.name == voice.name:
        between = state.text[earlier.content.end : quote.start]
        announced = state.text[earlier.content.start : quote.start].rstrip().endswith(":") and len(between) < 5
        near = len(between) < _NEAR and len(_STOP.findall(between)) <= 1
        if announced or (near and earlier.style != "indirect"):
            state.out[at] = replace(
                earlier, content=state.span(earlier.content.start, max(quote.end, earlier.content.end))
            )
            return
    state.says(quote.start, quote.end, voice, "direct")
    state.at[paragraph] = len(state.out) - 1


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
