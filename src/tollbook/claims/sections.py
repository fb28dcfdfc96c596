"""Which stories a page tells: one report is one story, but a day's digest, a timeline and a list of links are many.

Input: a report's passages with the times in them. Output: a section number for each passage, 0 where the page is one
story. Under "Related stories:" each item is a section of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.eventwords import EventWords
from tollbook.model import Passage, Report, SpanIndex, TimeMention
from tollbook.text import fold

# A page is a digest from this many headings that tell of an event or bear a date, if most headings do.
FEWEST = 3
_MOST = 0.5
# Words from which a marked heading is a headline, not a chapter's name.
HEADLINE = 7


def sections(report: Report, passages: Sequence[Passage], times: Sequence[TimeMention], words: EventWords) -> list[int]:
    """The section of each passage, in their order."""
    found = _digest(report, passages, times, words)
    number = max(found, default=0)
    related = False
    for i, passage in enumerate(passages):
        if passage.span.part == "title":
            continue
        low = fold(report.words(passage.span))
        if passage.kind in ("headline", "infobox", "boilerplate") or words.related.fullmatch(low):
            related = words.related.fullmatch(low) is not None
        elif related:
            fresh = i == 0 or passages[i - 1].paragraph != passage.paragraph
            number += fresh
            found[i] = number
    return found


def _digest(report: Report, passages: Sequence[Passage], times: Sequence[TimeMention], words: EventWords) -> list[int]:
    """Sections by heading where the page is a digest, else 0 for every passage."""
    numbers: list[int] = []
    heads = 0
    before = ""
    for passage in passages:
        if passage.kind == "headline" and passage.span.part == "text" and _opens(report, passage, before):
            heads += 1
        numbers.append(heads)
        before = passage.kind
    when = SpanIndex(time.span for time in times)
    opened = {
        number for passage, number in zip(passages, numbers, strict=True)
        if number and passage.kind == "headline"
        and _tells(report, passage, [times[i] for i in when.inside(passage.span)], words)
    }  # fmt: skip
    telling = len(opened)
    if telling >= FEWEST and telling >= _MOST * heads:
        return numbers
    return [0] * len(numbers)


def _opens(report: Report, passage: Passage, before: str) -> bool:
    """A marked heading opens a section, a plain one where no heading stands before it."""
    return before != "headline" or report.text.startswith("#", passage.span.start)


def _tells(report: Report, passage: Passage, times: Sequence[TimeMention], words: EventWords) -> bool:
    """A heading that is little more than a date, or a marked one that is a headline of its own."""
    marked = report.text.startswith("#", passage.span.start)
    own = [time for time in times if time.day is not None]
    dated = any(2 * len(time.span) > len(passage.span) for time in own)
    said = fold(report.words(passage.span))
    return dated or (marked and (bool(words.named(said)) or len(said.split()) >= HEADLINE))
