"""What is known while a report's statements are put together: names so far, voices of quotations, who spoke where.

In: resolved sources. Out: `Voice` and `State`, which the modules beside this one share. "She said" becomes the voice
of "Ada Orr".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Literal

from tollbook.claims.speech_names import Who
from tollbook.claims.speech_naming import Phrase
from tollbook.claims.speech_quotes import Quotation
from tollbook.claims.speech_words import Words
from tollbook.model import Modality, Part, Report, Source, SourceKind, Span, Statement
from tollbook.text import Token
from tollbook.values import dataclass

Style = Literal["direct", "indirect", "mixed"]
Said = Literal["says", "cites", "relays", "wants"]


@dataclass(slots=True, unsafe_hash=True)  # nothing changes one: decision 25
class Voice:
    """A resolved source: where it stands, its name and kind, and its cue."""

    span: Span | None
    name: str | None
    kind: SourceKind
    cue: Span | None = None


@dataclass(slots=True)
class State:
    """What the reading of one part of a report has come to; paragraphs go by their number."""

    report: Report
    words: Words
    part: Part
    who: Who
    out: list[Statement] = field(default_factory=list)
    voices: dict[Quotation, Voice] = field(default_factory=dict)
    last: dict[int, Voice] = field(default_factory=dict)  # who spoke last in a paragraph
    first: dict[int, Voice] = field(default_factory=dict)  # who spoke first in it
    at: dict[int, int] = field(default_factory=dict)  # where in `out` a paragraph's last statement is
    issued: dict[int, Voice] = field(default_factory=dict)  # who gave out a statement in it
    introduced: dict[int, Voice] = field(default_factory=dict)  # whose speech a paragraph announces

    @property
    def text(self) -> str:
        return self.report.text if self.part == "text" else self.report.title or ""

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.part)

    def voice(self, tokens: Sequence[Token], phrase: Phrase, cue: tuple[int, int] | None) -> Voice:
        """The voice of a source in a sentence, its name resolved."""
        name, kind = self.who.resolve(tokens, phrase)
        first, last = (phrase.first, phrase.last) if phrase.who is None else (phrase.who, phrase.who + 1)
        if phrase.also and phrase.who is None and phrase.also[0] == phrase.last + 1:
            last = phrase.also[1]
        span = self.span(tokens[first].start, tokens[last - 1].end)
        return Voice(span, name, kind, self.span(*cue) if cue else None)

    def says(
        self,
        start: int,
        end: int,
        voice: Voice,
        style: Style,
        role: Said = "says",
        modality: Modality = "asserted",
        via: Source | None = None,
    ) -> None:
        """Keep a statement; one without any source is anonymous."""
        kind = voice.kind if voice.span or voice.name else "anonymous"
        self.out.append(
            Statement(
                self.report.id,
                self.span(start, end),
                voice.span,
                voice.name,
                kind,
                voice.cue,
                style,
                modality,
                role,
                via,
            )
        )
