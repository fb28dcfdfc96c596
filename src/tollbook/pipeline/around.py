"""The part of a record around some incidents: the same values as in the whole record, worked out from few reports.

Input: a view of a project whose linking is up to date. Output: a `Record` of the reports, claims and incidents that
hang together with those asked for, with the findings of these. Nothing is patched: it is computed from the readings
and rulings, as the whole is, and what linking keeps only tells which readings to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tollbook.dossiers.clues import Told, offices_of
from tollbook.incidents import Draft, Relations, settle
from tollbook.incidents.assemble import Settled
from tollbook.model import Notice, Placement, Reading, Record, Report, Ruling
from tollbook.pipeline.analyse import as_ruled, reckoned, source_book
from tollbook.pipeline.identities import Grouping, named
from tollbook.pipeline.known import made_by
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.project_folder import methods_of, overlays_of, with_loose
from tollbook.pipeline.reach import Moves, Reach, reach, ruled_on, targets
from tollbook.rulings import bind, standing
from tollbook.store import ShownIncident, Unit

if TYPE_CHECKING:
    from tollbook.findings import RuleSet


@dataclass(frozen=True, slots=True)
class _Part:
    """What is said and ruled around some incidents, before any rule set reads it; `alive` are those that are whole."""

    grouping: Grouping
    reports: tuple[Report, ...]
    readings: tuple[Reading, ...]
    rulings: tuple[Ruling, ...]
    reach: Reach
    alive: frozenset[str]


class Around:
    """Parts of one project's record, in one unit of work."""

    def __init__(self, unit: Unit, folder: Path, linking: Linking | None = None) -> None:
        self._unit, self._folder = unit, folder
        self._overlays = overlays_of(folder)
        self.linking = linking or Linking(unit, folder, unit.reader())
        self.rulings = made_by(unit.rulings(), None)
        self._moves = Moves(self.rulings)
        self._known: dict[int, tuple[Report, Reading, Draft]] = {}

    @property
    def is_current(self) -> bool:
        """True where what is kept goes up to the end of the log, so that parts can be told from it."""
        return self._unit.is_settled() and self.linking.is_current()

    @property
    def told(self) -> Told:
        """What all reports say about names."""
        return self.linking.derived.names

    def touched(self, move: Ruling) -> list[str]:
        """The claims that a ruling may move, and those of the incidents that it names."""
        named = [claim for name in targets(move) for claim in self._unit.born(name)[1]]
        return [*ruled_on(move, self.linking, self._unit), *named]

    def incidents(self, claims: Iterable[str], ids: Iterable[str]) -> tuple[list[ShownIncident], set[str]]:
        """The incidents around some claims and ids as they are shown, and all ids that may have led to one."""
        part = self._part(claims, ids)
        shown = [
            ShownIncident(one.id, one.name, len(one.claims), min(one.claims), one.aliases)
            for one in part.grouping.incidents
            if one.id in part.alive
        ]
        return shown, {*part.reach.ids, *part.alive}

    def record(self, claims: Iterable[str], wanted: Collection[str], rules: Sequence[str | RuleSet]) -> Record:
        """The record around some claims, with the findings of the incidents `wanted`, by their ids."""
        part = self._part(claims, wanted)
        incidents = tuple(one for one in part.grouping.incidents if one.id in wanted)
        said = Record(
            reports=part.reports,
            placements=part.grouping.placements,
            claims=part.grouping.claims,
            incidents=incidents,
            statements=tuple(statement for reading in part.readings for statement in reading.statements),
            characterisations=part.grouping.characterisations,
            readings=part.readings,
            rulings=part.rulings,
        )
        asked = replace(said, claims=tuple(claim for claim in said.claims if claim.incident in wanted))
        sources = source_book(self._overlays).with_offices(offices_of(self.told))
        found = reckoned(asked, methods_of(rules, self._folder), sources)
        return replace(found, claims=said.claims)

    # ---- what is said and ruled ----

    def _part(self, claims: Iterable[str], ids: Iterable[str] = ()) -> _Part:
        reached = reach(claims, ids, self.linking, self._unit, self._moves)
        numbers = sorted(reached.reports, key=lambda number: self.linking.read(number).id)
        told = [self._told(number) for number in numbers]
        texts = {report.id: report.text_sha256 for report, _, _ in told}
        relations = self._relations(reached, numbers)
        settled = [settle(report, draft, relations) for report, _, draft in told]
        computed = _grouping(settled, relations)
        grouping, rulings = as_ruled(named(computed, reached.called.names), self.rulings, texts)
        own = {name for group in reached.core if (name := reached.called.shown(group)) is not None}
        made = {name for name in reached.ids if not self._unit.is_home(name)}
        read = [claim for _, reading, _ in told for claim in reading.claims]
        loose = bind(standing(self.rulings), read, texts).loose
        reports = tuple(with_loose(report, loose) for report, _, _ in told)
        readings = tuple(reading for _, reading, _ in told)
        return _Part(grouping, reports, readings, rulings, reached, frozenset(own | made))

    def _told(self, number: int) -> tuple[Report, Reading, Draft]:
        if number not in self._known:
            report = self.linking.read(number)
            reading = self._unit.reading(report.id) or Reading(report.id)
            self._known[number] = (report, reading, self.linking.draft(number, reading))
        return self._known[number]

    def _relations(self, reached: Reach, numbers: Sequence[int]) -> Relations:
        """How the reports of a part stand to each other, and to those outside."""
        linking, called = self.linking, reached.called
        told = {number: self._told(number) for number in numbers}
        groups: dict[str, Sequence[int]] = {
            called.home[group].incident: sorted(group, key=linking.place)
            for group in reached.core
            if group in called.home
        }
        home = {
            node: called.home.get(linking.index.group_of(node))
            for number in numbers
            for node in linking.nodes_of(number)
        }
        runaway = {told[n][0].id for n in numbers if any(map(linking.index.is_capped, linking.nodes_of(n)))}
        return Relations(
            {told[number][0].id: linking.credits(number) for number in numbers},
            linking.copies(numbers),
            linking.index,
            {name: groups[name] for name in sorted(groups)},
            home,
            {told[number][0].id: linking.nodes_of(number) for number in numbers},
            frozenset(runaway),
        )


def _grouping(settled: Sequence[Settled], relations: Relations) -> Grouping:
    """What reports say of incidents, as computed; the incidents are those of the relations' groups."""
    claims: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in settled:
        for claim in one.claims:
            if claim.incident is not None:
                claims[claim.incident][claim.report].append(claim.id)
    return Grouping(
        tuple(claim for one in settled for claim in one.claims),
        tuple(relations.incident(name, claims[name]) for name in relations.groups),
        tuple(one.placement for one in settled),
        tuple(said for one in settled for said in one.characterisations),
    )


# ---- what is shown of incidents ----


def restricted(record: Record, wanted: Collection[str]) -> Record:
    """What of a record is about some incidents: their reports and the originals of these, their claims and findings."""
    incidents = tuple(one for one in record.incidents if one.id in wanted)
    claims = tuple(claim for claim in record.claims if claim.incident in wanted)
    copied = {one.report: one.copy_of for one in record.placements}
    own = {*(claim.report for claim in claims), *(report for one in incidents for report in one.reports)}
    own |= {lead for report in own if (lead := copied.get(report)) is not None}
    texts = {report.text_sha256 for report in record.reports if report.id in own}
    mine = {remark for one in record.findings if one.incident in wanted for remark in one.remarks}
    remarks = {remark for one in record.findings for remark in one.remarks} - mine
    return replace(
        record,
        reports=tuple(_unremarked(report, remarks) for report in record.reports if report.id in own),
        placements=tuple(_among(one, wanted) for one in record.placements if one.report in own),
        claims=claims,
        incidents=incidents,
        findings=tuple(one for one in record.findings if one.incident in wanted),
        grades=tuple(one for one in record.grades if one.incident in wanted),
        statements=tuple(one for one in record.statements if one.report in own),
        characterisations=tuple(one for one in record.characterisations if one.incident in wanted),
        readings=tuple(one for one in record.readings if one.report in own),
        rulings=tuple(_as_made(one, texts) for one in record.rulings),
    )


def _unremarked(report: Report, remarks: Collection[tuple[str, Notice]]) -> Report:
    """A report without what is remarked on its figures of other incidents."""
    return replace(report, notices=tuple(one for one in report.notices if (report.id, one) not in remarks))


def _among(placement: Placement, wanted: Collection[str]) -> Placement:
    """Where a report stands, of the incidents that it tells of only those that are wanted."""
    main = placement.incident if placement.incident in wanted else None
    return replace(placement, incident=main, incidents=tuple(one for one in placement.incidents if one in wanted))


def _as_made(ruling: Ruling, texts: Collection[str]) -> Ruling:
    """A ruling on other words than those of some texts is about no claim here."""
    return ruling if ruling.span is None or ruling.text_sha256 in texts else replace(ruling, claim=None)
