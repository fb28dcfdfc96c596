"""Which happenings are worth comparing: those that share a place in the same weeks, a day and kind, or a rare word.

Input: nodes, one after the other. Output: for each the others near it. However many nodes there are, one is near no
more than a fixed number of others under each of its keys: a word, name, street or figure of more than LARGEST_OF_WORDS
nodes tells nothing and is dropped; under a place, a day or a family a node meets the WINDOW before and the WINDOW after
it, by their days. Who is near whom depends on the set of nodes only, not on the order in which they came.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations, islice

from tollbook.incidents.traits import Node

LARGEST_OF_WORDS = 20
WINDOW = 20
# Of a report's words and names so many are keys, the rarest.
WORDS, NAMES = 12, 8
# A figure below this is in every report.
LARGE = 20
# Nodes of longer than this have no weeks; two months by 32 days each share one with a neighbour.
LONGEST, MONTH = 62, 32

Pair = tuple[int, int]
Order = tuple[int, str, tuple[str, int, str]]


class Blocks:
    """Nodes by key. A node is known by its number; numbers may come in any order."""

    def __init__(self) -> None:
        self._worded: dict[int, list[int] | None] = {}  # None: too many to tell anything
        self._placed: dict[int, list[int]] = {}
        self._keys: dict[int, tuple[array[int], array[int]]] = {}
        self._order: dict[int, Order] = {}

    def expect(self, nodes: Sequence[Node]) -> tuple[list[Node], list[Pair]]:
        """Nodes that are about to be added, in the order in which that makes the fewest meet that don't stay near.

        Words that are of too many with them are dropped at once; the pairs that are perhaps near no more are told.
        """
        many: Counter[int] = Counter()
        for node in nodes:
            self._keys[node.index] = keys_of(node)
            self._order[node.index] = order_of(node)
            many.update(self._keys[node.index][0])
        lost: list[Pair] = []
        for key, count in many.items():
            few = self._worded.get(key, ())
            if few is not None and len(few) + count > LARGEST_OF_WORDS:
                lost += combinations(few, 2)
                self._worded[key] = None
        return sorted(nodes, key=lambda node: self._order[node.index]), lost

    def add(self, node: Node) -> tuple[set[int], list[Pair]]:
        """The nodes that an expected one is near, and the pairs that are perhaps near no more because of it."""
        worded, placed = self._keys[node.index]
        near: set[int] = set()
        lost: list[Pair] = []
        for key in worded:
            few = self._worded.setdefault(key, [])
            if few is not None:
                near.update(few)
                few.append(node.index)
        for key in placed:
            members = self._placed.setdefault(key, [])
            at = self._place(members, node.index)
            near.update(members[max(0, at - WINDOW) : at + WINDOW])
            members.insert(at, node.index)
            lost += zip(members[max(0, at - WINDOW) : at], islice(members, max(WINDOW, at) + 1, None), strict=False)
        return near, lost

    def are_near(self, left: int, right: int) -> bool:
        """True where two nodes are near under any key."""
        (worded, placed), (its_worded, its_placed) = self._keys[left], self._keys[right]
        if any(self._worded[key] is not None for key in set(worded).intersection(its_worded)):
            return True
        return any(
            abs(self._place(self._placed[key], left) - self._place(self._placed[key], right)) <= WINDOW
            for key in set(placed).intersection(its_placed)
        )

    def _place(self, members: Sequence[int], index: int) -> int:
        return bisect_left(members, self._order[index], key=self._order.__getitem__)


def order_of(node: Node) -> Order:
    """The order of nodes under a key: by day, then by place, so that neighbours are likely of one event."""
    when = node.date or node.window
    return (when.start.toordinal() if when is not None else 0, min(node.keys, default=""), node.key)


def keys_of(node: Node) -> tuple[array[int], array[int]]:
    """The keys of a node as numbers: those of words, names, streets and figures; those of places, days and families."""
    worded, placed = ({_number(*key) for key in keys} for keys in (_worded(node), _placed(node)))
    return array("Q", sorted(worded)), array("Q", sorted(placed))


def _number(kind: str, value: str) -> int:
    """A key as eight bytes; two keys of one number make two nodes meet that otherwise would not, no more."""
    said = f"{kind} {value}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big")


def _worded(node: Node) -> Iterator[tuple[str, str]]:
    yield from (("figure", f"{measure} {value:g}") for measure, _, value in node.figures if value >= LARGE)
    if node.whole:
        top = sorted(node.vector, key=lambda word: (-node.vector[word], word))[:WORDS]
        rarest = sorted(node.names, key=lambda name: (-node.names[name], name))[:NAMES]
        yield from (("word", word) for word in top)
        yield from (("name", name) for name in rarest)
        yield from (("street", name) for name in node.marks.streets)


def _placed(node: Node) -> Iterator[tuple[str, str]]:
    when = node.date or node.window
    months = [""]
    if when is not None and (when.end - when.start).days < LONGEST:
        month = when.start.toordinal() // MONTH
        months = [str(month), str(month + 1)]
    yield from (("place", f"{spot.key} {month}") for spot in node.spots for month in months)
    if len(months) == 1:
        yield from (("place", spot.key) for spot in node.spots)
    if node.date is not None and node.date.precision in ("day", "days"):
        yield from (("day", f"{node.date.start.isoformat()} {kind}") for kind in node.kinds)
    if node.family is not None:
        yield ("family", node.family)
