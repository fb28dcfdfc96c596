"""A page for each source: all that it said, in order of time, and what became of it.

Input: a `Site`. Output: `sources.html`, and a page for each source that has a row in some matrix. Worked: the Flood
Office's page has "≥ 12 killed" of 7 May, in which incident, with the words, "set aside: a later total stands", and that
the Cadmer Post printed the same again; further down what it relayed of others.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tollbook.dossiers.site.frame import Site
from tollbook.dossiers.sources import key_of
from tollbook.dossiers.value import Cell, Column, Dossier, Entry, Page, Row

# Behind such a name stands whoever was asked that day.
_MANY = frozenset({"unnamed", "witness", "person", "medics"})


@dataclass(frozen=True, slots=True)
class Said:
    """One figure of a source: on which page, in which cell, of what, and the day up to which it counts, else of its
    report, empty where neither is known.
    """

    page: Page
    row: Row
    cell: Cell
    column: Column
    entry: Entry
    day: str


@dataclass
class Voice:
    """A source: its name, its kinds, what it said itself, and what it relayed of others, each in order of time."""

    name: str
    file: str = ""
    kinds: list[str] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    relayed: list[Said] = field(default_factory=list)

    @property
    def many(self) -> bool:
        """True where different people may stand behind the name."""
        return not self.name.startswith("[") and not _MANY.isdisjoint(self.kinds)

    @property
    def rows(self) -> list[Row]:
        """The rows of all matrices that are this source's."""
        return list({(one.page.slug, one.row.ref): one.row for one in self.said}.values())

    @property
    def pages(self) -> list[Page]:
        return list({one.page.slug: one.page for one in self.said}.values())


def voices(dossier: Dossier) -> list[Voice]:
    """Every source that has a figure of its own, by name."""
    issued = {report.ref: report.issued for report in dossier.reports}
    found: dict[str, Voice] = {}
    relays: dict[str, list[Said]] = defaultdict(list)
    for one in _every(dossier, issued):
        voice = found.setdefault(key_of(one.row.name), Voice(one.row.name))
        voice.said.append(one)
        voice.kinds += [] if one.row.kind in voice.kinds else [one.row.kind]
        for name in {key_of(link.name) for link in one.entry.chain} - {key_of(one.row.name)}:
            relays[name].append(one)
    for key, voice in found.items():
        voice.relayed = relays.get(key, [])
        for some in (voice.said, voice.relayed):
            some.sort(key=lambda one: (not one.day, one.day, int(one.entry.ref[1:])))
    ordered = sorted(found.values(), key=lambda voice: (key_of(voice.name), voice.name))
    for voice, file in zip(ordered, _files(ordered), strict=True):
        voice.file = file
    return ordered


def _every(dossier: Dossier, issued: Mapping[str, str]) -> Iterator[Said]:
    for page in dossier.pages:
        for row in page.rows:
            for column, cell in zip(page.columns, row.cells, strict=True):
                for entry in cell.entries if cell else ():
                    day = entry.as_of_day.isoformat() if entry.as_of_day else issued.get(entry.report, "")
                    yield Said(page, row, cell, column, entry, day)  # type: ignore[arg-type]


def _files(ordered: list[Voice]) -> Iterator[str]:
    """A safe file name for each, from its masked name; one that comes twice is numbered."""
    taken: dict[str, int] = {}
    for voice in ordered:
        bare = unicodedata.normalize("NFKD", voice.name).encode("ascii", "ignore").decode().lower()
        slug = f"source-{re.sub(r'[^a-z0-9]+', '-', bare).strip('-')[:60].strip('-')}".rstrip("-")
        taken[slug] = taken.get(slug, 0) + 1
        yield f"{slug}.html" if taken[slug] == 1 else f"{slug}-{taken[slug]}.html"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The list of sources, and one file a source."""
    if not site.dossier.pages:
        return
    every = voices(site.dossier)
    styles = ("pages.css",)
    yield "sources.html", site.page("sources.html", styles=styles, voices=every)
    for voice in every:
        yield voice.file, site.page("source.html", styles=styles, voice=voice)
