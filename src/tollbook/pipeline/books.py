"""What a ruling asks of a record: the claim or incident that is named, the report, whether a name occurs.

Input: a project's folder and a question. Output: its answer, from the part of the record that it is about where that
can be told, else from the whole record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from tollbook.dossiers.clues import person_of
from tollbook.dossiers.cues import keys_of
from tollbook.model import Claim, Record, Report, Ruling
from tollbook.pipeline.around import Around
from tollbook.pipeline.asked import ID, MOST, claims_of, named, part_or_whole
from tollbook.pipeline.lookup import find_id, find_incident
from tollbook.pipeline.project_folder import record as whole_record
from tollbook.pipeline.withholding import Stretch, check_name, find_stretch, report_names
from tollbook.rulings import HAND, Value

T = TypeVar("T")


def asked(folder: Path, question: Callable[[Book], T]) -> T:
    """What a question to the record comes to, asked of the parts that it is about."""
    return part_or_whole(
        folder, lambda around: question(PartBook(around)), lambda: question(WholeBook(whole_record(folder))), None
    )


class AsksAll(Exception):
    """Only the whole record can tell."""


class Book(Protocol):
    """What a ruling asks of a record: the rulings so far, and what ids and names stand for."""

    @property
    def rulings(self) -> Sequence[Ruling]: ...

    def find(self, given: str, what: str) -> Claim | str:
        """The claim, or the id of the incident, that is named; UsageError where there is none, or more than one."""
        ...

    def stretch(self, given: str, values: Mapping[str, Value]) -> Stretch | None:
        """The report, or the words of it, that are named."""
        ...

    def incident(self, given: str) -> str:
        """The id of the incident that is named."""
        ...

    def text_of(self, claim: Claim) -> str:
        """The hash of the text of a claim."""
        ...

    def claims_in(self, report: Report) -> Sequence[Claim]:
        """The claims of a report, each with the incident it belongs to."""
        ...

    def check_name(self, name: str) -> None:
        """Raises UsageError where a name occurs nowhere."""
        ...


class WholeBook:
    """Asks a whole record."""

    def __init__(self, record: Record) -> None:
        self._record, self.rulings = record, record.rulings

    def find(self, given: str, what: str) -> Claim | str:
        claims = {claim.id: claim for claim in self._record.claims}
        incidents = {name: one.id for one in self._record.incidents for name in (one.id, *one.aliases)}
        named = [one.id for one in self._record.incidents if one.name.casefold() == given.casefold()]
        found = named[0] if len(named) == 1 else find_id(given, {*claims, *incidents}, what)
        return claims.get(found) or incidents[found]

    def stretch(self, given: str, values: Mapping[str, Value]) -> Stretch | None:
        return find_stretch(self._record, given, values)

    def incident(self, given: str) -> str:
        return find_incident(self._record, given).id

    def text_of(self, claim: Claim) -> str:
        return next(report.text_sha256 for report in self._record.reports if report.id == claim.report)

    def claims_in(self, report: Report) -> Sequence[Claim]:
        return [claim for claim in self._record.claims if claim.report == report.id]

    def check_name(self, name: str) -> None:
        check_name(self._record, name)


class PartBook:
    """Asks the part of a record that each question is about."""

    def __init__(self, around: Around) -> None:
        self._around = around

    @property
    def rulings(self) -> Sequence[Ruling]:
        return self._around.rulings

    def find(self, given: str, what: str) -> Claim | str:
        shown = self._around.linking.derived.shown
        called = shown.called(given)
        if len(called) == 1:
            return called[0].id
        ids = [given] if shown.of(given) else shown.beginning(given, MOST) if ID.fullmatch(given) else []
        found = find_id(given, {*claims_of(self._around, given), *ids}, what)
        one = shown.of(found)
        return self._claim(found) if one is None else one.id

    def stretch(self, given: str, values: Mapping[str, Value]) -> Stretch | None:
        linking = self._around.linking
        derived = linking.derived
        if claims_of(self._around, given) or derived.shown.of(given):  # no look at the ends of all reports' ids
            numbers = {known[0] for known in [derived.known(given)] if known}
        else:
            numbers = {number for name in report_names(given) for number in derived.reports_named(name)}
        return find_stretch(Record(reports=tuple(map(linking.read, sorted(numbers)))), given, values)

    def _claim(self, name: str) -> Claim:
        return next(one for one in self._around.record([name], (), ()).claims if one.id == name)

    def incident(self, given: str) -> str:
        return named(self._around, given).id

    def text_of(self, claim: Claim) -> str:
        made = self._around.by_hand(claim.id).get(claim.id) if claim.reader == HAND else None
        return made or next(map(self._around.linking.text_of, self._around.linking.reports_with(claim.id)))

    def claims_in(self, report: Report) -> Sequence[Claim]:
        own = [claim.id for claim in self._around.read_in(report)]
        return [claim for claim in self._around.record(own, (), ()).claims if claim.report == report.id]

    def check_name(self, name: str) -> None:
        keys, told = keys_of(name), self._around.told
        persons = (person_of(detail).keys for detail in told.details("person", keys[-1])) if keys else ()
        if not any(set(keys) <= set(known) for known in persons):
            raise AsksAll
