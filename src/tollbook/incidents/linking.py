"""Which happenings of different reports are one event: scored pairs, then groups held together by their best ties.

Input: the happenings of all reports. Output: groups of them, and for each pair compared its score with reasons. Only
pairs that share a place, a day and kind, a rare word, a name or a large figure are compared at all. The result depends
on the set of reports only, not on their order.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tollbook.incidents.focus import Happening
from tollbook.incidents.reasons import FORBIDDEN, Node, Reason, score

# Two happenings are one event from this score on.
ENOUGH = 1.0
# Groups join where so many of the strongest ties between them reach JOIN on average, and all ties DISSENT.
TIES, JOIN, DISSENT = 3, 1.2, 0.6
# Parts of reports have no words of their own to agree by: what that is worth.
PART = 0.5
# The prior of a folder of ten reports, and the size from which there is none.
PRIOR, FOLDER = 0.6, 200
# Blocks of more happenings than this are not compared pair by pair: all that name one large city in a month; and words,
# names and figures that so many share tell nothing.
LARGEST_BLOCK, LARGEST_OF_WORDS = 400, 30
# A group never grows beyond this: a runaway merge is stopped with a notice.
CAP = 2000

Pairs = dict[tuple[int, int], tuple[float, tuple[Reason, ...]]]


def candidates(nodes: Sequence[Node]) -> Iterator[tuple[int, int]]:
    """Pairs worth scoring: those that share a place, a telling word, a large figure or a family."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for node in nodes:
        for key in sorted(_keys(node)):
            blocks[key].append(node.index)
    seen: set[tuple[int, int]] = set()
    for (kind, _), members in sorted(blocks.items()):
        if len(members) <= (LARGEST_OF_WORDS if kind in ("word", "name", "figure") else LARGEST_BLOCK):
            for at, left in enumerate(members):
                seen.update((left, right) for right in members[at + 1 :])
    yield from sorted(seen)


def _keys(node: Node) -> set[tuple[str, str]]:
    month = [""]
    when = node.date or node.window
    if when is not None and (when.end - when.start).days < 62:
        middle = when.start.toordinal() // 32
        month = [str(middle), str(middle + 1)]
    keys = {("place", f"{spot.key} {m}") for spot in node.spots for m in month}
    keys |= {("place", spot.key) for spot in node.spots if when is None or len(month) == 1}
    keys |= {("figure", f"{measure} {value:g}") for measure, _, value in node.figures if value >= 20}
    if node.date is not None and node.date.precision in ("day", "days"):
        keys |= {("day", f"{node.date.start.isoformat()} {kind}") for kind in node.kinds}
    if node.whole:
        top = sorted(node.vector, key=lambda word: (-node.vector[word], word))[:12]
        keys |= {("word", word) for word in top}
        rarest = sorted(node.names, key=lambda name: (-node.names[name], name))[:20]
        keys |= {("name", name) for name in rarest}
    if node.family is not None:
        keys.add(("family", node.family))
    return keys


def prior(reports: int) -> float:
    """What speaks for two reports' main events being one before a word is read: people collect reports of few events.

    More than half a point for a folder of ten, nothing from two hundred on.
    """
    return max(0.0, min(PRIOR, PRIOR * math.log(FOLDER / max(reports, 1)) / math.log(FOLDER / 10)))


def group(nodes: Sequence[Node], alike: Mapping[str, frozenset[str]]) -> tuple[list[list[int]], Pairs, bool]:
    """Groups of node indices that are one event, the scored pairs, and whether the cap stopped a merge.

    Best pairs first; two groups join while their members' scores are high enough on average, unscored pairs counting as
    0, and no pair is forbidden.
    """
    scored: Pairs = {}
    expected = prior(len({node.happening.report for node in nodes}))
    for left, right in candidates(nodes):
        if nodes[left].happening.report == nodes[right].happening.report:
            continue
        value, reasons = score(nodes[left], nodes[right], alike)
        both = nodes[left].whole and nodes[right].whole
        scored[left, right] = (value + expected if both else value, reasons)
    home = {node.index: node.index for node in nodes}
    members: dict[int, list[int]] = {node.index: [node.index] for node in nodes}
    capped = False
    strong = [pair for pair, (value, _) in scored.items() if value >= ENOUGH]
    for left, right in sorted(strong, key=lambda pair: (-scored[pair][0], *(nodes[i].happening.key for i in pair))):
        a, b = home[left], home[right]
        if a == b:
            continue
        if len(members[a]) + len(members[b]) > CAP:
            capped = True
            continue
        if _agree(members[a], members[b], scored, nodes):
            small, large = sorted((a, b), key=lambda g: (len(members[g]), g))
            for index in members[small]:
                home[index] = large
            members[large].extend(members.pop(small))
    return [sorted(group) for group in members.values()], scored, capped


def _agree(left: Sequence[int], right: Sequence[int], scored: Pairs, nodes: Sequence[Node]) -> bool:
    """True where two groups may be one: no pair forbidden, the strongest ties strong, and no dissent on the whole."""
    ties: list[float] = []
    for a in left:
        for b in right:
            if nodes[a].happening.report == nodes[b].happening.report:
                return False
            value = scored.get((min(a, b), max(a, b)), (0.0, ()))[0]
            if value <= FORBIDDEN / 2:
                return False
            ties.append(value if nodes[a].whole and nodes[b].whole else value + PART)
    strongest = sorted(ties, reverse=True)[:TIES]
    return sum(strongest) >= JOIN * len(strongest) and sum(ties) >= DISSENT * len(ties)


def kinds_of(happening: Happening) -> frozenset[str]:
    """The kinds that at least a third as many figures tell of as the commonest."""
    most = max(happening.kinds.values(), default=0)
    return frozenset(kind for kind, n in Counter(happening.kinds).items() if 3 * n >= most)
