"""People counted one after another are one figure: "killed a leader and two aides; another aide died" is four.

Input: an incident's claims by measure and unit, sorted. Output: the same, with a sum for each chain of claims that the
text itself adds up (`Claim.beside`); members of the sum's own group become parts of it. No sum crosses reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tollbook.findings.cases import Counted, Sorted
from tollbook.lexicon import Taxonomy
from tollbook.model import Bound, Claim, Quantity

Lists = Mapping[tuple[str, str], Sorted]


def add_up(lists: Lists, taxonomy: Taxonomy) -> Lists:
    """The lists of an incident with the sums that its reports' own words make."""
    added: dict[tuple[str, str], dict[str, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    within: dict[tuple[str, str], set[str]] = defaultdict(set)
    for chain in _chains(lists):
        for group, some in _grouped(chain, taxonomy):
            for key in sorted({(one.claim.measure, one.claim.unit) for one in some}):
                plain = lists[key].counted.get(group, ())
                if any(_counts_fewer(one, some) for one in plain):
                    continue
                within[key].update(one.claim.id for one in plain if _is_in(one, some))
                whole = not any(_is_larger(one, some, within[key]) for one in plain)
                whole = whole and not any(one.claim.basis == "part" for one in some)  # "his wife, then himself"
                added[key][group].append(_sum(some, key[0], group, part=not whole))
    return {key: _with(one, added[key], within[key]) if key in added else one for key, one in lists.items()}


def _chains(lists: Lists) -> list[list[Counted]]:
    """Claims tied by what they come on top of, those of one report and account, in the order of the text."""
    by_id = {one.claim.id: one for key, each in lists.items() if key[1] == "person" for some in each.counted.values()
             for one in some if one.claim.quantity.high != 0}  # fmt: skip
    same = {again: first for each in lists.values() for again, first in each.repeats.items()}
    chains: dict[str, list[Counted]] = defaultdict(list)
    root: dict[str, str] = {}
    for one in sorted(by_id.values(), key=lambda one: (one.claim.report, one.claim.span.start, one.claim.id)):
        before = same.get(one.claim.beside or "", one.claim.beside)
        base = by_id.get(before) if before else None
        if base is not None and base.claim.id in root and _one_account(base, one):
            root[one.claim.id] = root[base.claim.id]
        else:
            root[one.claim.id] = one.claim.id
        chains[root[one.claim.id]].append(one)
    return [chain for _, chain in sorted(chains.items()) if len(chain) > 1]


def _one_account(base: Counted, one: Counted) -> bool:
    """One voice, or the report's own beside whom it quotes: two who are quoted may tell of the same people.

    People told of one by one are others by their names.
    """
    if base.claim.roster and one.claim.roster:
        return True
    return base.voice.key == one.voice.key or base.claim.speaker is None or one.claim.speaker is None


def _grouped(chain: Sequence[Counted], taxonomy: Taxonomy) -> list[tuple[str, list[Counted]]]:
    """The members of each group that has several, and all of them under the group that holds all."""
    groups: dict[str, list[Counted]] = defaultdict(list)
    listed = _is_roster(chain)
    for one in chain:
        young = listed and _lies(one.claim.group, "children", taxonomy)
        groups["children" if young else one.claim.group].append(one)  # "his son" is one of the children named
    found = [(group, some) for group, some in sorted(groups.items()) if len(some) > 1]
    if len(groups) > 1:
        holds = next((group for group in sorted(groups) if all(_lies(name, group, taxonomy) for name in groups)), "all")
        found = [(group, some) for group, some in found if group != holds]
        found.append((holds, list(chain)))
    return found


def _lies(group: str, whole: str, taxonomy: Taxonomy) -> bool:
    return group == whole or whole in taxonomy.wholes(group)


def _is_in(one: Counted, some: Sequence[Counted]) -> bool:
    """A member of the sum, or the same report's figure of a member said again."""
    return any(
        one is member
        or (
            one.claim.report == member.claim.report
            and one.claim.measure == member.claim.measure
            and _ends(one) == _ends(member)
        )
        for member in some
    )


def _is_larger(one: Counted, some: Sequence[Counted], within: set[str]) -> bool:
    """True where the same report gives a larger total: then the sum is only a part of that."""
    claim = one.claim
    if claim.id in within or claim.report != some[0].claim.report or claim.basis != "incident" or claim.part_of:
        return False
    return (claim.quantity.low or 0) > sum(member.claim.quantity.low or 0 for member in some)


def _ends(one: Counted) -> tuple[object, object]:
    return one.claim.quantity.low, one.claim.quantity.high


def _is_roster(some: Sequence[Counted]) -> bool:
    """Lists of people told of one by one; "a clerk, Ana Lee, and two others" is no such list."""
    return any(one.claim.roster == "row" for one in some) or all(one.claim.roster for one in some)


def _counts_fewer(one: Counted, some: Sequence[Counted]) -> bool:
    """The headline counts fewer than the members together: "3 hurt" over "three hurt … three others treated"."""
    claim, lows = one.claim, [member.claim.quantity.low or 0 for member in some]
    same = claim.report == some[0].claim.report and claim.span.part == "title" != some[0].claim.span.part
    told = claim.basis == "incident" and claim.quantity.bound is Bound.EXACT
    return same and told and max(lows) <= (claim.quantity.low or 0) < sum(lows)


def _sum(some: Sequence[Counted], measure: str, group: str, *, part: bool) -> Counted:
    """The first member with the figures of all; what a rule set reads in each is added up by `reconcile`."""
    first = some[0]
    total = sum(int(one.claim.quantity.low or 0) for one in some)
    exact = all(one.claim.quantity.bound is Bound.EXACT for one in some)
    claim: Claim = replace(
        first.claim,
        measure=measure,
        group=group,
        affiliation=None,
        said=" + ".join(one.claim.said for one in some),
        quantity=Quantity.exact(total) if exact else Quantity.at_least(total),
        basis="part" if part else "incident",
        part_of=None,
        roster="row" if _is_roster(some) else None,
    )
    return replace(first, claim=claim, sum_of=tuple(some))


def _with(lists: Sorted, added: Mapping[str, Sequence[Counted]], within: set[str]) -> Sorted:
    counted = {
        group: tuple(replace(one, within=one.within or one.claim.id in within) for one in some)
        for group, some in lists.counted.items()
    }
    for group, sums in added.items():
        counted[group] = (*sums, *counted.get(group, ()))
    return replace(lists, counted=counted)
