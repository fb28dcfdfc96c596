"""The sentence around a span: by the reader where it marked one, else by stops, and never much. Pure.

Input: a report, a span in it, its sentences in order. Output: where the sentence begins and ends. A "sentence" of a
list or a speech can be a page long: this much of it is enough to judge the words by.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tollbook.model import Report, Span

REACH = 400
_BREAK = re.compile(r"[.!?…]['\"”’)\]]*\s+|\n\s*\n")


def sentence_around(report: Report, span: Span, sentences: Sequence[Span]) -> Span:
    """The sentence, at most `REACH` code points on each side, ends between words; `sentences` are in order."""
    text = (report.title or "") if span.part == "title" else report.text
    start, end = _by_stops(text, span)
    if span.part == "text":
        at = bisect_right(sentences, span.start, key=lambda s: s.start) - 1
        if at >= 0 and sentences[at].end > span.start:
            start, end = sentences[at].start, max(sentences[at].end, span.end)
    start, end = max(start, _word_start(text, span.start - REACH)), min(end, _word_end(text, span.end + REACH))
    return Span(min(start, span.start), max(end, span.end), span.part)


def _by_stops(text: str, span: Span) -> tuple[int, int]:
    start = max((match.end() for match in _BREAK.finditer(text, max(0, span.start - 2 * REACH), span.start)), default=0)
    after = _BREAK.search(text, span.end)
    return start, after.end() if after else len(text)


def _word_start(text: str, at: int) -> int:
    """The next start of a word from `at` on, 0 where `at` is before the text."""
    if at <= 0:
        return 0
    gap = text.find(" ", at)
    return at if gap < 0 else gap + 1


def _word_end(text: str, at: int) -> int:
    """The last end of a word up to `at`."""
    if at >= len(text):
        return len(text)
    gap = text.rfind(" ", 0, at)
    return at if gap < 0 else gap
