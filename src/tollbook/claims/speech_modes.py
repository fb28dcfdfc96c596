"""Speech without quotation marks: announced speeches, transcripts, summaries of one person's speech.

In: passages and what was read in them. Out: statements that hold whole paragraphs. After "Addressing them, the mayor
said:" the paragraphs that go on in the first person are the mayor's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tollbook.claims.speech import find
from tollbook.claims.speech_naming import Phrase, is_kind_word, plausible
from tollbook.claims.speech_quotes import Quotation
from tollbook.claims.speech_report import Pages, Sentence
from tollbook.claims.speech_sources import before
from tollbook.claims.speech_state import State, Voice
from tollbook.claims.speech_words import QUOTE, items
from tollbook.model import Passage, Span
from tollbook.text import Token, fold

_DASH = re.compile("[-–—―]")
_POSSESSIVES = frozenset({"his", "her", "their", "the"})
_SPOKEN = re.compile(r"[\w']+")
_DURING = re.compile(r"\W*(?:in|during)\b", re.IGNORECASE)
# A summary of a speech names its speaker at least this often; fewer may be chance.
_NAMED = 3


def introduces(state: State, sentence: Sentence) -> None:
    """Note who speaks next where a sentence ends in a colon ("Addressing them, the mayor said:")."""
    if ":" not in state.text[sentence.passage.span.end - 4 : sentence.passage.span.end]:
        return
    tokens = [token for token in sentence.tokens if token.low != "."]
    if not tokens or tokens[-1].low != ":":
        return
    end = tokens[-1].end
    found = find([*tokens, Token(end, end + 1, QUOTE, QUOTE)], state.words)
    ahead = [one for one in found if one.end > end and one.phrase]
    paragraph = sentence.passage.paragraph
    if ahead and ahead[-1].phrase:
        state.introduced[paragraph] = state.voice(tokens, ahead[-1].phrase, ahead[-1].cue)
    elif state.who.person and before(tokens, len(tokens) - 1, state.words) is None:
        name = state.who.person
        state.introduced[paragraph] = Voice(None, name, state.who.kinds.get(name, "person"))


def headlines(state: State, pages: Pages) -> None:
    """Headlines that name who says it before or behind a colon ("Mayor: ten dead", "Ten dead: mayor").

    The opening line of a text counts as one, and so does any line in which a quotation follows the colon.
    """
    for one in pages.sentences:
        heads = one.passage.kind == "headline"
        opens = one.passage.paragraph <= 1
        if one.inside or one.passage.speaker or (one.found and not opens) or not (heads or opens or one.quotes):
            continue
        tokens = one.tokens if ":" in one.passage.span.of(pages.text) else []
        colons = [at for at, token in enumerate(tokens) if token.low == ":"]
        if len(colons) != 1 or colons[0] + 1 >= len(tokens):
            continue
        first, last = Phrase(0, colons[0]), Phrase(colons[0] + 1, len(tokens))
        quoted = tokens[last.first].low == QUOTE
        for source, told in ((first, last), (last, first)) if heads or opens else ((first, last),):
            long = told.last - told.first >= 3 or (quoted and told is last)
            if (heads or opens or quoted) and long and _speaks(tokens, source, state):
                cue = tokens[colons[0]]
                voice = state.voice(tokens, source, (cue.start, cue.end))
                state.says(tokens[told.first].start, tokens[told.last - 1].end, voice, "indirect")
                break


def _speaks(tokens: Sequence[Token], phrase: Phrase, state: State) -> bool:
    """True for a short name at one end of a headline, not "Breaking" or "Update"."""
    held = tokens[phrase.first : phrase.last]
    if not 0 < len(held) <= 6 or held[0].low in state.words.not_speakers | state.words.determiners:
        return False
    if not all(token.is_capital or token.low in {"and", "of", "at"} for token in held):
        return False
    # "Morning Hour: the bridge": a name only where the report names it elsewhere, or by its office.
    named = held[-1].low in state.who.full and state.text.count(held[-1].text) > 1
    known = named or any(is_kind_word(token.low, state.words) for token in held)
    return known and plausible(tokens, phrase, state.words)


def signed(state: State, sentence: Sentence, quotes: Sequence[Quotation]) -> None:
    """A quotation with its speaker behind a dash (“We saw it.” — Ada Orr)."""
    span = sentence.passage.span
    if not _DASH.search(state.text, span.start, span.end):
        return
    tokens = sentence.tokens[:10]
    dash = next((n for n, token in enumerate(tokens[:2]) if token.low in {"--", "–", "—", "―", "-"}), None)
    if dash is None or len(tokens) > 9:
        return
    last = len(tokens) - (tokens[-1].low == ".")
    names = tokens[dash + 1 : last]
    if len(names) < 2 or not all(token.is_capital or token.low in state.words.particles for token in names):
        return
    at = bisect_right(quotes, tokens[dash].start, key=lambda one: one.end) - 1
    quote = quotes[at] if at >= 0 and not state.text[quotes[at].end : tokens[dash].start].strip() else None
    if quote and quote not in state.voices:
        voice = state.voice(tokens, Phrase(dash + 1, last), (tokens[dash].start, tokens[dash].end))
        state.voices[quote] = voice
        state.says(quote.start, quote.end, voice, "direct")


def transcript(state: State, passages: Sequence[Passage]) -> None:
    """The turns of a transcript: each passage under a speaker's label is that speaker's."""
    turns: list[tuple[int, int, Span]] = []
    for passage in passages:
        label = passage.speaker
        if label is None:
            continue
        start = passage.span.start if label.start < passage.span.start else label.end + 1
        if start >= passage.span.end:
            continue
        if turns and turns[-1][2] == label:
            turns[-1] = (turns[-1][0], passage.span.end, label)
        else:
            turns.append((start, passage.span.end, label))
    for start, end, label in turns:
        tokens = items(state.text, label.start, label.end)
        name, kind = state.who.resolve(tokens, Phrase(0, len(tokens))) if tokens else (None, "anonymous")
        start += len(state.text[start:end]) - len(state.text[start:end].lstrip())
        if start < end:
            cue = state.span(label.end, label.end + 1)
            state.says(start, end, Voice(label, name or label.of(state.text), kind or "person", cue), "direct")


def _paragraphs(passages: Sequence[Passage]) -> dict[int, list[Passage]]:
    held: dict[int, list[Passage]] = {}
    for passage in passages:
        held.setdefault(passage.paragraph, []).append(passage)
    return held


def speeches(state: State, passages: Sequence[Passage], pages: Pages) -> None:
    """Paragraphs that go on in the first person after an introduction, without quotation marks."""
    if not state.introduced:
        return
    paragraphs = _paragraphs(passages)
    quoted = {one.passage.paragraph for one in pages.sentences if one.quotes and one.tokens[0].low == QUOTE}
    for paragraph, voice in state.introduced.items():
        at = paragraph + 1
        while at in paragraphs and at not in quoted and _goes_on(state, paragraphs[at], at == paragraph + 1):
            state.says(paragraphs[at][0].span.start, paragraphs[at][-1].span.end, voice, "direct")
            at += 1


def _goes_on(state: State, held: Sequence[Passage], first: bool) -> bool:
    if held[0].speaker is not None or held[0].kind in {"headline", "boilerplate", "dateline", "infobox"}:
        return False
    said = fold(state.text[held[0].span.start : held[-1].span.end])
    return first or not state.words.first_person.isdisjoint(_SPOKEN.findall(said))


def summaries(state: State, pages: Pages) -> None:
    """A report that tells one person's speech by paragraphs: from "In his speech, …" all is that person's.

    Only where nobody else is said to speak; a report with several voices keeps its own between them.
    """
    begun = next((one for one in pages.sentences if _of_a_speech(state, one)), None)
    if begun is None:
        return
    spoken = [one for one in state.out if one.role == "says" and one.name and one.source]
    names = {one.name for one in spoken if one.kind in {"person", "official", "military", "police"}}
    if len(names) != 1 or len(spoken) < _NAMED:
        return
    last = max(one.content.end for one in spoken)
    name = next(iter(names))
    voice = Voice(None, name, state.who.kinds.get(name or "", "person"))
    held: dict[int, tuple[int, int]] = {}
    for one in pages.sentences:
        passage = one.passage
        if begun.passage.span.start <= passage.span.start < last and passage.kind in {"sentence", "item"}:
            start = held.get(passage.paragraph, (passage.span.start, 0))[0]
            held[passage.paragraph] = (start, passage.span.end)
    for start, end in held.values():
        state.says(start, end, voice, "indirect")


def _of_a_speech(state: State, sentence: Sentence) -> bool:
    """True for a sentence that opens with "In his speech," or the like."""
    start = sentence.passage.span.start
    if sentence.inside or not _DURING.match(state.text, start):
        return False
    lows = [token.low for token in sentence.tokens[:4]]
    return len(lows) > 2 and lows[0] in {"in", "during"} and lows[1] in _POSSESSIVES and lows[2] in state.words.remarks
