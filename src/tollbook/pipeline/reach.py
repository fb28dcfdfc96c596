"""How far one incident reaches: the groups of events that share claims, homes or rulings with it, and their ids.

Input: what a project keeps of its linking, and groups or claims to start from. Output: all groups that hang together
with these, under the ids that they have in the whole record. A claim of "3fa1" that a person linked to "90bc" makes
both reach each other; two thousand other incidents stay where they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Protocol

from tollbook.incidents.index import Group
from tollbook.incidents.making import Home, home_of
from tollbook.model import Ruling
from tollbook.pipeline.identities import Names, identify
from tollbook.pipeline.linking import Linking
from tollbook.pipeline.regroup import MOVES, split_id
from tollbook.rulings import Action, id_of, standing, taken_by, tied_to
from tollbook.store import Unit
from tollbook.values import dataclass


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
    _looked_up: set[str] = field(default_factory=set)

    def take(self, groups: Iterable[Group], linking: Linking, unit: Unit) -> None:
        """Take in groups, and all that they share claims with now or shared them when incidents were born."""
        ahead = list(groups)
        while ahead:
            group = ahead.pop()
            if group in self.groups:
                continue
            self.groups[group] = claims = linking.claims(group)
            ahead += self._groups_with(claims, linking)
            for home in {unit.home(claim) for claim in claims} - self.born.keys():
                if home is not None:
                    self.born[home], claims = unit.born(home)
                    self.homes |= dict.fromkeys(claims, home)
                    ahead += self._groups_with(claims, linking)

    def _groups_with(self, claims: Iterable[str], linking: Linking) -> list[Group]:
        """The groups of claims that were not looked up yet."""
        new = [claim for claim in claims if claim not in self._looked_up]
        self._looked_up.update(new)
        return [group for claim in new for group in linking.groups_with(claim)]

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


class Decided(Protocol):
    """Rulings by what they are about. Names are the hashes of texts, and the ids of incidents."""

    def every(self) -> Sequence[Ruling]:
        """All of them, in order."""
        ...

    def about(self, names: Iterable[str]) -> Sequence[Ruling]:
        """At least those about any of some names, and those that take these back, in order."""
        ...

    def moves(self, names: Iterable[str]) -> Sequence[Ruling]:
        """Those about any of some names that move claims or join incidents, and still stand."""
        ...

    def made_of(self, claims: Iterable[str]) -> Sequence[Ruling]:
        """Those by which people made some of these claims, and that still stand."""
        ...

    def made_beginning(self, given: str) -> Sequence[Ruling]:
        """Those by which people made claims whose id begins so, and that still stand."""
        ...


class All:
    """All rulings of a record, held."""

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self._rulings, self._moves = rulings, Moves(rulings)

    def every(self) -> Sequence[Ruling]:
        return self._rulings

    def about(self, names: Iterable[str]) -> Sequence[Ruling]:
        return self._rulings

    def moves(self, names: Iterable[str]) -> Sequence[Ruling]:
        return self._moves.about(names)

    def made_of(self, claims: Iterable[str]) -> Sequence[Ruling]:
        return self._moves.made_of(claims)

    def made_beginning(self, given: str) -> Sequence[Ruling]:
        return [one for claim, one in self._moves.made.items() if claim.startswith(given)]


class Moves:
    """The rulings that moved claims or joined incidents and still stand, by the texts and incidents they are about.

    `made` are those by which people made claims, by the ids of these.
    """

    def __init__(self, rulings: Sequence[Ruling]) -> None:
        self._about: dict[str, list[Ruling]] = defaultdict(list)
        self.made: dict[str, Ruling] = {}
        for one in standing(rulings):
            if one.action == Action.CLAIM:
                self.made[id_of(one)] = one
            if one.action in MOVES:
                other = tied_to(one)
                for name in (one.text_sha256, other and other.text_sha256, *targets(one)):
                    if name:
                        self._about[name].append(one)

    def about(self, names: Iterable[str]) -> list[Ruling]:
        """Those about any of some texts, by their hashes, and incidents, by their ids."""
        return [one for name in names for one in self._about.get(name, ())]

    def made_of(self, claims: Iterable[str]) -> list[Ruling]:
        """Those by which people made some of these claims."""
        return [self.made[claim] for claim in claims if claim in self.made]


def targets(move: Ruling) -> list[str]:
    """The incidents that a ruling names or makes."""
    named = [str(move.values[name]) for name in ("incident", "into") if move.values.get(name)]
    return [*named, split_id(id_of(move))] if move.action in {Action.CLAIM, Action.SPLIT} else named


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


def reach(
    claims: Iterable[str],
    names: Iterable[str],
    linking: Linking,
    unit: Unit,
    decided: Decided,
    reports: Collection[int] = (),
) -> Reach:
    """How far the incidents of some claims, those of some ids, and what was ruled on some reports reach."""
    closed, reports, ids, done = Closed(), set(reports), set(names), set[int]()
    ahead = set(claims)
    while True:
        reports |= {number for claim in ahead for number in linking.reports_with(claim)}
        reports |= {number for one in decided.made_of(ahead) for number in texts_of(one, linking, unit)}
        closed.take([group for claim in ahead for group in linking.groups_with(claim)], linking, unit)
        reports |= {linking.report_of(number) for group in closed.groups for number in group}
        ids |= {*closed.born}
        about = {one.seq: one for one in decided.moves([*ids, *map(linking.text_of, reports)]) if one.seq not in done}
        if not about:
            break
        done |= about.keys()
        heard = [each for one in about.values() for each in (one, tied_to(one)) if each is not None]
        on_made = [one for one in heard if decided.made_of([id_of(one)])]
        reports |= {number for one in on_made for number in texts_of(one, linking, unit)}
        ids |= {name for one in about.values() for name in targets(one)}
        ahead = {claim for one in about.values() for claim in ruled_on(one, linking, unit)}
        ahead |= {claim for one in about.values() for name in targets(one) for claim in unit.born(name)[1]}
    core = set(closed.groups)
    reports |= linking.same_texts(reports)
    reports |= linking.leads(reports)
    closed.take([group for report in reports for group in linking.groups_of(report)], linking, unit)
    return Reach(closed, core, reports, ids, call(closed, linking, unit))


def ruled_on(move: Ruling, linking: Linking, unit: Unit) -> list[str]:
    """The claims of readers that a ruling may be about: that of its id, else all of its text.

    Of one by which a person made a claim, those that a newer reader makes of the same words; of a tie both.
    """
    claim = id_of(move)
    if (other := tied_to(move)) is not None:
        return [*ruled_on(replace(move, action=""), linking, unit), *ruled_on(other, linking, unit)]
    if move.action == Action.CLAIM:
        readings = filter(None, map(unit.reading, unit.reports_of(move.text_sha256 or "")))
        return sorted({taken for reading in readings if (taken := taken_by(move, reading.claims)) is not None})
    if not claim or linking.reports_with(claim):
        return [claim] if claim else []
    return [one for name in unit.reports_of(move.text_sha256 or "") for one in linking.claims_of(name)]


def texts_of(move: Ruling, linking: Linking, unit: Unit) -> list[int]:
    """The reports whose words a ruling is about."""
    names = unit.reports_of(move.text_sha256) if move.text_sha256 else ()
    return [known[0] for name in names if (known := linking.derived.known(name))]
