"""What a reader finds in a report: claims, who says so, and the layers beneath them."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Literal

from tollbook.model.quantities import Quantity
from tollbook.model.reports import Notice
from tollbook.model.settings import DateRange, Place, PlaceMention, TimeMention
from tollbook.model.spans import Span, digest
from tollbook.values import dataclass

# What reads the rows of spreadsheets, and makes their texts.
SHEET = "sheet@1"
Basis = Literal["incident", "increment", "part", "rate", "aggregate"]
Roster = Literal["row", "member"]
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
    """One figure that a report claims: exact words, typed quantity, what and who is counted, and who says so.

    `beside` is the claim said before it to whose people its own come on top ("a leader and two others").
    `toll` is true where the words call it a total ("the toll is 42"), so that it goes into no other figure.
    `roster` is "row" where nobody states the number, for people told of one by one are counted, and "member" where
    somebody who is one of them is claimed by itself.
    """

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
    beside: str | None = None
    toll: bool | None = None
    roster: Roster | None = None
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
    def is_of_sheet(self) -> bool:
        """True for a cell of a spreadsheet: what somebody compiled, of whose evidence nothing is known yet."""
        return self.reader.startswith("sheet@")

    @property
    def speaker(self) -> Source | None:
        """The innermost named source that is not the publisher, or None."""
        return next((link for link in self.attribution if link.kind != "publisher"), None)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words around a claim say of its when, where and what, before anything is resolved.

    `kind` is an incident kind of FORMATS ("earthquake"); `aside` marks another event mentioned in passing; `aggregate`
    marks a figure over several incidents or a whole period. `section` numbers the stories of a page that tells of many
    (a day's digest, a timeline, a list of related stories), 0 where the page is one story. `as_of` is a day up to which
    the words say the figure counts ("by 18 March"), None where they say none. `thread` is how the words go on: with a
    "turn" to another event ("meanwhile"), with what came "next" ("later"), "again" with the one before ("those
    clashes"), with "several" at once, or with a "part" of a toll told by place ("two in Orune, five in …").
    """

    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    kind: str | None = None
    aside: bool = False
    aggregate: bool = False
    section: int = 0
    as_of: TimeMention | None = None
    thread: str = ""


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
    """All that a reader found in one report. `settings` maps a claim's id to what the words around it say;
    `event_times` are the spans of those times that an event is named by ("the 9 May quake").
    """

    report: str
    claims: tuple[Claim, ...] = ()
    settings: dict[str, Setting] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    characterisations: tuple[Characterisation, ...] = ()
    numbers: tuple[NumberMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    around: tuple[PlaceMention, ...] = ()  # demonyms, the state after a town: what they speak of, no place
    ignored: tuple[Ignored, ...] = ()
    sentences: tuple[Span, ...] = ()
    event_times: tuple[Span, ...] = ()
    offices: tuple[tuple[str, str], ...] = ()  # (official's full name, the state that the report says it is of)
    notices: tuple[Notice, ...] = ()
