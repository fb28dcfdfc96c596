"""How far one incident reaches: the groups of events that share claims, homes or rulings with it, and their ids.

Input: what a project keeps of its linking, and groups or claims to start from. Output: all groups that hang together
with these, under the ids that they have in the whole record. A claim of "3fa1" that a person linked to "90bc" makes
both reach each other; two thousand other incidents stay where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tollbook.incidents.index import Group
from tollbook.incidents.making import Home, home_of
from tollbook.model import Claim, Ruling
from tollbook.pipeline.identities import Names, identify
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.regroup import MOVES, split_id
from tollbook.rulings import Action, standing
from tollbook.store import Unit


@dataclass(frozen=True, slots=True)
class _Computed:
    """A group by the id that its claims give, and these."""

    id: str
    claims: tuple[str, ...]


class _Born:
    """All incidents that were ever born, as something that an id is in or not."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def __contains__(self, incident: object) -> bool:
        return self._unit.is_incident(str(incident))


class _Homes:
    """All incidents in which a claim has its home."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def __contains__(self, incident: object) -> bool:
        return self._unit.is_home(str(incident))


@dataclass(slots=True)
class Closed:
    """Groups with their claims, none of which is in another group or has its home with another; and all their homes."""

    groups: dict[Group, list[str]] = field(default_factory=dict)
    born: dict[str, int] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)

    def take(self, groups: Iterable[Group], linking: Linking, unit: Unit) -> None:
        """Take in groups, and all that they share claims with now or shared them when incidents were born."""
        ahead = list(groups)
        while ahead:
            group = ahead.pop()
            if group in self.groups:
                continue
            self.groups[group] = claims = linking.claims(group)
            ahead += [other for claim in claims for other in linking.groups_with(claim)]
            for home in {unit.home(claim) for claim in claims} - self.born.keys():
                if home is not None:
                    self.born[home], claims = unit.born(home)
                    self.homes |= dict.fromkeys(claims, home)
                    ahead += [other for claim in claims for other in linking.groups_with(claim)]

    @property
    def in_order(self) -> dict[str, str]:
        """The home of each claim, incidents in the order of their birth."""
        born = self.born
        return dict(sorted(self.homes.items(), key=lambda pair: (born[pair[1]], pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Called:
    """What incidents groups are: the home that each gives its claims, and the ids to show."""

    home: Mapping[Group, Home]
    names: Names

    def shown(self, group: Group) -> str | None:
        """The id to show of a group, None of one without figures."""
        return self.names.ids[self.home[group].incident] if group in self.home else None


def call(closed: Closed, linking: Linking, unit: Unit, *, births: bool = False) -> Called:
    """The ids of groups, each as computed from its claims, matched to the incidents of old.

    With `births` no new one gets an id that any other was ever born with, else none that a claim has its home in.
    """
    nodes = linking.index.nodes
    home: dict[Group, Home] = {}
    computed: dict[str, _Computed] = {}
    for group in sorted(closed.groups, key=lambda group: min(map(linking.place, group))):
        made = home_of([nodes[number] for number in sorted(group, key=linking.place)], computed)
        if made is not None:
            home[group] = made
            computed[made.incident] = _Computed(made.incident, tuple(sorted(set(closed.groups[group]))))
    known = _Born(unit) if births else _Homes(unit)
    return Called(home, identify(computed.values(), closed.in_order, known))


# ---- what people moved ----


class Moves:
    """The rulings that moved claims or joined incidents and still stand, by the texts and incidents they are about."""

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self._about: dict[str, list[Ruling]] = defaultdict(list)
        for one in standing(rulings):
            if one.action in MOVES:
                for name in (one.text_sha256, *targets(one)):
                    if name:
                        self._about[name].append(one)

    def __bool__(self) -> bool:
        return bool(self._about)

    def about(self, names: Iterable[str]) -> list[Ruling]:
        """Those about any of some texts, by their hashes, and incidents, by their ids."""
        return [one for name in names for one in self._about.get(name, ())]


def targets(move: Ruling) -> list[str]:
    """The incidents that a ruling names or makes."""
    named = [str(move.values[name]) for name in ("incident", "into") if move.values.get(name)]
    return [*named, split_id(claim_of(move))] if move.action == Action.SPLIT else named


def claim_of(move: Ruling) -> str:
    """The id of a claim when it was ruled on."""
    if move.text_sha256 and move.span and move.measure:
        return Claim.id_of(move.text_sha256, move.span, move.measure)
    return move.claim or ""


@dataclass(slots=True)
class Reach:
    """All that an incident's record rests on: groups, reports by number, the ids that lead there, how they are called.

    `core` are the groups whose claims are all there; of the others only the ids are known.
    """

    closed: Closed
    core: set[Group]
    reports: set[int]
    ids: set[str]
    called: Called


def reach(claims: Iterable[str], names: Iterable[str], linking: Linking, unit: Unit, moves: Moves) -> Reach:
    """How far the incidents of some claims, and those of some ids, reach."""
    closed, reports, ids, done = Closed(), set[int](), set(names), set[int]()
    ahead = set(claims)
    while True:
        reports |= {number for claim in ahead for number in linking.reports_with(claim)}
        closed.take([group for claim in ahead for group in linking.groups_with(claim)], linking, unit)
        reports |= {linking.report_of(number) for group in closed.groups for number in group}
        ids |= {*closed.born}
        about = {one.seq: one for one in moves.about([*ids, *map(linking.text_of, reports)]) if one.seq not in done}
        if not about:
            break
        done |= about.keys()
        ids |= {name for one in about.values() for name in targets(one)}
        ahead = {claim for one in about.values() for claim in ruled_on(one, linking, unit)}
        ahead |= {claim for one in about.values() for name in targets(one) for claim in unit.born(name)[1]}
    core = set(closed.groups)
    reports |= linking.same_texts(reports)
    reports |= linking.leads(reports)
    closed.take([group for report in reports for group in linking.groups_of(report)], linking, unit)
    return Reach(closed, core, reports, ids, call(closed, linking, unit))


def ruled_on(move: Ruling, linking: Linking, unit: Unit) -> list[str]:
    """The claims that a ruling may be about: that of its id, else all of its text."""
    claim = claim_of(move)
    if not claim or linking.reports_with(claim):
        return [claim] if claim else []
    return [one for name in unit.reports_of(move.text_sha256 or "") for one in linking.claims_of(name)]
