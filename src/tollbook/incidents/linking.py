"""Which happenings of different reports are one event: scored pairs, then groups held together by their best ties.

Input: the happenings of all reports. Output: groups of them, and for each pair compared its score with reasons. Only
pairs that share a place, a day and kind, a rare word, a name or a large figure are compared at all. The result depends
on the set of reports only, not on their order.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tollbook.incidents.focus import Happening
from tollbook.incidents.reasons import FORBIDDEN, Node, Reason, reaches, score

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
# With so many others a happening is compared for the words, names and figures that they share, the rarest ones first.
MOST_BY_WORDS = 60
_WORDED = frozenset({"word", "name", "figure"})
# A group never grows beyond this: a runaway merge is stopped with a notice.
CAP = 2000

Score = tuple[float, tuple[Reason, ...]]
Key = tuple[str, str]


class Ties:
    """What ties happenings of different reports: only those that share a block are compared, each when asked for."""

    def __init__(self, nodes: Sequence[Node], alike: Mapping[str, frozenset[str]]) -> None:
        self._nodes = nodes
        self._alike = alike
        self._blocks = _blocks(nodes)
        keys: list[list[Key]] = [[] for _ in nodes]
        for key, members in sorted(self._blocks.items()):
            for index in members:
                keys[index].append(key)
        self._keys = [frozenset(own) for own in keys]
        self._prior = prior(len({node.report for node in nodes}))
        self._known: dict[tuple[int, int], float | None] = {}

    def value(self, a: int, b: int) -> float | None:
        """The score of two happenings; None where nothing makes them worth comparing."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._known:
            found = self.of(a, b)
            self._known[pair] = found[0] if found is not None else None
        return self._known[pair]

    def of(self, a: int, b: int) -> Score | None:
        """The score of two happenings with its reasons, worked out anew: no run holds the reasons of all pairs."""
        left, right = (self._nodes[index] for index in sorted((a, b)))
        if left.report == right.report or self._keys[a].isdisjoint(self._keys[b]):
            return None
        value, reasons = score(left, right, self._alike)
        return value + self._expected(left, right), reasons

    def _expected(self, left: Node, right: Node) -> float:
        return self._prior if left.whole and right.whole else 0.0

    def strong(self) -> Iterator[tuple[int, int]]:
        """The pairs whose score is enough. Of most pairs a few reasons tell that it can't be."""
        for left, node in enumerate(self._nodes):
            near: set[int] = set()
            for key in self._keys[left]:
                members = self._blocks[key]
                near.update(members[bisect_right(members, left) :])
            for right in sorted(near):
                other = self._nodes[right]
                if reaches(node, other, self._alike, ENOUGH - self._expected(node, other)):
                    found = self.value(left, right)
                    if found is not None and found >= ENOUGH:
                        yield left, right


def _blocks(nodes: Sequence[Node]) -> dict[Key, list[int]]:
    """The happenings under each key, but for keys that too many share.

    Of words and names each is held by its rarest, so that in a large collection it is compared with no more others.
    """
    keys = [sorted(_keys(node)) for node in nodes]
    size = Counter(key for own in keys for key in own)
    blocks: dict[Key, list[int]] = defaultdict(list)
    for index, own in enumerate(keys):
        room = MOST_BY_WORDS
        for key in sorted(own, key=lambda key: (size[key], key)):
            if key[0] in _WORDED:
                room -= size[key] - 1
                if room < 0 or size[key] > LARGEST_OF_WORDS:
                    continue
            if 1 < size[key] <= LARGEST_BLOCK:
                blocks[key].append(index)
    return blocks


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


def group(nodes: Sequence[Node], ties: Ties) -> tuple[list[list[int]], bool]:
    """Groups of node indices that are one event, and whether the cap stopped a merge.

    Best pairs first; two groups join while their members' scores are high enough on average, pairs that were not worth
    comparing counting as 0, and no pair is forbidden.
    """
    strong = sorted(ties.strong(), key=lambda pair: (-_value(ties, *pair), *(nodes[i].key for i in pair)))
    home = {node.index: node.index for node in nodes}
    members: dict[int, list[int]] = {node.index: [node.index] for node in nodes}
    capped = False
    for left, right in strong:
        a, b = home[left], home[right]
        if a == b:
            continue
        if len(members[a]) + len(members[b]) > CAP:
            capped = True
            continue
        if _agree(members[a], members[b], ties, nodes):
            small, large = sorted((a, b), key=lambda g: (len(members[g]), g))
            for index in members[small]:
                home[index] = large
            members[large].extend(members.pop(small))
    return [sorted(group) for group in members.values()], capped


def _value(ties: Ties, a: int, b: int) -> float:
    return ties.value(a, b) or 0.0


def _agree(left: Sequence[int], right: Sequence[int], known: Ties, nodes: Sequence[Node]) -> bool:
    """True where two groups may be one: no pair forbidden, the strongest ties strong, and no dissent on the whole."""
    ties: list[float] = []
    for a in left:
        for b in right:
            if nodes[a].report == nodes[b].report:
                return False
            value = _value(known, a, b)
            if value <= FORBIDDEN / 2:
                return False
            ties.append(value if nodes[a].whole and nodes[b].whole else value + PART)
    strongest = sorted(ties, reverse=True)[:TIES]
    return sum(strongest) >= JOIN * len(strongest) and sum(ties) >= DISSENT * len(ties)


def kinds_of(happening: Happening) -> frozenset[str]:
    """The kinds that at least a third as many figures tell of as the commonest."""
    most = max(happening.kinds.values(), default=0)
    return frozenset(kind for kind, n in Counter(happening.kinds).items() if 3 * n >= most)
