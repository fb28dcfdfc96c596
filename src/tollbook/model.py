"""The nouns of the record: small frozen values that own their operations.

Stages meet only through these. Nothing here touches a clock, the network, a disk or a database. Offsets are Unicode
code points into `Report.text` (or `Report.title` where `part` is "title"), half open.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

from tollbook.errors import QuoteMismatch

Number = int | float
Part = Literal["text", "title"]


def digest(*parts: object, length: int = 16) -> str:
    """A hex id of `length` digits from the content of `parts`, the same on every machine and in every run."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


# ---- spans ----


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty stretch of a report's text or title: code points `start` up to, not including, `end`."""

    start: int
    end: int
    part: Part = "text"

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words at this span; a span that leaves the text is an error."""
        if self.end > len(text):
            raise QuoteMismatch(f"span {self.start}–{self.end} lies outside a text of {len(text)} code points")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.part == other.part and self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.part == other.part and self.start <= other.start and other.end <= self.end

    def hull(self, other: Span) -> Span:
        """The smallest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end), self.part)


# ---- quantities ----


class Bound(StrEnum):
    """How the words bound the figure."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    RANGE = "range"
    VAGUE = "vague"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as stated and the interval `[low, high]` that the words allow.

    `value` is the number in the words, null where there is none ("dozens"); `high` null means no upper end; `word` is
    the vague word ("dozens", "hundreds of thousands"), which each rule set reads in its own way.
    """

    value: Number | None
    low: Number | None
    high: Number | None
    bound: Bound
    word: str | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a quantity needs low <= high, not {self.low}, {self.high}")

    @classmethod
    def exact(cls, value: Number) -> Quantity:
        return cls(value, value, value, Bound.EXACT)

    @classmethod
    def none(cls) -> Quantity:
        """Zero, said: "no casualties", "nobody was hurt"."""
        return cls(0, 0, 0, Bound.NONE)

    @classmethod
    def at_least(cls, value: Number) -> Quantity:
        return cls(value, value, None, Bound.AT_LEAST)

    @classmethod
    def more_than(cls, value: Number, *, counted: bool = True) -> Quantity:
        """More than 40 people are 41 or more; more than 40 % are not."""
        return cls(value, math.floor(value) + 1 if counted else value, None, Bound.MORE_THAN)

    @classmethod
    def at_most(cls, value: Number) -> Quantity:
        return cls(value, 0, value, Bound.AT_MOST)

    @classmethod
    def less_than(cls, value: Number, *, counted: bool = True) -> Quantity:
        top = max(0, math.ceil(value) - 1) if counted else value
        return cls(value, 0, top, Bound.LESS_THAN)

    @classmethod
    def about(cls, value: Number) -> Quantity:
        return cls(value, value, value, Bound.ABOUT)

    @classmethod
    def between(cls, low: Number, high: Number) -> Quantity:
        return cls(None, low, high, Bound.RANGE)

    @classmethod
    def vague(cls, word: str, low: Number, high: Number | None = None) -> Quantity:
        return cls(None, low, high, Bound.VAGUE, word)

    def meets(self, other: Quantity) -> bool:
        """True where some number satisfies both; "about" is read as stated, a rule set widens it."""
        low = max(self.low or 0, other.low or 0)
        high = min(math.inf if self.high is None else self.high, math.inf if other.high is None else other.high)
        return low <= high


# ---- time and place ----

DatePrecision = Literal["day", "days", "week", "month", "season", "year", "years"]


@dataclass(frozen=True, slots=True)
class DateRange:
    """When: first and last day, how precise, and the rule that resolved it ("year of the incident")."""

    start: dt.date
    end: dt.date
    precision: DatePrecision
    rule: str

    def meets(self, other: DateRange) -> bool:
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the name as known, GeoNames id, degrees, ISO country code, UCDP's `where_prec` 1–7."""

    name: str
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    precision: int = 1


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that name a time, as proposed by the reader; `value` is TIMEX3, with X for what the words leave open.

    What the words give stays apart: calendar fields of the first and last day, a weekday (Monday 0), or a distance
    `(count, unit)` such as (-25, "year"). The incidents stage resolves it to a `DateRange`.
    """

    span: Span
    said: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    weekday: int | None = None
    relative: tuple[int, str] | None = None
    since: bool = False


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place, and the gazetteer's best candidate (None where it knows none)."""

    span: Span
    said: str
    place: Place | None = None


# ---- reports ----


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know about a report: a code, one sentence, and where in the text."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A source as read: its text exactly as given or extracted, and its particulars.

    `published` is an ISO date or time as given; `sha256` is of the raw bytes, `text_sha256` of the text in UTF-8;
    `origins` are the wires or offices credited for the report as a whole, nearest first; `extractor` names what made
    the text and its version; `dateline` is what a dateline plainly says (place, date), else None.
    """

    id: str
    text: str
    sha256: str
    text_sha256: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    origins: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    extractor: str = "text"
    dateline: Dateline | None = None

    def words(self, span: Span) -> str:
        """The exact words of a span, in the text or in the title."""
        return span.of((self.title or "") if span.part == "title" else self.text)

    @property
    def published_date(self) -> dt.date | None:
        """The day of `published`, None where it is missing or no date.

        Nothing was published before printing, and far from the calendar's ends one can count days back and ahead.
        """
        try:
            day = dt.date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None
        return day if 1450 <= day.year < 9000 else None

    def noticed(self, *notices: Notice) -> Report:
        return replace(self, notices=(*self.notices, *notices))


@dataclass(frozen=True, slots=True)
class Dateline:
    """A line such as "SAN MARTIN, 6 May (XYZ) -": place, day and agency, each None where not plainly said."""

    span: Span
    place: str | None = None
    date: dt.date | None = None
    agency: str | None = None


# ---- passages ----

PassageKind = Literal["sentence", "headline", "item", "infobox", "dateline", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, headline, list item or info-box line: a span, the paragraph it stands in, and who speaks.

    `speaker` is the span of a transcript's speaker label that governs it ("Female resident:"), None elsewhere.
    """

    span: Span
    kind: PassageKind
    paragraph: int
    speaker: Span | None = None


# ---- claims ----

Basis = Literal["incident", "increment", "part", "rate", "aggregate"]
Modality = Literal["asserted", "denied", "hypothetical", "planned"]
SourceKind = Literal[
    "person", "official", "organisation", "government", "military", "police", "medics", "witness", "media", "document",
    "anonymous", "publisher",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """One link of an attribution chain: who, of what kind, by which cue word, and where the text says so."""

    source: str
    kind: SourceKind
    cue: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure that a report claims: exact words, typed quantity, what and who is counted, and who says so."""

    id: str
    report: str
    span: Span
    said: str
    measure: str
    group: str
    unit: str
    quantity: Quantity
    affiliation: str | None = None
    basis: Basis = "incident"
    part_of: str | None = None
    computed_from: tuple[str, ...] = ()
    alternatives: tuple[Quantity, ...] = ()
    modality: Modality = "asserted"
    attribution: tuple[Source, ...] = ()
    date: DateRange | None = None
    as_of: dt.date | None = None
    place: Place | None = None
    incident: str | None = None
    trigger: Span | None = None
    confidence: float = 0.5
    reader: str = ""

    @staticmethod
    def id_of(text_sha256: str, span: Span, measure: str) -> str:
        """The same words at the same place, read as the same measure, are the same claim for every reader."""
        return digest(text_sha256, span.part, span.start, span.end, measure)

    @property
    def speaker(self) -> Source | None:
        """The innermost named source that is not the publisher, or None."""
        return next((link for link in self.attribution if link.kind != "publisher"), None)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words around a claim say of its when, where and what, before anything is resolved.

    `kind` is an incident kind of FORMATS ("earthquake"); `aside` marks another event mentioned in passing; `aggregate`
    marks a figure over several incidents or a whole period. `section` numbers the stories of a page that tells of many
    (a day's digest, a timeline, a list of related stories), 0 where the page is one story.
    """

    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    kind: str | None = None
    aside: bool = False
    aggregate: bool = False
    section: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """Who says what, figures or not. `name` is the source as resolved ("he" to its name).

    `role`: the source says it, is cited for it, relays it ("quoted by the Globe"), or only wants, judges or plans it.
    `via` is the paper that was told it, and so passes it on.
    """

    report: str
    content: Span
    source: Span | None = None
    name: str | None = None
    kind: SourceKind | None = None
    cue: Span | None = None
    style: Literal["direct", "indirect", "mixed"] = "indirect"
    modality: Modality = "asserted"
    role: Literal["says", "cites", "relays", "wants"] = "says"
    via: Source | None = None


@dataclass(frozen=True, slots=True)
class Characterisation:
    """What an incident is called, or who is held responsible, as said by somebody; never adopted."""

    report: str
    span: Span
    said: str
    kind: Literal["label", "responsibility"]
    value: str
    modality: Modality = "asserted"
    attribution: tuple[Source, ...] = ()
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A quantity as read anywhere in the text, counted persons or not: ages and money too."""

    span: Span
    said: str
    quantity: Quantity
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """A numeral that is no figure, and why: ordinal, name, page, clock, address, phone, score …"""

    span: Span
    said: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader found in one report. `settings` maps a claim's id to what the words around it say."""

    report: str
    claims: tuple[Claim, ...] = ()
    settings: dict[str, Setting] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    characterisations: tuple[Characterisation, ...] = ()
    numbers: tuple[NumberMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    sentences: tuple[Span, ...] = ()
    offices: tuple[tuple[str, str], ...] = ()  # (official's full name, the state that the report says it is of)
    notices: tuple[Notice, ...] = ()


# ---- incidents ----


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a report stands among the others: whose copy it is, its family, credited origins, its incidents."""

    report: str
    copy_of: str | None = None
    family: str | None = None
    origins: tuple[str, ...] = ()
    incident: str | None = None
    incidents: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Why a claim belongs to an incident: a score from 0 to 1 and reasons a person understands."""

    claim: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    role: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Incident:
    """An event: neutral name (place and date, nothing else), kind from a closed list, and what is linked to it."""

    id: str
    name: str
    kind: str
    date: DateRange | None = None
    place: Place | None = None
    actors: tuple[Actor, ...] = ()
    aliases: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


# ---- findings ----

Status = Literal["disputed", "series", "superseded", "compatible", "agreed", "single"]


@dataclass(frozen=True, slots=True)
class SetAside:
    claim: str
    why: str


@dataclass(frozen=True, slots=True)
class Position:
    """What one party says or concedes, with the claims that say it."""

    party: str
    low: Number | None
    high: Number | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule set makes of the claims of one incident, measure, group and unit. Null is unknown, never zero."""

    incident: str
    measure: str
    group: str
    unit: str
    rules: str
    low: Number | None
    best: Number | None
    high: Number | None
    status: Status
    grade: str | None = None
    as_of: dt.date | None = None
    origins: int = 0
    parties: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    supports: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    conflicts: tuple[tuple[str, ...], ...] = ()
    derivation: tuple[str, ...] = ()


# ---- rulings ----


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided about words at a place. It binds to text hash, span and measure, not to a reader's claim.

    `action` is accept, reject, correct, link, unlink, merge, split, grade, note, unmask or withdraw; `values` holds
    what the action needs ({"value": 12}, {"incident": "…"}); `seq` orders rulings, later ones stand.
    """

    seq: int
    action: str
    who: str
    when: str
    why: str
    claim: str | None = None
    text_sha256: str | None = None
    span: Span | None = None
    measure: str | None = None
    values: dict[str, str | Number | None] = field(default_factory=dict)


# ---- the record ----


@dataclass(frozen=True, slots=True)
class Record:
    """Everything known of a set of reports; derived state is recomputed from reports and rulings, never patched."""

    reports: tuple[Report, ...] = ()
    placements: tuple[Placement, ...] = ()
    claims: tuple[Claim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    findings: tuple[Finding, ...] = ()
    statements: tuple[Statement, ...] = ()
    characterisations: tuple[Characterisation, ...] = ()
    readings: tuple[Reading, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    rules: tuple[str, ...] = ("range",)

    def claims_of(self, incident: str) -> Iterator[Claim]:
        return (claim for claim in self.claims if claim.incident == incident)
