"""The date of the event that a report is mainly about.

Input: a report, its reading, its figures as `Fact`s, its resolved times, and the sentences that name its main place.
Output: a `DateRange` or None. Days beside figures count, more so in the lead; a day by which an event is named ("the 9
May shooting") outweighs the day on which somebody was charged; days shortly before the publication are likelier.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tollbook.incidents.dates import SO_LONG_BEFORE, Resolved
from tollbook.incidents.happening import LEAD, RECENT, Fact, near
from tollbook.model import DateRange, Reading, Report, Span, SpanIndex

# What a day near the publication weighs, one by which an event is named, one told beside the main place, and what one
# of the lead does.
NEWS, NAMING, SCENE, LEADS = 6, 8, 3, 2
# The arrest of so many may be what the report is about; of fewer, it is the aftermath of what is.
ARRESTS = 4
# How a sentence says a day and no page does: "the night of 4 June 2011", "around 3 a.m. on 4 June 2011".
_TOLD = re.compile(r"the\s|around\s|about\s", re.IGNORECASE)
WORTH = {"day": 4, "days": 4, "week": 3, "month": 3}


def main_date(
    report: Report, reading: Reading, facts: Sequence[Fact], resolved: Sequence[Resolved], scene: Sequence[Span]
) -> DateRange | None:
    """The date of most figures that are told of in no passing, those in the lead and near the publication first."""
    own = [fact for fact in facts if not (fact.setting.aside or fact.setting.aggregate or fact.setting.section)]
    weight = _by_figures([fact for fact in own if fact.tells == "event"], reading)
    _add_mentions(weight, _days(report, facts, resolved), reading, scene)
    published = report.published_date
    if published is not None:
        for date in weight:
            days = (published - date.start).days
            weight[date] += NEWS * (RECENT - days) // RECENT if 0 <= days <= RECENT else 0
    arrests = [fact for fact in own if fact.tells == "aftermath" and fact.claim.measure in ("arrested", "captured")]
    if any((fact.claim.quantity.low or 0) >= ARRESTS for fact in arrests):
        weight += _by_figures(arrests, reading)
    weight = weight or _by_figures(own, reading)
    best = min(weight, key=lambda date: (-weight[date], date.start, date.end), default=None)
    wide = ("year", "years", "season") if published is not None else ("month", "year", "years", "season")
    vague = best is not None and best.precision in wide and best.rule != SO_LONG_BEFORE
    dated = sum(1 for fact in facts if fact.date == best)
    return None if vague and 2 * dated < len(facts) else best


def is_heads(item: Resolved, report: Report) -> bool:
    """True for a date of the page itself: in its dateline, or its full publication date, but not "the morning of"."""
    head = report.dateline.span if report.dateline else None
    if head is not None and head.covers(item.mention.span):
        return True
    if _TOLD.match(item.mention.said) or item.mention.value[-3:-2] == "T":  # with a part of the day ("TMO")
        return False
    full = item.mention.year is not None and item.mention.day is not None and item.date is not None
    return full and item.date is not None and item.date.start == item.date.end == report.published_date


def _by_figures(facts: Sequence[Fact], reading: Reading) -> Counter[DateRange]:
    """What figures give their dates: five in one sentence of a digression little more than one, mere counts half."""
    weight: Counter[DateRange] = Counter()
    told: set[tuple[int, str, DateRange]] = set()
    for fact in facts:
        if fact.date is None:
            continue
        early = 0 <= fact.sentence < LEAD or fact.claim.span.part == "title"
        worth = WORTH.get(fact.date.precision, 1) + 4 * early
        once = (fact.sentence, fact.claim.span.part, fact.date)
        carried = fact.sentence >= LEAD and not reading.sentences[fact.sentence].covers(fact.setting.times[0].span)
        weight[fact.date] += 1 if once in told else worth // 2 if carried or fact.claim.measure == "other" else worth
        told.add(once)
    return weight


def _days(report: Report, facts: Sequence[Fact], resolved: Sequence[Resolved]) -> list[tuple[Resolved, DateRange]]:
    """The days told of, but for those of the page, "today", and those up to which a figure counts."""
    counted_to = {fact.setting.as_of.span for fact in facts if fact.setting.as_of is not None}
    return [
        (item, item.date) for item in resolved
        if item.date is not None and item.mention.tells == "event" and not is_heads(item, report)
        and item.mention.span not in counted_to
        and item.mention.relative != (0, "day")
        and (item.date.precision in ("day", "days") or item.date.rule == SO_LONG_BEFORE)
    ]  # fmt: skip


def _add_mentions(
    weight: Counter[DateRange],
    days: Sequence[tuple[Resolved, DateRange]],
    reading: Reading,
    scene: Sequence[Span],
) -> None:
    """Add what each day told of gives: as a name of the event, beside the main place, in the lead."""
    index = SpanIndex(item.mention.span for item, _ in days)
    here = sorted({i for sentence in scene for i in index.inside(sentence)})
    leads = {i for sentence in reading.sentences[:LEAD] for i in index.inside(sentence)}
    set_here = [days[i][1] for i in here if _is_set(days[i][0])]
    agreed = all(near(set_here[0], date) for date in set_here)
    beside, own, names = frozenset(here), frozenset(set_here), frozenset(reading.event_times)
    for i, (item, date) in enumerate(days):
        gives = NEWS * (date.rule == SO_LONG_BEFORE) + NAMING * (item.mention.span in names)
        gives += SCENE * (agreed and i in beside) + LEADS * (i in leads or (agreed and date in own))
        if gives:
            weight[date] += gives


def _is_set(item: Resolved) -> bool:
    """True for a calendar day with its year said or plain from the report, whatever the day of publication."""
    return item.mention.year is not None or (item.date is not None and item.date.rule == "year of the incident")
