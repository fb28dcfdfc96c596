"""Within one report: which figures are of one event, and which of them the report is mainly about.

Input: a report and its reading. Output: `Happening`s, the main one first. A report on a quake of Sunday that recalls
"in 2003 … 31,000" tells of two happenings: the claims of Sunday's, and the one of 2003.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field

from tollbook.incidents import told
from tollbook.incidents.dates import resolve
from tollbook.incidents.focus import focus
from tollbook.incidents.happening import LEAD, Fact, Happening, near
from tollbook.incidents.homes import HARM, HURT, SPREAD, home
from tollbook.incidents.places import far_apart, spots
from tollbook.incidents.spoken import as_told
from tollbook.model import Claim, DateRange, Reading, Report, Setting, Span, SpanIndex
from tollbook.values import dataclass

PEOPLE = ("person", "household", "family", "passenger", "building", "house")
# From so many people on, of whom nothing is said but that they are there, a figure is of a gathering.
CROWD, CROWDS = 1000, ("other", "registered")
# So many sentences after an event "those clashes" still mean it.
CLOSE = 2
FINENESS = {"day": 0, "days": 0, "week": 1, "month": 2, "season": 3, "year": 4, "years": 5}


def happenings(report: Report, reading: Reading) -> list[Happening]:
    """The events that a report tells of, main one first (it may hold no claim)."""
    report = as_told(report, reading.times)
    resolved = resolve(report, reading.times)
    dates = {item.mention.span: item.date for item in resolved}
    sentences = SpanIndex(reading.sentences)
    head = report.dateline.span if report.dateline else Span(0, 1)
    facts = [
        _fact(claim, reading, dates, sentences, head)
        for claim in sorted(reading.claims, key=lambda c: (c.span.part != "title", c.span.start, c.span.end, c.id))
        if claim.roster != "row"  # it goes with the figure before it, see `outlines`
    ]
    for order, fact in enumerate(facts):
        fact.order = order
        if fact.date is not None and _is_page_date(fact, report):
            fact.date = None
    main = focus(report, reading, facts, resolved)
    _characterise(main, facts)
    telling = _Telling(report, reading, [main], frozenset(_harmed(facts)))
    for fact in facts:
        telling.place(fact)
    for happening in telling.found:
        _summarise(happening)
    return telling.found


def _characterise(main: Happening, facts: Sequence[Fact]) -> None:
    """Whether the lead tells of several events at once, and whether the event is of a kind that strikes many places."""
    main.series = any(
        fact.setting.thread == "several" and fact.sentence < LEAD and fact.claim.measure in HURT for fact in facts
    )
    lead = [fact for fact in facts if fact.sentence < LEAD and fact.claim.measure in HURT]
    main.aggregate = bool(lead) and all(f.setting.aggregate for f in lead if f.sentence == lead[0].sentence)
    told_of = [fact for fact in facts if fact.setting.kind]
    harmed = [fact for fact in told_of if fact.claim.measure in HARM]
    kinds = Counter(fact.setting.kind for fact in harmed or told_of if fact.setting.kind)
    main.spread = bool(kinds) and min(kinds, key=lambda kind: (-kinds[kind], kind)) in SPREAD


def _harmed(facts: Sequence[Fact]) -> set[str]:
    """The kinds of event beside the killed, injured and taken."""
    return {fact.setting.kind for fact in facts if fact.setting.kind and fact.claim.measure in HARM}


@dataclass(slots=True)
class _Telling:
    """A report's figures on their way to its happenings, in the order of the text.

    `harmed` are the kinds of event beside the killed and injured; `things` the happenings of what is counted by no
    measure beside the event, by unit; `homes` those of the figures so far, for a part goes with its whole.
    """

    report: Report
    reading: Reading
    found: list[Happening]
    harmed: frozenset[str]
    last: Happening | None = None
    things: dict[str, Happening] = field(default_factory=dict)
    homes: dict[str, Happening] = field(default_factory=dict)

    def place(self, fact: Fact) -> None:
        """Put a figure into its happening; a count of things beside the point may be of none."""
        if self._is_beside_the_point(fact):
            self._place_thing(fact)
            return
        if _is_crowd(fact) and not (fact.setting.section or fact.setting.aggregate or fact.claim.part_of):
            chosen = told.gathering(fact, self.found)
        else:
            chosen = self.last = self._home(fact)
        self.homes[fact.claim.id] = chosen
        chosen.add(fact)

    def _home(self, fact: Fact) -> Happening:
        """Of two events told of in turn, words without place and day go with the last."""
        last, main = self.last, self.found[0]
        if last is not None:
            open_words = fact.date is None and not fact.spots and not fact.setting.aggregate
            if open_words and (main.apart is not None or self._goes_on(fact, last)):
                return last
            if fact.setting.thread == "again" and _takes_up(fact, last):
                return last
        whole = self.homes.get(fact.claim.part_of or "") if fact.setting.thread != "part" else None
        return whole or home(fact, self.found, self.report.published_date, fresh=self._is_fresh(fact))

    def _place_thing(self, fact: Fact) -> None:
        if fact.setting.kind is not None and fact.claim.unit not in self.things:
            self.things[fact.claim.unit] = told.new(fact, self.found)
        if fact.claim.unit in self.things:
            self.things[fact.claim.unit].add(fact)

    def _is_beside_the_point(self, fact: Fact) -> bool:
        """A count of things, by no measure, in a sentence that names no day or place of the event, nor its kind."""
        main, kind = self.found[0], fact.setting.kind
        if fact.claim.measure != "other" or fact.claim.unit in PEOPLE:
            return False
        if kind is not None and (kind in self.harmed or not self.harmed):
            return False
        same_day = fact.date is not None and main.date is not None and near(fact.date, main.date)
        return not same_day and not {spot.key for spot in fact.spots} & {spot.key for spot in main.spots}

    def _goes_on(self, fact: Fact, last: Happening) -> bool:
        """True for the sentence that goes on after one on another event, in the same paragraph."""
        if last.main or last.aggregate or not last.facts or fact.setting.section or fact.sentence < 0:
            return False
        before = last.facts[-1].sentence
        return 0 <= before <= fact.sentence <= before + 1 and not self._parted(before, fact.sentence)

    def _is_fresh(self, fact: Fact) -> bool:
        """True where a paragraph ends between the figure told last and this one."""
        before = self.last.facts[-1].sentence if self.last is not None else 0
        return 0 <= before < fact.sentence and self._parted(before, fact.sentence)

    def _parted(self, before: int, after: int) -> bool:
        sentences = self.reading.sentences
        return before != after and "\n" in self.report.text[sentences[before].end : sentences[after].start]


def _takes_up(fact: Fact, last: Happening) -> bool:
    """True for "those clashes" a sentence or two after the event that they mean."""
    near_by = not last.aggregate and fact.sentence - last.facts[-1].sentence <= CLOSE
    return near_by and told.same_days(fact, last) and not far_apart(fact.spots, last.spots)


def _fact(
    claim: Claim, reading: Reading, dates: Mapping[Span, DateRange | None], sentences: SpanIndex, head: Span
) -> Fact:
    setting = reading.settings.get(claim.id, Setting())
    when = next((time for time in setting.times if dates.get(time.span) is not None), None)
    date, tells = (dates[when.span], when.tells) if when is not None else (None, "event")
    sentence = sentences.opening(claim.span)
    if sentence is None or not reading.sentences[sentence].covers(claim.span):
        sentence = -1
    as_of = dates.get(setting.as_of.span) if setting.as_of is not None else None
    here = [place for place in setting.places if not head.covers(place.span)]
    return Fact(claim, setting, date, spots(here), sentence, 0, as_of, tells)


def _is_page_date(fact: Fact, report: Report) -> bool:
    """A full date that is the publication's own stands over the report and says nothing of the event."""
    named = fact.setting.times[0]
    same = fact.date is not None and fact.date.start == fact.date.end == report.published_date
    return same and named.year is not None and named.day is not None


def _is_crowd(fact: Fact) -> bool:
    """Thousands who march or volunteer are of the gathering, not of the killing that the report tells of beside it."""
    claim = fact.claim
    many = (claim.quantity.low or claim.quantity.value or 0) >= CROWD
    return claim.measure in CROWDS and claim.unit == "person" and many


def _summarise(happening: Happening) -> None:
    """The date, places and kinds that most of its figures give."""
    told_of = [(fact.date, fact.tells) for fact in happening.facts if fact.date is not None]
    dates = Counter(date for date, tells in told_of if tells == "event") or Counter(date for date, _ in told_of)
    own = {date: n for date, n in dates.items() if happening.date is None or near(date, happening.date)}
    happening.firm = bool(own)
    wide = happening.main and happening.date is None and not _is_most(own, happening)
    if own and not wide:
        happening.date = min(own, key=lambda date: (FINENESS[date.precision], -own[date], date.start, date.end))
    if not happening.spots:
        happening.spots = tuple(dict.fromkeys(spot for fact in happening.facts for spot in fact.spots))[:3]
    for fact in happening.facts:
        if fact.setting.kind:
            happening.kinds[fact.setting.kind] += 1


def _is_most(dates: Mapping[DateRange, int], happening: Happening) -> bool:
    """True for days, or a span of time that half of the figures give: "since 1992" beside one is not when it was."""
    exact = any(date.precision in ("day", "days", "week", "month") for date in dates)
    return exact or 2 * sum(dates.values()) >= len(happening.facts)
