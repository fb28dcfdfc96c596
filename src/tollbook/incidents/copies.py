"""Near-copies: which reports are one text that went round, and which of them is the original.

Input: reports with samples of their accounts, whom each credits, and the book of sources. Output: for each the id of
its family and of the report that it is a copy of. A wire story that a paper trims, puts a new headline on or quotes two
sentences of stands in one family with the wire's own; the original is whom the others credit, then the earliest, then
the longest.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import Final

from tollbook.incidents.accounts import Account, account_of, strays, without_formulas
from tollbook.incidents.likely import Pair, likely_pairs, runs_of, sample
from tollbook.incidents.origins import SourceBook, source_key
from tollbook.incidents.shared import Shared, shared
from tollbook.model import Report, digest

# Two accounts are of one text where what they share tells this much (`Shared.told`): some 24 words in a row that are
# neither quotation nor formula, or two runs of 15.
TOLD: Final = 19
# Two accounts with fewer runs of five words in common share too little for that.
RUNS: Final = 8
# The more a desk writes, the more its texts are alike: of more reports than this, two must share more.
DESK: Final = 20
# They are so too where this share of the shorter is in the other, though a formula it be, if it has so many words.
MOST: Final = 0.6
FEWEST: Final = 16
# One is a copy of the other where it shares half of the shorter; the two are versions of each other where it is half of
# the longer too. Else one only has a part of the other, as a round-up of many stories or a report that quotes.
HALF: Final = 0.5
# A book that knows no source: names are compared as they are spelt.
NOBODY: Final = SourceBook()


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a report stands among its near-copies; `version` is the same for those that are one text as a whole.

    `ring`: the original is told by its date or length alone, for those whom it credits credit it.
    """

    family: str
    copy_of: str | None
    version: str
    ring: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """Two reports, by their places, that have one text behind them, the longer last, and how many words they share."""

    words: int
    shorter: int
    longer: int
    copy: bool
    version: bool


def families(
    reports: Sequence[Report],
    samples: Sequence[Sequence[int]],
    origins: Mapping[str, Sequence[str]],
    sources: SourceBook = NOBODY,
) -> dict[str, Copy]:
    """The family of each report that has near-copies, and what it copies.

    `samples` are those of the reports' accounts, in the same order; `origins` are credits by report id.
    """
    found: dict[str, Copy] = {}
    for group in _groups(len(reports), ties(reports, samples)):
        versions = [[reports[i] for i in version] for version in group]
        whole = [report for version in versions for report in version]
        # Of three versions or more only the first has something in common with each of the others.
        heads = versions[0] if len(versions) > 2 else whole
        first = min(heads, key=lambda report: _originality(report, whole, origins, sources))
        name, ring = _name(whole), _is_ring(first, whole, origins, sources)
        for version in versions:
            own = _name(version)
            found |= {one.id: Copy(name, None if one is first else first.id, own, ring) for one in version}
    return found


def _name(some: Iterable[Report]) -> str:
    return digest("family", *sorted(report.text_sha256 + report.id for report in some))


# ---- which reports have one text behind them ----


def sampled(text: str) -> array[int]:
    """Samples of the account of a text, by which the texts worth comparing are found."""
    return sample(account_of(text).words)


def ties(reports: Sequence[Report], samples: Sequence[Sequence[int]]) -> list[Tie]:
    """Pairs of reports that are near-copies or quote one another, copies first; the number compared is bounded."""
    days = [report.published[:10] if report.published else report.id for report in reports]
    pairs, formulas = likely_pairs(samples, days)
    accounts, kept = _with_runs(reports, pairs)
    met = sorted({i for pair in kept for i in pair})
    told = {i: without_formulas(accounts[i], formulas) for i in met}
    desks = Counter(report.publisher for report in reports)
    found = []
    for left, right in kept:
        common, desk = shared(told[left], told[right]), _desk(reports[left], reports[right], desks)
        if _is_one_text(common, desk) and not _is_beside_the_story(left, right, reports, told):
            found.append(_tie(left, right, common, told))
    return sorted(found, key=lambda tie: (not tie.copy, -tie.words, tie.shorter, tie.longer))


def _with_runs(reports: Sequence[Report], pairs: Sequence[Pair]) -> tuple[dict[int, Account], list[Pair]]:
    """The accounts of some pairs, and those of the pairs that have enough runs in common to be worth aligning."""
    accounts = {i: account_of(reports[i].text) for i in sorted(set(chain(*pairs)))}
    runs = {i: array("I", sorted(set(runs_of(account.words)))) for i, account in accounts.items()}
    kept = []
    for left, some in groupby(pairs, key=itemgetter(0)):
        own = frozenset(runs[left])
        for _, right in some:
            if len(own.intersection(runs[right])) >= min(RUNS, len(own), len(runs[right])):
                kept.append((left, right))
    return accounts, kept


def _tie(left: int, right: int, common: Shared, accounts: Mapping[int, Account]) -> Tie:
    if len(accounts[right].words) < len(accounts[left].words):
        left, right = right, left
    copy, version = (common.words >= HALF * size for size in (common.shorter, common.longer))
    return Tie(common.words, left, right, copy, version)


def _desk(left: Report, right: Report, desks: Mapping[str | None, int]) -> int:
    """How many reports there are of the publisher of both, 0 where they have none or two."""
    return desks[left.publisher] if left.publisher is not None and left.publisher == right.publisher else 0


def _is_one_text(common: Shared, desk: int) -> bool:
    """True where what two accounts share can't have come about otherwise; `desk` is how much their publisher wrote."""
    least = TOLD * (1 + math.log(max(DESK, desk) / DESK) / 2)
    enough = common.shorter >= FEWEST or 0 < common.words == common.longer
    return common.told >= least or (enough and common.words >= MOST * common.shorter)


def _is_beside_the_story(left: int, right: int, reports: Sequence[Report], accounts: Mapping[int, Account]) -> bool:
    """True where neither text tells of its own headline, and these differ: what is shared is the site's."""
    if reports[left].title == reports[right].title:
        return False
    return all(strays(reports[i].title, accounts[i]) for i in (left, right))


# ---- which of them are a family ----


def _groups(size: int, found: Sequence[Tie]) -> list[list[list[int]]]:
    """Families as lists of versions: one version and those that have a part of it, or it of them.

    Versions of versions are one version. Parts don't chain: a round-up ties the stories it tells to itself, but none of
    them ties a second round-up to the first.
    """
    version = list(range(size))
    for tie in found:
        if tie.version:
            a, b = sorted((_root(version, tie.shorter), _root(version, tie.longer)))
            version[b] = a
    near: dict[int, set[int]] = defaultdict(set)
    family = list(range(size))
    for tie in found:
        a, b = _root(version, tie.shorter), _root(version, tie.longer)
        if _root(family, a) != _root(family, b) and (_may_join(a, b, near) or (not tie.copy and _may_join(b, a, near))):
            near[a].add(b)
            near[b].add(a)
            family[_root(family, b)] = _root(family, a)
    members: dict[int, list[int]] = defaultdict(list)
    for i in range(size):
        members[_root(version, i)].append(i)
    stars: dict[int, list[int]] = defaultdict(list)
    for root in members:
        stars[_root(family, root)].append(root)
    groups = []
    for roots in stars.values():
        roots.sort(key=lambda root: (-len(near[root]), root))
        if len(roots) > 1 or len(members[roots[0]]) > 1:
            groups.append([members[root] for root in roots])
    return groups


def _may_join(new: int, hub: int, near: Mapping[int, set[int]]) -> bool:
    """True where one version has no family yet and the other is the middle of its own, or may become it."""
    return not near[new] and all(len(near[other]) == 1 for other in near[hub])


def _root(roots: list[int], i: int) -> int:
    while roots[i] != i:
        roots[i] = roots[roots[i]]
        i = roots[i]
    return i


# ---- which of a family is the original ----


def _originality(
    report: Report, family: Iterable[Report], origins: Mapping[str, Sequence[str]], sources: SourceBook
) -> tuple[object, ...]:
    """Credited by others before crediting none; then the earliest; then the longest."""
    credited = _is_credited(report, family, origins, sources)
    crediting = any(not _is_of(report, name, sources) for name in origins.get(report.id, ()))
    published = (report.published or "9999")[:19]
    return (not credited, crediting, published, -len(report.text), report.id)


def _is_of(report: Report, name: str, sources: SourceBook) -> bool:
    """True where a credited name is the publisher's: whole, or an agency's with more behind it ("Inforvel English")."""
    if report.publisher is None:
        return False
    own, credit = source_key(sources.name(report.publisher)), source_key(sources.name(name))
    return own == credit or (sources.is_agency(name) and own.startswith(credit + " "))


def _is_credited(
    report: Report, family: Iterable[Report], origins: Mapping[str, Sequence[str]], sources: SourceBook
) -> bool:
    others = (other for other in family if other is not report)
    return any(_is_of(report, name, sources) for other in others for name in origins.get(other.id, ()))


def _is_ring(
    first: Report, family: Sequence[Report], origins: Mapping[str, Sequence[str]], sources: SourceBook
) -> bool:
    """True where the original itself is credited by a report of the family and credits one."""
    credits = origins.get(first.id, ())
    crediting = any(_is_of(other, name, sources) for other in family if other is not first for name in credits)
    return crediting and _is_credited(first, family, origins, sources)
