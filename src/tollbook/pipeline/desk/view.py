"""What pages show of a record: an incident, a report, a claim, each from the part of the record around it.

Input: a view of the project, and a name. Output: the part, kept until something about it is ruled. Where the project
isn't linked up to date (another release wrote to it), the whole record is worked out: slow, never wrong.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tollbook.errors import UsageError
from tollbook.model import Claim, Incident, Reading, Record, Report
from tollbook.pipeline import histories
from tollbook.pipeline.around import Around, restricted
from tollbook.pipeline.asked import claims_of, named
from tollbook.pipeline.desk.decided import Index, Indexed
from tollbook.pipeline.desk.parts import Part, Parts
from tollbook.pipeline.history import History
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.lookup import find_id, find_incident
from tollbook.pipeline.project_folder import record as whole_record
from tollbook.pipeline.project_folder import texts_there
from tollbook.pipeline.regroup import MOVES
from tollbook.pipeline.remembered import Remembered
from tollbook.rulings import Action, bind, id_of, standing
from tollbook.store import Garbled, ShownIncident, Unit
from tollbook.store.shown import Shown

_EMPTY = hashlib.sha256(b"").hexdigest()


class View:
    """Parts of a project's record as coders see them: names are as the reports have them."""

    def __init__(self, folder: Path, rules: tuple[str, ...], parts: Parts, index: Index) -> None:
        self._folder, self._rules, self._parts, self._index = folder, rules, parts, index
        self._remembered = Remembered()
        self._turn = threading.Lock()
        self._whole: tuple[str, Record] | None = None

    def incidents(self, unit: Unit) -> list[ShownIncident]:
        """All incidents, those of most claims first."""
        if self.around(unit) is not None:
            found = unit.derived().shown.all()
        else:
            every = self.whole(unit).incidents
            found = [ShownIncident(one.id, one.name, len(one.claims), min(one.claims), one.aliases) for one in every]
        return sorted(found, key=lambda one: (-one.claims, one.name, one.id))

    def incident(self, name: str, unit: Unit) -> tuple[Record, Incident]:
        """The incident that is named, and the part of the record that is about it."""
        around = self.around(unit)
        if around is None:
            whole = self.whole(unit)
            one = find_incident(whole, name)
            return restricted(whole, {one.id}), one
        try:
            part = self.part(named(around, name), around).shown
        except Garbled:
            return self._of_whole(name, unit)
        return part, part.incidents[0]

    def part(self, row: ShownIncident, around: Around) -> Part:
        """The part of the record around an incident; what is shown of it is about that incident alone."""

        def work() -> Part:
            record = around.record([row.seed], {row.id}, self._rules)
            return Part(record, restricted(record, {row.id}))

        return self._parts.get(("incident", row.id), work)

    def _of_whole(self, name: str, unit: Unit) -> tuple[Record, Incident]:
        whole = self.whole(unit)
        one = find_incident(whole, name)
        return restricted(whole, {one.id}), one

    def report(self, name: str, unit: Unit) -> Record:
        """One report with its text, claims, reading and the rulings about it; its incidents and their findings."""
        told = unit.report(name)
        if told is None:
            raise UsageError(f"no report '{name}'", advice="look for it among the incident's reports")
        around = self.around(unit)
        if around is None or around.linking.derived.known(name) is None:
            return about_report(self.whole(unit), name)
        for part in self._parts.about(told.text_sha256):
            homes = [one.incident for one in part.whole.claims if one.report == name]
            if homes and {*homes} == {one.id for one in part.shown.incidents}:
                return about_report(part.whole, name)
        return self._parts.get(("report", name), lambda: self._of_report(name, around, unit)).shown

    def _of_report(self, name: str, around: Around, unit: Unit) -> Part:
        known = around.linking.derived.known(name)
        assert known is not None
        told = unit.report(name)
        rulings = tuple(Indexed(self._index, unit).about([told.text_sha256] if told else []))
        made = [id_of(one) for one in rulings if one.action == Action.CLAIM]
        if made or around.linking.claims_of(name):
            record = around.of_report(name, self._rules, made)
            if any(one.id == name for one in record.reports):  # not where the only claim by hand was taken back
                return Part(record, about_report(record, name))
        report = around.linking.read(known[0])  # one without any claim
        reading = unit.reading(name) or Reading(name)
        alone = Record((report,), readings=(reading,), statements=reading.statements, rulings=rulings)
        return Part(alone, alone)

    def claim(self, name: str, unit: Unit) -> tuple[Record, Claim]:
        """The claim of an id, or the beginning of one, and its report."""
        around = self.around(unit)
        if around is None:
            claims = {one.id: one for one in self.whole(unit).claims}
            one = claims[find_id(name, claims, "claim")]
            return about_report(self.whole(unit), one.report), one
        only, report = _place(name, around, unit)
        part = self.report(report, unit)
        return part, next(one for one in part.claims if one.id == only)

    def claim_alone(self, name: str, unit: Unit) -> tuple[Record, Claim] | None:
        """The same with nothing of its incidents; None where only these can tell what became of it."""
        around = self.around(unit)
        if around is None:
            return None
        only, report = _place(name, around, unit)
        leaf = self._leaf(report, around, unit)
        return None if leaf is None else (leaf, next(one for one in leaf.claims if one.id == only))

    def leaf(self, name: str, unit: Unit) -> Record | None:
        """One report with its text, claims, reading and the rulings about it, and nothing of its incidents.

        It is quick however large these are; None where people moved claims of it, or made some, so that only the part
        of the record can tell what became of them.
        """
        around = self.around(unit)
        known = around is not None and around.linking.derived.known(name) is not None
        return self._leaf(name, around, unit) if around is not None and known else None

    def _leaf(self, name: str, around: Around, unit: Unit) -> Record | None:
        told = unit.report(name)
        rulings = Indexed(self._index, unit).about([told.text_sha256] if told else [])
        if any(one.action in MOVES for one in standing(rulings)):
            return None
        report, reading, settled = around.alone(name)
        found = bind(rulings, settled, {name: report.text_sha256})
        shown = around.linking.derived.shown
        claims = tuple(replace(one, incident=_home(one, unit, shown)) for one in settled)
        every = tuple(sorted((*found.bound, *found.loose), key=lambda one: one.seq))
        return Record((report,), claims=claims, readings=(reading,), statements=reading.statements, rulings=every)

    def history(self, name: str, unit: Unit) -> History:
        """Every field's history, of a claim or an incident."""
        around = self.around(unit)
        if around is not None:
            with suppress(Garbled):
                return histories.history_in(around, unit, self._folder, name)
        return histories.history(self._folder, name)

    def whole(self, unit: Unit) -> Record:
        """The whole record, worked out once for each end of the log."""
        last = unit.head()
        at = last.hash if last else ""
        with self._turn:
            if self._whole is None or self._whole[0] != at:
                self._whole = (at, whole_record(self._folder, rules=self._rules))
            return self._whole[1]

    def forget(self) -> None:
        """Let go of the whole record."""
        with self._turn:
            self._whole = None

    def is_current(self, unit: Unit) -> bool:
        """True where parts can be told."""
        return self.around(unit) is not None

    def around(self, unit: Unit) -> Around | None:
        """The parts of the record, None where they can't be told."""
        linking = Linking(unit, self._folder, unit.reader(), texts=texts_there(self._folder))
        around = Around(unit, self._folder, linking, Indexed(self._index, unit), self._remembered)
        return around if around.is_current else None


def _place(name: str, around: Around, unit: Unit) -> tuple[str, str]:
    """The id of the claim that is named, and its report; that of one made by hand is told by its text."""
    only = find_id(name, claims_of(around, name), "claim")
    numbers = around.linking.reports_with(only)
    if numbers:
        return only, around.linking.derived.report(numbers[0])[0]
    return only, unit.reports_of(around.by_hand(only)[only])[0]


def _home(claim: Claim, unit: Unit, shown: Shown) -> str | None:
    """The incident of a claim as it is called now."""
    home = unit.home(claim.id) if claim.incident is not None else None
    known = shown.of(home) if home is not None else None
    return known.id if known is not None else None


def is_gone(report: Report) -> bool:
    """True where the archive no longer has the text of a report, or not as it was."""
    return not report.text and report.text_sha256 != _EMPTY


def about_report(record: Record, name: str) -> Record:
    """What of a record is about one report."""
    claims = tuple(one for one in record.claims if one.report == name)
    there = {one.incident for one in claims}
    report = next(one for one in record.reports if one.id == name)
    return replace(
        record,
        reports=(report,),
        placements=tuple(one for one in record.placements if one.report == name),
        claims=claims,
        incidents=tuple(one for one in record.incidents if one.id in there),
        findings=tuple(one for one in record.findings if one.incident in there),
        grades=tuple(one for one in record.grades if one.incident in there),
        statements=tuple(one for one in record.statements if one.report == name),
        characterisations=tuple(one for one in record.characterisations if one.report == name),
        readings=tuple(one for one in record.readings if one.report == name),
        rulings=tuple(one for one in record.rulings if one.text_sha256 in (None, report.text_sha256)),
    )
