"""A group of happenings becomes an incident: its date, place and kind by majority, and why each claim belongs to it.

Input: the nodes of a group, and the ids of the claims that each report has in it. Output: an `Incident`. Five reports
that name Qeshm and two that name its province give the place Qeshm.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Mapping, Sequence

from tollbook.incidents.index import Index
from tollbook.incidents.naming import name_of
from tollbook.incidents.places import Spot
from tollbook.incidents.traits import Node
from tollbook.model import DateRange, Incident, Link, Place, digest
from tollbook.values import dataclass

# So many others of its incident are asked for the strongest tie of a happening.
ASKED = 50

# The strongest tie of a happening to the others of its incident: a score up to 1, and plain reasons.
Why = tuple[float, tuple[str, ...]]
# By the numbers of happenings.
Ties = dict[int, Why]


@dataclass(frozen=True, slots=True)
class Home:
    """What the claims of a happening take from its incident: the id, and a date and place where they have none."""

    incident: str
    date: DateRange | None
    spot: Spot | None

    @property
    def place(self) -> Place | None:
        """The place; one that no gazetteer knows has its name alone."""
        if self.spot is None:
            return None
        return self.spot.place if self.spot.place is not None else Place(self.spot.name, precision=5)


def home_of(members: Sequence[Node], taken: Container[str] = ()) -> Home | None:
    """Id, date and place of a group's incident; None where no figure is told of.

    Two incidents have one smallest claim only where two reports of the same words are held apart: the second is named
    by its report too.
    """
    first = min(((node.first, node.report) for node in members if node.first), default=None)
    if first is None:
        return None
    name = digest("incident", first[0])
    return Home(digest("incident", *first) if name in taken else name, _date(members), _spot(members))


def incident_of(
    home: Home, group: Sequence[int], claims: Mapping[str, Sequence[str]], index: Index, ties: Ties | None = None
) -> Incident:
    """The incident of a group; `claims` are the ids of those that each of its reports has in it.

    `ties` are those that are known already, of this very group; what is worked out is added to them.
    """
    ties = {} if ties is None else ties
    members = [index.nodes[number] for number in group]
    kinds = Counter[str]()
    links: dict[str, Link] = {}
    for node in members:
        kinds.update(dict(node.counts))
        if own := claims.get(node.report, ()):
            if node.index not in ties:
                ties[node.index] = _why(node, members, index)
            links |= {claim: Link(claim, *ties[node.index]) for claim in own}
    return Incident(
        id=home.incident,
        name=name_of(home.spot.name if home.spot else None, home.date),
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind), default="other"),
        date=home.date,
        place=home.place,
        reports=tuple(sorted({node.report for node in members})),
        claims=tuple(sorted(links)),
        links=tuple(links[key] for key in sorted(links)),
    )


def _date(members: Sequence[Node]) -> DateRange | None:
    """The date that most reports give, the finer before the coarser."""
    fine = {"day": 0, "days": 0, "week": 1, "month": 2, "season": 3, "year": 4, "years": 5}
    count = Counter(node.date for node in members if node.date is not None)
    finest = min((fine[date.precision] for date in count), default=0)
    chosen = [date for date in count if fine[date.precision] == finest]
    return min(
        chosen, key=lambda date: (-count[date], -(date.end - date.start).days, date.start, date.rule), default=None
    )


def _spot(members: Sequence[Node]) -> Spot | None:
    count: Counter[str] = Counter()
    known: dict[str, Spot] = {}
    for node in members:
        for rank, spot in enumerate(node.spots or node.regions):
            count[spot.key] += 6 if rank == 0 else 3 if rank == 1 else 1
            known.setdefault(spot.key, spot)
    best = min(count, key=lambda key: (-count[key], key), default=None)
    return known[best] if best is not None else None


def _why(node: Node, members: Sequence[Node], index: Index) -> Why:
    """The strongest tie of a happening to the others of its incident, as a score up to 1 and plain reasons.

    The reasons say to which report it is tied, what speaks for it and what against.
    """
    others = [other for other in members[:ASKED] if other.report != node.report]
    if not others:
        own = ["the only report of it"] if len(members) == 1 else ["told of in the same report"]
        return 1.0, tuple(own)
    known = [(index.score(node.index, other.index), other) for other in others]
    best = max(value for value, _ in known)
    found = [(index.why(node.index, other.index), other.report) for value, other in known if value == best]
    (value, reasons), report = max(found, key=lambda tie: ([reason.words for reason in tie[0][1]], tie[1]))
    for_it = [reason.words for reason in reasons if reason.weight > 0]
    against = [f"although {reason.words}" for reason in reasons if reason.weight < 0]
    return round(1 / (1 + math.exp(-value)), 3), (f"closest to report {report}", *for_it, *against)
