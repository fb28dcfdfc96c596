"""Times by which an event is named: "the 9 May shooting", "last Thursday's blast", "the quake of 2003".

Input: a report, its time mentions and the words of events. Output: the spans of those that name an event. A day on
which somebody was charged or a letter was sent names none.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.claims.scenewords import SceneWords
from tollbook.model import Report, Span, TimeMention
from tollbook.text import fold

# How far before and after a time the words stand that tell, in code points.
_AROUND = 60


def event_times(report: Report, times: Sequence[TimeMention], words: SceneWords) -> tuple[Span, ...]:
    """The spans of the times that an event is named by."""
    return tuple(time.span for time in times if names_event(report, time, words))


def names_event(report: Report, time: TimeMention, words: SceneWords) -> bool:
    """True for a time beside a noun of an event, or a day after an article beside a noun that is no hearing."""
    if time.type not in ("DATE", "TIME"):
        return False
    span, text = time.span, report.title or "" if time.span.part == "title" else report.text
    after = fold(text[span.end : span.end + _AROUND]).partition("\n\n")[0]
    before = fold(text[max(0, span.start - _AROUND) : span.start])
    if words.cause.search(before) is not None:
        return False  # "in revenge for Monday's raid"
    if words.named_after.match(after) is not None:
        return True
    if time.day is not None and words.article.search(before) and words.thing.match(after) is not None:
        return True
    return words.named_before.search(before) is not None
