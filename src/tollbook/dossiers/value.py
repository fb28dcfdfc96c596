"""What a dossier is made of: values ready to be written, every text in them already masked.

Input: nothing; these are the nouns that `build` fills and the writers read. Output: one `Dossier` with a `Page` for
each incident. Worked: the sentence "At least 40 people died, Dr Orsa Lindal said." becomes an `Entry` whose `words`
are ("", "At least 40 people", " died, [name 1] said."), shown in the `Cell` of the row "[name 1]", column "killed".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from tollbook.dossiers.decided import Decided, Redacted
from tollbook.dossiers.methods import Method
from tollbook.dossiers.moved import Arrived, Moved
from tollbook.dossiers.reported import Reference as Reference
from tollbook.dossiers.told import Moment, Toll, Voices
from tollbook.dossiers.totals import Graded, Summed
from tollbook.lexicon.nearby import Town
from tollbook.model import DateRange, Number, Place, Quantity
from tollbook.rulings import Named, Stage
from tollbook.values import dataclass

Verdict = Literal["supports", "set aside", "not used"]


@dataclass(frozen=True, slots=True)
class Words:
    """The exact words of a figure between the words that stand around them in the same sentence, names masked."""

    before: str
    said: str
    after: str


@dataclass(frozen=True, slots=True)
class Origin:
    """One link of an attribution chain: the source's name as it may be shown, what kind it is, by which cue word."""

    name: str
    kind: str
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one rule set did with a claim, and why."""

    rules: str
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim as a dossier shows it.

    `ref` ("c12") is its number within the dossier; no id that was hashed from unmasked text leaves the record. `key` is
    the same at every build: the record's id under the project's secret, empty where there is none.
    `start` and `end` are None where the report has a masked name: they would tell how long it is.
    `figure` is the quantity in signs ("≥ 40"), `copies` the reports ("R7") that repeat it and are folded into it,
    `conflicts` the rule sets by which it can't be true together with another claim, `remarks` plain words on what it
    is ("a part of a larger figure", "denied") and `rulings` what people decided about it. `stage` is how far it was
    checked (`rulings.Stage`), `decision` what came of that: "accepted", "rejected", or empty where nobody decided.
    """

    ref: str
    report: str
    start: int | None
    end: int | None
    part: str
    words: Words
    measure: str
    group: str
    unit: str
    quantity: Quantity
    figure: str
    stated: str
    modality: str
    basis: str
    affiliation: str | None
    chain: tuple[Origin, ...]
    date: str
    as_of: str
    place: Place | None
    published: str
    copies: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    conflicts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    rulings: tuple[str, ...] = ()
    dates: DateRange | None = None
    as_of_day: dt.date | None = None
    key: str = ""
    stage: Stage = Stage.OPEN
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says of one measure: its distinct figures in order of time, and the entries that carry them."""

    ref: str
    entries: tuple[Entry, ...]
    conflicts: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.figure for entry in self.entries))

    @property
    def copies(self) -> int:
        return len({copy for entry in self.entries for copy in entry.copies})


@dataclass(frozen=True, slots=True)
class Row:
    """One source of the matrix: its name, its kind, the party or family of voices it stands under, a cell or None a
    column.
    """

    ref: str
    name: str
    kind: str
    party: str
    cells: tuple[Cell | None, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows that stand under one heading."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """One thing that is said of a column's figure: "613", by these sources (name, cell ref); `why` it was set aside,
    if it was.
    """

    figure: str
    low: Number | None
    high: Number | None
    sources: tuple[tuple[str, str], ...]
    note: str = ""
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """What one rule set makes of a column: the finding in signs and words, its status and how it was worked out.

    `status` is the finding's, or "nothing stands". `supports` are the refs of the claims that carry it, `set_aside`
    those of the others with the reason.
    """

    rules: str
    figure: str
    low: Number | None
    best: Number | None
    high: Number | None
    status: str
    grade: str | None
    as_of: str
    origins: int
    parties: tuple[str, ...]
    standing: tuple[Stance, ...]
    aside: tuple[Stance, ...]
    derivation: tuple[str, ...]
    as_of_day: dt.date | None = None
    supports: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is counted: measure, group and unit, all that is said of it and what the rule sets make of it."""

    ref: str
    label: str
    measure: str
    group: str
    unit: str
    stances: tuple[Stance, ...]
    ruled: tuple[Ruled, ...]

    @property
    def disputed(self) -> bool:
        return any(ruled.status == "disputed" for ruled in self.ruled)


@dataclass(frozen=True, slots=True)
class Called:
    """What somebody calls the incident, or whom somebody holds responsible; never adopted."""

    kind: str
    value: str
    denied: bool
    by: str
    report: str
    words: Words


@dataclass(frozen=True, slots=True)
class Page:
    """One incident: its neutral name and everything that is said of it.

    `named` are the sides and actors that rulings name, by the column of exports they are for. `aliases` are the keys
    that the incident had before others were merged into it. `reach` is how far from its place's degrees it may lie, km.
    """

    slug: str
    name: str
    kind: str
    date: DateRange | None
    place: Place | None
    actors: tuple[tuple[str, str, str], ...]
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    moments: tuple[Moment, ...]
    voices: Voices
    called: tuple[Called, ...]
    reports: tuple[Reference, ...]
    rulings: tuple[str, ...]
    claims: int
    named: Mapping[str, Named] = field(default_factory=dict)
    key: str = ""
    grade: Graded | None = None
    aliases: tuple[str, ...] = ()
    reach: float = 0.0
    tolls: tuple[Toll, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for band in self.bands for row in band.rows)

    @property
    def entries(self) -> Iterator[Entry]:
        """Every claim of the page once, by column, then by row."""
        for index in range(len(self.columns)):
            for row in self.rows:
                cell = row.cells[index]
                if cell is not None:
                    yield from cell.entries

    @property
    def findings(self) -> Iterator[tuple[Column, Ruled]]:
        """What each rule set makes of each thing that is counted, behind what that is."""
        for column in self.columns:
            for ruled in column.ruled:
                yield column, ruled


@dataclass(frozen=True, slots=True)
class Dossier:
    """All pages, all reports, the rule sets by which figures were worked out, and what was masked.

    `as_of` is the day, in words, after which no report is told of; empty where all are. `rules` are those that made a
    figure ("acled@1"), `asked` the names of all by which figures were wanted. `key` tells projects apart and nothing
    else; empty where there is no secret. `towns` are for orientation on maps, the largest first;
    `moved` are the figures that reports and rulings moved, `arrived` the reports by which, as far as is known.
    """

    pages: tuple[Page, ...]
    reports: tuple[Reference, ...]
    loose: tuple[Entry, ...]
    rules: tuple[str, ...]
    masked: int
    unmasked: tuple[str, ...]
    version: str
    as_of: str = ""
    asked: tuple[str, ...] = ()
    key: str = ""
    totals: tuple[Summed, ...] = ()
    redactions: tuple[Redacted, ...] = ()
    rulings: tuple[Decided, ...] = ()
    methods: tuple[Method, ...] = ()
    towns: tuple[Town, ...] = ()
    moved: tuple[Moved, ...] = ()
    arrived: tuple[Arrived, ...] = ()

    @property
    def entries(self) -> Iterator[Entry]:
        """Every claim that is shown, once: those of each page, then those of no incident."""
        for page in self.pages:
            yield from page.entries
        yield from self.loose
