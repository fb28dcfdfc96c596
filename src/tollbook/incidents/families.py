"""Families of near-copies: which reports hang together by one text that went round, and which of them is the original.

Input: reports, whom each credits, and the book of sources. Output: for each the id of its family and of the report
that it is a copy of. A wire story that a paper trims, puts a new headline on or quotes two sentences of stands in one
family with the wire's own; the original is whom the others credit, then the earliest, then the longest.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from tollbook.incidents.copies import Copies
from tollbook.incidents.origins import SourceBook, source_key
from tollbook.incidents.versions import Texts, Tie
from tollbook.model import Report, digest
from tollbook.values import dataclass

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


def families(
    reports: Sequence[Report],
    found: Sequence[Tie],
    origins: Mapping[str, Sequence[str]],
    sources: SourceBook = NOBODY,
    lengths: Mapping[str, int] | None = None,
) -> dict[str, Copy]:
    """The family of each report that has near-copies, and what it copies.

    Reports are given by id, `found` are the ties between their places, `origins` are credits by report id; `lengths`
    are those of their texts, where the reports are given without.
    """
    sizes = lengths or {report.id: len(report.text) for report in reports}
    made: dict[str, Copy] = {}
    for group in _groups(len(reports), found):
        versions = [[reports[i] for i in version] for version in group]
        whole = [report for version in versions for report in version]
        # Of three versions or more only the first has something in common with each of the others.
        heads = versions[0] if len(versions) > 2 else whole
        first = min(heads, key=lambda report: _originality(report, whole, sizes, origins, sources))
        name, ring = _name(whole), _is_ring(first, whole, origins, sources)
        for version in versions:
            own = _name(version)
            made |= {one.id: Copy(name, None if one is first else first.id, own, ring) for one in version}
    return made


def texts_of(reports: Sequence[Report], samples: Sequence[array[int]]) -> Texts:
    """What is kept of some reports and the samples of their accounts, by their places in the order given."""
    texts = Texts()
    copies = Copies(reports.__getitem__, texts)
    copies.add(dict(enumerate(samples)))
    copies.regroup()
    return texts


def ties(texts: Texts) -> list[Tie]:
    """All ties, copies first, then those that share most."""
    return in_order(tie for number, some in texts.ties.items() for tie in some.values() if number == tie.shorter)


def in_order(found: Iterable[Tie]) -> list[Tie]:
    """Copies first, then those that share most."""
    return sorted(found, key=lambda tie: (not tie.copy, -tie.words, tie.shorter, tie.longer))


def hanging_together(numbers: Iterable[int], texts: Texts) -> set[int]:
    """Reports by number, and all that any ties lead to from them: their families are among these."""
    found, ahead = set(numbers), list(numbers)
    while ahead:
        fresh = texts.ties.get(ahead.pop(), {}).keys() - found
        found |= fresh
        ahead += fresh
    return found


def _name(some: Iterable[Report]) -> str:
    return digest("family", *sorted(report.text_sha256 + report.id for report in some))


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
    report: Report,
    family: Iterable[Report],
    sizes: Mapping[str, int],
    origins: Mapping[str, Sequence[str]],
    sources: SourceBook,
) -> tuple[object, ...]:
    """Credited by others before crediting none; then the earliest; then the longest."""
    credited = _is_credited(report, family, origins, sources)
    crediting = any(not _is_of(report, name, sources) for name in origins.get(report.id, ()))
    published = (report.published or "9999")[:19]
    return (not credited, crediting, published, -sizes[report.id], report.id)


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
