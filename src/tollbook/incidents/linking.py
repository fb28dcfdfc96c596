"""Which happenings of different reports are one event: scored pairs, then groups whose members agree on average.

Input: the happenings of all reports. Output: groups of them, and for each pair its score with reasons. Only pairs that
share a place, a day and kind, a rare word, a name, a street or a large figure can begin a group. The result depends on
the set of reports only, not on their order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from tollbook.incidents.happening import Happening
from tollbook.incidents.reasons import LEAST, Reason, score, value
from tollbook.incidents.traits import Node

# Two happenings are tied from this score on, and two groups join where their members' ties reach it on average.
ENOUGH = 0.0
# So many of a group's members speak for it.
SPEAKERS = 24
# A tie counts for no more than this, and for no less than LEAST.
MOST = 4.0
# Blocks of more happenings than this are not compared pair by pair: all that name one large city in a month; and words,
# names and figures that so many share tell nothing.
LARGEST_BLOCK, LARGEST_OF_WORDS = 400, 30
# With so many others a happening is compared for the words, names and figures that they share, the rarest ones first.
MOST_BY_WORDS = 60
_WORDED = frozenset({"word", "name", "street", "figure"})
# A group never grows beyond this: a runaway merge is stopped with a notice.
CAP = 2000

Score = tuple[float, tuple[Reason, ...]]
Key = tuple[str, str]


class Ties:
    """What ties happenings of different reports, each worked out when asked for: it depends on the two alone."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes
        self._blocks = _blocks(nodes)
        keys: list[list[Key]] = [[] for _ in nodes]
        for key, members in sorted(self._blocks.items()):
            for index in members:
                keys[index].append(key)
        self._keys = [frozenset(own) for own in keys]
        self._known: dict[tuple[int, int], float] = {}

    def value(self, a: int, b: int) -> float | None:
        """The score of two happenings, exact above LEAST; None where one report tells of both."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._known:
            left, right = self._nodes[pair[0]], self._nodes[pair[1]]
            if left.report == right.report:
                return None
            self._known[pair] = value(left, right)
        return self._known[pair]

    def of(self, a: int, b: int) -> Score | None:
        """The score of two happenings with its reasons, worked out anew: no run holds the reasons of all pairs."""
        left, right = (self._nodes[index] for index in sorted((a, b)))
        return None if left.report == right.report else score(left, right)

    def strong(self) -> Iterator[tuple[int, int]]:
        """The pairs that share a block and whose score is enough."""
        for left in range(len(self._nodes)):
            near: set[int] = set()
            for key in self._keys[left]:
                members = self._blocks[key]
                near.update(members[bisect_right(members, left) :])
            for right in sorted(near):
                found = self.value(left, right)
                if found is not None and found >= ENOUGH:
                    yield left, right


def _blocks(nodes: Sequence[Node]) -> dict[Key, list[int]]:
    """The happenings under each key, but for keys that too many share, or those of one report alone.

    Of words and names each is held by its rarest, so that in a large collection it is compared with no more others.
    """
    keys = [sorted(_keys(node)) for node in nodes]
    size = Counter(key for own in keys for key in own)
    shared = _shared(nodes, keys)
    blocks: dict[Key, list[int]] = defaultdict(list)
    for index, own in enumerate(keys):
        room = MOST_BY_WORDS
        for key in sorted(own, key=lambda key: (size[key], key)):
            if key[0] in _WORDED:
                room -= size[key] - 1
                if room < 0 or size[key] > LARGEST_OF_WORDS:
                    continue
            if key in shared and size[key] <= LARGEST_BLOCK:
                blocks[key].append(index)
    return blocks


def _shared(nodes: Sequence[Node], keys: Sequence[Sequence[Key]]) -> set[Key]:
    """The keys that happenings of different reports hold: a chronicle's own events are never compared."""
    first: dict[Key, str] = {}
    return {
        key
        for node, own in zip(nodes, keys, strict=True)
        for key in own
        if first.setdefault(key, node.report) != node.report
    }


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
        keys |= {("street", name) for name in node.marks.streets}
    if node.family is not None:
        keys.add(("family", node.family))
    return keys


def group(nodes: Sequence[Node], ties: Ties) -> tuple[list[list[int]], bool]:
    """Groups of node indices that are one event, and whether the cap stopped a merge.

    Best pairs first; two groups join while their members are tied on average, and no report tells of both apart.
    """
    strong = sorted(ties.strong(), key=lambda pair: (-(ties.value(*pair) or 0.0), *(nodes[i].key for i in pair)))
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


def _agree(left: Sequence[int], right: Sequence[int], ties: Ties, nodes: Sequence[Node]) -> bool:
    """True where two groups may be one: no report is in both, and on average their speakers are tied."""
    if not {nodes[index].report for index in left}.isdisjoint(nodes[index].report for index in right):
        return False
    values = [ties.value(a, b) for a in _speakers(left, nodes) for b in _speakers(right, nodes)]
    return sum(min(MOST, max(LEAST, value)) for value in values if value is not None) >= ENOUGH * len(values)


def _speakers(group: Sequence[int], nodes: Sequence[Node]) -> Sequence[int]:
    """The first members of a large group, whatever the order they came in."""
    return group if len(group) <= SPEAKERS else sorted(group, key=lambda index: nodes[index].key)[:SPEAKERS]


def kinds_of(happening: Happening) -> frozenset[str]:
    """The kinds that at least a third as many figures tell of as the commonest."""
    most = max(happening.kinds.values(), default=0)
    return frozenset(kind for kind, n in Counter(happening.kinds).items() if 3 * n >= most)
