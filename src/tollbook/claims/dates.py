"""Time mentions: the words of a report that name a time, before anything is resolved.

Input: a text and the span to look in. Output: `TimeMention`s in text order that don't overlap; `value` is TIMEX3 with X
for what the words leave open. "on Feb. 25-26, 1992" gives "Feb. 25-26, 1992": 1992-02-25 to 1992-02-26.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tollbook.claims.timeforms import FORMS
from tollbook.claims.timeparts import Place
from tollbook.claims.timewords import DASH, TimeGrammar, grammar
from tollbook.lexicon import Lexicon
from tollbook.model import Span, TimeMention
from tollbook.text import fold

_RANGE_GAP = re.compile(DASH)
_CLOCK_GAP = re.compile(r"\s*,?\s*(?:(?:on|of)\s+)?(?:the\s+)?")
_SINCE = re.compile(r"\bsince\s+(?:(?:at\s+least|about|early|late|the)\s+)*$")
# "after November 10, 2020" opens a period as "since" does.
_AFTER = re.compile(r"\bafter\s+$")
# How far back "since" may stand: the longest run of such words, about thirty code points.
_BEFORE = 30
# How far before its digit or its word of time a mention may open: "in approximately the last seventy-five consecutive
# days", with as much again for the white space of a page.
_OPENING = 120


def find(text: str, span: Span, lexicon: Lexicon) -> list[TimeMention]:
    """The time mentions in `span` of `text` (the report's text or title, as the span's part says)."""
    rules = grammar(lexicon)
    said = text[span.start : span.end]
    low = fold(said)
    found: list[TimeMention] = []
    position = 0
    while (hint := rules.hint.search(low, position)) is not None:
        match = rules.pattern.search(low, max(position, hint.start() - _OPENING))
        if match is None:
            break
        mention = _mention(Place(match, said, low, rules), span)
        if mention is None:
            position = match.start() + 1
            continue
        found.append(mention)
        position = match.end()
    return _joined(found, text, low, span, rules) if found else found


def _mention(place: Place, span: Span) -> TimeMention | None:
    """What one match says; None where the words are something else ("12 may have died")."""
    form = place.match.lastgroup or ""
    bare = FORMS[form](place)
    if bare is None:
        return None
    start, end = place.match.span()
    rules = place.rules
    while end > start and place.said[end - 1] in " \n\t,":
        end -= 1
    if place.said[end - 1] == "." and not _keeps_stop(place, end):
        end -= 1
    open_day = bare.weekday is not None and bare.relative in (None, (0, "week")) and bare.type != "SET"
    if open_day and rules.tense.is_ahead(place.low, start, end):
        bare = replace(bare, relative=(0, "week ahead"))
    open_month = bare.type == "DATE" and bare.month is not None and bare.year is None and bare.relative is None
    if open_month and bare.end_month in (None, bare.month) and rules.tense.is_ahead(place.low, start, end):
        bare = replace(bare, relative=(1, "year"))
    since = _SINCE.search(place.low, max(0, start - _BEFORE), start) is not None
    if bare.year is not None and bare.day is not None:
        since = since or _AFTER.search(place.low, max(0, start - _BEFORE), start) is not None
    at = Span(span.start + start, span.start + end, span.part)
    return replace(bare, span=at, said=place.said[start:end], since=since)


def _keeps_stop(place: Place, end: int) -> bool:
    """A stop belongs to "p.m." and to "Jan.", not to a sentence that ends in a full month name."""
    word = re.split(r"[\s,]", place.low[:end].rstrip("."))[-1]
    short = word in place.rules.months and word not in ("may", "june", "july") and len(word) <= 4
    return word.endswith(("a.m", "p.m")) or short


def _joined(found: list[TimeMention], text: str, low: str, span: Span, rules: TimeGrammar) -> list[TimeMention]:
    """Neighbours that are the two ends of one range, or a clock time and its day, become one mention."""
    out: list[TimeMention] = []
    for mention in found:
        if out:
            last = out[-1]
            before = low[: last.span.start - span.start]
            gap = low[last.span.end - span.start : mention.span.start - span.start]
            both = _range(last, mention, gap, before) or _clocked(last, mention, gap) or _of_week(last, mention, gap)
            if both is not None:
                whole = out[-1].span.hull(mention.span)
                out[-1] = replace(both, span=whole, said=text[whole.start : whole.end], since=out[-1].since)
                continue
        out.append(mention)
    return out


def _range(first: TimeMention, last: TimeMention, gap: str, before: str) -> TimeMention | None:
    """ "25 February – 3 March 1992": two calendar points of the same grain, the earlier taking the later's year."""
    if _RANGE_GAP.fullmatch(gap) is None or first.type != "DATE" or last.type != "DATE":
        return None
    word = gap.strip().split()[0] if gap.strip() else ""
    if word == "or" or (word == "and" and not re.search(r"\bbetween\s+(?:the\s+)?$", before)):
        return None
    grain = [(m.day is not None, m.month is not None) for m in (first, last)]
    if not (_is_point(first) and _is_point(last)) or grain[0] != grain[1]:
        return None
    years = first.year is not None and last.year is not None and len(first.value) == len(last.value) == 4
    if first.month is None and not years:
        return None
    year = first.year if first.year is not None else last.year
    start = replace(first, year=year)
    value = first.value.replace("XXXX", f"{year:04d}", 1) if year is not None else first.value
    return replace(start, value=value, end_year=last.year, end_month=last.month, end_day=last.day)


def _clocked(first: TimeMention, last: TimeMention, gap: str) -> TimeMention | None:
    """ "10 p.m. Wednesday", "Wednesday at 10 p.m.": one mention, the day with its time."""
    clock = first.type == "TIME" and first.value.startswith("XXXX-XX-XXT")
    part = last.type == "TIME" and ":" in first.value and ":" not in last.value  # "8 p.m. Thursday night"
    if clock and (part or last.type == "DATE") and _is_day(last) and _CLOCK_GAP.fullmatch(gap):
        day = last.value.partition("T")[0]
        return replace(last, type="TIME", value=day + first.value[len("XXXX-XX-XX") :])
    return None


def _of_week(first: TimeMention, last: TimeMention, gap: str) -> TimeMention | None:
    """ "The week of March 6", "Tuesday of last week"."""
    if gap.split() != ["of"] or last.type != "DATE":
        return None
    if first.relative == (0, "week") and last.day is not None and last.end_day is None:
        return replace(last, value=first.value)
    if first.weekday is not None and first.relative is None and last.relative and last.relative[1] == "week":
        return replace(first, relative=(last.relative[0], "week of"))
    return None


def _is_point(mention: TimeMention) -> bool:
    """A calendar day, month or year, not yet a range and not counted from another time."""
    ends = (mention.end_day, mention.end_month, mention.end_year)
    return bool(mention.month or mention.year) and ends == (None, None, None) and mention.relative is None


def _is_day(mention: TimeMention) -> bool:
    near = ((0, "day"), (-1, "day"), (1, "day"))
    return mention.weekday is not None or mention.day is not None or mention.relative in near
