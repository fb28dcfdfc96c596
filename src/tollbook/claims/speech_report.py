"""A report's sentences made ready for reading statements: quotations folded into one token, the gate, what each holds.

In: a report and its passages. Out: `Sentence` values with tokens, and the report's quotations. A sentence without
any word that can be a cue is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field

from tollbook.claims.speech_clauses import Found
from tollbook.claims.speech_quotes import Quotation, quotations
from tollbook.claims.speech_signs import stem
from tollbook.claims.speech_weigh import likely, shipped
from tollbook.claims.speech_words import QUOTE, Words, items
from tollbook.model import Passage, Report
from tollbook.text import Token, fold
from tollbook.values import dataclass

_WORD = re.compile(r"[^\W\d_]+")
_WORDED = re.compile(r"(?<![^\W_])[^\W\d_]")
_MARKER = re.compile(r"(?:[-–—•*·]|\(?\d{1,3}[.)])\s+(?=\S)")
# A longer sentence is read in windows of this many tokens, so that time stays linear in its length.
_WINDOW = 400


@dataclass(slots=True)
class Sentence:
    """A passage, its tokens outside quotations, the quotations that it touches and the statements in it.

    `inside` is the quotation that the tokens stand in, None for the report's own voice. A sentence without any word
    that can be a cue has its tokens read only where somebody asks for them.
    """

    passage: Passage
    held: list[Token] | None
    quotes: list[Quotation] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    inside: Quotation | None = None
    issues: bool = False  # whether a word such as "issued" is in it
    late: tuple[str, int, int] | None = None

    @property
    def worded(self) -> bool:
        """True where words stand outside the quotations."""
        if self.held is None and self.late:
            return bool(_WORDED.search(*self.late))
        return any(token.low != QUOTE and token.is_word for token in self.tokens)

    @property
    def tokens(self) -> list[Token]:
        if self.held is None and self.late:
            self.held = items(*self.late)
        return self.held or []


@dataclass(slots=True)
class Pages:
    """All that is read of one part of a report (its text or its title)."""

    text: str
    sentences: list[Sentence]
    quotes: list[Quotation]
    paragraph_of: dict[Quotation, int]


def prepare(report: Report, passages: Sequence[Passage], words: Words, part: str = "text") -> Pages:
    """The sentences of a report's text or title with what each one says of who says what."""
    text = report.text if part == "text" else report.title or ""
    mine = [passage for passage in passages if passage.span.part == part and passage.kind != "boilerplate"]
    quotes = quotations(text, _paragraphs(mine))
    sentences: list[Sentence] = []
    paragraph_of: dict[Quotation, int] = {}
    at = 0
    for passage in mine:
        while at < len(quotes) and quotes[at].end <= passage.span.start:
            at += 1
        touched = []
        for number in range(at, len(quotes)):
            if quotes[number].start >= passage.span.end:
                break
            touched.append(quotes[number])
            paragraph_of.setdefault(quotes[number], passage.paragraph)
        sentences.extend(_sentences(text, passage, touched, words))
    return Pages(text, sentences, quotes, paragraph_of)


def _paragraphs(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for passage in passages:
        start = spans.get(passage.paragraph, (passage.span.start, 0))[0]
        spans[passage.paragraph] = (start, passage.span.end)
    return list(spans.values())


def _sentences(text: str, passage: Passage, quotes: list[Quotation], words: Words) -> list[Sentence]:
    """The report's own words of a passage as one sentence, and each quotation's part of it as another."""
    start, end = passage.span.start, passage.span.end
    if passage.speaker and passage.speaker.start == start:
        start = min(end - 1, passage.speaker.end + 1)
    elif passage.kind == "item" and (marker := _MARKER.match(text, start, end)):
        start = marker.end()  # a bullet or number is nobody's name
    heard = _WORD.findall(fold(text[start:end]))
    gated = _tells(heard, words)
    if not quotes and not gated:
        return [Sentence(passage, None, late=(text, start, end))]
    issues = not words.issues.isdisjoint(heard)
    sentences: list[Sentence] = []
    for tokens in _windows(_outer(text, start, end, quotes)):
        held = [quote for quote in quotes if quote.start < tokens[-1].end and tokens[0].start < quote.end]
        if any(token.low != QUOTE for token in tokens):
            found = likely(tokens, False, words) if gated else []
            sentences.append(Sentence(passage, tokens, held, found, issues=issues))
    for quote in quotes if gated else ():
        left, right = max(start, quote.start), min(end, quote.end)
        if left < right and _tells(_WORD.findall(fold(text[left:right])), words):
            inner = [token for token in items(text, left, right) if token.text not in "\"“”„«»``''"]
            sentences += [
                Sentence(passage, part, [], likely(part, True, words), inside=quote) for part in _windows(inner)
            ]
    return sentences


def _outer(text: str, start: int, end: int, quotes: list[Quotation]) -> list[Token]:
    if not quotes:
        return items(text, start, end)
    tokens: list[Token] = []
    at = start
    for quote in quotes:
        left, right = max(start, quote.start), min(end, quote.end)
        if left >= right:
            continue
        if left > at:
            tokens.extend(items(text, at, left))
        tokens.append(Token(left, right, text[left:right], QUOTE))
        at = right
    if at < end:
        tokens.extend(items(text, at, end))
    last = len(tokens) - 1
    return [token for n, token in enumerate(tokens) if token.low != "." or n >= last - 1]


def _tells(heard: Sequence[str], words: Words) -> bool:
    """True where one of the words can be a cue."""
    return not words.gate.isdisjoint(heard) or any(stem(word) in shipped().alone for word in heard)


def _windows(tokens: list[Token]) -> list[list[Token]]:
    if 0 < len(tokens) <= _WINDOW:
        return [tokens]
    return [tokens[at : at + _WINDOW] for at in range(0, len(tokens), _WINDOW)]
