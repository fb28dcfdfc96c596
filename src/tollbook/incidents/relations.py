"""How all reports stand to each other: whose copies they are, and which of their happenings are one incident.

Input: reports with their outlines. Output: `Relations`, which hold no claim, so that a run of a hundred
thousand reports can: `relations.homes(report)` are the incidents of its happenings, `relations.incident(…)` is one of
them in full.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import field

from tollbook.incidents import groups as grouping
from tollbook.incidents.families import Copy, families, texts_of, ties
from tollbook.incidents.index import Index
from tollbook.incidents.making import Home, Ties, home_of, incident_of
from tollbook.incidents.nodes import placed
from tollbook.incidents.origins import SourceBook
from tollbook.incidents.outlines import Outline
from tollbook.incidents.traits import Node
from tollbook.model import Incident, Notice, Placement, Report
from tollbook.values import dataclass


@dataclass(frozen=True, slots=True)
class Relations:
    """What only all reports together can tell; `places` are the numbers of each report's nodes, in their order.

    `runaway` are the reports of which some hang together so much that the cap stopped a merge; `ties` of groups that
    were looked at before are not worked out again.
    """

    origins: Mapping[str, tuple[str, ...]]
    copies: Mapping[str, Copy]
    index: Index
    groups: Mapping[str, Sequence[int]]
    home: Sequence[Home | None] | Mapping[int, Home | None]
    places: Mapping[str, range]
    runaway: frozenset[str] = frozenset()
    ties: MutableMapping[tuple[int, ...], Ties] = field(default_factory=dict)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is told of all reports together."""
        return (_RUNAWAY,) if self.runaway else ()

    def homes(self, report: str) -> list[Home | None]:
        """The incident of each happening of a report; None for one of no figure."""
        return [self.home[index] for index in self.places[report]]

    def headline(self, report: str) -> Home | None:
        """The incident of the event that a report is mainly about."""
        return next((self.home[index] for index in self.places[report] if self.index.nodes[index].whole), None)

    def placement(self, report: str) -> Placement:
        """Whose copy a report is and who is credited for it; which incidents it tells of is for its claims to say."""
        copy = self.copies.get(report)
        notices: tuple[Notice, ...] = (_RUNAWAY,) if report in self.runaway else ()
        if copy is None:
            return Placement(report, origins=self.origins[report], notices=notices)
        notices += (_RING,) if copy.ring else ()
        return Placement(report, copy.copy_of, copy.family, self.origins[report], notices=notices)

    def members(self, incident: str) -> list[str]:
        """The reports that tell of an incident, sorted."""
        return sorted(self.index.nodes[number].report for number in self.groups[incident])

    def incident(self, incident: str, claims: Mapping[str, Sequence[str]]) -> Incident:
        """An incident in full; `claims` are the ids of those that each of its reports has in it."""
        group = self.groups[incident]
        home = self.home[group[0]]
        assert home is not None
        return incident_of(home, group, claims, self.index, self.ties.get(tuple(group)))


def relate(reports: Sequence[Report], outlines: Sequence[Outline], sources: SourceBook) -> Relations:
    """The relations of some reports, given by id, with their outlines in the same order."""
    origins = {report.id: own.origins for report, own in zip(reports, outlines, strict=True)}
    texts = texts_of(reports, [own.sample for own in outlines])
    copies = families(reports, ties(texts), origins, sources)
    index = Index()
    nodes: list[Node] = []
    places: dict[str, range] = {}
    for number, (report, own) in enumerate(zip(reports, outlines, strict=True)):
        places[report.id] = range(len(nodes), len(nodes) + len(own.nodes))
        nodes += placed(own.nodes, len(nodes), texts.versions.get(number))
    index.add(nodes)
    index.regroup()
    groups: dict[str, Sequence[int]] = {}
    home: list[Home | None] = [None] * len(index.nodes)
    for group in sorted(map(sorted, index.groups)):
        made = home_of([index.nodes[number] for number in group], groups)
        if made is not None:
            groups[made.incident] = group
            for number in group:
                home[number] = made
    ordered = {name: groups[name] for name in sorted(groups)}
    runaway = frozenset(index.nodes[number].report for number in index.capped)
    return Relations(origins, copies, index, ordered, home, places, runaway)


_RUNAWAY = Notice(
    "runaway", f"an incident would have held more than {grouping.CAP} happenings and was not merged further"
)
_RING = Notice(
    "ring", "the reports of its family credit each other in a ring: the original is told by date and length alone"
)
