"""Parts that are more than their whole: every smallest set of parts of one report that exceeds a figure.

Input: wholes with an upper end, and figures of parts. Output: each whole with parts none of which can be left out. Of
"18 people", "ten women", "nine men" and "eight children", the women exceed it with the men, not with the children; all
three together are no conflict of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from tollbook.findings.cases import Stated
from tollbook.findings.constraints import COMPARED, binds, figure
from tollbook.findings.roles import only_some
from tollbook.lexicon import Taxonomy
from tollbook.lexicon.taxonomy import Over
from tollbook.model import Number
from tollbook.values import dataclass

# A report that lists forty nationalities can exceed its whole in more ways than anybody reads.
WAYS = 200


@dataclass(frozen=True, slots=True)
class Addend:
    """A figure of some of the people of a whole: their group, and whose or what kind they are within it.

    `total` is true where it gives all of its group, so that another figure of that group may contradict it.
    """

    stated: Stated
    group: str
    described: tuple[str, str] | None = None
    total: bool = False

    @property
    def low(self) -> Number:
        """The least that the words may mean: "about 20" is no more than 18."""
        return self.stated.reach.low


def addends(
    group: str, members: Mapping[str, Sequence[Stated]], totals: set[str], own: Sequence[Stated], taxonomy: Taxonomy
) -> list[Addend]:
    """Figures of groups that lie in a group, and parts of the group itself; of `totals` the figures are totals."""
    found = [Addend(one, name, total=name in totals) for name, some in members.items() for one in some]
    return found + [Addend(one, group, _described(one, taxonomy)) for one in own]


def _described(one: Stated, taxonomy: Taxonomy) -> tuple[str, str] | None:
    whose, kind = only_some(one, taxonomy)
    return ("whose", whose) if whose else ("kind", kind) if kind else None


def share_nobody(one: Addend, other: Addend, taxonomy: Taxonomy) -> bool:
    """True where two parts of a report may be added up: women and men, Northlanders and Southlanders."""
    if one.group != other.group:
        return taxonomy.apart(one.group, other.group)
    if one.described is None or other.described is None:
        return False
    return one.described != other.described and one.described[0] == other.described[0]


def excesses(
    wholes: Sequence[Stated], parts: Sequence[Addend], over: Over, taxonomy: Taxonomy
) -> Iterator[tuple[Stated, tuple[Addend, ...]]]:
    """Each whole with each smallest set of parts of one report that exceeds it, told when it still held."""
    reports = _by_report(parts)
    for whole, high in _limits(wholes, over):
        for total, some in reports:
            if total <= high:
                break
            bound = [one for one in some if binds(one.stated, whole, over)]
            for chosen in islice(_smallest(bound, high, over, taxonomy), WAYS):
                yield whole, chosen


def _limits(wholes: Sequence[Stated], over: Over) -> list[tuple[Stated, Number]]:
    """Wholes with their upper ends, the lowest first while there are too many; of a rising toll each figure's last."""
    last = {figure(one) if over == "up" else one.claim.id: one for one in wholes}
    some = [(one, one.reach.high) for one in last.values() if one.reach.high is not None]
    some.sort(key=lambda item: (item[1], item[0].claim.id))
    return some if len(some) <= COMPARED else some[: COMPARED // 2]


def _by_report(parts: Sequence[Addend]) -> list[tuple[Number, list[Addend]]]:
    """The parts of each report, highest first, with their sum; of very many only the reports that count most."""
    by_report: dict[str, list[Addend]] = defaultdict(list)
    for one in sorted(parts, key=lambda one: (-one.low, one.stated.claim.id)):
        if one.low > 0:
            by_report[one.stated.claim.report].append(one)
    sums = sorted(
        ((sum(one.low for one in some), some) for some in by_report.values()),
        key=lambda item: (-item[0], item[1][0].stated.claim.id),
    )
    taken = 0
    kept: list[tuple[Number, list[Addend]]] = []
    for item in sums:
        taken += len(item[1])
        if kept and taken > COMPARED:
            break
        kept.append(item)
    return kept


def _smallest(some: Sequence[Addend], high: Number, over: Over, taxonomy: Taxonomy) -> Iterator[tuple[Addend, ...]]:
    """Sets of parts that share nobody and exceed a figure, none of them without its smallest part."""

    def more(start: int, chosen: tuple[Addend, ...], total: Number) -> Iterator[tuple[Addend, ...]]:
        for place in range(start, len(some)):
            one = some[place]
            if all(_add_up(one, other, over, taxonomy) for other in chosen):
                if total + one.low > high:
                    yield (*chosen, one)
                else:
                    yield from more(place + 1, (*chosen, one), total + one.low)

    return more(0, (), 0)


def _add_up(one: Addend, other: Addend, over: Over, taxonomy: Taxonomy) -> bool:
    """True where two parts count different people at one time; a toll keeps those it had before."""
    return share_nobody(one, other, taxonomy) and (over == "up" or binds(one.stated, other.stated, over))
