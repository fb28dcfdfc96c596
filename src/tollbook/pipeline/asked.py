"""What a person asks of a project, answered from the part of the record that it rests on, else from the whole record.

Input: the folder, and an incident, figure or claim by its id, a beginning of it, or a name. Output: the record as far
as it is about that. The whole record is worked out only where the part can't be told: for an earlier day, and where
reports have come that are not linked yet or were linked by other code; the next `add` links them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tollbook.dossiers.clues import Told, heard
from tollbook.dossiers.wordlists import load_name_words
from tollbook.errors import UsageError
from tollbook.lexicon import load_taxonomy
from tollbook.model import Incident, Record
from tollbook.pipeline.analyse import source_book
from tollbook.pipeline.around import Around, restricted
from tollbook.pipeline.lookup import Figure, find_figure, find_incident, find_target
from tollbook.pipeline.project_folder import open_project, overlays_of
from tollbook.pipeline.project_folder import record as whole_record
from tollbook.store import Garbled, ShownIncident

if TYPE_CHECKING:
    from tollbook.dossiers.value import Dossier
    from tollbook.findings import RuleSet

T = TypeVar("T")
Rules = Sequence["str | RuleSet"]
ID = re.compile(r"[0-9a-f]{4,}")
# So many ids with one beginning are told apart. In a record of more reports, what nothing is called by is told so
# without working out all that there is.
MOST, _LARGE = 1000, 2000


def incident(
    folder: Path, given: str, *, rules: Rules = ("range",), as_of: dt.date | None = None
) -> tuple[Record, Incident]:
    """The incident that `given` names, and the record as far as it is about it.

    Raises UsageError with the choices where there is none, or more than one.
    """

    def part(around: Around) -> tuple[Record, Incident]:
        record = _record_of(named(around, given), around, rules)
        return record, record.incidents[0]

    def whole() -> tuple[Record, Incident]:
        record = whole_record(folder, rules=rules, as_of=as_of)
        one = find_incident(record, given)
        return restricted(record, {one.id}), one

    return part_or_whole(folder, part, whole, as_of)


def dossier(
    folder: Path, given: str, *, rules: Rules = ("range",), as_of: dt.date | None = None, quoted: bool = True
) -> Dossier:
    """The dossier of one incident. Who is masked is decided by all reports of the record, and numbered in this part.

    Without `quoted` it has no words of reports.
    """
    from tollbook.dossiers.build import build  # on first need: it brings the writers of pages

    book = source_book(overlays_of(folder))

    def part(around: Around) -> Dossier:
        return build(_record_of(named(around, given), around, rules), sources=book, told=around.told, quoted=quoted)

    def whole() -> Dossier:
        record = whole_record(folder, rules=rules, as_of=as_of)
        one = find_incident(record, given)
        return build(restricted(record, {one.id}), sources=book, told=told_in(record, folder), quoted=quoted)

    return part_or_whole(folder, part, whole, as_of)


def target(
    folder: Path, given: str, *, rules: Rules = ("range",), as_of: dt.date | None = None
) -> tuple[Record, Figure | Incident]:
    """The figure, the figure of a claim, or the incident that `given` names, and a record that has all about it.

    Raises UsageError with the choices where there is none, or more than one.
    """

    def part(around: Around) -> tuple[Record, Figure | Incident] | None:
        return _target(around, given, rules)

    def whole() -> tuple[Record, Figure | Incident]:
        record = whole_record(folder, rules=rules, as_of=as_of)
        return record, find_target(record, given)

    return part_or_whole(folder, part, lambda: None, as_of) or whole()


def told_in(record: Record, folder: Path) -> Told:
    """What the reports of a whole record say about names."""
    credits = {one.report: one.origins for one in record.placements}
    readings = {one.report: one for one in record.readings}
    told = [(report, readings[report.id], credits[report.id]) for report in record.reports]
    return heard(told, load_name_words(), source_book(overlays_of(folder)))


def part_or_whole(folder: Path, part: Callable[[Around], T], whole: Callable[[], T], as_of: dt.date | None) -> T:
    """What `part` says where it can, else what `whole` does."""
    if as_of is None:
        try:
            with open_project(folder) as store, store.read() as unit:
                around = Around(unit, folder)
                if around.is_current:
                    return part(around)
        except Garbled:
            pass
    return whole()


def _record_of(row: ShownIncident, around: Around, rules: Rules) -> Record:
    return restricted(around.record([row.seed], {row.id}, rules), {row.id})


# ---- what is meant ----


def named(around: Around, given: str) -> ShownIncident:
    """The incident of an id, the beginning of one, or a name, as `find_incident` finds it."""
    shown = around.linking.derived.shown
    exact = shown.of(given)
    if exact is not None:
        return exact
    beginning = shown.beginning(given, 2) if ID.fullmatch(given) else []
    called = shown.called(given.strip())
    found = shown.of(beginning[0]) if len(beginning) == 1 else called[0] if len(called) == 1 else None
    if found is not None:
        return found
    rows = {row.id: row for row in shown.all()}
    stand_ins = tuple(
        Incident(row.id, row.name, "other", claims=("",) * row.claims, aliases=row.aliases) for row in rows.values()
    )
    return rows[find_incident(Record(incidents=stand_ins), given).id]


def _target(around: Around, given: str, rules: Rules) -> tuple[Record, Figure | Incident] | None:
    """What is meant, where an incident or a claim is named; None where only all figures of a record can tell."""
    parts = given.split("/")
    start = next((number for number, part in enumerate(parts) if part in load_taxonomy().measures), None)
    if start:
        row = named(around, "/".join(parts[:start]))
        record = around.record([row.seed], {row.id}, rules)
        return record, find_figure(record, given)
    if start is None:
        told = _of_claim(around, given, rules) or _of_incident(around, given, rules)
        if told is not None:
            return told
    elif around.linking.reports > _LARGE:
        raise UsageError(f"'{given}' is a figure of many incidents", advice=f"write INCIDENT/{given}")
    return None


def _of_claim(around: Around, given: str, rules: Rules) -> tuple[Record, Figure] | None:
    """The figure of a claim; None where no claim of an incident, or more than one, is named so."""
    found = claims_of(around, given)
    if len(found) != 1:
        return None
    home = next((one.incident for one in around.record(found, (), rules).claims if one.id in found), None)
    if home is None:
        return None
    record = around.record(found, {home}, rules)
    return record, find_figure(record, found[0])


def _of_incident(around: Around, given: str, rules: Rules) -> tuple[Record, Incident] | None:
    """An incident; None where a small record, as a whole, can tell better what is wrong with its name."""
    try:
        record = _record_of(named(around, given), around, rules)
    except UsageError:
        if around.linking.reports > _LARGE:
            raise
        return None
    return record, record.incidents[0]


def claims_of(around: Around, given: str) -> list[str]:
    """The claims whose id is `given` or begins with it, those made by hand too."""
    derived = around.linking.derived
    if derived.nodes(given):
        return [given]
    return sorted({*derived.claims_beginning(given, MOST), *around.by_hand(given)}) if ID.fullmatch(given) else []
