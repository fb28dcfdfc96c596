"""A reader for one form of sentence, so that a project can be tested with words whose reading is beyond doubt.

"12 people were killed in Arvelle on 1 May 2031." gives one claim with its time and place; all else gives none.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tollbook.model import (
    Claim,
    Finding,
    Place,
    PlaceMention,
    Quantity,
    Reading,
    Record,
    Report,
    Setting,
    Source,
    Span,
    TimeMention,
)
from tollbook.pipeline.project import Reader, Stamp
from tollbook.store import Event, open_in
from tollbook.store.address import parse
from tollbook.store.place import DATABASE, STORE
from tollbook.store.postgres_session import Session

# The stores that a module's tests run with, and the mark of a test that is about a SQLite file.
BOTH = ["sqlite", "postgresql"]
SQLITE = pytest.mark.parametrize("folder", ["sqlite"], indirect=True)

ANN = Stamp("ann", "2031-05-09T08:00:00Z")
BEN = Stamp("ben", "2031-05-10T08:00:00Z")

PLACES = {"Arvelle": Place("Arvelle", 1, 10.0, 10.0, "XA"), "Dorn": Place("Dorn", 2, 40.0, 40.0, "XB")}
FORM = re.compile(
    r"(?P<said>(?P<value>\d+) (?P<who>people|women|children)) were (?P<measure>killed|injured|missing)"
    r" in (?P<place>Arvelle|Dorn) on (?P<when>(?P<day>\d+) May (?P<year>\d{4}))(?:, (?P<source>[A-Z]\w+) said)?"
)
GROUPS = {"people": "all"}


def read_plain(reports: Sequence[Report]) -> tuple[Reading, ...]:
    return tuple(_read(report) for report in reports)


def read_wide(reports: Sequence[Report]) -> tuple[Reading, ...]:
    """A newer reader, whose spans hold the verb too and so have other ids."""
    return tuple(_read(report, wide=True) for report in reports)


PLAIN = Reader(read_plain, "plain@1")
WIDE = Reader(read_wide, "plain@2")


def _read(report: Report, *, wide: bool = False) -> Reading:
    claims, settings = [], {}
    times: list[TimeMention] = []
    places: list[PlaceMention] = []
    for found in FORM.finditer(report.text):
        span = Span(found.start("said"), found.end("measure") if wide else found.end("said"))
        name = Claim.id_of(report.text_sha256, span, found["measure"])
        chain = (Source(found["source"], "organisation", "said"),) if found["source"] else ()
        publisher = (Source(report.publisher, "publisher"),) if report.publisher else ()
        claims.append(
            Claim(
                name, report.id, span, span.of(report.text), found["measure"], GROUPS.get(found["who"], found["who"]),
                "person", Quantity.exact(int(found["value"])), attribution=(*chain, *publisher), reader="plain",
            )
        )  # fmt: skip
        when, where = Span(*found.span("when")), Span(*found.span("place"))
        time = TimeMention(
            when, found["when"], "DATE", f"{found['year']}-05-{int(found['day']):02}",
            year=int(found["year"]), month=5, day=int(found["day"]),
        )  # fmt: skip
        times.append(time)
        places.append(PlaceMention(where, found["place"], PLACES[found["place"]]))
        settings[name] = Setting((time,), (places[-1],), "flood")
    sentences = tuple(Span(*found.span()) for found in re.finditer(r"[^.\s][^.]*\.", report.text))
    return Reading(report.id, tuple(claims), settings, times=tuple(times), places=tuple(places), sentences=sentences)


def write(folder: Path, texts: dict[str, str]) -> list[Path]:
    folder.mkdir(exist_ok=True)
    paths = []
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    return paths


TEXTS = {
    "a.txt": "A flood came. 12 people were killed in Arvelle on 1 May 2031, Board said. "
    "30 people were injured in Arvelle on 1 May 2031.",
    "b.txt": "Days later: 14 people were killed in Arvelle on 1 May 2031, Clinic said. "
    "3 children were killed in Arvelle on 1 May 2031.",
    "c.txt": "The year before, 40 people were killed in Dorn on 7 May 2030. That was another river.",
    "d.txt": "No figure is told here, and nobody is counted in these plain words about water.",
    "e.txt": "14 people were killed in Arvelle on 1 May 2031, Board said. "
    "5 people were missing in Dorn on 7 May 2030, Clinic said.",
}


# ---- what tests ask of a project ----


def log(folder: Path) -> list[Event]:
    with open_in(folder) as store, store.read() as unit:
        return list(unit.events())


def edit(folder: Path, *statements: str) -> None:
    """Do what only somebody who goes round the program does; in SQLite's words."""
    if (folder / DATABASE).exists():
        with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        return
    with closing(Session(parse(tomllib.loads((folder / STORE).read_text())["address"]))) as session:
        for statement in statements:
            session.run(
                re.sub(
                    r"x'(\w+)'", r"'\\x\1'", statement.replace("TRIGGER events_stay", "TRIGGER events_stay ON events")
                )
            )


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def groups(found: Record) -> set[tuple[str, ...]]:
    return {one.claims for one in found.incidents}


def nameless(found: Record) -> list[Finding]:
    """Findings with the claims of their incident in place of its id."""
    members = {one.id: "+".join(one.claims) for one in found.incidents}
    return sorted((replace(one, incident=members[one.incident]) for one in found.findings), key=repr)


def claim(found: Record, said: str, measure: str = "killed", report: str | None = None) -> Claim:
    return next(
        one for one in found.claims if one.said == said and one.measure == measure and report in (None, one.report)
    )


def figure(found: Record, measure: str = "killed", group: str = "all", year: int = 2031) -> Finding:
    years = {one.id: one.date.start.year for one in found.incidents if one.date}
    return next(
        one for one in found.findings if (one.measure, one.group, years.get(one.incident)) == (measure, group, year)
    )
