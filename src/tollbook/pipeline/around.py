"""The part of a record around some incidents: the same values as in the whole record, worked out from few reports.

Input: a view of a project whose linking is up to date. Output: a `Record` of the reports, claims and incidents that
hang together with those asked for, with the findings of these. Nothing is patched: it is computed from the readings
and rulings, as the whole is, and what linking keeps only tells which readings to look at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tollbook.dossiers.clues import Told, offices_of
from tollbook.incidents import Draft, Relations, SourceBook, settle, together
from tollbook.incidents.index import Group
from tollbook.incidents.making import Home, home_of
from tollbook.model import Claim, Incident, Notice, Placement, Reading, Record, Report, Ruling
from tollbook.pipeline.analyse import as_ruled, grouping_of, moved_by, reckoned, source_book
from tollbook.pipeline.identities import Grouping, named
from tollbook.pipeline.known import made_by
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.project_folder import methods_of, overlays_of, with_loose
from tollbook.pipeline.reach import All, Decided, Reach, reach, ruled_on, targets, texts_of
from tollbook.pipeline.remembered import Held, Remembered
from tollbook.rulings import Action, bind, id_of, standing, with_hand
from tollbook.store import ShownIncident, Unit
from tollbook.values import dataclass

if TYPE_CHECKING:
    from tollbook.findings import Effect, RuleSet


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
    """Parts of one project's record, in one unit of work; what no ruling changes is `remembered` for the next."""

    def __init__(
        self,
        unit: Unit,
        folder: Path,
        linking: Linking | None = None,
        decided: Decided | None = None,
        remembered: Remembered | None = None,
    ) -> None:
        self._unit, self._folder = unit, folder
        self._overlays = overlays_of(folder)
        self.linking = linking or Linking(unit, folder, unit.reader())
        self._decided = decided or All(made_by(unit.rulings(), None))
        self._known: dict[int, tuple[Report, Reading, Draft]] = {}
        self._remembered = remembered or Remembered()

    def unruled(self) -> Around:
        """The same parts as if nobody had ruled on anything."""
        return Around(self._unit, self._folder, self.linking, All(()), self._remembered)

    @property
    def rulings(self) -> Sequence[Ruling]:
        """All rulings."""
        return self._decided.every()

    @property
    def is_current(self) -> bool:
        """True where what is kept goes up to the end of the log, so that parts can be told from it."""
        return self._unit.is_settled() and self.linking.is_current()

    def by_hand(self, given: str) -> dict[str, str]:
        """The claims made by hand that no reader finds and whose id begins so: the hash of their text by their ids."""
        made = self._decided.made_beginning(given)
        return {id_of(one): one.text_sha256 or "" for one in made if not ruled_on(one, self.linking, self._unit)}

    def read_in(self, report: Report) -> list[Claim]:
        """The claims of a report as read, and those made by hand."""
        reading = self._unit.reading(report.id) or Reading(report.id)
        return list(with_hand(self._decided.about([report.text_sha256]), reading.claims, [report]))

    @property
    def told(self) -> Told:
        """What all reports say about names."""
        return self.linking.derived.names

    def touched(self, move: Ruling) -> list[str]:
        """The claims that a ruling may move, and those of the incidents that it names."""
        named = [claim for name in targets(move) for claim in self._unit.born(name)[1]]
        return [*ruled_on(move, self.linking, self._unit), *named]

    def moved(self, move: Ruling) -> tuple[list[ShownIncident], set[str]]:
        """The incidents around what a ruling moved as they are shown, and all ids that may have led to one."""
        part = self._part(self.touched(move), targets(move), texts_of(move, self.linking, self._unit))
        shown = [
            ShownIncident(one.id, one.name, len(one.claims), min(one.claims), one.aliases)
            for one in part.grouping.incidents
            if one.id in part.alive
        ]
        return shown, {*part.reach.ids, *part.alive}

    def record(self, claims: Iterable[str], wanted: Collection[str], rules: Sequence[str | RuleSet]) -> Record:
        """The record around some claims, with the findings of the incidents `wanted`, by their ids."""
        return self._record(self._part(claims, wanted), wanted, rules)

    def of_report(self, report: str, rules: Sequence[str | RuleSet], made: Iterable[str] = ()) -> Record:
        """The record around the claims of a report, those `made` by hand among them, with the findings of the incidents
        that these are in.
        """
        part = self._part([*self.linking.claims_of(report), *made])
        there = {claim.incident for claim in part.grouping.claims if claim.report == report and claim.incident}
        return self._record(part, there & part.alive, rules)

    def alone(self, report: str) -> tuple[Report, Reading, tuple[Claim, ...]]:
        """A report and its claims as read, with the dates and places that their incidents give them.

        Of these nothing else is worked out: the claims have the ids that their incidents are computed with.
        """
        linking = self.linking
        known = linking.derived.known(report)
        assert known is not None
        own, reading, draft = self._told(known[0])
        nodes = linking.nodes_of(known[0])
        home = {node: self._home(linking.index.group_of(node)) for node in nodes}
        relations = Relations({report: linking.credits(known[0])}, {}, linking.index, {}, home, {report: nodes})
        return own, reading, settle(own, draft, relations).claims

    def _home(self, group: Group) -> Home | None:
        nodes = self.linking.index.nodes
        return self._held.home(
            group, lambda: home_of([nodes[number] for number in sorted(group, key=self.linking.place)])
        )

    def effects(self, record: Record, wanted: Collection[str], rules: Sequence[str | RuleSet]) -> dict[str, Effect]:
        """How far each claim of the incidents `wanted` could move a figure, were it rejected; `record` has them."""
        return moved_by(_of(record, wanted), methods_of(rules, self._folder), self._sources())

    def _sources(self) -> SourceBook:
        return source_book(self._overlays).with_offices(offices_of(self.told))

    def said(self, claims: Iterable[str], ids: Iterable[str] = ()) -> Record:
        """What is said and ruled around some claims and incidents, before any rule set reads it."""
        part = self._part(claims, ids)
        return self._said(part, part.grouping.incidents)

    def _said(self, part: _Part, incidents: Sequence[Incident]) -> Record:
        return Record(
            reports=part.reports,
            placements=part.grouping.placements,
            claims=part.grouping.claims,
            incidents=tuple(incidents),
            statements=tuple(statement for reading in part.readings for statement in reading.statements),
            characterisations=part.grouping.characterisations,
            readings=part.readings,
            rulings=part.rulings,
        )

    def _record(self, part: _Part, wanted: Collection[str], rules: Sequence[str | RuleSet]) -> Record:
        said = self._said(part, [one for one in part.grouping.incidents if one.id in wanted])
        found = reckoned(_of(said, wanted), methods_of(rules, self._folder), self._sources())
        return replace(found, claims=said.claims, rulings=said.rulings)

    # ---- what is said and ruled ----

    def _part(self, claims: Iterable[str], ids: Iterable[str] = (), also: Collection[int] = ()) -> _Part:
        reached = reach(claims, ids, self.linking, self._unit, self._decided, also)
        numbers = sorted(reached.reports, key=lambda number: self.linking.read(number).id)
        told = [self._told(number) for number in numbers]
        plain = [report for report, _, _ in told]
        texts = {report.id: report.text_sha256 for report in plain}
        relations = self._relations(reached, numbers)
        settled = [settle(report, draft, relations) for report, _, draft in told]
        computed = grouping_of(together(settled, relations))
        self._held.keep({number: self._known[number][1:] for number in numbers}, relations.ties)
        decided = self._decided.about({*texts.values(), *reached.ids, *_ids(reached)})
        grouping, rulings = as_ruled(named(computed, reached.called.names), decided, plain)
        own = {name for group in reached.core if (name := reached.called.shown(group)) is not None}
        made = {name for name in reached.ids if not self._unit.is_home(name)}
        read = [claim for _, reading, _ in told for claim in reading.claims]
        loose = bind(standing(decided), with_hand(decided, read, plain), texts).loose
        reports = tuple(with_loose(report, loose) for report, _, _ in told)
        readings = tuple(reading for _, reading, _ in told)
        return _Part(grouping, reports, readings, rulings, reached, frozenset(own | made))

    def _told(self, number: int) -> tuple[Report, Reading, Draft]:
        if number not in self._known:
            report = self.linking.read(number)
            self._known[number] = (report, *(self._held.told.get(number) or self._read(number, report)))
        return self._known[number]

    def _read(self, number: int, report: Report) -> tuple[Reading, Draft]:
        reading = self._unit.reading(report.id) or Reading(report.id)
        return reading, self.linking.draft(number, reading)

    @cached_property
    def _held(self) -> Held:
        return self._remembered.at(self.linking.mark())

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
            {group: {**self._held.ties.get(group, {})} for group in map(tuple, groups.values())},
        )


def _of(said: Record, wanted: Collection[str]) -> Record:
    """With the claims of some incidents alone; what was ruled on others must not look for its words among these."""
    claims = tuple(claim for claim in said.claims if claim.incident in wanted)
    own = {claim.id for claim in claims}
    about = tuple(one for one in said.rulings if one.span is None or one.claim in own)
    return replace(said, claims=claims, rulings=about)


def _ids(reached: Reach) -> set[str]:
    """The ids under which the incidents of a part are known."""
    names = reached.called.names
    return {*names.ids.values(), *(alias for some in names.aliases.values() for alias in some)}


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
    """A ruling on other words than those of some texts is about no claim here, and a tie to such words to none."""
    if ruling.action == Action.TIE and not {ruling.text_sha256, ruling.values.get("text")} <= {*texts}:
        ruling = replace(ruling, values={**ruling.values, "claim": None})
    return ruling if ruling.span is None or ruling.text_sha256 in texts else replace(ruling, claim=None)
