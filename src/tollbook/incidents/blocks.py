"""Which happenings are worth comparing: those that share a place in the same weeks, a day and kind, or a rare word.

Input: nodes, one after the other. Output: for each the others near it. However many nodes there are, one is near no
more than a fixed number of others under each of its keys: a word, name, street or figure of more than LARGEST_OF_WORDS
nodes tells nothing; under a place, a day or a family a node meets the WINDOW before and the WINDOW after it, by their
days. Who is near whom depends on the set of nodes only, not on the order in which they came or others went.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, islice

from tollbook.incidents.kept import FIRST, Keys, Place
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


class Blocks:
    """Nodes by key. A node is known by its number; numbers may come in any order."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def expect(self, nodes: Sequence[Node]) -> tuple[list[Node], list[Pair]]:
        """Nodes that are about to be added, in the order in which that makes the fewest meet that don't stay near.

        Words that are of too many with them are dropped at once; the pairs that are perhaps near no more are told.
        """
        fresh: dict[int, list[Node]] = defaultdict(list)
        for node in nodes:
            for key in keys_of(node)[0]:
                fresh[key].append(node)
        lost: list[Pair] = []
        for key, some in fresh.items():
            few = self._few(key)
            if few and len(few) + len(some) > LARGEST_OF_WORDS:
                lost += combinations(few, 2)
            for node in some:
                self._keys.put(key, order_of(node), node.index)
        return sorted(nodes, key=order_of), lost

    def add(self, node: Node) -> tuple[set[int], list[Pair]]:
        """The nodes that an expected one is near, and the pairs that are perhaps near no more because of it.

        Of those expected with it, later ones may be among them.
        """
        worded, placed = keys_of(node)
        near = {number for key in worded for number in self._few(key)} - {node.index}
        lost: list[Pair] = []
        for key in placed:
            before, after = self._around(key, order_of(node))
            near.update(before, after)
            lost += _across(before, after)
            self._keys.put(key, order_of(node), node.index)
        return near, lost

    def remove(self, node: Node) -> list[Pair]:
        """Take a node away; returns pairs that are near because of it."""
        worded, placed = keys_of(node)
        gained: list[Pair] = []
        for key in (*worded, *placed):
            self._keys.drop(key, order_of(node), node.index)
        for key in worded:
            few = self._few(key)
            if len(few) == LARGEST_OF_WORDS:
                gained += combinations(few, 2)
        for key in placed:
            gained += _across(*self._around(key, order_of(node)))
        return gained

    def are_near(self, left: Node, right: Node) -> bool:
        """True where two nodes are near under any key."""
        (worded, placed), (its_worded, its_placed) = keys_of(left), keys_of(right)
        if any(self._few(key) for key in set(worded).intersection(its_worded)):
            return True
        first, last = sorted((order_of(left), order_of(right)))
        return any(
            last in (place for place, _ in self._keys.after(key, first, WINDOW + 1))
            for key in set(placed).intersection(its_placed)
        )

    def _few(self, key: int) -> list[int]:
        """The nodes that have a word; none where they are too many to tell anything."""
        found = self._keys.after(key, FIRST, LARGEST_OF_WORDS + 1)
        return [number for _, number in found] if len(found) <= LARGEST_OF_WORDS else []

    def _around(self, key: int, place: Place) -> tuple[list[int], list[int]]:
        """The nodes just before and just behind a place."""
        before, after = self._keys.before(key, place, WINDOW), self._keys.after(key, place, WINDOW)
        return [number for _, number in before], [number for _, number in after]


def _across(before: Sequence[int], after: Sequence[int]) -> Iterator[Pair]:
    """The pairs with a node between them, or its gap, that it makes near no more, or near again."""
    return zip(before, islice(after, WINDOW - len(before), None), strict=False)


@lru_cache(maxsize=4096)
def _order(key: tuple[str, int, str], day: int, place: str) -> Place:
    one, other = (blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest() for said in (place, repr(key)))
    return day.to_bytes(4, "big") + one[:4] + other


def order_of(node: Node) -> Place:
    """The order of nodes under a key: by day, then by place, so that neighbours are likely of one event."""
    when = node.date or node.window
    return _order(node.key, when.start.toordinal() if when is not None else 0, min(node.keys, default=""))


@lru_cache(maxsize=4096)
def keys_of(node: Node) -> tuple[array[int], array[int]]:
    """The keys of a node as numbers: those of words, names, streets and figures; those of places, days and families."""
    worded, placed = ({_number(*key) for key in keys} for keys in (_worded(node), _placed(node)))
    return array("Q", sorted(worded)), array("Q", sorted(placed))


def _number(kind: str, value: str) -> int:
    """A key as 63 bits; two keys of one number make two nodes meet that otherwise would not, no more."""
    said = f"{kind} {value}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big") >> 1


def _worded(node: Node) -> Iterator[tuple[str, str]]:
    yield from (("figure", f"{measure} {value:g}") for measure, _, value in node.figures if value >= LARGE)
    if node.whole:
        yield from (("word", word) for word in node.vector.words[:WORDS])
        yield from (("name", name) for name in node.names.words[:NAMES])
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
        yield ("family", str(node.family))
