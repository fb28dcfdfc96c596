"""Near-copies: which reports are one text that went round, and which of them is the original.

Input: reports. Output: for each the id of its family and of the report that it is a copy of. A wire story that a paper
trims and puts a new headline on shares most of its runs of five words with the longer one; the original is the one that
credits nobody among them, then the earliest, then the longest.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, groupby, pairwise
from operator import itemgetter
from zlib import crc32

from tollbook.model import Report, digest
from tollbook.text import fold

_WORD = re.compile(r"[a-z0-9']+")
# Runs of five words; a pair is a copy where the shorter shares this much of its runs with the longer.
RUN = 5
CONTAINED = 0.6
# Every tenth run is looked at to find pairs at all (by its hash, so the same in every text): long copies share dozens.
SAMPLE = 10
# A run of more reports than this is boilerplate or a story gone round the world: its holders are compared in a chain.
BOILERPLATE = 60
# A text of fewer runs is too short to tell a copy from a formula.
SHORTEST = 15


@dataclass(frozen=True, slots=True)
class Copy:
    """Where a report stands among its near-copies."""

    family: str
    copy_of: str | None


def families(reports: Sequence[Report], origins: Mapping[str, Sequence[str]]) -> dict[str, Copy]:
    """The family of each report that has near-copies, and what it copies; `origins` are credits by report id."""
    runs = [_runs(report.text) for report in reports]
    roots = list(range(len(reports)))
    for left, pairs in groupby(sorted(_pairs(runs)), key=itemgetter(0)):
        own = frozenset(runs[left])
        for _, right in pairs:
            a, b = sorted((_root(roots, left), _root(roots, right)))
            if a != b and _contained(own, runs[right]) >= CONTAINED:
                roots[b] = a
    groups: dict[int, list[Report]] = defaultdict(list)
    for i, report in enumerate(reports):
        groups[_root(roots, i)].append(report)
    found: dict[str, Copy] = {}
    for group in groups.values():
        if len(group) > 1:
            found |= _family(group, origins)
    return found


def _root(roots: list[int], i: int) -> int:
    while roots[i] != i:
        roots[i] = roots[roots[i]]
        i = roots[i]
    return i


def _runs(text: str) -> array[int]:
    """The hashes of all runs of five words, each once; four bytes each, for a long run holds those of all reports."""
    words = _WORD.findall(fold(text))
    plain = " ".join(words).encode()
    starts = list(accumulate((len(word) + 1 for word in words), initial=0))
    return array("I", sorted({crc32(plain[a : b - 1]) for a, b in zip(starts, starts[RUN:], strict=False)}))


def _contained(left: frozenset[int], right: array[int]) -> float:
    """How much of the shorter of two texts' runs the longer has; of very short ones all or nothing."""
    shorter, shared = min(len(left), len(right)), len(left.intersection(right))
    return shared / shorter if shorter >= SHORTEST else float(0 < shared == len(left) == len(right))


def _pairs(runs: Sequence[array[int]]) -> Iterator[tuple[int, int]]:
    """Pairs worth comparing: those that share sampled runs in number; short texts show all their runs."""
    looked_at = [own if len(own) < SHORTEST * SAMPLE else [run for run in own if run % SAMPLE == 0] for own in runs]
    spread = Counter(chain.from_iterable(looked_at))
    holders: dict[int, list[int]] = defaultdict(list)
    for i, own in enumerate(looked_at):
        for run in own:
            if spread[run] > 1:
                holders[run].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for owners in holders.values():
        if len(owners) <= BOILERPLATE:
            shared.update((owners[0], other) for other in owners[1:])
        shared.update(pairwise(owners))
    yield from shared


def _family(group: Sequence[Report], origins: Mapping[str, Sequence[str]]) -> dict[str, Copy]:
    """The original of a family: credited by others, crediting none of them; then the earliest; then the longest."""
    name = digest("family", *sorted(report.text_sha256 + report.id for report in group))
    first = min(group, key=lambda report: _originality(report, group, origins))
    return {report.id: Copy(name, None if report is first else first.id) for report in group}


def _originality(report: Report, group: Sequence[Report], origins: Mapping[str, Sequence[str]]) -> tuple[object, ...]:
    publisher = fold(report.publisher or "")
    credits = [fold(name) for other in group if other is not report for name in origins.get(other.id, ())]
    credited = bool(publisher) and any(name in publisher or publisher in name for name in credits)
    crediting = bool([name for name in origins.get(report.id, ()) if fold(name) not in publisher])
    published = (report.published or "9999")[:19]
    return (not credited, crediting, published, -len(report.text), report.id)
