"""When, where and what: which time and place words govern each figure, and whether it is of another event.

Input: a report's passages, claims, time and place mentions. Output: a `Setting` for each claim id. In "A quake hit
Orune on Monday, killing 12; in 2004 a flood there killed 300" Monday governs the 12, 2004 the 300, whose kind is flood.
Nothing is resolved here: the incidents stage gives "Monday" its date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.claims.eventtimes import names_event
from tollbook.claims.eventwords import EventWords, event_words
from tollbook.claims.nearness import Words, nearest, own_clause
from tollbook.claims.parcels import Parcels, parcels
from tollbook.claims.sections import sections
from tollbook.claims.sites import sites
from tollbook.claims.threads import thread
from tollbook.claims.timesays import dates_words, governs, is_period, is_until
from tollbook.lexicon import Lexicon
from tollbook.model import Claim, Passage, PlaceMention, Report, Setting, Span, SpanIndex, TimeMention
from tollbook.text import fold
from tollbook.values import dataclass

# A time this near the start of a sentence is its frame and holds for the sentences after it.
FRAME = 25
# A place this near the start ("In Zarand, …") sets a scene.
SCENE = 8
# How many sentences of a paragraph a frame holds for.
CARRIED = 3
# And how many headings over one another.
HEADINGS = 12
_MOST_PLACES = 4
BESIDE, NEAR = 40, 4  # characters to the words that say that a state lasts; from a figure to the day behind it


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A passage with its folded words, the mentions in it and what its words say of the event."""

    passage: Passage
    low: str
    times: tuple[TimeMention, ...]
    as_of: TimeMention | None
    places: tuple[PlaceMention, ...]
    kinds: tuple[tuple[int, int, str], ...]
    aside: bool
    aggregate: bool
    thread: str

    def at(self, position: int) -> int:
        return position - self.passage.span.start


@dataclass(frozen=True, slots=True)
class _Page:
    """The passages with the story each is of, the sentences looked into, and where passages and figures stand."""

    passages: Sequence[Passage]
    tops: Sequence[int]
    holders: SpanIndex
    stories: Sequence[int]
    sentences: dict[int, _Sentence]
    figures: SpanIndex
    head: Span
    parcels: Parcels


def settle(
    report: Report,
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    times: Sequence[TimeMention],
    places: Sequence[PlaceMention],
    lexicon: Lexicon,
) -> dict[str, Setting]:
    """What the words around each claim say of its when, where and what; claims by id."""
    words = event_words(lexicon)
    stories = sections(report, passages, times, words)
    holders = SpanIndex(passage.span for passage in passages)
    when, where = SpanIndex(time.span for time in times), SpanIndex(place.span for place in places)
    sentences = {
        i: _sentence(
            report,
            passages[i],
            [times[k] for k in when.inside(passages[i].span)],
            [places[k] for k in where.inside(passages[i].span)],
            words,
        )
        for i in _needed(passages, holders, claims)
    }
    figures = SpanIndex(sorted({claim.span for claim in claims}))
    told = parcels(report, passages, claims, places, {i: sentence.places for i, sentence in sentences.items()})
    page = _Page(passages, _tops(passages), holders, stories, sentences, figures, _dateline(report), told)
    return {claim.id: _setting(claim, page, words) for claim in claims}


def _needed(passages: Sequence[Passage], holders: SpanIndex, claims: Sequence[Claim]) -> list[int]:
    """The passages that hold a claim, those of the same paragraph before them, and the headings over it."""
    needed: set[int] = set()
    tops = _tops(passages)
    for holder in sorted({i for claim in claims if (i := holders.opening(claim.span)) is not None}):
        needed.add(holder)
        needed.update(_before(holder, passages, tops))
    return sorted(needed)


def _tops(passages: Sequence[Passage]) -> list[int]:
    """For each passage the first one of its paragraph."""
    tops: list[int] = []
    for i, passage in enumerate(passages):
        before = passages[i - 1] if i else None
        goes_on = before and before.paragraph == passage.paragraph and before.span.part == passage.span.part
        tops.append(tops[-1] if goes_on else i)
    return tops


def _before(holder: int, passages: Sequence[Passage], tops: Sequence[int]) -> list[int]:
    """The passages whose frame may hold for one: those before it in its paragraph, then the headings over it."""
    top, part = tops[holder], passages[holder].span.part
    found = list(range(holder - 1, max(top, holder - CARRIED) - 1, -1))
    for i in range(top - 1, max(-1, top - 1 - HEADINGS), -1):
        if passages[i].kind not in ("headline", "dateline") or passages[i].span.part != part:
            break
        found.append(i)
    return found


def _sentence(
    report: Report, passage: Passage, times: Sequence[TimeMention], places: Sequence[PlaceMention], words: EventWords
) -> _Sentence:
    low = fold(report.words(passage.span))
    head = _dateline(report)
    inside = [time for time in times if not head.covers(time.span)]
    near = sites(places, low, passage.span.start, words)
    told = tuple(
        time for time in inside
        if governs(time, low, passage.span.start, words) or names_event(report, time, words.scenes)
    )  # fmt: skip
    looks = words.aside.search(low) is not None and words.not_aside.search(low) is None
    period = words.counts_many(low) or any(is_period(time) for time in told)
    start = passage.span.start
    until = next((time for time in inside if is_until(time, low, start)), None)
    until = until or next((time for time in inside if dates_words(time, low, start, words)), None)
    return _Sentence(passage, low, told, until, near, tuple(words.named(low)), looks, period, thread(low, words.scenes))


_HEAD = re.compile(r"\s*[A-ZÀ-Þ][^\n]{0,90}?(?:\s--?\s|\s[–—]\s|--|\)\s*[-–—:])")


def _dateline(report: Report) -> Span:
    """Where the dateline stands: it says when and where a report was written, not when a thing happened."""
    if report.dateline is not None:
        return report.dateline.span
    found = _HEAD.match(report.text) if report.text[:12].lstrip()[:6].isupper() else None
    return Span(0, found.end() if found else 1)


def _lasts(own: _Sentence, anchor: Span, words: EventWords) -> bool:
    """True where the words beside a figure say that its state lasts: "still missing", "remain unaccounted for"."""
    around = own.low[max(0, own.at(anchor.start) - BESIDE) : own.at(anchor.end) + BESIDE]
    return words.status.search(around) is not None


def _counted_to(claim: Claim, own: _Sentence, words: EventWords) -> TimeMention | None:
    """ "The toll, which stood at 12 on Monday, rose to 15 on Tuesday": the day right behind a figure is its own."""
    behind = next((time for time in own.times if 0 < time.span.start - claim.span.end <= NEAR), None)
    before = own.low[max(0, own.at(claim.span.start) - BESIDE) : own.at(claim.span.start)]
    return behind if behind and _is_status(claim) and words.moves.search(before) else None


def _is_status(claim: Claim) -> bool:
    """True for counts of a state that lasts: missing, found dead so far."""
    return claim.measure in ("missing", "killed", "displaced", "homeless", "captured", "killed_or_missing")


def _setting(claim: Claim, page: _Page, words: EventWords) -> Setting:
    holder = page.holders.opening(claim.span)
    if holder is None:
        return Setting()
    own = page.sentences[holder]
    seen = claim.trigger if claim.trigger is not None and own.passage.span.covers(claim.trigger) else claim.span
    anchor = claim.span.hull(seen)
    frame = _frame(holder, page)
    came = words.scenes.came.search(own.low, 0, max(0, own.at(anchor.start)))
    words_here = Words(own.low, own.passage.span.start, page.figures)
    times = nearest(words_here, anchor, own.times) or list(frame.times[-1:] if frame else ())
    if came is not None:
        times = [time for time in times if own.at(time.span.start) >= came.end()]
    near = page.parcels.places.get(claim.id) or own_clause(words_here, anchor, own.places)
    if not near and frame is not None and not own.times:
        near = list(frame.places)
    as_of = own.as_of
    if own.times and _is_status(claim) and _lasts(own, anchor, words):
        as_of, times = as_of or times[0], []  # "still missing on Friday": the day of the count, not of the event
    elif counted := _counted_to(claim, own, words):
        as_of, times = as_of or counted, [time for time in times if time is not counted]
    governing = next(iter(times), None)
    period = own.aggregate or (governing is not None and is_period(governing))
    return Setting(
        times=tuple(times),
        places=tuple(sorted(near[:_MOST_PLACES], key=lambda place: page.head.covers(place.span))),
        kind=_kind(own, anchor) or (_kind_of(frame) if frame else None),
        aside=came is not None or own.aside or (not own.times and frame is not None and frame.aside),
        aggregate=claim.basis == "aggregate" or period,
        section=page.stories[holder],
        as_of=as_of,
        thread="part" if claim.id in page.parcels.parts else _thread(holder, page),
    )


def _thread(holder: int, page: _Page) -> str:
    own = page.sentences[holder].thread
    return _carried(holder, page) or own if own in ("", "again") else own


def _frame(holder: int, page: _Page) -> _Sentence | None:
    """The sentence before, whose opening time still holds ("In 2004, …"), or the heading with a date over it."""
    for i in _before(holder, page.passages, page.tops):
        sentence = page.sentences[i]
        if page.stories[i] != page.stories[holder]:
            return None
        if sentence.times and _new_scene(page.sentences[holder], sentence):
            return None
        if sentence.times:
            first = sentence.times[0]
            opening = sentence.at(first.span.start) <= FRAME or first.month is not None
            return sentence if opening else None
    return None


def _carried(holder: int, page: _Page) -> str:
    """The turn that a sentence without figures took before: "Then a fight began outside. Four people were shot"."""
    for i in range(holder - 1, max(page.tops[holder], holder - CARRIED) - 1, -1):
        if page.figures.inside(page.passages[i].span):
            return ""
        if page.sentences[i].thread:
            return page.sentences[i].thread
    return ""


def _new_scene(own: _Sentence, frame: _Sentence) -> bool:
    """True for a sentence that opens with a place of its own: "In Zarand, 612 people were killed"."""
    opening = [place.said for place in own.places if own.at(place.span.start) <= SCENE]
    return bool(opening) and not {place.said for place in frame.places} & set(opening)


def _kind(own: _Sentence, anchor: Span) -> str | None:
    """The kind of event named nearest to the figure."""
    start, end = own.at(anchor.start), own.at(anchor.end)
    best = min(own.kinds, key=lambda k: (max(k[0] - end, start - k[1], 0), k[0]), default=None)
    return best[2] if best else None


def _kind_of(sentence: _Sentence) -> str | None:
    return sentence.kinds[0][2] if sentence.kinds else None
