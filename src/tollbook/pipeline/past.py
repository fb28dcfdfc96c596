"""How a record came about: what happened to it in the log, in order, for the incidents that each happening touches.

Input: a project's log, what linking gives before anybody moved a claim, and the record as it stands. Output: `Nest`s,
incidents between which claims were moved, each with its `Step`s. Worked: two reports of a Monday, a correction and a
merge, a report of Friday are four steps of the nest of both incidents.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from tollbook.model import Characterisation, Claim, Incident, Record, Ruling
from tollbook.pipeline.identities import Grouping
from tollbook.pipeline.regroup import MOVES, split_id
from tollbook.rulings import HAND, Action, id_of
from tollbook.store import Unit
from tollbook.values import dataclass

# What people say that may change what is counted, or how well it stands.
_TOLD = MOVES | {Action.ACCEPT, Action.REJECT, Action.CORRECT, Action.GRADE}


@dataclass(slots=True)
class Past:
    """What the log and the linking tell, filled while a record is made: the event by which each report came first,
    with its time, and where claims were before anybody moved them.
    """

    came: dict[str, tuple[int, str]] = field(default_factory=dict)
    grouping: Grouping = field(default_factory=lambda: Grouping((), ()))

    def take(self, unit: Unit) -> None:
        """Look through a project's log."""
        for event in unit.events("report"):
            self.came.setdefault(str(json.loads(event.payload)["id"]), (event.seq, event.when))

    def group(self, grouping: Grouping) -> None:
        """Keep what linking gives."""
        self.grouping = grouping


@dataclass(frozen=True, slots=True)
class Step:
    """Reports that came on one day with nothing ruled between them, or a ruling: its number and time in the log."""

    event: int
    when: str
    reports: tuple[str, ...] = ()
    ruling: Ruling | None = None


@dataclass(slots=True)
class Nest:
    """Incidents between which claims were moved, mostly one: what linking gives, claims by hand, steps.

    `incidents` are the ids that they have today.
    """

    grouping: Grouping
    hand: tuple[Claim, ...]
    incidents: frozenset[str]
    steps: tuple[Step, ...]


def nests(record: Record, past: Past) -> Iterator[Nest]:
    """All nests, in the order of their first incidents' ids."""
    root = _rooted(record, past.grouping)
    claims, hand, steps = _shared(record, past, root)
    incidents: dict[str, list[Incident]] = defaultdict(list)
    said: dict[str, list[Characterisation]] = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for one in past.grouping.incidents:
        incidents[root(one.id)].append(one)
    for told in past.grouping.characterisations:
        said[root(told.incident or "")].append(told)
    for now in record.incidents:
        names[root(now.id)].add(now.id)
    for name in sorted(steps):
        grouping = replace(
            past.grouping, claims=tuple(claims[name]), incidents=tuple(incidents[name]), placements=(),
            characterisations=tuple(said[name]),
        )  # fmt: skip
        yield Nest(grouping, tuple(hand[name]), frozenset(names[name]), tuple(_folded(steps[name])))


class _Roots:
    """Which things hang together: each leads to the least of them."""

    def __init__(self) -> None:
        self._leads: dict[str, str] = {}

    def __call__(self, one: str) -> str:
        while self._leads.get(one, one) != one:
            one = self._leads[one]
        return one

    def join(self, some: Iterable[str]) -> None:
        """Make some things hang together."""
        least, *others = sorted({self(one) for one in some}) or [""]
        self._leads.update(dict.fromkeys(others, least))


def _rooted(record: Record, grouping: Grouping) -> _Roots:
    """Incidents by those that share claims, names or rulings with them."""
    root = _Roots()
    before = {claim.id: claim.incident for claim in grouping.claims}
    for one in (*grouping.incidents, *record.incidents):
        root.join((one.id, *one.aliases))
    for claim in record.claims:
        root.join(filter(None, (before.get(claim.id), claim.incident)))
    for ruling in record.rulings:
        if ruling.action in MOVES:
            values = [ruling.values.get(name) for name in ("incident", "into")]
            homes = (before.get(name) for name in (ruling.claim or id_of(ruling), str(ruling.values.get("claim"))))
            fresh = split_id(id_of(ruling)) if ruling.action in {Action.SPLIT, Action.CLAIM} else None
            root.join(str(one) for one in (*values, *homes, fresh) if one)
    return root


Shared = tuple[Mapping[str, list[Claim]], Mapping[str, list[Claim]], Mapping[str, list[Step]]]


def _shared(record: Record, past: Past, root: _Roots) -> Shared:
    """Claims, claims by hand and steps of each nest."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    hand: dict[str, list[Claim]] = defaultdict(list)
    home: dict[str, str] = {}
    for one in (*past.grouping.claims, *(one for one in record.claims if one.reader == HAND)):
        if one.incident is not None:
            home[one.id] = root(one.incident)
            (hand if one.reader == HAND else claims)[home[one.id]].append(one)
    steps: dict[str, list[Step]] = defaultdict(list)
    for name, some in claims.items():
        for report in sorted({claim.report for claim in some}):
            steps[name].append(Step(*past.came.get(report, (0, "")), (report,)))
    of: dict[int, str] = {}
    for ruling in sorted(record.rulings, key=lambda one: one.seq):
        nest = of.get(int(ruling.values.get("ruling") or 0)) if ruling.action == Action.WITHDRAW else None
        if ruling.action in _TOLD:
            incident = ruling.values.get("incident")
            nest = home.get(ruling.claim or id_of(ruling)) or (root(str(incident)) if incident else None)
        if nest is not None and (nest in claims or nest in hand):
            of[ruling.seq] = nest
            steps[nest].append(Step(ruling.seq, ruling.when, (), ruling))
    return claims, hand, steps


def _folded(steps: Sequence[Step]) -> Iterator[Step]:
    """Steps in order; reports that came on one day, with nothing ruled between them, are one."""
    ready: Step | None = None
    for one in sorted(steps, key=lambda one: (one.event, one.reports)):
        if ready and ready.reports and one.reports and ready.when[:10] == one.when[:10]:
            ready = replace(ready, when=one.when, reports=(*ready.reports, *one.reports))
            continue
        if ready:
            yield ready
        ready = one
    if ready:
        yield ready
