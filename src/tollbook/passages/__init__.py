"""A report becomes passages: sentences, headlines, list items and info-box lines as exact spans.

In: a `Report` and a `Lexicon`. Out: `Passage` values in the order of the text, which do not overlap and together hold
every character that is not whitespace. "Two died. Gen. Orr left." gives the spans of "Two died." and "Gen. Orr left.".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from tollbook.lexicon import Lexicon
from tollbook.model import Passage, PassageKind, Report, Span
from tollbook.passages.kinds import is_speaker, kind_of, label_of, speaks_on
from tollbook.passages.lines import Block, blocks, trim
from tollbook.passages.sentences import cuts

__all__ = ["split"]


def split(report: Report, lexicon: Lexicon) -> tuple[Passage, ...]:
    """All passages of a report: the title first (part "title", kind "headline", paragraph 0), then the text's from 1.

    `passage.span.of(report.text)` are the exact words, without outer whitespace. Linear time.
    """
    return (*_title(report.title or ""), *_text(report.text, lexicon))


def _title(title: str) -> Iterator[Passage]:
    start, end = trim(title, 0, len(title))
    if start < end:
        yield Passage(Span(start, end, "title"), "headline", 0)


def _text(text: str, lexicon: Lexicon) -> Iterator[Passage]:
    rows = blocks(text)
    speakers = _speakers(text, rows, lexicon)
    for number, block in enumerate(rows):
        near = rows[max(0, number - 1) : number] + rows[number + 1 : number + 2]
        kind = kind_of(text, block, lexicon, listed=any(other.marker for other in near))
        speaker = speakers[number]
        if speaker and kind in {"dateline", "infobox"}:
            kind = "sentence"
        pieces = list(_sentences(text, block, kind, lexicon))
        if kind == "headline" and len(pieces) > 1 and text[block.start] != "#":
            kind = "sentence"
        for start, end in pieces:
            yield Passage(Span(start, end), kind, number + 1, speaker)


def _sentences(text: str, block: Block, kind: PassageKind, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The trimmed offsets of each sentence; a piece without any word joins the one before it."""
    if kind in {"infobox", "boilerplate"}:
        yield block.start, block.end
        return
    edges = [block.start, *cuts(text, block.start + block.marker, block.end, lexicon), block.end]
    held: tuple[int, int] | None = None
    for left, right in pairwise(edges):
        start, end = trim(text, left, right)
        if held and (not _has_word(text, start, end) or not _has_word(text, *held)):
            held = (held[0], max(end, held[1]))
        else:
            if held:
                yield held
            held = (start, end)
    if held:
        yield held


def _has_word(text: str, start: int, end: int) -> bool:
    return any(map(str.isalnum, text[start:end]))


def _speakers(text: str, rows: list[Block], lexicon: Lexicon) -> list[Span | None]:
    """Who speaks in each block: its own label, or the one before it where the speech goes on in the first person."""
    labels = [label_of(text, block) for block in rows]
    counts = Counter(label.of(text) for label in labels if label)
    # Three turns of speakers told by a lexicon word make a transcript: there a name that stands once is a speaker too.
    transcript = sum(1 for label in labels if label and is_speaker(text, label, False, lexicon)) >= 3
    found: list[Span | None] = []
    current: Span | None = None
    for block, label in zip(rows, labels, strict=True):
        if label and is_speaker(text, label, transcript or counts[label.of(text)] > 1, lexicon):
            current = label
        elif current and not speaks_on(text, block, lexicon):
            current = None
        found.append(current)
    return found
